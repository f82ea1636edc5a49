import { fromNone, type Grid } from "./word-grid.ts";

const widestJump = 12;

/** The prior of jumps: one word on is usual, farther is rarer by half every word and a half. */
export function usualJumps(): Float64Array {
  return Float64Array.from({ length: 2 * widestJump + 1 }, (_, at) =>
    Math.exp(-Math.abs(at - widestJump - 1) / 2),
  );
}

/**
 * A hidden Markov model (Vogel, Ney and Tillmann 1996, with states of "none" after Och and Ney 2003): neighbouring takers
 * have neighbouring givers. For each cell, how sure it is that the taker comes from the giver; columns sum to 1.
 */
export function chainPosteriors(grid: Grid, likely: Float64Array, jumps: Float64Array): Float64Array {
  const { givers, takers } = grid;
  const steps = stepsOf(givers, jumps);
  const ahead = passAhead(grid, likely, steps, jumps);
  const shares = new Float64Array(likely.length);
  // What is still to come is as likely from a giver as from the "none" that remembers it: one number for both.
  let behind = new Float64Array(givers).fill(1);
  for (let taker = takers - 1; taker >= 0; taker--) {
    const row = taker * 2 * givers;
    let total = 0;
    for (let giver = 0; giver < givers; giver++)
      total += (ahead[row + giver]! + ahead[row + givers + giver]!) * behind[giver]!;
    for (let giver = 0; giver < givers; giver++) {
      shares[(giver + 1) * takers + taker] = (ahead[row + giver]! * behind[giver]!) / total;
      shares[taker]! += (ahead[row + givers + giver]! * behind[giver]!) / total;
    }
    behind = stepBack(grid, likely, steps, behind, taker);
  }
  return shares;
}

/** `[from * givers + to]`: how likely the giver of the next taker is; rows sum to 1. */
function stepsOf(givers: number, jumps: Float64Array): Float64Array {
  const steps = new Float64Array(givers * givers);
  for (let from = 0; from < givers; from++) {
    let sum = 0;
    for (let to = 0; to < givers; to++) sum += jumpOf(to - from, jumps);
    for (let to = 0; to < givers; to++) steps[from * givers + to] = jumpOf(to - from, jumps) / sum;
  }
  return steps;
}

function jumpOf(jump: number, jumps: Float64Array): number {
  return jumps[Math.max(-widestJump, Math.min(widestJump, jump)) + widestJump]!;
}

/** Rows of `2 * givers`, each with sum 1: takers that come from a giver, and from none behind that giver. */
function passAhead(
  { givers, takers }: Grid,
  likely: Float64Array,
  steps: Float64Array,
  jumps: Float64Array,
): Float64Array {
  const width = 2 * givers;
  const ahead = new Float64Array(takers * width);
  for (let taker = 0; taker < takers; taker++) {
    const row = taker * width;
    const reached = new Float64Array(givers);
    for (let from = 0; from < givers; from++) {
      const mass = taker === 0 ? 0 : ahead[row - width + from]! + ahead[row - givers + from]!;
      ahead[row + givers + from] = (taker === 0 ? 1 / givers : mass) * fromNone * likely[taker]!;
      if (taker === 0) reached[from] = jumpOf(from + 1, jumps);
      else if (mass > 1e-9)
        for (let to = 0; to < givers; to++) reached[to]! += mass * steps[from * givers + to]!;
    }
    let total = 0;
    for (let to = 0; to < givers; to++) {
      ahead[row + to] = reached[to]! * (1 - fromNone) * likely[(to + 1) * takers + taker]!;
      total += ahead[row + to]! + ahead[row + givers + to]!;
    }
    for (let at = row; at < row + width; at++) ahead[at]! /= total;
  }
  return ahead;
}

function stepBack(
  { givers, takers }: Grid,
  likely: Float64Array,
  steps: Float64Array,
  behind: Float64Array,
  taker: number,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(givers);
  for (let to = 0; to < givers; to++)
    out[to] = (1 - fromNone) * likely[(to + 1) * takers + taker]! * behind[to]!;
  const before = new Float64Array(givers);
  let largest = 0;
  for (let from = 0; from < givers; from++) {
    let sum = fromNone * likely[taker]! * behind[from]!;
    for (let to = 0; to < givers; to++) sum += out[to]! * steps[from * givers + to]!;
    before[from] = sum;
    if (sum > largest) largest = sum;
  }
  return before.map((value) => value / largest);
}
