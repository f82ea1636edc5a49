import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Agent } from "undici";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { Gateway } from "../../src/apps/gateway/gateway.ts";
import { gatewayMount } from "../../src/apps/gateway/gateway-mount.ts";
import { createKey } from "../../src/apps/gateway/keys/keys.ts";
import { createProject } from "../../src/apps/gateway/keys/projects.ts";
import { type OpenAdmissions, openAdmissions } from "../../src/apps/gateway/limits/open-admissions.ts";
import type { Admissions } from "../../src/apps/gateway/types.ts";
import { openServer } from "../../src/apps/server/open-server.ts";
import { openStore, type Store } from "../../src/apps/store/open-store.ts";
import { createRouter } from "../../src/models/deployments/router.ts";
import type { Deployment, Target } from "../../src/models/deployments/types.ts";
import { type SoakOutcome, soakCaller } from "./soak-caller.ts";
import {
  type SoakKind,
  type SoakPlan,
  type SoakProvider,
  startSoakProvider,
  tokensOf,
} from "./soak-provider.ts";
import { postgresPrograms, startPostgres } from "./start-postgres.ts";

const WAVES = 3;
const CALLS = 1_000;
const THRIFTY_LIMIT = 60_000;
const price = { input: 2, output: 10 };

/** How many of a hundred calls are of each kind. */
const shares: Readonly<Record<SoakKind, number>> = {
  stream: 30,
  whole: 12,
  "slow reader": 8,
  thrifty: 8,
  "leaves early": 8,
  "leaves midway": 10,
  "reset early": 4,
  "reset midway": 8,
  malformed: 6,
  limited: 3,
  failing: 3,
};
const kinds = Object.keys(shares) as SoakKind[];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes that live after everything that can go is gone. */
async function liveBytes(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    collect();
    await pause(50);
  }
  return process.memoryUsage().heapUsed;
}

const socketsOpen = (): number =>
  process.getActiveResourcesInfo().filter((each) => each === "TCPSocketWrap").length;

/** The same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Every kind of call has a deployment and a key of its own, so that what is stored tells whose it was. */
function deploymentsOf(provider: SoakProvider): readonly Deployment[] {
  const target: Target = {
    id: "a",
    provider: "openai-compatible",
    model: "soak",
    baseUrl: `${provider.url}/v1`,
    price,
  };
  // Nothing listens at port 1: every call of `stream` is rescued by the second.
  const gone: Target = { ...target, id: "gone", baseUrl: "http://127.0.0.1:1/v1" };
  return kinds.map((name) => ({
    name,
    operations: ["chat"],
    targets: name === "stream" ? [gone, { ...target, order: 1 }] : [target],
  }));
}

type Soak = {
  readonly store: Store;
  readonly admissions: OpenAdmissions;
  readonly provider: SoakProvider;
  readonly url: string;
  readonly secrets: ReadonlyMap<SoakKind, string>;
  /** How often each call that was let in was settled or released. */
  readonly ends: readonly { count: number }[];
  readonly close: () => Promise<void>;
};

async function openSoak(storeUrl: string, random: () => number): Promise<Soak> {
  const store = await openStore(storeUrl);
  const now = new Date();
  const budgets = { tokensPerDay: 1e12, budgetPerMonth: 9e6 };
  await createProject(store, { name: "soak", now, limits: budgets });
  const secrets = new Map<SoakKind, string>();
  for (const kind of kinds) {
    const limits = kind === "thrifty" ? { tokensPerDay: THRIFTY_LIMIT } : { tokensPerDay: 1e12 };
    const { secret } = await createKey(store, { project: "soak", name: kind, now, limits });
    secrets.set(kind, secret);
  }
  const provider = await startSoakProvider(random);
  const router = createRouter(deploymentsOf(provider), { now: Date.now });
  const admissions = await openAdmissions(store, { deployments: router });
  const { counted, ends } = countEnds(admissions);
  const dispatcher = new Agent({ keepAliveTimeout: 1_000 });
  const gateway: Gateway = {
    router,
    admissions: counted,
    dispatcher,
    answerHere: () => Promise.reject(new Error("nothing is embedded here")),
    patienceMs: 200,
    firstByteTimeoutMs: 15_000,
    idleTimeoutMs: 15_000,
  };
  const server = await openServer({ mounts: [gatewayMount(gateway, {})], patience: 1_000 });
  const close = async (): Promise<void> => {
    await server.close();
    await dispatcher.destroy();
    await provider.close();
    await admissions.close();
  };
  return { store, admissions, provider, url: server.url, secrets, ends, close };
}

