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

/** Spearman's rank correlation with its two-sided p by Student's t. */
export function rankCorrelation(
  one: readonly number[],
  two: readonly number[],
): { readonly rho: number; readonly p: number } {
  const rho = sampleCorrelation(ranksOf(one), ranksOf(two));
  if (!Number.isFinite(rho)) return { rho: 0, p: 1 };
  const freedom = one.length - 2;
  const t = Math.abs(rho) >= 1 ? Number.POSITIVE_INFINITY : rho * Math.sqrt(freedom / (1 - rho * rho));
  return { rho, p: studentTwoSided(t, freedom) };
}
