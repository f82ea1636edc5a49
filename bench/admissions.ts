// What admission costs: node bench/admissions.ts [calls a second]. A key with ten limits on a SQLite file.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testGateway, used } from "../src/apps/gateway/limits/admissions.fixture.ts";
import { openStore } from "../src/apps/store/open-store.ts";

const perSecond = Number(process.argv[2] ?? 5_000);
const limits = {
  requestsPerMinute: 1e8,
  tokensPerMinute: 1e12,
  tokensPerDay: 1e13,
  budgetPerDay: 5e6,
  budgetPerMonth: 9e6,
};

const folder = mkdtempSync(join(tmpdir(), "tandem-bench-"));
try {
  await using store = await openStore(join(folder, "store.sqlite"));
  const { admissions, secret } = await testGateway(store, { key: limits, project: limits });
  const request = {
    secret,
    operation: "chat",
    deployment: "paid",
    estimate: { inputTokens: 500, outputTokens: 200 },
  } as const;
  const outcome = used(480, 150);

  /** Calls at an even pace; gives the microseconds spent in `admit` and `settle` alone, and the calls that waited. */
  const run = async (calls: number): Promise<{ inside: number; waited: number }> => {
    let [inside, waited] = [0, 0];
    for (let done = 0; done < calls; ) {
      const start = process.cpuUsage();
      for (let turn = 0; turn < perSecond / 100; turn++, done++) {
        const verdict = admissions.admit(request);
        if (verdict instanceof Promise) waited++;
        const decided = verdict instanceof Promise ? await verdict : verdict;
        if (decided.kind === "refused") throw new Error(decided.message);
        decided.reservation.settle(outcome);
      }
      const { user, system } = process.cpuUsage(start);
      inside += user + system;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { inside, waited };
  };
  await run(perSecond * 2);
  const start = process.cpuUsage();
  const calls = perSecond * 5;
  const { inside, waited } = await run(calls);
  await admissions.flush();
  const { user, system } = process.cpuUsage(start);
  console.log(
    `admit + settle: ${(inside / calls).toFixed(1)} µs CPU a call, ${waited} of ${calls} waited for the store`,
  );
  console.log(`with writing it all: ${((user + system) / calls).toFixed(1)} µs CPU a call`);
  await admissions.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
