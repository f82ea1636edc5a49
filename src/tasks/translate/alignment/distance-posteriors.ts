import { fromNone, type Grid } from "./word-grid.ts";

const nearness = 4;

/**
 * IBM model 2 with a fixed distance prior (as in fast_align): for each cell, how sure it is that the taker comes from the
 * giver. Columns sum to 1.
 */
export function distancePosteriors({ givers, takers }: Grid, likely: Float64Array): Float64Array {
  const shares = likely.slice();
  for (let taker = 0; taker < takers; taker++) {
    let prior = 0;
    let sum = 0;
    for (let giver = 0; giver < givers; giver++) {
      const near = Math.exp(-nearness * Math.abs((giver + 0.5) / givers - (taker + 0.5) / takers));
      const at = (giver + 1) * takers + taker;
      shares[at]! *= near;
      prior += near;
      sum += shares[at]!;
    }
    const none = shares[taker]! * fromNone;
    const scale = (1 - fromNone) / prior;
    const total = none + sum * scale;
    shares[taker] = none / total;
    for (let giver = 1; giver <= givers; giver++) shares[giver * takers + taker]! *= scale / total;
  }
  return shares;
}
