/** The span of time a limit is for: any 60 seconds, a day or a month of UTC. */
export type Period = "minute" | "day" | "month";

/** A budget's period: `2026-11-23` or `2026-11`, and when it ends, in milliseconds since 1970. */
export type BudgetPeriod = { readonly name: string; readonly endsAt: number };

export function dayOf(now: number): BudgetPeriod {
  const date = new Date(now);
  return {
    name: date.toISOString().slice(0, 10),
    endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1),
  };
}

export function monthOf(now: number): BudgetPeriod {
  const date = new Date(now);
  return {
    name: date.toISOString().slice(0, 7),
    endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1),
  };
}
