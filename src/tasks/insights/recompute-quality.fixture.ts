import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import type { Recomputed } from "./recompute-series.fixture.ts";
import { middle, sum, welch } from "./second-arithmetic.fixture.ts";

type Rows = PlantedWorkbook["rows"];

/** Empty cells of a column and the longest block of them. */
export function recomputeMissing(rows: Rows, column: number): Recomputed {
  const empty = rows.flatMap((row, index) => (row[column] === null ? [index + 2] : []));
  let best: number[] = [];
  let run: number[] = [];
  for (const row of empty) {
    run = run.at(-1) === row - 1 ? [...run, row] : [row];
    if (run.length > best.length) best = run;
  }
  const values = { missing: empty.length, all: rows.length, share: empty.length / rows.length };
  return { values: { ...values, block: best.length, from: best[0]!, to: best.at(-1)! } };
}

/** Rows that stood above already, and what they add. */
export function recomputeDuplicates(rows: Rows, measure: number): Recomputed {
  const seen = new Set<string>();
  let [extra, amount] = [0, 0];
  for (const row of rows) {
    const key = JSON.stringify(row);
    if (seen.has(key)) {
      extra++;
      amount += Number(row[measure] ?? 0);
    }
    seen.add(key);
  }
  const total = sum(rows.map((row) => Number(row[measure] ?? 0)));
  return {
    values: { extra, all: rows.length, share: extra / rows.length, amount, amountShare: amount / total },
  };
}

/** The longest stretch of rows that are ten times as large as others or more, or a tenth and less. */
export function recomputeUnitChange(rows: Rows, measure: number): Recomputed {
  const known = rows.flatMap((row, index) =>
    row[measure] === null ? [] : [{ row: index + 2, log: Math.log10(Math.abs(Number(row[measure]))) }],
  );
  const centre = middle(known.map(({ log }) => log));
  let [run, best]: [typeof known, typeof known] = [[], []];
  for (const each of known) {
    run = Math.abs(each.log - centre) > 0.8 ? [...run, each] : [];
    if (run.length > best.length) best = run;
  }
  const inside = best.map(({ log }) => log);
  const outside = known.filter((each) => !best.includes(each)).map(({ log }) => log);
  const size = (logs: readonly number[]): number => middle(logs.map((log) => 10 ** log));
  const [own, usual] = [size(inside), size(outside)];
  return {
    values: {
      from: best[0]!.row,
      to: best.at(-1)!.row,
      count: best.length,
      own,
      usual,
      ratio: own / usual,
      factor: 10 ** Math.abs(Math.round(Math.log10(own / usual))),
    },
    p: (welch(inside, outside) * known.length ** 2) / 2,
  };
}

/** Cells that hold another type than most of their column. */
export function recomputeTypes(rows: Rows, column: number): Recomputed {
  const texts = rows.filter((row) => typeof row[column] === "string").length;
  const numbers = rows.filter((row) => typeof row[column] === "number").length;
  const odd = Math.min(texts, numbers);
  return { values: { odd, all: rows.length, share: odd / rows.length } };
}
