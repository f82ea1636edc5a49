import { openStore } from "../open-store.ts";
import { openJobs } from "./open-jobs.ts";
import { raiseTwelve } from "./raise-twelve.fixture.ts";
import { workJobs } from "./work-jobs.ts";

// A worker in a process of its own, which a test kills: node job-worker.fixture.ts STORE LEASE-MS
const [url = "", leaseMs = ""] = process.argv.slice(2);
const store = await openStore(url);
const jobs = openJobs(store, { leaseMs: Number(leaseMs) });
// It ends even if nobody kills it.
const signal = AbortSignal.timeout(60_000);
await workJobs(jobs, {
  queues: ["steps"],
  signal,
  pollMs: 20,
  heartbeatMs: 100,
  handle: async (claim) => {
    await raiseTwelve(jobs, claim);
    return null;
  },
});
await store.close();
