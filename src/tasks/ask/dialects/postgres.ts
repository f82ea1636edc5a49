import { BadRequestError } from "../../../errors.ts";
import type { ElapsedUnit, FilterGrain, GroupKey, Measure } from "../plan.ts";
import type { Dialect, ValueKind } from "./dialect.ts";

export type PostgresOptions = {
  /** A collation that folds every alphabet's case, where the database's own doesn't: `und-x-icu`. */
  readonly foldCollation?: string;
  /** False where the database can't hold every character. Defaults to true. */
  readonly isUnicode?: boolean;
};

/** All spaces of Unicode, which is what trimming takes away elsewhere. */
const spaces =
  " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000";
/** PostgreSQL cuts longer names off, in bytes. */
const longestName = 63;

const parts: Readonly<Record<FilterGrain, string>> = {
  year: "year",
  "month-of-year": "month",
  weekday: "isodow",
};

/** PostgreSQL 13 and later. */
export function postgresDialect({ foldCollation, isUnicode = true }: PostgresOptions = {}): Dialect {
  const folded = (text: string): string =>
    `lower(${foldCollation === undefined ? text : `${text} COLLATE ${quoteName(foldCollation)}`})`;
  const trimmed = (text: string): string => `btrim(coalesce(${text}, ''), '${isUnicode ? spaces : " "}')`;
  return {
    name: "PostgreSQL",
    quoteName,
    literals: {
      text: quoteText,
      // Folded by the server: its rules for case are not JavaScript's.
      folded: (value) => folded(quoteText(value)),
      date: (iso) => `DATE ${quoteText(iso)}`,
      time: (iso) => `TIME ${quoteText(iso)}`,
      timestamp: (iso) => `TIMESTAMP ${quoteText(iso)}`,
    },
    read: (column, as) =>
      as === "utc"
        ? `(${column} AT TIME ZONE 'UTC')`
        : `CAST(${column} AS ${as === "text" ? "text" : "double precision"})`,
    folded,
    contains: (value, kind, part) =>
      `position(${folded(quoteText(part))} in ${folded(kind.type === "text" ? value : asText(value, kind))}) > 0`,
    isBlank: (text) => `${trimmed(text)} = ''`,
    isNotBlank: (text) => `${trimmed(text)} <> ''`,
    orNull: (condition, value) => `(${value} IS NULL OR ${condition})`,
    oneOf: (value, _, literals, isNegated) =>
      `${value} ${isNegated ? "NOT IN" : "IN"} (${literals.join(", ")})`,
    part: (grain, date) => wholePart(parts[grain], date),
    key,
    elapsed,
    repeatsDates: true,
    aggregate,
    extreme: (fn, value, kind) => {
      if (kind.type === "boolean") return `${fn === "min" ? "bool_and" : "bool_or"}(${value})`;
      return `${fn}(${sortable(value, kind)})`;
    },
    sortable,
    quotient: (left, right) =>
      `CAST(${left} AS double precision) / nullif(CAST(${right} AS double precision), 0)`,
    before: (value, window) => `lag(${value}) OVER (${window})`,
    runningTotal: (value, window) => `sum(${value}) OVER (${window} ROWS UNBOUNDED PRECEDING)`,
    inUnion: (value) => value,
    hasQualify: false,
  };
}

/** Names too long are cut and told apart by a number made from the rest. */
function quoteName(name: string): string {
  refuseZero(name);
  return `"${fittingName(name).replaceAll('"', '""')}"`;
}

function fittingName(name: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= longestName) return name;
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const end = ` ~${hash.toString(36)}`;
  let start = "";
  for (const character of name) {
    if (encoder.encode(start + character + end).length > longestName) break;
    start += character;
  }
  return start + end;
}

/** Relies on `standard_conforming_strings`, which every connection sets: a backslash is a plain character. */
function quoteText(text: string): string {
  refuseZero(text);
  return `'${text.replaceAll("'", "''")}'`;
}

function refuseZero(text: string): void {
  if (text.includes("\0")) throw new BadRequestError("PostgreSQL holds no text with a zero character");
}

function sortable(value: string, { type }: ValueKind): string {
  return type === "text" ? `${value} COLLATE "C"` : value;
}

/** Floating-point numbers are said as `1.0`, as DuckDB says them. */
function asText(value: string, { type, isExact = false }: ValueKind): string {
  if (type !== "decimal" || isExact) return `CAST(${value} AS text)`;
  return `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e15 THEN CAST(${value} AS text) || '.0' ELSE CAST(${value} AS text) END`;
}

function wholePart(part: string, date: string): string {
  return `CAST(extract(${part} FROM ${date}) AS bigint)`;
}

function key(grain: NonNullable<GroupKey["grain"]>, date: string): string {
  switch (grain) {
    case "year":
      return wholePart("year", date);
    case "quarter":
      return `to_char(${date}, 'YYYY"-Q"Q')`;
    case "month":
      return `to_char(${date}, 'YYYY-MM')`;
    case "month-of-year":
      return `to_char(${date}, 'FMMonth')`;
    case "weekday":
      return `to_char(${date}, 'FMDay')`;
    case "day":
      return `CAST(${date} AS date)`;
    default:
      return grain satisfies never;
  }
}

function elapsed(unit: ElapsedUnit, from: string, to: string): string {
  const [first, last] = [`CAST(${from} AS date)`, `CAST(${to} AS date)`];
  if (unit === "days") return `CAST(${last} - ${first} AS bigint)`;
  const months = `CASE WHEN ${first} <= ${last} THEN ${monthsBetween(first, last)} ELSE -(${monthsBetween(last, first)}) END`;
  return unit === "months" ? months : `(${months}) / 12`;
}

/** A month is whole at the same day of the month, or at the last day of one that has no such day. */
function monthsBetween(first: string, last: string): string {
  const of = (part: string, date: string): string => wholePart(part, date);
  const isBroken = `${of("day", last)} < ${of("day", first)} AND ${of("day", `(${last} + 1)`)} <> 1`;
  return `(${of("year", last)} - ${of("year", first)}) * 12 + ${of("month", last)} - ${of("month", first)} - CASE WHEN ${isBroken} THEN 1 ELSE 0 END`;
}

function aggregate(fn: Measure["fn"], value: string, { type }: ValueKind): string {
  switch (fn) {
    case "count":
      return `count(${value})`;
    case "count-distinct":
      return `count(DISTINCT ${value})`;
    case "sum":
      return `sum(${value})`;
    case "average":
      // Exact sums divided once, so that equal averages are equal numbers.
      return type === "integer"
        ? `CAST(sum(${value}) AS double precision) / nullif(count(${value}), 0)`
        : `CAST(avg(${value}) AS double precision)`;
    case "median":
      return `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`;
    case "min":
    case "max":
      return `${fn}(${value})`;
    case "range": {
      // The difference of two 4-byte integers may be none.
      const wide = type === "integer" ? (sql: string) => `CAST(${sql} AS numeric)` : (sql: string) => sql;
      return `${wide(`max(${value})`)} - min(${value})`;
    }
    default:
      return fn satisfies never;
  }
}
