import { ServerError } from "../../../errors.ts";
import type { Store } from "../../store/open-store.ts";
import type { CounterTable, EstimateFactorTable, UsageTable } from "../../store/schema.ts";
import {
  forgetOldSlices,
  type LeaseSlicesReply,
  leaseSlices,
  type Report,
  type SliceAsk,
} from "./lease-slices.ts";
import type { Meter } from "./meter.ts";
import { wantedSlice } from "./slice-size.ts";

/** A call that the slices in memory don't suffice for. */
export type WaitingCall = {
  readonly needs: readonly { readonly meter: Meter; readonly amount: number }[];
  /** Called after the store was asked; false to wait for another time. Must not throw. */
  readonly attempt: () => boolean;
  readonly fail: (error: Error) => void;
};

/** Carries what was spent to the store and fetches slices, a batch at a time, one batch after the other. */
export type SlicePump = {
  /** True while slices of sliding windows may be spent; without a word from the store they run out. */
  readonly isFresh: (now: number) => boolean;
  /** Something of this limit was taken or corrected. */
  readonly touch: (meter: Meter) => void;
  readonly record: (row: UsageTable) => void;
  readonly learn: (factor: EstimateFactorTable) => void;
  readonly wait: (call: WaitingCall) => void;
  /** Everything that was recorded before is stored afterwards. */
  readonly flush: () => Promise<void>;
  /** Stores everything and gives all slices back. */
  readonly close: () => Promise<void>;
};

export type SlicePumpOptions = {
  readonly process: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** False where the store's own clock counts. */
  readonly isOwnClock: boolean;
  /** The store's clock said this during the last `elapsedMs`; only where it counts. */
  readonly heardTime: (now: number, elapsedMs: number) => void;
  readonly flushMs: number;
  readonly leaseMs: number;
  /** Called before each batch. */
  readonly beforeBatch: (now: number) => void;
};

const mostRows = 500;
const cleanEveryMs = 30_000;
/** How long a shortage is believed without asking the store again. */
const shortageMs = 100;
const longestPauseMs = 2_000;

