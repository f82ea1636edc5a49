import { setTimeout as pause } from "node:timers/promises";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Json } from "../../json.ts";
import type { OpenTarget } from "../../models/deployments/routed-model.ts";
import { createRouter } from "../../models/deployments/router.ts";
import type { Deployment } from "../../models/deployments/types.ts";
import type { Mount } from "../server/mount.ts";
import type { Jobs } from "../store/jobs/jobs.ts";
import { openJobs } from "../store/jobs/open-jobs.ts";
import { workJobs } from "../store/jobs/work-jobs.ts";
import type { Store } from "../store/open-store.ts";
import { BATCH_QUEUE } from "./batches/batch-job.ts";
import { batchesPart } from "./batches/batches-part.ts";
import { runBatch } from "./batches/run-batch.ts";
import { addCrossOrigin } from "./cross-origin.ts";
import { filesPart } from "./files/files-part.ts";
import type { Gateway } from "./gateway.ts";
import { gatewayMount } from "./gateway-mount.ts";
import { answerHere } from "./here/answer-here.ts";
import { type OpenAdmissions, openAdmissions } from "./limits/open-admissions.ts";
import { modelShelf } from "./model-shelf.ts";
import { modelsPart } from "./models/models-part.ts";
import type { MoneySettings } from "./money-settings.ts";
import { operationsMount } from "./operations-mount.ts";
import { openEgressLog } from "./policy/egress-log.ts";
import { maskSessions } from "./policy/mask-sessions.ts";
import { callCounts } from "./status/call-counts.ts";
import type { TargetProblem } from "./status/status-report.ts";
import { watchRouter } from "./status/watch-router.ts";
import { callMetrics } from "./telemetry/call-metrics.ts";
import { traceCall } from "./telemetry/trace-calls.ts";
import { usagePart } from "./usage/usage-part.ts";

export type OpenGatewayOptions = {
  /** Stays the caller's: it is not closed with the gateway. */
  readonly store: Store;
  readonly deployments: readonly Deployment[];
  /** Loads the model of an embedded target. */
  readonly openTarget: OpenTarget;
  /** Why a target can't be asked at all. Defaults to nothing known. */
  readonly problemOf?: TargetProblem;
  readonly version: string;
  /** Pages that may call from a browser. Defaults to none. */
  readonly origins?: readonly string[];
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY. Defaults to none of them. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** In what budgets are kept. Defaults to dollars. */
  readonly money?: Pick<MoneySettings, "currency" | "exchangeRates">;
  /** Content filters besides our own rules. Defaults to none. */
  readonly openFilters?: Gateway["openFilters"];
  /** Defaults to false: whoever is on this machine may read the metrics. */
  readonly isBehindProxy?: boolean;
  /** Defaults to false: the status page needs no key. */
  readonly isStatusPrivate?: boolean;
};

export type OpenGateway = AsyncDisposable & {
  /** The API, and the pages about it. */
  readonly mounts: readonly Mount[];
};

const PATIENCE_MS = 10_000;
/** A model that thinks, asked for a whole answer, sends nothing for minutes. */
const FIRST_BYTE_MS = 600_000;
const IDLE_MS = 300_000;
/** Calls that were cut off at the end are settled by then. */
const LAST_CALLS_MS = 2_000;

/** Opens a gateway over a store and deployments: admission, batches in the background, embedded models, pages. */
export async function openGateway(options: OpenGatewayOptions): Promise<OpenGateway> {
  const { store, deployments, openTarget, version, openFilters, money } = options;
  const now = (): Date => new Date();
  const { router, incidents } = watchRouter(createRouter(deployments, { now: Date.now }), now);
  const admissions = await openAdmissions(store, { deployments: router, ...money });
  const egress = openEgressLog(store, { now });
  const shelf = modelShelf(openTarget);
  const dispatcher = providerAgent(options.env ?? {});
  const metrics = callMetrics(router);
  const counts = callCounts((name) => router.find(name) !== undefined, Date.now);
  const gateway: Gateway = {
    router,
    admissions,
    dispatcher,
    answerHere: answerHere({ openModel: shelf.open, now }),
    record: egress.record,
    sessions: maskSessions({ now: Date.now }),
    ...(openFilters === undefined ? {} : { openFilters }),
    ended: (call) => {
      metrics.count(call);
      counts.count(call);
      traceCall(call);
    },
    patienceMs: PATIENCE_MS,
    firstByteTimeoutMs: FIRST_BYTE_MS,
    idleTimeoutMs: IDLE_MS,
  };
  const jobs = openJobs(store);
  const worker = startWorker(store, jobs, gateway, now);
  const { problemOf = () => undefined, isBehindProxy = false, isStatusPrivate = false } = options;
  const status = { router, counts, incidents, problemOf, now, since: now(), version };
  const operations = { store, admissions, status, metrics, isBehindProxy, isStatusPrivate };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await worker.stop();
    await settled(admissions);
    await admissions.close();
    await egress.close();
    await Promise.all([dispatcher.destroy(), shelf[Symbol.asyncDispose]()]);
  };
  return {
    mounts: [
      apiMount(gateway, { store, jobs, now, admissions, worker, origins: options.origins ?? [] }),
      operationsMount(operations),
    ],
    [Symbol.asyncDispose]: () => {
      closing ??= close();
      return closing;
    },
  };
}

type ApiOptions = {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly now: () => Date;
  readonly admissions: OpenAdmissions;
  readonly worker: Worker;
  readonly origins: readonly string[];
};

function apiMount(gateway: Gateway, { store, jobs, now, admissions, worker, origins }: ApiOptions): Mount {
  const serve = gatewayMount(gateway, {
    models: modelsPart(gateway.router, { since: now() }),
    files: filesPart(store, { now }),
    batches: batchesPart({ store, jobs, now }),
    usage: usagePart(store, { now, flush: admissions.flush }),
  });
  return async (app, context) => {
    addCrossOrigin(app, origins, ["/v1/*", "/openai/*"]);
    // Lines under way are put back while the answers to callers still go out.
    app.addHook("preClose", () => worker.stop());
    await serve(app, context);
  };
}

type Worker = { readonly stop: () => Promise<void> };

function startWorker(store: Store, jobs: Jobs, gateway: Gateway, now: () => Date): Worker {
  const ending = new AbortController();
  const working = workJobs(jobs, {
    queues: [BATCH_QUEUE],
    signal: ending.signal,
    handle: async (claim, signal) =>
      (await runBatch(claim, signal, { store, jobs, gateway, now })) as unknown as Json,
  });
  return {
    stop: async () => {
      ending.abort();
      await working;
    },
  };
}

/** Keeps connections to providers open between calls; what is on this machine is never asked through a proxy. */
function providerAgent(env: Readonly<Record<string, string | undefined>>): Dispatcher {
  const settings: Agent.Options = {
    connections: 256,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 300_000,
    connect: { timeout: 10_000 },
  };
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY ?? "";
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY ?? "";
  if (httpProxy === "" && httpsProxy === "") return new Agent(settings);
  const listed = env.no_proxy ?? env.NO_PROXY ?? "";
  const noProxy = [listed, "localhost", "127.0.0.1", "[::1]"].filter((each) => each !== "").join(",");
  return new EnvHttpProxyAgent({ ...settings, httpProxy, httpsProxy, noProxy });
}

async function settled(admissions: OpenAdmissions): Promise<void> {
  const end = performance.now() + LAST_CALLS_MS;
  while (admissions.open() > 0 && performance.now() < end) await pause(20);
}
