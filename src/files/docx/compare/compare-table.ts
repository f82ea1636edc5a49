import type { Splice } from "../../xml/splice.ts";
import { childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { alignBlocks } from "./align-blocks.ts";
import type { Comparison } from "./comparison.ts";
import { markSubtree } from "./mark-subtree.ts";
import { type Block, readRows } from "./read-blocks.ts";
import { countText, insertedXml } from "./write-paragraph.ts";
import { changedProperties } from "./write-properties.ts";

/** Splices that make one cell the other. */
type CompareCell = (comparison: Comparison, before: number, after: number) => Splice[];

/**
 * Splices that make a table the second's: rows inserted and deleted, cells compared one by one. Undefined when
 * content controls around rows or cells stand in the way, so that the table has to go as a whole.
 */
export function compareTable(
  comparison: Comparison,
  before: number,
  after: number,
  compareCell: CompareCell,
): Splice[] | undefined {
  const old = readRows(comparison.before, before);
  const fresh = readRows(comparison.after, after);
  if (old === undefined || fresh === undefined) return undefined;
  const { tree } = comparison.before;
  const splices = [
    ...propertySplices(comparison, "w:tblPr", before, after),
    ...propertySplices(comparison, "w:tblGrid", before, after),
  ];
  let place = old.length > 0 ? tree.start[old[0]!.elements[0]!]! : tree.closeStart[before]!;
  for (const operation of alignBlocks(old, fresh)) {
    if (operation.kind === "insert") splices.push(insertRow(comparison, operation.after, place));
    else {
      const row = operation.before.elements[0]!;
      if (operation.kind === "delete") splices.push(...deleteRow(comparison, row));
      else splices.push(...compareRow(comparison, operation.before, operation.after, compareCell));
      place = tree.end[row]!;
    }
  }
  return splices;
}

function insertRow(comparison: Comparison, row: Block, place: number): Splice {
  const element = row.elements[0]!;
  comparison.counts.insertedRows++;
  countText(comparison, "insertedCharacters", comparison.after.tree, element);
  return { start: place, end: place, text: insertedXml(comparison, element) };
}

function deleteRow(comparison: Comparison, row: number): Splice[] {
  const { tree } = comparison.before;
  comparison.nextChange();
  comparison.counts.deletedRows++;
  countText(comparison, "deletedCharacters", tree, row);
  return markSubtree(tree, row, {
    markup: comparison.markup,
    kind: "w:del",
    revision: comparison.revision,
    marksParagraphs: false,
    isInRow: true,
  });
}

function compareRow(comparison: Comparison, before: Block, after: Block, compareCell: CompareCell): Splice[] {
  const [old, fresh] = [before.elements[0]!, after.elements[0]!];
  const cells = (side: "before" | "after", row: number): number[] => {
    const { tree } = comparison[side];
    return childrenOf(tree, row).filter((child) => nameOf(tree, child) === "w:tc");
  };
  const others = cells("after", fresh);
  const splices: Splice[] = [];
  if (before.key !== after.key) {
    splices.push(...propertySplices(comparison, "w:tblPrEx", old, fresh));
    splices.push(...propertySplices(comparison, "w:trPr", old, fresh));
  }
  cells("before", old).forEach((cell, index) => {
    const other = others[index]!;
    if (before.key !== after.key) splices.push(...propertySplices(comparison, "w:tcPr", cell, other));
    splices.push(...compareCell(comparison, cell, other));
  });
  return splices;
}

function propertySplices(
  comparison: Comparison,
  name: "w:tblPr" | "w:tblGrid" | "w:tblPrEx" | "w:trPr" | "w:tcPr",
  before: number,
  after: number,
): Splice[] {
  const { tree } = comparison.before;
  const own = childNamed(tree, before, name);
  const xml = changedProperties(comparison, name, own, childNamed(comparison.after.tree, after, name));
  if (xml === undefined) return [];
  if (own >= 0) return [{ start: tree.start[own]!, end: tree.end[own]!, text: xml }];
  const at = propertyPlace(comparison, name, before);
  return [{ start: at, end: at, text: xml }];
}

/** Properties come first, but for a row's after its exceptions and a table's grid after its properties. */
function propertyPlace({ before: { tree } }: Comparison, name: string, element: number): number {
  const first = name === "w:trPr" ? "w:tblPrEx" : name === "w:tblGrid" ? "w:tblPr" : undefined;
  const other = first === undefined ? -1 : childNamed(tree, element, first);
  return other >= 0 ? tree.end[other]! : tree.openEnd[element]!;
}
