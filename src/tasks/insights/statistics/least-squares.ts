/** A fit by least squares, with what is needed to tell which values lie apart from it. */
export type Fit = {
  readonly coefficients: readonly number[];
  readonly fitted: readonly number[];
  readonly residuals: readonly number[];
  /** How much each value draws the fit to itself, 0 to 1. */
  readonly leverages: readonly number[];
  /** Values less independent columns. */
  readonly freedom: number;
  readonly squaredError: number;
};

/** Fits `values` by the columns of `design` (a row a value). Columns that others already say count for nothing. */
export function leastSquares(design: readonly (readonly number[])[], values: readonly number[]): Fit {
  const basis = orthonormal(design);
  const n = values.length;
  const fitted = new Array<number>(n).fill(0);
  const leverages = new Array<number>(n).fill(0);
  const coefficients: number[] = [];
  for (const column of basis) {
    let product = 0;
    for (let row = 0; row < n; row++) product += column[row]! * values[row]!;
    coefficients.push(product);
    for (let row = 0; row < n; row++) {
      fitted[row]! += product * column[row]!;
      leverages[row]! += column[row]! * column[row]!;
    }
  }
  const residuals = values.map((value, row) => value - fitted[row]!);
  const squaredError = residuals.reduce((sum, each) => sum + each * each, 0);
  return { coefficients, fitted, residuals, leverages, freedom: n - basis.length, squaredError };
}

/** Gram and Schmidt, twice for exactness. */
function orthonormal(design: readonly (readonly number[])[]): Float64Array[] {
  const width = design[0]?.length ?? 0;
  const basis: Float64Array[] = [];
  for (let at = 0; at < width; at++) {
    const column = Float64Array.from(design, (row) => row[at]!);
    const before = length(column);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        let product = 0;
        for (let row = 0; row < column.length; row++) product += column[row]! * other[row]!;
        for (let row = 0; row < column.length; row++) column[row]! -= product * other[row]!;
      }
    }
    const after = length(column);
    if (after <= 1e-9 * before) continue;
    basis.push(column.map((each) => each / after));
  }
  return basis;
}

function length(column: Float64Array): number {
  let sum = 0;
  for (const each of column) sum += each * each;
  return Math.sqrt(sum);
}
