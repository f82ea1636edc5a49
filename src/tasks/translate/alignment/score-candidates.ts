import { likenessOfTexts } from "./likeness-of-texts.ts";
import type { Links } from "./link-words.ts";
import { type SpanEvidence, spanEvidence, type WordRange, wordsOver } from "./span-evidence.ts";
import { isMark, type Word } from "./split-words.ts";
import type { TargetView } from "./target-view.ts";
import { openBrackets, quoteCount, quoteMark } from "./text-marks.ts";

/** A place where a span may stand in the target, in UTF-16 units, and how well it fits. */
export type Candidate = { readonly start: number; readonly end: number; readonly score: number };

/** A span of the source to be placed. */
export type SpanToPlace = {
  readonly start: number;
  readonly end: number;
  /** Translations of its text alone: by the engine, by a glossary or a memory. */
  readonly translations?: readonly string[];
  /** Where it stands, when that is known already: the others keep clear of it. */
  readonly place?: { readonly start: number; readonly end: number };
};

export type Texts = {
  readonly source: string;
  readonly target: string;
  /** How many times longer target texts of this pair of languages are. */
  readonly ratio: number;
};

// By logistic regression over all places of 3,400 spans that people placed in translations into German, French, Dutch,
// Russian, Japanese and Chinese; `translated` by hand.
const weights = {
  forwardIn: 0.5,
  forwardOut: -0.7,
  backwardIn: 1.2,
  backwardOut: -0.7,
  idle: 0.4,
  length: -2.6,
  words: -0.4,
  lowered: -3.8,
  firstWithin: 1.4,
  lastWithin: 1.8,
  firstWithout: -1.2,
  lastWithout: -0.9,
  leftWithin: -1.2,
  rightWithin: -2.9,
  same: 2.3,
  unbalanced: -2,
  newFirstMark: -1.7,
  newLastMark: -1.7,
  lostFirstMark: -1,
  lostLastMark: 0.5,
  distance: -0.6,
  before: 0.6,
  after: 0.3,
  translated: 6,
} as const;

const mostKept = 12;

/** The best places for a span, the best first. */
export function scoreCandidates(
  links: Links,
  texts: Texts,
  view: TargetView,
  span: SpanToPlace,
): Candidate[] {
  const range = wordsOver(links, span.start, span.end);
  if (range === undefined) return [];
  const evidence = spanEvidence(links, range);
  const source = describe(links, texts, span, range);
  const edges = edgeScores(links.target, view, evidence, source);
  const takers = links.target.length;
  const longest = longestPlace(range);
  const all = evidence.forwardIn[takers]! + evidence.backwardIn[takers]!;
  const kept: Candidate[] = [];
  for (let first = 0; first < takers; first++)
    for (let last = first; last < Math.min(takers, first + longest); last++) {
      const { start } = links.target[first]!;
      const { end } = links.target[last]!;
      const likeness = textScore(source, texts.target, start, end);
      const got = over(evidence.forwardIn, first, last) + over(evidence.backwardIn, first, last);
      if (got < 0.02 * all && likeness < 2) continue;
      const score =
        likeness +
        edges.first[first]! +
        edges.last[last]! +
        wordScore(evidence, first, last) +
        shapeScore(view, source, first, last, end - start) +
        weights.distance * Math.abs((start + end) / 2 / texts.target.length - source.middle);
      keep(kept, start, end, score);
    }
  return kept;
}

function keep(kept: Candidate[], start: number, end: number, score: number): void {
  if (kept.length === mostKept && score <= kept.at(-1)!.score) return;
  const at = kept.findIndex((each) => each.score < score);
  kept.splice(at < 0 ? kept.length : at, 0, { start, end, score });
  if (kept.length > mostKept) kept.pop();
}

function longestPlace({ first, last }: WordRange): number {
  return 3 * (last - first + 1) + 8;
}

/** How many places a span has at most. */
export function candidateCount(links: Links, span: SpanToPlace): number {
  const range = wordsOver(links, span.start, span.end);
  return range === undefined ? 0 : links.target.length * Math.min(links.target.length, longestPlace(range));
}

type SourceSpan = {
  /** Lower-cased. */
  readonly plain: string;
  readonly translations: readonly string[];
  /** UTF-16 units that its translation should have. */
  readonly expected: number;
  readonly words: number;
  readonly isUpper: boolean;
  readonly beginsText: boolean;
  readonly firstMark: boolean;
  readonly lastMark: boolean;
  readonly opens: number;
  readonly quotes: number;
  readonly before: string;
  readonly after: string;
  /** 0 to 1: where its middle is in the text. */
  readonly middle: number;
};

