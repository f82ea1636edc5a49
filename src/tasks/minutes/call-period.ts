import { BadRequestError } from "../../errors.ts";
import { AmbiguousDayError, readWithin } from "../slots/read-within.ts";
import type { Period } from "../slots/types.ts";
import { longDate } from "./dates-for-people.ts";
import { addDays, readDates } from "./read-dates.ts";
import { instantOf } from "./time-zone.ts";
import type { Minutes, NextMeeting } from "./types.ts";

export type CallPeriodOptions = {
  readonly now: Date;
  /** IANA zone of the call. */
  readonly timeZone: string;
};

const DAY = 86_400_000;

/** The period that the call's words name; `question` where they can mean two. */
export type CallPeriod = Period & {
  readonly words?: string;
  readonly question?: string;
  /** Days within it that were not named. */
  readonly between?: { readonly start: Date; readonly end: Date };
};

/** From the agreed day on for a week, and not before now. */
export function afterAgreed(agreed: Date, { now }: CallPeriodOptions): CallPeriod {
  const from = new Date(Math.max(now.getTime(), agreed.getTime() - (agreed.getTime() % DAY)));
  return { from, to: new Date(from.getTime() + 7 * DAY) };
}

/** The days that the call named for the next meeting, else the two weeks to come. Never before now. */
export function callPeriod(minutes: Minutes, { now, timeZone }: CallPeriodOptions): CallPeriod {
  // Nobody meets again on the day of the call unless they said so.
  const soon: CallPeriod = {
    ...readWithin("next 14 days", { now, timeZone }),
    from: readWithin("tomorrow", { now, timeZone }).from,
  };
  const { nextMeeting, date, language } = minutes;
  if (nextMeeting === undefined || date === undefined) return soon;
  const callDay = instantOf(date, 0, 0, timeZone) ?? new Date(`${date}T00:00:00Z`);
  const words = dayWords(nextMeeting);
  const options = { now: callDay, timeZone, language };
  const read = tryWithin(words, options) ?? singleDay(words, date, options);
  if (read === undefined) return soon;
  if (read.kind === "question") return eitherDay(words, read.days, soon, timeZone);
  if (read.period.to <= now)
    return { ...soon, question: `The call named “${words}”, which is over. Which days suit now?` };
  const from = new Date(Math.max(now.getTime(), read.period.from.getTime()));
  return { from, to: read.period.to, words };
}

/** Both days that the words can mean, and nothing between them. */
function eitherDay(
  words: string,
  days: readonly [first: string, second: string],
  soon: Period,
  timeZone: string,
): CallPeriod {
  const question = `“${words}” can mean ${longDate(days[0])} or ${longDate(days[1])}: which one is meant?`;
  const periods = days.map((day) => ({
    from: instantOf(day, 0, 0, timeZone) ?? new Date(`${day}T00:00:00Z`),
    to: instantOf(addDays(day, 1), 0, 0, timeZone) ?? new Date(`${addDays(day, 1)}T00:00:00Z`),
  }));
  const [first, second] = periods;
  if (first === undefined || second === undefined || first.to <= soon.from) return { ...soon, question };
  return { from: first.from, to: second.to, words, question, between: { start: first.to, end: second.from } };
}

/** `next week, at three` without the hour. */
function dayWords({ text }: NextMeeting): string {
  return text.split(/,\s/u)[0]?.trim() ?? text;
}

type Reading =
  | { readonly kind: "period"; readonly period: Period }
  | { readonly kind: "question"; readonly days: readonly [first: string, second: string] };
type WordOptions = { readonly now: Date; readonly timeZone: string; readonly language: string };

function tryWithin(words: string, options: WordOptions): Reading | undefined {
  try {
    return { kind: "period", period: readWithin(words, options) };
  } catch (error) {
    if (error instanceof AmbiguousDayError) return { kind: "question", days: error.days };
    if (error instanceof BadRequestError) return undefined;
    throw error;
  }
}

/** `Tuesday the 24th`: words that name one day twice. */
function singleDay(words: string, date: string, options: WordOptions): Reading | undefined {
  const days = new Set(readDates(words, options.language, date).map((one) => one.date));
  const [only] = days;
  return days.size === 1 && only !== undefined ? tryWithin(only, options) : undefined;
}