function countEnds(admissions: Admissions): { counted: Admissions; ends: { count: number }[] } {
  const ends: { count: number }[] = [];
  const counted: Admissions = {
    admit: async (request) => {
      const verdict = await admissions.admit(request);
      if (verdict.kind === "refused") return verdict;
      const end = { count: 0 };
      ends.push(end);
      const { settle, release } = verdict.reservation;
      return {
        ...verdict,
        reservation: {
          settle: (used) => {
            end.count++;
            settle(used);
          },
          release: () => {
            end.count++;
            release();
          },
        },
      };
    },
  };
  return { counted, ends };
}

function planWave(wave: number, random: () => number): readonly SoakPlan[] {
  const drawn = kinds.flatMap((kind) => Array<SoakKind>((shares[kind] * CALLS) / 100).fill(kind));
  return drawn.map((kind, index) => ({
    id: wave * CALLS + index,
    kind,
    frames: 5 + Math.floor(random() * 15),
  }));
}

async function runWaves(
  soak: Soak,
  random: () => number,
): Promise<{
  readonly outcomes: readonly SoakOutcome[];
  readonly most: number;
  readonly bytes: readonly number[];
}> {
  const outcomes: SoakOutcome[] = [];
  const bytes: number[] = [];
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, soak.admissions.open());
  }, 10);
  for (let wave = 0; wave < WAVES; wave++) {
    const caller = soakCaller(soak.url);
    const calls = planWave(wave, random).map(async (plan) => {
      // All at the same moment would fill the system's queue of connections.
      await pause(random() * 1_000);
      return caller.call(plan, { deployment: plan.kind, secret: soak.secrets.get(plan.kind)! });
    });
    outcomes.push(...(await Promise.all(calls)));
    caller.close();
    await expect.poll(() => soak.admissions.open(), { timeout: 10_000 }).toBe(0);
    bytes.push(await liveBytes());
  }
  clearInterval(looking);
  return { outcomes, most, bytes };
}

type Row = { readonly input: number; readonly output: number; readonly isEstimate: boolean };

async function rowsByKind(store: Store): Promise<ReadonlyMap<string, readonly Row[]>> {
  const rows = await store.db
    .selectFrom("usage")
    .innerJoin("api_key", "api_key.id", "usage.key_id")
    .select(["api_key.name", "usage.input_tokens", "usage.output_tokens", "usage.is_estimate"])
    .execute();
  const read = rows.map((row) => ({
    kind: row.name,
    input: Number(row.input_tokens),
    output: Number(row.output_tokens),
    isEstimate: Number(row.is_estimate) !== 0,
  }));
  return Map.groupBy(read, ({ kind }) => kind);
}

/** What every caller must have got. */
function checkOutcomes(outcomes: readonly SoakOutcome[]): void {
  const wrong = outcomes.filter(({ plan, status, ended, frames, text }) => {
    switch (plan.kind) {
      case "stream":
      case "slow reader":
        return (
          status !== 200 ||
          ended !== "whole" ||
          frames !== plan.frames ||
          !text.endsWith("data: [DONE]\n\n") ||
          text.includes('"usage"')
        );
      case "whole":
        return status !== 200 || ended !== "whole" || !text.includes(`answer ${plan.id}"`);
      case "thrifty":
        return (
          ended !== "whole" ||
          (status === 200 ? frames !== plan.frames : !text.includes("insufficient_quota"))
        );
      case "leaves early":
        return ended !== "left";
      case "leaves midway":
        return ended !== "left" || status !== 200;
      case "reset early":
      case "failing":
        return ended !== "whole" || ![502, 503].includes(status);
      case "limited":
        return ended !== "whole" || ![429, 503].includes(status);
      case "reset midway":
        return status === 200 ? !text.includes("stream_broken") : ![502, 503].includes(status);
      default:
        return status !== 200 || ended !== "whole";
    }
  });
  expect(wrong.slice(0, 5)).toEqual([]);
}

