export type BreakerSettings = {
  /** Faults in a row that open it. Defaults to 5. */
  readonly faultsInARow?: number;
  /** Share of faults in the window that opens it. Defaults to 0.5. */
  readonly faultRate?: number;
  /** Calls in the window below which the share means nothing. Defaults to 20. */
  readonly leastCalls?: number;
  /** Milliseconds. Defaults to 30,000. */
  readonly windowMs?: number;
  /** How long it stays open at first; doubles with each probe that fails. Milliseconds, defaults to 5,000. */
  readonly openMs?: number;
  /** Milliseconds. Defaults to 120,000. */
  readonly longestOpenMs?: number;
  /** Calls let through at once while half-open; as many successes close it. Defaults to 1. */
  readonly probes?: number;
  /** A probe that nobody reported on for so long is given up. Milliseconds, defaults to 600,000. */
  readonly probeTimeoutMs?: number;
};

/** What a call taught about its target: it answers, it is at fault, or nothing (the caller left). */
export type Lesson = "answers" | "fault" | "nothing";

/** Keeps calls away from a target that fails, and finds out with few calls when it works again. Times are milliseconds. */
export type CircuitBreaker = {
  /** Whether a call may begin now. Takes nothing. */
  readonly admits: (now: number) => boolean;
  /** A call begins: while half-open, it takes a probe. */
  readonly begin: (now: number) => void;
  readonly end: (now: number, lesson: Lesson) => void;
  /** No call begins before this time, whatever the breaker says: the server asked for it. */
  readonly pauseUntil: (time: number) => void;
  readonly state: (now: number) => BreakerState;
};

export type BreakerState = {
  readonly kind: "closed" | "open" | "half-open";
  /** Present while no call is let through. */
  readonly retryAt?: number;
  /** Faults since the last answer. */
  readonly faultsInARow: number;
};

const PERIODS = 6;

/** A closed breaker. It is told the time and has no timers. */
export function circuitBreaker(settings: BreakerSettings = {}): CircuitBreaker {
  const { openMs = 5_000, longestOpenMs = 120_000, probes = 1, probeTimeoutMs = 600_000 } = settings;
  const round = probeRound(probes, probeTimeoutMs);
  const shouldOpen = faultCounter(settings);
  let openUntil: number | undefined;
  let pausedUntil = 0;
  let openings = 0;
  let faultsInARow = 0;

  const open = (now: number): void => {
    openUntil = now + Math.min(openMs * 2 ** Math.min(openings, 30), longestOpenMs);
    openings += 1;
    round.begin();
  };

  return {
    admits: (now) =>
      now >= pausedUntil && (openUntil === undefined || (now >= openUntil && round.hasFree(now))),
    begin: (now) => {
      if (openUntil !== undefined) round.take(now);
    },
    end: (now, lesson) => {
      if (lesson === "fault") faultsInARow += 1;
      if (lesson === "answers") faultsInARow = 0;
      if (openUntil === undefined) {
        if (lesson !== "nothing" && shouldOpen.count(now, lesson === "fault", faultsInARow)) open(now);
        return;
      }
      // A call that began before the breaker opened ends late: the probes decide, not it.
      if (!round.giveBack() || lesson === "nothing") return;
      if (lesson === "fault") open(now);
      else if (round.succeed()) {
        openUntil = undefined;
        openings = 0;
        shouldOpen.forget();
      }
    },
    pauseUntil: (time) => {
      pausedUntil = Math.max(pausedUntil, time);
    },
    state: (now) => {
      const retryAt = Math.max(openUntil ?? 0, pausedUntil);
      const isWaiting = now < retryAt;
      return {
        kind: isWaiting ? "open" : openUntil === undefined ? "closed" : "half-open",
        ...(isWaiting ? { retryAt } : {}),
        faultsInARow,
      };
    },
  };
}

/** The probes of one half-open round: so many at once, and as many successes end it. */
function probeRound(
  probes: number,
  timeoutMs: number,
): {
  readonly begin: () => void;
  readonly hasFree: (now: number) => boolean;
  readonly take: (now: number) => void;
  /** False when no probe was out. */
  readonly giveBack: () => boolean;
  /** True when that was the last success needed. */
  readonly succeed: () => boolean;
} {
  let since: number[] = [];
  let successes = 0;
  const drop = (now: number): void => {
    since = since.filter((time) => now - time < timeoutMs);
  };
  return {
    begin: () => {
      since = [];
      successes = 0;
    },
    hasFree: (now) => {
      drop(now);
      return since.length + successes < probes;
    },
    take: (now) => {
      drop(now);
      since.push(now);
    },
    giveBack: () => since.shift() !== undefined,
    succeed: () => {
      successes += 1;
      return successes >= probes;
    },
  };
}

/** Counts answers and faults of the last moments in a few periods, so that old ones drop out. */
function faultCounter(settings: BreakerSettings): {
  readonly count: (now: number, isFault: boolean, inARow: number) => boolean;
  readonly forget: () => void;
} {
  const { faultsInARow = 5, faultRate = 0.5, leastCalls = 20, windowMs = 30_000 } = settings;
  let periods: { readonly at: number; calls: number; faults: number }[] = [];
  return {
    count: (now, isFault, inARow) => {
      const at = Math.floor((now * PERIODS) / windowMs);
      periods = periods.filter((period) => period.at > at - PERIODS && period.at <= at);
      let current = periods.at(-1);
      if (current?.at !== at) {
        current = { at, calls: 0, faults: 0 };
        periods.push(current);
      }
      current.calls += 1;
      if (isFault) current.faults += 1;
      if (!isFault) return false;
      const calls = periods.reduce((sum, period) => sum + period.calls, 0);
      const faults = periods.reduce((sum, period) => sum + period.faults, 0);
      return inARow >= faultsInARow || (calls >= leastCalls && faults / calls >= faultRate);
    },
    forget: () => {
      periods = [];
    },
  };
}
