import type { Json } from "../../../json.ts";
import type { JobClaim, Jobs } from "../../store/jobs/jobs.ts";
import type { Store } from "../../store/open-store.ts";
import { addFile, fileContent, findFile } from "../files/file-shelf.ts";
import type { Gateway } from "../gateway.ts";
import { type BatchInput, type BatchOutput, batchFileIds, batchInput, VALIDATED_STEP } from "./batch-job.ts";
import { type BatchLine, batchOperation, readBatchLines } from "./batch-lines.ts";
import { type LineResult, runLine } from "./run-line.ts";

export type RunBatchOptions = {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly gateway: Gateway;
  readonly now: () => Date;
  /** Lines at a time. Defaults to 8. */
  readonly concurrency?: number;
};

/**
 * Runs a batch, or goes on with one whose worker died: lines that are recorded are not called again. Its files are written
 * when every line has an answer, or when its time is over.
 */
export async function runBatch(
  claim: JobClaim,
  signal: AbortSignal,
  options: RunBatchOptions,
): Promise<BatchOutput> {
  const { store, jobs, now } = options;
  const input = batchInput.parse(claim.input);
  const { lines, errors } = await readInput(store, input);
  await jobs.checkpoint(claim, VALIDATED_STEP, { total: lines.length, errors: [...errors] });
  if (errors.length > 0) return { status: "failed", errors };
  const end = new Date(input.expiresAt).getTime();
  const results = new Map<number, LineResult>();
  for (const line of lines) {
    const known = claim.steps.get(stepOf(line));
    if (known !== undefined) results.set(line.number, known as unknown as LineResult);
  }
  const waiting = lines.filter(({ number }) => !results.has(number));
  await inParallel(waiting, options.concurrency ?? 8, async (line) => {
    if (now().getTime() >= end) return;
    const done = await runLine(line, lineOptions(claim, input, signal, options));
    const kept = await jobs.checkpoint(claim, stepOf(line), done as unknown as Json);
    results.set(line.number, kept as unknown as LineResult);
  });
  signal.throwIfAborted();
  await writeBatchFiles(
    store,
    claim.id,
    input,
    [...results].sort(([a], [b]) => a - b).map(([, each]) => each),
    now(),
  );
  return { status: results.size === lines.length ? "completed" : "expired", errors: [] };
}

const stepOf = ({ number }: BatchLine): string => `line ${number}`;

function lineOptions(
  claim: JobClaim,
  { endpoint, keyId, dataPolicy }: BatchInput,
  signal: AbortSignal,
  { gateway }: RunBatchOptions,
): Parameters<typeof runLine>[1] {
  const operation = batchOperation(endpoint)!;
  return { gateway, batch: claim.id, keyId, operation, signal, ...(dataPolicy && { dataPolicy }) };
}

async function readInput(
  store: Store,
  { projectId, inputFileId, endpoint }: BatchInput,
): Promise<ReturnType<typeof readBatchLines>> {
  if ((await findFile(store, projectId, inputFileId)) === undefined) {
    const message = "The input file is gone.";
    return { lines: [], errors: [{ code: "missing_file", line: null, message, param: "input_file_id" }] };
  }
  const pieces: Buffer[] = [];
  for await (const piece of fileContent(store, inputFileId)) pieces.push(piece);
  return readBatchLines(Buffer.concat(pieces).toString("utf8"), endpoint);
}

/** Runs `work` on every item, so many at a time; the first failure ends it. */
async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const runner = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, runner));
}

/** Writes the answers into the output file and the failures into the error file; an empty one is left out. */
export async function writeBatchFiles(
  store: Store,
  id: string,
  { projectId }: Pick<BatchInput, "projectId">,
  results: readonly LineResult[],
  now: Date,
): Promise<void> {
  const ids = batchFileIds(id);
  const files = [
    [ids.output, "output", results.filter(({ ok }) => ok)],
    [ids.error, "errors", results.filter(({ ok }) => !ok)],
  ] as const;
  for (const [fileId, name, rows] of files) {
    if (rows.length === 0) continue;
    const content = Buffer.from(rows.map(({ row }) => `${JSON.stringify(row)}\n`).join(""));
    const file = { id: fileId, name: `${id}_${name}.jsonl`, projectId, purpose: "batch_output" };
    await addFile(store, { ...file, content, now });
  }
}