/** What is stored against what the provider says. */
async function checkBooks(soak: Soak, outcomes: readonly SoakOutcome[]): Promise<void> {
  const { provider, store } = soak;
  const rows = await rowsByKind(store);
  const of = (kind: SoakKind): readonly Row[] => rows.get(kind) ?? [];
  const answered = (kind: SoakKind): readonly SoakOutcome[] =>
    outcomes.filter(({ plan, status }) => plan.kind === kind && status === 200);
  const pairs = (list: readonly { input: number; output: number }[]): string[] =>
    list.map(({ input, output }) => `${input}/${output}`).sort();
  for (const kind of ["stream", "whole", "slow reader", "thrifty"] as const) {
    const served = provider.served.filter((each) => each.kind === kind);
    const wanted = served.map((plan) => ({ input: tokensOf(plan).inputTokens, output: plan.frames }));
    expect(pairs(of(kind)), kind).toEqual(pairs(wanted));
    expect(
      of(kind).some(({ isEstimate }) => isEstimate),
      kind,
    ).toBe(false);
    expect(served.length, kind).toBe(answered(kind).length);
  }
  for (const kind of ["leaves early", "reset early", "limited", "failing"] as const)
    expect(of(kind), kind).toEqual([]);
  expect(of("leaves midway").length).toBe(answered("leaves midway").length);
  expect(of("malformed").length).toBe(answered("malformed").length);
  expect(of("reset midway").length).toBeLessThanOrEqual(answered("reset midway").length);
  for (const kind of ["leaves midway", "reset midway"] as const) {
    const estimated = of(kind).filter(({ isEstimate }) => isEstimate);
    const ids = outcomes.filter(({ plan }) => plan.kind === kind).map(({ plan }) => plan.id);
    const written = ids.reduce((sum, id) => sum + (provider.written.get(id) ?? 0), 0);
    expect(
      estimated.reduce((sum, { output }) => sum + output, 0),
      kind,
    ).toBeLessThanOrEqual(written);
  }
  // Only a provider that sent nothing may be asked again.
  const again = outcomes.filter(
    ({ plan }) =>
      !["reset early", "limited", "failing"].includes(plan.kind) && (provider.came.get(plan.id) ?? 0) > 1,
  );
  expect(again.map(({ plan }) => plan)).toEqual([]);
  await checkCounters(store, [...rows.values()].flat());
}

/** The counters of budgets are what the rows add up to, and no slice is held. */
async function checkCounters(store: Store, rows: readonly Row[]): Promise<void> {
  const counters = await store.db.selectFrom("counter").selectAll().execute();
  const sumOf = (part: string): number =>
    counters.filter(({ meter }) => meter.includes(part)).reduce((sum, { amount }) => sum + Number(amount), 0);
  const tokens = rows.reduce((sum, { input, output }) => sum + input + output, 0);
  const money = rows.reduce((sum, { input, output }) => sum + input * price.input + output * price.output, 0);
  const project = await store.db.selectFrom("project").select("id").executeTakeFirstOrThrow();
  expect(sumOf(`project:${project.id}:tokens`)).toBe(tokens);
  expect(sumOf("key:")).toBe(tokens);
  expect(sumOf(`project:${project.id}:money`)).toBe(money * 1_000);
  const leases = await store.db.selectFrom("lease").selectAll().execute();
  expect(leases.filter(({ amount }) => Number(amount) !== 0)).toEqual([]);
}

async function soakOn(storeUrl: string): Promise<void> {
  const faults: unknown[] = [];
  const note = (fault: unknown): void => void faults.push(fault);
  process.on("warning", note).on("unhandledRejection", note);
  onTestFinished(() => void process.off("warning", note).off("unhandledRejection", note));
  const random = seeded(20_261_123);
  const socketsBefore = socketsOpen();
  const soak = await openSoak(storeUrl, random);
  await using _store = soak.store;
  const { outcomes, most, bytes } = await runWaves(soak, random);
  await soak.close();
  checkOutcomes(outcomes);
  expect(outcomes.length).toBe(WAVES * CALLS);
  // Fewer than all: a busy machine lets the first go before the last has come.
  expect(most).toBeGreaterThan(CALLS / 10);
  expect(soak.ends.filter(({ count }) => count !== 1)).toEqual([]);
  expect(soak.admissions.open()).toBe(0);
  await checkBooks(soak, outcomes);
  const thrifty = (await rowsByKind(soak.store)).get("thrifty") ?? [];
  const spent = thrifty.reduce((sum, { input, output }) => sum + input + output, 0);
  expect(spent).toBeLessThanOrEqual(THRIFTY_LIMIT);
  expect(spent).toBeGreaterThan(THRIFTY_LIMIT * 0.95);
  await expect.poll(socketsOpen, { timeout: 10_000 }).toBeLessThanOrEqual(socketsBefore);
  const [after, end] = [bytes[1]!, bytes.at(-1)!];
  console.log(
    `${outcomes.length} calls, ${most} at a time; live heap after each wave, MB: ${bytes.map((each) => (each / 1e6).toFixed(1)).join(" ")}`,
  );
  // What the test itself keeps of each call is in it.
  expect(end - after).toBeLessThan(12e6);
  expect(faults).toEqual([]);
}

describe("a thousand callers at a time, of whom many misbehave", () => {
  const kept = new AsyncDisposableStack();
  afterAll(() => kept.disposeAsync());

  it("leave nothing open and every token counted once, on SQLite", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-soak-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await soakOn(join(folder, "store.sqlite"));
  });

  it.skipIf(postgresPrograms() === undefined)(
    "leave nothing open and every token counted once, on PostgreSQL",
    async () => {
      const postgres = kept.use(await startPostgres());
      await postgres.sql("CREATE DATABASE soak");
      const host = encodeURIComponent(postgres.socket);
      await soakOn(`postgres://postgres@localhost:${postgres.port}/soak?host=${host}`);
    },
  );
});
