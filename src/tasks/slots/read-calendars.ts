import { TandemError } from "../../errors.ts";
import { calendarZone } from "../../files/calendar/calendar-zone.ts";
import { readBusy } from "../../files/calendar/read-busy.ts";
import type { Availability, Period, WorkingHours } from "./types.ts";
import { USUAL_HOURS } from "./working-hours.ts";

/** A side's calendar file. Several of one side count together. */
export type SideCalendar = {
  readonly side: string;
  /** The text of an .ics file. */
  readonly ics: string;
  /** IANA name. Defaults to what the file says, else to the zone of the one who asks. */
  readonly timeZone?: string | undefined;
  readonly workingHours?: WorkingHours | undefined;
  /** The owner's address: what they declined is free. */
  readonly owner?: string | undefined;
};

export type ReadCalendarsOptions = {
  readonly period: Period;
  /** Zone of a side whose calendar says none. */
  readonly timeZone: string;
  /** Defaults to true. */
  readonly isTentativeBusy?: boolean | undefined;
};

export type ReadCalendars = {
  readonly availabilities: readonly Availability[];
  /** What was assumed. */
  readonly notes: readonly string[];
  /** What of which side's calendar was left out, by line or UID: for the owner of the file alone. */
  readonly warnings: readonly { readonly side: string; readonly text: string }[];
};

/** Reads when each side is busy within a period, and nothing else of its calendars. */
export function readCalendars(
  calendars: readonly SideCalendar[],
  { period, timeZone, isTentativeBusy }: ReadCalendarsOptions,
): ReadCalendars {
  const notes: string[] = [];
  const warnings: { side: string; text: string }[] = [];
  const availabilities = [...Map.groupBy(calendars, ({ side }) => side)].map(
    ([side, files]): Availability => {
      const stated = files.map((file) => file.timeZone ?? calendarZone(file.ics));
      const zone = stated.find((one) => one !== undefined);
      if (zone === undefined)
        notes.push(`${side}: the calendar does not say its time zone; ${timeZone} was taken`);
      const busy = files.flatMap((file) => {
        const read = naming(side, () =>
          readBusy(file.ics, {
            ...period,
            timeZone: zone ?? timeZone,
            ...(file.owner === undefined ? {} : { owner: file.owner }),
            ...(isTentativeBusy === undefined ? {} : { isTentativeBusy }),
          }),
        );
        warnings.push(...read.warnings.map((text) => ({ side, text })));
        return read.busy;
      });
      const workingHours = files.find((file) => file.workingHours !== undefined)?.workingHours ?? USUAL_HOURS;
      return { side, busy, timeZone: zone ?? timeZone, workingHours };
    },
  );
  return { availabilities, notes, warnings };
}

/** Says whose file it is that cannot be read. */
function naming<T>(side: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TandemError)) throw cause;
    throw new TandemError(cause.code, `${side}: ${cause.message}`, {
      cause,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    });
  }
}
