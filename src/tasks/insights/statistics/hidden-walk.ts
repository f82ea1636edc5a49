/** Steps of a walk against the noise above it, as variances: 0 for noise alone, 100 for what is hardly more than a walk. */
const ratios = [0, ...Array.from({ length: 25 }, (_, index) => 10 ** (-4 + index / 4))];

/** A likelihood lower by more than it, as a logarithm, is refused: 1 in 20, on one side. */
const refused = 1.35;

/** Fewer values can't tell a walk from what rises or changes. */
const manyValues = 24;

/** How much likelier no walk is beforehand than each ratio is: four in five of all measures have none. */
const noWalk = 4 * (ratios.length - 1);

/** A ratio of a walk's steps to the noise above it, and how likely it is, 0 to 1. */
export type HiddenWalk = { readonly ratio: number; readonly likely: number };

/**
 * How large the steps of a random walk are that lies under the noise around a fit, as a part of that noise's variance: each
 * ratio with its likelihood, which what is fitted does not bias (Patterson and Thompson). In short series and under a line
 * with a bend, which follows a walk closely, only the largest ratio that is not refused.
 */
export function hiddenWalks(
  values: ArrayLike<number>,
  design: readonly (readonly number[])[],
): readonly HiddenWalk[] {
  const likelihoods = ratios.map((ratio) => likelihoodOf(ratio, values, design));
  const most = Math.max(...likelihoods);
  if (values.length < manyValues || design[0]!.length > 2) {
    const largest = likelihoods.findLastIndex((each) => each >= most - refused);
    return [{ ratio: ratios[largest]!, likely: 1 }];
  }
  const weights = likelihoods.map((each, index) => (index === 0 ? noWalk : 1) * Math.exp(each - most));
  const all = weights.reduce((sum, each) => sum + each, 0);
  return ratios.map((ratio, index) => ({ ratio, likely: weights[index]! / all }));
}

/** The restricted log likelihood, up to a constant: a Kalman filter whitens the values and the columns of the fit. */
function likelihoodOf(
  ratio: number,
  values: ArrayLike<number>,
  design: readonly (readonly number[])[],
): number {
  const width = design[0]!.length;
  const levels = new Float64Array(width + 1);
  const white = new Float64Array(width + 1);
  const products = Array.from({ length: width + 1 }, () => new Float64Array(width + 1));
  let [variance, logs] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const whole = variance + 1;
    const gain = variance / whole;
    const row = design[index]!;
    for (let at = 0; at <= width; at++) {
      const apart = (at < width ? row[at]! : values[index]!) - levels[at]!;
      levels[at]! += gain * apart;
      white[at] = apart / Math.sqrt(whole);
    }
    for (let one = 0; one <= width; one++)
      for (let two = 0; two <= width; two++) products[one]![two]! += white[one]! * white[two]!;
    logs += Math.log(whole);
    variance = variance * (1 - gain) + ratio;
  }
  const pivots = pivotsOf(products);
  const freedom = values.length - width;
  const designLogs = pivots.slice(0, width).reduce((sum, each) => sum + Math.log(each), 0);
  return -(freedom * Math.log(Math.max(pivots[width]!, 1e-300)) + logs + designLogs) / 2;
}

/** The pivots of a symmetric matrix: their product is its determinant, the last what the others leave of the values. */
function pivotsOf(matrix: readonly Float64Array[]): number[] {
  return matrix.map((row, at) => {
    const pivot = row[at]!;
    for (let below = at + 1; below < matrix.length; below++) {
      const factor = matrix[below]![at]! / pivot;
      for (let column = at; column < matrix.length; column++)
        matrix[below]![column]! -= factor * row[column]!;
    }
    return pivot;
  });
}
