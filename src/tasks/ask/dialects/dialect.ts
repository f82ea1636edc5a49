import type { ColumnType } from "../../../table.ts";
import type { ElapsedUnit, FilterGrain, GroupKey, Measure } from "../plan.ts";

/** A value that an expression yields, as far as a dialect has to know it. */
export type ValueKind = {
  readonly type: ColumnType;
  /** True of numbers that are stored as decimals, not as floating-point. Defaults to false. */
  readonly isExact?: boolean;
  /** Their decimal places, where the type fixes them. */
  readonly scale?: number;
};

/** How a literal of a column's type is written. Texts come as ISO 8601 and were checked. */
export type Literals = {
  readonly text: (value: string) => string;
  /** A text as columns of text are compared: without regard to case. */
  readonly folded: (value: string) => string;
  readonly date: (iso: string) => string;
  readonly time: (iso: string) => string;
  /** A day, or a day with a time behind a `T` or a space. */
  readonly timestamp: (iso: string) => string;
};

/**
 * One engine's way to say what plans need. Every member takes and gives SQL; all dialects give the same results: null
 * last, texts in the order of their UTF-8 bytes, quotients as float64, dates without a zone.
 */
export type Dialect = {
  readonly name: "DuckDB" | "PostgreSQL" | "ClickHouse";
  /** A name as SQL takes it, whatever it holds. */
  readonly quoteName: (name: string) => string;
  readonly literals: Literals;
  /** A column that isn't stored as what it is taken for: said as text, at UTC, or as float64. */
  readonly read: (column: string, as: "text" | "utc" | "float") => string;
  readonly folded: (text: string) => string;
  /** True where a value, said as text, holds this part without regard to case; null where it is. */
  readonly contains: (value: string, kind: ValueKind, part: string) => string;
  /** True, never null, for a text that is null, empty or only spaces. */
  readonly isBlank: (text: string) => string;
  readonly isNotBlank: (text: string) => string;
  /** A condition on a value that also holds where the value is null. */
  readonly orNull: (condition: string, value: string) => string;
  readonly oneOf: (value: string, kind: ValueKind, literals: readonly string[], isNegated: boolean) => string;
  /** A part of a date as a whole number. */
  readonly part: (grain: FilterGrain, date: string) => string;
  /** What rows are put together by: `2024-Q1`, `2024-03`, `March`, `Monday`, or the day. */
  readonly key: (grain: NonNullable<GroupKey["grain"]>, date: string) => string;
  /** Whole units of time between two dates, as the calendar counts them. */
  readonly elapsed: (unit: ElapsedUnit, from: string, to: string) => string;
  /** True where `elapsed` says its dates more than once. */
  readonly repeatsDates: boolean;
  /** An aggregate of a column; null where there is nothing to aggregate. */
  readonly aggregate: (fn: Measure["fn"], value: string, kind: ValueKind) => string;
  /** The smallest or largest of any type, texts and booleans too. */
  readonly extreme: (fn: "min" | "max", value: string, kind: ValueKind) => string;
  /** What values are put in order by. */
  readonly sortable: (value: string, kind: ValueKind) => string;
  /** One number divided by another, as float64; null where the other is zero. */
  readonly quotient: (left: string, right: string) => string;
  /** The value of the row before; `window` is what stands in the brackets of OVER. */
  readonly before: (value: string, window: string) => string;
  /** The sum of a window's rows up to this one. */
  readonly runningTotal: (value: string, window: string) => string;
  /** A column that is put under others in a UNION, where these are not all of one type. */
  readonly inUnion: (value: string, type: ColumnType) => string;
  /** True where QUALIFY chooses rows by a window. */
  readonly hasQualify: boolean;
};
