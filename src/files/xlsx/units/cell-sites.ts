import type { ListUnitsOptions, TextUnit } from "../../units/types.ts";
import { hasLetters, isEcho, type UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed } from "../../xml/xml-tree.ts";
import { formatAddress } from "../address.ts";
import { sourceText } from "../read/markup.ts";
import type { CellRange } from "../types.ts";
import { quoteSheetName } from "../write/formula-text.ts";
import { rowsNumbered } from "../write/index-rows.ts";
import { type RowCells, rowCells } from "../write/row-cells.ts";
import type { SheetXml } from "../write/sheet-xml.ts";
import { cellRoom, columnWidths, readCellLooks } from "./cell-room.ts";
import { readCellText, writeCellText } from "./cell-text.ts";
import { cellKey, rowKey, type SheetText, type TextCell, type WorkbookText } from "./workbook-text.ts";

/** The units of cells, and which unit each cell with a text has. */
export type CellSites = {
  readonly sites: readonly UnitSite[];
  /** Units by cell, of hidden cells too where they share a text with one that is shown. */
  readonly byCell: ReadonlyMap<string, TextUnit>;
};

/**
 * Texts in cells. A shared string is one unit, however many cells show it; its place is the first that is shown. Cells of
 * pivot tables repeat what stands elsewhere and make no unit.
 */
export function cellSites(
  text: WorkbookText,
  options: Pick<ListUnitsOptions, "hidden">,
  pivots: (sheet: string) => readonly CellRange[],
): CellSites {
  const sites: UnitSite[] = [];
  const byCell = new Map<string, TextUnit>();
  const shared = new Map<number, TextUnit>();
  const looks = readCellLooks(text.workbook);
  for (const sheet of text.sheets) {
    const widthOf = columnWidths(sheet.tree);
    const ranges = pivots(sheet.sheet.name);
    for (const cell of sheet.cells) {
      const isShown = options.hidden || !(cell.isHidden || sheet.isHidden);
      if (!isShown || ranges.some((range) => contains(range, cell))) continue;
      const known = cell.shared === undefined ? undefined : shared.get(cell.shared);
      const bare = known === undefined ? siteOf(text, sheet, cell) : undefined;
      if (bare === undefined) continue;
      const room = cellRoom(cell, widthOf(cell.column), looks, cellKey(sheet.sheet.name, cell));
      const site = room === undefined ? bare : { ...bare, unit: { ...bare.unit, room } };
      sites.push(site);
      if (cell.shared === undefined) byCell.set(cellKey(sheet.sheet.name, cell), site.unit);
      else shared.set(cell.shared, site.unit);
    }
  }
  for (const { sheet, cells } of text.sheets) {
    for (const cell of cells) {
      const unit = cell.shared === undefined ? undefined : shared.get(cell.shared);
      if (unit !== undefined) byCell.set(cellKey(sheet.name, cell), unit);
    }
  }
  return { sites, byCell };
}

export function contains(range: CellRange, { row, column }: { row: number; column: number }): boolean {
  return (
    row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn
  );
}

function siteOf(text: WorkbookText, sheet: SheetText, cell: TextCell): UnitSite | undefined {
  const address = formatAddress(cell.row, cell.column);
  const place = `${quoteSheetName(sheet.sheet.name)}!${address}`;
  if (cell.shared !== undefined) {
    const { strings } = text;
    const item = strings?.items[cell.shared];
    if (strings === undefined || item === undefined) return undefined;
    return richTextSite(strings.tree, strings.part, item, { kind: "cell", place });
  }
  return inlineSite(sheet, cell, address, place);
}

/** A text with runs (`si`, or `text` of a comment) as a unit; undefined when it has nothing to translate. */
export function richTextSite(
  tree: XmlTree,
  part: string,
  element: number,
  about: Pick<TextUnit, "kind" | "place"> & Partial<TextUnit>,
): UnitSite | undefined {
  const source = readCellText(tree, element);
  if (!hasLetters(source.text)) return undefined;
  return {
    unit: { id: `${part}#${element}`, ...about, text: source.text, spans: source.spans, atoms: [] },
    part,
    write: (target) => writeCellText(tree, source, target),
  };
}

/** A text that stands in the cell itself. Its splices are those of its row. */
function inlineSite(
  { xml, tree: around, part }: SheetText,
  { row, column, inline }: TextCell,
  address: string,
  place: string,
): UnitSite | undefined {
  const [position] = xml === undefined ? [] : rowsNumbered(xml.rows, row);
  if (xml === undefined || position === undefined || inline === undefined) return undefined;
  if (!hasLetters(inline.text)) return undefined;
  return {
    unit: { id: `${part}#${address}`, kind: "cell", place, ...inline },
    part: rowKey(part, position),
    write: (target) => {
      if (isEcho(inline, target)) return { kind: "written", splices: [] };
      const { tree, cells } = readRow(xml, around, position);
      const element = childNamed(tree, cells.get(column)!, "x:is");
      return writeCellText(tree, readCellText(tree, element), target);
    },
  };
}

const lastRows = new WeakMap<SheetXml, { readonly position: number; readonly row: RowCells }>();

/** Rows are read anew, so that a large sheet's are not all held; cells come row by row, so the last one is kept. */
function readRow(xml: SheetXml, around: XmlTree, position: number): RowCells {
  const last = lastRows.get(xml);
  if (last?.position === position) return last.row;
  const scope = around.scopes[around.scope[childNamed(around, 0, "x:sheetData")]!]!;
  const source = sourceText(xml.bytes, xml.rows.starts[position]!, xml.rows.ends[position]!);
  const row = rowCells(source, scope);
  lastRows.set(xml, { position, row });
  return row;
}
