import { cellValue, parseRange } from "../../../files/index.ts";
import { sheetName } from "../../ask/cite-cells.ts";
import { formatValue } from "../../ask/compose-answer.ts";
import type { TaskContext } from "../../task.ts";
import { tableTitle } from "../outline/source-title.ts";
import type { FilledTable, SourceTables, TableReference } from "../types.ts";
import { askSource } from "./ask-source.ts";
import {
  type FigureProblem,
  type NamedCells,
  namedCells,
  shownText,
  shownTexts,
  steps,
} from "./source-cells.ts";

export type FilledTables = {
  readonly tables: readonly FilledTable[];
  readonly problems: readonly FigureProblem[];
};

export type FillTablesOptions = {
  /** Number of the first table's id. Defaults to 1. */
  readonly firstNumber?: number;
};

/** More rows than anybody reads in a document. */
const mostRows = 200;
/** A title stands at most so many rows above its table, and is no longer than this. */
const [titleRows, longestTitle] = [3, 100];
/** What fits the width of a page. */
const mostColumns = 12;

/**
 * Tables that an outline names by a range (`Orders!A3:D15`), by a table's name, or by a question that is computed
 * (`total amount by region`). A range has the texts that its cells show; its first row is the header, or the table's
 * own header where the range is a whole table.
 */
export async function fillTables(
  references: readonly TableReference[],
  workbooks: readonly SourceTables[],
  context: TaskContext,
  { firstNumber = 1 }: FillTablesOptions = {},
): Promise<FilledTables> {
  const tables: FilledTable[] = [];
  const problems: FigureProblem[] = [];
  for (const reference of references) {
    context.signal?.throwIfAborted();
    const filled = await fill(reference, workbooks, context);
    if (typeof filled === "string") problems.push({ name: reference.range, reason: filled });
    else tables.push({ id: `t${firstNumber + tables.length}`, ...filled });
  }
  return { tables, problems };
}

const GROUPED = /\s(?:by|per|for each)\s/iu;

type Filled = Omit<FilledTable, "id">;

async function fill(
  { workbook: wanted, range, caption }: TableReference,
  workbooks: readonly SourceTables[],
  context: TaskContext,
): Promise<Filled | string> {
  const workbook = workbooks.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (workbook === undefined) return `there is no workbook ${wanted} among the sources`;
  const named = await namedCells(workbook, range);
  if (typeof named === "string") return named;
  const filled =
    named === undefined ? await computedTable(workbook, range, context) : rangeTable(workbook, named);
  if (typeof filled === "string") return filled;
  const problem = sizeProblem(range, filled.header, filled.rows);
  return problem ?? { ...filled, ...(caption !== undefined && { caption }) };
}

function rangeTable(workbook: SourceTables, named: NamedCells): Filled {
  const known = ownHeader(workbook, named);
  const texts = shownTexts(named);
  const header = withoutMadeNames(known?.header ?? texts[0] ?? [], texts.slice(0, known?.headerRows ?? 1));
  return {
    caption: titleAbove(named) ?? tableTitle(known?.name ?? "", header),
    workbook: workbook.name,
    sha256: workbook.sha256,
    range: named.label,
    header,
    rows: texts.slice(known?.headerRows ?? 1).filter((row) => row.some((text) => text !== "")),
    align: alignments(named, header.length),
  };
}

/** What stands alone in a row just above the range: a title that somebody gave it. */
function titleAbove(named: NamedCells): string | undefined {
  const { range } = named;
  for (let row = range.firstRow - 1; row >= Math.max(0, range.firstRow - titleRows); row--) {
    const texts = steps(0, range.lastColumn).map((column) => shownText(named, row, column));
    const filled = texts.filter((text) => text !== "");
    if (filled.length > 1) return undefined;
    const [only] = filled;
    if (only !== undefined) return /\p{L}{3}/u.test(only) && only.length <= longestTitle ? only : undefined;
  }
  return undefined;
}

/** A column that the sheet gives no name has none in the document either: `Column A` is how others refer to it. */
function withoutMadeNames(
  header: readonly string[],
  above: readonly (readonly string[])[],
): readonly string[] {
  const isBare = (column: number): boolean =>
    above.every((row) => row.length === header.length && row[column] === "");
  return header.map((name, column) => (/^Column [A-Z]{1,3}$/u.test(name) && isBare(column) ? "" : name));
}

