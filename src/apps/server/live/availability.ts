import { BadRequestError, TandemError } from "../../../errors.ts";
import type { Availability } from "../../../tasks/slots/types.ts";
import type { AvailabilityAnswer, AvailabilityRequest } from "../protocol/live-requests.ts";
import type { LivePorts } from "./live-ports.ts";
import type { SidePlace } from "./room-store.ts";
import { checkTimeZone } from "./time-zone.ts";

const USUAL_MINUTES = 30;

/**
 * Keeps when a side is free until all have said so; then times that suit all are proposed in the room and what was given is
 * deleted. The other sides learn the proposal and nothing else.
 */
export async function takeAvailability(
  asked: AvailabilityRequest,
  { room, side }: SidePlace,
  { store, directory, proposeSlots, now }: LivePorts,
): Promise<AvailabilityAnswer> {
  const open = await directory.open(room.id);
  if (open === undefined) throw new BadRequestError("this call is over");
  if (proposeSlots === undefined)
    throw new TandemError("refused", "this server proposes no times", { hint: "agree on one in the call" });
  checkAvailability(asked);
  await store.setAvailability(room.id, side.id, JSON.stringify(asked));
  const given = store.availabilities(room.id);
  const missing = room.sides.length - given.size;
  if (missing > 0) return { missing, proposed: 0 };
  const requests = [...given].map(([id, json]) => [id, JSON.parse(json) as AvailabilityRequest] as const);
  const lengths = requests.map(([, { durationMinutes = USUAL_MINUTES }]) => durationMinutes);
  const found = proposeSlots(
    requests.map(([id, request]) => availabilityOf(id, request)),
    { durationMinutes: Math.max(...lengths), now: now() },
  );
  // What else is known of a time, such as a side's clock, is not for the others.
  const slots = found.map(({ start, end }) => ({ start, end }));
  for (const { id } of room.sides) await store.setAvailability(room.id, id, undefined);
  // None too: what was proposed before is no longer free.
  await open.live.proposeSlots(slots);
  return { missing: 0, proposed: slots.length };
}

function checkAvailability({ busy, timeZone, workingHours }: AvailabilityRequest): void {
  checkTimeZone(timeZone);
  if (busy.some(({ start, end }) => !(Date.parse(start) < Date.parse(end))))
    throw new BadRequestError("busy: each end must be after its start");
  if (workingHours !== undefined && workingHours.start >= workingHours.end)
    throw new BadRequestError("workingHours: the end must be after the start");
}

function availabilityOf(side: string, { busy, timeZone, workingHours }: AvailabilityRequest): Availability {
  return {
    ...{ side, timeZone, workingHours },
    busy: busy.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
  };
}
