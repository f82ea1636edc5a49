import { TargetNotFoundError } from "../../../errors.ts";
import { writeCalendar } from "../../../files/calendar/write-calendar.ts";
import { readLog } from "../../../tasks/translate/live/event-tail.ts";
import type { ProposedSlot } from "../../../tasks/translate/live/types.ts";
import type { LivePorts } from "./live-ports.ts";
import type { SidePlace } from "./room-store.ts";

export type InvitationOptions = Pick<LivePorts, "store"> & {
  /** Of the reader: the entry says the time there too. */
  readonly timeZone?: string | undefined;
};

/** The chosen time as a calendar entry. Who was in the room is named in it; nobody's address is known. */
export async function invitation(
  { room, side }: SidePlace,
  { store, timeZone }: InvitationOptions,
): Promise<string> {
  const names = new Map<string, string>();
  let chosen: { readonly slot: ProposedSlot; readonly at: Date } | undefined;
  let version = -1;
  for await (const event of readLog(store.copy(room.id, side.id))) {
    if (event.kind === "participant-joined") {
      const { id, name, side: own } = event.participant;
      names.set(id, `${name} (${room.sides.find((each) => each.id === own)?.name ?? own})`);
    }
    if (event.kind !== "slot-chosen") continue;
    chosen = event;
    version++;
  }
  if (chosen === undefined)
    throw new TargetNotFoundError("no time was chosen in this room", { hint: "choose one of the proposed" });
  const { start, end } = chosen.slot;
  return writeCalendar({
    uid: `${room.id}@tandem`,
    title: room.title,
    start,
    timeZone,
    durationMinutes: Math.round((end.getTime() - start.getTime()) / 60_000),
    attendees: [...names.values()].map((name) => ({ name })),
    created: chosen.at,
    sequence: version,
  });
}
