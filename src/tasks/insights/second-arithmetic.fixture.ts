/** Plain arithmetic for the second computation of findings; nothing here is the finder's. */
export const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export function welch(one: readonly number[], two: readonly number[]): number {
  const part = (values: readonly number[]): number => {
    const centre = mean(values);
    return sum(values.map((each) => (each - centre) ** 2)) / (values.length - 1) / values.length;
  };
  const [a, b] = [part(one), part(two)];
  const freedom = (a + b) ** 2 / (a ** 2 / (one.length - 1) + b ** 2 / (two.length - 1));
  return studentTail(Math.abs(mean(one) - mean(two)) / Math.sqrt(a + b), freedom);
}

/** Both tails of Student's t: its density integrated over the angle, where it is `cos^(f-1)`. */
export function studentTail(t: number, freedom: number): number {
  const density = (angle: number): number => Math.cos(angle) ** (freedom - 1);
  const start = Math.atan(t / Math.sqrt(freedom));
  return area(density, start, Math.PI / 2) / area(density, 0, Math.PI / 2);
}

/** Simpson's rule. */
function area(density: (x: number) => number, from: number, to: number): number {
  const steps = 4_000;
  const width = (to - from) / steps;
  let total = 0;
  for (let index = 0; index <= steps; index++) {
    const weight = index === 0 || index === steps ? 1 : index % 2 === 1 ? 4 : 2;
    total += weight * density(from + index * width);
  }
  return (total * width) / 3;
}

export function gram(rows: readonly (readonly number[])[]): number[][] {
  const width = rows[0]!.length;
  return Array.from({ length: width }, (_, one) =>
    Array.from({ length: width }, (_, two) => sum(rows.map((row) => row[one]! * row[two]!))),
  );
}

export function solveLeastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const right = rows[0]!.map((_, column) => sum(rows.map((row, index) => row[column]! * values[index]!)));
  return solveSquare(gram(rows), right);
}

/** Gauss and Jordan, with pivots. */
export function solveSquare(left: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = left.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column; row < rows.length; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < rows.length; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      rows[row] = rows[row]!.map((each, at) => each - factor * rows[column]![at]!);
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
