import { writtenCells } from "../../../files/csv/written-cells.ts";
import {
  type CellRange,
  cellText,
  openWorkbook,
  parseRanges,
  readDelimited,
  readSheet,
  type SheetCells,
} from "../../../files/index.ts";
import { isZip } from "../../../files/opc/is-zip.ts";
import { sheetName } from "../../ask/cite-cells.ts";
import type { SourceTables } from "../types.ts";

/** Cells of a source that a person named, and how they are cited: `Orders!F4:F15`. */
export type NamedCells = {
  readonly cells: SheetCells;
  readonly range: CellRange;
  readonly label: string;
  /** Of delimited text: its fields as they are written, by row from 1 and column from 0. */
  readonly written?: readonly (readonly string[])[];
};

/** What a person named and why it could not be used, in a sentence. */
export type FigureProblem = { readonly name: string; readonly reason: string };

/**
 * The cells behind `Orders!F16`, `F4:F15` (of the first sheet) or the name of a table. A text says why there are none;
 * undefined means that `asked` names no cells at all.
 */
export async function namedCells(
  { name, bytes, tables }: SourceTables,
  asked: string,
): Promise<NamedCells | string | undefined> {
  const table = tables.find((each) => each.name.toLowerCase() === asked.trim().toLowerCase());
  const wanted = table === undefined ? asked : addressOf(table.source);
  const [first] = parseRanges(wanted);
  if (first === undefined) return undefined;
  if (!isZip(bytes)) {
    const cells = await readDelimited(bytes);
    const written = writtenCells(bytes, first.range.lastRow);
    return { cells, range: first.range, label: `${name}!${wanted.replace(/^.*!/u, "")}`, written };
  }
  const workbook = openWorkbook(bytes);
  const sheets = workbook.sheets.filter(({ kind }) => kind === "worksheet");
  const sheet =
    first.sheet === undefined
      ? sheets[0]
      : sheets.find((each) => each.name.toLowerCase() === first.sheet!.toLowerCase());
  if (sheet === undefined)
    return `${name} has no sheet "${first.sheet ?? ""}"; it has ${sheets.map((each) => each.name).join(", ")}`;
  const cells = await readSheet(workbook, sheet);
  return { cells, range: first.range, label: `${sheetName(sheet.name)}!${wanted.replace(/^.*!/u, "")}` };
}

/** What a cell shows: a workbook's by its number format, delimited text's as it is written. */
export function shownText({ cells, written }: NamedCells, row: number, column: number): string {
  return (written === undefined ? cellText(cells, row, column) : (written[row]?.[column] ?? "")).trim();
}

/** The texts of a range row by row, as the sheet shows them; hidden rows and columns are left out. */
export function shownTexts(named: NamedCells): readonly (readonly string[])[] {
  const { cells, range } = named;
  const hiddenRows = new Set(cells.layout.hiddenRows);
  const isHidden = (column: number): boolean =>
    cells.layout.hiddenColumns.some(({ first, last }) => column >= first && column <= last);
  const columns = steps(range.firstColumn, range.lastColumn).filter((column) => !isHidden(column));
  return steps(range.firstRow, range.lastRow)
    .filter((row) => !hiddenRows.has(row))
    .map((row) => columns.map((column) => shownText(named, row, column)));
}

export function steps(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function addressOf({ sheet, range }: SourceTables["tables"][number]["source"]): string {
  return sheet === undefined ? range : `${sheetName(sheet)}!${range}`;
}
