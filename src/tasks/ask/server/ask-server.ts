import type { QueryResult } from "../../../data/index.ts";
import { openServer } from "../../../data/servers/open-server.ts";
import type { Server } from "../../../data/servers/server.ts";
import { readServerAddress } from "../../../data/servers/server-address.ts";
import { BadRequestError, QueryError } from "../../../errors.ts";
import type { FoundTable } from "../../../files/tables/read-tables.ts";
import type { TaskContext } from "../../task.ts";
import { composeAnswer, type ResultTable } from "../compose-answer.ts";
import { describeCalculation } from "../describe-plan.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { PlanSource } from "../dialects/plan-source.ts";
import { calculationLabels, writeCalculation } from "../dialects/write-calculation.ts";
import type { Calculation } from "../plan.ts";
import { planQuestion } from "../plan-question.ts";
import type { TableSummary } from "../summarise-tables.ts";
import type { AskInput, AskOutput } from "../task.ts";
import { wholeTable } from "../whole-table.ts";
import { citeColumns, citeTables } from "./cite-columns.ts";
import { type ProfiledTable, profileServerTable } from "./profile-server.ts";
import { type AskedTable, askedTables, dialectOf, serverSource } from "./server-source.ts";

const mostRows = 10_000;

type Asked = { readonly asked: AskedTable; readonly profiled: ProfiledTable; readonly source: PlanSource };

/**
 * Answers a question about tables of a server: it is read as one about a workbook is, computed by the server, and only
 * the result comes here. Throws `ServerError` where there is no way in.
 */
export async function askServer(
  { server: place, question, sql }: AskInput,
  context: TaskContext,
): Promise<AskOutput> {
  const { signal } = context;
  const address = readServerAddress(place!.url, { ...place!.environment });
  context.emit({ kind: "step-started", step: "connecting" });
  await using server = await openServer(address, signal === undefined ? {} : { signal });
  const dialect = dialectOf(server);
  const tables = askedTables(server.tables, dialect);
  for (const { name, columns } of tables)
    if (columns.length === 0)
      throw new BadRequestError(`the table ${name} has no column that can be asked about`);
  if (sql !== undefined) return await answerSql(sql, server, tables, signal);
  const known: Asked[] = [];
  for (const asked of tables) {
    context.emit({ kind: "step-started", step: `looking at ${asked.name}` });
    const profiled = await profileServerTable(asked, server, dialect, signal);
    known.push({ asked, profiled, source: serverSource(asked, profiled.table, dialect, mostRows + 1) });
  }
  context.emit({ kind: "step-started", step: "computing" });
  return await answerQuestion(question, known, { server, dialect, context });
}

type Asking = { readonly server: Server; readonly dialect: Dialect; readonly context: TaskContext };

async function answerQuestion(
  question: string | undefined,
  known: readonly Asked[],
  { server, dialect, context }: Asking,
): Promise<AskOutput> {
  const sourceOf = (name: string): PlanSource => {
    const found = known.find(({ asked }) => asked.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RangeError(`there is no table ${name}`);
    return found.source;
  };
  const planned = await planQuestion({
    question,
    tables: known.map(({ asked, profiled }) => foundTable(profiled, asked)),
    context,
    run: (query) =>
      server.query(query, {
        maxRows: mostRows,
        isBounded: true,
        ...(context.signal && { signal: context.signal }),
      }),
    sqlOf: (calculation) => writeChecked(calculation, dialect, sourceOf),
  });
  const tables = known.map(({ asked, profiled }) => summary(asked, server.place, profiled));
  const notes = [
    ...known.flatMap(({ profiled }) => profiled.notes),
    ...known.flatMap(({ asked }) => leftOut(asked)),
  ];
  // Free SQL is DuckDB's; a server is asked by plans alone.
  if (planned.status === "written") throw new TypeError("a server was asked in another engine's SQL");
  if (planned.status !== "planned")
    return {
      ...nothing,
      status: planned.status,
      answer: planned.reason,
      suggestions: planned.suggestions,
      tables,
      notes,
    };
  const { query, calculation, assumptions, engine } = planned;
  const labels = calculationLabels(calculation, sourceOf);
  const columns = planned.result.columns.map((column, index) => ({
    ...column,
    name: labels[index] ?? column.name,
  }));
  return {
    ...answered(
      { ...planned.result, columns },
      citeColumns(
        calculation,
        known.map(({ asked }) => asked),
      ),
    ),
    query,
    calculation,
    computes: describeCalculation(calculation),
    assumptions,
    engine,
    tables,
    notes,
  };
}

/** What a server can't compute is a failed query, with the reason. */
function writeChecked(
  calculation: Calculation,
  dialect: Dialect,
  sourceOf: (name: string) => PlanSource,
): string {
  try {
    return writeCalculation(calculation, dialect, sourceOf);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new QueryError("query-failed", error.message, { cause: error });
  }
}

const nothing: AskOutput = {
  status: "no-answer",
  answer: "",
  columns: [],
  rows: [],
  isTruncated: false,
  cells: [],
  assumptions: [],
  engine: "rules",
  suggestions: [],
  tables: [],
  notes: [],
};

function answered(result: QueryResult, cells: readonly string[]): AskOutput {
  const table: ResultTable = result;
  return {
    ...nothing,
    status: result.rows.length === 0 ? "no-answer" : "answered",
    answer: composeAnswer(table).text,
    columns: result.columns,
    // Of which rows a server made a group it doesn't say: each stands on the same columns.
    rows: result.rows.map((values) => ({ values, cells })),
    isTruncated: result.isTruncated,
    cells,
  };
}

async function answerSql(
  sql: string,
  server: Server,
  tables: readonly AskedTable[],
  signal: AbortSignal | undefined,
): Promise<AskOutput> {
  const known = {
    query: sql,
    engine: "sql",
    tables: tables.map((each) => summary(each, server.place)),
    notes: ["the server ran this query as it stands, on a connection that it holds read-only"],
  };
  try {
    const result = await server.query(sql, { maxRows: mostRows, ...(signal && { signal }) });
    return { ...answered(result, citeTables(tables)), ...known };
  } catch (error) {
    if (!(error instanceof QueryError) || error.code !== "query-refused") throw error;
    const hint = error.hint === undefined ? "" : ` ${error.hint}`;
    return { ...nothing, ...known, status: "refused", answer: `${error.message}.${hint}`, notes: [] };
  }
}

function foundTable({ table, rowCount }: ProfiledTable, asked: AskedTable): FoundTable {
  const range = {
    firstRow: 1,
    lastRow: Math.max(1, rowCount),
    firstColumn: 0,
    lastColumn: asked.columns.length - 1,
  };
  return wholeTable(table, range, "a table of a server is one table");
}

function summary(asked: AskedTable, place: string, profiled?: ProfiledTable): TableSummary {
  const { from, columns, table } = asked;
  return {
    name: from,
    place: `${place} ${table.schema}.${table.name}`,
    rowCount: profiled?.rowCount ?? table.estimatedRows ?? 0,
    confidence: 1,
    reasons: [
      profiled?.isEstimate === false
        ? "a table of a server is one table"
        : "a table of a server; its rows are the server's own estimate",
    ],
    columns: columns.map(({ name, column }) => ({
      name: column.name,
      type: column.serverType,
      header: name,
      exceptions: 0,
    })),
  };
}

function leftOut({ name, others }: AskedTable): string[] {
  return others.length === 0
    ? []
    : [`${name}: ${others.join(", ")} can't be asked about, only by a query of your own`];
}
