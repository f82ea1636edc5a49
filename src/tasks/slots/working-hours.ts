import { BadRequestError } from "../../errors.ts";
import { DAY, ianaZone, instantOfWall, UTC, wallOf, type Zone } from "../../files/calendar/wall-clock.ts";
import { type Stretch, unite } from "./stretches.ts";
import type { Availability, WorkingHours } from "./types.ts";

export const USUAL_HOURS: WorkingHours = { start: "09:00", end: "17:00", days: [1, 2, 3, 4, 5] };

const HINT =
  "write them as 09:00-17:00, with a zone as 09:00-17:00@Europe/Lisbon, with days as Mon-Thu 08:30-16:30";

/** The zone of a side. Throws `BadRequestError` for a name that is none. */
export function zoneOf(name: string): Zone {
  const zone = name === "UTC" ? UTC : ianaZone(name);
  if (zone === undefined)
    throw new BadRequestError(`"${name}" is not a time zone`, { hint: "write it as Europe/Lisbon" });
  return zone;
}

/** Minutes from midnight of `09:00`. Throws `BadRequestError` for what no clock shows. */
export function minutesOfDay(time: string): number {
  const match = /^(\d{1,2})(?::(\d{2}))?$/u.exec(time.trim());
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2] ?? 0);
  if (match === null || Number(match[2] ?? 0) > 59 || minutes > 24 * 60)
    throw new BadRequestError(`"${time}" is no time of day`, { hint: HINT });
  return minutes;
}

/** When a side works between two instants, by its own clocks, whatever they do. */
export function workingStretches(side: Availability, from: number, to: number): Stretch[] {
  const { start, end, days = USUAL_HOURS.days ?? [] } = side.workingHours ?? USUAL_HOURS;
  const zone = zoneOf(side.timeZone);
  const [opens, closes] = [minutesOfDay(start), minutesOfDay(end)];
  if (opens >= closes)
    throw new BadRequestError(`working hours cannot go from ${start} to ${end}`, { hint: HINT });
  const first = Math.floor(wallOf(from, zone) / DAY) * DAY - DAY;
  const stretches: Stretch[] = [];
  for (let day = first; day <= wallOf(to, zone) + DAY; day += DAY) {
    if (!days.includes(new Date(day).getUTCDay() || 7)) continue;
    const at = (minutes: number): number => instantOfWall(day + minutes * 60_000, zone);
    const stretch = { start: Math.max(at(opens), from), end: Math.min(at(closes), to) };
    if (stretch.start < stretch.end) stretches.push(stretch);
  }
  return unite(stretches);
}

const DAY_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_WORD = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*";
const HOURS = new RegExp(
  `^(?:(${DAY_WORD}(?:\\s*[-,]\\s*${DAY_WORD})*)\\s+)?(\\d{1,2}(?::\\d{2})?)\\s*[-–]\\s*(\\d{1,2}(?::\\d{2})?)(?:\\s*@\\s*(\\S+))?$`,
  "iu",
);

/** Hours as people write them, with the zone where one is named. */
export type WrittenHours = { readonly hours: WorkingHours; readonly timeZone?: string };

/** Reads `09:00-17:00`, `Mon-Thu 8-16:30@Europe/Lisbon` or `@Europe/Lisbon`. Throws `BadRequestError` for anything else. */
export function readHours(text: string): WrittenHours {
  const bare = /^@\s*(\S+)$/u.exec(text.trim())?.[1];
  if (bare !== undefined) return { hours: USUAL_HOURS, timeZone: zoneOf(bare).name };
  const match = HOURS.exec(text.trim());
  if (match === null) throw new BadRequestError(`"${text}" are no working hours`, { hint: HINT });
  const [, days, start = "", end = "", zone] = match;
  const [opens, closes] = [minutesOfDay(start), minutesOfDay(end)];
  if (opens >= closes)
    throw new BadRequestError(`working hours cannot go from ${start} to ${end}`, { hint: HINT });
  return {
    hours: {
      start: clock(opens),
      end: clock(closes),
      days: days === undefined ? [1, 2, 3, 4, 5] : readDays(days),
    },
    ...(zone === undefined ? {} : { timeZone: zoneOf(zone).name }),
  };
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function readDays(text: string): number[] {
  const days = text.split(",").flatMap((range) => {
    const [first = 1, last = first] = range
      .split("-")
      .map((word) => DAY_NAMES.indexOf(word.trim().slice(0, 3).toLowerCase()) + 1);
    const length = ((last - first + 7) % 7) + 1;
    return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

/** `09:00–17:00 Mon–Fri`, for people. */
export function hoursText({ start, end, days = [] }: WorkingHours): string {
  const isUsual = days.length === 0 || days.join() === "1,2,3,4,5";
  const names = days.map((day) => {
    const name = DAY_NAMES[day - 1] ?? "";
    return name.slice(0, 1).toUpperCase() + name.slice(1);
  });
  return `${start}–${end}${isUsual ? " Mon–Fri" : ` ${names.join(", ")}`}`;
}
