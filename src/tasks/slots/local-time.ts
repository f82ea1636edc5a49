import { wallOf } from "../../files/calendar/wall-clock.ts";
import { meetingTime } from "../minutes/dates-for-people.ts";
import type { Availability, LocalTime } from "./types.ts";
import { zoneOf } from "./working-hours.ts";

/** A time by the clocks of a side, for programs and for people. */
export function localTime(side: Availability, start: Date, end: Date): LocalTime {
  const minutes = Math.round((end.getTime() - start.getTime()) / 60_000);
  return {
    side: side.side,
    timeZone: side.timeZone,
    start: offsetTime(start, side.timeZone),
    end: offsetTime(end, side.timeZone),
    text: meetingTime(start.toISOString(), minutes, side.timeZone),
  };
}

/** ISO 8601 with the offset: `2026-11-24T15:00:00+01:00`. */
function offsetTime(instant: Date, timeZone: string): string {
  const zone = zoneOf(timeZone);
  const minutes = Math.round(zone.offsetAt(instant.getTime()) / 60_000);
  const wall = new Date(wallOf(instant.getTime(), zone)).toISOString().slice(0, 19);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${wall}${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}
