import { setTimeout as pause } from "node:timers/promises";
import type { Json } from "../../../json.ts";
import type { JobClaim, Jobs } from "./jobs.ts";

export type WorkJobsOptions = {
  readonly queues: readonly string[];
  /** Does a job and gives its output. What it throws is an attempt that failed. */
  readonly handle: (claim: JobClaim, signal: AbortSignal) => Promise<Json>;
  /** Ends the worker; the job in its hands is put back. */
  readonly signal: AbortSignal;
  /** How often to look for jobs. Defaults to 1,000 ms. */
  readonly pollMs?: number;
  /** How often to say that a job is still being worked on. Defaults to 5,000 ms. */
  readonly heartbeatMs?: number;
};

/** Works on jobs, one after the other, until `signal`. Several workers may run in one process. */
export async function workJobs(jobs: Jobs, options: WorkJobsOptions): Promise<void> {
  const { queues, signal, pollMs = 1_000 } = options;
  while (!signal.aborted) {
    // A store that is away for a while is asked again.
    const claim = await jobs.claim(queues).catch(() => undefined);
    if (claim !== undefined) await workOn(jobs, claim, options);
    else await pause(pollMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function workOn(
  jobs: Jobs,
  claim: JobClaim,
  { handle, signal, heartbeatMs = 5_000 }: WorkJobsOptions,
): Promise<void> {
  const lost = new AbortController();
  const timer = setInterval(() => {
    jobs.heartbeat(claim).then(
      (isOurs) => {
        if (!isOurs) lost.abort();
      },
      () => {},
    );
  }, heartbeatMs);
  timer.unref();
  try {
    const output = await handle(claim, AbortSignal.any([signal, lost.signal]));
    await jobs.finish(claim, output);
  } catch (error) {
    if (lost.signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    // A worker that ends is no fault of the job.
    await jobs.fail(claim, message, signal.aborted ? { delayMs: 0 } : {}).catch(() => {});
  } finally {
    clearInterval(timer);
  }
}

/** Does a step unless this job has done it before, and records it. For effects outside the store: at least once. */
export async function doStep<Result extends Json>(
  jobs: Jobs,
  claim: JobClaim,
  step: string,
  run: () => Promise<Result>,
): Promise<Result> {
  if (claim.steps.has(step)) return claim.steps.get(step) as Result;
  return (await jobs.checkpoint(claim, step, await run())) as Result;
}
