import type { SliceAsk } from "./lease-slices.ts";
import type { Meter } from "./meter.ts";

/** A slice covers the demand of this long. */
const coveredMs = 500;
/** Without calls the demand is thought to halve in this time. */
const halfLifeMs = 100;
/** No slice is more than this share of its limit, unless calls wait for more. */
const largestShare = 1 / 16;

/** How large a slice the demand since the last look calls for. Updates the meter's idea of its demand. */
export function wantedSlice(meter: Meter, elapsedMs: number): number {
  const rate = meter.taken / Math.max(elapsedMs, 10);
  meter.taken = 0;
  meter.demand = Math.max(rate, meter.demand * 0.5 ** (elapsedMs / halfLifeMs));
  return Math.floor(Math.min(meter.demand * coveredMs, meter.limit * largestShare));
}

/**
 * What the store grants of `left`: enough for the waiting calls that fit, in their order, and on top of it no more than
 * an eighth of the rest, so that slices shrink as the limit comes near and little lies idle with others.
 */
export function grantOf(
  { free, needs, want }: Pick<SliceAsk, "free" | "needs" | "want">,
  left: number,
): number {
  let needed = 0;
  for (const need of needs) if (needed + need <= free + left) needed += need;
  const forCalls = Math.max(0, needed - free);
  const spare = Math.floor(Math.max(0, left - forCalls) / 8);
  return forCalls + Math.max(0, Math.min(want - Math.max(0, free - needed), spare));
}
