import type { RecurrenceRule, RuleWindow } from "./recurrence-rule.ts";
import { type DayTest, dayTest } from "./rule-days.ts";
import { DAY, type WallTime } from "./wall-clock.ts";

/** Counts the work that may still be done, so that no rule runs without end. */
export type WorkBudget = { left: number };

export type RuleOccurrences = {
  /** In order, from `from` to `to`. The start itself is among them. */
  readonly times: readonly WallTime[];
  /** False when the work allowed ran out; what was found until then is there. */
  readonly isComplete: boolean;
};

const UNITS = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 } as const;
const HOUR = UNITS.HOURLY;

/**
 * The occurrences of a rule within a window. Without COUNT the years before the window cost nothing. The start counts
 * as the first occurrence whether it fits the rule or not, as calendars show it.
 */
export function expandRule(rule: RecurrenceRule, window: RuleWindow, budget: WorkBudget): RuleOccurrences {
  const { start, from, to } = window;
  const counted = plainCount(rule, start);
  const last = Math.min(to, counted.last);
  const times: WallTime[] = start >= from && start <= last ? [start] : [];
  let found = 1;
  const limit = counted.count ?? Number.POSITIVE_INFINITY;
  if (limit < 1 || counted.last < start) return { times: [], isComplete: true };
  const first = counted.count === undefined ? Math.max(start, from) : start;
  for (const set of setsOf(rule, start, first, last, budget)) {
    for (const time of set) {
      if (time <= start) continue;
      if (time > last || found >= limit) return { times, isComplete: true };
      found++;
      if (time >= from) times.push(time);
    }
    if (budget.left <= 0) return { times, isComplete: false };
  }
  return { times, isComplete: budget.left > 0 };
}

type Counted = { readonly count?: number; readonly last: number };

/** A COUNT of evenly spaced times is an end; only for other rules need the occurrences be counted one by one. */
function plainCount(rule: RecurrenceRule, start: WallTime): Counted {
  const last = rule.until?.kind === "wall" ? rule.until.at : Number.POSITIVE_INFINITY;
  if (rule.count === undefined) return { last };
  const { months, weeks, yearDays, monthDays, days, hours, minutes, seconds, positions } = rule;
  const isPlain = [months, weeks, yearDays, monthDays, days, hours, minutes, seconds, positions].every(
    (list) => list.length === 0,
  );
  const unit = { ...UNITS, DAILY: DAY, WEEKLY: 7 * DAY, MONTHLY: 0, YEARLY: 0 }[rule.frequency];
  if (!isPlain || unit === 0) return { count: rule.count, last };
  return { last: Math.min(last, start + (rule.count - 1) * unit * rule.interval) };
}

/** The occurrences of each period (a year, a week, a minute …) from the one that holds `first`, in order. */
function* setsOf(
  rule: RecurrenceRule,
  start: WallTime,
  first: WallTime,
  last: WallTime,
  budget: WorkBudget,
): Generator<readonly WallTime[]> {
  const test = dayTest(rule, start);
  if (rule.frequency === "HOURLY" || rule.frequency === "MINUTELY" || rule.frequency === "SECONDLY") {
    yield* shortSets(rule, UNITS[rule.frequency], { start, first, last }, test, budget);
    return;
  }
  const times = timesOfDay(rule, start);
  for (let index = firstPeriod(rule, start, first); ; index += rule.interval) {
    const [begin, length] = periodAt(rule, start, index);
    if (begin > last || Number.isNaN(begin) || budget.left <= 0) return;
    const days: WallTime[] = [];
    for (let day = begin; day < begin + length; day += DAY) if (test(day)) days.push(day);
    const affordable = days.slice(0, Math.ceil(budget.left / times.length));
    const set = affordable.flatMap((day) => times.map((time) => day + time));
    budget.left -= 1 + length / DAY / 16 + set.length;
    yield pick(set, rule.positions);
  }
}

/** Number of the period that holds a time, counted from the rule's first, as far as the interval reaches. */
function firstPeriod(rule: RecurrenceRule, start: WallTime, first: WallTime): number {
  const [a, b] = [new Date(start), new Date(first)];
  const years = b.getUTCFullYear() - a.getUTCFullYear();
  const index = {
    YEARLY: years,
    MONTHLY: years * 12 + b.getUTCMonth() - a.getUTCMonth(),
    WEEKLY: Math.floor((first - weekOf(start, rule)) / (7 * DAY)),
    DAILY: Math.floor((first - midnight(start)) / DAY),
    HOURLY: 0,
    MINUTELY: 0,
    SECONDLY: 0,
  }[rule.frequency];
  return Math.floor(Math.max(0, index) / rule.interval) * rule.interval;
}

