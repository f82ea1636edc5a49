import { z } from "zod";

const text = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]);

const filterGrain = z.enum(["year", "month-of-year", "weekday"]).exactOptional();

const filter = z.union([
  z.strictObject({
    column: text,
    grain: filterGrain,
    is: z.enum(["=", "!=", "<", "<=", ">", ">=", "contains", "not-contains"]),
    value,
  }),
  z.strictObject({ column: text, is: z.literal("between"), from: value, to: value }),
  z.strictObject({
    column: text,
    grain: filterGrain,
    is: z.enum(["in", "not-in"]),
    values: z.array(value).min(1),
  }),
  z.strictObject({ column: text, is: z.enum(["empty", "not-empty"]) }),
]);

const key = z.strictObject({
  column: text,
  grain: z.enum(["year", "quarter", "month", "month-of-year", "weekday", "day"]).exactOptional(),
});

const measure = z.strictObject({
  fn: z.enum(["count", "count-distinct", "sum", "average", "median", "min", "max", "range"]),
  column: text.exactOptional(),
});

const order = z.strictObject({
  /** A column, or `row` for the order of the sheet, or the number of a measure, from 0. */
  by: z.union([text, z.int().min(0)]),
  direction: z.enum(["ascending", "descending"]),
});

const unpivot = z.strictObject({
  columns: z.array(z.strictObject({ column: text, as: value })).min(1),
  name: text,
  type: z.enum(["text", "integer", "date"]),
  value: text,
});

const elapsedUnit = z.enum(["days", "months", "years"]);
const elapsed = z.strictObject({ from: text, to: text, unit: elapsedUnit, name: text });

const planSchema = z.strictObject({
  table: text,
  unpivot: unpivot.exactOptional(),
  elapsed: elapsed.exactOptional(),
  where: z.array(filter).exactOptional(),
  groupBy: z.array(key).exactOptional(),
  measures: z.array(measure).exactOptional(),
  having: z
    .strictObject({
      measure: z.int().min(0),
      is: z.enum(["=", "!=", "<", "<=", ">", ">="]),
      value: z.number(),
    })
    .exactOptional(),
  show: z.array(text).exactOptional(),
  distinct: z.boolean().exactOptional(),
  orderBy: z.array(order).exactOptional(),
  limit: z.int().min(1).exactOptional(),
  offset: z.int().min(1).exactOptional(),
  ties: z.boolean().exactOptional(),
  count: z.literal("groups").exactOptional(),
  beside: z.union([z.literal(-1), z.literal(1)]).exactOptional(),
  over: z
    .strictObject({
      measure: z.int().min(0),
      as: z.enum(["share", "change", "percent-change", "rank", "running-total"]),
    })
    .exactOptional(),
});

/** A part of a date that a condition looks at, as a number: the year, the month from 1, the weekday from 1 (Monday). */
export type FilterGrain = "year" | "month-of-year" | "weekday";

/** A condition on one column. Dates are written as ISO 8601, texts compared without regard to case. */
export type Filter =
  | {
      readonly column: string;
      readonly grain?: FilterGrain;
      readonly is: "=" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "not-contains";
      readonly value: PlanValue;
    }
  | { readonly column: string; readonly is: "between"; readonly from: PlanValue; readonly to: PlanValue }
  | {
      readonly column: string;
      readonly grain?: FilterGrain;
      readonly is: "in" | "not-in";
      readonly values: readonly PlanValue[];
    }
  | { readonly column: string; readonly is: "empty" | "not-empty" };

export type PlanValue = string | number | boolean;

/** What rows are put together by; a date by its year, its quarter, its month, … */
export type GroupKey = {
  readonly column: string;
  readonly grain?: "year" | "quarter" | "month" | "month-of-year" | "weekday" | "day";
};

/** A number computed from rows. `range` is the largest less the smallest; `count` without a column counts rows. */
export type Measure = {
  readonly fn: "count" | "count-distinct" | "sum" | "average" | "median" | "min" | "max" | "range";
  readonly column?: string;
};

/**
 * Columns of months, years, … as rows of two columns: `name` says which it was (`as`: `Jan`, 2024, `2024-01-01`) and
 * `value` what stood there. The other columns stay as they are.
 */
export type Unpivot = {
  readonly columns: readonly { readonly column: string; readonly as: PlanValue }[];
  readonly name: string;
  readonly type: "text" | "integer" | "date";
  readonly value: string;
};

/** Whole units of time; days are counted by the calendar, whatever the time of day. */
export type ElapsedUnit = "days" | "months" | "years";

/** A column more, `name`: the time from one date of a row to another, empty where one of them is. */
export type Elapsed = {
  readonly from: string;
  readonly to: string;
  readonly unit: ElapsedUnit;
  readonly name: string;
};

/**
 * What to compute from one table, as data: what a model proposes and code runs. Either `measures` (of all rows, or of
 * each group), or the columns to `show` of the rows that are found.
 */
export type Plan = {
  readonly table: string;
  /** Looks at the table with some of its columns turned into rows; everything else then names the columns made so. */
  readonly unpivot?: Unpivot;
  /** Everything else may name the column that this makes. Not together with `unpivot`. */
  readonly elapsed?: Elapsed;
  /** All of them hold. */
  readonly where?: readonly Filter[];
  readonly groupBy?: readonly GroupKey[];
  readonly measures?: readonly Measure[];
  /** Which groups are kept, by a measure's number from 0. */
  readonly having?: {
    readonly measure: number;
    readonly is: "=" | "!=" | "<" | "<=" | ">" | ">=";
    readonly value: number;
  };
  readonly show?: readonly string[];
  readonly distinct?: boolean;
  /** `by` is a column, `row` for the order of the sheet, or a measure's number from 0. */
  readonly orderBy?: readonly {
    readonly by: string | number;
    readonly direction: "ascending" | "descending";
  }[];
  readonly limit?: number;
  /** With a limit: places that are passed over before it. With ties a place that others share is no place of its own. */
  readonly offset?: number;
  /** With a limit: all that share the last place are taken too. Defaults to false. */
  readonly ties?: boolean;
  /** Says how many groups there are (that `having` keeps) instead of listing them. */
  readonly count?: "groups";
  /** The row before (-1) or after (1) the one found, in the order of the sheet. */
  readonly beside?: -1 | 1;
  /** What is shown beside a measure of each group: its share of the whole, its change from the group before, … */
  readonly over?: {
    readonly measure: number;
    readonly as: "share" | "change" | "percent-change" | "rank" | "running-total";
  };
};

/**
 * One plan, or two whose single values are set against each other: `percent-change` is from right to left, `share` what
 * per cent left is of right. With a `unit` both values are dates, and their difference is the time from right to left.
 */
export type Calculation =
  | Plan
  | {
      readonly op: "difference" | "ratio" | "percent-change" | "share" | "sum";
      readonly left: Plan;
      readonly right: Plan;
      readonly unit?: ElapsedUnit;
    };

/** Reads parsed JSON as a calculation; what does not fit is left to the caller to tell. */
export const calculationSchema: z.ZodType<Calculation> = z.union([
  planSchema,
  z.strictObject({
    op: z.enum(["difference", "ratio", "percent-change", "share", "sum"]),
    left: planSchema,
    right: planSchema,
    unit: elapsedUnit.exactOptional(),
  }),
]);
