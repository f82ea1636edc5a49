import type { DuckDBDataChunk, DuckDBListVector, DuckDBPreparedStatement } from "@duckdb/node-api";
import { QueryError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import type { EngineNeeds, EngineRequest, EngineResult, RowIndexes, Trace } from "../messages.ts";
import { admissionHint, checkStatements } from "./check-statement.ts";
import { checkText } from "./check-text.ts";
import { columnsRead } from "./columns-read.ts";
import { compensateSums } from "./compensate-sums.ts";
import { missingColumns, unfilledTables } from "./missing-columns.ts";
import { toJson } from "./read-values.ts";
import { lockSession, type Session } from "./session.ts";
import { parseSql, printSql, type Tree, treeKey } from "./syntax-tree.ts";
import { readsByColumn, rowRanges, type TracedStatement, traceOf, traceStatement } from "./trace-rows.ts";

type QueryMessage = Extract<EngineRequest, { kind: "query" }>;
type Rows = { readonly rows: Json[][]; readonly traces: RowIndexes[][]; readonly isTruncated: boolean };
/** A statement that the engine has prepared, and what was done to it first. */
type Ready = {
  readonly prepared: DuckDBPreparedStatement;
  /** As the query was written; undefined where it only runs rewritten. */
  readonly names: readonly string[] | undefined;
  readonly isCompensated: boolean;
  readonly traced: TracedStatement | undefined;
};

/** What can be made of an admitted statement. */
type Forms = {
  readonly statement: Tree;
  readonly exact: Tree;
  readonly isCompensated: boolean;
  readonly tracing: TracedStatement | { readonly reason: string } | undefined;
};

/** A result beyond this many characters of JSON is refused: it would not be read by anybody. */
const MOST_CHARACTERS = 20_000_000;
/** DuckDB's number for SELECT among its statement types. */
const SELECT_STATEMENT = 1;

/**
 * Checks a query, makes its sums exact, runs it and returns its first rows; all in this process. Where its tables lack
 * columns that it may read, says which.
 */
export async function runQuery(session: Session, message: QueryMessage): Promise<EngineResult | EngineNeeds> {
  await lockSession(session);
  const statement = await admit(session, message.sql);
  const missing = missingColumns(statement, session.tables);
  if (missing.length > 0) return { kind: "needs", tables: missing };
  const { statement: exact, isCompensated } = await compensateSums(session, statement);
  const tracing = message.provenance ? traceStatement(exact, session.tables) : undefined;
  let ready: Ready;
  try {
    ready = await prepareBest(session, message.sql, { statement, exact, isCompensated, tracing });
  } catch (error) {
    const unfilled = isUnknownName(error) ? unfilledTables(statement, session.tables) : [];
    if (unfilled.length === 0) throw error;
    return { kind: "needs", tables: unfilled };
  }
  try {
    const width = ready.prepared.columnCount - (ready.traced?.tables.length ?? 0);
    const columns = Array.from({ length: width }, (_, index) => ({
      name: ready.names?.[index] ?? ready.prepared.columnName(index),
      type: ready.prepared.columnType(index).toString(),
    }));
    const { rows, traces, isTruncated } = await readRows(ready, width, message.maxRows);
    const names = columns.map(({ name }) => name);
    const reason =
      tracing && "reason" in tracing ? tracing.reason : "the engine can't list the rows of this query";
    const trace: Trace = ready.traced
      ? traceOf(ready.traced, traces, readsByColumn(statement, names, session.tables))
      : { kind: "columns", reason };
    const reads = columnsRead(statement, statement, session.tables);
    const result = { columns, rows, isTruncated, isCompensated: ready.isCompensated, reads };
    return { kind: "result", ...result, ...(message.provenance ? { trace } : {}) };
  } finally {
    ready.prepared.destroySync();
  }
}

/** True for what DuckDB says about names that mean nothing to it. */
const isUnknownName = (error: unknown): boolean =>
  error instanceof Error && /"Binder"|^Binder Error/.test(error.message);

/** The statement of a text that may run; anything else is refused, with what would be admitted as the hint. */
async function admit(session: Session, sql: string): Promise<Tree> {
  try {
    checkText(sql);
    return checkStatements(await parseSql(session, sql), session.tables);
  } catch (error) {
    if (!(error instanceof QueryError) || error.code !== "query-refused" || error.hint) throw error;
    throw new QueryError(error.code, error.message, { hint: admissionHint(session.tables) });
  }
}

/** The most rewritten form that the engine takes: traced and exact, exact, or the text as it was written. */
async function prepareBest(
  session: Session,
  sql: string,
  { statement, exact, isCompensated, tracing }: Forms,
): Promise<Ready> {
  const traced = tracing && "statement" in tracing ? tracing : undefined;
  const written = await prepareText(session, sql);
  const names = written instanceof Error ? undefined : columnNames(written);
  const forms = [traced?.statement, exact].filter((tree) => tree !== undefined && tree !== statement);
  for (const tree of forms) {
    const prepared = await prepareTree(session, tree as Tree);
    if (!prepared) continue;
    if (!(written instanceof Error)) written.destroySync();
    const isTraced = tree === traced?.statement;
    return { prepared, names, isCompensated, traced: isTraced ? traced : undefined };
  }
  if (written instanceof Error) throw written;
  return { prepared: written, names, isCompensated: isCompensated && exact === statement, traced: undefined };
}

/** The query as it was written, which says what its columns are called and, in its own words, what is wrong. */
async function prepareText(session: Session, sql: string): Promise<DuckDBPreparedStatement | Error> {
  try {
    const prepared = await session.connection.prepare(sql);
    if ((prepared.statementType as number) === SELECT_STATEMENT) return prepared;
    return new QueryError("query-refused", "the query is not a SELECT");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const columnNames = (prepared: DuckDBPreparedStatement): string[] =>
  Array.from({ length: prepared.columnCount }, (_, index) => prepared.columnName(index));

/** Prepares a tree by way of its text; undefined where the text does not mean that tree, or can't be prepared. */
async function prepareTree(session: Session, statement: Tree): Promise<DuckDBPreparedStatement | undefined> {
  try {
    const sql = await printSql(session, statement);
    const [back] = await parseSql(session, sql);
    if (!back || treeKey(back) !== treeKey(statement)) return undefined;
    return await session.connection.prepare(sql);
  } catch {
    // Whatever is wrong is said about the query as it was written.
    return undefined;
  }
}

async function readRows({ prepared, traced }: Ready, width: number, maxRows: number): Promise<Rows> {
  const result = await prepared.stream();
  const rows: Json[][] = [];
  const traces: RowIndexes[][] = [];
  let characters = 0;
  while (true) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return { rows, traces, isTruncated: false };
    for (let row = 0; row < chunk.rowCount; row++) {
      if (rows.length === maxRows) return { rows, traces, isTruncated: true };
      const values = readRow(chunk, row, width);
      characters += lengthOf(values);
      if (characters > MOST_CHARACTERS) {
        throw new QueryError("query-failed", "the result is too large", {
          hint: "select fewer rows or columns",
        });
      }
      rows.push(values);
      if (traced)
        traces.push(traced.tables.map((_, index) => readTrace(chunk, row, width + index, traced.isGrouped)));
    }
  }
}

const readRow = (chunk: DuckDBDataChunk, row: number, width: number): Json[] =>
  Array.from({ length: width }, (_, column) => toJson(chunk.getColumnVector(column).getItem(row)));

/** Characters of the row as JSON, roughly; texts are what makes results large. */
const lengthOf = (values: readonly Json[]): number =>
  values.reduce<number>((sum, value) => {
    if (typeof value === "string") return sum + value.length;
    return sum + (typeof value === "object" && value !== null ? JSON.stringify(value).length : 8);
  }, 0);

/** The rows in a hidden column: one, or a list of which those missing from an outer join are null. */
function readTrace(chunk: DuckDBDataChunk, row: number, column: number, isGrouped: boolean): RowIndexes {
  const vector = chunk.getColumnVector(column);
  if (!isGrouped) {
    const index = vector.getItem(row);
    return rowRanges(Int32Array.from(typeof index === "number" ? [index] : []));
  }
  const list = (vector as DuckDBListVector).getItemVector(row);
  if (!list) return rowRanges(new Int32Array());
  const { items, validity } = list as unknown as {
    readonly items: Int32Array;
    readonly validity: { readonly data: unknown };
  };
  if (!validity.data) return rowRanges(items);
  return rowRanges(Int32Array.from(list.toArray().filter((index) => typeof index === "number")));
}
