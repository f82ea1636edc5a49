import type { LimitLevel } from "./limit-settings.ts";
import type { Period } from "./periods.ts";

export type Metric = "requests" | "tokens" | "money";

/** What one call takes of each kind of limit; money in thousand-millionths. */
export type Amounts = Readonly<Record<Metric, number>>;

/** The sliding window, and how finely the store remembers when something was spent. */
export const windowMs = 60_000;
export const slotMs = 250;

/** One limit as this process sees it: the slice that it may spend without asking, and what it has to report. */
export type Meter = {
  readonly id: string;
  readonly level: LimitLevel;
  readonly metric: Metric;
  readonly period: Period;
  /** When the budget's period ends, in milliseconds since 1970; infinite for a sliding window. */
  readonly endsAt: number;
  limit: number;
  /** What is left of the slice. Below zero when calls used more than was estimated. */
  free: number;
  /** What the store had left for anybody when it was last asked. */
  elsewhere: number;
  /** What the store holds as ours. */
  held: number;
  /** Spent and not yet reported, by slot. */
  readonly pending: Map<number, number>;
  /** Taken since the last look at the demand, and the demand: units a millisecond. */
  taken: number;
  demand: number;
  /** Calls that wait for a slice. */
  waiting: number;
  /** The store had less than `need` a moment ago. */
  shortage: { readonly need: number; readonly until: number; readonly retryAt?: number } | undefined;
};

export function newMeter(
  identity: Pick<Meter, "id" | "level" | "metric" | "period" | "endsAt">,
  limit: number,
): Meter {
  return {
    ...identity,
    limit,
    free: 0,
    elsewhere: limit,
    held: 0,
    pending: new Map(),
    taken: 0,
    demand: 0,
    waiting: 0,
    shortage: undefined,
  };
}

/** Under which slot something spent now is counted. */
export function slotOf(meter: Meter, now: number): number {
  return meter.period === "minute" ? Math.floor(now / slotMs) * slotMs : meter.endsAt;
}

/** Spends from the slice. */
export function take(meter: Meter, amount: number, slot: number): void {
  meter.free -= amount;
  meter.taken += amount;
  meter.pending.set(slot, (meter.pending.get(slot) ?? 0) + amount);
}

/**
 * Corrects what was taken under `slot` by what was used in fact. What has slid out of the window by now is not given
 * back; more than was taken then counts from now on, so that a long stream can't slip under its limit.
 */
export function correct(
  meter: Meter,
  difference: number,
  { slot, now }: { slot: number; now: number },
): void {
  if (difference === 0) return;
  const isOver = meter.period === "minute" ? slot + slotMs + windowMs <= now : meter.endsAt <= now;
  if (isOver && (difference < 0 || meter.period !== "minute")) return;
  const counted = isOver ? slotOf(meter, now) : slot;
  meter.free -= difference;
  meter.pending.set(counted, (meter.pending.get(counted) ?? 0) + difference);
}
