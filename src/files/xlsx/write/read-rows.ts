import { decodeText } from "../../xml/xml-text.ts";
import { finishColumns, sortRows } from "../read/cell-columns.ts";
import { decodeEscapes } from "../read/escapes.ts";
import { finishFormulas } from "../read/formula-list.ts";
import { sourceText } from "../read/markup.ts";
import { scanCells } from "../read/scan-cells.ts";
import { scanItem } from "../read/scan-item.ts";
import { emptyLayout } from "../read/sheet-layout.ts";
import { damagedCells, sheetScan } from "../read/sheet-scan.ts";
import { pooledTexts } from "../read/text-pool.ts";
import { type CellColumn, CellKind, type CellStyle, type SheetCells, type Workbook } from "../types.ts";
import type { SheetXml } from "./sheet-xml.ts";

/** Zeros behind the bytes, so that the scanner may look ahead without asking. */
const padding = 64;

/** A sheet's bytes and where its rows are. */
export type RowSource = Pick<SheetXml, "bytes" | "rows">;

/**
 * The cells of some rows, by position in the index, read by the reader of whole sheets. The first cells of shared
 * formulas that these rows use are read as well, so that their formulas have a text.
 */
export function readRows(
  workbook: Workbook,
  source: RowSource,
  positions: readonly number[],
  styles: readonly CellStyle[] = workbook.styles,
): SheetCells {
  const wanted = [...new Set([...sharedMasters(source, positions), ...positions])].sort((a, b) => a - b);
  const scan = sheetScan(workbook.dateSystem === 1904);
  for (const position of wanted) {
    const row = source.bytes.subarray(source.rows.starts[position]!, source.rows.ends[position]!);
    const bytes = new Uint8Array(row.length + padding);
    bytes.set(row);
    const view = new DataView(bytes.buffer);
    scan.row = source.rows.numbers[position]! - 1;
    for (let at = 0; at < row.length; ) {
      at = scanCells(scan, bytes, view, at, row.length);
      if (at >= row.length) break;
      const step = scanItem(scan, bytes, at, row.length);
      if (step.kind !== "next") throw damagedCells(`row ${source.rows.numbers[position]} is cut off`);
      at = step.at;
    }
  }
  const shared = scan.lastShared < 0 ? [] : workbook.sharedStrings;
  if (scan.lastShared >= shared.length)
    throw damagedCells(
      `a cell refers to the shared string ${scan.lastShared}, but there are ${shared.length}`,
    );
  const own = pooledTexts(scan.texts).map((text) => decodeEscapes(decodeText(text)));
  sortRows(scan.cells);
  const columns = finishColumns(scan.cells);
  if (own.length > 0) moveIndexes(columns, shared.length);
  return {
    sheet: "",
    rows: scan.cells.rows.subarray(0, scan.cells.rowCount),
    columns,
    strings: own.length === 0 ? shared : shared.length === 0 ? own : [...shared, ...own],
    cellCount: scan.cells.cellCount,
    formulas: finishFormulas(scan.formulas),
    styles,
    dateSystem: workbook.dateSystem,
    layout: emptyLayout,
    notes: [],
  };
}

/** Rows that hold the texts of the shared formulas which the rows refer to. */
function sharedMasters({ bytes, rows }: RowSource, positions: readonly number[]): number[] {
  const masters = rows.specials.filter(({ kind }) => kind === "shared");
  if (masters.length === 0) return [];
  const groups = new Set<string>();
  for (const position of positions) {
    const text = sourceText(bytes, rows.starts[position]!, rows.ends[position]!);
    for (const [, group] of text.matchAll(/\ssi\s*=\s*["']([^"']*)["']/g)) groups.add(group!);
  }
  return masters.flatMap(({ group, rowIndex }) => (groups.has(group ?? "") ? [rowIndex] : []));
}

/** Texts of the sheet itself come behind the shared strings in one list. */
function moveIndexes(columns: readonly CellColumn[], by: number): void {
  for (const { values, kinds } of columns) {
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index]!;
      if (kind === CellKind.inlineString || kind === CellKind.formulaString || kind === CellKind.error)
        values[index]! += by;
    }
  }
}
