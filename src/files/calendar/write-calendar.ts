import { BadRequestError } from "../../errors.ts";
import { foldLine } from "./fold-line.ts";

/** Somebody in a meeting. `email` only when it is known from a source: an address is never made up. */
export type CalendarPerson = { readonly name: string; readonly email?: string | undefined };

export type CalendarMeeting = {
  /** Stays the same for every version of one meeting, for example `3f2a@tandem`. */
  readonly uid: string;
  readonly title: string;
  readonly start: Date;
  /** Minutes, above 0 and at most 30 days. */
  readonly durationMinutes: number;
  /** IANA name of the zone the meeting was agreed in. The description then says the local time. */
  readonly timeZone?: string | undefined;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
  readonly organizer?: CalendarPerson | undefined;
  readonly attendees: readonly CalendarPerson[];
  /** When the calendar object was made (`DTSTAMP`). */
  readonly created: Date;
  /** Number of the version, from 0. Defaults to 0. */
  readonly sequence?: number | undefined;
  /** Defaults to `REQUEST` when organizer and an attendee have an address, otherwise to no method at all. */
  readonly method?: "REQUEST" | "PUBLISH" | undefined;
};

const ADDRESS =
  /^[^\s@<>()[\]\\,;:"\u0000-\u001F\u007F]{1,64}@[^\s@<>()[\]\\,;:"\u0000-\u001F\u007F]{1,189}$/;
const MAX_MINUTES = 30 * 24 * 60;

/**
 * One meeting as an iCalendar object (RFC 5545): CRLF, lines folded at 75 octets, times in UTC, so that no VTIMEZONE is
 * needed. People without a known address stand in the description. `PUBLISH` may carry no attendees (RFC 5546, 3.2.1),
 * so there all of them do. Throws `BadRequestError` for an impossible time and for a `REQUEST` without addresses.
 */
export function writeCalendar(meeting: CalendarMeeting): string {
  checkMeeting(meeting);
  const method = methodOf(meeting);
  const invited = method === "PUBLISH" ? [] : meeting.attendees.filter(hasAddress);
  const end = new Date(meeting.start.getTime() + meeting.durationMinutes * 60_000);
  const description = describe(meeting, invited);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Tandem//Meetings//EN",
    "CALSCALE:GREGORIAN",
    ...(method === undefined ? [] : [`METHOD:${method}`]),
    "BEGIN:VEVENT",
    `UID:${escapeText(meeting.uid)}`,
    `DTSTAMP:${utcTime(meeting.created)}`,
    `SEQUENCE:${meeting.sequence ?? 0}`,
    `DTSTART:${utcTime(meeting.start)}`,
    `DTEND:${utcTime(end)}`,
    `SUMMARY:${escapeText(meeting.title)}`,
    ...(meeting.location === undefined ? [] : [`LOCATION:${escapeText(meeting.location)}`]),
    ...(description === "" ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    ...(hasAddress(meeting.organizer)
      ? [`ORGANIZER;CN=${quote(meeting.organizer.name)}:${mailto(meeting.organizer)}`]
      : []),
    ...invited.map(
      (person) =>
        `ATTENDEE;CN=${quote(person.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${mailto(person)}`,
    ),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map(foldLine).join("");
}

function checkMeeting(meeting: CalendarMeeting): void {
  const { start, created, durationMinutes, uid, method, organizer, attendees } = meeting;
  // Years beyond 9999 have no form in iCalendar.
  if (![start, created].every((date) => date.getTime() >= 0 && date.getUTCFullYear() < 9999)) {
    throw new BadRequestError("the meeting has no valid start", { hint: "give a date and a time of day" });
  }
  if (!(durationMinutes > 0 && durationMinutes <= MAX_MINUTES)) {
    throw new BadRequestError(`a meeting cannot last ${durationMinutes} minutes`, {
      hint: "give 1 minute to 30 days",
    });
  }
  if (uid.trim() === "")
    throw new BadRequestError("the meeting has no uid", { hint: "give it a lasting id" });
  if (method === "REQUEST" && !(hasAddress(organizer) && attendees.some(hasAddress))) {
    throw new BadRequestError("an invitation needs the addresses of its organizer and of one attendee", {
      hint: "leave the method out to get a calendar entry without invitations",
    });
  }
}

function methodOf(meeting: CalendarMeeting): "REQUEST" | "PUBLISH" | undefined {
  if (meeting.method !== undefined) return meeting.method;
  return hasAddress(meeting.organizer) && meeting.attendees.some(hasAddress) ? "REQUEST" : undefined;
}

function describe(meeting: CalendarMeeting, invited: readonly CalendarPerson[]): string {
  const others = [meeting.organizer, ...meeting.attendees].filter(
    (person) =>
      person !== undefined &&
      !(person === meeting.organizer && hasAddress(person)) &&
      !invited.includes(person),
  );
  const names = [...new Set(others.map((person) => personText(person)))];
  return [
    meeting.description,
    meeting.timeZone === undefined ? undefined : `When: ${localTime(meeting.start, meeting.timeZone)}`,
    names.length === 0 ? undefined : `Also taking part: ${names.join(", ")}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n");
}

function personText(person: CalendarPerson | undefined): string {
  if (person === undefined) return "";
  return hasAddress(person) ? `${person.name} <${person.email}>` : person.name;
}

function localTime(start: Date, timeZone: string): string {
  try {
    const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone });
    return `${format.format(start)} (${timeZone})`;
  } catch (cause) {
    throw new BadRequestError(`"${timeZone}" is not a time zone`, {
      cause,
      hint: "write it as Europe/Lisbon",
    });
  }
}

function hasAddress<Person extends CalendarPerson>(
  person: Person | undefined,
): person is Person & { email: string } {
  return person?.email !== undefined && ADDRESS.test(person.email);
}

function mailto(person: { readonly email: string }): string {
  return `mailto:${person.email.replace(/[%?#&/]/g, (character) => encodeURIComponent(character))}`;
}

/** `20261124T140000Z` */
function utcTime(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** RFC 5545, 3.3.11. Control characters have no place in a text value and become spaces. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** A parameter value in quotes, with quotes, carets and line ends written as RFC 6868 says. */
function quote(value: string): string {
  const safe = value
    .toWellFormed()
    .replaceAll("^", "^^")
    .replaceAll('"', "^'")
    .replace(/\r\n?|\n/g, "^n")
    .replace(/[\u0000-\u001F\u007F]/g, " ");
  return `"${safe}"`;
}
