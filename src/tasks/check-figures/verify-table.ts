import type { Database } from "../../data/index.ts";
import { QueryError } from "../../errors.ts";
import { bookmarkedText, paragraphText, type WordDocument } from "../../files/index.ts";
import { formatValue } from "../ask/compose-answer.ts";
import type { RecordedTable } from "../write/figures/figure-record.ts";
import { namedCells, shownTexts } from "../write/figures/source-cells.ts";
import type { HashedFile, RecordedFinding } from "./recorded-finding.ts";

/** What is said of a recorded table whatever became of it. */
export function tableBase(
  document: WordDocument,
  table: RecordedTable,
): Omit<RecordedFinding, "state" | "isSameFile"> {
  const found = bookmarkedText(document, table.bookmark);
  return {
    kind: "table",
    bookmark: table.bookmark,
    written: (table.rows[0] ?? []).join(" | "),
    ...(found !== undefined && {
      sentence: found.paragraph === undefined ? "" : paragraphText(found.paragraph),
      paragraph: found.paragraph?.id ?? "",
    }),
    workbook: table.workbook,
    cells: [table.range],
    ...(table.query !== undefined && { query: table.query }),
  };
}

/** Compares a recorded table row by row with what it would be now. */
export async function verifyTable(
  document: WordDocument,
  table: RecordedTable,
  file: HashedFile,
  database: Database,
): Promise<RecordedFinding> {
  const base = { ...tableBase(document, table), isSameFile: file.sha256 === table.sha256 };
  const now =
    table.query === undefined ? await rangeNow(table, file) : await resultNow(table.query, database);
  if (now === undefined) return { ...base, state: "unreadable" };
  // The header may have been shortened; it says no numbers.
  const [, ...written] = table.rows;
  const current = now.slice(-Math.max(written.length, now.length - 1));
  const differing = Array.from(
    { length: Math.max(written.length, current.length) },
    (_, index) => index,
  ).filter((index) => !isSameRow(written[index], current[index]));
  const [first] = differing;
  if (first === undefined) return { ...base, state: "holds" };
  const line = (row: readonly string[] | undefined): string =>
    row === undefined ? "(no such row)" : row.join(" | ");
  return {
    ...base,
    state: "no-longer-holds",
    written: differing.map((index) => line(written[index])).join("\n"),
    now: differing.map((index) => line(current[index])).join("\n"),
  };
}

async function rangeNow(
  { range }: RecordedTable,
  file: HashedFile,
): Promise<readonly (readonly string[])[] | undefined> {
  const named = await namedCells({ ...file, tables: [] }, range);
  if (named === undefined || typeof named === "string") return undefined;
  const texts = shownTexts(named);
  return [texts[0] ?? [], ...texts.slice(1).filter((row) => row.some((text) => text !== ""))];
}

async function resultNow(
  query: string,
  database: Database,
): Promise<readonly (readonly string[])[] | undefined> {
  try {
    const { columns, rows } = await database.query(query);
    return [
      columns.map(({ name }) => name),
      ...rows.map((row) => row.map((value, index) => formatValue(value, columns[index]!))),
    ];
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

/** Numbers are compared by their digits: units and decimals were set for the document. */
function isSameRow(one: readonly string[] | undefined, two: readonly string[] | undefined): boolean {
  if (one === undefined || two === undefined || one.length !== two.length) return false;
  return one.every(
    (text, index) =>
      text === two[index] || (numberOf(text) !== undefined && numberOf(text) === numberOf(two[index]!)),
  );
}

function numberOf(text: string): number | undefined {
  const digits = text.replace(/[^\d.\-−]/gu, "").replace("−", "-");
  return digits === "" || !/\d/.test(digits) ? undefined : Number(digits);
}
