import type { Links } from "./link-words.ts";

/** A stretch of source words, both numbers included. */
export type WordRange = { readonly first: number; readonly last: number };

/** What the links say of each target word about one span: how far it comes from the span's words and from the others. */
export type SpanEvidence = {
  readonly range: WordRange;
  /** Sums up to each target word, so that a stretch is a difference: by the forward and the backward model. */
  readonly forwardIn: Float64Array;
  readonly forwardOut: Float64Array;
  readonly backwardIn: Float64Array;
  readonly backwardOut: Float64Array;
  /** Words that come from nothing. */
  readonly idle: Float64Array;
  /** Of each word, 0 to 1: both models taken together. */
  readonly within: Float64Array;
  readonly without: Float64Array;
};

/** The words that a stretch of the text touches, or undefined where it touches none. */
export function wordsOver(links: Links, start: number, end: number): WordRange | undefined {
  const first = links.source.findIndex((word) => word.end > start);
  const last = links.source.findLastIndex((word) => word.start < end);
  return first < 0 || last < first ? undefined : { first, last };
}

export function spanEvidence(links: Links, range: WordRange): SpanEvidence {
  const takers = links.target.length;
  const givers = links.source.length;
  const sums = (): Float64Array => new Float64Array(takers + 1);
  const evidence: SpanEvidence = {
    range,
    forwardIn: sums(),
    forwardOut: sums(),
    backwardIn: sums(),
    backwardOut: sums(),
    idle: sums(),
    within: new Float64Array(takers),
    without: new Float64Array(takers),
  };
  for (let taker = 0; taker < takers; taker++) {
    const [ahead, back] = [
      { inside: 0, outside: 0 },
      { inside: 0, outside: 0 },
    ];
    for (let giver = 0; giver < givers; giver++) {
      const side = giver >= range.first && giver <= range.last ? "inside" : "outside";
      ahead[side] += links.forward[(giver + 1) * takers + taker]!;
      back[side] += links.backward[(taker + 1) * givers + giver]!;
    }
    const within = (ahead.inside + Math.min(1, back.inside)) / 2;
    const without = (ahead.outside + Math.min(1, back.outside)) / 2;
    evidence.within[taker] = within;
    evidence.without[taker] = without;
    evidence.forwardIn[taker + 1] = evidence.forwardIn[taker]! + ahead.inside;
    evidence.forwardOut[taker + 1] = evidence.forwardOut[taker]! + ahead.outside;
    evidence.backwardIn[taker + 1] = evidence.backwardIn[taker]! + back.inside;
    evidence.backwardOut[taker + 1] = evidence.backwardOut[taker]! + back.outside;
    evidence.idle[taker + 1] = evidence.idle[taker]! + Math.max(0, 1 - within - without);
  }
  return evidence;
}