/** The result of a question, `total amount by region`, as a table. */
async function computedTable(
  workbook: SourceTables,
  question: string,
  context: TaskContext,
): Promise<Filled | string> {
  const output = await askSource(workbook, question, context);
  if (typeof output === "string") return output;
  const { columns, rows, cells, query, isTruncated } = output;
  if (isTruncated) return `"${question}" gives too many rows; ask for fewer`;
  // A caption that promises groups must not stand over their sum.
  if (GROUPED.test(question) && columns.length < 2)
    return `"${question}" has one number as its answer; name the column to group by`;
  return {
    caption: question.charAt(0).toUpperCase() + question.slice(1),
    workbook: workbook.name,
    sha256: workbook.sha256,
    range: cells.join(", "),
    header: shortNames(columns.map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1))),
    rows: evenDecimals(
      rows.map(({ values }) => values.map((value, column) => formatValue(value, columns[column]!))),
      columns.map((_, column) => rows.every(({ values }) => typeof values[column] === "number")),
    ),
    align: columns.map((_, column) =>
      rows.every(({ values }) => values[column] === null || typeof values[column] === "number")
        ? "right"
        : "left",
    ),
    ...(query !== undefined && { query }),
  };
}

/** Columns of numbers with the same number of decimals in each row, at least two where there are any. */
function evenDecimals(
  rows: readonly (readonly string[])[],
  isNumeric: readonly boolean[],
): readonly (readonly string[])[] {
  const decimals = (text: string): number => /\d\.(\d+)(?!\d)/u.exec(text)?.[1]?.length ?? 0;
  const most = isNumeric.map((_, column) => Math.max(0, ...rows.map((row) => decimals(row[column]!))));
  return rows.map((row) =>
    row.map((text, column) => {
      const wanted = most[column] === 1 ? 2 : most[column]!;
      if (!isNumeric[column] || wanted === 0 || wanted > 2) return text;
      const missing = "0".repeat(wanted - decimals(text));
      return text.replace(
        /\d(?:[\d,]*\d)?(?:\.\d+)?/u,
        (number) => `${number}${decimals(number) === 0 ? "." : ""}${missing}`,
      );
    }),
  );
}

function sizeProblem(
  label: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string | undefined {
  if (rows.length === 0) return `${label} has no rows below its header`;
  if (rows.length > mostRows) return `${label} has ${rows.length} rows; name a part of at most ${mostRows}`;
  if (header.length > mostColumns)
    return `${label} has ${header.length} columns; name a part of at most ${mostColumns}`;
  return undefined;
}

/** The header that the source's own table has over a range that begins in it: it may have several rows. */
function ownHeader(
  { tables }: SourceTables,
  { label, range }: NamedCells,
): { readonly name: string; readonly header: readonly string[]; readonly headerRows: number } | undefined {
  for (const { name, source, columns, sheetRows } of tables) {
    const own = parseRange(source.range);
    const firstRow = sheetRows[0];
    const isThere = source.sheet === undefined || label.startsWith(`${sheetName(source.sheet)}!`);
    if (own === undefined || firstRow === undefined || !isThere) continue;
    if (range.firstRow < own.firstRow || range.firstRow >= firstRow) continue;
    const inside = columns.filter(({ column }) => column >= range.firstColumn && column <= range.lastColumn);
    if (inside.length !== range.lastColumn - range.firstColumn + 1) continue;
    return {
      name,
      header: shortNames(inside.map((column) => column.name)),
      headerRows: firstRow - range.firstRow,
    };
  }
  return undefined;
}

/** `Order / Date` under a merged header is `Date`, where no other column is. */
function shortNames(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/\s+/gu, " ").trim());
  const last = plain.map((name) => name.split(" / ").at(-1)!);
  return plain.map((name, index) =>
    last.filter((each) => each === last[index]).length === 1 ? last[index]! : name,
  );
}

/** Columns in which most cells below the header are numbers stand on the right. */
function alignments({ cells, range }: NamedCells, columns: number): readonly ("left" | "right")[] {
  return steps(range.firstColumn, range.firstColumn + columns - 1).map((column) => {
    const values = steps(range.firstRow + 1, range.lastRow).flatMap(
      (row) => cellValue(cells, row, column) ?? [],
    );
    const numbers = values.filter((value) => typeof value === "number").length;
    return numbers * 2 > values.length ? "right" : "left";
  });
}
