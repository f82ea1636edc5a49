import type { CodedTarget, CodedText, SpanCode } from "../../../files/units/types.ts";
import type { EngineTerm } from "../../../models/translation/translation-engine.ts";
import { type Links, linkWords } from "../alignment/link-words.ts";
import { placeSpans } from "../alignment/place-spans.ts";
import { type Aligner, emptyAligner } from "../alignment/train-aligner.ts";
import { cutText } from "./cut-text.ts";
import type { DecodedAnswer } from "./decode.ts";
import { needsSpace } from "./encode-for.ts";
import { findOnce, findSame, type Stretch } from "./find-same.ts";
import { placeAtom } from "./place-atoms.ts";
import { proportionalPlace } from "./place-proportionally.ts";
import { cutBehind } from "./text-edges.ts";

export type RestoreOptions = {
  /** Trained on pairs of the two languages. Without one, words are linked by spelling and place only. */
  readonly aligner?: Aligner;
  /** By span id: what the engine made of the span's text alone. */
  readonly ownTranslations?: ReadonlyMap<string, string>;
  readonly glossary?: readonly EngineTerm[];
};

/** How the codes of a segment got their places; the least sure way counts. */
export type CarriedBy = "trimmed" | "tags" | "restored" | "aligned" | "proportional";

export type RestoredCodes = { readonly target: CodedTarget; readonly how: CarriedBy };

const untrained: Aligner = emptyAligner();

/**
 * Gives places to the codes that an answer lost: the same text in the target, the span's own translation, the words that
 * its words became, then proportion.
 */
export function restoreCodes(
  segment: CodedText,
  decoded: DecodedAnswer,
  options: RestoreOptions = {},
): RestoredCodes {
  const { text, spans: kept, atoms } = decoded.target;
  const missing = new Set(decoded.missing);
  if (missing.size === 0 || text === "") return { target: decoded.target, how: "tags" };
  const easy = easyPlaces(segment, text, missing, kept, options);
  const hard = segment.spans.filter(({ id }) => missing.has(id) && !easy.some((each) => each.id === id));
  const lostAtoms = segment.atoms.filter(({ id }) => missing.has(id));
  let how: CarriedBy = "restored";
  let links: Links | undefined;
  if (hard.length > 0 || lostAtoms.length > 0)
    links = linkWords(options.aligner ?? untrained, segment.text, text, cutsAtAtoms(segment));
  const guessed = links ? hardPlaces(segment, text, links, [...kept, ...easy], hard, options) : [];
  if (hard.length > 0) how = guessed.some(({ isGuess }) => isGuess) ? "proportional" : "aligned";
  const placed = lostAtoms.map((atom) => placeAtom(segment, text, links, atom));
  if (placed.some(({ isAligned }) => !isAligned)) how = "proportional";
  else if (placed.length > 0 && how === "restored") how = "aligned";
  const order = new Map(segment.atoms.map(({ id }, index) => [id, index]));
  const target = {
    text,
    spans: [...kept, ...easy, ...guessed].map(({ id, start, end }) => ({ id, start, end })),
    atoms: [...atoms, ...placed.map(({ id, offset }) => ({ id, offset }))].sort(
      (a, b) => a.offset - b.offset || order.get(a.id)! - order.get(b.id)!,
    ),
  };
  return {
    target: closeGaps(
      segment,
      target,
      lostAtoms.map(({ id }) => id),
    ),
    how,
  };
}

/** Words end where a tab, a break or another code stands between two letters. */
function cutsAtAtoms({ atoms }: CodedText): number[] {
  return [...new Set(atoms.map(({ offset }) => offset))];
}

/** Spans over everything, spans whose text stands in the target, spans whose translation does. */
function easyPlaces(
  segment: CodedText,
  text: string,
  missing: ReadonlySet<string>,
  kept: readonly Stretch[],
  { ownTranslations, glossary = [] }: RestoreOptions,
): Stretch[] {
  const lost = segment.spans.filter(({ id }) => missing.has(id));
  const whole = lost.filter((span) => isOverAll(segment, span));
  const found: Stretch[] = whole.map(({ id }) => ({ id, start: 0, end: text.length }));
  const rest = lost.filter((span) => !whole.includes(span));
  const inner = kept.filter(({ id }) => !isOverAll(segment, segment.spans.find((span) => span.id === id)!));
  const same = findSame(segment.text, text, rest, inner);
  for (const span of rest) {
    if (same.some(({ id }) => id === span.id)) continue;
    for (const translation of translationsOf(segment, span, ownTranslations, glossary)) {
      const place = findOnce(translation, text);
      if (
        place === undefined ||
        [...inner, ...same].some((each) => place.start < each.end && each.start < place.end)
      )
        continue;
      same.push({ id: span.id, ...place });
      break;
    }
  }
  return [...found, ...same];
}

function translationsOf(
  segment: CodedText,
  { id, start, end }: SpanCode,
  own: ReadonlyMap<string, string> | undefined,
  glossary: readonly EngineTerm[],
): string[] {
  const text = segment.text.slice(start, end).trim().toLowerCase();
  const terms = glossary.filter(({ source }) => source.trim().toLowerCase() === text);
  const translation = own?.get(id)?.trim();
  return [...terms.map(({ target }) => target), ...(translation ? [translation] : [])];
}

function isOverAll({ text }: CodedText, { start, end }: SpanCode): boolean {
  return text.slice(0, start).trim() === "" && text.slice(end).trim() === "";
}

type Guess = Stretch & { readonly isGuess: boolean };

function hardPlaces(
  segment: CodedText,
  text: string,
  links: Links,
  known: readonly Stretch[],
  hard: readonly SpanCode[],
  options: RestoreOptions,
): Guess[] {
  const places = new Map<string, Stretch>();
  for (const each of known) if (!places.has(each.id)) places.set(each.id, each);
  const wanted = segment.spans.map((span) => {
    const place = places.get(span.id);
    const translations = translationsOf(segment, span, options.ownTranslations, options.glossary ?? []);
    return { start: span.start, end: span.end, translations, ...(place && { place }) };
  });
  const aligned = placeSpans(links, options.aligner ?? untrained, segment.text, text, wanted);
  return hard.map((span) => {
    const place = aligned[segment.spans.indexOf(span)];
    if (place === undefined) return { ...proportional(segment.text, text, span), isGuess: true };
    return {
      id: span.id,
      start: cutBehind(text, place.start),
      end: cutBehind(text, place.end),
      isGuess: false,
    };
  });
}

function proportional(source: string, target: string, { id, start, end }: SpanCode): Stretch {
  const from = cutBehind(target, Math.min(proportionalPlace(source, target, start), target.length - 1));
  const to = cutBehind(target, Math.max(proportionalPlace(source, target, end), from + 1));
  if (from < to) return { id, start: from, end: to };
  return { id, start: 0, end: target.length };
}

/** A tab or break that stood between two words without a space stands so again. */
function closeGaps(segment: CodedText, target: CodedTarget, atoms: readonly string[]): CodedTarget {
  let closed = target;
  for (const id of atoms) {
    const atom = segment.atoms.find((each) => each.id === id)!;
    if (!needsSpace(segment, atom)) continue;
    for (const gap of [0, -1]) {
      const at = closed.atoms.find((each) => each.id === id)!.offset + gap;
      if (closed.text[at] === " ") closed = cutText(closed, at, at + 1);
    }
  }
  return closed;
}
