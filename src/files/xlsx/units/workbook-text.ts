import { contentTypeOf, isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import type { CodedText } from "../../units/types.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import { formatAddress } from "../address.ts";
import { openWorkbook } from "../open-workbook.ts";
import { isTrue } from "../read/scan-item.ts";
import { partTree } from "../read/workbook-part.ts";
import type { Sheet, Workbook } from "../types.ts";
import { aroundTree, openSheetXml, type SheetXml } from "../write/sheet-xml.ts";
import { readCellText } from "./cell-text.ts";
import { sheetRows } from "./sheet-rows.ts";

/** A cell that holds a text which no formula gave. Rows count from 1, columns from 0. */
export type TextCell = {
  readonly row: number;
  readonly column: number;
  /** Number of the shared string, or the text that stands in the cell itself. */
  readonly shared?: number;
  readonly inline?: CodedText;
  readonly isHidden: boolean;
  /** True when the cell to the right holds something, so that a long text is cut there. */
  readonly isCut: boolean;
  /** Number of its format. */
  readonly style: number;
  /** Height of its row in points, where someone set it. */
  readonly height?: number;
};

/** A sheet as far as its texts matter. */
export type SheetText = {
  readonly sheet: Sheet;
  readonly part: string;
  /** Its rows; absent for sheets without cells. */
  readonly xml?: SheetXml;
  /** The XML around the rows, or all of it. */
  readonly tree: XmlTree;
  readonly cells: readonly TextCell[];
  readonly formulas: readonly string[];
  readonly isHidden: boolean;
};

/** A workbook with all its texts located. */
export type WorkbookText = {
  readonly workbook: Workbook;
  readonly sheets: readonly SheetText[];
  readonly strings?: SharedStrings;
  /** Parts by content type, for what formulas may stand in. */
  readonly parts: ReadonlyMap<string, string>;
};

export type SharedStrings = {
  readonly part: string;
  readonly tree: XmlTree;
  /** `si` elements by number. */
  readonly items: readonly number[];
};

export function readWorkbookText(bytes: Uint8Array): WorkbookText {
  const workbook = openWorkbook(bytes);
  const { package: opc } = workbook;
  const part = relationshipsOf(opc, workbook.mainPart).find((each) =>
    isRelationshipType(each, "sharedStrings"),
  )?.target;
  const tree = partTree(opc, part);
  const parts = new Map(
    opc.archive.entries.flatMap(({ name }): [string, string][] => {
      const type = contentTypeOf(opc, `/${name}`);
      return type === undefined ? [] : [[`/${name}`, type]];
    }),
  );
  return {
    workbook,
    sheets: workbook.sheets.flatMap((sheet) => readSheetText(workbook, sheet) ?? []),
    parts,
    ...(part !== undefined && tree !== undefined
      ? {
          strings: { part, tree, items: childrenOf(tree, 0).filter((each) => nameOf(tree, each) === "x:si") },
        }
      : {}),
  };
}

function readSheetText({ package: opc }: Workbook, sheet: Sheet): SheetText | undefined {
  const { part } = sheet;
  if (part === undefined) return undefined;
  const about = { sheet, part, isHidden: sheet.state !== "visible" };
  const whole = sheet.kind === "worksheet" || sheet.kind === "macrosheet";
  if (!whole) {
    const tree = xmlPart(opc, part);
    return tree === undefined ? undefined : { ...about, tree, cells: [], formulas: [] };
  }
  const xml = openSheetXml(opc, part);
  const { tree } = aroundTree(xml.around, opc.limits.depth);
  return { ...about, xml, tree, ...readCells(xml, tree) };
}

function readCells(xml: SheetXml, around: XmlTree): Pick<SheetText, "cells" | "formulas"> {
  const isColumnHidden = hiddenColumns(around);
  const cells: TextCell[] = [];
  const formulas: string[] = [];
  // Rows of numbers are most rows of large sheets.
  const hasText = (source: string): boolean => /\bt\s*=\s*["'](?:s|inlineStr)["']|<(?:\w+:)?f\b/.test(source);
  for (const { position, tree, element: rowElement, cells: elements } of sheetRows(xml, around, hasText)) {
    const row = xml.rows.numbers[position]!;
    const isRowHidden = isTrue(attribute(tree, rowElement, "hidden"));
    const isHigh = isTrue(attribute(tree, rowElement, "customHeight"));
    const height = isHigh ? Number(attribute(tree, rowElement, "ht")) : 0;
    for (const [column, element] of elements) {
      const formula = childNamed(tree, element, "x:f");
      if (formula >= 0) {
        formulas.push(textOf(tree, formula));
        continue;
      }
      const source = textSource(tree, element);
      if (source === undefined) continue;
      const next = elements.get(column + 1);
      cells.push({
        row,
        column,
        ...source,
        isHidden: isRowHidden || isColumnHidden(column),
        isCut: next !== undefined && childrenOf(tree, next).length > 0,
        style: Number(attribute(tree, element, "s") ?? 0) || 0,
        ...(height > 0 ? { height } : {}),
      });
    }
  }
  return { cells, formulas };
}

/** Where the text of a cell is; undefined for a cell without one. */
function textSource(tree: XmlTree, cell: number): Pick<TextCell, "shared" | "inline"> | undefined {
  const type = attribute(tree, cell, "t");
  if (type === "s") {
    const value = childNamed(tree, cell, "x:v");
    return value < 0 ? undefined : { shared: Number(textOf(tree, value)) };
  }
  const inline = type === "inlineStr" ? childNamed(tree, cell, "x:is") : -1;
  if (inline < 0) return undefined;
  const { text, spans } = readCellText(tree, inline);
  return { inline: { text, spans, atoms: [] } };
}

function hiddenColumns(tree: XmlTree): (column: number) => boolean {
  const list = childNamed(tree, 0, "x:cols");
  const runs = (list < 0 ? [] : childrenOf(tree, list))
    .filter((column) => isTrue(attribute(tree, column, "hidden")))
    .map((column) => [
      Number(attribute(tree, column, "min")) - 1,
      Number(attribute(tree, column, "max")) - 1,
    ]);
  return (column) => runs.some(([first, last]) => first! <= column && column <= last!);
}

/** A cell's key among those of all sheets. */
export function cellKey(sheet: string, cell: { readonly row: number; readonly column: number }): string {
  return `${sheet.toLowerCase()}!${formatAddress(cell.row, cell.column)}`;
}

/** Where splices of a row go: the sheet's part with the row's place in it; offsets are those of the row's own XML. */
export function rowKey(part: string, position: number | ""): string {
  return `${part}#row${position}`;
}
