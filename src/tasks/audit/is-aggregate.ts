import type { PlacedFormula } from "./audit-book.ts";

const aggregates: ReadonlySet<string> = new Set(
  "SUM SUBTOTAL AGGREGATE AVERAGE MIN MAX COUNT COUNTA MEDIAN PRODUCT STDEV STDEV.S STDEV.P VAR".split(" "),
);

/** True when a formula adds up, averages or counts cells of its own column (`isDown`) or row. */
export function isAggregateAlong({ parsed }: PlacedFormula, isDown: boolean): boolean {
  if (![...parsed.functions].some((name) => aggregates.has(name))) return false;
  return parsed.references.some(({ shape, sheet, first, last }) => {
    if (shape !== "range" || sheet !== undefined) return false;
    return isDown
      ? first.column === 0 && last.column === 0 && !first.isColumnFixed
      : first.row === 0 && last.row === 0 && !first.isRowFixed;
  });
}
