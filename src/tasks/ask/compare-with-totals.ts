import type { FoundTable } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import { formatValue } from "./compose-answer.ts";
import type { Calculation, Filter, Plan } from "./plan.ts";
import { isSameName } from "./plan-columns.ts";
import { isSumWord } from "./question/leave-out-totals.ts";

type TotalRow = FoundTable["totals"][number];
type Rows = { readonly rows: readonly (readonly Json[])[]; readonly isTruncated: boolean };

/** Rows below a table that say something else than its sum. */
const otherThanSum =
  /\b(average|avg|mean|median|max|maximum|min|minimum|count|number|durchschnitt|mittelwert|anzahl|moyenne|nombre|promedio|media|difference|change)\b/i;

/**
 * Where a sum was computed that the sheet also has in a row of totals of its own, and the two differ: sentences that say
 * so. Empty where they agree, or where there is nothing to compare with.
 */
export function compareWithTotals(
  calculation: Calculation,
  { rows, isTruncated }: Rows,
  tables: readonly FoundTable[],
): string[] {
  if ("op" in calculation || isTruncated) return [];
  const found = tables.find(({ table }) => isSameName(table.name, calculation.table));
  if (found === undefined || found.totals.length === 0) return [];
  return sumsOf(calculation, rows, found).flatMap(({ columns, label, value }) => {
    const candidates = found.totals.filter((row) => isTotalOf(row, label, found));
    const own = candidates.flatMap((row) => ownSum(row, columns));
    const last = own.at(-1);
    if (last === undefined || own.some((each) => isNear(each.value, value))) return [];
    const name = columns.length === 1 ? columns[0] : "all columns";
    return [
      `the rows come to ${shown(value)}, the sheet's own total of ${name} (row ${last.row.sheetRow}) says ${shown(last.value)}`,
    ];
  });
}

/** A computed sum, the columns it is of, and the one group that it is of. */
type Sum = { readonly columns: readonly string[]; readonly label?: string; readonly value: number };

function sumsOf(plan: Plan, rows: Rows["rows"], { table }: FoundTable): Sum[] {
  const { measures = [], groupBy = [], unpivot, having, limit, count, beside, elapsed } = plan;
  if ((having ?? limit ?? count ?? beside ?? elapsed) !== undefined) return [];
  const conditions = (plan.where ?? []).filter((filter) => !leavesOutTotals(filter));
  const [condition, second] = conditions.filter(({ column }) => column !== unpivot?.name);
  const time = conditions.find(({ column }) => column === unpivot?.name);
  const label = condition && textOf(condition);
  if (second !== undefined || (condition !== undefined && label === undefined)) return [];
  return measures.flatMap(({ fn, column }, index): Sum[] => {
    if (fn !== "sum" || column === undefined) return [];
    const columns = unpivot !== undefined && column === unpivot.value ? turnedColumns(plan, time) : [column];
    const values = rows.map((row) => Number(row[groupBy.length + index]));
    const value = values.reduce((sum, each) => sum + each, 0);
    const isFit = columns.length > 0 && Number.isFinite(value) && columns.every((each) => has(table, each));
    return isFit ? [{ columns, value, ...(label !== undefined && { label }) }] : [];
  });
}

/** Takes nothing away that the sheet's own total has. */
function leavesOutTotals(filter: Filter): boolean {
  if (filter.is === "not-empty") return true;
  return filter.is === "not-in" && filter.values.every((value) => isSumWord(String(value)));
}

function has({ columns }: FoundTable["table"], name: string): boolean {
  return columns.some((each) => isSameName(each.name, name));
}

/** The columns whose rows were added up: all that were turned, or those of the times that are named. */
function turnedColumns({ unpivot }: Plan, time: Filter | undefined): string[] {
  const columns = unpivot?.columns ?? [];
  if (time === undefined) return columns.map(({ column }) => column);
  const wanted = "values" in time ? time.values : time.is === "=" ? [time.value] : [];
  return columns.filter(({ as }) => wanted.includes(as)).map(({ column }) => column);
}

function textOf(filter: Filter): string | undefined {
  return filter.is === "=" && typeof filter.value === "string" ? filter.value.toLowerCase() : undefined;
}

/** Of one group: a row that names it. Of all: a row behind the last one of the table that names no group. */
function isTotalOf(row: TotalRow, label: string | undefined, { table }: FoundTable): boolean {
  const said = row.label.toLowerCase();
  if (otherThanSum.test(said)) return false;
  if (label !== undefined) return label.length > 1 && said.includes(label);
  const names = table.columns.flatMap(({ strings = [] }) => strings);
  const isOfGroup = names.some((name) => name.length > 2 && said.includes(name.toLowerCase()));
  return (
    !isOfGroup &&
    row.sheetRow > Math.max(0, table.sheetRows.at(-1) ?? 0) &&
    !/\b(sub|zwischen|teil|sous)/i.test(said)
  );
}

function ownSum(row: TotalRow, columns: readonly string[]): { row: TotalRow; value: number }[] {
  const values = columns.flatMap((name) => row.values.filter(({ column }) => isSameName(column, name)));
  if (values.length < columns.length) return [];
  return [{ row, value: values.reduce((sum, each) => sum + each.value, 0) }];
}

function shown(value: number): string {
  return formatValue(value, { type: "DOUBLE" });
}

/** Within half a cent, and what is lost in adding up. */
function isNear(one: number, two: number): boolean {
  return Math.abs(one - two) <= 0.005 + 1e-9 * Math.max(Math.abs(one), Math.abs(two));
}
