import type { ColumnType } from "../../../table.ts";
import type { ElapsedUnit, FilterGrain, GroupKey, Measure } from "../plan.ts";
import type { Dialect, ValueKind } from "./dialect.ts";

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", '"': '\\"', "\0": "\\0" };

function escaped(text: string, pattern: RegExp): string {
  return text.replace(pattern, (character) => escapes[character]!);
}

/** In ClickHouse a backslash escapes inside of quoted names and texts alike. */
function quoteName(name: string): string {
  return `"${escaped(name, /[\\"\0]/g)}"`;
}

function quoteText(text: string): string {
  return `'${escaped(text, /[\\'\0]/g)}'`;
}

const partFunctions: Readonly<Record<FilterGrain, string>> = {
  year: "toYear",
  "month-of-year": "toMonth",
  weekday: "toDayOfWeek",
};

/** ClickHouse 24 and later. Aggregates of nothing are null (`…OrNull`), as they are elsewhere; by default they are 0. */
export const clickhouse: Dialect = {
  name: "ClickHouse",
  quoteName,
  literals: {
    text: quoteText,
    folded: (value) => `lowerUTF8(${quoteText(value)})`,
    date: (iso) => `toDate32(${quoteText(iso)})`,
    // There was no type for times of day before 25.6: they are texts like 09:05:00.
    time: (iso) => quoteText(fullTime(iso)),
    timestamp: (iso) => `toDateTime64(${quoteText(fullTimestamp(iso))}, 6, 'UTC')`,
  },
  read: (column, as) =>
    ({
      text: `toString(${column})`,
      utc: `toTimeZone(${column}, 'UTC')`,
      float: `toFloat64(${column})`,
    })[as],
  folded: (text) => `lowerUTF8(${text})`,
  contains: (value, kind, part) =>
    `position(lowerUTF8(${asText(value, kind)}), lowerUTF8(${quoteText(part)})) > 0`,
  isBlank: (text) => `match(coalesce(${text}, ''), '^\\\\p{Zs}*$')`,
  isNotBlank: (text) => `NOT match(coalesce(${text}, ''), '^\\\\p{Zs}*$')`,
  orNull: (condition, value) => `(${value} IS NULL OR ${condition})`,
  oneOf,
  part: (grain, date) => `${partFunctions[grain]}(${date})`,
  key,
  elapsed,
  repeatsDates: true,
  aggregate,
  extreme: (fn, value) => `${fn}OrNull(${value})`,
  sortable: (value) => value,
  quotient: (left, right) => `toFloat64(${left}) / nullIf(toFloat64(${right}), 0)`,
  // `lag` came with 24.10, and gives 0 before the first row unless the value can be null.
  before: (value, window) =>
    `lagInFrame(toNullable(${value})) OVER (${window} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`,
  runningTotal: (value, window) =>
    `sum(${value}) OVER (${window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
  inUnion: (value: string, type: ColumnType) =>
    type === "integer" ? `toDecimal128(${value}, 0)` : `toFloat64(${value})`,
  hasQualify: false,
};

function fullTime(iso: string): string {
  const [hour = "", minute = "", second = "00"] = iso.split(":");
  return `${hour.padStart(2, "0")}:${minute}:${second}`;
}

function fullTimestamp(iso: string): string {
  const [day = "", time = "00:00"] = iso.split(/[T ]/);
  return `${day} ${fullTime(time)}`;
}

/** Decimals with all their places and timestamps without idle zeros, as the other engines say them. */
function asText(value: string, { type, scale }: ValueKind): string {
  switch (type) {
    case "text":
    case "time":
      return value;
    case "timestamp":
      return `replaceRegexpOne(toString(${value}), '\\\\.0+$|(\\\\.\\\\d*[1-9])0+$', '\\\\1')`;
    case "decimal":
      return scale === undefined ? `toString(${value})` : `toDecimalString(${value}, ${scale})`;
    default:
      return `toString(${value})`;
  }
}

/**
 * A list is turned into the column's type, which cuts decimals off: fractions are looked for among float64. (A chain of
 * `=` and OR is no way out: from three on it is made a list.)
 */
function oneOf(value: string, { type }: ValueKind, literals: readonly string[], isNegated: boolean): string {
  const isNumber = type === "decimal" || type === "integer";
  const isWhole = literals.every((literal) => /^-?\d+$/.test(literal));
  const found = isNumber && !isWhole ? `toFloat64(${value})` : value;
  return `${found} ${isNegated ? "NOT IN" : "IN"} (${literals.join(", ")})`;
}

function key(grain: NonNullable<GroupKey["grain"]>, date: string): string {
  switch (grain) {
    case "year":
      return `toYear(${date})`;
    case "quarter":
      return `concat(toString(toYear(${date})), '-Q', toString(toQuarter(${date})))`;
    case "month":
      return `formatDateTime(${date}, '%Y-%m')`;
    case "month-of-year":
      return `dateName('month', toDate32(${date}))`;
    case "weekday":
      // Of moments before 1970 it can name the day after.
      return `dateName('weekday', toDate32(${date}))`;
    case "day":
      return `toDate32(${date})`;
    default:
      return grain satisfies never;
  }
}

function elapsed(unit: ElapsedUnit, from: string, to: string): string {
  const [first, last] = [`toDate32(${from})`, `toDate32(${to})`];
  if (unit === "days") return `dateDiff('day', ${first}, ${last})`;
  const months = `if(${first} <= ${last}, ${monthsBetween(first, last)}, -(${monthsBetween(last, first)}))`;
  return unit === "months" ? months : `intDiv(${months}, 12)`;
}

/** A month is whole at the same day of the month, or at the last day of one that has no such day. */
function monthsBetween(first: string, last: string): string {
  const isBroken = `toDayOfMonth(${last}) < toDayOfMonth(${first}) AND toDayOfMonth(addDays(${last}, 1)) <> 1`;
  return `toInt64(toYear(${last})) * 12 + toMonth(${last}) - toInt64(toYear(${first})) * 12 - toMonth(${first}) - if(${isBroken}, 1, 0)`;
}

function aggregate(fn: Measure["fn"], value: string, kind: ValueKind): string {
  switch (fn) {
    case "count":
      return `count(${value})`;
    case "count-distinct":
      return `uniqExact(${value})`;
    case "sum":
      return sum(value, kind);
    case "average":
      // Exact sums divided once, so that equal averages are equal numbers.
      return kind.isExact === true
        ? `toFloat64(divideDecimal(${sum(value, kind)}, toDecimal256(greatest(count(${value}), 1), 0), 20))`
        : `toFloat64(${sum(value, kind)}) / nullIf(count(${value}), 0)`;
    case "median":
      return `quantileExactInclusiveOrNull(0.5)(toFloat64(${value}))`;
    case "min":
    case "max":
      return `${fn}OrNull(${value})`;
    case "range":
      return `maxOrNull(${value}) - minOrNull(${value})`;
    default:
      return fn satisfies never;
  }
}

/** Sums of 64-bit integers would pass their end in silence, and longer ones can't be set against float64. */
function sum(value: string, { type }: ValueKind): string {
  return `sumOrNull(${type === "integer" ? `toDecimal128(${value}, 0)` : value})`;
}
