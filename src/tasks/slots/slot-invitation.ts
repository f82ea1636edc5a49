import type { CalendarMeeting, CalendarPerson } from "../../files/calendar/write-calendar.ts";
import { sha256 } from "../sha256.ts";
import type { ProposedSlot } from "./types.ts";

export type SlotInvitationOptions = {
  readonly title: string;
  readonly created: Date;
  readonly organizer?: CalendarPerson | undefined;
  /** Defaults to nobody. */
  readonly attendees?: readonly CalendarPerson[] | undefined;
};

/** A chosen slot as a calendar entry that says every side's local time. The same choice gives the same entry again. */
export async function slotInvitation(
  slot: ProposedSlot,
  { title, created, organizer, attendees = [] }: SlotInvitationOptions,
): Promise<CalendarMeeting> {
  const key = JSON.stringify([title, slot.start, slot.end, attendees.map((one) => one.email ?? one.name)]);
  const digest = await sha256(new TextEncoder().encode(key));
  return {
    uid: `${digest.slice(0, 32)}@tandem`,
    title,
    start: slot.start,
    durationMinutes: (slot.end.getTime() - slot.start.getTime()) / 60_000,
    description: slot.local.map((one) => `${one.side}: ${one.text}`).join("\n"),
    ...(organizer === undefined ? {} : { organizer }),
    attendees,
    created,
  };
}
