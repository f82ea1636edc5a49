import { z } from "zod";
import { openDatabase } from "../../data/index.ts";
import type { SourceFile } from "../ask/load-tables.ts";
import { loadTablesInto } from "../ask/load-tables-into.ts";
import type { Task, TaskContext } from "../task.ts";
import { checkParagraphs } from "./check-paragraphs.ts";
import { createEvaluator } from "./match/evaluate.ts";
import { readParagraphs } from "./read-paragraphs.ts";
import type { RecordedFinding } from "./recorded-finding.ts";
import { type SuggestedChanges, suggestChanges } from "./suggest-changes.ts";
import type { Finding } from "./types.ts";
import { verifyFigures } from "./verify-figures.ts";

export type CheckFiguresInput = {
  /** A Word, PowerPoint, Markdown or text file. */
  readonly file: SourceFile;
  readonly workbooks: readonly SourceFile[];
  /** Suggests the right number as a tracked change, besides the comment. Defaults to false. */
  readonly fix?: boolean | undefined;
  /** Also comments on figures that the workbooks say nothing of. Defaults to false. */
  readonly unsupported?: boolean | undefined;
  readonly author?: string | undefined;
};

export type CheckFiguresOutput = {
  readonly findings: readonly Finding[];
  /** Figures and tables that Tandem wrote, computed again. */
  readonly recorded: readonly RecordedFinding[];
  readonly notes: readonly string[];
  /** The Word file with comments; absent where there is nothing to say, and for other files. */
  readonly changed?: SuggestedChanges;
};

const source = z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) });

const input: z.ZodType<CheckFiguresInput> = z.strictObject({
  file: source.describe("A Word, PowerPoint, Markdown or text file"),
  workbooks: z.array(source).min(1).describe("Workbooks and text tables to check against"),
  fix: z.boolean().optional().describe("Suggest the right number as a tracked change"),
  unsupported: z.boolean().optional().describe("Also comment on figures that the workbooks say nothing of"),
  author: z.string().min(1).optional().describe("Name on comments and changes"),
});

/** Compares every figure of a text with what workbooks compute to; the words decide what is compared, code decides the verdict. */
export const checkFiguresTask: Task<CheckFiguresInput, CheckFiguresOutput> = {
  name: "check-figures",
  summary: "Check the figures of a text against workbooks",
  input,
  run: runCheckFigures,
};

async function runCheckFigures(
  request: CheckFiguresInput,
  context: TaskContext,
): Promise<CheckFiguresOutput> {
  const { file, workbooks, fix = false, unsupported = false, author = "Tandem" } = request;
  const { signal } = context;
  const text = await readParagraphs(file);
  context.emit({ kind: "step-started", step: "reading the workbooks" });
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  const { tables, loaded, notes } = await loadTablesInto(database, workbooks, {
    isProfiled: true,
    kept,
    ...(signal && { signal }),
  });
  context.emit({ kind: "step-started", step: "comparing the figures" });
  const evaluator = createEvaluator(database, loaded, signal);
  const findings = await checkParagraphs(text.paragraphs, tables, evaluator, signal);
  const recorded = text.document === undefined ? [] : await verifyFigures(text.document, workbooks, context);
  const changed =
    text.document === undefined
      ? undefined
      : suggestChanges(text.document, findings, { fix, unsupported, author, date: context.now });
  return { findings, recorded, notes: [...text.notes, ...notes], ...(changed && { changed }) };
}
