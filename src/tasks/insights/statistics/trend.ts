import { median } from "simple-statistics";
import { normalTwoSided } from "./tails.ts";

/** A straight line through points of a series, by position. */
export type Line = { readonly slope: number; readonly intercept: number };

/**
 * The median of the slopes between all points (Theil and Sen), which a few wild points don't move; with seasons only
 * between points of the same season (Hirsch and others), so that a year and a half has no slope of its own.
 */
export function theilSen(
  positions: readonly number[],
  values: readonly number[],
  seasons?: readonly number[],
): Line {
  const slopes: number[] = [];
  // Of long series every pair of some of the points is enough.
  const step = Math.ceil(values.length / 400);
  for (let one = 0; one < values.length; one += step)
    for (let two = one + step; two < values.length; two += step)
      if (seasons === undefined || seasons[one] === seasons[two])
        slopes.push((values[two]! - values[one]!) / (positions[two]! - positions[one]!));
  const slope = slopes.length === 0 ? 0 : median(slopes);
  return { slope, intercept: median(values.map((value, index) => value - slope * positions[index]!)) };
}

/** Kendall's rank test of a series against its order, ties taken into account (Mann and Kendall). */
export type MannKendall = { readonly s: number; readonly tau: number; readonly p: number };

/** Tests whether values rise or fall with their order. */
export function mannKendall(values: readonly number[]): MannKendall {
  const n = values.length;
  let s = 0;
  for (let one = 0; one < n; one++)
    for (let two = one + 1; two < n; two++) s += Math.sign(values[two]! - values[one]!);
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - tied) / 18;
  const z = variance <= 0 || s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, tau: (2 * s) / (n * (n - 1)), p: normalTwoSided(z) };
}
