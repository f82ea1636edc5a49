import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { openStore, type Store } from "../open-store.ts";
import { openJobs } from "./open-jobs.ts";
import { raiseTwelve } from "./raise-twelve.fixture.ts";
import { workJobs } from "./work-jobs.ts";

/** What jobs must do on every kind of store. `open` gives the address of an empty one. */
export function jobSuite(open: () => Promise<string>): void {
  const fresh = async (): Promise<{ url: string; store: Store }> => {
    const url = await open();
    return { url, store: await openStore(url) };
  };

  it("gives each job to one worker, the most important and oldest first", async () => {
    await using store = (await fresh()).store;
    const jobs = openJobs(store);
    for (let at = 0; at < 30; at++)
      await jobs.enqueue({
        id: `j${at}`,
        queue: at % 3 === 0 ? "a" : "b",
        input: { at },
        priority: at === 29 ? 1 : 0,
      });
    await jobs.enqueue({ id: "j0", queue: "a", input: "twice" });
    await jobs.enqueue({ queue: "b", input: null, runAt: new Date(Date.now() + 600_000) });
    const claims = await Promise.all(Array.from({ length: 40 }, () => jobs.claim(["a", "b"])));
    const ids = claims.flatMap((claim) => (claim ? [claim.id] : []));
    expect(new Set(ids).size).toBe(30);
    expect(ids.length).toBe(30);
    expect((await jobs.get("j0"))?.input).toEqual({ at: 0 });
    expect(await jobs.claim(["c"])).toBeUndefined();
    expect(ids).toContain("j29");
  });

  it("retries with a growing delay, then gives up; what can't succeed is not tried again", async () => {
    await using store = (await fresh()).store;
    let time = Date.now();
    const jobs = openJobs(store, { now: () => time });
    const { id } = await jobs.enqueue({ queue: "a", input: 1, maxAttempts: 3 });
    for (const delay of [1_000, 2_000]) {
      expect(await jobs.fail((await jobs.claim(["a"]))!, "no luck")).toBe("waiting");
      time += delay - 1;
      expect(await jobs.claim(["a"])).toBeUndefined();
      time += 1;
    }
    expect(await jobs.fail((await jobs.claim(["a"]))!, "no luck at all")).toBe("failed");
    expect(await jobs.get(id)).toMatchObject({ state: "failed", error: "no luck at all", attempts: 3 });
    await jobs.enqueue({ queue: "a", input: 2 });
    expect(await jobs.fail((await jobs.claim(["a"]))!, "bad input", { canRetry: false })).toBe("failed");
  });

  it("takes a job from a worker that is silent, and lets that worker change nothing any more", async () => {
    await using store = (await fresh()).store;
    let time = Date.now();
    const jobs = openJobs(store, { now: () => time, leaseMs: 1_000 });
    const { id } = await jobs.enqueue({ queue: "a", input: 1, maxAttempts: 2 });
    const first = (await jobs.claim(["a"]))!;
    await jobs.checkpoint(first, "one", { done: 1 });
    time += 900;
    expect(await jobs.heartbeat(first)).toBe(true);
    time += 999;
    expect(await jobs.claim(["a"])).toBeUndefined();
    time += 2;
    const second = (await jobs.claim(["a"]))!;
    expect([...second.steps]).toEqual([["one", { done: 1 }]]);
    expect(await jobs.heartbeat(first)).toBe(false);
    await expect(jobs.checkpoint(first, "two", 2)).rejects.toMatchObject({ code: "aborted" });
    expect(await jobs.finish(first, "mine")).toBe(false);
    expect(await jobs.fail(first, "mine")).toBe("lost");
    expect(await jobs.checkpoint(second, "one", { done: 2 })).toEqual({ done: 1 });
    time += 1_001;
    expect(await jobs.claim(["a"])).toBeUndefined();
    expect(await jobs.get(id)).toMatchObject({ state: "failed", attempts: 2 });
  });

  it("runs an effect in the store together with its step, or not at all", async () => {
    await using store = (await fresh()).store;
    const jobs = openJobs(store);
    await jobs.enqueue({ queue: "a", input: 1 });
    const claim = (await jobs.claim(["a"]))!;
    const raise = (db: Store["db"]): Promise<number> =>
      db
        .updateTable("setting")
        .set((query) => ({ value: query("value", "+", 1) }))
        .execute()
        .then(() => 7);
    const failing = async (db: Store["db"]): Promise<number> => {
      await raise(db);
      throw new Error("half way");
    };
    await expect(jobs.checkpoint(claim, "raise", failing)).rejects.toThrow("half way");
    expect(await jobs.checkpoint(claim, "raise", raise)).toBe(7);
    expect(await jobs.checkpoint(claim, "raise", raise)).toBe(7);
    expect(await store.db.selectFrom("setting").select("value").execute()).toEqual([{ value: 2 }]);
    expect(await jobs.finish(claim, { ok: true })).toBe(true);
    expect(await jobs.get(claim.id)).toMatchObject({ state: "done", output: { ok: true } });
  });

  it("cancels what waits and what runs, once, and lists newest first, page by page", async () => {
    await using store = (await fresh()).store;
    let time = Date.parse("2026-01-01T00:00:00Z");
    const jobs = openJobs(store, { now: () => time });
    for (let at = 0; at < 5; at++) {
      time += 1_000;
      await jobs.enqueue({ id: `j${at}`, queue: "a", input: at, owner: at < 3 ? "ann" : "bo" });
    }
    const claim = (await jobs.claim(["a"]))!;
    expect(await jobs.cancel(claim.id)).toBe(true);
    expect(await jobs.heartbeat(claim)).toBe(false);
    expect(await jobs.cancel(claim.id)).toBe(false);
    await expect(jobs.cancel("nobody")).rejects.toMatchObject({ code: "not-found" });
    const ids = async (options: Parameters<typeof jobs.list>[0]): Promise<string[]> =>
      (await jobs.list(options)).map(({ id }) => id);
    expect(await ids({ limit: 2 })).toEqual(["j4", "j3"]);
    expect(await ids({ limit: 2, after: "j3" })).toEqual(["j2", "j1"]);
    expect(await ids({ owner: "ann", states: ["waiting"] })).toEqual(["j2", "j1"]);
  });

  it("goes on after kill -9 from the last step; each step takes effect once", async () => {
    const { url, store } = await fresh();
    await using jobsStore = store;
    const jobs = openJobs(jobsStore, { leaseMs: 700 });
    const { id } = await jobs.enqueue({ queue: "steps", input: 12 });
    const worker = spawn(
      process.execPath,
      [new URL("job-worker.fixture.ts", import.meta.url).pathname, url, "700"],
      {
        stdio: "ignore",
      },
    );
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    const end = Date.now() + 20_000;
    while ((await jobs.steps(id)).size < 4 && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 10));
    worker.kill("SIGKILL");
    await ended;
    const before = await jobs.steps(id);
    expect(before.size).toBeGreaterThanOrEqual(4);
    expect(before.size).toBeLessThan(12);
    const stop = new AbortController();
    await workJobs(jobs, {
      queues: ["steps"],
      signal: stop.signal,
      pollMs: 50,
      heartbeatMs: 200,
      handle: async (claim) => {
        expect(claim.steps.size).toBeGreaterThanOrEqual(before.size);
        await raiseTwelve(jobs, claim);
        stop.abort();
        return claim.attempts;
      },
    });
    expect(await jobs.get(id)).toMatchObject({ state: "done", attempts: 2, output: 2 });
    // Twelve steps, each of which raised the number by one.
    expect(await jobsStore.db.selectFrom("setting").select("value").execute()).toEqual([{ value: 13 }]);
  });
}
