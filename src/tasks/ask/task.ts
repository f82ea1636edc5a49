import { z } from "zod";
import { openDatabase, type QueryResult } from "../../data/index.ts";
import { BadRequestError, QueryError } from "../../errors.ts";
import { isZip } from "../../files/opc/is-zip.ts";
import type { Json } from "../../json.ts";
import type { Finding, InsightChart } from "../insights/types.ts";
import type { Task, TaskContext } from "../task.ts";
import { citeCells, citeRow, type LoadedTable } from "./cite-cells.ts";
import { composeAnswer, type ResultTable } from "./compose-answer.ts";
import { describeCalculation } from "./describe-plan.ts";
import type { SourceFile } from "./load-tables.ts";
import { loadTablesInto } from "./load-tables-into.ts";
import type { Calculation } from "./plan.ts";
import { planQuestion } from "./plan-question.ts";
import { resultUnits } from "./result-units.ts";
import { summariseTables, type TableSummary } from "./summarise-tables.ts";
import type { ResultSheet } from "./write-result-sheet.ts";

export type AskInput = {
  /** None where a server is asked. */
  readonly files: readonly SourceFile[];
  /** A database server instead of files: its address with the tables, and what of the environment names a user. */
  readonly server?:
    | {
        readonly url: string;
        readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
      }
    | undefined;
  /** The question in words. Either this or `sql`; neither lists what can be asked. */
  readonly question?: string | undefined;
  /** A query of the person's own, under the same checks as a model's. */
  readonly sql?: string | undefined;
  /** The only cells to read: `Sheet1!A4:F120`. */
  readonly range?: string | undefined;
  /** Also gives back the workbook with a new sheet that holds the result. There must be one file, a workbook. */
  readonly sheet?:
    | { readonly author: string; readonly formulaEngine?: Uint8Array<ArrayBuffer> | undefined }
    | undefined;
};

/** One row of the result with the cells it was computed from. */
export type AskRow = { readonly values: readonly Json[]; readonly cells: readonly string[] };

export type AskOutput = {
  readonly status: "answered" | "needs-model" | "no-answer" | "refused";
  /** The answer in words, every number of it a value of the result; or why there is none. */
  readonly answer: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly unit?: string }[];
  readonly rows: readonly AskRow[];
  readonly isTruncated: boolean;
  /** The SQL that was run. */
  readonly query?: string;
  /** What the query computes, as data; absent for a query of the person's own. */
  readonly calculation?: Calculation;
  /** The same in words, to compare with the question. */
  readonly computes?: string;
  /** The cells that the answer stands on, as `Orders!D5:D16`. */
  readonly cells: readonly string[];
  /** What had to be taken for granted. */
  readonly assumptions: readonly string[];
  /** Who turned the question into a query: `rules`, `sql`, or the model's name. */
  readonly engine: string;
  /** Questions that can be answered; given where this one was not. */
  readonly suggestions: readonly string[];
  readonly tables: readonly TableSummary[];
  /** What stands out in the tables, strongest first; only where nothing was asked. */
  readonly findings?: readonly Finding[];
  /** Charts for a page of findings; given with them. */
  readonly overviews?: readonly InsightChart[];
  readonly notes: readonly string[];
  /** The workbook with the result, where it was asked for and there is one. */
  readonly written?: ResultSheet;
};

const input: z.ZodType<AskInput> = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }))
    .describe("Workbooks and text files"),
  server: z
    .strictObject({
      url: z.string().min(1),
      environment: z.record(z.string(), z.string().or(z.undefined())).optional(),
    })
    .optional()
    .describe("A database server: postgres://user@host/database?table=orders"),
  question: z.string().trim().min(1).max(2000).optional().describe("What you want to know"),
  sql: z.string().trim().min(1).max(20_000).optional().describe("A SELECT of your own"),
  range: z.string().trim().min(1).optional().describe("The only cells to read, such as Sheet1!A4:F120"),
  sheet: z
    .strictObject({
      author: z.string().min(1),
      formulaEngine: z.instanceof(Uint8Array<ArrayBuffer>).optional(),
    })
    .optional()
    .describe("Put the result into the workbook, on a new sheet"),
});

/** Answers a question about workbooks by a query that is run; the model proposes the query and supplies no number. */
export const askTask: Task<AskInput, AskOutput> = {
  name: "ask",
  summary: "Answer a question about a workbook by a computed result with its cells",
  input,
  run: runAsk,
};

