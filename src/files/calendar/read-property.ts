import ICAL from "ical.js";
import type { CalendarPart, ContentLine } from "./content-lines.ts";
import type { WallTime } from "./wall-clock.ts";

/** One property as ical.js reads it: parameters in lower case, values in jCal form (RFC 7265). */
export type Property = {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly values: readonly unknown[];
  readonly line: number;
};

/** A part that cannot be read; the message names the line. */
export class BrokenPart extends Error {}

const LONGEST_LINE = 100_000;

/** Reads one line. Throws `BrokenPart` where it is none of iCalendar's. */
export function readProperty({ text, line }: ContentLine): Property {
  // ical.js takes quadratic time over the parameters of one line.
  if (text.length > LONGEST_LINE) throw new BrokenPart(`line ${line} is longer than any in a calendar`);
  let read: unknown;
  try {
    read = ICAL.parse.property(text);
  } catch {
    throw new BrokenPart(`line ${line} cannot be read`);
  }
  if (!Array.isArray(read) || typeof read[1] !== "object")
    throw new BrokenPart(`line ${line} cannot be read`);
  return { parameters: { ...read[1] }, type: String(read[2]), values: read.slice(3), line };
}

/** All properties of a name, in order. */
export function propertiesOf(part: CalendarPart, name: string): Property[] {
  return part.lines.filter((line) => line.name === name).map(readProperty);
}

/** The text of a property that comes once. */
export function textOf(part: CalendarPart, name: string): string | undefined {
  const line = part.lines.find((one) => one.name === name);
  if (line === undefined) return undefined;
  const [value] = readProperty(line).values;
  return value === undefined ? undefined : String(value).trim();
}

/** A day or a time as it is written; `isUtc` where it ends in Z. */
export type WrittenTime = { readonly wall: WallTime; readonly isDay: boolean; readonly isUtc: boolean };

const DAY_ONLY = /^(\d{4})-(\d{2})-(\d{2})(?:T::)?$/u;
const DAY_AND_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(Z?)$/u;
const EARLIEST_YEAR = 1000;

/** A jCal date or date-time (`2026-11-23T09:00:00Z`). Throws `BrokenPart` for days and hours that don't exist. */
export function readTime(value: unknown, line: number): WrittenTime {
  const text = String(value);
  // `T::` is what ical.js makes of a day without VALUE=DATE, which some programs write.
  const day = DAY_ONLY.exec(text);
  const full = day ?? DAY_AND_TIME.exec(text);
  if (full === null) throw new BrokenPart(`line ${line} has no date that can be read`);
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = full.slice(1, 7).map(Number);
  const midnight = Date.UTC(year, month - 1, date);
  const isReal = year >= EARLIEST_YEAR && new Date(midnight).toISOString().startsWith(text.slice(0, 10));
  if (!isReal || hour > 23 || minute > 59 || second > 60)
    throw new BrokenPart(`line ${line} has a date that does not exist`);
  return {
    wall: midnight + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000,
    isDay: day !== null,
    isUtc: full[7] === "Z",
  };
}

/** A length of time: whole days go by the calendar, the rest by the clock (RFC 5545, 3.3.6). */
export type Length = { readonly days: number; readonly milliseconds: number };

const LENGTH = /^([+-]?)P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/u;

/** `PT1H30M`. Throws `BrokenPart` for what is none and for one that goes back in time. */
export function readLength(value: unknown, line: number): Length {
  const match = LENGTH.exec(String(value));
  if (match === null || match[1] === "-") throw new BrokenPart(`line ${line} has no length that can be read`);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((digits) => Number(digits ?? 0));
  return { days: weeks * 7 + days, milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}
