import { type Database, openDatabase } from "../../data/index.ts";
import { QueryError, TandemError } from "../../errors.ts";
import { bookmarkedText, cellValue, paragraphText, type WordDocument } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import { formatValue } from "../ask/compose-answer.ts";
import type { SourceFile } from "../ask/load-tables.ts";
import { loadTablesInto } from "../ask/load-tables-into.ts";
import { splitSentences } from "../edit/split-sentences.ts";
import { sha256 } from "../sha256.ts";
import type { TaskContext } from "../task.ts";
import {
  type RecordedFigure,
  type RecordedTable,
  readFigureRecords,
} from "../write/figures/figure-record.ts";
import { namedCells, shownText } from "../write/figures/source-cells.ts";
import { writeLike } from "./match/write-like.ts";
import { readSentences } from "./read/read-sentence.ts";
import type { HashedFile, RecordedFinding, RecordedState } from "./recorded-finding.ts";
import { tableBase, verifyTable } from "./verify-table.ts";

/**
 * Computes every figure and table that Tandem wrote into a document again on these workbooks, and compares with what stands
 * in the document now. HashedFiles are known by their names.
 */
export async function verifyFigures(
  document: WordDocument,
  workbooks: readonly SourceFile[],
  { signal }: Pick<TaskContext, "signal">,
): Promise<RecordedFinding[]> {
  const records = readFigureRecords(document);
  if (records.every(({ figures, tables }) => figures.length + tables.length === 0)) return [];
  const hashed = await Promise.all(
    workbooks.map(async (file): Promise<HashedFile> => ({ ...file, sha256: await sha256(file.bytes) })),
  );
  const findings: RecordedFinding[] = [];
  for (const workbook of new Set(
    records.flatMap((record) => [...record.figures, ...record.tables].map((each) => each.workbook)),
  )) {
    const file = hashed.find(({ name }) => name.toLowerCase() === workbook.toLowerCase());
    const own = <Entry extends { readonly workbook: string }>(list: readonly Entry[]): Entry[] =>
      list.filter((each) => each.workbook === workbook);
    const figures = records.flatMap((record) => own(record.figures));
    const tables = records.flatMap((record) => own(record.tables));
    findings.push(...(await verifyWorkbook(document, file, { figures, tables }, signal)));
  }
  return findings;
}

type Recorded = { readonly figures: readonly RecordedFigure[]; readonly tables: readonly RecordedTable[] };

async function verifyWorkbook(
  document: WordDocument,
  file: HashedFile | undefined,
  { figures, tables }: Recorded,
  signal: AbortSignal | undefined,
): Promise<RecordedFinding[]> {
  if (file === undefined)
    return [
      ...figures.map((figure) => figureFinding(document, figure, undefined, "workbook-missing")),
      ...tables.map((table) => ({
        ...tableBase(document, table),
        state: "workbook-missing" as const,
        isSameFile: false,
      })),
    ];
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  await loadTablesInto(database, [file], { isProfiled: false, kept, ...(signal && { signal }) });
  const findings: RecordedFinding[] = [];
  for (const figure of figures) findings.push(await verifyFigure(document, figure, file, database));
  for (const table of tables) findings.push(await verifyTable(document, table, file, database));
  return findings;
}

async function verifyFigure(
  document: WordDocument,
  figure: RecordedFigure,
  file: HashedFile,
  database: Database,
): Promise<RecordedFinding> {
  const now = await computeFigure(figure, file, database);
  if (now === undefined) return figureFinding(document, figure, file, "unreadable");
  if (!isSame(now.value, figure.value))
    return { ...figureFinding(document, figure, file, "no-longer-holds"), now: now.text };
  return figureFinding(document, figure, file, "holds");
}

