import { BadRequestError, FileTooLargeError, FileUnsupportedError } from "../../errors.ts";
import { type CalendarPart, readParts } from "./content-lines.ts";
import { expandEntries } from "./expand-entries.ts";
import { fileZones } from "./file-zones.ts";
import { type Interval, mergeStretches, type Stretch } from "./merge-intervals.ts";
import {
  addressOf,
  type CalendarEntry,
  periodLength,
  type ReadEntryOptions,
  readEntry,
  zonedTime,
} from "./read-entry.ts";
import { BrokenPart, propertiesOf } from "./read-property.ts";
import { DAY, ianaZone, instantOfWall, UTC, type Zone } from "./wall-clock.ts";

export type ReadBusyOptions = {
  readonly from: Date;
  /** Not before `from`, and at most 5 years after it. */
  readonly to: Date;
  /** IANA zone of the person whose calendar it is: for whole days and for times that name no zone. */
  readonly timeZone: string;
  /** The person's address: what they declined is free. Defaults to what the file says of its owner, if anything. */
  readonly owner?: string;
  /** Whether what is only tentative counts as busy. Defaults to true. */
  readonly isTentativeBusy?: boolean;
};

/** When somebody is busy, and nothing else of what their calendar says. */
export type BusyCalendar = {
  /** In order, without overlaps, none longer than what was asked for. */
  readonly busy: readonly Interval[];
  /** What was left out and why, by line of the file or UID. */
  readonly warnings: readonly string[];
};

const MOST_CHARACTERS = 10_000_000;
const LONGEST_WINDOW = 5 * 366 * DAY;
const ALL_WORK = 3_000_000;
const MOST_WARNINGS = 50;
const WANTED: ReadonlySet<string> = new Set(
  "UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID SEQUENCE DTSTAMP STATUS TRANSP ATTENDEE FREEBUSY METHOD TZID TZOFFSETFROM TZOFFSETTO X-WR-CALNAME X-OWNER X-MICROSOFT-CDO-BUSYSTATUS".split(
    " ",
  ),
);
/** Messages about a meeting that are no entries of a calendar (RFC 5546). */
const NO_CALENDAR: ReadonlySet<string> = new Set(["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"]);

/**
 * Reads from an iCalendar file (RFC 5545) when its owner is busy. A part that is broken is left out with a warning.
 * Throws `FileTooLargeError` above 10 million characters, `FileUnsupportedError` for what is no calendar, and
 * `BadRequestError` for a window or zone that can't be.
 */
export function readBusy(ics: string, options: ReadBusyOptions): BusyCalendar {
  const zone = checkOptions(ics, options);
  const [from, to] = [options.from.getTime(), options.to.getTime()];
  const warnings = warningList();
  const calendars = readParts(ics, WANTED).filter((part) => part.name === "VCALENDAR");
  if (calendars.length === 0) {
    throw new FileUnsupportedError("this is no calendar file", {
      hint: "export the calendar as .ics: it begins with BEGIN:VCALENDAR",
    });
  }
  const named = (name: string): CalendarPart[] =>
    calendars.flatMap((calendar) => calendar.parts.filter((part) => part.name === name));
  const findZone = fileZones(named("VTIMEZONE"), { from: from - 366 * DAY, to, warn: warnings.add });
  const read = calendars.map((calendar, index) => {
    const how = { ...entryOptions(calendar, options), findZone, zone, warn: warnings.add };
    return { entries: entriesOf(calendar, index, how), published: publishedBusy(calendar, how) };
  });
  const budget = { left: ALL_WORK };
  const warn = (entry: CalendarEntry, text: string): void =>
    warnings.add(`event ${shown(entry.uid)} at line ${entry.line}: ${text}`);
  const groups = groupsOf(read.flatMap(({ entries }) => entries));
  const stretches = [
    ...read.flatMap(({ published }) => published),
    ...groups.flatMap((group) => expandEntries(group, { from, to, budget, warn })),
  ];
  const busy = mergeStretches(stretches, from, to).map(({ start, end }) => ({
    start: new Date(start),
    end: new Date(end),
  }));
  return { busy, warnings: warnings.list() };
}

function checkOptions(ics: string, { from, to, timeZone }: ReadBusyOptions): Zone {
  if (ics.length > MOST_CHARACTERS) {
    throw new FileTooLargeError("this calendar is larger than 10 MB", {
      hint: "export fewer months or one calendar at a time",
    });
  }
  const length = to.getTime() - from.getTime();
  if (!(length >= 0 && length <= LONGEST_WINDOW)) {
    throw new BadRequestError("free time is looked for between two days at most 5 years apart", {
      hint: "give a shorter period",
    });
  }
  const zone = timeZone === "UTC" ? UTC : ianaZone(timeZone);
  if (zone === undefined)
    throw new BadRequestError(`"${timeZone}" is not a time zone`, { hint: "write it as Europe/Lisbon" });
  return zone;
}

