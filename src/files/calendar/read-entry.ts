import type { CalendarPart } from "./content-lines.ts";
import type { FindZone } from "./file-zones.ts";
import {
  BrokenPart,
  type Length,
  type Property,
  propertiesOf,
  readLength,
  readTime,
  textOf,
} from "./read-property.ts";
import { type RecurrenceRule, ruleOf } from "./recurrence-rule.ts";
import { DAY, instantOfWall, UTC, type WallTime, type Zone } from "./wall-clock.ts";

/** A time with its clocks. */
export type ZonedTime = { readonly wall: WallTime; readonly zone: Zone; readonly isDay: boolean };

/** An entry of a calendar as far as it says when somebody is busy: no title, no people. */
export type CalendarEntry = {
  readonly uid: string;
  readonly line: number;
  readonly start: ZonedTime;
  readonly length: Length;
  readonly isBusy: boolean;
  readonly isCancelled: boolean;
  readonly rules: readonly RecurrenceRule[];
  readonly extra: readonly ExtraTime[];
  /** Instants that were taken out, and whole days. */
  readonly without: { readonly instants: ReadonlySet<number>; readonly days: ReadonlySet<WallTime> };
  /** The occurrence that this entry stands for instead. */
  readonly replaces?: ZonedTime;
  /** True where it stands for all later ones too (`RANGE=THISANDFUTURE`). */
  readonly isForFuture: boolean;
  readonly sequence: number;
  readonly stamp: string;
};

export type ExtraTime = { readonly start: ZonedTime; readonly length?: Length };

export type ReadEntryOptions = {
  readonly findZone: FindZone;
  /** Clocks of times that name none, and of whole days. */
  readonly zone: Zone;
  /** Addresses of the calendar's owner in lower case: what they declined is not busy. */
  readonly owners: ReadonlySet<string>;
  readonly isTentativeBusy: boolean;
  readonly warn: (warning: string) => void;
};

const NONE: Length = { days: 0, milliseconds: 0 };
const ONE_DAY: Length = { days: 1, milliseconds: 0 };
const LONGEST = 10 * 366 * DAY;

/** Reads a VEVENT. Throws `BrokenPart` with the line where it can't be read. */
export function readEntry(part: CalendarPart, options: ReadEntryOptions): CalendarEntry {
  if (!part.isClosed) throw new BrokenPart("it is cut off");
  const [begin] = propertiesOf(part, "DTSTART");
  if (begin === undefined) throw new BrokenPart("it has no start");
  const start = zonedTime(begin.values[0], begin, options);
  const [replaced] = propertiesOf(part, "RECURRENCE-ID");
  const replaces = replaced === undefined ? undefined : zonedTime(replaced.values[0], replaced, options);
  const status = textOf(part, "STATUS")?.toUpperCase();
  return {
    uid: textOf(part, "UID") ?? `line ${part.line}`,
    line: part.line,
    start,
    length: lengthOf(part, start, options),
    isBusy: isBusy(part, status, options),
    isCancelled: status === "CANCELLED",
    rules: rulesOf(part),
    extra: extraTimes(part, options),
    without: exceptionsOf(part, start, options),
    ...(replaces === undefined ? {} : { replaces }),
    isForFuture: String(replaced?.parameters.range ?? "").toUpperCase() === "THISANDFUTURE",
    sequence: Number(textOf(part, "SEQUENCE") ?? 0) || 0,
    stamp: textOf(part, "DTSTAMP") ?? "",
  };
}

/** A value of a property with the clocks that its TZID names. */
export function zonedTime(value: unknown, property: Property, options: ReadEntryOptions): ZonedTime {
  const { wall, isDay, isUtc } = readTime(value, property.line);
  if (isUtc) return { wall, zone: UTC, isDay };
  const tzid = property.parameters.tzid;
  if (isDay || typeof tzid !== "string") return { wall, zone: options.zone, isDay };
  const zone = options.findZone(tzid);
  if (zone === undefined)
    options.warn(`line ${property.line}: its time zone is not known, so ${options.zone.name} was taken`);
  return { wall, zone: zone ?? options.zone, isDay };
}

