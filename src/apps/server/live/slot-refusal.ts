import type { LiveSlot } from "../protocol/live-messages.ts";
import type { AvailabilityRequest } from "../protocol/live-requests.ts";
import type { LivePorts } from "./live-ports.ts";
import type { Refusal } from "./read-message.ts";

/** Why a proposed time can't be chosen any more: it has begun, or a side that sent its calendar again is busy then. */
export function slotRefusal(
  { start, end }: LiveSlot,
  room: string,
  { store, now }: Pick<LivePorts, "store" | "now">,
): Refusal | undefined {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (from <= now().getTime())
    return {
      code: "slot-past",
      message: "this time has passed",
      hint: "choose a later one, or let everybody send their busy times again",
    };
  const calendars = [...store.availabilities(room).values()].map(
    (json) => JSON.parse(json) as AvailabilityRequest,
  );
  const isBusy = calendars.some(({ busy }) =>
    busy.some((each) => Date.parse(each.start) < to && Date.parse(each.end) > from),
  );
  if (!isBusy) return undefined;
  return {
    code: "slot-taken",
    message: "somebody is no longer free at this time",
    hint: "choose another one, or wait until everybody has sent their busy times again",
  };
}