async function runAsk(request: AskInput, context: TaskContext): Promise<AskOutput> {
  const { files, question, sql, range } = request;
  if ((files.length === 0) === (request.server === undefined))
    throw new BadRequestError("either files or a server are asked", { hint: "give one of them" });
  if (request.sheet !== undefined && (files.length !== 1 || !isWorkbookFile(files[0]!)))
    throw new BadRequestError("the result can be put into one workbook only", {
      hint: "ask about one .xlsx file, or leave out the output",
    });
  if (question !== undefined && sql !== undefined)
    throw new BadRequestError("a question and a query at once", { hint: "give one of them" });
  if (request.server !== undefined) {
    const { askServer } = await import("./server/ask-server.ts");
    return await askServer(request, context);
  }
  const { signal } = context;
  context.emit({ kind: "step-started", step: "reading the tables" });
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  const { tables, loaded, notes } = await loadTablesInto(database, files, {
    isProfiled: sql === undefined,
    kept,
    ...(range !== undefined && { range }),
    ...(signal !== undefined && { signal }),
    onProgress: percentSteps("reading the tables, per cent", context),
  });
  context.emit({ kind: "step-started", step: "computing" });
  const known = { tables: summariseTables(tables, loaded), notes };
  const run = (query: string): Promise<QueryResult> =>
    database.query(query, { provenance: true, ...(signal !== undefined && { signal }) });
  const finish = async (output: AskOutput): Promise<AskOutput> =>
    request.sheet === undefined || output.status !== "answered"
      ? output
      : { ...output, written: await putIntoWorkbook(request, output, loaded, context) };
  if (sql !== undefined) return await finish({ ...(await answerSql(sql, run, loaded)), ...known });
  const planned = await planQuestion({ question, tables, run, context });
  if (question === undefined && planned.status === "no-answer") {
    const { findInsights } = await import("../insights/find-insights.ts");
    const plain = (query: string): Promise<QueryResult> => database.query(query, signal && { signal });
    const insights = await findInsights({ tables, loaded, run: plain, signal });
    return { ...unanswered(planned), ...known, ...insights, notes: [...notes, ...insights.notes] };
  }
  if (planned.status !== "planned" && planned.status !== "written")
    return { ...unanswered(planned), ...known };
  return await finish({ ...answered({ ...planned, loaded }), ...known });
}

/** Says each whole per cent once. */
function percentSteps(step: string, { emit }: TaskContext): (share: number) => void {
  let said = 0;
  return (share) => {
    const done = Math.round(share * 100);
    if (done > said) emit({ kind: "step-progressed", step, done, total: 100 });
    said = Math.max(said, done);
  };
}

/** Also true for the container of encrypted and old workbooks, about which its reader has more to say. */
function isWorkbookFile({ bytes }: SourceFile): boolean {
  return isZip(bytes) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
}

async function putIntoWorkbook(
  { files, question, sql, sheet }: AskInput,
  output: AskOutput,
  loaded: readonly LoadedTable[],
  { now, signal }: TaskContext,
): Promise<ResultSheet> {
  const { columns, rows, isTruncated, calculation, computes, query = "", cells, assumptions } = output;
  // Most questions write nothing; what writing takes is not loaded for them.
  const { writeResultSheet } = await import("./write-result-sheet.ts");
  return writeResultSheet({
    workbook: files[0]!.bytes,
    result: { columns, rows: rows.map(({ values }) => values), isTruncated },
    calculation,
    tables: loaded.map(({ table }) => table),
    question: question ?? sql ?? "",
    provenance: [
      ...(computes === undefined ? [] : [`Computed: ${computes}`]),
      ...assumptions.map((each) => `Assumed: ${each}`),
      `Query: ${query.replaceAll(/\s+/g, " ")}`,
      `Cells: ${cells.slice(0, 40).join(", ")}`,
    ],
    author: sheet!.author,
    date: now,
    ...(sheet!.formulaEngine !== undefined && { formulaEngine: sheet!.formulaEngine }),
    ...(signal !== undefined && { signal }),
  });
}

type Known = "tables" | "notes";

function unanswered(reason: {
  readonly status: "needs-model" | "no-answer";
  readonly reason: string;
  readonly suggestions: readonly string[];
}): Omit<AskOutput, Known> {
  return {
    status: reason.status,
    answer: reason.reason,
    columns: [],
    rows: [],
    isTruncated: false,
    cells: [],
    assumptions: [],
    engine: "rules",
    suggestions: reason.suggestions,
  };
}

async function answerSql(
  sql: string,
  run: (query: string) => Promise<QueryResult>,
  loaded: readonly LoadedTable[],
): Promise<Omit<AskOutput, Known>> {
  try {
    const result = await run(sql);
    return answered({ query: sql, result, loaded, assumptions: [], engine: "sql" });
  } catch (error) {
    if (!(error instanceof QueryError) || error.code !== "query-refused") throw error;
    const hint = error.hint === undefined ? "" : ` ${error.hint}`;
    return {
      ...unanswered({ status: "no-answer", reason: `${error.message}.${hint}`, suggestions: [] }),
      status: "refused",
      query: sql,
      engine: "sql",
    };
  }
}

type Answered = {
  readonly query: string;
  readonly result: QueryResult;
  readonly loaded: readonly LoadedTable[];
  readonly calculation?: Calculation | undefined;
  readonly assumptions: readonly string[];
  readonly engine: string;
};

function answered({
  query,
  result,
  loaded,
  calculation,
  assumptions,
  engine,
}: Answered): Omit<AskOutput, Known> {
  const table: ResultTable = { ...result, columns: resultUnits(result, loaded, calculation) };
  const doubtful = result.isCompensated ? [] : ["a sum of long decimals may be off in its last digits"];
  return {
    status: result.rows.length === 0 ? "no-answer" : "answered",
    answer: composeAnswer(table).text,
    columns: table.columns,
    rows: result.rows.map((values, row) => ({ values, cells: citeRow(result, row, loaded) })),
    isTruncated: result.isTruncated,
    query,
    ...(calculation !== undefined && { calculation, computes: describeCalculation(calculation) }),
    cells: citeCells(result, loaded),
    assumptions: [...assumptions, ...doubtful],
    engine,
    suggestions: [],
  };
}
