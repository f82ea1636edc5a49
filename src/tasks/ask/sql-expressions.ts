import type { ElapsedUnit, Filter, FilterGrain, GroupKey, Measure, Plan, PlanValue } from "./plan.ts";
import { isNumberType, isSameName, type PlanColumn } from "./plan-columns.ts";

/** A plan being written as SQL over one source of rows. */
export type SqlWriter = {
  readonly plan: Plan;
  /** What stands behind FROM. */
  readonly from: string;
  readonly columns: readonly PlanColumn[];
  readonly tableName: string;
  /** Terms that put rows in the order of the sheet. */
  readonly rowOrder: readonly string[];
  /** Where a column made by `unpivot` stands in the order of the sheet. */
  readonly place?: { readonly column: string; readonly sql: string };
};

/** A name as SQL takes it, whatever it holds. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it, whatever it holds. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The column that a plan names. Throws `RangeError` when the table lacks it. */
export function columnOf({ columns, tableName }: SqlWriter, name: string): PlanColumn {
  const found = columns.find((each) => isSameName(each.name, name));
  if (found === undefined) throw new RangeError(`the table ${tableName} has no column ${name}`);
  return found;
}

/** A column as SQL, by the name that a plan gives it. */
export function columnSql(writer: SqlWriter, name: string): string {
  const { elapsed, sqlName } = columnOf(writer, name);
  if (elapsed === undefined) return quoteName(sqlName);
  return elapsedSql(elapsed.unit, columnSql(writer, elapsed.from), columnSql(writer, elapsed.to));
}

/** Whole units of time from one date to another, both as SQL; days as the calendar counts them. */
export function elapsedSql(unit: ElapsedUnit, from: string, to: string): string {
  const days = [from, to].map((each) => `CAST(${each} AS DATE)`).join(", ");
  switch (unit) {
    case "days":
      return `date_diff('day', ${days})`;
    case "months":
      return `date_sub('month', ${days})`;
    case "years":
      return `date_sub('year', ${days})`;
    default:
      return unit satisfies never;
  }
}

const grainSql: Readonly<Record<FilterGrain, string>> = {
  year: "year",
  "month-of-year": "month",
  weekday: "isodow",
};

/** A condition that is true or false (never NULL where it says `not`). */
export function filterSql(writer: SqlWriter, filter: Filter): string {
  const column = columnOf(writer, filter.column);
  const name = columnSql(writer, filter.column);
  const grain = "grain" in filter ? filter.grain : undefined;
  const literal = (value: PlanValue): string =>
    grain === undefined ? literalOf(column, value) : numberLiteral(column.name, value);
  const compared = grain === undefined ? comparedSql(name, column) : `${grainSql[grain]}(${name})`;
  const holds = (value: PlanValue): string =>
    `contains(lower(CAST(${name} AS VARCHAR)), ${quoteText(String(value).toLowerCase())})`;
  switch (filter.is) {
    case "contains":
      return holds(filter.value);
    case "not-contains":
      return `NOT coalesce(${holds(filter.value)}, false)`;
    case "between":
      return `${compared} BETWEEN ${literal(filter.from)} AND ${lastMoment(column, filter.to) ?? literal(filter.to)}`;
    case "in":
      return `${compared} IN (${filter.values.map(literal).join(", ")})`;
    case "not-in":
      return `coalesce(${compared} NOT IN (${filter.values.map(literal).join(", ")}), true)`;
    case "empty":
      return column.type === "text" ? `coalesce(trim(${name}), '') = ''` : `${name} IS NULL`;
    case "not-empty":
      return column.type === "text" ? `coalesce(trim(${name}), '') <> ''` : `${name} IS NOT NULL`;
    case "!=":
      return `coalesce(${compared} <> ${literal(filter.value)}, true)`;
    default:
      return `${compared} ${filter.is} ${literal(filter.value)}`;
  }
}

function comparedSql(name: string, { type }: PlanColumn): string {
  return type === "text" ? `lower(${name})` : name;
}

/** `between` takes the whole of its last day, also where the column knows the time of day. */
function lastMoment({ type }: PlanColumn, value: PlanValue): string | undefined {
  const isDay = type === "timestamp" && /^\d{4}-\d{2}-\d{2}$/.test(String(value));
  return isDay ? `TIMESTAMP ${quoteText(`${value} 23:59:59.999999`)}` : undefined;
}

function numberLiteral(name: string, value: PlanValue): string {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
  if (typeof value === "boolean" || !Number.isFinite(number))
    throw new RangeError(`${name} is compared with numbers, and ${JSON.stringify(value)} is none`);
  return String(number);
}

/** A value as a literal of the column's type. Throws `RangeError` when it can be none. */
export function literalOf(column: PlanColumn, value: PlanValue): string {
  const { type, name } = column;
  if (isNumberType(type)) return numberLiteral(name, value);
  const text = String(value);
  switch (type) {
    case "boolean":
      return /^(true|yes|1)$/i.test(text) ? "true" : "false";
    case "date":
      return `DATE ${quoteText(inForm(name, text, /^\d{4}-\d{2}-\d{2}$/, "a date like 2024-01-31"))}`;
    case "time":
      return `TIME ${quoteText(inForm(name, text, /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, "a time like 13:45"))}`;
    case "timestamp":
      return `TIMESTAMP ${quoteText(inForm(name, text, /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/, "a date like 2024-01-31"))}`;
    default:
      return quoteText(text.toLowerCase());
  }
}

function inForm(name: string, text: string, form: RegExp, wanted: string): string {
  if (form.test(text)) return text;
  throw new RangeError(`${name} is compared with ${wanted}, and ${JSON.stringify(text)} is none`);
}

/** What rows are grouped by; months and weekdays by their names. */
export function keySql(writer: SqlWriter, { column, grain }: GroupKey): string {
  const name = columnSql(writer, column);
  switch (grain) {
    case undefined:
      return name;
    case "year":
      return `year(${name})`;
    case "quarter":
      return `strftime(${name}, '%Y') || '-Q' || quarter(${name})`;
    case "month":
      return `strftime(${name}, '%Y-%m')`;
    case "month-of-year":
      return `monthname(${name})`;
    case "weekday":
      return `dayname(${name})`;
    case "day":
      return `CAST(${name} AS DATE)`;
    default:
      return grain satisfies never;
  }
}

/** What puts groups in their natural order: January before February, the sheet's order for columns turned into rows. */
export function keyOrderSql(writer: SqlWriter, key: GroupKey): string {
  const { place } = writer;
  if (place !== undefined && isSameName(place.column, key.column)) return `min(${place.sql})`;
  if (key.grain === "month-of-year") return `min(month(${columnSql(writer, key.column)}))`;
  if (key.grain === "weekday") return `min(isodow(${columnSql(writer, key.column)}))`;
  return keySql(writer, key);
}

/** An aggregate. Throws `RangeError` when it needs a column and has none. */
export function measureSql(writer: SqlWriter, { fn, column }: Measure): string {
  if (column === undefined) {
    if (fn === "count") return "count(*)";
    throw new RangeError(`${fn} needs a column`);
  }
  const name = columnSql(writer, column);
  switch (fn) {
    case "count":
      return `count(${name})`;
    case "count-distinct":
      return `count(DISTINCT ${name})`;
    case "sum":
      return `sum(${name})`;
    case "average":
      return `avg(${name})`;
    case "median":
      return `quantile_cont(${name}, 0.5)`;
    case "min":
    case "max":
      return `${fn}(${name})`;
    case "range":
      return `max(${name}) - min(${name})`;
    default:
      return fn satisfies never;
  }
}
