import { randomBytes } from "node:crypto";
import { type RawBuilder, type Selectable, sql } from "kysely";
import { TandemError, TargetNotFoundError } from "../../../errors.ts";
import type { Json } from "../../../json.ts";
import type { Store } from "../open-store.ts";
import type { JobTable } from "../schema.ts";
import type {
  EnqueueOptions,
  FailOptions,
  Job,
  JobClaim,
  JobState,
  Jobs,
  ListJobsOptions,
  StepEffect,
} from "./jobs.ts";

export type OpenJobsOptions = {
  /** How long a worker may be silent before its job is given to another. Defaults to 30,000 ms. */
  readonly leaseMs?: number;
  /** Milliseconds since 1970. Defaults to this machine's clock, on PostgreSQL to the server's. */
  readonly now?: () => number;
};

const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

/** Jobs in one table of the store: claimed by a lease in a single statement, with `skip locked` on PostgreSQL. */
export function openJobs(store: Store, { leaseMs = 30_000, now }: OpenJobsOptions = {}): Jobs {
  const { db, kind } = store;
  const time = (): RawBuilder<number> =>
    now === undefined && kind === "postgres"
      ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
      : sql<number>`cast(${Math.floor(now?.() ?? Date.now())} as bigint)`;
  const iso = (): string => new Date(now?.() ?? Date.now()).toISOString();

  /** Changes the job while the claim holds; false when it doesn't. */
  const changeClaimed = async (
    { id, lease }: JobClaim,
    values: Readonly<Record<string, unknown>>,
    target = db,
  ): Promise<boolean> => {
    const { numUpdatedRows } = await target
      .updateTable("job")
      .set(values)
      .where("id", "=", id)
      .where("lease", "=", lease)
      .where("state", "=", "running")
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  };
  const renewed = (): Readonly<Record<string, unknown>> => ({
    lease_until: sql`${time()} + ${sql.lit(leaseMs)}`,
  });

  const get = async (id: string): Promise<Job | undefined> => {
    const row = await db.selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
    return row && jobOf(row);
  };
  const steps = async (id: string): Promise<ReadonlyMap<string, Json>> => {
    const rows = await db
      .selectFrom("job_step")
      .select(["name", "result"])
      .where("job_id", "=", id)
      .orderBy("position")
      .execute();
    return new Map(rows.map(({ name, result }) => [name, JSON.parse(result) as Json]));
  };

  return {
    get,
    steps,
    enqueue: async (options) => {
      const row = newRow(options, iso(), now?.() ?? Date.now());
      await db
        .insertInto("job")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
      return (await get(row.id))!;
    },
    claim: async (queues) => {
      await giveUp(store, time(), iso());
      const lease = randomBytes(12).toString("base64url");
      const { rows } = await sql<Selectable<JobTable>>`
        update job set state = 'running', lease = ${lease}, attempts = attempts + 1,
          lease_until = ${time()} + ${sql.lit(leaseMs)}, started_at = coalesce(started_at, ${iso()})
        where id = (
          select id from job
          where queue in (${sql.join(queues)}) and attempts < max_attempts
            and ((state = 'waiting' and run_at <= ${time()}) or (state = 'running' and lease_until < ${time()}))
          order by priority desc, run_at, id limit 1
          ${kind === "postgres" ? sql`for update skip locked` : sql``}
        ) returning *`.execute(db);
      const row = rows[0];
      return row && { ...jobOf(row), lease, steps: await steps(row.id) };
    },
    heartbeat: (claim) => changeClaimed(claim, renewed()),
    checkpoint: (claim, step, result) =>
      db.transaction().execute(async (transaction) => {
        // The row stays locked until the end, so that nobody takes the job over in the middle of an effect.
        if (!(await changeClaimed(claim, renewed(), transaction))) throw lostClaim(claim);
        return recordStep(transaction, claim.id, { step, result, doneAt: iso() });
      }),
    finish: (claim, output) =>
      changeClaimed(claim, { ...ended("done", iso()), output: JSON.stringify(output), error: null }),
    fail: async (claim, error, { canRetry = true, delayMs }: FailOptions = {}) => {
      const isLast = !canRetry || claim.attempts >= claim.maxAttempts;
      const delay = delayMs ?? Math.min(firstDelayMs * 2 ** (claim.attempts - 1), longestDelayMs);
      const values = isLast
        ? { ...ended("failed", iso()), error }
        : {
            state: "waiting",
            lease: null,
            lease_until: null,
            error,
            run_at: sql`${time()} + ${sql.lit(delay)}`,
          };
      if (!(await changeClaimed(claim, values))) return "lost";
      return isLast ? "failed" : "waiting";
    },
    cancel: async (id) => {
      const { numUpdatedRows } = await db
        .updateTable("job")
        .set(ended("cancelled", iso()))
        .where("id", "=", id)
        .where("state", "in", ["waiting", "running"])
        .executeTakeFirst();
      if (numUpdatedRows === 0n && (await get(id)) === undefined)
        throw new TargetNotFoundError(`there is no job ${id}`);
      return numUpdatedRows === 1n;
    },
    list: (options) => listJobs(store, options),
  };
}

