import { BadRequestError } from "../../errors.ts";
import { instantOfWall, wallOf } from "../../files/calendar/wall-clock.ts";
import { longDate } from "../minutes/dates-for-people.ts";
import { addDays, readDates } from "../minutes/read-dates.ts";
import type { Period } from "./types.ts";
import { zoneOf } from "./working-hours.ts";

export type ReadWithinOptions = {
  readonly now: Date;
  /** IANA zone whose days are meant. */
  readonly timeZone: string;
  /** BCP 47 language of the words. Defaults to English. */
  readonly language?: string;
};

/** Days as `YYYY-MM-DD`, both of them in it. */
type Days = { readonly from: string; readonly to: string };

/** Words that mean two days; both are `YYYY-MM-DD`. */
export class AmbiguousDayError extends BadRequestError {
  readonly days: readonly [first: string, second: string];

  constructor(text: string, days: readonly [first: string, second: string]) {
    super(`"${text}" can mean two days`, {
      hint: `write ${days[0]} for ${longDate(days[0])}, or ${days[1]} for ${longDate(days[1])}`,
    });
    this.days = days;
  }
}

const HINT =
  'write words such as "tomorrow", "next week" or "by Friday", or days such as 2026-12-01 or 2026-12-01..2026-12-05';
const RANGE = /\s*\.\.+\s*|\s+(?:to|until|till|through|and)\s+|\s+[-–]\s+/iu;
const LAST_DAY = 92;

/**
 * The period that words or days mean, from now on, by the clocks of a zone. Throws `BadRequestError` where they mean
 * nothing, lie in the past, or mean two things: then both readings stand in the hint and none is taken.
 */
export function readWithin(text: string, options: ReadWithinOptions): Period {
  const today = dateOf(options.now, options.timeZone);
  const plain = text.trim().replace(/\s+/gu, " ");
  const days = wordsToDays(plain, today, options.language ?? "en") ?? rangeOf(plain, today, options);
  if (days.to < days.from)
    throw new BadRequestError(`"${plain}" ends before it begins`, {
      hint: `${days.from} to ${days.to}; ${HINT}`,
    });
  const zone = zoneOf(options.timeZone);
  const begin = instantOfWall(Date.parse(`${days.from}T00:00:00Z`), zone);
  const end = instantOfWall(Date.parse(`${addDays(days.to, 1)}T00:00:00Z`), zone);
  if (end <= options.now.getTime())
    throw new BadRequestError(`"${plain}" is over: it is ${today} now`, { hint: "name days to come" });
  return { from: new Date(Math.max(begin, options.now.getTime())), to: new Date(end) };
}

function dateOf(instant: Date, timeZone: string): string {
  return new Date(wallOf(instant.getTime(), zoneOf(timeZone))).toISOString().slice(0, 10);
}

const time = (date: string): number => Date.parse(`${date}T00:00:00Z`);
/** Days since Monday. */
const intoWeek = (date: string): number => (new Date(time(date)).getUTCDay() + 6) % 7;
const lastOfMonth = (date: string): string => addDays(monthStart(date, 1), -1);

