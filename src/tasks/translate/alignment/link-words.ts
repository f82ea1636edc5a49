import { chainPosteriors } from "./chain-posteriors.ts";
import { distancePosteriors } from "./distance-posteriors.ts";
import { findCell, likeness } from "./lexicon.ts";
import { splitWords, type Word } from "./split-words.ts";
import type { Aligner } from "./train-aligner.ts";
import { type Direction, type Grid, gridsOf, likelihoods } from "./word-grid.ts";

/** How the words of two texts belong together. Both arrays: `[giver * takers + taker]`, row 0 of the givers is "none". */
export type Links = {
  readonly source: readonly Word[];
  readonly target: readonly Word[];
  /** Source words give target words. */
  readonly forward: Float64Array;
  /** Target words give source words. */
  readonly backward: Float64Array;
};

// Above these the chain is too slow, and words farther on stay without links.
const longestChain = 100;
const mostWords = 240;

/**
 * Links the words of a text and its translation; words that the aligner never saw are linked by spelling and place.
 * `cuts`: where words of the source end although no space follows.
 */
export function linkWords(
  aligner: Aligner,
  source: string,
  target: string,
  cuts: readonly number[] = [],
): Links {
  const from = splitWords(source, cuts).slice(0, mostWords);
  const to = splitWords(target).slice(0, mostWords);
  const { lexicon } = aligner;
  const grids = gridsOf(
    from.map(({ stem }) => lexicon.source.numbers.get(stem) ?? -1),
    to.map(({ stem }) => lexicon.target.numbers.get(stem) ?? -1),
    (s, t) => findCell(lexicon, s, t),
  );
  return {
    source: from,
    target: to,
    forward: posteriors(grids.forward, aligner.forward, from, to),
    backward: posteriors(grids.backward, aligner.backward, to, from),
  };
}

function posteriors(
  grid: Grid,
  direction: Direction,
  givers: readonly Word[],
  takers: readonly Word[],
): Float64Array {
  const unseen = new Float64Array(grid.cells.length);
  for (const [i, { stem }] of givers.entries())
    for (const [j, taker] of takers.entries()) {
      const at = (i + 1) * takers.length + j;
      if (grid.cells[at]! < 0) unseen[at] = likeness(stem, taker.stem) / 5;
    }
  const likely = likelihoods(grid, direction, unseen);
  return grid.givers > longestChain || grid.takers > longestChain
    ? distancePosteriors(grid, likely)
    : chainPosteriors(grid, likely, direction.jumps);
}
