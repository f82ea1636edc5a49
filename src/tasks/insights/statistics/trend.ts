import { median } from "simple-statistics";
import { wanderingP } from "./wandering-noise.ts";

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

/** Kendall's rank correlation of a series with its order (Mann and Kendall): 1 where every value is above all before. */
export function kendallTau(values: ArrayLike<number>, step = 1): number {
  let [s, pairs] = [0, 0];
  for (let one = 0; one < values.length; one += step)
    for (let two = one + step; two < values.length; two += step) {
      s += Math.sign(values[two]! - values[one]!);
      pairs++;
    }
  return pairs === 0 ? 0 : s / pairs;
}

/** How likely noise rises or falls as steadily as `values` do; `line` is the course that they are thought to have. */
export function trendP(positions: readonly number[], values: readonly number[], line: Line): number {
  const residuals = values.map((value, index) => value - line.slope * positions[index]! - line.intercept);
  // Of long series every so many values are enough.
  const step = Math.ceil(values.length / 150);
  const design = positions.map((position) => [1, position]);
  return wanderingP(values, (each) => Math.abs(kendallTau(each, step)), { residuals, fitted: 1, design });
}
