import type { CallEnded } from "../telemetry/call-ended.ts";

/** Calls of the last hour, as far as this process was up. */
export type HourCounts = {
  readonly calls: number;
  /** The caller was told no: the key, a limit, a request that can't be served (4xx). */
  readonly refused: number;
  /** No target could answer (5xx). */
  readonly failed: number;
  /** Answers that broke off, or whose caller left. */
  readonly cut: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type CallCounts = {
  readonly count: (ended: CallEnded) => void;
  /** The counts of a deployment, or of what one of its targets answered. */
  readonly of: (deployment: string, target?: string) => HourCounts;
};

const MINUTES = 60;
const NONE: HourCounts = { calls: 0, refused: 0, failed: 0, cut: 0, inputTokens: 0, outputTokens: 0 };

type Slot = { readonly minute: number; readonly counts: HourCounts };

/** Counts calls by the minute and forgets them after an hour. Names that are no deployment are not kept. */
export function callCounts(isKnown: (deployment: string) => boolean, now: () => number): CallCounts {
  const rings = new Map<string, (Slot | undefined)[]>();
  const minuteNow = (): number => Math.floor(now() / 60_000);
  const add = (key: string, more: HourCounts): void => {
    let ring = rings.get(key);
    if (ring === undefined) {
      ring = new Array<Slot | undefined>(MINUTES);
      rings.set(key, ring);
    }
    const minute = minuteNow();
    const slot = ring[minute % MINUTES];
    const counts = slot?.minute === minute ? sum(slot.counts, more) : more;
    ring[minute % MINUTES] = { minute, counts };
  };
  return {
    count: (ended) => {
      const { deployment } = ended.call;
      if (!isKnown(deployment)) return;
      const counts = countsOf(ended);
      add(deployment, counts);
      if (ended.target !== undefined) add(keyOf(deployment, ended.target.id), counts);
    },
    of: (deployment, target) => {
      const ring = rings.get(target === undefined ? deployment : keyOf(deployment, target)) ?? [];
      const oldest = minuteNow() - MINUTES;
      return ring.reduce<HourCounts>(
        (all, slot) => (slot !== undefined && slot.minute > oldest ? sum(all, slot.counts) : all),
        NONE,
      );
    },
  };
}

const keyOf = (deployment: string, target: string): string => `${deployment}\u0000${target}`;

function countsOf({ status, isWhole, usage }: CallEnded): HourCounts {
  return {
    calls: 1,
    refused: status >= 400 && status < 500 ? 1 : 0,
    failed: status >= 500 ? 1 : 0,
    cut: status < 400 && !isWhole ? 1 : 0,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  };
}

function sum(one: HourCounts, other: HourCounts): HourCounts {
  return {
    calls: one.calls + other.calls,
    refused: one.refused + other.refused,
    failed: one.failed + other.failed,
    cut: one.cut + other.cut,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  };
}
