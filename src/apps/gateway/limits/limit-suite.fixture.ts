import { type ChildProcess, spawn } from "node:child_process";
import { expect, it } from "vitest";
import { openStore } from "../../store/open-store.ts";
import { usageReport } from "../usage/usage-report.ts";
import { testGateway } from "./admissions.fixture.ts";
import type { LimitSettings } from "./limit-settings.ts";
import type { LimitWorkerOrder } from "./limit-worker.fixture.ts";

type Worker = { readonly process: ChildProcess; readonly done: Promise<readonly number[]> };

function startWorker(order: LimitWorkerOrder): Worker {
  const file = new URL("limit-worker.fixture.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout!.on("data", (chunk) => {
    out += String(chunk);
  });
  const done = new Promise<readonly number[]>((resolve) =>
    child.once("close", () => resolve(out.split("\n").filter(Boolean).map(Number))),
  );
  return { process: child, done };
}

/** What limits must hold between processes, on every kind of store. `open` gives the address of an empty one. */
export function limitSuite(open: () => Promise<string>): void {
  const prepare = async (key: LimitSettings): Promise<{ url: string; secret: string }> => {
    const url = await open();
    await using store = await openStore(url);
    const { secret, admissions } = await testGateway(store, { key });
    await admissions.close();
    return { url, secret };
  };
  const usedIn = async (url: string): Promise<{ calls: number; tokens: number; costNanos: number }> => {
    await using store = await openStore(url);
    const [sum] = await usageReport(store);
    return { calls: sum!.calls, tokens: sum!.outputTokens, costNanos: sum!.costNanos };
  };
  const order = { seconds: 3, estimate: 1, actual: 1, lanes: 4, longest: 4 };

  it.each([2, 3])(
    "%i processes let in as many requests together as the limit, to within 1 %",
    async (processes) => {
      const { url, secret } = await prepare({ requestsPerMinute: 600 });
      const workers = Array.from({ length: processes }, () => startWorker({ ...order, store: url, secret }));
      const counts = (await Promise.all(workers.map(({ done }) => done))).map(({ length }) => length);
      const total = counts.reduce((sum, count) => sum + count, 0);
      console.log(`requests a minute: ${total} of 600 (${counts.join(" + ")})`);
      expect(total).toBeLessThanOrEqual(600);
      expect(total).toBeGreaterThanOrEqual(594);
      expect((await usedIn(url)).calls).toBe(total);
    },
  );

  it("two processes use as many tokens together as the limit, to within 1 %", async () => {
    const { url, secret } = await prepare({ tokensPerMinute: 100_000 });
    const each = { ...order, store: url, secret, estimate: 150, actual: 100 };
    const counts = await Promise.all([startWorker(each).done, startWorker(each).done]);
    const { tokens, calls } = await usedIn(url);
    console.log(
      `tokens a minute: ${tokens} of 100000 (${counts.map(({ length }) => length * 100).join(" + ")})`,
    );
    expect(calls).toBe(counts[0].length + counts[1].length);
    expect(tokens).toBeLessThanOrEqual(100_000);
    expect(tokens).toBeGreaterThanOrEqual(99_000);
  });

  it("two processes spend a budget together, to within 1 % and never more", async () => {
    const { url, secret } = await prepare({ budgetPerMonth: 1 });
    const each = { ...order, store: url, secret, estimate: 600, actual: 400 };
    const counts = await Promise.all([startWorker(each).done, startWorker(each).done]);
    const { costNanos } = await usedIn(url);
    console.log(
      `money: ${costNanos / 1e9} of 1 (${counts.map(({ length }) => (length * 0.004).toFixed(3)).join(" + ")})`,
    );
    expect(costNanos).toBeLessThanOrEqual(1e9);
    expect(costNanos).toBeGreaterThanOrEqual(0.99e9);
  });

  it("a process that is killed costs no more than the slice it held, and never the limit", async () => {
    const { url, secret } = await prepare({ requestsPerMinute: 600, budgetPerDay: 4 });
    const each = { ...order, store: url, secret, estimate: 500, actual: 500, lanes: 20, longest: 60 };
    const [killed, other] = [startWorker(each), startWorker(each)];
    killed.process.stdout!.once("data", () => setTimeout(() => killed.process.kill("SIGKILL"), 150));
    const counts = (await Promise.all([killed.done, other.done])).map(({ length }) => length);
    const total = counts[0]! + counts[1]!;
    console.log(`with a killed process: ${total} of 600 (${counts.join(" + ")})`);
    expect(counts[0]).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(600);
    // Half a second of its demand, but no more than a sixteenth of the limit, and what waited.
    expect(total).toBeGreaterThanOrEqual(600 - 600 / 16 - 20);
    // What it had not written is not billed, and nothing is billed twice.
    const { calls } = await usedIn(url);
    expect(calls).toBeLessThanOrEqual(total);
    expect(calls).toBeGreaterThanOrEqual(counts[1]!);
  });
}

/** Takes more than a minute: the window slides. */
export function slidingSuite(open: () => Promise<string>): void {
  it("two processes keep to the limit in any 60 seconds, and use it", async () => {
    const url = await open();
    const { secret } = await (async () => {
      await using store = await openStore(url);
      const made = await testGateway(store, { key: { requestsPerMinute: 600 } });
      await made.admissions.close();
      return made;
    })();
    // Two whole windows with TANDEM_ALL, otherwise one and the beginning of the next.
    const seconds = process.env.TANDEM_ALL === undefined ? 66 : 125;
    const order = { store: url, secret, seconds, estimate: 1, actual: 1, lanes: 2, longest: 300 };
    const times = (await Promise.all([startWorker(order).done, startWorker(order).done]))
      .flat()
      .sort((a, b) => a - b);
    let most = 0;
    for (let start = 0, end = 0; end < times.length; end++) {
      while (times[end]! - times[start]! >= 60_000) start++;
      most = Math.max(most, end - start + 1);
    }
    const windows = Math.floor(seconds / 60);
    const inWhole = times.filter((time) => time < times[0]! + windows * 60_500).length;
    console.log(`sliding: ${times.length} in ${times.at(-1)! - times[0]!} ms, at most ${most} in 60 s`);
    // A call is written down some milliseconds after it was let in.
    expect(most).toBeLessThanOrEqual(606);
    expect(most).toBeGreaterThanOrEqual(594);
    expect(inWhole).toBeGreaterThanOrEqual(594 * windows);
  });
}
