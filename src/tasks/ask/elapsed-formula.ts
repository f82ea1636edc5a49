import type { Table, TableColumn } from "../../table.ts";
import { columnNamed, rangeOf } from "./formula-criteria.ts";
import type { Measure, Plan } from "./plan.ts";

/**
 * The formula for the sum or the average of the days between two columns of dates, over all rows. Undefined for months
 * and years, for other measures, and where a cell holds something that is no date.
 */
export function elapsedFormula(
  { elapsed, where = [] }: Plan,
  { fn }: Measure,
  table: Table,
): string | undefined {
  if (elapsed === undefined || elapsed.unit !== "days" || where.length > 0) return undefined;
  const [from, to] = [columnNamed(table, elapsed.from), columnNamed(table, elapsed.to)];
  if (from === undefined || to === undefined || from.exceptions.length + to.exceptions.length > 0)
    return undefined;
  const [start, end] = [rangeOf(table, from), rangeOf(table, to)];
  const both = `(${start}<>"")*(${end}<>"")`;
  const all = `SUMPRODUCT(${both}*(${dayOf(to, end)}-${dayOf(from, start)}))`;
  if (fn === "sum") return all;
  return fn === "average" ? `${all}/SUMPRODUCT(${both})` : undefined;
}

/** Days are counted by the calendar: the time of day is cut off. */
function dayOf({ type }: TableColumn, range: string): string {
  return type === "timestamp" ? `INT(${range})` : range;
}
