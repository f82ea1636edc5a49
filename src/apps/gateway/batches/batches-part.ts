import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { Job, Jobs } from "../../store/jobs/jobs.ts";
import type { Store } from "../../store/open-store.ts";
import { findFile } from "../files/file-shelf.ts";
import type { ApiAnswer, ApiRequest } from "../gateway-mount.ts";
import { noSuchAddress } from "../wire/no-such-address.ts";
import { listObject, pageOf } from "../wire/page.ts";
import { WireError } from "../wire/wire-error.ts";
import { BATCH_QUEUE, type BatchInput, batchInput, VALIDATED_STEP } from "./batch-job.ts";
import { batchOperation } from "./batch-lines.ts";
import { type BatchCounts, describeBatch } from "./describe-batch.ts";
import { writeBatchFiles } from "./run-batch.ts";
import type { LineResult } from "./run-line.ts";

export type BatchesOptions = {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly now: () => Date;
};

const request = z.object({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const WINDOW_MS = 24 * 60 * 60 * 1_000;

/** `…/batches`: make, list, look at and cancel a project's batches. */
export function batchesPart(options: BatchesOptions): (request: ApiRequest) => Promise<ApiAnswer> {
  return async (asked) => {
    const { method, path, admission } = asked;
    const [id, action, ...rest] = path.rest;
    if (rest.length > 0 || (action !== undefined && action !== "cancel")) throw noSuchAddress();
    if (id === undefined) {
      if (method === "POST") return create(asked, options);
      if (method === "GET") return list(asked, options);
      throw noSuchAddress();
    }
    const job = await options.jobs.get(id);
    if (job?.queue !== BATCH_QUEUE || job.owner !== admission.caller.projectId) throw noSuchBatch(id);
    if (action === "cancel" && method === "POST") return cancel(job, options);
    if (action === undefined && method === "GET") return { body: await described(job, options) };
    throw noSuchAddress();
  };
}

async function create(asked: ApiRequest, options: BatchesOptions): Promise<ApiAnswer> {
  const { admission, path } = asked;
  const { projectId, keyId } = admission.caller;
  const { input_file_id, endpoint, completion_window, metadata } = readBody(asked.body);
  if (batchOperation(endpoint) === undefined) {
    throw invalid("endpoint", "No batch can be made for this endpoint.");
  }
  const file = await findFile(options.store, projectId, input_file_id);
  if (file === undefined)
    throw invalid("input_file_id", `No such File object: ${input_file_id.slice(0, 100)}`);
  if (file.purpose !== "batch") throw invalid("input_file_id", "The file's purpose must be batch.");
  const input: BatchInput = {
    projectId,
    keyId,
    inputFileId: input_file_id,
    endpoint,
    completionWindow: completion_window,
    metadata: metadata ?? null,
    expiresAt: new Date(options.now().getTime() + WINDOW_MS).toISOString(),
    dataPolicy: asked.dataPolicy ?? null,
  };
  const id = `batch_${randomBytes(12).toString("hex")}`;
  const job = await options.jobs.enqueue({
    queue: BATCH_QUEUE,
    owner: projectId,
    id,
    input,
    maxAttempts: 50,
  });
  const body = await described(job, options);
  return path.shape === "openai" ? { body } : { status: 201, body };
}

function readBody(body: Buffer): z.infer<typeof request> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new WireError({ status: 400, code: "invalid_json", message: "The body is not valid JSON." });
  }
  const parsed = request.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(issue?.path.map(String).join(".") ?? "body", issue?.message ?? "The body has another form.");
}

async function list({ query, admission }: ApiRequest, options: BatchesOptions): Promise<ApiAnswer> {
  const { after, limit } = pageOf(query, { most: 100, usual: 20 });
  const found = await options.jobs.list({
    queue: BATCH_QUEUE,
    owner: admission.caller.projectId,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  });
  const data = await Promise.all(found.slice(0, limit).map((job) => described(job, options)));
  return { body: listObject(data, found.length > limit) };
}

/** What was answered until now can be had. */
async function cancel(job: Job, options: BatchesOptions): Promise<ApiAnswer> {
  if (await options.jobs.cancel(job.id)) {
    const steps = await options.jobs.steps(job.id);
    const results = [...steps].flatMap(([name, result]) =>
      name === VALIDATED_STEP ? [] : [result as unknown as LineResult],
    );
    await writeBatchFiles(options.store, job.id, batchInput.parse(job.input), results, options.now());
  }
  return { body: await described((await options.jobs.get(job.id)) ?? job, options) };
}

async function described(job: Job, { store }: BatchesOptions): Promise<ReturnType<typeof describeBatch>> {
  const { projectId } = batchInput.parse(job.input);
  const counts = await countLines(store, job.id);
  const isThere = async (id: string): Promise<boolean> =>
    (await findFile(store, projectId, id)) !== undefined;
  return describeBatch(job, counts, isThere);
}

/** Counted by how their records begin: loading a large batch's answers to count them would take seconds. */
async function countLines({ db }: Store, id: string): Promise<BatchCounts> {
  const row = await db
    .selectFrom("job_step")
    .select((select) => [
      select.fn
        .sum<number | null>(
          sql`case when name <> ${VALIDATED_STEP} and result like '{"ok":true%' then 1 else 0 end`,
        )
        .as("completed"),
      select.fn
        .sum<number | null>(
          sql`case when name <> ${VALIDATED_STEP} and result like '{"ok":false%' then 1 else 0 end`,
        )
        .as("failed"),
    ])
    .where("job_id", "=", id)
    .executeTakeFirst();
  const validated = await db
    .selectFrom("job_step")
    .select("result")
    .where("job_id", "=", id)
    .where("name", "=", VALIDATED_STEP)
    .executeTakeFirst();
  const { total } = JSON.parse(validated?.result ?? '{"total":0}') as { readonly total: number };
  return { total, completed: Number(row?.completed ?? 0), failed: Number(row?.failed ?? 0) };
}

function invalid(param: string, message: string): WireError {
  return new WireError({ status: 400, code: "invalid_value", message, param });
}

function noSuchBatch(id: string): WireError {
  return new WireError({
    status: 404,
    code: "not_found",
    message: `No such Batch object: ${id.slice(0, 100)}`,
    param: "id",
  });
}
