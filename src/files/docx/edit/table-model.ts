import type { XmlTree } from "../../xml/scan-xml.ts";
import { ancestorNamed, attribute, childNamed, childrenOf, descend, nameOf } from "../../xml/xml-tree.ts";
import { storyContainer } from "../read/read-paragraphs.ts";
import { numberOf } from "../read/styles.ts";

/** A cell and the columns of the table's grid that it covers, counted from 0 (17.4.17). */
export type TableCell = {
  readonly element: number;
  readonly start: number;
  /** The column after its last one. */
  readonly end: number;
  /** Its part in a merge over several rows (17.4.84): it begins one, goes on with one from above, or neither. */
  readonly merge: "start" | "continue" | "none";
  /** True when it is inserted, deleted or merged by a tracked change that is still to be settled. */
  readonly isPending: boolean;
};

export type TableRow = {
  readonly element: number;
  readonly cells: readonly TableCell[];
  /** Columns of the grid left out before its first cell and after its last one (17.4.14, 17.4.13). */
  readonly before: number;
  readonly after: number;
  /** True when it repeats at the top of each page (17.4.49). */
  readonly isHeader: boolean;
  /** True when a tracked change that is still to be settled deletes it. */
  readonly isDeleted: boolean;
};

/** A table as rows of cells with their places in its grid; nested tables are left to themselves. */
export type Table = {
  readonly tree: XmlTree;
  readonly element: number;
  readonly rows: readonly TableRow[];
};

/** A cell of a table, by position. */
export type TablePlace = { readonly table: Table; readonly row: number; readonly cell: number };

const wrappers = new Set(["w:sdt", "w:sdtContent", "w:customXml"]);

/** What stands in an element itself or in content controls in it: rows of a table, cells of a row, paragraphs of a cell. */
export function partsOf(tree: XmlTree, parent: number, name: string): number[] {
  return childrenOf(tree, parent).flatMap((child) => {
    if (nameOf(tree, child) === name) return [child];
    return wrappers.has(nameOf(tree, child)) ? partsOf(tree, child, name) : [];
  });
}

const tables = new WeakMap<XmlTree, Map<number, Table>>();

/** The table of that `w:tbl`; each is read once, because many changes of one table come together. */
export function readTable(tree: XmlTree, element: number): Table {
  const known = tables.get(tree) ?? new Map<number, Table>();
  tables.set(tree, known);
  const table = known.get(element) ?? {
    tree,
    element,
    rows: partsOf(tree, element, "w:tr").map((row) => readRow(tree, row)),
  };
  known.set(element, table);
  return table;
}

function readRow(tree: XmlTree, element: number): TableRow {
  const properties = childNamed(tree, element, "w:trPr");
  const has = (name: string): boolean => properties >= 0 && childNamed(tree, properties, name) >= 0;
  const before = properties < 0 ? 0 : count(tree, childNamed(tree, properties, "w:gridBefore"), 0);
  const after = properties < 0 ? 0 : count(tree, childNamed(tree, properties, "w:gridAfter"), 0);
  const cells: TableCell[] = [];
  let start = before;
  for (const cell of partsOf(tree, element, "w:tc")) {
    const end = start + count(tree, descend(tree, cell, "w:tcPr", "w:gridSpan"), 1);
    cells.push({ element: cell, start, end, merge: mergeOf(tree, cell), isPending: isPending(tree, cell) });
    start = end;
  }
  const header = properties < 0 ? -1 : childNamed(tree, properties, "w:tblHeader");
  const isHeader = header >= 0 && !/^(0|false|off)$/.test(attribute(tree, header, "w:val") ?? "");
  return { element, cells, before, after, isHeader, isDeleted: has("w:del") };
}

function count(tree: XmlTree, element: number, least: number): number {
  const value = element < 0 ? undefined : numberOf(attribute(tree, element, "w:val"));
  return Math.max(least, value ?? least);
}

function mergeOf(tree: XmlTree, cell: number): TableCell["merge"] {
  const merge = descend(tree, cell, "w:tcPr", "w:vMerge");
  if (merge < 0) return "none";
  return attribute(tree, merge, "w:val") === "restart" ? "start" : "continue";
}

function isPending(tree: XmlTree, cell: number): boolean {
  const properties = childNamed(tree, cell, "w:tcPr");
  return (
    properties >= 0 &&
    childrenOf(tree, properties).some((child) => /^w:cell(Ins|Del|Merge)$/.test(nameOf(tree, child)))
  );
}

/** The cell that a paragraph is in, of the innermost table around it; undefined outside tables. */
export function tablePlace(tree: XmlTree, paragraph: number): TablePlace | undefined {
  const container = storyContainer(tree, paragraph);
  const cell = ancestorNamed(tree, paragraph, "w:tc");
  if (cell <= container) return undefined;
  const element = ancestorNamed(tree, cell, "w:tbl");
  if (element <= container) return undefined;
  const table = readTable(tree, element);
  const row = table.rows.findIndex((each) => each.cells.some((other) => other.element === cell));
  if (row < 0) return undefined;
  return { table, row, cell: table.rows[row]!.cells.findIndex((each) => each.element === cell) };
}

/** True when both rows have their cells at the same places of the grid. */
export function areAlike(one: TableRow, other: TableRow): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every(({ start, end }, index) => {
      const cell = other.cells[index]!;
      return cell.start === start && cell.end === end;
    })
  );
}

/** The cell of the row below that goes on with this one's merge, if any. */
export function mergedBelow(table: Table, row: number, cell: TableCell): TableCell | undefined {
  if (cell.merge === "none") return undefined;
  return table.rows[row + 1]?.cells.find(
    ({ start, end, merge }) => merge === "continue" && start === cell.start && end === cell.end,
  );
}

/** The row in which a merge begins with which a cell of that row goes on. */
export function mergeStart(table: Table, row: number, cell: TableCell): number {
  let at = row;
  let goesOn = cell.merge === "continue";
  while (goesOn && at > 0) {
    at--;
    const above = table.rows[at]!.cells.find(({ start, end }) => start === cell.start && end === cell.end);
    goesOn = above?.merge === "continue";
  }
  return at;
}
