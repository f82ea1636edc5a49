import { z } from "zod";
import type { DataPolicy } from "../../../models/deployments/types.ts";
import type { BatchError } from "./batch-lines.ts";

/** The queue of the jobs table that batches wait in. */
export const BATCH_QUEUE = "batch";

/** The step that says how many lines there are, or what is wrong with them. */
export const VALIDATED_STEP = "validated";

/** What a batch's job is given. */
export type BatchInput = {
  readonly projectId: string;
  readonly keyId: string;
  readonly inputFileId: string;
  readonly endpoint: string;
  readonly completionWindow: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** What the caller asked for with the batch; it holds for every line. */
  readonly dataPolicy: DataPolicy | null;
};

/** What it gives when it is over. */
export type BatchOutput = {
  readonly status: "completed" | "failed" | "expired";
  readonly errors: readonly BatchError[];
};

/** The schema of `BatchInput`. */
export const batchInput: z.ZodType<BatchInput> = z.object({
  projectId: z.string(),
  keyId: z.string(),
  inputFileId: z.string(),
  endpoint: z.string(),
  completionWindow: z.string(),
  metadata: z.record(z.string(), z.string()).nullable(),
  expiresAt: z.string(),
  dataPolicy: z.enum(["local-only", "redact", "any"]).nullable().default(null),
});

/** Ids of the files that a batch writes: always the same, so that finishing it twice writes them once. */
export function batchFileIds(id: string): { readonly output: string; readonly error: string } {
  const own = id.replace(/^batch_/, "");
  return { output: `file-${own}-output`, error: `file-${own}-errors` };
}
