import type { QueryResult } from "../../data/index.ts";
import { monthOf } from "../ask/question/calendar.ts";
import type { Subject } from "./subjects.ts";
import { leastValues } from "./types.ts";

/** How rows are gathered along time. */
export type Grain = "day" | "week" | "month" | "quarter" | "year" | "month-name";

/** The periods of a table's time column: how SQL names them, and which are whole. */
export type TimeAxis = {
  /** Name of the column. */
  readonly column: string;
  readonly grain: Grain;
  /** SQL for the period of a row: `2024-03`, `2024-Q1`, `2024`, or the (first) day. */
  readonly sql: string;
  /** True for a period that lies wholly within the time that the table covers. */
  readonly isWhole: (period: string) => boolean;
  /** Where a period comes, counted in periods. */
  readonly position: (period: string) => number;
};

/** Runs a query without tracing rows. */
export type RunQuery = (sql: string) => Promise<QueryResult>;

const day = 86_400_000;

/** Which periods to look at: the finest of months, weeks and days of which there are enough and hardly any is empty. */
export async function timeAxis(subject: Subject, run: RunQuery): Promise<TimeAxis | undefined> {
  const { time } = subject;
  if (time === undefined) return undefined;
  const column = time.column.column.name;
  if (time.form === "year") return yearAxis(column, time.sql);
  if (time.form === "month-name") return monthNameAxis(column, time.sql);
  const stats = await datesOf(subject, time.sql, run);
  if (stats === undefined) return undefined;
  const grain = grainOf(stats);
  return grain === undefined ? undefined : dateAxis(column, time.sql, grain, stats);
}

type Dates = {
  readonly first: number;
  readonly last: number;
  readonly counts: Readonly<Record<"day" | "week" | "month" | "quarter" | "year", number>>;
};

async function datesOf({ sql }: Subject, time: string, run: RunQuery): Promise<Dates | undefined> {
  const { rows } = await run(
    // A few dates far from all others (a year mistyped) say nothing about the time that is covered.
    `WITH bounds AS (SELECT quantile_disc(${time}, 0.02) AS low, quantile_disc(${time}, 0.98) AS high FROM ${sql}),
     kept AS (SELECT ${time} AS d FROM ${sql}, bounds WHERE ${time} BETWEEN low - to_days(CAST(ceil(0.3 * date_diff('day', low, high)) AS INTEGER) + 31) AND high + to_days(CAST(ceil(0.3 * date_diff('day', low, high)) AS INTEGER) + 31))
     SELECT strftime(min(d), '%Y-%m-%d'), strftime(max(d), '%Y-%m-%d'), count(DISTINCT CAST(d AS DATE)), count(DISTINCT date_trunc('week', d)), count(DISTINCT date_trunc('month', d)), count(DISTINCT date_trunc('quarter', d)), count(DISTINCT date_trunc('year', d)) FROM kept`,
  );
  const [first, last, ...counts] = rows[0] ?? [];
  if (typeof first !== "string" || typeof last !== "string") return undefined;
  const [days = 0, week = 0, month = 0, quarter = 0, year = 0] = counts.map(Number);
  return {
    first: Date.parse(`${first}T00:00Z`) / day,
    last: Date.parse(`${last}T00:00Z`) / day,
    counts: { day: days, week, month, quarter, year },
  };
}

function grainOf({ first, last, counts }: Dates): Exclude<Grain, "month-name"> | undefined {
  const spans = { day: 1, week: 7, month: 30.44, quarter: 91.3, year: 365.25 };
  const covers = (grain: keyof typeof spans): boolean =>
    counts[grain] >= 0.8 * Math.max(1, (last - first) / spans[grain] - 1);
  // Dates that stand for weeks, months, quarters or years.
  const isOwn = (grain: "week" | "month" | "quarter" | "year"): boolean => counts.day <= 1.1 * counts[grain];
  if (isOwn("year")) return counts.year >= leastValues ? "year" : undefined;
  if (isOwn("quarter")) return counts.quarter >= leastValues ? "quarter" : undefined;
  // Months of four and of five such weeks can't be compared.
  if (isOwn("week") && !isOwn("month") && counts.week >= 12 && covers("week")) return "week";
  const wanted = [
    ...(counts.month >= 11 ? (["month", "quarter", "year"] as const) : []),
    ...(counts.week >= 12 ? (["week"] as const) : []),
    ...(counts.day >= 10 ? (["day"] as const) : []),
    "week" as const,
  ];
  return wanted.find((grain) => counts[grain] >= leastValues && covers(grain));
}

