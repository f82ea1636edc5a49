import type { SpanCode } from "../../../files/units/types.ts";
import { isWholeWords } from "./text-edges.ts";

export type Stretch = { readonly id: string; readonly start: number; readonly end: number };

/**
 * Stretches of the target that read as the spans do in the source: names, numbers, code. The longest first; where a text
 * occurs more than once, in order, and only as often as in the source. `taken` is kept clear of.
 */
export function findSame(
  source: string,
  target: string,
  spans: readonly SpanCode[],
  taken: readonly Stretch[],
): Stretch[] {
  const found: Stretch[] = [];
  for (const span of spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    const text = source.slice(span.start, span.end).trim();
    if (!isTelling(text)) continue;
    const places = placesOf(text, target);
    const before = placesOf(text, source);
    const place = places[before.findIndex((at) => at >= span.start)];
    if (places.length !== before.length || place === undefined) continue;
    const end = place + text.length;
    const isClear = [...taken, ...found].every(
      (each) => end <= each.start || each.end <= place || isNested(span, each, place, end, spans),
    );
    if (isClear) found.push({ id: span.id, start: place, end });
  }
  return found;
}

/** The one place in the target where the text stands as whole words, whatever the case; undefined where there are more. */
export function findOnce(
  text: string,
  target: string,
): { readonly start: number; readonly end: number } | undefined {
  const sought = text.trim().toLowerCase();
  const places = sought === "" ? [] : placesOf(sought, target.toLowerCase());
  const [start] = places;
  if (start === undefined || places.length > 1 || target.toLowerCase().length !== target.length)
    return undefined;
  return { start, end: start + sought.length };
}

/** Words of one language may mean something else in the other (`die`); names, numbers and code don't. */
function isTelling(text: string): boolean {
  return /[\p{Lu}\p{N}]/u.test(text) || text.length >= 5 || /^[^\s\p{L}]+$/u.test(text);
}

function isNested(
  span: SpanCode,
  other: Stretch,
  start: number,
  end: number,
  spans: readonly SpanCode[],
): boolean {
  const outer = spans.find(({ id }) => id === other.id);
  if (outer === undefined) return false;
  if (outer.start <= span.start && span.end <= outer.end) return other.start <= start && end <= other.end;
  return span.start <= outer.start && outer.end <= span.end && start <= other.start && other.end <= end;
}

const mostPlaces = 50;

function placesOf(text: string, whole: string): number[] {
  const places: number[] = [];
  for (
    let at = whole.indexOf(text);
    at >= 0 && places.length < mostPlaces;
    at = whole.indexOf(text, at + text.length)
  )
    if (isWholeWords(whole, at, at + text.length)) places.push(at);
  return places;
}
