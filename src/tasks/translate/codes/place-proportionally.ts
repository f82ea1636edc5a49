import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { splitWords } from "../alignment/split-words.ts";
import { cutBehind, cutsOf } from "./text-edges.ts";

/** The place in the target that is as far on as `at` is in the source, moved to the nearest edge of a word. */
export function proportionalPlace(source: string, target: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= source.length) return target.length;
  const ideal = (at / source.length) * target.length;
  const before = target.slice(0, Math.ceil(ideal));
  const start = /\s\S*$/.exec(before);
  const end = target.slice(Math.floor(ideal)).search(/\s/);
  const left = start ? start.index + 1 : 0;
  const right = end < 0 ? target.length : Math.floor(ideal) + end;
  if (!/\s/.test(target.trim())) return cutBehind(target, Math.round(ideal));
  return ideal - left < right - ideal ? left : right;
}

/**
 * All codes by proportion and in source order, so that every span has text of its own wherever the target is long enough:
 * what is left when nothing else can be painted.
 */
export function placeAllProportionally(source: CodedText, text: string): CodedTarget {
  const edges = [...new Set(source.spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const covered = edges.map((edge) => source.spans.some(({ start, end }) => start < edge && edge <= end));
  const words = [...new Set([0, ...splitWords(text).map(({ start }) => start), text.length])];
  const steps = (strict: boolean): number[] =>
    edges.map((_, index) => (index === 0 ? 0 : strict || covered[index] ? 1 : 0));
  const needed = steps(true).reduce((sum, step) => sum + step, 1);
  const safe = words.filter((at) => cutBehind(text, at) === at);
  const places = safe.length >= needed ? safe : cutsOf(text);
  const chosen = spread(edges, steps(places.length >= needed), places, source.text.length, text.length);
  const placeOf = new Map(edges.map((edge, index) => [edge, chosen[index]!]));
  return {
    text,
    spans: source.spans.flatMap(({ id, start, end }) =>
      trimmed(text, id, placeOf.get(start)!, placeOf.get(end)!),
    ),
    atoms: source.atoms.map(({ id, offset }) => ({
      id,
      offset:
        placeOf.get(offset) ?? nearest(places, (offset / Math.max(1, source.text.length)) * text.length),
    })),
  };
}

function trimmed(text: string, id: string, start: number, end: number): CodedTarget["spans"][number][] {
  if (start >= end) return [];
  const kept = text.slice(start, end).trimEnd().length;
  return [{ id, start, end: kept === 0 ? end : start + kept }];
}

/** For each edge the nearest place, at least `steps` places behind the one before. */
function spread(
  edges: readonly number[],
  steps: readonly number[],
  places: readonly number[],
  from: number,
  to: number,
): number[] {
  let left = steps.reduce((sum, step) => sum + step, 0);
  let last = 0;
  return edges.map((edge, index) => {
    left -= steps[index]!;
    const ideal = places.indexOf(nearest(places, (edge / Math.max(1, from)) * to));
    last = Math.min(
      places.length - 1,
      Math.max(last + steps[index]!, Math.min(ideal, places.length - 1 - left)),
    );
    return places[last]!;
  });
}

function nearest(places: readonly number[], ideal: number): number {
  let best = places[0]!;
  for (const place of places) if (Math.abs(place - ideal) < Math.abs(best - ideal)) best = place;
  return best;
}