function dateAxis(column: string, time: string, grain: Exclude<Grain, "month-name">, dates: Dates): TimeAxis {
  const { first, last, counts } = dates;
  // Where every month or week has one date, the last one is there although its last day is not. A week short of days isn't.
  const spacing = (last - first) / Math.max(1, counts.day);
  const weekGap = spacing > 6 ? 6 : 2;
  const gap = spacing < 1.1 ? 0 : grain === "week" ? weekGap : Math.max(2, 3 * spacing);
  const isWhole = (period: string): boolean => {
    const [start, end] = spanOf(period, grain);
    return start >= first - gap && end <= last + gap;
  };
  return {
    column,
    grain,
    sql: periodSql(time, grain),
    isWhole,
    position: (period) => positionOf(period, grain),
  };
}

/** SQL for the period of a moment. */
export function periodSql(time: string, grain: Exclude<Grain, "month-name">): string {
  switch (grain) {
    case "day":
      return `strftime(${time}, '%Y-%m-%d')`;
    case "week":
      return `strftime(date_trunc('week', ${time}), '%Y-%m-%d')`;
    case "month":
      return `strftime(${time}, '%Y-%m')`;
    case "quarter":
      return `concat(year(${time}), '-Q', quarter(${time}))`;
    case "year":
      return `strftime(${time}, '%Y')`;
    default:
      return grain satisfies never;
  }
}

/** First and last day of a period, in days since 1970. */
function spanOf(period: string, grain: Grain): readonly [number, number] {
  const year = Number(period.slice(0, 4));
  const days = (month: number, date: number): number => Date.UTC(year, month, date) / day;
  if (grain === "year") return [days(0, 1), days(11, 31)];
  if (grain === "quarter") {
    const quarter = Number(period.slice(-1)) - 1;
    return [days(quarter * 3, 1), days(quarter * 3 + 3, 0)];
  }
  const month = Number(period.slice(5, 7)) - 1;
  if (grain === "month") return [days(month, 1), days(month + 1, 0)];
  const first = days(month, Number(period.slice(8, 10)));
  return [first, grain === "week" ? first + 6 : first];
}

/** Where a period comes, counted in periods since a time long ago. */
export function positionOf(period: string, grain: Grain): number {
  const year = Number(period.slice(0, 4));
  if (grain === "year") return year;
  if (grain === "quarter") return year * 4 + Number(period.slice(-1)) - 1;
  if (grain === "month") return year * 12 + Number(period.slice(5, 7)) - 1;
  const days = Date.parse(`${period}T00:00Z`) / day;
  return grain === "week" ? Math.round(days / 7) : days;
}

function yearAxis(column: string, sql: string): TimeAxis {
  const text = `CAST(CAST(${sql} AS INTEGER) AS VARCHAR)`;
  return { column, grain: "year", sql: text, isWhole: () => true, position: Number };
}

function monthNameAxis(column: string, sql: string): TimeAxis {
  const position = (name: string): number =>
    monthOf(name.normalize("NFD").replace(/\p{M}/gu, "").replace(/\W/g, "").toLowerCase()) ?? 0;
  return { column, grain: "month-name", sql, isWhole: (name) => position(name) > 0, position };
}

/** The month (0 to 11), quarter (0 to 3) or weekday (0 is Monday) of a period; undefined where it has no season. */
export function seasonOf(period: string, grain: Grain): number | undefined {
  if (grain === "month") return Number(period.slice(5, 7)) - 1;
  if (grain === "quarter") return Number(period.slice(-1)) - 1;
  if (grain === "day") return (new Date(`${period}T00:00Z`).getUTCDay() + 6) % 7;
  return undefined;
}
