import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openStore, type Store } from "../../store/open-store.ts";
import type { Reservation } from "../types.ts";
import { deploymentsOf, free, paid, testClock, testGateway, used } from "./admissions.fixture.ts";
import { windowMs } from "./meter.ts";
import { type OpenAdmissions, openAdmissions } from "./open-admissions.ts";
import { dayOf } from "./periods.ts";

type Step =
  | { readonly kind: "admit"; readonly process: number; readonly estimate: number; readonly count: number }
  | { readonly kind: "settle"; readonly call: number; readonly share: number }
  | { readonly kind: "release"; readonly call: number }
  | { readonly kind: "flush" | "restart" | "crash"; readonly process: number }
  | { readonly kind: "wait"; readonly milliseconds: number };

const process = fc.nat({ max: 2 });
const step = (crashes: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant("admit" as const),
        process,
        estimate: fc.integer({ min: 1, max: 120 }),
        count: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("settle" as const),
        call: fc.nat(),
        share: fc.constantFrom(0, 0.1, 0.5, 1, 1, 1.3, 3),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("release" as const), call: fc.nat() }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("flush" as const), process }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const), process }) },
    ...(crashes
      ? [{ weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const), process }) }]
      : []),
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("wait" as const),
        milliseconds: fc.constantFrom(1, 40, 150, 400, 3_000, 20_000, 61_000, 4_000_000, 40_000_000),
      }),
    },
  );

/** What the world knows of a call: what was promised, and what was used in the end. */
type Call = {
  readonly process: number;
  readonly at: number;
  readonly estimate: number;
  readonly reservation: Reservation;
  /** Undefined while it runs. */
  used: number | undefined;
};

const tokensPerMinute = 400;
const tokensPerDay = 900;
const requestsPerMinute = 12;

class World {
  readonly clock = testClock("2026-01-31T22:40:00Z");
  readonly calls: Call[] = [];
  readonly store: Store;
  readonly secret: string;
  readonly processes: OpenAdmissions[];
  readonly ended: OpenAdmissions[] = [];
  hasCrashed = false;

  constructor(store: Store, secret: string, processes: OpenAdmissions[]) {
    this.store = store;
    this.secret = secret;
    this.processes = processes;
  }

  /** Timers never fire: a test flushes when it wants to, and a process that crashed does nothing any more. */
  open(): Promise<OpenAdmissions> {
    return openAdmissions(this.store, {
      deployments: deploymentsOf(paid, free),
      now: this.clock.now,
      flushMs: 1e9,
      keyPollMs: 1e9,
    });
  }

  async run(each: Step): Promise<void> {
    const running = this.calls.filter(({ used }) => used === undefined);
    switch (each.kind) {
      case "admit":
        return this.admit(each.process, each);
      case "settle": {
        const call = running[each.call % Math.max(1, running.length)];
        if (call === undefined) return;
        call.used = Math.round(call.estimate * each.share);
        call.reservation.settle(used(0, call.used));
        call.reservation.settle(used(0, 1_000));
        return;
      }
      case "release": {
        const call = running[each.call % Math.max(1, running.length)];
        if (call === undefined) return;
        call.used = 0;
        call.reservation.release();
        call.reservation.settle(used(0, 1_000));
        this.calls.splice(this.calls.indexOf(call), 1);
        return;
      }
      case "flush":
        return this.processes[each.process]!.flush();
      case "restart":
        await this.processes[each.process]!.close();
        this.ended.push(this.processes[each.process]!);
        this.processes[each.process] = await this.open();
        return;
      case "crash":
        this.hasCrashed = true;
        // What its calls used is used, whether it was written or not; nobody will end those that ran.
        for (const call of this.calls) if (call.process === each.process) call.used ??= call.estimate;
        this.processes[each.process] = await this.open();
        return;
      case "wait":
        this.clock.move(each.milliseconds);
        return;
      default:
        each satisfies never;
    }
  }