function monthStart(date: string, months: number): string {
  const [year = 0, month = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

const week = (today: string, weeks: number): Days => {
  const monday = addDays(today, 7 * weeks - intoWeek(today));
  return { from: monday, to: addDays(monday, 6) };
};

const WEEK = "(?:week|woche|semaine|semana)";
const MONTH = "(?:month|monat|mois|mes|mês)";
const THIS = "(?:this|diese[rnsm]?|esta|este|cette|ce)";
const BEFORE = "(?:in |im |la |le |el |a |o |na |en )*";
const NEXT = "(?:next|the following|coming|nächste[rnsm]?|kommende[rnsm]?|próxima|próximo|que vem)";
const spoken = (pattern: string): RegExp => new RegExp(`^${BEFORE}${pattern}$`, "iu");

/** Periods that have a name, in the languages that minutes know. */
const NAMED: readonly (readonly [RegExp, (today: string) => Days])[] = [
  [spoken(`(?:${THIS} ${WEEK}|the rest of (?:this|the) week)`), (today) => week(today, 0)],
  [
    spoken(`(?:${NEXT} ${WEEK}|${WEEK} (?:prochaine|que viene|que vem|próxima)|semana que viene)`),
    (today) => week(today, 1),
  ],
  [spoken("(?:the )?week after next|übernächste woche"), (today) => week(today, 2)],
  [
    spoken("early next week|(?:the )?(?:beginning|start) of next week|anfang nächster woche"),
    (today) => ({ from: week(today, 1).from, to: addDays(week(today, 1).from, 1) }),
  ],
  [
    spoken("(?:later|late|(?:the )?end of) next week|ende nächster woche"),
    (today) => ({ from: addDays(week(today, 1).from, 3), to: addDays(week(today, 1).from, 4) }),
  ],
  [
    spoken("later this week|(?:the )?end of (?:this|the) week"),
    (today) => ({ from: addDays(today, 1), to: week(today, 0).to }),
  ],
  [spoken(`${THIS} ${MONTH}`), (today) => ({ from: today, to: lastOfMonth(today) })],
  [
    spoken(`(?:${NEXT} ${MONTH}|${MONTH} (?:prochain|que viene|que vem|próximo))`),
    (today) => ({ from: monthStart(today, 1), to: lastOfMonth(monthStart(today, 1)) }),
  ],
];

const COUNTED = /^(?:(?:in|within|over) )?(?:the )?next (\d{1,2}|two|three|four) (days?|weeks?)$/iu;
const WORDS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4 };

function wordsToDays(text: string, today: string, language: string): Days | undefined {
  const named = NAMED.find(([pattern]) => pattern.test(text));
  if (named !== undefined) return named[1](today);
  const counted = COUNTED.exec(text);
  if (counted !== null) {
    const number = WORDS[(counted[1] ?? "").toLowerCase()] ?? Number(counted[1]);
    const days = /^w/iu.test(counted[2] ?? "") ? number * 7 : number;
    return { from: today, to: addDays(today, Math.min(days, LAST_DAY)) };
  }
  const month = monthNamed(text, today);
  if (month !== undefined) return month;
  const by = /^(?:by|before|until|till|bis|avant|hasta|até) (.+)$/iu.exec(text);
  if (by === null) return undefined;
  const last = dayOf(by[1] ?? "", today, language);
  return { from: today, to: /^before/iu.test(text) ? addDays(last, -1) : last };
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `December`, `in December 2026`: a month by its name is the next one of that name. */
function monthNamed(text: string, today: string): Days | undefined {
  const match =
    /^(?:in )?(january|february|march|april|may|june|july|august|september|october|november|december)(?: (\d{4}))?$/iu.exec(
      text,
    );
  if (match === null) return undefined;
  const month = MONTHS.indexOf((match[1] ?? "").slice(0, 3).toLowerCase());
  const [year = 0, thisMonth = 1] = today.split("-").map(Number);
  const inYear = match[2] === undefined ? (month + 1 < thisMonth ? year + 1 : year) : Number(match[2]);
  const from = new Date(Date.UTC(inYear, month, 1)).toISOString().slice(0, 10);
  return { from, to: lastOfMonth(from) };
}

/** `1 to 5 December`, `2026-12-01..2026-12-05`, `between Monday and Wednesday`, or one day. */
function rangeOf(text: string, today: string, options: ReadWithinOptions): Days {
  const language = options.language ?? "en";
  const bare = text.replace(/^(?:between|from|on) /iu, "");
  const [first = "", last, ...more] = bare.split(RANGE);
  if (more.length > 0) throw new BadRequestError(`"${text}" names more than two days`, { hint: HINT });
  if (last === undefined) {
    const day = dayOf(first, today, language);
    return { from: day, to: day };
  }
  const to = dayOf(last, today, language);
  // `1 to 5 December`: the month is said once.
  const isNumber = /^\d{1,2}(?:st|nd|rd|th)?$/iu.test(first.trim());
  const from = isNumber
    ? `${to.slice(0, 8)}${first.replace(/\D/gu, "").padStart(2, "0")}`
    : dayOf(first, today, language);
  return { from: checkedDay(from, first), to };
}

/** One day. Throws where the words name none or two. */
function dayOf(text: string, today: string, language: string): string {
  const plain = text.trim();
  const numeric = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\.?$/u.exec(plain);
  if (numeric !== null) return numericDay(plain, numeric, today);
  const mentions = readDates(plain, language, today);
  const [mention] = mentions;
  if (mention === undefined || mentions.length > 1)
    throw new BadRequestError(`"${plain}" names no day that can be looked for`, { hint: HINT });
  const rest = plain.replace(mention.text, "").replace(/^(?:on|the)\b|[\s,.]/giu, "");
  if (mention.date === undefined) throw unclear(plain, mention.reason ?? "it names no single day", today);
  if (rest !== "") throw new BadRequestError(`"${rest}" in "${plain}" is not understood`, { hint: HINT });
  return checkedDay(mention.date, plain);
}

function checkedDay(date: string, text: string): string {
  const at = time(date);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date)
    throw new BadRequestError(`"${text.trim()}" is no day of the calendar`, { hint: HINT });
  return date;
}

/** `03/04` is two days and is asked about; `25/12` is one. */
function numericDay(text: string, match: RegExpExecArray, today: string): string {
  const [a, b] = [Number(match[1]), Number(match[2])];
  const given = match[3];
  const isDotted = text.includes(".");
  const readings =
    isDotted || a === b
      ? [[a, b]]
      : [
          [a, b],
          [b, a],
        ];
  const days = readings.flatMap(([day = 0, month = 0]) => {
    const year = given === undefined ? undefined : Number(given.length === 2 ? `20${given}` : given);
    const at = (inYear: number): string =>
      `${inYear}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    const thisYear = Number(today.slice(0, 4));
    const date = at(year ?? (at(thisYear) < today ? thisYear + 1 : thisYear));
    const isReal = !Number.isNaN(time(date)) && new Date(time(date)).toISOString().startsWith(date);
    return isReal ? [date] : [];
  });
  const [first, second] = days;
  if (first === undefined) throw new BadRequestError(`"${text}" is no day of the calendar`, { hint: HINT });
  if (second !== undefined) throw new AmbiguousDayError(text, [first, second]);
  return first;
}

/** What speech leaves open: `next Friday` said on a Monday, `Monday` said on a Monday. */
function unclear(text: string, reason: string, today: string): BadRequestError {
  const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const weekday = names.findIndex((name) => new RegExp(`(?<!\\p{L})${name}`, "iu").test(text));
  if (weekday < 0) return new BadRequestError(`"${text}" is not clear: ${reason}`, { hint: HINT });
  const ahead = (weekday - new Date(time(today)).getUTCDay() + 7) % 7;
  const near = addDays(today, ahead);
  const isNext = /^next/iu.test(text);
  // Next week's day where that is another one, else the same day a week on.
  const far = isNext ? addDays(today, 7 - intoWeek(today) + ((weekday + 6) % 7)) : addDays(near, 7);
  return far === near
    ? new BadRequestError(`"${text}" is not clear: ${reason}`, { hint: HINT })
    : new AmbiguousDayError(text, [near, far]);
}
