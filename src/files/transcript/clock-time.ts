import { isoDate } from "./find-date.ts";

/** A time as a log line writes it, before it is known whether `09:14` means hours or minutes. */
export type ClockTime = {
  readonly text: string;
  readonly parts: readonly number[];
  readonly fraction: number;
  readonly meridiem?: "am" | "pm";
  /** The date before the time, as written. */
  readonly date?: string;
};

/** A time read at the start of a text, and the offset behind it. */
export type ReadTime = { readonly time: ClockTime; readonly end: number };

export type ResolvedTimes = {
  readonly kind: "clock" | "offset" | "none";
  /** Seconds, one entry a time; undefined for none or an impossible one (`25:61`). */
  readonly seconds: readonly (number | undefined)[];
  /** The first line's date as `YYYY-MM-DD`, when the lines carry dates that can be read in one way only. */
  readonly date?: string;
  /** True when dates on the lines already placed each time on its day. */
  readonly isDated: boolean;
};

const DATE =
  /(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))(?:T|,?\s+(?:at\s+|[-–]\s+)?)/y;
// "Am" with a small m is somebody's name.
const TIME =
  /(\d{1,3})([:：.h])(\d{2})(?:\2(\d{2}))?(?:[.,](\d{1,3})(?!\d))?(?:\s?(AM|PM|am|pm|[AaPp]\.\s?[Mm]\.)(?=$|[\s\])）】>}|,;:]|[-–—]\s))?(?!\d|[:：]\d)/uy;

const DAY = 86_400;

/**
 * Reads `[date ]HH:MM[:SS[.mmm]][ AM]` at `index`; also `09.14` and `9h14`. The hour of a dotted time has two digits, so
 * that `1.50` stays a number.
 */
export function readClockTime(text: string, index: number): ReadTime | undefined {
  DATE.lastIndex = index;
  const date = DATE.exec(text);
  if (date === null) return readTime(text, index, undefined);
  return readTime(text, index + date[0].length, date[1]) ?? readTime(text, index, undefined);
}

function readTime(text: string, index: number, date: string | undefined): ReadTime | undefined {
  TIME.lastIndex = index;
  const found = TIME.exec(text);
  if (found === null) return undefined;
  const [whole, first = "", separator, second, third, fraction, letter] = found;
  const parts = [first, second, third].filter((part) => part !== undefined).map(Number);
  if (
    separator === "." &&
    (first.length !== 2 || parts.some((part, place) => part > (place === 0 ? 23 : 59)))
  )
    return undefined;
  const meridiem = letter === undefined ? undefined : letter.toLowerCase().startsWith("a") ? "am" : "pm";
  const time: ClockTime = {
    text: whole.trim(),
    parts,
    fraction: fraction === undefined ? 0 : Number(`0.${fraction}`),
    ...(meridiem === undefined ? {} : { meridiem }),
    ...(date === undefined ? {} : { date }),
  };
  return { time, end: index + whole.length };
}

/**
 * Decides what the times of one file mean and gives them in seconds. Times are offsets when the first one lies in the
 * first hour or a two-part one exceeds 23 (`59:50` is minutes), unless AM, PM or a date says they are times of day.
 */
export function resolveTimes(times: readonly (ClockTime | undefined)[]): ResolvedTimes {
  const known = times.filter((time) => time !== undefined);
  const first = known[0];
  if (first === undefined) return { kind: "none", seconds: times.map(() => undefined), isDated: false };
  const kind = timesOfDay(known, first) ? "clock" : "offset";
  const plain = times.map((time) => (time === undefined ? undefined : secondsOf(time, kind)));
  const days = kind === "clock" ? resolveDates(known) : undefined;
  const firstDay = days?.of(first.date);
  if (days === undefined || firstDay === undefined) return { kind, seconds: plain, isDated: false };
  const seconds = times.map((time, index) => {
    const day = days.of(time?.date) ?? firstDay;
    const base = plain[index];
    return base === undefined ? undefined : base + (day - firstDay) * DAY;
  });
  const date = days.isCertain ? new Date(firstDay * DAY * 1000).toISOString().slice(0, 10) : undefined;
  const isDated = known.every((time) => time.date !== undefined);
  return { kind, seconds: isDated ? seconds : plain, isDated, ...(date === undefined ? {} : { date }) };
}

/** Seconds of one time when it is known what the file's times mean; undefined for an impossible one. */
export function secondsOf(time: ClockTime, kind: "clock" | "offset"): number | undefined {
  const [a = 0, b = 0, c] = time.parts;
  if (b > 59 || (c !== undefined && c > 60)) return undefined;
  const isMinutes = kind === "offset" && c === undefined;
  if (isMinutes) return a * 60 + b + time.fraction;
  // "14:05 PM" is written too; it can only mean 14:05.
  const hours = time.meridiem === undefined || a > 12 ? a : (a % 12) + (time.meridiem === "pm" ? 12 : 0);
  if (kind === "clock" && hours > 23) return undefined;
  return hours * 3600 + b * 60 + (c ?? 0) + time.fraction;
}

function timesOfDay(times: readonly ClockTime[], first: ClockTime): boolean {
  if (times.some((time) => time.meridiem !== undefined || time.date !== undefined)) return true;
  const isMinutes = (time: ClockTime): boolean =>
    time.parts.length === 2 && ((time.parts[0] ?? 0) > 24 || time.fraction > 0);
  // One odd line (a typo such as 29:14) must not turn a log of times of day into offsets.
  const minutes = times.filter(isMinutes).length;
  if (minutes > 0 && minutes * 10 >= times.length) return false;
  return (first.parts[0] ?? 0) > 0;
}

type Days = { readonly of: (date: string | undefined) => number | undefined; readonly isCertain: boolean };

/** Reads the date tokens of a file. `03/04/2026` may be either way round: the order that keeps the file in time wins. */
function resolveDates(times: readonly ClockTime[]): Days | undefined {
  const tokens = [...new Set(times.map((time) => time.date).filter((date) => date !== undefined))];
  if (tokens.length === 0) return undefined;
  const orders = [true, false]
    .map((dayFirst) => ({ dayFirst, days: tokens.map((token) => dayNumber(token, dayFirst)) }))
    .filter(({ days }) => days.every((day) => day !== undefined));
  const rising = orders.filter(({ days }) =>
    days.every((day, i) => i === 0 || (day ?? 0) >= (days[i - 1] ?? 0)),
  );
  const chosen = rising[0] ?? orders[0];
  if (chosen === undefined) return undefined;
  const days = new Map(tokens.map((token, index) => [token, chosen.days[index]]));
  const isSame = orders.length < 2 || orders[0]?.days[0] === orders[1]?.days[0];
  const isCertain = isSame || rising.length === 1;
  return { of: (date) => (date === undefined ? undefined : days.get(date)), isCertain };
}

function dayNumber(token: string, dayFirst: boolean): number | undefined {
  const [a = "", b = "", c = ""] = token.split(/[-/.]/);
  if (a.length === 4) return toDay(isoDate(a, b, c));
  const year = c.length === 2 ? `20${c}` : c;
  const isDayFirst = dayFirst || token.includes(".");
  return toDay(isDayFirst ? isoDate(year, b, a) : isoDate(year, a, b));
}

function toDay(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(`${iso}T00:00:00Z`) / (DAY * 1000);
}
