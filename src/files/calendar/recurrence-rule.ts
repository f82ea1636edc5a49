import type { WallTime } from "./wall-clock.ts";

export type Frequency = "YEARLY" | "MONTHLY" | "WEEKLY" | "DAILY" | "HOURLY" | "MINUTELY" | "SECONDLY";

/** A day of the week, Sunday 0; `nth` of the month or year, from the end where negative, 0 for every one. */
export type RuleDay = { readonly weekday: number; readonly nth: number };

/** A recurrence rule (RFC 5545, 3.3.10). A list that is empty was not given. */
export type RecurrenceRule = {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  readonly until?: { readonly kind: "instant" | "wall"; readonly at: number };
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly days: readonly RuleDay[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
  /** Sunday 0. */
  readonly weekStart: number;
};

const FREQUENCIES: readonly string[] = [
  "YEARLY",
  "MONTHLY",
  "WEEKLY",
  "DAILY",
  "HOURLY",
  "MINUTELY",
  "SECONDLY",
] satisfies readonly Frequency[];
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY_CODE = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/u;

/** A rule from what ical.js reads (its jCal form); undefined where it says nothing that can be followed. */
export function ruleOf(value: unknown): RecurrenceRule | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const raw = new Map(Object.entries(value));
  const frequency = raw.get("freq");
  // RSCALE (RFC 7529) counts in another calendar.
  if (typeof frequency !== "string" || !FREQUENCIES.includes(frequency) || raw.has("rscale"))
    return undefined;
  const numbers = (key: string): number[] => listOf(raw.get(key)).map(Number).filter(Number.isInteger);
  const days = listOf(raw.get("byday")).map((code) => DAY_CODE.exec(String(code).toUpperCase()));
  if (days.includes(null)) return undefined;
  const until = untilOf(raw.get("until"));
  if (raw.has("until") && until === undefined) return undefined;
  const count = raw.get("count");
  const weekStart = raw.get("wkst");
  return {
    frequency: frequency as Frequency,
    interval: Math.max(1, Number(raw.get("interval") ?? 1)),
    ...(typeof count === "number" ? { count } : {}),
    ...(until === undefined ? {} : { until }),
    months: numbers("bymonth"),
    weeks: numbers("byweekno"),
    yearDays: numbers("byyearday"),
    monthDays: numbers("bymonthday"),
    days: days.map((match) => ({
      weekday: WEEKDAYS.indexOf(match?.[2] ?? ""),
      nth: Number(match?.[1] ?? 0),
    })),
    hours: numbers("byhour"),
    minutes: numbers("byminute"),
    seconds: numbers("bysecond"),
    positions: numbers("bysetpos"),
    // ical.js counts Sunday as 1.
    weekStart: typeof weekStart === "number" ? weekStart - 1 : 1,
  };
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? [...new Set(value)] : [value];

function untilOf(value: unknown): RecurrenceRule["until"] {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(Z?))?$/u.exec(String(value ?? ""));
  if (match === null) return undefined;
  const at = Date.parse(`${match[1]}T${match[2] ?? "23:59:59"}Z`);
  return Number.isNaN(at) ? undefined : { kind: match[3] === "Z" ? "instant" : "wall", at };
}

/** Where a rule begins and between which times its occurrences are wanted. */
export type RuleWindow = { readonly start: WallTime; readonly from: WallTime; readonly to: WallTime };
