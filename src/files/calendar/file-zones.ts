import type { CalendarPart } from "./content-lines.ts";
import { expandRule } from "./expand-rule.ts";
import { BrokenPart, propertiesOf, readTime, textOf } from "./read-property.ts";
import { ruleOf } from "./recurrence-rule.ts";
import { DAY, ianaZone, UTC, type WallTime, type Zone } from "./wall-clock.ts";
import { windowsZone } from "./windows-zones.ts";

/** Finds the clocks that a TZID means; undefined where nobody says. */
export type FindZone = (tzid: string) => Zone | undefined;

export type FileZonesOptions = {
  /** Instants between which the zones' changes are wanted. */
  readonly from: number;
  readonly to: number;
  /** Told of a VTIMEZONE that could not be followed. */
  readonly warn: (warning: string) => void;
};

const YEAR = 366 * DAY;
const CHANGES_WORK = 5000;
const MOST_CHANGES = 1000;
/** A calendar of a person names a few. */
const MOST_ZONES = 300;

/**
 * Zones as a file names them. A name of the IANA database means that zone; any other is looked for among the file's
 * own VTIMEZONEs, then among Windows' names, then for an IANA name at its end (`/example.org/2005/Europe/Lisbon`).
 */
export function fileZones(parts: readonly CalendarPart[], options: FileZonesOptions): FindZone {
  const own = new Map<string, CalendarPart>();
  for (const part of parts) {
    const tzid = part.lines
      .find((line) => line.name === "TZID")
      ?.text.slice(5)
      .trim();
    if (tzid !== undefined && !own.has(tzid)) own.set(tzid, part);
  }
  const found = new Map<string, Zone | undefined>();
  return (tzid) => {
    if (!found.has(tzid)) {
      if (found.size >= MOST_ZONES) return undefined;
      const part = own.get(tzid);
      const described = (): Zone | undefined =>
        part === undefined ? undefined : tryOwnZone(tzid, part, options);
      found.set(tzid, ianaZone(tzid) ?? described() ?? nameZone(tzid));
    }
    return found.get(tzid);
  };
}

function tryOwnZone(tzid: string, part: CalendarPart, options: FileZonesOptions): Zone | undefined {
  try {
    return ownZone(tzid, part, options);
  } catch (error) {
    if (!(error instanceof BrokenPart)) throw error;
    options.warn(`time zone at line ${part.line}: ${error.message}`);
    return undefined;
  }
}

function nameZone(tzid: string): Zone | undefined {
  const windows = windowsZone(tzid.replace(/^tzone:\/\/Microsoft\//iu, ""));
  if (windows !== undefined) return windows === "UTC" ? UTC : ianaZone(windows);
  const words = tzid.split("/");
  for (let at = 1; at < words.length && at < 8; at++) {
    const zone = at === words.length - 1 ? undefined : ianaZone(words.slice(at).join("/"));
    if (zone !== undefined) return zone;
  }
  return undefined;
}

type Change = { readonly at: number; readonly offset: number };

/** A zone by its VTIMEZONE: when which offset begins (RFC 5545, 3.6.5). */
function ownZone(tzid: string, part: CalendarPart, options: FileZonesOptions): Zone | undefined {
  const changes: Change[] = [];
  let first: { readonly at: number; readonly offset: number } | undefined;
  for (const rules of part.parts.filter((one) => one.name === "STANDARD" || one.name === "DAYLIGHT")) {
    const before = readOffset(textOf(rules, "TZOFFSETFROM"), rules.line);
    const offset = readOffset(textOf(rules, "TZOFFSETTO"), rules.line);
    const onsets = onsetsOf(rules, options);
    changes.push(...onsets.map((wall) => ({ at: wall - before, offset })));
    const [start = 0] = onsets;
    if (first === undefined || start - before < first.at) first = { at: start - before, offset: before };
  }
  if (first === undefined) throw new BrokenPart("it has no rules");
  if (changes.length > MOST_CHANGES) throw new BrokenPart("it has too many changes");
  changes.sort((a, b) => a.at - b.at);
  const earliest = first.offset;
  return {
    name: tzid,
    offsetAt: (instant) => changes.findLast((change) => change.at <= instant)?.offset ?? earliest,
  };
}

/** When one rule of a zone comes into force around the time that is asked for, and the last time before it. */
function onsetsOf(part: CalendarPart, { from, to }: FileZonesOptions): WallTime[] {
  const [begin] = propertiesOf(part, "DTSTART");
  if (begin === undefined) throw new BrokenPart(`its rule at line ${part.line} has no start`);
  const start = readTime(begin.values[0], begin.line).wall;
  const onsets = [start];
  for (const property of propertiesOf(part, "RDATE"))
    onsets.push(
      ...property.values.slice(0, 1000).map((value) => readTime(firstOf(value), property.line).wall),
    );
  for (const property of propertiesOf(part, "RRULE")) {
    const rule = ruleOf(property.values[0]);
    if (rule === undefined || rule.frequency !== "YEARLY")
      throw new BrokenPart(`line ${property.line} is no yearly rule`);
    const until = Math.min(rule.until?.at ?? Number.POSITIVE_INFINITY, from);
    for (const [early, late] of [
      [until - 2 * YEAR, until + DAY],
      [from - 2 * YEAR, to + YEAR],
    ] as const)
      onsets.push(
        ...expandRule(rule, { start, from: early, to: late }, { left: CHANGES_WORK }).times.filter(
          (wall) => rule.until === undefined || wall <= rule.until.at + DAY,
        ),
      );
  }
  return [...new Set(onsets)].sort((a, b) => a - b);
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

function readOffset(text: string | undefined, line: number): number {
  const match = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(text ?? "");
  if (match === null) throw new BrokenPart(`its rule at line ${line} has no offset`);
  const size = (Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)) * 1000;
  return match[1] === "-" ? -size : size;
}
