import type { ElapsedUnit, FilterGrain, GroupKey, Measure } from "../plan.ts";
import type { Dialect } from "./dialect.ts";

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const partFunctions: Readonly<Record<FilterGrain, string>> = {
  year: "year",
  "month-of-year": "month",
  weekday: "isodow",
};

/** DuckDB, in which workbooks are computed. Sums of floating-point numbers are compensated by the engine. */
export const duckdb: Dialect = {
  name: "DuckDB",
  quoteName,
  literals: {
    text: quoteText,
    folded: (value) => quoteText(value.toLowerCase()),
    date: (iso) => `DATE ${quoteText(iso)}`,
    time: (iso) => `TIME ${quoteText(iso)}`,
    timestamp: (iso) => `TIMESTAMP ${quoteText(iso)}`,
  },
  read: (column, as) =>
    as === "utc"
      ? `(${column} AT TIME ZONE 'UTC')`
      : `CAST(${column} AS ${as === "text" ? "VARCHAR" : "DOUBLE"})`,
  folded: (text) => `lower(${text})`,
  contains: (value, _, part) =>
    `contains(lower(CAST(${value} AS VARCHAR)), ${quoteText(part.toLowerCase())})`,
  isBlank: (text) => `coalesce(trim(${text}), '') = ''`,
  isNotBlank: (text) => `coalesce(trim(${text}), '') <> ''`,
  orNull: (condition) => `coalesce(${condition}, true)`,
  oneOf: (value, _, literals, isNegated) =>
    `${value} ${isNegated ? "NOT IN" : "IN"} (${literals.join(", ")})`,
  part: (grain, date) => `${partFunctions[grain]}(${date})`,
  key,
  elapsed,
  repeatsDates: false,
  aggregate,
  extreme: (fn, value) => `${fn}(${value})`,
  sortable: (value) => value,
  quotient: (left, right) => `${left} / nullif(${right}, 0)`,
  before: (value, window) => `lag(${value}) OVER (${window})`,
  runningTotal: (value, window) => `sum(${value}) OVER (${window} ROWS UNBOUNDED PRECEDING)`,
  inUnion: (value) => value,
  hasQualify: true,
};

function key(grain: NonNullable<GroupKey["grain"]>, date: string): string {
  switch (grain) {
    case "year":
      return `year(${date})`;
    case "quarter":
      return `strftime(${date}, '%Y') || '-Q' || quarter(${date})`;
    case "month":
      return `strftime(${date}, '%Y-%m')`;
    case "month-of-year":
      return `monthname(${date})`;
    case "weekday":
      return `dayname(${date})`;
    case "day":
      return `CAST(${date} AS DATE)`;
    default:
      return grain satisfies never;
  }
}

function elapsed(unit: ElapsedUnit, from: string, to: string): string {
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

function aggregate(fn: Measure["fn"], value: string): string {
  switch (fn) {
    case "count":
      return `count(${value})`;
    case "count-distinct":
      return `count(DISTINCT ${value})`;
    case "sum":
      return `sum(${value})`;
    case "average":
      return `avg(${value})`;
    case "median":
      return `quantile_cont(${value}, 0.5)`;
    case "min":
    case "max":
      return `${fn}(${value})`;
    case "range":
      return `max(${value}) - min(${value})`;
    default:
      return fn satisfies never;
  }
}
