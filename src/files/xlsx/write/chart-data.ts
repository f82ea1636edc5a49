import { columnName, contains } from "../address.ts";
import { storedRowIndex } from "../read/cell-value.ts";
import { formatNumber, formatText } from "../read/format-number.ts";
import { generalStyle } from "../read/styles.ts";
import { CellKind, type CellRange, type CellStyle, type SheetCells } from "../types.ts";
import type { CellContent } from "./cell-xml.ts";
import { allStyles, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { quoteSheetName } from "./formula-text.ts";
import { rowsNumbered } from "./index-rows.ts";
import type { CellLine } from "./prepare-chart.ts";
import { readRows } from "./read-rows.ts";

/** What a chart remembers of one cell, so that it shows where nothing is calculated. */
export type ChartPoint = {
  readonly index: number;
  readonly text: string;
  /** Undefined for texts, booleans and errors. */
  readonly number: number | undefined;
  readonly style: CellStyle;
};

export type ChartData = {
  /** `Costs!$B$2:$B$9`. */
  readonly formula: string;
  readonly count: number;
  /** Without those of empty cells. */
  readonly points: readonly ChartPoint[];
};

/** Reads the cells of a chart's row or column as they will be. */
export function chartData(draft: WorkbookDraft, { sheet, range }: CellLine): ChartData {
  const styles = allStyles(draft);
  const isColumn = range.firstColumn === range.lastColumn;
  const count = (isColumn ? range.lastRow - range.firstRow : range.lastColumn - range.firstColumn) + 1;
  const cells = readRows(draft.workbook, sheet.xml, positionsOf(sheet, range), styles);
  const points: ChartPoint[] = [];
  for (let index = 0; index < count; index++) {
    const row = range.firstRow + (isColumn ? index : 0);
    const column = range.firstColumn + (isColumn ? 0 : index);
    const point = pendingPoint(draft, sheet, row, column, styles) ?? storedPoint(cells, row, column);
    if (point !== undefined && point !== "empty") points.push({ index, ...point });
  }
  return { formula: absolute(sheet.name, range), count, points };
}

type Point = Omit<ChartPoint, "index">;

function positionsOf(sheet: SheetDraft, range: CellRange): number[] {
  const { rows } = sheet.xml;
  if (range.firstRow === range.lastRow) return rowsNumbered(rows, range.firstRow);
  const found: number[] = [];
  for (let position = 0; position < rows.count; position++) {
    if (contains(range, rows.numbers[position]!, range.firstColumn)) found.push(position);
  }
  return found;
}

function pendingPoint(
  { workbook }: WorkbookDraft,
  sheet: SheetDraft,
  row: number,
  column: number,
  styles: readonly CellStyle[],
): Point | "empty" | undefined {
  const write = sheet.writes.get(row)?.get(column);
  if (write?.kind !== "content") return undefined;
  const style = styles[write.style] ?? generalStyle;
  const value = plainValue(write.content);
  if (value === undefined) return "empty";
  if (typeof value !== "number")
    return { text: formatText(String(value), style.formatCode), number: undefined, style };
  return { text: formatNumber(value, style.formatCode, workbook.dateSystem === 1904), number: value, style };
}

function plainValue(content: CellContent): number | string | undefined {
  if (content.kind === "empty") return undefined;
  const value = content.kind === "formula" ? content.cached : content.value;
  return typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : value;
}

const numeric: ReadonlySet<number> = new Set([CellKind.number, CellKind.date]);

function storedPoint(cells: SheetCells, row: number, column: number): Point | undefined {
  const index = storedRowIndex(cells, row);
  const found = cells.columns[column];
  const kind = index < 0 ? CellKind.empty : (found?.kinds[index] ?? CellKind.empty);
  if (found === undefined || kind === CellKind.empty) return undefined;
  const style = cells.styles[found.styles[index]!] ?? generalStyle;
  const value = found.values[index]!;
  if (numeric.has(kind))
    return { text: formatNumber(value, style.formatCode, cells.dateSystem === 1904), number: value, style };
  if (kind === CellKind.boolean) return { text: value === 1 ? "TRUE" : "FALSE", number: undefined, style };
  return { text: formatText(cells.strings[value]!, style.formatCode), number: undefined, style };
}

function absolute(sheet: string, range: CellRange): string {
  const at = (row: number, column: number): string => `$${columnName(column)}$${row}`;
  const first = at(range.firstRow, range.firstColumn);
  const last = at(range.lastRow, range.lastColumn);
  return `${quoteSheetName(sheet)}!${first === last ? first : `${first}:${last}`}`;
}