function figureFinding(
  document: WordDocument,
  figure: RecordedFigure,
  file: HashedFile | undefined,
  state: RecordedState,
): RecordedFinding {
  const found = bookmarkedText(document, figure.bookmark);
  const isEdited = found !== undefined && !isSameText(found.text, figure.text);
  const paragraph = found?.paragraph;
  const whole = paragraph === undefined ? "" : paragraphText(paragraph);
  const sentence = found === undefined ? undefined : sentenceAt(whole, found.start);
  return {
    kind: "figure",
    bookmark: figure.bookmark,
    // A person's words are no longer ours to vouch for.
    state: found === undefined ? "removed" : isEdited ? "edited" : state,
    name: figure.name,
    written: figure.text,
    ...(isEdited && { text: found.text }),
    ...(sentence !== undefined && { sentence }),
    ...(paragraph !== undefined && { paragraph: paragraph.id }),
    workbook: figure.workbook,
    cells: figure.cells,
    ...(figure.query !== undefined && { query: figure.query }),
    isSameFile: file?.sha256 === figure.sha256,
  };
}

function sentenceAt(text: string, at: number): string | undefined {
  let end = 0;
  for (const { before, text: sentence, after } of splitSentences(text)) {
    end += before.length + sentence.length + after.length;
    if (at < end) return sentence;
  }
  return text === "" ? undefined : text;
}

function isSameText(one: string, two: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/gu, " ").trim();
  return plain(one) === plain(two);
}

function isSame(one: number | string, two: number | string): boolean {
  if (typeof one === "string" || typeof two === "string") return String(one) === String(two);
  return Math.abs(one - two) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(two));
}

type Value = { readonly value: number | string; readonly text: string };

async function computeFigure(
  figure: RecordedFigure,
  file: HashedFile,
  database: Database,
): Promise<Value | undefined> {
  return figure.query === undefined ? cellNow(figure, file) : queryNow(figure, figure.query, database);
}

async function cellNow({ cells: [cell = ""] }: RecordedFigure, file: HashedFile): Promise<Value | undefined> {
  const named = await namedCells({ ...file, tables: [] }, cell);
  if (named === undefined || typeof named === "string") return undefined;
  const { firstRow, firstColumn } = named.range;
  const value = cellValue(named.cells, firstRow, firstColumn);
  if (value === undefined) return undefined;
  const plain =
    typeof value === "object"
      ? value.kind === "error"
        ? value.code
        : value.text
      : typeof value === "boolean"
        ? String(value)
        : value;
  return { value: plain, text: shownText(named, firstRow, firstColumn) };
}

async function queryNow(
  { value, text }: RecordedFigure,
  query: string,
  database: Database,
): Promise<Value | undefined> {
  const rows = await rowsOf(query, database);
  const fitting = (rows?.[0] ?? []).filter((each) => typeof each === typeof value);
  const [now] = fitting;
  if (rows?.length !== 1 || (typeof now !== "number" && typeof now !== "string")) return undefined;
  return { value: now, text: typeof now === "number" ? textLike(text, now) : now };
}

async function rowsOf(query: string, database: Database): Promise<readonly (readonly Json[])[] | undefined> {
  try {
    return (await database.query(query)).rows;
  } catch (error) {
    // A column that is gone or a query that was tampered with computes nothing.
    if (error instanceof QueryError || error instanceof TandemError) return undefined;
    throw error;
  }
}

/** A new value in the form of the old text: its unit, marks and decimals. */
function textLike(text: string, value: number): string {
  const pieces = readSentences(text, "en").flatMap((sentence) => sentence.pieces);
  const figure = pieces.flatMap((piece) => (piece.kind === "figure" ? [piece.figure] : []))[0];
  if (figure?.digits === undefined) return String(value);
  const { start, end } = figure.digits;
  const shown =
    figure.form === "percent" && Math.abs(value) <= 1 && Math.abs(figure.value) > 1 ? value * 100 : value;
  const sign = shown < 0 && !/[-−]/u.test(text) ? "-" : "";
  const now = `${sign}${text.slice(0, start)}${writeLike(figure, shown)}${text.slice(end)}`;
  return now === text ? formatValue(value, { type: "DOUBLE" }) : now;
}