  async admit(process: number, { estimate, count }: { estimate: number; count: number }): Promise<void> {
    const verdicts = await Promise.all(
      Array.from({ length: count }, async () =>
        this.processes[process]!.admit({
          secret: this.secret,
          operation: "chat",
          deployment: "free",
          estimate: { inputTokens: 0, outputTokens: estimate },
        }),
      ),
    );
    for (const verdict of verdicts) {
      if (verdict.kind === "refused") {
        expect(["rate_limit_exceeded", "insufficient_quota"]).toContain(verdict.code);
        continue;
      }
      const at = this.clock.now();
      this.calls.push({ process, at, estimate, reservation: verdict.reservation, used: undefined });
    }
    this.check();
  }

  /** Never more than the limit, but for what calls used beyond their estimates. */
  check(): void {
    const now = this.clock.now();
    const { name } = dayOf(now);
    const inWindow = this.calls.filter(({ at }) => at > now - windowMs);
    const today = this.calls.filter(({ at }) => dayOf(at).name === name);
    const counted = (calls: readonly Call[]): number =>
      calls.reduce((sum, { used: actual, estimate }) => sum + Math.min(actual ?? estimate, estimate), 0);
    expect(inWindow.length).toBeLessThanOrEqual(requestsPerMinute);
    expect(counted(inWindow)).toBeLessThanOrEqual(tokensPerMinute);
    expect(counted(today)).toBeLessThanOrEqual(tokensPerDay);
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const clock = testClock("2026-01-31T22:40:00Z");
  await using store = await openStore(":memory:");
  const first = await testGateway(store, {
    key: { tokensPerMinute, requestsPerMinute },
    project: { tokensPerDay },
    options: { now: clock.now, flushMs: 1e9, keyPollMs: 1e9 },
  });
  await first.admissions.close();
  const world = new World(store, first.secret, []);
  for (let at = 0; at < 3; at++) world.processes.push(await world.open());
  for (const each of steps) await world.run(each);
  await end(world);
}

async function end(world: World): Promise<void> {
  for (const call of world.calls) {
    if (call.used !== undefined) continue;
    call.used = call.estimate;
    call.reservation.settle(used(0, call.used));
  }
  for (const each of world.processes) await each.close();
  for (const each of world.ended) await each.flush();
  const rows = await world.store.db.selectFrom("usage").select(["at", "output_tokens"]).execute();
  const counters = await world.store.db.selectFrom("counter").selectAll().execute();
  for (const { amount } of counters) expect(amount).toBeGreaterThanOrEqual(0);
  const days = new Set(world.calls.map(({ at }) => dayOf(at).name));
  for (const day of days) {
    const calls = world.calls.filter(({ at }) => dayOf(at).name === day);
    const billed = rows.filter(({ at }) => at.startsWith(day));
    const sum = billed.reduce((total, { output_tokens }) => total + output_tokens, 0);
    const all = calls.reduce((total, call) => total + call.used!, 0);
    expect(billed.length).toBeLessThanOrEqual(calls.length);
    expect(sum).toBeLessThanOrEqual(all);
    if (world.hasCrashed) continue;
    expect(billed.length).toBe(calls.length);
    expect(sum).toBe(all);
    const counter = counters.find(({ meter }) => meter.endsWith(`tokens:${day}`));
    // The counter of a day that is over is not kept up.
    if (day === dayOf(world.clock.now()).name) expect(counter?.amount ?? 0).toBe(all);
  }
  if (!world.hasCrashed) expect(await world.store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
  await nothingIsLost(world);
}

/** Another day, the whole limit is there again for one process, to the last token. */
async function nothingIsLost(world: World): Promise<void> {
  world.clock.move(2 * 86_400_000);
  await using fresh = await world.open();
  let left = 0;
  for (let call = 0; call < 500; call++) {
    const verdict = await fresh.admit({
      secret: world.secret,
      operation: "chat",
      deployment: "free",
      estimate: { inputTokens: 0, outputTokens: 40 },
    });
    if (verdict.kind === "refused") break;
    left += 40;
  }
  expect(left).toBe(tokensPerMinute);
}

describe("limits under random calls by three processes", () => {
  it("are never exceeded, and budgets are exact to the token", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(false), { maxLength: 60 }), (steps) => play(steps)),
      { numRuns: 120 },
    );
  });

  it("are never exceeded when processes crash; nothing is billed twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(true), { maxLength: 60 }), (steps) => play(steps)),
      { numRuns: 120 },
    );
  });
});
