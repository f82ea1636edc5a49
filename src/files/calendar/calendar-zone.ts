import { readParts } from "./content-lines.ts";
import { ianaZone } from "./wall-clock.ts";
import { windowsZone } from "./windows-zones.ts";

const WANTED: ReadonlySet<string> = new Set(["X-WR-TIMEZONE", "DTSTART", "TZID"]);
const MOST_CHARACTERS = 10_000_000;

/**
 * The IANA zone that a calendar file says its owner lives in: what Google and Apple write as X-WR-TIMEZONE, else the
 * zone that most of its entries begin in, else the only one it describes. Undefined where it says none.
 */
export function calendarZone(ics: string): string | undefined {
  if (ics.length > MOST_CHARACTERS) return undefined;
  const calendars = readParts(ics, WANTED).filter((part) => part.name === "VCALENDAR");
  const stated = calendars.flatMap((part) =>
    part.lines.filter((line) => line.name === "X-WR-TIMEZONE").map((line) => zoneName(afterColon(line.text))),
  );
  const parts = calendars.flatMap((calendar) => calendar.parts);
  const used = parts
    .filter((part) => part.name === "VEVENT")
    .flatMap((part) => part.lines.find((line) => line.name === "DTSTART") ?? [])
    .map((line) => zoneName(/;TZID=("[^"]*"|[^:;]*)/iu.exec(line.text)?.[1]?.replaceAll('"', "")));
  const described = parts
    .filter((part) => part.name === "VTIMEZONE")
    .flatMap((part) => part.lines.filter((line) => line.name === "TZID"))
    .map((line) => zoneName(afterColon(line.text)));
  const only = new Set(described).size === 1 ? described[0] : undefined;
  return stated.find((name) => name !== undefined) ?? mostUsed(used) ?? only;
}

const afterColon = (text: string): string => text.slice(text.indexOf(":") + 1).trim();

function zoneName(tzid: string | undefined): string | undefined {
  if (tzid === undefined) return undefined;
  const name = windowsZone(tzid) ?? tzid;
  return name === "UTC" || name === "GMT" || ianaZone(name) === undefined ? undefined : name;
}

function mostUsed(names: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
