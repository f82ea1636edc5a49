import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { childNamed } from "../../xml/xml-tree.ts";
import { alignBlocks } from "./align-blocks.ts";
import type { GridCell } from "./align-cells.ts";
import { alignColumns, type RowOperation } from "./align-columns.ts";
import type { Comparison } from "./comparison.ts";
import { markSubtree } from "./mark-subtree.ts";
import { type Block, readRows } from "./read-blocks.ts";
import { type ColumnWriter, cellsOf, columnWriter } from "./write-columns.ts";
import { gridOf, wideGrid } from "./write-grid.ts";
import { countText, insertedXml } from "./write-paragraph.ts";
import { changedProperties } from "./write-properties.ts";

/**
 * Splices that make a table the second's: columns and rows inserted and deleted, cells compared one by one. Undefined
 * when content controls around rows or cells, or merged cells, stand in the way, so that the table has to go as a whole.
 */
export function compareTable(comparison: Comparison, before: number, after: number): Splice[] | undefined {
  const plan = alignColumns(comparison.before, before, comparison.after, after);
  const rows = plan?.rows ?? alignRows(comparison, before, after);
  if (rows === undefined) return undefined;
  const columns = plan?.columns ?? [];
  comparison.counts.deletedColumns += columns.filter(({ kind }) => kind === "delete").length;
  comparison.counts.insertedColumns += columns.filter(({ kind }) => kind === "insert").length;
  const properties = propertySplices(comparison, "w:tblPr", before, after);
  const grid = propertySplices(comparison, "w:tblGrid", before, after);
  const content = writeRows(comparison, before, rows, columnWriter(comparison, before, after));
  const wide = wideGrid(comparison, { before, after, columns, splices: content });
  return [...properties, ...(wide ?? grid), ...content];
}

function writeRows(
  comparison: Comparison,
  before: number,
  rows: readonly RowOperation[],
  columns: ColumnWriter,
): Splice[] {
  const { tree } = comparison.before;
  const splices: Splice[] = [];
  const first = childNamed(tree, before, "w:tr");
  let place = first >= 0 ? tree.start[first]! : tree.closeStart[before]!;
  for (const operation of rows) {
    if (operation.kind === "insert") {
      splices.push(insertRow(comparison, operation, columns, place));
      continue;
    }
    const row = operation.before.elements[0]!;
    if (operation.kind === "delete") splices.push(...deleteRow(comparison, operation, columns));
    else splices.push(...compareRow(comparison, operation, columns));
    place = tree.end[row]!;
  }
  return splices;
}

/** The rows of two tables with the same columns. */
function alignRows(comparison: Comparison, before: number, after: number): RowOperation[] | undefined {
  if (gridColumns(comparison, "before", before) !== gridColumns(comparison, "after", after)) return undefined;
  const old = readRows(comparison.before, before);
  const fresh = readRows(comparison.after, after);
  if (old === undefined || fresh === undefined) return undefined;
  const cells = (side: "before" | "after", row: Block): GridCell[] => {
    return cellsOf(comparison[side].tree, row.elements[0]!).map((element, index) => ({
      element,
      from: index,
      to: index + 1,
    }));
  };
  return alignBlocks(old, fresh).flatMap((operation): RowOperation[] => {
    if (operation.kind === "recut") return [];
    if (operation.kind !== "keep") return [{ ...operation, cells: [] }];
    const others = cells("after", operation.after);
    const kept = cells("before", operation.before).map((cell, index) => {
      return { kind: "keep" as const, before: cell, after: others[index]! };
    });
    return [{ ...operation, cells: kept }];
  });
}

function gridColumns(comparison: Comparison, side: "before" | "after", table: number): number {
  const { tree } = comparison[side];
  return gridOf(tree, table).length;
}

function insertRow(
  comparison: Comparison,
  { after, cells }: RowOperation & { readonly kind: "insert" },
  columns: ColumnWriter,
  place: number,
): Splice {
  const row = after.elements[0]!;
  comparison.counts.insertedRows++;
  countText(comparison, "insertedCharacters", comparison.after.tree, row);
  const xml = insertedXml(comparison, row);
  const tree = scanXml(xml, 256, comparison.target.scope);
  return { start: place, end: place, text: applySplices(xml, columns.cellsOfRow(tree, 0, cells)) };
}

function deleteRow(
  comparison: Comparison,
  { before, cells }: RowOperation & { readonly kind: "delete" },
  columns: ColumnWriter,
): Splice[] {
  const { tree } = comparison.before;
  const row = before.elements[0]!;
  comparison.nextChange();
  comparison.counts.deletedRows++;
  countText(comparison, "deletedCharacters", tree, row);
  const marks = markSubtree(tree, row, {
    markup: comparison.markup,
    kind: "w:del",
    revision: comparison.revision,
    marksParagraphs: false,
    isInRow: true,
  });
  return [...marks, ...columns.cellsOfRow(tree, row, cells)];
}

function compareRow(
  comparison: Comparison,
  { before, after, cells }: RowOperation & { readonly kind: "keep" },
  columns: ColumnWriter,
): Splice[] {
  const { tree } = comparison.before;
  const [old, fresh] = [before.elements[0]!, after.elements[0]!];
  const isSame = before.key === after.key;
  const splices: Splice[] = [];
  if (!isSame) {
    splices.push(...propertySplices(comparison, "w:tblPrEx", old, fresh));
    splices.push(...propertySplices(comparison, "w:trPr", old, fresh));
  }
  const first = childNamed(tree, old, "w:tc");
  let place = first >= 0 ? tree.start[first]! : tree.closeStart[old]!;
  for (const operation of cells) {
    if (operation.kind === "insert") {
      splices.push({ start: place, end: place, text: columns.insertedCell(operation.after) });
      continue;
    }
    const cell = operation.before.element;
    if (operation.kind === "delete") splices.push(...columns.deletedCell(operation.before));
    else {
      if (!isSame) splices.push(...propertySplices(comparison, "w:tcPr", cell, operation.after.element));
      splices.push(...comparison.compareFlow(comparison, cell, operation.after.element));
    }
    place = tree.end[cell]!;
  }
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
