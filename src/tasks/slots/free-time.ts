import { BadRequestError } from "../../errors.ts";
import { intersect, type Stretch, subtract, unite } from "./stretches.ts";
import type { Availability, Period, ProposeSlotsOptions } from "./types.ts";
import { workingStretches } from "./working-hours.ts";

export const MINUTE = 60_000;
export const QUARTER: number = 15 * MINUTE;
const TWO_WEEKS = 14 * 24 * 60 * MINUTE;
const LONGEST_PERIOD = 366 * 24 * 60 * MINUTE;

/** What is looked for, with everything left out filled in. */
export type Search = {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly buffer: number;
  readonly count: number;
};

/** Checks what is asked for. Throws `BadRequestError` for what cannot be. */
export function searchOf(availabilities: readonly Availability[], options: ProposeSlotsOptions): Search {
  const { durationMinutes, now, count = 3, bufferMinutes = 0 } = options;
  if (availabilities.length === 0) throw new BadRequestError("a meeting needs at least one side");
  if (!Number.isInteger(durationMinutes) || durationMinutes < 5 || durationMinutes > 720)
    throw new BadRequestError(`a meeting of ${durationMinutes} minutes is not looked for`, {
      hint: "ask for 5 minutes to 12 hours",
    });
  if (!Number.isInteger(count) || count < 1 || count > 50)
    throw new BadRequestError(`${count} proposals are not possible`, { hint: "ask for 1 to 50" });
  if (!(bufferMinutes >= 0 && bufferMinutes <= 720))
    throw new BadRequestError(`${bufferMinutes} minutes between meetings are not possible`);
  const { from, to } = periodOf(options);
  const begin = Math.max(from.getTime(), now?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (!(to.getTime() - from.getTime() <= LONGEST_PERIOD) || from > to)
    throw new BadRequestError("times are looked for within a period of at most a year", {
      hint: "give a shorter period that ends after it begins",
    });
  return {
    from: begin,
    to: to.getTime(),
    length: durationMinutes * MINUTE,
    buffer: bufferMinutes * MINUTE,
    count,
  };
}

function periodOf({ within, now }: ProposeSlotsOptions): Period {
  if (within !== undefined) return within;
  if (now === undefined)
    throw new BadRequestError("no period was given", { hint: "say within when, or what time it is now" });
  return { from: now, to: new Date(now.getTime() + TWO_WEEKS) };
}

/** When a side works and is free. */
export function freeTime(side: Availability, search: Search): Stretch[] {
  const busy = side.busy.map(({ start, end }) => ({
    start: start.getTime() - search.buffer,
    end: end.getTime() + search.buffer,
  }));
  return subtract(workingStretches(side, search.from, search.to), unite(busy));
}

/** When all sides work and are free. */
export function commonTime(availabilities: readonly Availability[], search: Search): Stretch[] {
  const everything: Stretch[] = [{ start: search.from, end: search.to }];
  return availabilities.reduce<Stretch[]>(
    (common, side) => intersect(common, freeTime(side, search)),
    everything,
  );
}

/** Every start on a quarter of an hour at which a meeting fits into these stretches. */
export function startsIn(stretches: readonly Stretch[], length: number): number[] {
  const starts: number[] = [];
  for (const { start, end } of stretches)
    for (let at = Math.ceil(start / QUARTER) * QUARTER; at + length <= end; at += QUARTER) starts.push(at);
  return starts;
}
