import type { Json } from "../../json.ts";
import { numberOf } from "./chart-data.ts";
import { periodStep } from "./chart-periods.ts";
import type { ChartSpec } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import type { Plan } from "./plan.ts";

/** Which columns of a result say what a value is about, and which hold values. */
export type Roles = { readonly keys: readonly number[]; readonly values: readonly number[] };

/** Groups are keys; of a list of rows, all that is no number to measure by. */
export function rolesOf(plan: Plan | undefined, result: ResultTable): Roles {
  const all = result.columns.map((_, index) => index);
  const groups = plan?.groupBy?.length ?? 0;
  const isNumber = (index: number): boolean => isNumeric(result, index);
  if (groups > 0) return { keys: all.slice(0, groups), values: all.slice(groups).filter(isNumber) };
  const values = all.filter((index) => isNumber(index) && !isLabel(result, index));
  return { keys: all.filter((index) => !values.includes(index)), values };
}

/** One column of a result. */
export function cells({ rows }: ResultTable, index: number): Json[] {
  return rows.map((row) => row[index] ?? null);
}

function isNumeric(result: ResultTable, index: number): boolean {
  const filled = cells(result, index).filter((value) => value !== null);
  const isNumberType = /^(U?(TINY|SMALL|BIG|HUGE)?INT|DOUBLE|FLOAT|REAL|DECIMAL)/i.test(
    result.columns[index]!.type,
  );
  return isNumberType && filled.length > 0 && filled.every((value) => numberOf(value) !== null);
}

/** Numbers that name things: years, ids. */
function isLabel(result: ResultTable, index: number): boolean {
  const { name } = result.columns[index]!;
  if (/\b(year|jahr|année|año|season)\b/i.test(name)) return periodStep(cells(result, index)) === "year";
  return /(^|\b)(id|no|nr|number|code|nummer|ref)\b\.?$|#/i.test(name) && !/\bnumber of\b/i.test(name);
}

/** Two measures of many things, no time among them: one against the other. */
export function isScatter(result: ResultTable, keys: readonly number[], values: readonly number[]): boolean {
  if (keys.some((key) => periodStep(cells(result, key)) !== undefined)) return false;
  if (keys.length === 0) return true;
  return result.rows.length > 12 && !areComparable(undefined, result, values[0]!, values[1]!);
}

/** Time goes along the axis; else what there is more of. */
export function categoryKey(result: ResultTable, keys: readonly number[]): number {
  const time = keys.find((key) => periodStep(cells(result, key)) !== undefined);
  if (time !== undefined) return time;
  const count = (key: number): number => new Set(cells(result, key).map(String)).size;
  return [...keys].sort((one, two) => count(two) - count(one))[0]!;
}

/** Whether categories are times, numbers or names. */
export function scaleOf(
  plan: Plan | undefined,
  result: ResultTable,
  category: number,
): ChartSpec["categoryScale"] {
  const key = plan?.groupBy?.[category];
  const step = periodStep(cells(result, category));
  const isYear = step === "year" && !isNumeric(result, category);
  const isTurned = key !== undefined && key.column === plan?.unpivot?.name;
  const isNamedYear = key?.grain === "year" || isLabel(result, category) || isTurned;
  if (step !== undefined && (step !== "year" || isYear || isNamedYear)) return "time";
  return isNumeric(result, category) ? "numbers" : "names";
}

/** True for values that one scale can show together. */
export function areComparable(
  plan: Plan | undefined,
  result: ResultTable,
  one: number,
  two: number,
): boolean {
  const groups = plan?.groupBy?.length ?? 0;
  const [first, second] = [plan?.measures?.[one - groups], plan?.measures?.[two - groups]];
  const isCount = (fn: string | undefined): boolean => fn?.startsWith("count") ?? false;
  if (first !== undefined && second !== undefined && isCount(first.fn) !== isCount(second.fn)) return false;
  const [unit, other] = [result.columns[one]!.unit, result.columns[two]!.unit];
  if (unit !== other) return false;
  const largest = (column: number): number =>
    Math.max(...cells(result, column).map((value) => Math.abs(numberOf(value) ?? 0)));
  const [larger, smaller] = [largest(one), largest(two)].sort((a, b) => b - a) as [number, number];
  return smaller > 0 && larger / smaller <= 20;
}

/** How a column of a result is called. */
export function nameOf({ columns }: ResultTable, index: number): string {
  return columns[index]!.name;
}
