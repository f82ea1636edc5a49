import type { RecurrenceRule } from "./recurrence-rule.ts";
import { DAY, type WallTime } from "./wall-clock.ts";

/** What a rule asks of a day; a missing part of the date is taken from the day it begins on (RFC 5545, 3.3.10). */
export type DayTest = (day: WallTime) => boolean;

/** Tells whether a rule has an occurrence on a day (midnight as wall time). */
export function dayTest(rule: RecurrenceRule, start: WallTime): DayTest {
  const full = withDefaults(rule, new Date(start));
  const isNthOfYear = full.frequency === "YEARLY" && full.months.length === 0;
  const hasNth = full.frequency === "YEARLY" || full.frequency === "MONTHLY";
  return (day) => {
    const date = new Date(day);
    const month = date.getUTCMonth() + 1;
    if (full.months.length > 0 && !full.months.includes(month)) return false;
    if (full.weeks.length > 0 && !isInWeeks(full, day)) return false;
    if (full.yearDays.length > 0 && !isAmong(full.yearDays, ...placeInYear(date))) return false;
    if (full.monthDays.length > 0 && !isAmong(full.monthDays, ...placeInMonth(date))) return false;
    if (full.days.length === 0) return true;
    const weekday = date.getUTCDay();
    const [place, length] = isNthOfYear ? placeInYear(date) : placeInMonth(date);
    const fromStart = Math.ceil(place / 7);
    const fromEnd = -Math.ceil((length - place + 1) / 7);
    return full.days.some(
      (one) =>
        one.weekday === weekday && (one.nth === 0 || !hasNth || one.nth === fromStart || one.nth === fromEnd),
    );
  };
}

function withDefaults(rule: RecurrenceRule, start: Date): RecurrenceRule {
  const { frequency, months, weeks, yearDays, monthDays, days } = rule;
  const weekday = [{ weekday: start.getUTCDay(), nth: 0 }];
  if (yearDays.length > 0 || monthDays.length > 0 || days.length > 0) return rule;
  if (weeks.length > 0) return frequency === "YEARLY" ? { ...rule, days: weekday } : rule;
  switch (frequency) {
    case "YEARLY":
      return {
        ...rule,
        monthDays: [start.getUTCDate()],
        months: months.length > 0 ? months : [start.getUTCMonth() + 1],
      };
    case "MONTHLY":
      return { ...rule, monthDays: [start.getUTCDate()] };
    case "WEEKLY":
      return { ...rule, days: weekday };
    default:
      return rule;
  }
}

/** Day of the year from 1, and the days that the year has. */
function placeInYear(date: Date): [place: number, length: number] {
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  const length = (Date.UTC(date.getUTCFullYear() + 1, 0, 1) - first) / DAY;
  return [Math.floor((date.getTime() - first) / DAY) + 1, length];
}

function placeInMonth(date: Date): [place: number, length: number] {
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return [date.getUTCDate(), last];
}

const isAmong = (wanted: readonly number[], place: number, length: number): boolean =>
  wanted.includes(place) || wanted.includes(place - length - 1);

/** Whether a day is in one of the rule's weeks of its year; week 1 is the first with four days in the year. */
function isInWeeks(rule: RecurrenceRule, day: WallTime): boolean {
  const year = new Date(day).getUTCFullYear();
  const first = firstWeek(year, rule.weekStart);
  const count = Math.round((firstWeek(year + 1, rule.weekStart) - first) / (7 * DAY));
  const week = Math.floor((day - first) / (7 * DAY)) + 1;
  if (week < 1 || week > count) {
    // Days at the ends of a year that belong to a week of the year before or after.
    const other = week < 1 ? year - 1 : year + 1;
    const otherFirst = firstWeek(other, rule.weekStart);
    const otherCount = Math.round((firstWeek(other + 1, rule.weekStart) - otherFirst) / (7 * DAY));
    return isAmong(rule.weeks, Math.floor((day - otherFirst) / (7 * DAY)) + 1, otherCount);
  }
  return isAmong(rule.weeks, week, count);
}

function firstWeek(year: number, weekStart: number): WallTime {
  const fourth = Date.UTC(year, 0, 4);
  return fourth - ((new Date(fourth).getUTCDay() - weekStart + 7) % 7) * DAY;
}
