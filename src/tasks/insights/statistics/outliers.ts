import { median } from "simple-statistics";
import { leastSquares } from "./least-squares.ts";
import { studentTwoSided } from "./tails.ts";

/** A value far from what all the others give. */
export type Outlier = {
  readonly index: number;
  /** What the other values give for its place. */
  readonly expected: number;
  /** Distance in median absolute deviations of the residuals, scaled to standard deviations. */
  readonly robustZ: number;
  /** That the furthest of this many values lies so far off by chance. */
  readonly p: number;
};

/**
 * How far the value at `index` lies from a fit by the columns of `design` that leaves it out: its deleted residual
 * against Student's t, times the number of values it may have been chosen from. Without `index`, the value that lies
 * furthest. Undefined where there are too few values for a scale.
 */
export function outlierIn(
  design: readonly (readonly number[])[],
  values: readonly number[],
  index?: number,
): Outlier | undefined {
  const { residuals, leverages, freedom, squaredError } = leastSquares(design, values);
  if (freedom < 5) return undefined;
  const distances = residuals.map((residual, at) => {
    const free = 1 - leverages[at]!;
    // A fit that follows the value says nothing about it.
    if (free < 0.2 || residual === 0) return 0;
    const variance = (squaredError - (residual * residual) / free) / (freedom - 1);
    return variance <= 0 ? Number.POSITIVE_INFINITY : Math.abs(residual) / Math.sqrt(variance * free);
  });
  const at = index ?? distances.indexOf(Math.max(...distances));
  const distance = distances[at]!;
  if (distance === 0) return undefined;
  const deleted = residuals[at]! / (1 - leverages[at]!);
  const scale = 1.4826 * median(residuals.map(Math.abs));
  return {
    index: at,
    expected: values[at]! - deleted,
    robustZ: scale === 0 ? Number.POSITIVE_INFINITY : Math.abs(deleted) / scale,
    p: Math.min(1, values.length * studentTwoSided(distance, freedom - 1)),
  };
}
