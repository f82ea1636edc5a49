import { z } from "zod";
import { openDatabase } from "../../data/index.ts";
import type { SourceFile } from "../ask/load-tables.ts";
import { loadTablesInto } from "../ask/load-tables-into.ts";
import { summariseTables, type TableSummary } from "../ask/summarise-tables.ts";
import type { Task, TaskContext } from "../task.ts";
import { findInsights } from "./find-insights.ts";
import type { Finding, InsightChart } from "./types.ts";

export type InsightsInput = {
  readonly files: readonly SourceFile[];
  /** The only cells to read: `Sheet1!A4:F120`. */
  readonly range?: string | undefined;
};

export type InsightsOutput = {
  /** Best first. */
  readonly findings: readonly Finding[];
  /** How many tests were made; p-values are adjusted for them. */
  readonly tests: number;
  /** Charts of the main measures, for a page with few findings. */
  readonly overviews: readonly InsightChart[];
  readonly tables: readonly TableSummary[];
  readonly notes: readonly string[];
};

const input: z.ZodType<InsightsInput> = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }))
    .min(1)
    .describe("Workbooks and text files"),
  range: z.string().trim().min(1).optional().describe("The only cells to read, such as Sheet1!A4:F120"),
});

/** Says what stands out in workbooks and what is wrong with their data: computed, tested and ranked, without a model. */
export const insightsTask: Task<InsightsInput, InsightsOutput> = {
  name: "insights",
  summary: "Find what stands out in a workbook and what is wrong with its data",
  input,
  run: runInsights,
};

async function runInsights(
  { files, range }: InsightsInput,
  { emit, signal }: TaskContext,
): Promise<InsightsOutput> {
  emit({ kind: "step-started", step: "reading the tables" });
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  const { tables, loaded, notes } = await loadTablesInto(database, files, {
    isProfiled: true,
    kept,
    ...(range !== undefined && { range }),
    ...(signal !== undefined && { signal }),
  });
  emit({ kind: "step-started", step: "looking for findings" });
  const found = await findInsights({
    tables,
    loaded,
    run: (query) => database.query(query, { ...(signal !== undefined && { signal }) }),
    signal,
  });
  return { ...found, tables: summariseTables(tables, loaded), notes: [...notes, ...found.notes] };
}
