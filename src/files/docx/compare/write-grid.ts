import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { childNamed, childrenOf, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import { settleTree } from "../revisions/settle-part.ts";
import type { ColumnOperation } from "./align-cells.ts";
import type { Comparison } from "./comparison.ts";
import { contentKey } from "./content-key.ts";

/** The columns of a table's grid, by element (17.4.48). */
export function gridOf(tree: XmlTree, table: number): number[] {
  const grid = childNamed(tree, table, "w:tblGrid");
  return grid < 0 ? [] : childrenOf(tree, grid).filter((child) => nameOf(tree, child) === "w:gridCol");
}

export type WideGrid = {
  readonly before: number;
  readonly after: number;
  readonly columns: readonly ColumnOperation[];
  /** What is changed in the table's rows. */
  readonly splices: readonly Splice[];
};

/**
 * Splices for a grid with the columns of both tables: where columns are deleted, programs lay out the pending changes by
 * it and would not show those columns. Undefined where none is, or where accepting would not leave the second's grid.
 */
export function wideGrid(comparison: Comparison, wide: WideGrid): Splice[] | undefined {
  const { before, after, columns } = wide;
  if (columns.every(({ kind }) => kind !== "delete")) return undefined;
  const { tree } = comparison.before;
  const old = gridOf(tree, before);
  const fresh = gridOf(comparison.after.tree, after);
  const counts = { before: old.length, after: fresh.length };
  if (columns.filter(({ kind }) => kind !== "insert").length !== counts.before) return undefined;
  if (columns.filter(({ kind }) => kind !== "delete").length !== counts.after) return undefined;
  const grid = childNamed(tree, before, "w:tblGrid");
  const content = columns.map((column) =>
    column.kind === "delete"
      ? outerXml(tree, old[column.before]!)
      : comparison.importer.xml(comparison.after, fresh[column.after]!, comparison.target),
  );
  const splices = isSameGrid(comparison, old, fresh, columns) ? [] : [gridSplice(comparison, grid, content)];
  return acceptedColumns(comparison, before, [...splices, ...wide.splices]) === counts.after
    ? splices
    : undefined;
}

/** True when the columns that stay keep their widths and none comes. */
function isSameGrid(
  { before, after }: Comparison,
  old: readonly number[],
  fresh: readonly number[],
  columns: readonly ColumnOperation[],
): boolean {
  return columns.every(
    (column) =>
      column.kind === "delete" ||
      (column.kind === "keep" &&
        contentKey(before, old[column.before]!) === contentKey(after, fresh[column.after]!)),
  );
}

/** A change of the grid has no author (17.13.5.33). */
function gridSplice(comparison: Comparison, grid: number, content: readonly string[]): Splice {
  const { markup } = comparison;
  const { tree } = comparison.before;
  const was = childrenOf(tree, grid)
    .map((child) => outerXml(tree, child))
    .join("");
  const id = { "w:id": comparison.revision().id };
  const change = markup.element("w:tblGridChange", id, markup.element("w:tblGrid", {}, was));
  const name = tree.source.slice(tree.start[grid]! + 1, tree.nameEnd[grid]!);
  const open = openTag(tree, grid).replace(/\s*\/>$/, ">");
  return {
    start: tree.start[grid]!,
    end: tree.end[grid]!,
    text: `${open}${content.join("")}${change}</${name}>`,
  };
}

/** How many columns the table's grid has once all its changes are accepted. */
function acceptedColumns(
  { before: { tree } }: Comparison,
  table: number,
  splices: readonly Splice[],
): number {
  const start = tree.start[table]!;
  const local = splices.map((each) => ({ ...each, start: each.start - start, end: each.end - start }));
  const outer = tree.scopes[tree.scope[table]!]!;
  const pending = scanXml(applySplices(outerXml(tree, table), local), 256, outer);
  return gridOf(scanXml(settleTree(pending, { action: "accept" }), 256, outer), 0).length;
}
