import type { Relationship } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed } from "../../xml/xml-tree.ts";
import { maxColumns, parseRange } from "../address.ts";
import type { CellRange, Hyperlink, SheetLayout } from "../types.ts";
import { listItems } from "./list-items.ts";
import { isTrue } from "./scan-item.ts";

export const emptyLayout: SheetLayout = {
  mergedRanges: [],
  hiddenRows: [],
  hiddenColumns: [],
  hyperlinks: [],
  isProtected: false,
};

/** What stands around the rows of a sheet, from its XML without them. */
export function readLayout(
  tree: XmlTree,
  relationships: readonly Relationship[],
  hiddenRows: readonly number[],
): SheetLayout {
  const autoFilter = rangeOf(tree, childNamed(tree, 0, "x:autoFilter"));
  const protection = childNamed(tree, 0, "x:sheetProtection");
  return {
    mergedRanges: listItems(tree, "x:mergeCells", "x:mergeCell").flatMap(
      (index) => rangeOf(tree, index) ?? [],
    ),
    hiddenRows: [...new Set(hiddenRows)].sort((a, b) => a - b),
    hiddenColumns: listItems(tree, "x:cols", "x:col").flatMap((index) => hiddenColumns(tree, index)),
    ...(autoFilter === undefined ? {} : { autoFilter }),
    hyperlinks: listItems(tree, "x:hyperlinks", "x:hyperlink").flatMap((index) =>
      readHyperlink(tree, index, relationships),
    ),
    isProtected: protection >= 0 && isTrue(attribute(tree, protection, "sheet")),
  };
}

function rangeOf(tree: XmlTree, index: number): CellRange | undefined {
  return index < 0 ? undefined : parseRange(attribute(tree, index, "ref") ?? "");
}

function hiddenColumns(tree: XmlTree, index: number): { first: number; last: number }[] {
  if (!isTrue(attribute(tree, index, "hidden"))) return [];
  const first = Number(attribute(tree, index, "min")) - 1;
  const last = Math.min(Number(attribute(tree, index, "max")), maxColumns) - 1;
  return first >= 0 && last >= first ? [{ first, last }] : [];
}

function readHyperlink(tree: XmlTree, index: number, relationships: readonly Relationship[]): Hyperlink[] {
  const range = rangeOf(tree, index);
  if (range === undefined) return [];
  const id = attribute(tree, index, "r:id");
  const outside = id === undefined ? undefined : relationships.find((each) => each.id === id)?.target;
  const location = attribute(tree, index, "location");
  const target = `${outside ?? ""}${location === undefined ? "" : `#${location}`}`;
  return target === "" ? [] : [{ range, target }];
}
