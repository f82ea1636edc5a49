import { relationshipsOf } from "../../opc/opc-package.ts";
import { encodeParts, type PartBench } from "../../opc/part-bench.ts";
import { type Receipt, receiptOf } from "../../opc/receipt.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { attribute, childNamed, childrenOf } from "../../xml/xml-tree.ts";
import { formatAddress, formatRange, parseRange } from "../address.ts";
import { sourceText } from "../read/markup.ts";
import { partTree } from "../read/workbook-part.ts";
import type { CellRange } from "../types.ts";
import { cleanCalculationChain, type LostFormula, requestCalculation, setAttribute } from "./calculation.ts";
import type { ChangedCell } from "./dependants.ts";
import type { CellWrite, SheetDraft, WorkbookDraft } from "./draft.ts";
import { placeForRow, rowsNumbered } from "./index-rows.ts";
import { newRow, rewriteRow, rowCells } from "./row-cells.ts";
import { sheetMarkup } from "./sheet-markup.ts";
import { aroundTree, assembleSheet, type ByteSplice, encodeSheet } from "./sheet-xml.ts";
import { verifyWorkbook, type WrittenSheet } from "./verify-workbook.ts";

/** Writes the draft: splices in the sheets' bytes and in other parts, the zip; checked before the bytes are given out. */
export function saveWorkbookDraft(draft: WorkbookDraft): { bytes: Uint8Array; receipt: Receipt } {
  const { workbook } = draft;
  const bench: PartBench = {
    package: workbook.package,
    replaced: new Map(draft.bench.replaced),
    added: new Map(draft.bench.added),
  };
  const all = [...draft.sheets.values(), ...draft.newSheets.map((each) => each.draft)];
  const sheets = all.filter(
    (sheet) => sheet.isNew || sheet.writes.size > 0 || sheet.around !== sheet.xml.around,
  );
  const { changed, lost } = changedCells(draft, sheets);
  const removed = new Set<string>();
  const chain = cleanCalculationChain(workbook, bench, lost);
  if (chain !== undefined) removed.add(chain);
  requestCalculation(draft, bench, changed);
  const written = sheets.map(writeSheet);
  const [replaced, added] = [encodeParts(bench.replaced), encodeParts(bench.added)];
  const touched = new Map<string, number>();
  for (const { sheet, bytes, bytesTouched } of written) {
    (sheet.isNew ? added : replaced).set(sheet.part, encodeSheet(sheet.xml, bytes));
    if (!sheet.isNew) touched.set(sheet.part, bytesTouched);
  }
  const bytes = savePackage(workbook.package, replaced, added, removed);
  verifyPackage(workbook.package, bytes, replaced, added, removed);
  verifyWorkbook(draft, { bytes, bench, written });
  return { bytes, receipt: receiptOf(workbook.package, replaced, added, touched, removed) };
}

function writeSheet(sheet: SheetDraft): WrittenSheet {
  const splices = rowSplices(sheet);
  const around = withDimension(sheet);
  const aroundTouched = around === sheet.xml.around ? 0 : Math.abs(around.length - sheet.xml.around.length);
  const bytesTouched = splices.reduce(
    (sum, each) => sum + each.end - each.start + each.bytes.length,
    aroundTouched,
  );
  return { sheet, around, bytes: assembleSheet(sheet.xml, around, splices), bytesTouched };
}

function rowSplices(sheet: SheetDraft): ByteSplice[] {
  const { tree, sheetData } = aroundTree(sheet.around);
  const scope = tree.scopes[tree.scope[sheetData]!]!;
  const markup = sheetMarkup(tree, sheetData);
  const { bytes, rows } = sheet.xml;
  const encoder = new TextEncoder();
  return [...sheet.writes]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, writes]) => {
      const [position] = rowsNumbered(rows, row);
      if (position === undefined) {
        const at = placeForRow(rows, row);
        const xml = newRow(markup, row, writes);
        return xml === "" ? [] : [{ start: at, end: at, bytes: encoder.encode(xml) }];
      }
      const [start, end] = [rows.starts[position]!, rows.ends[position]!];
      const text = rewriteRow(sourceText(bytes, start, end), scope, row, writes);
      return [{ start, end, bytes: encoder.encode(text) }];
    });
}

/** `dimension` says where cells stand; it grows with a cell beyond it. */
function withDimension(sheet: SheetDraft): string {
  const { tree } = aroundTree(sheet.around);
  const element = childNamed(tree, 0, "x:dimension");
  const ref = element < 0 ? undefined : parseRange(attribute(tree, element, "ref") ?? "");
  if (ref === undefined) return sheet.around;
  let range = ref;
  for (const [row, writes] of sheet.writes) {
    for (const [column, write] of writes) {
      if (write.kind === "content" && write.content.kind !== "empty") range = including(range, row, column);
    }
  }
  if (formatRange(range) === formatRange(ref)) return sheet.around;
  return applySplices(sheet.around, setAttribute(tree, element, "ref", formatRange(range)));
}

function including(range: CellRange, row: number, column: number): CellRange {
  return {
    firstRow: Math.min(range.firstRow, row),
    firstColumn: Math.min(range.firstColumn, column),
    lastRow: Math.max(range.lastRow, row),
    lastColumn: Math.max(range.lastColumn, column),
  };
}

/** Cells that get another value, and those of them whose formula goes away. */
function changedCells(
  { workbook }: WorkbookDraft,
  sheets: readonly SheetDraft[],
): { changed: ChangedCell[]; lost: LostFormula[] } {
  const changed: ChangedCell[] = [];
  const lost: LostFormula[] = [];
  for (const sheet of sheets) {
    for (const [row, writes] of sheet.writes) {
      const contents = [...writes].filter(([, write]) => write.kind === "content");
      if (contents.length === 0) continue;
      const formulas = formulaColumns(sheet, row);
      for (const [column, write] of contents) {
        changed.push({ sheet: sheet.name, row, column });
        if (formulas.has(column) && !isFormula(write))
          lost.push({ sheetId: sheetIdOf(workbook, sheet), address: formatAddress(row, column) });
      }
    }
  }
  return { changed, lost };
}

function isFormula(write: CellWrite): boolean {
  return write.kind === "formula" || write.content.kind === "formula";
}

function formulaColumns(sheet: SheetDraft, row: number): Set<number> {
  const [position] = rowsNumbered(sheet.xml.rows, row);
  if (position === undefined) return new Set();
  const { bytes, rows } = sheet.xml;
  const around = aroundTree(sheet.xml.around);
  const scope = around.tree.scopes[around.tree.scope[around.sheetData]!]!;
  const { tree, cells } = rowCells(sourceText(bytes, rows.starts[position]!, rows.ends[position]!), scope);
  return new Set(
    [...cells].filter(([, cell]) => childNamed(tree, cell, "x:f") >= 0).map(([column]) => column),
  );
}

/** The number by which the calculation chain knows a sheet (ECMA-376-1, 18.6.1). */
function sheetIdOf(workbook: WorkbookDraft["workbook"], sheet: SheetDraft): string {
  const tree: XmlTree | undefined = partTree(workbook.package, workbook.mainPart);
  const list = tree === undefined ? -1 : childNamed(tree, 0, "x:sheets");
  if (tree === undefined || list < 0) return "";
  const ids = relationshipsOf(workbook.package, workbook.mainPart);
  const entry = childrenOf(tree, list).find(
    (each) => ids.find(({ id }) => id === attribute(tree, each, "r:id"))?.target === sheet.part,
  );
  return entry === undefined ? "" : (attribute(tree, entry, "sheetId") ?? "");
}