function lengthOf(part: CalendarPart, start: ZonedTime, options: ReadEntryOptions): Length {
  const [end] = propertiesOf(part, "DTEND");
  if (end !== undefined) return checked(lengthUntil(start, zonedTime(end.values[0], end, options), end.line));
  const [duration] = propertiesOf(part, "DURATION");
  if (duration !== undefined) return checked(readLength(duration.values[0], duration.line));
  // RFC 5545, 3.6.1: a day without an end is that day, a time without an end takes no time.
  return start.isDay ? ONE_DAY : NONE;
}

function lengthUntil(start: ZonedTime, end: ZonedTime, line: number): Length {
  if (start.isDay && end.isDay) {
    const days = (end.wall - start.wall) / DAY;
    // Some programs end a day on itself.
    if (days < 0) throw new BrokenPart(`line ${line} ends before it begins`);
    return { days: Math.max(1, days), milliseconds: 0 };
  }
  const milliseconds = instantOfWall(end.wall, end.zone) - instantOfWall(start.wall, start.zone);
  if (milliseconds < 0) throw new BrokenPart(`line ${line} ends before it begins`);
  return { days: 0, milliseconds };
}

function checked(length: Length): Length {
  if (length.days * DAY + length.milliseconds > LONGEST)
    throw new BrokenPart("it lasts longer than 10 years");
  return length;
}

function isBusy(part: CalendarPart, status: string | undefined, options: ReadEntryOptions): boolean {
  const shown = textOf(part, "X-MICROSOFT-CDO-BUSYSTATUS")?.toUpperCase();
  if (textOf(part, "TRANSP")?.toUpperCase() === "TRANSPARENT") return false;
  if (shown === "FREE" || shown === "WORKINGELSEWHERE") return false;
  const own = propertiesOf(part, "ATTENDEE").filter((one) => options.owners.has(addressOf(one.values[0])));
  const answers = own.map((one) => String(one.parameters.partstat ?? "").toUpperCase());
  if (answers.includes("DECLINED") || answers.includes("DELEGATED")) return false;
  const isTentative = status === "TENTATIVE" || shown === "TENTATIVE" || answers.includes("TENTATIVE");
  return options.isTentativeBusy || !isTentative;
}

/** `mailto:Ann@acme.example` as `ann@acme.example`. */
export function addressOf(value: unknown): string {
  return String(value)
    .trim()
    .replace(/^mailto:/iu, "")
    .toLowerCase();
}

function rulesOf(part: CalendarPart): RecurrenceRule[] {
  return propertiesOf(part, "RRULE").map((property) => {
    const rule = ruleOf(property.values[0]);
    if (rule === undefined) throw new BrokenPart(`line ${property.line} has no rule that can be followed`);
    return rule;
  });
}

function extraTimes(part: CalendarPart, options: ReadEntryOptions): ExtraTime[] {
  return propertiesOf(part, "RDATE").flatMap((property) =>
    property.values.map((value): ExtraTime => {
      if (!Array.isArray(value)) return { start: zonedTime(value, property, options) };
      const start = zonedTime(value[0], property, options);
      return { start, length: checked(periodLength(start, value[1], property, options)) };
    }),
  );
}

/** The second half of a period: an end or a length. */
export function periodLength(
  start: ZonedTime,
  value: unknown,
  property: Property,
  options: ReadEntryOptions,
): Length {
  return String(value).startsWith("P")
    ? readLength(value, property.line)
    : lengthUntil(start, zonedTime(value, property, options), property.line);
}

function exceptionsOf(
  part: CalendarPart,
  start: ZonedTime,
  options: ReadEntryOptions,
): CalendarEntry["without"] {
  const instants = new Set<number>();
  const days = new Set<WallTime>();
  for (const property of propertiesOf(part, "EXDATE"))
    for (const value of property.values) {
      const time = zonedTime(value, property, options);
      // A day takes out what begins on it; a midnight takes out a day, as some programs write it.
      if (time.isDay || start.isDay) days.add(Math.floor(time.wall / DAY) * DAY);
      else instants.add(instantOfWall(time.wall, time.zone));
    }
  return { instants, days };
}
