import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childrenOf, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";

/** Children of `worksheet` in the order of the schema (ECMA-376-1, 18.3.1.99). */
export const worksheetOrder: readonly string[] =
  `sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
  autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
  hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
  ignoredErrors smartTags drawing drawingHF legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems
  tableParts extLst`.split(/\s+/);

/** Children of `workbook` (18.2.27). */
export const workbookOrder: readonly string[] =
  `fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences
  definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr
  webPublishObjects extLst`.split(/\s+/);

/** Children of `styleSheet` (18.8.39). */
export const styleSheetOrder: readonly string[] =
  "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst".split(" ");

/**
 * Splices that put an element among the root's children where the schema wants it: behind those of its own name and of
 * all that come before. An unknown child counts as what it wraps (`mc:AlternateContent`), else as the one before it.
 */
export function insertChild(tree: XmlTree, order: readonly string[], local: string, xml: string): Splice[] {
  const own = order.indexOf(local);
  let rank = -1;
  for (const child of childrenOf(tree, 0)) {
    rank = rankOf(tree, child, order) ?? rank;
    if (rank > own) return [{ start: tree.start[child]!, end: tree.start[child]!, text: xml }];
  }
  const at = tree.closeStart[0]!;
  if (!isSelfClosing(tree, 0)) return [{ start: at, end: at, text: xml }];
  const name = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!);
  return [{ start: tree.end[0]! - 2, end: tree.end[0]!, text: `>${xml}</${name}>` }];
}

function rankOf(tree: XmlTree, element: number, order: readonly string[]): number | undefined {
  for (let index = element; index < tree.next[element]!; index++) {
    const name = nameOf(tree, index);
    const rank = name.startsWith("x:") ? order.indexOf(name.slice(2)) : -1;
    if (rank >= 0) return rank;
  }
  return undefined;
}