function ended(state: JobState, at: string): Partial<JobTable> {
  return { state, lease: null, lease_until: null, finished_at: at };
}

/** Ends jobs whose last attempt ended with its worker. */
async function giveUp({ db }: Store, now: RawBuilder<number>, at: string): Promise<void> {
  await db
    .updateTable("job")
    .set({ ...ended("failed", at), error: "the worker of the last attempt ended without a word" })
    .where("state", "=", "running")
    .where("lease_until", "<", now)
    .whereRef("attempts", ">=", "max_attempts")
    .execute();
}

async function recordStep(
  db: Store["db"],
  id: string,
  {
    step,
    result,
    doneAt,
  }: { readonly step: string; readonly result: Json | StepEffect; readonly doneAt: string },
): Promise<Json> {
  const done = await db
    .selectFrom("job_step")
    .select(["name", "result"])
    .where("job_id", "=", id)
    .orderBy("position")
    .execute();
  const before = done.find(({ name }) => name === step);
  if (before !== undefined) return JSON.parse(before.result) as Json;
  const value = typeof result === "function" ? await result(db) : result;
  await db
    .insertInto("job_step")
    .values({ job_id: id, name: step, position: done.length, result: JSON.stringify(value), done_at: doneAt })
    .execute();
  return value;
}

async function listJobs(
  { db }: Store,
  { queue, owner, states, limit = 100, after }: ListJobsOptions = {},
): Promise<readonly Job[]> {
  let query = db
    .selectFrom("job")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit);
  if (queue !== undefined) query = query.where("queue", "=", queue);
  if (owner !== undefined) query = query.where("owner", "=", owner);
  if (states !== undefined) query = query.where("state", "in", states);
  if (after !== undefined) {
    const last = await db.selectFrom("job").select("created_at").where("id", "=", after).executeTakeFirst();
    if (last === undefined) throw new TargetNotFoundError(`there is no job ${after}`);
    query = query.where((where) =>
      where.or([
        where("created_at", "<", last.created_at),
        where.and([where("created_at", "=", last.created_at), where("id", "<", after)]),
      ]),
    );
  }
  return (await query.execute()).map(jobOf);
}

function newRow(
  { id, queue, input, owner, priority = 0, maxAttempts = 5, runAt }: EnqueueOptions,
  createdAt: string,
  now: number,
): JobTable {
  return {
    id: id ?? `job_${randomBytes(12).toString("base64url")}`,
    queue,
    owner: owner ?? null,
    state: "waiting",
    input: JSON.stringify(input),
    output: null,
    error: null,
    priority,
    attempts: 0,
    max_attempts: maxAttempts,
    // A machine whose clock is ahead must not make a job wait.
    run_at: runAt?.getTime() ?? Math.floor(now) - 60_000,
    lease: null,
    lease_until: null,
    created_at: createdAt,
    started_at: null,
    finished_at: null,
  };
}

function jobOf(row: Selectable<JobTable>): Job {
  return {
    id: row.id,
    queue: row.queue,
    ...(row.owner !== null && { owner: row.owner }),
    state: row.state as JobState,
    input: JSON.parse(row.input) as Json,
    ...(row.output !== null && { output: JSON.parse(row.output) as Json }),
    ...(row.error !== null && { error: row.error }),
    priority: row.priority,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: new Date(row.run_at),
    createdAt: new Date(row.created_at),
    ...(row.started_at !== null && { startedAt: new Date(row.started_at) }),
    ...(row.finished_at !== null && { finishedAt: new Date(row.finished_at) }),
  };
}

function lostClaim({ id }: JobClaim): TandemError {
  return new TandemError("aborted", `job ${id} was cancelled or taken over by another worker`);
}
