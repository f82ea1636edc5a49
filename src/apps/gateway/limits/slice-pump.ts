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

/** Carries what was spent to the store and fetches slices, a batch at a time, one batch after the other. */
export class SlicePump {
  readonly #store: Store;
  readonly #options: SlicePumpOptions;
  /** Limits of which something is held or has to be reported. */
  readonly #active = new Set<Meter>();
  #rows: UsageTable[] = [];
  #factors = new Map<string, EstimateFactorTable>();
  #waiting: WaitingCall[] = [];
  /** Kept until it is known to be written. */
  #report: Report | undefined;
  #number = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isSoon = false;
  #isClosing = false;
  #failures = 0;
  #lastBatch: number;
  #lastReply = Number.NEGATIVE_INFINITY;
  #lastCleaning: number;

  constructor(store: Store, options: SlicePumpOptions) {
    this.#store = store;
    this.#options = options;
    this.#lastBatch = options.now();
    this.#lastCleaning = this.#lastBatch;
  }

  /** True while slices of sliding windows may be spent; without a word from the store they run out. */
  isFresh(now: number): boolean {
    return now - this.#lastReply < this.#options.leaseMs;
  }

  /** Something of this limit was taken or corrected. */
  touch(meter: Meter): void {
    this.#active.add(meter);
    if (this.#timer === undefined) this.#schedule();
  }

  record(row: UsageTable): void {
    this.#rows.push(row);
    if (this.#rows.length >= mostRows) this.#hurry();
    else if (this.#timer === undefined) this.#schedule();
  }

  learn(factor: EstimateFactorTable): void {
    this.#factors.set(factor.deployment, factor);
  }

  wait(call: WaitingCall): void {
    this.#waiting.push(call);
    for (const { meter } of call.needs) {
      meter.waiting++;
      this.#active.add(meter);
    }
    this.#hurry();
  }

  /** Everything that was recorded before is stored afterwards. */
  async flush(): Promise<void> {
    // A batch that runs already may have been put together before the last call.
    if (this.#running !== undefined) await this.#running.catch(() => {});
    await this.#run();
  }

  /** Stores everything and gives all slices back. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    await this.flush();
    this.#turnAway(new Error("closed"));
  }

  /** Soon, but after everything that this turn of the event loop brings. */
  #hurry(): void {
    if (this.#isSoon || this.#running !== undefined) return;
    this.#isSoon = true;
    setImmediate(() => {
      this.#isSoon = false;
      void this.#run().catch(() => {});
    });
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#running !== undefined) return;
    if (this.#isClosing) {
      // A call that ends after the end is written at once, if that can still be done.
      if (this.#failures === 0) this.#hurry();
      return;
    }
    const { flushMs } = this.#options;
    const pause = this.#failures === 0 ? flushMs : Math.min(flushMs * 2 ** this.#failures, longestPauseMs);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run().catch(() => {});
    }, pause);
    this.#timer.unref();
  }

  #run(): Promise<void> {
    this.#running ??= this.#batch().finally(() => {
      this.#running = undefined;
      if (this.#waiting.length > 0 && this.#failures === 0) this.#hurry();
      else if (this.#active.size > 0 || this.#rows.length > 0 || this.#report !== undefined) this.#schedule();
    });
    return this.#running;
  }

  async #batch(): Promise<void> {
    const start = this.#options.now();
    this.#options.beforeBatch(start);
    this.#report ??= this.#nextReport();
    const asks = this.#asks(start);
    if (this.#isAllSettled(asks, start)) {
      this.#report = undefined;
      for (const [meter, ask] of asks) if (ask.hold === 0) this.#active.delete(meter);
      return;
    }
    const reply = await this.#ask(this.#report, asks, start);
    this.#failures = 0;
    this.#report = undefined;
    this.#lastReply = start;
    for (const [meter, ask] of asks) this.#receive(meter, ask, reply);
    this.#answerWaiting();
    await this.#clean();
  }

  async #ask(report: Report, asks: ReadonlyMap<Meter, SliceAsk>, start: number): Promise<LeaseSlicesReply> {
    const { process, leaseMs, isOwnClock, heardTime } = this.#options;
    const sent = performance.now();
    try {
      const request = {
        process,
        report,
        asks: [...asks.values()],
        leaseMs,
        ...(isOwnClock && { now: start }),
      };
      const reply = await leaseSlices(this.#store, request);
      if (!isOwnClock) heardTime(reply.now, performance.now() - sent);
      return reply;
    } catch (error) {
      this.#failures++;
      this.#turnAway(error);
      throw error;
    }
  }

  #nextReport(): Report {
    const spent: CounterTable[] = [];
    for (const meter of this.#active) {
      for (const [slot, amount] of meter.pending)
        if (amount !== 0) spent.push({ meter: meter.id, slot, amount });
      meter.pending.clear();
    }
    const next = { number: ++this.#number, usage: this.#rows, spent, factors: [...this.#factors.values()] };
    this.#rows = [];
    this.#factors = new Map();
    return next;
  }

  #asks(start: number): ReadonlyMap<Meter, SliceAsk> {
    const state = {
      elapsed: start - this.#lastBatch,
      isExpired: !this.isFresh(start),
      isClosing: this.#isClosing,
    };
    this.#lastBatch = start;
    const needs = needsOf(this.#waiting);
    return new Map([...this.#active].map((meter) => [meter, planAsk(meter, needs.get(meter) ?? [], state)]));
  }

  /** True when the store knows everything, nothing is wanted, and what is held needs no renewal yet. */
  #isAllSettled(asks: ReadonlyMap<Meter, SliceAsk>, start: number): boolean {
    if (this.#report !== undefined && !isEmpty(this.#report)) return false;
    for (const [meter, ask] of asks) if (!isSettled(meter, ask)) return false;
    return start - this.#lastReply < this.#options.leaseMs / 3;
  }

  #receive(meter: Meter, ask: SliceAsk, reply: LeaseSlicesReply): void {
    const { granted, left, retryAt } = reply.grants.get(ask.meter)!;
    meter.free += granted;
    meter.held = ask.hold + granted;
    meter.elsewhere = left;
    const need = ask.needs.find((each) => each > ask.free + granted);
    const until = this.#options.now() + shortageMs;
    meter.shortage =
      need === undefined ? undefined : { need, until, ...(retryAt !== undefined && { retryAt }) };
    if (meter.held === 0 && meter.pending.size === 0 && meter.waiting === 0) this.#active.delete(meter);
  }

  #answerWaiting(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    for (const call of calls) {
      if (call.attempt()) leave(call);
      else this.#waiting.push(call);
    }
  }

  #turnAway(cause: unknown): void {
    const calls = this.#waiting;
    this.#waiting = [];
    for (const call of calls) {
      leave(call);
      call.fail(new ServerError("the store of limits does not answer", { cause }));
    }
  }

  async #clean(): Promise<void> {
    const time = this.#options.now();
    if (time - this.#lastCleaning < cleanEveryMs) return;
    this.#lastCleaning = time;
    await forgetOldSlices(this.#store, time).catch(() => {});
  }
}

/** What the waiting calls need of each limit, in their order. */
function needsOf(calls: readonly WaitingCall[]): ReadonlyMap<Meter, readonly number[]> {
  const found = new Map<Meter, number[]>();
  for (const call of calls)
    for (const { meter, amount } of call.needs) {
      const needs = found.get(meter);
      if (needs === undefined) found.set(meter, [amount]);
      else needs.push(amount);
    }
  return found;
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
