// A gateway in a process of its own, to be killed. Arguments: the store's file and the provider's address.

import { Agent } from "undici";
import { BATCH_QUEUE } from "../../src/apps/gateway/batches/batch-job.ts";
import { batchesPart } from "../../src/apps/gateway/batches/batches-part.ts";
import { runBatch } from "../../src/apps/gateway/batches/run-batch.ts";
import { filesPart } from "../../src/apps/gateway/files/files-part.ts";
import type { Gateway } from "../../src/apps/gateway/gateway.ts";
import { gatewayMount } from "../../src/apps/gateway/gateway-mount.ts";
import { openAdmissions } from "../../src/apps/gateway/limits/open-admissions.ts";
import { openServer } from "../../src/apps/server/open-server.ts";
import { openJobs } from "../../src/apps/store/jobs/open-jobs.ts";
import { workJobs } from "../../src/apps/store/jobs/work-jobs.ts";
import { openStore } from "../../src/apps/store/open-store.ts";
import type { Json } from "../../src/json.ts";
import { createRouter } from "../../src/models/deployments/router.ts";

const [file = "", origin = ""] = process.argv.slice(2);
const now = (): Date => new Date();
const store = await openStore(file);
const target = { id: "a", provider: "openai-compatible", model: "m", baseUrl: `${origin}/v1` } as const;
const router = createRouter([{ name: "gpt", operations: ["chat"], targets: [target] }], { now: Date.now });
const admissions = await openAdmissions(store, { deployments: router, leaseMs: 2_000 });
const gateway: Gateway = {
  router,
  admissions,
  dispatcher: new Agent(),
  answerHere: () => Promise.reject(new Error("nothing is embedded here")),
  patienceMs: 1_000,
  firstByteTimeoutMs: 10_000,
  idleTimeoutMs: 10_000,
};
// A worker that was killed is missed after a second and a half instead of half a minute.
const jobs = openJobs(store, { leaseMs: 1_500 });
const parts = { files: filesPart(store, { now }), batches: batchesPart({ store, jobs, now }) };
const server = await openServer({ mounts: [gatewayMount(gateway, parts)] });
const working = { store, jobs, gateway, now, concurrency: 4 };
void workJobs(jobs, {
  queues: [BATCH_QUEUE],
  signal: new AbortController().signal,
  pollMs: 50,
  heartbeatMs: 300,
  handle: async (claim, signal) => (await runBatch(claim, signal, working)) as unknown as Json,
});
process.send?.(server.url);
process.on("disconnect", () => process.exit());
