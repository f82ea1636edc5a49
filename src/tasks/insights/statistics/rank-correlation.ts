import { sampleCorrelation } from "simple-statistics";
import { studentTwoSided } from "./tails.ts";

/** The rank of each value from 1; equal ones share the middle of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let place = first; place <= last; place++) ranks[order[place]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

/**
 * Spearman's rank correlation with its two-sided p by Student's t. Values `inOrder` of time that follow the ones before
 * count for fewer than they are: two things that each have their course or season go together by chance.
 */
export function rankCorrelation(
  one: readonly number[],
  two: readonly number[],
  inOrder = false,
): { readonly rho: number; readonly p: number } {
  const ranks = [ranksOf(one), ranksOf(two)] as const;
  const rho = sampleCorrelation(...ranks);
  if (!Number.isFinite(rho)) return { rho: 0, p: 1 };
  const freedom = (inOrder ? independentPairs(...ranks) : one.length) - 2;
  if (freedom < 1) return { rho, p: 1 };
  const t = Math.abs(rho) >= 1 ? Number.POSITIVE_INFINITY : rho * Math.sqrt(freedom / (1 - rho * rho));
  return { rho, p: studentTwoSided(t, freedom) };
}

const mostLags = 200;

/** How many pairs that are independent would have a correlation as sure as these have (Bartlett, 1946). */
function independentPairs(one: readonly number[], two: readonly number[]): number {
  const n = one.length;
  const centre = (n + 1) / 2;
  let sum = 0;
  for (let lag = 1; lag <= Math.min(mostLags, n / 2); lag++)
    sum += (1 - lag / n) * carriedAt(one, centre, lag) * carriedAt(two, centre, lag);
  return n / Math.max(1, 1 + 2 * sum);
}

function carriedAt(ranks: readonly number[], centre: number, lag: number): number {
  let [top, bottom] = [0, 0];
  for (let index = 0; index < ranks.length; index++) {
    const own = ranks[index]! - centre;
    bottom += own * own;
    if (index >= lag) top += own * (ranks[index - lag]! - centre);
  }
  return top / bottom;
}