function periodAt(rule: RecurrenceRule, start: WallTime, index: number): [begin: WallTime, length: number] {
  const date = new Date(start);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (rule.frequency) {
    case "YEARLY":
      return [Date.UTC(year + index, 0, 1), Date.UTC(year + index + 1, 0, 1) - Date.UTC(year + index, 0, 1)];
    case "MONTHLY": {
      const begin = Date.UTC(year, month + index, 1);
      return [begin, Date.UTC(year, month + index + 1, 1) - begin];
    }
    case "WEEKLY":
      return [weekOf(start, rule) + index * 7 * DAY, 7 * DAY];
    default:
      return [midnight(start) + index * DAY, DAY];
  }
}

const midnight = (time: WallTime): WallTime => Math.floor(time / DAY) * DAY;
const weekOf = (time: WallTime, rule: RecurrenceRule): WallTime =>
  midnight(time) - ((new Date(time).getUTCDay() - rule.weekStart + 7) % 7) * DAY;

/** The times of day of a rule of days or more, as milliseconds from midnight. */
function timesOfDay(rule: RecurrenceRule, start: WallTime): number[] {
  const date = new Date(start);
  const or = (list: readonly number[], own: number): readonly number[] =>
    list.length > 0 ? ascending(list) : [own];
  return or(rule.hours, date.getUTCHours()).flatMap((hour) =>
    or(rule.minutes, date.getUTCMinutes()).flatMap((minute) =>
      or(rule.seconds, date.getUTCSeconds()).map((second) => ((hour * 60 + minute) * 60 + second) * 1000),
    ),
  );
}

const ascending = (list: readonly number[]): number[] => [...new Set(list)].sort((a, b) => a - b);

function pick(set: readonly WallTime[], positions: readonly number[]): readonly WallTime[] {
  if (positions.length === 0) return set;
  const chosen = positions.flatMap((position) => set.at(position > 0 ? position - 1 : position) ?? []);
  return ascending(chosen);
}

/** Periods of an hour, a minute or a second; a day, hour or minute that the rule leaves out is stepped over whole. */
function* shortSets(
  rule: RecurrenceRule,
  unit: number,
  { start, first, last }: { readonly start: WallTime; readonly first: WallTime; readonly last: WallTime },
  test: DayTest,
  budget: WorkBudget,
): Generator<readonly WallTime[]> {
  const step = unit * rule.interval;
  const base = Math.floor(start / unit) * unit;
  const align = (time: WallTime): WallTime => base + Math.ceil((time - base) / step) * step;
  let time = base + Math.max(0, Math.floor((first - base) / step)) * step;
  while (time <= last && budget.left > 0) {
    budget.left--;
    const date = new Date(time);
    if (!test(midnight(time))) time = align(midnight(time) + DAY);
    else if (rule.hours.length > 0 && !rule.hours.includes(date.getUTCHours()))
      time = align((Math.floor(time / HOUR) + 1) * HOUR);
    else if (unit < HOUR && rule.minutes.length > 0 && !rule.minutes.includes(date.getUTCMinutes()))
      time = align((Math.floor(time / UNITS.MINUTELY) + 1) * UNITS.MINUTELY);
    else {
      const set = withinPeriod(rule, unit, time, new Date(start));
      budget.left -= set.length;
      yield pick(set, rule.positions);
      time += step;
    }
  }
}

function withinPeriod(rule: RecurrenceRule, unit: number, time: WallTime, start: Date): WallTime[] {
  if (unit === UNITS.SECONDLY)
    return rule.seconds.length === 0 || rule.seconds.includes(new Date(time).getUTCSeconds()) ? [time] : [];
  const seconds = rule.seconds.length > 0 ? ascending(rule.seconds) : [start.getUTCSeconds()];
  if (unit === UNITS.MINUTELY) return seconds.map((second) => time + second * 1000);
  const minutes = rule.minutes.length > 0 ? ascending(rule.minutes) : [start.getUTCMinutes()];
  return minutes.flatMap((minute) => seconds.map((second) => time + (minute * 60 + second) * 1000));
}
