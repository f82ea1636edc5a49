import type { LoggedEvent, ProposedSlot } from "../../../tasks/translate/live/types.ts";

/** An event without its number and time, which stand in columns of their own. */
export function writeEvent({ seq: _seq, at: _at, ...event }: LoggedEvent): string {
  // Dates become ISO text by themselves.
  return JSON.stringify(event);
}

/** Reads what `writeEvent` wrote. */
export function readEvent(seq: number, at: string, json: string): LoggedEvent {
  const event = { seq, at: new Date(at), ...(JSON.parse(json) as object) } as LoggedEvent;
  if (event.kind === "slots-proposed") return { ...event, slots: event.slots.map(withDates) };
  if (event.kind === "slot-chosen") return { ...event, slot: withDates(event.slot) };
  return event;
}

function withDates({ start, end }: ProposedSlot): ProposedSlot {
  return { start: new Date(start), end: new Date(end) };
}
