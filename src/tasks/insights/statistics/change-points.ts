import { leastSquares } from "./least-squares.ts";
import { wanderingP } from "./wandering-noise.ts";

/** Where a series changes, as the index of the first value after; and how likely that is by chance. */
export type ChangePoint = { readonly at: number; readonly p: number; readonly gain: number };

/** A stretch before or after a change has at least this many values. */
export function leastStretch(n: number): number {
  return Math.max(3, Math.ceil(n * 0.08));
}

/** The split into two stretches whose means differ most for their lengths; undefined for too short a series. */
export function findStep(
  values: readonly number[],
): { readonly at: number; readonly gain: number } | undefined {
  const least = leastStretch(values.length);
  if (values.length < 2 * least) return undefined;
  return bestSplit(Float64Array.from(values), least);
}

/** How likely noise has a split this good at its best place, which is `at`. */
export function stepP(values: readonly number[], at: number): number {
  const least = leastStretch(values.length);
  const design = values.map((_, index) => [1, index >= at ? 1 : 0]);
  const { residuals } = leastSquares(design, values);
  const gainOf = (each: Float64Array): number => bestSplit(each, least).gain / squaresOf(each);
  return wanderingP(values, gainOf, { residuals, fitted: 2, design });
}

/** The squared distances from the mean. */
function squaresOf(values: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    sum += values[index]!;
    squares += values[index]! * values[index]!;
  }
  return squares - (sum * sum) / values.length;
}

/** By how much the squared error falls at the best split. */
function bestSplit(values: Float64Array, least: number): { at: number; gain: number } {
  const n = values.length;
  let total = 0;
  for (let index = 0; index < n; index++) total += values[index]!;
  let [sum, at, gain] = [0, least, -1];
  for (let index = 1; index <= n - least; index++) {
    sum += values[index - 1]!;
    if (index < least) continue;
    const apart = sum / index - (total - sum) / (n - index);
    const own = (apart * apart * index * (n - index)) / n;
    if (own > gain) [at, gain] = [index, own];
  }
  return { at, gain };
}

type Knee = { readonly at: number; readonly shape: Float64Array };

/** The place where a line bends most: its index, and how likely such a bend is in the residuals of a straight line. */
export function findBend(positions: readonly number[], values: readonly number[]): ChangePoint | undefined {
  const n = values.length;
  const least = Math.max(4, leastStretch(n));
  if (n < 2 * least + 2) return undefined;
  const step = Math.ceil((n - 2 * least) / 60);
  const knees: Knee[] = [];
  for (let at = least; at <= n - least; at += step)
    knees.push({ at, shape: kneeShape(positions, positions[at]!) });
  const best = bestKnee(Float64Array.from(leastSquares(lineOf(positions), values).residuals), knees);
  const knee = positions[best.at]!;
  const design = positions.map((position) => [1, position, Math.max(0, position - knee)]);
  const { residuals } = leastSquares(design, values);
  const line = lineShape(positions);
  // A knee's shape has nothing of a line, so that the line needn't be taken out of the values first.
  const gainOf = (each: Float64Array): number =>
    bestKnee(each, knees).gain / (squaresOf(each) - product(each, line) ** 2);
  return { ...best, p: wanderingP(values, gainOf, { residuals, fitted: 5, design }) };
}

/** A rising line around 0, of length 1. */
function lineShape(positions: readonly number[]): Float64Array {
  const { residuals } = leastSquares(
    positions.map(() => [1]),
    positions,
  );
  const length = Math.sqrt(residuals.reduce((sum, each) => sum + each * each, 0));
  return Float64Array.from(residuals, (each) => each / length);
}

function product(one: Float64Array, two: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index]! * two[index]!;
  return sum;
}

function lineOf(positions: readonly number[]): number[][] {
  return positions.map((position) => [1, position]);
}

/** 0 before the knee and rising after it, without what a straight line has of it, of length 1. */
function kneeShape(positions: readonly number[], knee: number): Float64Array {
  const rising = positions.map((position) => Math.max(0, position - knee));
  const { residuals } = leastSquares(lineOf(positions), rising);
  const length = Math.sqrt(residuals.reduce((sum, each) => sum + each * each, 0));
  return Float64Array.from(residuals, (each) => each / length);
}

function bestKnee(values: Float64Array, knees: readonly Knee[]): { at: number; gain: number } {
  let [at, gain] = [0, -1];
  for (const { at: own, shape } of knees) {
    const fits = product(values, shape) ** 2;
    if (fits > gain) [at, gain] = [own, fits];
  }
  return { at, gain };
}
