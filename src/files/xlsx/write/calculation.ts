import {
  contentTypesPart,
  isRelationshipType,
  relationshipsOf,
  relationshipsPart,
} from "../../opc/opc-package.ts";
import { edit, type PartBench, read } from "../../opc/part-bench.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { decodeText } from "../../xml/xml-text.ts";
import { attribute, attributesOf, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { parseRange } from "../address.ts";
import { endTag, sourceText, tagAttribute } from "../read/markup.ts";
import { isTrue } from "../read/scan-item.ts";
import { partTree } from "../read/workbook-part.ts";
import type { Workbook } from "../types.ts";
import { type ChangedCell, type DependencyContext, dependsOn } from "./dependants.ts";
import type { WorkbookDraft } from "./draft.ts";
import { indexRows } from "./index-rows.ts";
import { insertChild, workbookOrder } from "./insert-child.ts";
import { sheetMarkup } from "./sheet-markup.ts";
import { openSheetXml, type SheetXml } from "./sheet-xml.ts";

/**
 * Asks Excel to calculate when it opens the file, if a result that the file holds may be out of date: a formula came
 * without its result, or one refers to a cell that was changed (ECMA-376-1, 18.2.2, `fullCalcOnLoad`).
 */
export function requestCalculation(
  draft: WorkbookDraft,
  bench: PartBench,
  changed: readonly ChangedCell[],
): void {
  if (!draft.needsCalculation && !hasDependants(draft, changed)) return;
  edit(bench, draft.workbook.mainPart, (tree) => {
    const settings = childNamed(tree, 0, "x:calcPr");
    if (settings < 0)
      return insertChild(
        tree,
        workbookOrder,
        "calcPr",
        sheetMarkup(tree).element("calcPr", { fullCalcOnLoad: 1 }),
      );
    return setAttribute(tree, settings, "fullCalcOnLoad", "1");
  });
}

/** Splices that give an element an attribute, or that one another value. */
export function setAttribute(tree: XmlTree, element: number, name: string, value: string): Splice[] {
  const old = attributesOf(tree, element).find((each) => each.name === name);
  if (old === undefined) {
    const at = tree.nameEnd[element]!;
    return [{ start: at, end: at, text: ` ${name}="${value}"` }];
  }
  return old.value === value ? [] : [{ start: old.start, end: old.end, text: `${name}="${value}"` }];
}

function hasDependants(
  { workbook, newSheets, sheets }: WorkbookDraft,
  changed: readonly ChangedCell[],
): boolean {
  if (changed.length === 0) return false;
  const context = { changed, definedNames: workbook.definedNames, tables: workbook.tables };
  for (const sheet of [...workbook.sheets, ...newSheets.map((each) => each.sheet)]) {
    if (sheet.part === undefined || (sheet.kind !== "worksheet" && sheet.kind !== "macrosheet")) continue;
    const fresh = newSheets.find((each) => each.sheet === sheet)?.draft;
    const xml = fresh?.xml ?? sheets.get(sheet.part)?.xml ?? openSheetXml(workbook.package, sheet.part);
    if (sheetDepends(xml, sheet.name, context)) return true;
  }
  return false;
}

function sheetDepends(xml: SheetXml, sheet: string, context: DependencyContext): boolean {
  if (xml.rows.count === 0) return false;
  const { bytes } = xml;
  let isFound = false;
  indexRows(bytes, xml.rowsStart, (tag) => {
    const close = tag.kind === "open" ? endTag(bytes, tag, bytes.length) : undefined;
    const text = close === undefined ? "" : decodeText(sourceText(bytes, tag.end, close.start));
    const range = parseRange(tagAttribute(bytes, tag, "ref") ?? "");
    const extent = {
      rows: range === undefined ? 0 : range.lastRow - range.firstRow,
      columns: range === undefined ? 0 : range.lastColumn - range.firstColumn,
    };
    // A data table has no text: its inputs are cells of its sheet.
    isFound = tagAttribute(bytes, tag, "t") === "dataTable" || dependsOn(text, sheet, extent, context);
    return isFound;
  });
  return isFound;
}

/** Cells whose formulas went away, by the sheet's number in the calculation chain (`sheetId`). */
export type LostFormula = { readonly sheetId: string; readonly address: string };

/**
 * Takes cells without a formula out of the calculation chain: Excel calls a file damaged whose chain names one
 * (ECMA-376-1, 18.6). Gives the name of the chain's part when nothing is left in it, so that it can be removed.
 */
export function cleanCalculationChain(
  workbook: Workbook,
  bench: PartBench,
  lost: readonly LostFormula[],
): string | undefined {
  const chain = relationshipsOf(workbook.package, workbook.mainPart).find((each) =>
    isRelationshipType(each, "calcChain"),
  )?.target;
  const tree = partTree(workbook.package, chain);
  if (chain === undefined || tree === undefined || lost.length === 0) return undefined;
  const gone = new Set(lost.map(({ sheetId, address }) => `${sheetId} ${address}`));
  const splices: Splice[] = [];
  let sheetId = "";
  let writtenId = "";
  let startsLevel = false;
  let kept = 0;
  for (const cell of childrenOf(tree, 0)) {
    if (nameOf(tree, cell) !== "x:c") continue;
    sheetId = attribute(tree, cell, "i") ?? sheetId;
    if (gone.has(`${sheetId} ${attribute(tree, cell, "r") ?? ""}`)) {
      splices.push({ start: tree.start[cell]!, end: tree.end[cell]!, text: "" });
      startsLevel ||= isTrue(attribute(tree, cell, "l"));
      continue;
    }
    // An entry without a sheet is on that of the entry before, which may be gone; the same with a new level.
    if (attribute(tree, cell, "i") === undefined && sheetId !== writtenId)
      splices.push(...setAttribute(tree, cell, "i", sheetId));
    if (startsLevel) splices.push(...setAttribute(tree, cell, "l", "1"));
    writtenId = sheetId;
    startsLevel = false;
    kept++;
  }
  if (splices.length === 0) return undefined;
  if (kept > 0) {
    edit(bench, chain, () => splices);
    return undefined;
  }
  dropPart(workbook, bench, chain);
  return chain;
}

/** Takes a part of the workbook out of its relationships and the content types. */
function dropPart(workbook: Workbook, bench: PartBench, part: string): void {
  const id = relationshipsOf(workbook.package, workbook.mainPart).find(({ target }) => target === part)?.id;
  const drop = (name: string, isIt: (tree: XmlTree, child: number) => boolean): void => {
    const tree = scanXml(read(bench, name).text);
    const child = childrenOf(tree, 0).find((each) => isIt(tree, each));
    if (child === undefined) return;
    edit(bench, name, () => [{ start: tree.start[child]!, end: tree.end[child]!, text: "" }]);
  };
  drop(relationshipsPart(workbook.mainPart), (tree, child) => attribute(tree, child, "Id") === id);
  drop(
    contentTypesPart,
    (tree, child) => attribute(tree, child, "PartName")?.toLowerCase() === part.toLowerCase(),
  );
}
