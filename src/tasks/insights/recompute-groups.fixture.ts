import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import type { Recomputed } from "./recompute-series.fixture.ts";
import { mean, middle, sum, welch } from "./second-arithmetic.fixture.ts";
import type { Finding } from "./types.ts";

type Rows = PlantedWorkbook["rows"];

function totals(rows: Rows, measure: number, group: number): [string, number][] {
  const found = new Map<string, number>();
  for (const row of rows) {
    if (row[measure] === null || row[group] === null) continue;
    found.set(String(row[group]), (found.get(String(row[group])) ?? 0) + Number(row[measure]));
  }
  return [...found].sort(([, one], [, two]) => two - one);
}

/** Shares of a whole. */
export function recomputeDominance(
  rows: Rows,
  measure: number,
  group: number,
  names: Finding["names"],
): Recomputed {
  const all = totals(rows, measure, group);
  const whole = sum(all.map(([, total]) => total));
  const shares = all.map(([, total]) => total / whole);
  const hhi = sum(shares.map((share) => share * share));
  if (names.group === undefined) {
    const top = Math.ceil(all.length / 5);
    return { values: { top, groups: all.length, topShare: sum(shares.slice(0, top)), hhi } };
  }
  const share = (name: string | undefined): number => shares[all.findIndex(([each]) => each === name)]!;
  return { values: { share: share(names.group), second: share(names.second), hhi, groups: all.length } };
}

/** The rows of a group against all others. */
export function recomputeOutlierGroup(rows: Rows, measure: number, group: number, name: string): Recomputed {
  const known = rows.filter((row) => row[measure] !== null && row[group] !== null);
  const of = (wanted: string): number[] =>
    known.filter((row) => row[group] === wanted).map((row) => Number(row[measure]));
  const others = known.filter((row) => row[group] !== name).map((row) => Number(row[measure]));
  const centres = [...new Set(known.map((row) => String(row[group])))].map(
    (each) => [each, mean(of(each).map(Math.log))] as const,
  );
  const centre = middle(centres.map(([, each]) => each));
  const scale = 1.4826 * middle(centres.map(([, each]) => Math.abs(each - centre)));
  const own = of(name);
  return {
    values: {
      own: mean(own),
      others: mean(others),
      factor: mean(own) / mean(others),
      robustZ: Math.abs(mean(own.map(Math.log)) - centre) / scale,
      count: own.length,
    },
    p: welch(own, others),
  };
}
