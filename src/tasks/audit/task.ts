import { z } from "zod";
import type { Task } from "../task.ts";
import { auditWorkbook, type WorkbookAudit } from "./audit-workbook.ts";
import { type CommentedWorkbook, writeComments } from "./write-comments.ts";

export type AuditInput = {
  readonly workbook: { readonly name: string; readonly bytes: Uint8Array };
  /** Also gives back a copy of the workbook with a comment for each finding. */
  readonly comments?: { readonly author: string } | undefined;
  /** Program of the engine that computes formulas a second time; without it stored results aren't compared. */
  readonly formulaEngine?: Uint8Array<ArrayBuffer> | undefined;
};

export type AuditOutput = WorkbookAudit & {
  /** The commented copy, where it was asked for. */
  readonly written?: CommentedWorkbook;
};

const input: z.ZodType<AuditInput> = z.strictObject({
  workbook: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }).describe("The workbook"),
  comments: z
    .strictObject({ author: z.string().min(1) })
    .optional()
    .describe("Put a comment on each finding's cell"),
  formulaEngine: z.instanceof(Uint8Array<ArrayBuffer>).optional(),
});

/** Looks for what is broken in a workbook, by code alone. */
export const auditTask: Task<AuditInput, AuditOutput> = {
  name: "audit",
  summary: "Find what is broken in a workbook: formulas, totals, references, units, numbers as text",
  input,
  run: async ({ workbook, comments, formulaEngine }, { signal, now, emit }) => {
    emit({ kind: "step-started", step: "looking at the formulas" });
    const audit = await auditWorkbook(workbook.bytes, {
      ...(formulaEngine !== undefined && { engine: formulaEngine }),
      ...(signal !== undefined && { signal }),
    });
    if (comments === undefined) return audit;
    const { author } = comments;
    return { ...audit, written: writeComments(workbook.bytes, audit.findings, { author, date: now }) };
  },
};
