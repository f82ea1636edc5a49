import { BadRequestError } from "../../errors.ts";
import type { CalendarMeeting, CalendarPerson } from "../../files/calendar/write-calendar.ts";
import type { Minutes, RosterEntry } from "./types.ts";

export type InvitationOptions = {
  readonly created: Date;
  readonly roster?: readonly RosterEntry[];
};

/** A calendar request for the next meeting, or the reason why there is none. */
export type Invitation =
  | { readonly kind: "meeting"; readonly meeting: CalendarMeeting }
  | { readonly kind: "none"; readonly reason: string };

/** Length of a meeting nobody gave a length to. */
const USUAL_MINUTES = 60;

/** Turns the next meeting into calendar data. Addresses come from the roster only; none is made up. */
export function meetingInvitation(minutes: Minutes, options: InvitationOptions): Invitation {
  const next = minutes.nextMeeting;
  if (next === undefined) return { kind: "none", reason: "no next meeting was spoken of" };
  if (!next.resolved || next.start === undefined)
    return { kind: "none", reason: next.reason ?? "its time is open" };
  const length =
    next.durationMinutes === undefined ? ["Nobody said how long it takes; one hour is assumed."] : [];
  const quotes = next.evidence.map(
    (one) => `${one.time === undefined ? "" : `${one.time} `}${one.speaker ?? ""}: "${one.quote}"`,
  );
  return {
    kind: "meeting",
    meeting: {
      uid: `${fingerprint(`${minutes.title}|${minutes.date ?? ""}|${next.evidence[0]?.quote ?? ""}`)}@tandem`,
      title: `Follow-up: ${minutes.title}`,
      start: new Date(next.start),
      durationMinutes: next.durationMinutes ?? USUAL_MINUTES,
      ...(next.timeZone === undefined ? {} : { timeZone: next.timeZone }),
      description: [...length, "From the call:", ...quotes].join("\n"),
      attendees: attendeesOf(minutes, options),
      created: options.created,
    },
  };
}

/** Turns a proposed time into calendar data, its number counted from 1. Throws `BadRequestError` when there is none. */
export function chosenInvitation(
  minutes: Minutes,
  number: number,
  options: InvitationOptions,
): CalendarMeeting {
  const { proposals } = minutes;
  const time = proposals?.times[number - 1];
  if (proposals === undefined || time === undefined) {
    const count = proposals?.times.length ?? 0;
    throw new BadRequestError(`there is no proposed time ${number} for the next meeting`, {
      hint:
        count > 0
          ? `choose from 1 to ${count}`
          : (proposals?.reason ?? "times are proposed where calendars are given and no time is settled"),
    });
  }
  return {
    uid: `${fingerprint(`${minutes.title}|${minutes.date ?? ""}|${time.start}`)}@tandem`,
    title: `Follow-up: ${minutes.title}`,
    start: new Date(time.start),
    durationMinutes: proposals.durationMinutes,
    description: time.local.map((one) => `${one.side}: ${one.text}`).join("\n"),
    attendees: attendeesOf(minutes, options),
    created: options.created,
  };
}

function attendeesOf(minutes: Minutes, { roster }: InvitationOptions): CalendarPerson[] {
  return minutes.participants.map(({ name }) => {
    const email = roster?.find((entry) => entry.name.toLowerCase() === name.toLowerCase())?.email;
    return { name, ...(email === undefined ? {} : { email }) };
  });
}

/** FNV-1a, 64 bits: the same call gives the same calendar entry again. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
