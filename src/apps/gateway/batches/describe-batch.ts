import type { Job } from "../../store/jobs/jobs.ts";
import { type BatchOutput, batchFileIds, batchInput } from "./batch-job.ts";
import type { BatchError } from "./batch-lines.ts";

export type BatchCounts = { readonly total: number; readonly completed: number; readonly failed: number };

/** OpenAI's batch object. Times are seconds since 1970. */
export type BatchObject = {
  readonly id: string;
  readonly object: "batch";
  readonly endpoint: string;
  readonly errors: { readonly object: "list"; readonly data: readonly BatchError[] } | null;
  readonly input_file_id: string;
  readonly completion_window: string;
  readonly status: "validating" | "failed" | "in_progress" | "completed" | "expired" | "cancelled";
  readonly output_file_id: string | null;
  readonly error_file_id: string | null;
  readonly created_at: number;
  readonly in_progress_at: number | null;
  readonly expires_at: number;
  readonly finalizing_at: number | null;
  readonly completed_at: number | null;
  readonly failed_at: number | null;
  readonly expired_at: number | null;
  readonly cancelling_at: number | null;
  readonly cancelled_at: number | null;
  readonly request_counts: BatchCounts;
  readonly metadata: Readonly<Record<string, string>> | null;
};

/** A batch as its job tells it. */
export async function describeBatch(
  job: Job,
  counts: BatchCounts,
  isThere: (fileId: string) => Promise<boolean>,
): Promise<BatchObject> {
  const input = batchInput.parse(job.input);
  const output = job.output as unknown as BatchOutput | undefined;
  const status = statusOf(job, output);
  const ids = batchFileIds(job.id);
  const seconds = (date: Date | undefined): number | null =>
    date === undefined ? null : Math.floor(date.getTime() / 1_000);
  const ended = (as: BatchObject["status"]): number | null =>
    status === as ? seconds(job.finishedAt) : null;
  const errors =
    output?.errors ?? (job.error === undefined || status !== "failed" ? [] : [jobError(job.error)]);
  return {
    id: job.id,
    object: "batch",
    endpoint: input.endpoint,
    errors: errors.length === 0 ? null : { object: "list", data: errors },
    input_file_id: input.inputFileId,
    completion_window: input.completionWindow,
    status,
    output_file_id: (await isThere(ids.output)) ? ids.output : null,
    error_file_id: (await isThere(ids.error)) ? ids.error : null,
    created_at: seconds(job.createdAt)!,
    in_progress_at: seconds(job.startedAt),
    expires_at: seconds(new Date(input.expiresAt))!,
    finalizing_at: ended("completed"),
    completed_at: ended("completed"),
    failed_at: ended("failed"),
    expired_at: ended("expired"),
    cancelling_at: ended("cancelled"),
    cancelled_at: ended("cancelled"),
    request_counts: counts,
    metadata: input.metadata,
  };
}

function statusOf({ state, startedAt }: Job, output: BatchOutput | undefined): BatchObject["status"] {
  switch (state) {
    case "waiting":
      return startedAt === undefined ? "validating" : "in_progress";
    case "running":
      return "in_progress";
    case "done":
      return output?.status ?? "completed";
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
    default:
      return state satisfies never;
  }
}

function jobError(message: string): BatchError {
  return { code: "batch_failed", line: null, message, param: null };
}
