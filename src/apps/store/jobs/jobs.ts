import type { Kysely } from "kysely";
import type { Json } from "../../../json.ts";
import type { Schema } from "../schema.ts";

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";

/** Work that outlives a request and a process. */
export type Job = {
  readonly id: string;
  readonly queue: string;
  /** Whose it is: a key, a project. */
  readonly owner?: string;
  readonly state: JobState;
  readonly input: Json;
  readonly output?: Json;
  /** Why the last attempt failed. */
  readonly error?: string;
  /** Higher is sooner. */
  readonly priority: number;
  /** How often it was begun. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Not before. */
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
};

/** A job in a worker's hands, for as long as it sends heartbeats. */
export type JobClaim = Job & {
  readonly lease: string;
  /** What the steps that are done gave, in the order in which they were done; by this or an earlier worker. */
  readonly steps: ReadonlyMap<string, Json>;
};

export type EnqueueOptions = {
  readonly queue: string;
  readonly input: Json;
  /** A job of that id that is there already is given back as it is. Defaults to a new one. */
  readonly id?: string;
  readonly owner?: string;
  /** Defaults to 0. */
  readonly priority?: number;
  /** Defaults to 5. */
  readonly maxAttempts?: number;
  /** Defaults to now. */
  readonly runAt?: Date;
};

export type FailOptions = {
  /** False when another attempt would fail as well. Defaults to true. */
  readonly canRetry?: boolean;
  /** Defaults to 1 s after the first attempt, and twice as long after each further one, up to 5 minutes. */
  readonly delayMs?: number;
};

export type ListJobsOptions = {
  readonly queue?: string;
  readonly owner?: string;
  readonly states?: readonly JobState[];
  /** Defaults to 100. */
  readonly limit?: number;
  /** The id of the last job of the page before; jobs are listed newest first. */
  readonly after?: string;
};

/** An effect in the store that happens together with the record of its step, or not at all. */
export type StepEffect = (db: Kysely<Schema>) => Promise<Json>;

/** Jobs of all queues. Every worker, on any machine that shares the store, may claim them. */
export type Jobs = {
  readonly enqueue: (options: EnqueueOptions) => Promise<Job>;
  /** The next job that is due, or whose worker has been silent for too long; undefined when there is none. */
  readonly claim: (queues: readonly string[]) => Promise<JobClaim | undefined>;
  /** Keeps the claim. False when it was lost: to another worker, or because the job was cancelled. */
  readonly heartbeat: (claim: JobClaim) => Promise<boolean>;
  /**
   * Records that a step is done, and keeps the claim. A step that is recorded already keeps its first result, which is
   * given back; an `effect` is not run again then. Throws `TandemError` ("aborted") when the claim was lost.
   */
  readonly checkpoint: (claim: JobClaim, step: string, result: Json | StepEffect) => Promise<Json>;
  /** False when the claim was lost; nothing is changed then. */
  readonly finish: (claim: JobClaim, output: Json) => Promise<boolean>;
  /** What becomes of the job: another attempt later, or nothing any more. */
  readonly fail: (
    claim: JobClaim,
    error: string,
    options?: FailOptions,
  ) => Promise<"waiting" | "failed" | "lost">;
  /** False when it had ended already. A worker that runs it hears of it with its next heartbeat. */
  readonly cancel: (id: string) => Promise<boolean>;
  readonly get: (id: string) => Promise<Job | undefined>;
  /** The results of a job's steps. */
  readonly steps: (id: string) => Promise<ReadonlyMap<string, Json>>;
  readonly list: (options?: ListJobsOptions) => Promise<readonly Job[]>;
};
