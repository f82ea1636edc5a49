/**
 * A pair of texts as a model in one direction sees it: each taker (a word of the one text) comes from one giver (a word
 * of the other) or from none. `cells` has `givers + 1` rows of `takers`; row 0 stands for "none"; -1 is a cell unknown.
 */
export type Grid = { readonly givers: number; readonly takers: number; readonly cells: Int32Array };

/** What a model knows in one direction: how likely each cell is, and how far apart neighbouring takers' givers are. */
export type Direction = { readonly likely: Float64Array; readonly jumps: Float64Array };

/** The share of words that come from none, and the least likelihood of anything. */
export const fromNone = 0.12;
const least = 1e-7;

/** The grids of both directions; `cell` names the cell of a source and a target number. */
export function gridsOf(
  source: readonly number[],
  target: readonly number[],
  cell: (source: number, target: number) => number,
): { readonly forward: Grid; readonly backward: Grid } {
  const forward = new Int32Array((source.length + 1) * target.length);
  const backward = new Int32Array((target.length + 1) * source.length);
  for (const [j, to] of target.entries()) forward[j] = cell(0, to);
  for (const [i, from] of source.entries()) {
    backward[i] = cell(from, 0);
    for (const [j, to] of target.entries()) {
      const found = cell(from, to);
      forward[(i + 1) * target.length + j] = found;
      backward[(j + 1) * source.length + i] = found;
    }
  }
  return {
    forward: { givers: source.length, takers: target.length, cells: forward },
    backward: { givers: target.length, takers: source.length, cells: backward },
  };
}

/** How likely each cell of the grid is, never 0. `unseen` fills cells that the lexicon doesn't have. */
export function likelihoods(grid: Grid, direction: Direction, unseen?: Float64Array): Float64Array {
  const found = new Float64Array(grid.cells.length);
  for (let at = 0; at < found.length; at++) {
    const cell = grid.cells[at]!;
    found[at] = Math.max(cell < 0 ? (unseen?.[at] ?? 0) : direction.likely[cell]!, least);
  }
  return found;
}