type WarningList = { readonly add: (text: string) => void; readonly list: () => string[] };

function warningList(): WarningList {
  const texts = new Set<string>();
  let more = 0;
  return {
    add: (text) => {
      if (texts.size < MOST_WARNINGS) texts.add(text);
      else if (!texts.has(text)) more++;
    },
    list: () => [...texts, ...(more === 0 ? [] : [`and ${more} more like these`])],
  };
}

/** A UID fit for a message: it is the file's own text. */
const shown = (uid: string): string => JSON.stringify(uid.length > 60 ? `${uid.slice(0, 60)}…` : uid);

function entryOptions(
  calendar: CalendarPart,
  { owner, isTentativeBusy = true }: ReadBusyOptions,
): Pick<ReadEntryOptions, "owners" | "isTentativeBusy"> {
  const said = owner === undefined ? ownersOf(calendar) : [owner];
  return { owners: new Set(said.map(addressOf)), isTentativeBusy };
}

/** Google names a person's calendar by their address; Outlook writes X-OWNER. */
function ownersOf(calendar: CalendarPart): string[] {
  return ["X-WR-CALNAME", "X-OWNER"].flatMap((name) => {
    const text = calendar.lines.find((line) => line.name === name)?.text.slice(0, 500) ?? "";
    return /[^\s:;"<>,]+@[^\s:;"<>,]+/u.exec(text)?.[0] ?? [];
  });
}

type OwnedEntry = CalendarEntry & { readonly calendar: number };

function entriesOf(calendar: CalendarPart, index: number, options: ReadEntryOptions): OwnedEntry[] {
  const method = calendar.lines
    .find((line) => line.name === "METHOD")
    ?.text.split(":")[1]
    ?.trim();
  if (NO_CALENDAR.has(method?.toUpperCase() ?? "")) return [];
  return calendar.parts
    .filter((part) => part.name === "VEVENT")
    .flatMap((part) => {
      const entry = tryRead(part, options.warn, () => readEntry(part, options));
      if (entry === undefined) return [];
      const isCancelled = entry.isCancelled || method?.toUpperCase() === "CANCEL";
      return [{ ...entry, isCancelled, calendar: index }];
    });
}

function tryRead<T>(part: CalendarPart, warn: (text: string) => void, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BrokenPart)) throw error;
    const uid = part.lines
      .find((line) => line.name === "UID")
      ?.text.slice(4)
      .trim();
    const name = part.name === "VEVENT" ? "event" : "busy times";
    warn(
      `${name}${uid === undefined || uid === "" ? "" : ` ${shown(uid)}`} at line ${part.line} left out: ${error.message}`,
    );
    return undefined;
  }
}

/** The periods of VFREEBUSY, which other programs publish instead of a calendar (RFC 5545, 3.6.4). */
function publishedBusy(calendar: CalendarPart, options: ReadEntryOptions): Stretch[] {
  return calendar.parts
    .filter((part) => part.name === "VFREEBUSY")
    .flatMap((part) => tryRead(part, options.warn, () => periodsOf(part, options)) ?? []);
}

function periodsOf(part: CalendarPart, options: ReadEntryOptions): Stretch[] {
  if (!part.isClosed) throw new BrokenPart("it is cut off");
  return propertiesOf(part, "FREEBUSY").flatMap((property) => {
    const kind = String(property.parameters.fbtype ?? "BUSY").toUpperCase();
    if (kind === "FREE" || (kind === "BUSY-TENTATIVE" && !options.isTentativeBusy)) return [];
    return property.values.map((value) => {
      if (!Array.isArray(value)) throw new BrokenPart(`line ${property.line} has no period`);
      const start = zonedTime(value[0], property, options);
      const length = periodLength(start, value[1], property, options);
      const begin = instantOfWall(start.wall, start.zone);
      return { start: begin, end: begin + length.days * DAY + length.milliseconds };
    });
  });
}

/**
 * Entries that belong together. The same UID in two calendars of a file is two series, of which either may be free;
 * what cancels or replaces occurrences without its series beside it applies to the series wherever it is.
 */
function groupsOf(entries: readonly OwnedEntry[]): CalendarEntry[][] {
  const groups: CalendarEntry[][] = [];
  for (const same of Map.groupBy(entries, (entry) => entry.uid).values()) {
    const isSeries = (entry: OwnedEntry): boolean => entry.replaces === undefined && !entry.isCancelled;
    const homes = [...new Set(same.filter(isSeries).map((entry) => entry.calendar))];
    if (homes.length === 0) groups.push(same);
    for (const home of homes)
      groups.push(same.filter((entry) => entry.calendar === home || !homes.includes(entry.calendar)));
  }
  return groups;
}