function describe(links: Links, texts: Texts, span: SpanToPlace, { first, last }: WordRange): SourceSpan {
  const text = texts.source.slice(span.start, span.end);
  const words = links.source;
  return {
    plain: plainOf(text),
    translations: (span.translations ?? []).map(plainOf).filter((each) => each !== ""),
    expected: (span.end - span.start) * texts.ratio,
    words: last - first + 1,
    isUpper: /^\p{Lu}/u.test(text),
    beginsText: first === 0,
    firstMark: isMark(words[first]!.whole),
    lastMark: isMark(words[last]!.whole),
    opens: openBrackets(text),
    quotes: quoteCount(text) % 2,
    before: words[first - 1]?.whole ?? "",
    after: words[last + 1]?.whole ?? "",
    middle: (span.start + span.end) / 2 / texts.source.length,
  };
}

function plainOf(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

/** What the letters say: 2 and more where they are the span's own or those of its translation. */
function textScore(source: SourceSpan, target: string, start: number, end: number): number {
  const isSame =
    end - start === source.plain.length && target.slice(start, end).toLowerCase() === source.plain;
  const score: number = isSame ? weights.same : 0;
  if (source.translations.length === 0) return score;
  const plain = plainOf(target.slice(start, end));
  const likeness = Math.max(...source.translations.map((each) => likenessOfTexts(each, plain)));
  return score + weights.translated * likeness;
}

type EdgeScores = { readonly first: Float64Array; readonly last: Float64Array };

/** What speaks for a place to begin or to end with a word. */
function edgeScores(
  words: readonly Word[],
  view: TargetView,
  { within, without }: SpanEvidence,
  source: SourceSpan,
): EdgeScores {
  const first = new Float64Array(words.length);
  const last = new Float64Array(words.length);
  for (let at = 0; at < words.length; at++) {
    const mark = view.isMark[at] === 1;
    first[at] =
      weights.firstWithin * within[at]! +
      weights.firstWithout * without[at]! +
      weights.leftWithin * (within[at - 1] ?? 0) +
      weights.before * alikeAtEdge(source.before, words[at - 1]?.whole ?? "") +
      (source.isUpper && view.isLower[at] === 1 ? weights.lowered * (source.beginsText ? 0.5 : 1) : 0) +
      (mark === source.firstMark ? 0 : mark ? weights.newFirstMark : weights.lostFirstMark);
    last[at] =
      weights.lastWithin * within[at]! +
      weights.lastWithout * without[at]! +
      weights.rightWithin * (within[at + 1] ?? 0) +
      weights.after * alikeAtEdge(source.after, words[at + 1]?.whole ?? "") +
      (mark === source.lastMark ? 0 : mark ? weights.newLastMark : weights.lostLastMark);
  }
  return { first, last };
}

function wordScore(evidence: SpanEvidence, first: number, last: number): number {
  return (
    weights.forwardIn * over(evidence.forwardIn, first, last) +
    weights.forwardOut * over(evidence.forwardOut, first, last) +
    weights.backwardIn * over(evidence.backwardIn, first, last) +
    weights.backwardOut * over(evidence.backwardOut, first, last) +
    weights.idle * over(evidence.idle, first, last)
  );
}

function shapeScore(
  view: TargetView,
  source: SourceSpan,
  first: number,
  last: number,
  length: number,
): number {
  const isBalanced =
    over(view.opens, first, last) === source.opens && over(view.quotes, first, last) % 2 === source.quotes;
  return (
    (isBalanced ? 0 : weights.unbalanced) +
    weights.length * Math.abs(Math.log((length + 2) / (source.expected + 2))) +
    weights.words * Math.abs(Math.log((last - first + 1.5) / (source.words + 0.5)))
  );
}

function over(sums: Float64Array, first: number, last: number): number {
  return sums[last + 1]! - sums[first]!;
}

/** Whether what stands beside the span is of one kind: the same mark or the text's end 1, a mark against a word -0.5. */
function alikeAtEdge(one: string, other: string): number {
  if (one === other) return one === "" || isMark(one) ? 1 : 0.5;
  if (one === "" || other === "") return 0;
  if (quoteMark.test(one) && quoteMark.test(other)) return 1;
  return isMark(one) === isMark(other) ? 0 : -0.5;
}
