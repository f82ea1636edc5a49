import { mean } from "simple-statistics";

/**
 * How much of a residual the next one takes over; 0 where that may be chance. Series that wander on their own (each value
 * near the one before) look like trends and breaks to tests that take values for independent.
 */
export function carriedOver(residuals: readonly number[]): number {
  const n = residuals.length;
  const centre = mean(residuals as number[]);
  let [top, bottom] = [0, 0];
  for (let index = 0; index < n; index++) {
    const own = residuals[index]! - centre;
    bottom += own * own;
    if (index > 0) top += own * (residuals[index - 1]! - centre);
  }
  const found = bottom === 0 ? 0 : top / bottom;
  if (found < 1.645 / Math.sqrt(n)) return 0;
  // The estimate is too low in short series, by about (2 + 4r) / n once a line was taken out.
  return Math.min(0.95, found + (2 + 4 * found) / n);
}

/** The series with what each value takes over from the one before taken out; the first value is kept as it is. */
export function withoutCarried(values: readonly number[], carried: number): number[] {
  if (carried === 0) return [...values];
  return values.slice(1).map((value, index) => value - carried * values[index]!);
}
