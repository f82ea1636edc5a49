import type { Table, TableColumn } from "../../table.ts";
import { formatRange } from "../xlsx/address.ts";
import type { SheetCells } from "../xlsx/types.ts";
import { CellClass, type CellClasses, classifyCells, numberAt, textAt } from "./cell-classes.ts";
import { type ColumnHeader, columnHeaders, freeName } from "./column-names.ts";
import { columnUnit, sharedUnit } from "./column-unit.ts";
import type { Block } from "./find-blocks.ts";
import type { Region } from "./find-regions.ts";
import { readColumn } from "./read-column.ts";
import { sectionRows } from "./section-rows.ts";
import { repeatedHeaders } from "./split-block.ts";
import { storedRowFrom } from "./stored-rows.ts";
import { type WideColumns, wideColumns } from "./wide-columns.ts";

export type BuildTableOptions = {
  readonly name: string;
  /** Name of the file, for the source. */
  readonly file?: string;
};

/** A row that sums others up and so is no row of the table. */
export type TotalRow = {
  /** From 1. */
  readonly sheetRow: number;
  /** Empty where the row has none. */
  readonly label: string;
  readonly values: readonly { readonly column: string; readonly value: number }[];
};

export type BuiltTable = {
  readonly table: Table;
  readonly totals: readonly TotalRow[];
  /** Name of the column that was made of labels over groups of rows. */
  readonly sectionColumn?: string;
  /** Columns that stand for months, quarters, years or days. */
  readonly wide?: WideColumns;
};

/**
 * The rows of a region as a table: columns named and typed, every row with its number in the sheet. Sums are left out
 * and told apart; headers repeated in the middle are dropped; labels over groups of rows become a column of their own.
 */
export function buildTable(cells: SheetCells, region: Region, options: BuildTableOptions): BuiltTable {
  return tableOf(classifyCells(cells), region, options);
}

/** As `buildTable`, for cells that were classified already. */
export function tableOf(classes: CellClasses, region: Region, options: BuildTableOptions): BuiltTable {
  const { cells } = classes;
  const body = bodyOf(classes, region);
  const headers = columnHeaders(classes, region);
  const rows = bodyRows(classes, region, body);
  const scratch = new Int32Array(cells.strings.length).fill(-1);
  const shared = sharedUnit(headers, region);
  const origins = mergedDown(classes, body.block);
  const columns = headers.map((header): TableColumn => {
    const { column, name } = header;
    const { unit: seen, ...data } = readColumn({
      classes,
      rows: rows.kept,
      column,
      originOf: origins.get(column),
      scratch,
    });
    const isNumber = data.type === "integer" || data.type === "decimal";
    const unit = isNumber ? columnUnit(header, seen, shared, region) : undefined;
    // Cells formatted as per cent hold parts of one, whatever the heading says.
    const inHundredths = unit === "%" && seen !== "%";
    return {
      name,
      column,
      ...data,
      ...(unit !== undefined && { unit }),
      ...(inHundredths && { inHundredths }),
    };
  });
  // A column that only keeps others apart is none.
  const isSpacer = (column: TableColumn, index: number): boolean =>
    headers[index]!.parts.length === 0 && column.exceptions.length === 0 && !column.present.includes(1);
  const filled = columns.filter((column, index) => !isSpacer(column, index));
  const section = sectionColumn(rows, headers, region);
  const wide = wideColumns(classes, region, headers, columns);
  return {
    table: {
      name: options.name,
      source: {
        ...(options.file !== undefined && { file: options.file }),
        ...(cells.sheet !== "" && { sheet: cells.sheet }),
        range: formatRange(region.range),
      },
      columns: section === undefined ? filled : [section, ...filled],
      rowCount: rows.kept.length,
      sheetRows: sheetRowsOf(cells, rows.kept),
    },
    totals: region.totalsRows.flatMap((row) => totalRow(classes, headers, row)),
    ...(section !== undefined && { sectionColumn: section.name }),
    ...(wide !== undefined && { wide }),
  };
}

function sheetRowsOf({ rows }: SheetCells, kept: Uint32Array): Uint32Array {
  const first = kept[0] ?? 0;
  const isStretch = kept.at(-1) === first + kept.length - 1;
  return isStretch ? rows.slice(first, first + kept.length) : kept.map((row) => rows[row]!);
}

type Body = {
  readonly block: Block;
  readonly sums: ReadonlySet<number>;
  readonly repeated: ReadonlySet<number>;
};

