import { leastSquares } from "./least-squares.ts";
import { permutationP } from "./permutation-p.ts";

/** Where a series changes, as the index of the first value after; and how likely that is by chance. */
export type ChangePoint = { readonly at: number; readonly p: number; readonly gain: number };

/** A step is quick to find: more draws tell small p-values apart, which are needed where there are many tests. */
const manyDraws = 49_999;

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

/** How likely a split this good is in shuffled values. */
export function stepP(values: readonly number[]): number {
  const least = leastStretch(values.length);
  if (values.length < 2 * least) return 1;
  return permutationP(values, (shuffled) => bestSplit(shuffled, least).gain, manyDraws);
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
  const { residuals } = leastSquares(lineOf(positions), values);
  const best = bestKnee(Float64Array.from(residuals), knees);
  return { ...best, p: permutationP(residuals, (shuffled) => bestKnee(shuffled, knees).gain) };
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

function bestKnee(residuals: Float64Array, knees: readonly Knee[]): { at: number; gain: number } {
  let [at, gain] = [0, -1];
  for (const knee of knees) {
    let product = 0;
    for (let index = 0; index < residuals.length; index++) product += residuals[index]! * knee.shape[index]!;
    if (product * product > gain) [at, gain] = [knee.at, product * product];
  }
  return { at, gain };
}
