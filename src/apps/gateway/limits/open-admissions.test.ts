import { afterEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../store/open-store.ts";
import { createKey, revokeKey } from "../keys/keys.ts";
import type { Admission, Refusal } from "../types.ts";
import { deploymentsOf, free, paid, testClock, testGateway, used } from "./admissions.fixture.ts";
import { setLimits } from "./limit-settings.ts";

let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});
async function memoryStore(): Promise<Store> {
  return stack.use(await openStore(":memory:"));
}

function admitted(verdict: Admission | Refusal): Admission {
  if (verdict.kind !== "admitted") throw new Error(verdict.message);
  return verdict;
}

describe("admission", () => {
  it("refuses keys that are missing, malformed, unknown, expired or revoked", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T00:00:00Z");
    const { admissions, ask, keyId } = await testGateway(store, { options: { now: clock.now } });
    stack.use(admissions);
    for (const secret of [
      undefined,
      "",
      "tdm_short",
      `tdm_${"a".repeat(43)}`,
      "sk-123",
      `tdm_${"a".repeat(4e5)}`,
    ])
      expect(await ask({ secret })).toMatchObject({ status: 401, code: "invalid_api_key" });
    const short = await createKey(store, {
      project: "test",
      name: "short",
      now: new Date(clock.now()),
      expiresAt: new Date(clock.now() + 60_000),
    });
    // Also when the store was asked a moment ago.
    expect((await ask({ secret: short.secret })).kind).toBe("admitted");
    clock.move(60_000);
    expect(await ask({ secret: short.secret })).toMatchObject({ status: 401 });
    expect((await ask()).kind).toBe("admitted");
    await revokeKey(store, keyId, new Date(clock.now()));
    await admissions.refresh();
    expect(await ask()).toMatchObject({ status: 401 });
  });

  it("lets work go on by the id of the key that began it, as long as that key is good", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T00:00:00Z");
    const { admissions, keyId } = await testGateway(store, { options: { now: clock.now } });
    stack.use(admissions);
    const byId = { secret: undefined, operation: "chat", deployment: "paid", keyId } as const;
    expect(await admissions.admit(byId)).toMatchObject({ kind: "admitted", caller: { keyId } });
    expect(await admissions.admit({ ...byId, keyId: "key_unknown" })).toMatchObject({ status: 401 });
    expect(await admissions.admit({ ...byId, secret: "wrong" })).toMatchObject({ status: 401 });
    const limited = await createKey(store, {
      project: "test",
      name: "limited",
      now: new Date(clock.now()),
      scopes: ["embeddings"],
      expiresAt: new Date(clock.now() + 60_000),
    });
    const other = { ...byId, keyId: limited.key.id };
    expect(await admissions.admit(other)).toMatchObject({ status: 403 });
    clock.move(60_000);
    expect(await admissions.admit(other)).toMatchObject({ status: 401 });
    await revokeKey(store, keyId, new Date(clock.now()));
    await admissions.refresh();
    expect(await admissions.admit(byId)).toMatchObject({ status: 401 });
  });

  it("keeps no secret in the store", async () => {
    const store = await memoryStore();
    const { secret, admissions } = await testGateway(store);
    stack.use(admissions);
    expect(secret).toMatch(/^tdm_[\w-]{43}$/);
    const everything = JSON.stringify(await store.db.selectFrom("api_key").selectAll().execute());
    expect(everything).not.toContain(secret.slice(4));
    expect(everything).not.toContain(secret.slice(-8));
  });

  it("holds scopes: operations, deployments, admin", async () => {
    const store = await memoryStore();
    const { admissions } = await testGateway(store);
    stack.use(admissions);
    const ask = async (
      scopes: readonly string[],
      operation: string,
      deployment?: string,
    ): Promise<number> => {
      const { secret } = await createKey(store, { project: "test", name: "k", scopes, now: new Date() });
      await new Promise((resolve) => setTimeout(resolve, 201));
      const verdict = await admissions.admit({
        secret,
        operation: operation as "chat",
        ...(deployment && { deployment }),
      });
      return verdict.kind === "admitted" ? 200 : verdict.status;
    };
    expect(await ask(["embeddings"], "chat", "paid")).toBe(403);
    expect(await ask(["chat"], "chat", "paid")).toBe(200);
    expect(await ask(["deployment:free"], "chat", "paid")).toBe(403);
    expect(await ask(["deployment:paid"], "chat", "paid")).toBe(200);
    expect(await ask(["chat", "deployment:paid"], "batches")).toBe(403);
    expect(await ask(["chat"], "models")).toBe(200);
    expect(await ask(["admin"], "batches")).toBe(200);
    expect(await ask([], "chat", "nowhere")).toBe(404);
    await expect(
      createKey(store, { project: "test", name: "k", scopes: ["chatt"], now: new Date() }),
    ).rejects.toThrow('no scope "chatt"');
  });

  it("lets in exactly as many requests in any minute as the limit says, with true headers", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { requestsPerMinute: 5 },
      options: { now: clock.now },
    });
    stack.use(admissions);
    for (const left of [4, 3, 2, 1, 0]) {
      expect(admitted(await ask()).rate).toMatchObject({ limitRequests: 5, remainingRequests: left });
      clock.move(1_000);
    }
    const refusal = await ask();
    expect(refusal).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    // The first was let in 5 s ago; the store remembers times by quarters of a second.
    expect((refusal as Refusal).retryAfterMs).toBe(55_250);
    clock.move((refusal as Refusal).retryAfterMs! - 1);
    expect((await ask()).kind).toBe("refused");
    clock.move(101);
    expect((await ask()).kind).toBe("admitted");
    expect((await ask()).kind).toBe("refused");
  });

  it("reserves tokens on the estimate and settles on what was used", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { tokensPerMinute: 1_000 },
      options: { now: clock.now },
    });
    stack.use(admissions);
    const estimate = { inputTokens: 10, outputTokens: 590 };
    const first = admitted(await ask({ estimate }));
    expect(first.rate).toMatchObject({ limitTokens: 1_000, remainingTokens: 400 });
    expect(await ask({ estimate })).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    first.reservation.settle(used(10, 90));
    first.reservation.settle(used(10, 90));
    first.reservation.release();
    clock.move(101);
    const second = admitted(await ask({ estimate }));
    expect(second.rate.remainingTokens).toBe(300);
    second.reservation.release();
    clock.move(101);
    expect(
      admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 900 } })).rate.remainingTokens,
    ).toBe(0);
    const large = await ask({ estimate: { inputTokens: 0, outputTokens: 1_001 } });
    expect(large).toMatchObject({ status: 429, message: expect.stringContaining("1001 tokens") });
    expect(large).not.toHaveProperty("retryAfterMs");
  });

  it("counts a stream that outlives the window and used more than was estimated", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { tokensPerMinute: 1_000 },
      options: { now: clock.now },
    });
    stack.use(admissions);
    const long = admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 100 } }));
    clock.move(120_000);
    long.reservation.settle(used(0, 900));
    await admissions.flush();
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 201 } })).kind).toBe("refused");
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 200 } })).kind).toBe("admitted");
  });

  it("refuses at every level, all or none, and says whose limit it was", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask, projectId } = await testGateway(store, {
      key: { requestsPerMinute: 100 },
      project: { requestsPerMinute: 2 },
      options: {
        now: clock.now,
        deployments: deploymentsOf({ ...paid, limits: { requestsPerMinute: 100 } }, free),
      },
    });
    stack.use(admissions);
    const other = await createKey(store, { project: projectId, name: "other", now: new Date(clock.now()) });
    await new Promise((resolve) => setTimeout(resolve, 210));
    expect((await ask()).kind).toBe("admitted");
    expect((await ask({ secret: other.secret })).kind).toBe("admitted");
    for (const secret of [other.secret, undefined])
      expect(await ask(secret ? { secret } : {})).toMatchObject({
        status: 429,
        message: expect.stringContaining("of this project"),
      });
    await setLimits(store.db, { level: "organisation", owner: "organisation" }, { requestsPerMinute: 3 });
    await setLimits(store.db, { level: "project", owner: projectId }, {});
    await setLimits(store.db, { level: "deployment", owner: "paid" }, { requestsPerMinute: 1 });
    await new Promise((resolve) => setTimeout(resolve, 210));
    await admissions.refresh();
    clock.move(101);
    expect(await ask()).toMatchObject({
      status: 429,
      message: expect.stringContaining("of this deployment"),
    });
    expect((await ask({ deployment: "free" })).kind).toBe("admitted");
    // Two were let in before there was a limit for the organisation: it counts from then on.
    expect((await ask({ deployment: "free" })).kind).toBe("admitted");
    expect((await ask({ deployment: "free" })).kind).toBe("admitted");
    expect(await ask({ deployment: "free" })).toMatchObject({
      message: expect.stringContaining("of the organisation"),
    });
    await admissions.flush();
    const counted = await store.db
      .selectFrom("counter")
      .select((query) => ["meter", query.fn.sum<number>("amount").as("amount")])
      .where("meter", "like", "key:%requests:minute")
      .groupBy("meter")
      .execute();
    expect(counted.map(({ amount }) => amount)).toEqual([4]);
  });

  it("settles money to the smallest unit and refuses what a budget has no room for", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { budgetPerDay: 0.01 },
      options: { now: clock.now },
    });
    stack.use(admissions);
    const first = admitted(await ask({ estimate: { inputTokens: 1_000, outputTokens: 500 } }));
    first.reservation.settle(
      used(1_001, 99, { usage: { inputTokens: 1_001, outputTokens: 99, cachedInputTokens: 1 } }),
    );
    await admissions.flush();
    const cost = 1_000 * 2_000 + 1_000 + 99 * 10_000;
    expect(await store.db.selectFrom("usage").select("cost_nanos").execute()).toEqual([{ cost_nanos: cost }]);
    expect(await store.db.selectFrom("counter").select(["meter", "amount"]).execute()).toEqual([
      { meter: expect.stringMatching(/^key:.*:money:2026-03-01$/), amount: cost },
    ]);
    const room = Math.floor((10_000_000 - cost) / 10_000);
    const refusal = await ask({ estimate: { inputTokens: 0, outputTokens: room + 1 } });
    expect(refusal).toMatchObject({ status: 429, code: "insufficient_quota" });
    expect(refusal).not.toHaveProperty("retryAfterMs");
    clock.move(101);
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: room } })).kind).toBe("admitted");
    // Even what nobody could estimate is refused once the budget is gone; what costs nothing is not.
    clock.move(101);
    const over = admitted(await ask({ deployment: "free" }));
    over.reservation.settle(used(5, 5));
    await admissions.flush();
    const gone = await testGateway(store, {
      name: "gone",
      key: { budgetPerDay: 0 },
      options: { now: clock.now },
    });
    stack.use(gone.admissions);
    expect(await gone.ask()).toMatchObject({ code: "insufficient_quota" });
    expect((await gone.ask({ deployment: "free" })).kind).toBe("admitted");
  });

  it("starts budgets anew at midnight and at the month's end (UTC); a call counts for the day it began", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-02-28T23:59:59.900Z");
    const { admissions, ask } = await testGateway(store, {
      key: { tokensPerDay: 100, tokensPerMonth: 150 },
      options: { now: clock.now },
    });
    stack.use(admissions);
    const late = admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 100 } }));
    clock.move(200);
    const march = admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 100 } }));
    late.reservation.settle(used(0, 90));
    march.reservation.settle(used(0, 80));
    await admissions.flush();
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 21 } })).kind).toBe("refused");
    clock.move(86_400_000);
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 71 } })).kind).toBe("refused");
    clock.move(101);
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 70 } })).kind).toBe("admitted");
    const rows = await store.db.selectFrom("usage").select(["at", "output_tokens"]).orderBy("at").execute();
    expect(rows).toEqual([
      { at: "2026-02-28T23:59:59.900Z", output_tokens: 90 },
      { at: "2026-03-01T00:00:00.100Z", output_tokens: 80 },
    ]);
  });

  it("gives back what was set aside for a call that nobody ends, and still counts it when it ends late", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask } = await testGateway(store, {
      key: { tokensPerDay: 100 },
      options: { now: clock.now, longestCallMs: 1_000 },
    });
    stack.use(admissions);
    const lost = admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 100 } }));
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 1 } })).kind).toBe("refused");
    clock.move(1_001);
    await admissions.flush();
    expect(admissions.open()).toBe(0);
    admitted(await ask({ estimate: { inputTokens: 0, outputTokens: 40 } })).reservation.release();
    lost.reservation.settle(used(0, 70));
    await admissions.flush();
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 31 } })).kind).toBe("refused");
    clock.move(101);
    expect((await ask({ estimate: { inputTokens: 0, outputTokens: 30 } })).kind).toBe("admitted");
  });

  it("learns how far estimates are off, and keeps that in the store", async () => {
    const store = await memoryStore();
    const { admissions, ask } = await testGateway(store, { key: { tokensPerMinute: 100_000 } });
    const estimate = { inputTokens: 100, outputTokens: 0 };
    for (let call = 0; call < 40; call++) admitted(await ask({ estimate })).reservation.settle(used(150, 0));
    await admissions.close();
    const [stored] = await store.db.selectFrom("estimate_factor").select("factor").execute();
    expect(stored!.factor / 1e6).toBeGreaterThan(1.4);
    expect(stored!.factor / 1e6).toBeLessThanOrEqual(1.5);
    const again = await testGateway(store, { name: "again", key: { tokensPerMinute: 1_000 } });
    stack.use(again.admissions);
    expect(admitted(await again.ask({ estimate })).rate.remainingTokens).toBeLessThan(870);
  });

  it("does not take impossible counts of a provider as they are", async () => {
    const store = await memoryStore();
    const { admissions, ask } = await testGateway(store);
    for (const [inputTokens, outputTokens, cachedInputTokens] of [
      [-5, Number.NaN, 3],
      [1.2, Number.POSITIVE_INFINITY, -1],
      [2, 1, 99],
    ] as const) {
      const usage = { inputTokens, outputTokens, cachedInputTokens };
      admitted(await ask()).reservation.settle(used(0, 0, { usage, milliseconds: Number.NaN }));
    }
    await admissions.close();
    const rows = await store.db
      .selectFrom("usage")
      .select(["input_tokens", "output_tokens", "cached_tokens", "cost_nanos"])
      .orderBy("id")
      .execute();
    expect(rows).toEqual([
      { input_tokens: 0, output_tokens: 0, cached_tokens: 0, cost_nanos: 0 },
      { input_tokens: 2, output_tokens: 0, cached_tokens: 0, cost_nanos: 4_000 },
      { input_tokens: 2, output_tokens: 1, cached_tokens: 2, cost_nanos: 12_000 },
    ]);
  });

  it("converts other currencies into the budget's, and refuses to guess a rate", async () => {
    const store = await memoryStore();
    const euros = { ...paid, name: "euros", currency: "EUR" };
    const unpriced = { ...free, currency: "CHF" };
    const deployments = deploymentsOf(euros, unpriced, { ...paid, currency: "GBP" });
    const { admissions, ask } = await testGateway(store, {
      key: { budgetPerDay: 1 },
      options: { deployments, exchangeRates: { EUR: 1.25 } },
    });
    const verdict = admitted(await ask({ deployment: "euros" }));
    verdict.reservation.settle(used(0, 1_000));
    expect((await ask({ deployment: "free" })).kind).toBe("admitted");
    await expect(ask({ deployment: "paid" })).rejects.toMatchObject({ code: "bad-request" });
    await admissions.close();
    expect(await store.db.selectFrom("counter").select("amount").execute()).toEqual([{ amount: 12_500_000 }]);
    expect(await store.db.selectFrom("usage").select(["cost_nanos", "currency"]).execute()).toEqual([
      { cost_nanos: 10_000_000, currency: "EUR" },
    ]);
  });

  it("answers without waiting once a slice is there", async () => {
    const store = await memoryStore();
    const { admissions, secret } = await testGateway(store, { key: { requestsPerMinute: 100_000 } });
    stack.use(admissions);
    const request = { secret, operation: "chat", deployment: "paid" } as const;
    for (let call = 0; call < 50; call++) await admissions.admit(request);
    await admissions.flush();
    expect(admissions.admit(request)).not.toBeInstanceOf(Promise);
  });

  it("gives back every slice at the end, and stores every call", async () => {
    const store = await memoryStore();
    const clock = testClock("2026-03-01T10:00:00Z");
    const { admissions, ask, keyId } = await testGateway(store, {
      key: { requestsPerMinute: 100, tokensPerDay: 1e6, budgetPerMonth: 100 },
      options: { now: clock.now },
    });
    for (let call = 0; call < 20; call++)
      admitted(
        await ask({ estimate: { inputTokens: 10, outputTokens: 10 }, job: "batch_1" }),
      ).reservation.settle(used(10, 5));
    await admissions.close();
    expect(await store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
    const rows = await store.db.selectFrom("usage").select(["id", "key_id", "job"]).execute();
    expect(new Set(rows.map(({ id }) => id)).size).toBe(20);
    expect(rows.every((row) => row.key_id === keyId && row.job === "batch_1")).toBe(true);
    expect(await store.db.selectFrom("counter").selectAll().execute()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ meter: `key:${keyId}:tokens:2026-03-01`, amount: 300 }),
      ]),
    );
  });

  it("says so when the store is gone, and goes on with what it has", async () => {
    const store = await openStore(":memory:");
    const { ask, admissions } = await testGateway(store, { key: { requestsPerMinute: 10 } });
    await store.close();
    await expect(ask()).rejects.toMatchObject({ code: "server-failed" });
    await admissions.close().catch(() => {});
  });
});