/** The stored rows below the header, and which of them are sums or the header again. */
function bodyOf(classes: CellClasses, { range, headerRows, totalsRows }: Region): Body {
  const { cells } = classes;
  const top = storedRowFrom(cells, range.firstRow);
  const block = {
    top: storedRowFrom(cells, range.firstRow + headerRows),
    bottom: storedRowFrom(cells, range.lastRow + 1) - 1,
    left: range.firstColumn,
    right: range.lastColumn,
  };
  return {
    block,
    sums: new Set(totalsRows.map((row) => storedRowFrom(cells, row))),
    repeated: new Set(repeatedHeaders(classes, { ...block, top }, block.top - top)),
  };
}

type BodyRows = {
  /** Indexes of stored rows that hold something and are rows of the table. */
  readonly kept: Uint32Array;
  /** Label of the group that each kept row belongs to; absent when there are no groups. */
  readonly sections?: readonly (string | undefined)[];
};

function bodyRows(classes: CellClasses, region: Region, { block, sums, repeated }: Body): BodyRows {
  const sections = region.headerRows === 0 ? new Map<number, string>() : sectionRows(classes, block, sums);
  const kept = new Uint32Array(Math.max(0, block.bottom - block.top + 1));
  const labels: (string | undefined)[] = [];
  let section: string | undefined;
  let count = 0;
  for (let row = block.top; row <= block.bottom; row++) {
    const label = sections.size > 0 ? sections.get(row) : undefined;
    if (label !== undefined) section = label;
    const isSum = sums.size > 0 && sums.has(row);
    if (isSum) section = undefined;
    const isRepeated = repeated.size > 0 && repeated.has(row);
    if (label !== undefined || isSum || isRepeated || !isFilled(classes, row, block)) continue;
    if (sections.size > 0) labels.push(section);
    kept[count++] = row;
  }
  return { kept: kept.subarray(0, count), ...(sections.size > 0 && { sections: labels }) };
}

function isFilled({ columns }: CellClasses, row: number, { left, right }: Block): boolean {
  for (let column = left; column <= right; column++) {
    const found = columns[column]?.[row] ?? CellClass.empty;
    if (found !== CellClass.empty && found !== CellClass.covered) return true;
  }
  return false;
}

/** Most cells under merged ones that take over their value. */
const mostTakenOver = 200_000;

/** For each column, the stored row whose value a covered row shows: labels merged down over several rows. */
function mergedDown(
  classes: CellClasses,
  { top, bottom, left, right }: Block,
): Map<number, Map<number, number>> {
  const origins = new Map<number, Map<number, number>>();
  let taken = 0;
  for (const merge of classes.cells.layout.mergedRanges) {
    const { firstColumn: column, firstRow, lastRow } = merge;
    if (lastRow === firstRow || column < left || column > right) continue;
    const origin = storedRowFrom(classes.cells, firstRow);
    const end = Math.min(storedRowFrom(classes.cells, lastRow + 1) - 1, bottom);
    if (origin < top || origin > bottom) continue;
    taken += end - origin;
    if (taken > mostTakenOver) return origins;
    const own = origins.get(column) ?? new Map<number, number>();
    origins.set(column, own);
    for (let row = origin + 1; row <= end; row++) own.set(row, origin);
  }
  return origins;
}

function sectionColumn(
  { kept, sections }: BodyRows,
  headers: readonly ColumnHeader[],
  region: Region,
): TableColumn | undefined {
  if (sections === undefined) return undefined;
  const strings = [...new Set(sections.filter((text) => text !== undefined))];
  const indexes = new Map(strings.map((text, index) => [text, index]));
  return {
    name: freeName("Section", headers),
    type: "text",
    column: region.range.firstColumn,
    values: Float64Array.from(sections, (text) => (text === undefined ? 0 : indexes.get(text)!)),
    present: Uint8Array.from({ length: kept.length }, (_, index) => (sections[index] === undefined ? 0 : 1)),
    strings,
    exceptions: [],
  };
}

function totalRow(classes: CellClasses, headers: readonly ColumnHeader[], sheetRow: number): TotalRow[] {
  const row = storedRowFrom(classes.cells, sheetRow);
  if (classes.cells.rows[row] !== sheetRow) return [];
  const values = headers.flatMap(({ column, name }) => {
    const value = numberAt(classes, row, column);
    return value === undefined ? [] : [{ column: name, value }];
  });
  const labelled = headers.find(({ column }) => classes.at(row, column) === CellClass.text);
  return [{ sheetRow, label: labelled === undefined ? "" : textAt(classes, row, labelled.column), values }];
}
