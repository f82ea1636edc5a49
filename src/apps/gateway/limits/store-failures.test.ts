import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../store/open-store.ts";
import { revokeKey } from "../keys/keys.ts";
import { deploymentsOf, paid, testClock, testGateway, used } from "./admissions.fixture.ts";
import { reconcileLostSlices } from "./lease-slices.ts";
import { openAdmissions } from "./open-admissions.ts";

const stack: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of stack.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

type Trouble = "none" | "before" | "after";

/** A store whose transactions fail before they begin, or whose answer is lost after they were written. */
async function troubledStore(): Promise<{ store: Store; trouble: (kind: Trouble) => void }> {
  const store = await openStore(":memory:");
  stack.push(store);
  let now: Trouble = "none";
  const db = new Proxy(store.db, {
    get: (target, name) => {
      if (name !== "transaction") {
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return () => ({
        execute: async (run: Parameters<ReturnType<typeof target.transaction>["execute"]>[0]) => {
          if (now === "before") throw new Error("connection refused");
          const result = await target.transaction().execute(run);
          if (now === "after") throw new Error("connection lost");
          return result;
        },
      });
    },
  });
  return {
    store: { ...store, db },
    trouble: (kind) => {
      now = kind;
    },
  };
}

describe("limits while the store is in trouble", () => {
  it("write nothing twice when the answer to a write is lost", async () => {
    const { store, trouble } = await troubledStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { tokensPerDay: 10_000 },
      options: { now: clock.now, flushMs: 1e9 },
    });
    for (let call = 0; call < 10; call++) {
      const verdict = await ask({ estimate: { inputTokens: 0, outputTokens: 50 } });
      if (verdict.kind === "admitted") verdict.reservation.settle(used(0, 30));
      trouble(call % 3 === 0 ? "after" : call % 3 === 1 ? "before" : "none");
      await admissions.flush().catch(() => {});
      trouble("none");
    }
    await admissions.close();
    const rows = await store.db.selectFrom("usage").select("output_tokens").execute();
    expect(rows.map((row) => row.output_tokens)).toEqual(Array(10).fill(30));
    const counters = await store.db.selectFrom("counter").select("amount").execute();
    expect(counters).toEqual([{ amount: 300 }]);
    expect(await store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
  });

  it("stop using a rate's slice that could not be renewed, and recover", async () => {
    const { store, trouble } = await troubledStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { requestsPerMinute: 1_000 },
      options: { now: clock.now, flushMs: 1e9, leaseMs: 10_000 },
    });
    stack.push(admissions);
    for (let call = 0; call < 20; call++) await ask();
    await admissions.flush();
    trouble("before");
    expect((await ask()).kind).toBe("admitted");
    clock.move(10_001);
    await expect(ask()).rejects.toMatchObject({ code: "server-failed" });
    trouble("none");
    expect((await ask()).kind).toBe("admitted");
  });

  it("count a crashed process's slice of a budget as spent until it is reconciled", async () => {
    const { store } = await troubledStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const options = { now: clock.now, flushMs: 1e9 };
    const crashed = await testGateway(store, { key: { tokensPerDay: 1_000 }, options });
    const estimate = { inputTokens: 0, outputTokens: 10 };
    for (let call = 0; call < 10; call++) await crashed.ask({ estimate });
    await crashed.admissions.flush();
    const [lost] = await store.db.selectFrom("lease").select("amount").execute();
    expect(lost!.amount).toBeGreaterThan(0);
    clock.move(3 * 3_600_000);
    const other = await openAdmissions(store, { deployments: deploymentsOf(paid), ...options });
    stack.push(other);
    const left = async (): Promise<number> => {
      for (let room = 1_000; room > 0; room--) {
        const request = { secret: crashed.secret, operation: "chat", deployment: "paid" } as const;
        const verdict = await other.admit({ ...request, estimate: { inputTokens: 0, outputTokens: room } });
        if (verdict.kind === "refused") continue;
        verdict.reservation.release();
        await other.flush();
        return room;
      }
      return 0;
    };
    expect(await left()).toBe(1_000 - 100 - lost!.amount);
    expect(await reconcileLostSlices(store, clock.now())).toBe(1);
    clock.move(1_000);
    expect(await left()).toBe(900);
    expect(await reconcileLostSlices(store, clock.now())).toBe(0);
  });

  it("refuse a key within 2 s of its being revoked by another process", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-revoke-"));
    const store = await openStore(join(folder, "store.sqlite"));
    const other = await openStore(join(folder, "store.sqlite"));
    const { admissions, ask, keyId } = await testGateway(store);
    expect((await ask()).kind).toBe("admitted");
    await revokeKey(other, keyId, new Date());
    const start = performance.now();
    while ((await ask()).kind === "admitted" && performance.now() - start < 5_000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - start).toBeLessThan(2_000);
    await admissions.close();
    await store.close();
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
