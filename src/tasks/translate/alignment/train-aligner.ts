import { usualJumps } from "./chain-posteriors.ts";
import { distancePosteriors } from "./distance-posteriors.ts";
import { type EdgeMarks, noEdgeMarks, seeEdgeMarks } from "./edge-marks.ts";
import { cellFor, copyLexicon, emptyLexicon, type Lexicon, numberOf, type Vocabulary } from "./lexicon.ts";
import { splitWords } from "./split-words.ts";
import { type Direction, type Grid, gridsOf, likelihoods } from "./word-grid.ts";

/** Two texts that say the same, with spans known to belong together where a person placed them. */
export type TextPair = {
  readonly source: string;
  readonly target: string;
  readonly spans?: readonly { readonly source: Stretch; readonly target: Stretch }[];
};

/** UTF-16 offsets. */
export type Stretch = { readonly start: number; readonly end: number };

/** What was learned from pairs of texts about which words stand for which. */
export type Aligner = {
  readonly lexicon: Lexicon;
  /** By cell: how often the source word is thought to have given the target word, and the other way round. */
  readonly forwardCounts: Float64Array;
  readonly backwardCounts: Float64Array;
  readonly forward: Direction;
  readonly backward: Direction;
  readonly edgeMarks: EdgeMarks;
  /** UTF-16 units of all texts so far. */
  readonly sourceLength: number;
  readonly targetLength: number;
};

const mostWords = 120;
const firstRounds = 5;
const laterRounds = 3;
const smoothing = 0.01;

export function emptyAligner(): Aligner {
  return alignerOf({
    lexicon: emptyLexicon(),
    forwardCounts: new Float64Array(0),
    backwardCounts: new Float64Array(0),
    edgeMarks: noEdgeMarks,
    sourceLength: 0,
    targetLength: 0,
  });
}

/** An aligner from its counts. */
export function alignerOf(counts: Omit<Aligner, "forward" | "backward">): Aligner {
  const { lexicon, forwardCounts, backwardCounts } = counts;
  return {
    ...counts,
    forward: directionOf(forwardCounts, lexicon.cellSource, lexicon.cellPrior),
    backward: directionOf(backwardCounts, lexicon.cellTarget, lexicon.cellPrior),
  };
}

/**
 * Learns word translations from pairs by IBM models in both directions (Brown et al. 1993, with variational Bayes). With
 * `from`, an aligner trained before, only the new pairs are gone through, so that a few more cost little.
 */
export function trainAligner(pairs: readonly TextPair[], options: { readonly from?: Aligner } = {}): Aligner {
  const from = options.from ?? emptyAligner();
  const lexicon = options.from ? copyLexicon(from.lexicon) : from.lexicon;
  const grids = pairs.flatMap(({ source, target }) => {
    const givers = numbersOf(lexicon.source, source);
    const takers = numbersOf(lexicon.target, target);
    if (givers.length === 0 || takers.length === 0) return [];
    return [gridsOf(givers, takers, (s, t) => cellFor(lexicon, s, t))];
  });
  const rounds = from.forwardCounts.length === 0 ? firstRounds : laterRounds;
  const { cellSource, cellTarget, cellPrior } = lexicon;
  const ahead = grids.map(({ forward }) => forward);
  const back = grids.map(({ backward }) => backward);
  return alignerOf({
    lexicon,
    forwardCounts: countLinks(ahead, from.forwardCounts, cellSource, cellTarget, cellPrior, rounds),
    backwardCounts: countLinks(back, from.backwardCounts, cellTarget, cellSource, cellPrior, rounds),
    edgeMarks: pairs.reduce(seeEdgeMarks, from.edgeMarks),
    sourceLength: pairs.reduce((sum, { source }) => sum + source.length, from.sourceLength),
    targetLength: pairs.reduce((sum, { target }) => sum + target.length, from.targetLength),
  });
}

function numbersOf(vocabulary: Vocabulary, text: string): number[] {
  return splitWords(text)
    .slice(0, mostWords)
    .map(({ stem }) => numberOf(vocabulary, stem));
}

function countLinks(
  grids: readonly Grid[],
  before: Float64Array,
  givers: readonly number[],
  takers: readonly number[],
  priors: readonly number[],
  rounds: number,
): Float64Array {
  const base = new Float64Array(givers.length);
  base.set(before);
  let counts = base;
  let direction: Direction =
    before.length > 0
      ? directionOf(base, givers, priors)
      : { likely: associations(grids, givers, takers, priors), jumps: usualJumps() };
  for (let round = 0; round < rounds; round++) {
    counts = base.slice();
    for (const grid of grids) {
      const shares = distancePosteriors(grid, likelihoods(grid, direction));
      for (let at = 0; at < shares.length; at++) counts[grid.cells[at]!]! += shares[at]!;
    }
    direction = directionOf(counts, givers, priors);
  }
  return counts;
}

/** How strongly two words keep company (Dice), a start that common words don't win. */
function associations(
  grids: readonly Grid[],
  givers: readonly number[],
  takers: readonly number[],
  priors: readonly number[],
): Float64Array {
  const together = new Float64Array(givers.length);
  const givenAt: number[] = [];
  const takenAt: number[] = [];
  for (const { givers: rows, takers: columns, cells } of grids) {
    const weight = 1 / Math.max(rows, columns);
    for (let at = columns; at < cells.length; at++) together[cells[at]!]! += weight;
  }
  for (const [cell, weight] of together.entries()) {
    givenAt[givers[cell]!] = (givenAt[givers[cell]!] ?? 0) + weight;
    takenAt[takers[cell]!] = (takenAt[takers[cell]!] ?? 0) + weight;
  }
  return together.map((weight, cell) => {
    const all = givenAt[givers[cell]!]! + takenAt[takers[cell]!]!;
    return givers[cell] === 0 || all === 0 ? 0.02 : 0.001 + (2 * weight) / all + 0.1 * priors[cell]!;
  });
}

function directionOf(counts: Float64Array, givers: readonly number[], priors: readonly number[]): Direction {
  const totals: number[] = [];
  for (let cell = 0; cell < counts.length; cell++)
    totals[givers[cell]!] = (totals[givers[cell]!] ?? 0) + counts[cell]! + priors[cell]! + smoothing;
  const logarithms = totals.map(digamma);
  const likely = counts.map((count, cell) =>
    Math.exp(digamma(count + priors[cell]! + smoothing) - logarithms[givers[cell]!]!),
  );
  return { likely, jumps: usualJumps() };
}

/** The logarithm as variational Bayes takes it, by its asymptotic series: it keeps what was seen once modest. */
function digamma(x: number): number {
  let value = x;
  let shift = 0;
  for (; value < 6; value++) shift -= 1 / value;
  const square = 1 / (value * value);
  return shift + Math.log(value) - 0.5 / value - square * (1 / 12 - square * (1 / 120 - square / 252));
}