export function openSlicePump(store: Store, options: SlicePumpOptions): SlicePump {
  const { now, leaseMs, flushMs } = options;
  const active = new Set<Meter>();
  let rows: UsageTable[] = [];
  let factors = new Map<string, EstimateFactorTable>();
  let waiting: WaitingCall[] = [];
  let report: Report | undefined;
  let number = 0;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let isClosing = false;
  let failures = 0;
  let lastBatch = now();
  let lastReply = Number.NEGATIVE_INFINITY;
  let lastCleaning = now();

  /** Soon, but after everything that this turn of the event loop brings. */
  const hurry = (): void => {
    if (isSoon || running !== undefined) return;
    isSoon = true;
    setImmediate(() => {
      isSoon = false;
      void run().catch(() => {});
    });
  };

  const schedule = (): void => {
    if (timer !== undefined || running !== undefined) return;
    if (isClosing) {
      // A call that ends after the end is written at once, if that can still be done.
      if (failures === 0) hurry();
      return;
    }
    const pause = failures === 0 ? flushMs : Math.min(flushMs * 2 ** failures, longestPauseMs);
    timer = setTimeout(() => {
      timer = undefined;
      void run().catch(() => {});
    }, pause);
    timer.unref();
  };

  const run = (): Promise<void> => {
    running ??= batch().finally(() => {
      running = undefined;
      if (waiting.length > 0 && failures === 0) hurry();
      else if (active.size > 0 || rows.length > 0 || report !== undefined) schedule();
    });
    return running;
  };

  const nextReport = (): Report => {
    number++;
    const spent: CounterTable[] = [];
    for (const meter of active) {
      for (const [slot, amount] of meter.pending)
        if (amount !== 0) spent.push({ meter: meter.id, slot, amount });
      meter.pending.clear();
    }
    const next = { number, usage: rows, spent, factors: [...factors.values()] };
    rows = [];
    factors = new Map();
    return next;
  };

  const batch = async (): Promise<void> => {
    const start = now();
    options.beforeBatch(start);
    report ??= nextReport();
    const elapsed = start - lastBatch;
    lastBatch = start;
    const isExpired = !isFresh(start);
    const asks = [...active].map((meter) => ({
      meter,
      ask: askFor(meter, { elapsed, isExpired, isClosing }),
    }));
    if (
      asks.every(({ meter, ask }) => isSettled(meter, ask)) &&
      isEmpty(report) &&
      start - lastReply < leaseMs / 3
    ) {
      report = undefined;
      for (const { meter, ask } of asks) if (ask.hold === 0) active.delete(meter);
      return;
    }
    const sent = performance.now();
    let reply: LeaseSlicesReply;
    try {
      reply = await leaseSlices(store, {
        process: options.process,
        report,
        asks: asks.map(({ ask }) => ask),
        leaseMs,
        ...(options.isOwnClock && { now: start }),
      });
    } catch (error) {
      failures++;
      turnAway(error);
      throw error;
    }
    failures = 0;
    report = undefined;
    lastReply = start;
    if (!options.isOwnClock) options.heardTime(reply.now, performance.now() - sent);
    for (const { meter, ask } of asks) receive(meter, ask, reply);
    answerWaiting();
    await clean();
  };

  const receive = (meter: Meter, ask: SliceAsk, reply: LeaseSlicesReply): void => {
    const { granted, left, retryAt } = reply.grants.get(ask.meter)!;
    meter.free += granted;
    meter.held = ask.hold + granted;
    meter.elsewhere = left;
    const need = ask.needs.find((each) => each > ask.free + granted);
    meter.shortage =
      need === undefined
        ? undefined
        : { need, until: now() + shortageMs, ...(retryAt !== undefined && { retryAt }) };
    if (meter.held === 0 && meter.pending.size === 0 && meter.waiting === 0) active.delete(meter);
  };

  const answerWaiting = (): void => {
    const calls = waiting;
    waiting = [];
    for (const call of calls) {
      if (call.attempt()) leave(call);
      else waiting.push(call);
    }
  };

  const turnAway = (cause: unknown): void => {
    const calls = waiting;
    waiting = [];
    for (const call of calls) {
      leave(call);
      call.fail(new ServerError("the store of limits does not answer", { cause }));
    }
  };

  const clean = async (): Promise<void> => {
    const time = now();
    if (time - lastCleaning < cleanEveryMs) return;
    lastCleaning = time;
    await forgetOldSlices(store, time).catch(() => {});
  };

  const askFor = (meter: Meter, state: AskState): SliceAsk => {
    const needs: number[] = [];
    if (meter.waiting > 0)
      for (const call of waiting)
        for (const need of call.needs) if (need.meter === meter) needs.push(need.amount);
    return planAsk(meter, needs, state);
  };

  const isFresh = (time: number): boolean => time - lastReply < leaseMs;

  const touch = (meter: Meter): void => {
    active.add(meter);
    if (timer === undefined) schedule();
  };

  const flush = async (): Promise<void> => {
    // A batch that runs already may have been put together before the last call.
    if (running !== undefined) await running.catch(() => {});
    await run();
  };

  return {
    isFresh,
    touch,
    record: (row) => {
      rows.push(row);
      if (rows.length >= mostRows) hurry();
      else if (timer === undefined) schedule();
    },
    learn: (factor) => void factors.set(factor.deployment, factor),
    wait: (call) => {
      waiting.push(call);
      for (const { meter } of call.needs) {
        meter.waiting++;
        active.add(meter);
      }
      hurry();
    },
    flush,
    close: async () => {
      isClosing = true;
      clearTimeout(timer);
      await flush();
      turnAway(new Error("closed"));
    },
  };
}

function leave(call: WaitingCall): void {
  for (const { meter } of call.needs) meter.waiting--;
}

type AskState = { readonly elapsed: number; readonly isExpired: boolean; readonly isClosing: boolean };

/** What to keep of a slice and what to ask for; gives back what lies idle. */
function planAsk(
  meter: Meter,
  needs: readonly number[],
  { elapsed, isExpired, isClosing }: AskState,
): SliceAsk {
  const target = isClosing ? 0 : wantedSlice(meter, elapsed);
  // A debt is in the report; a window's slice that wasn't renewed in time is no longer ours.
  if (meter.free < 0 || (isExpired && meter.period === "minute")) meter.free = 0;
  const needed = needs.reduce((sum, need) => sum + need, 0);
  const kept = Math.max(target, needed);
  if (meter.free > kept * 1.5 || isClosing) meter.free = Math.min(meter.free, kept);
  let unreported = 0;
  for (const amount of meter.pending.values()) unreported += amount;
  return {
    meter: meter.id,
    limit: meter.limit,
    hold: meter.free + Math.max(0, unreported),
    free: meter.free,
    needs,
    want: meter.free < target / 2 ? target : 0,
    endsAt: meter.endsAt,
  };
}

/** True when the store knows all of this and nothing is wanted. */
function isSettled(meter: Meter, { hold, needs, want }: SliceAsk): boolean {
  return hold === meter.held && needs.length === 0 && want === 0;
}

function isEmpty({ usage, spent, factors }: Report): boolean {
  return usage.length === 0 && spent.length === 0 && factors.length === 0;
}
