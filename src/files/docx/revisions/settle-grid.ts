import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, nameOf } from "../../xml/xml-tree.ts";
import { REMOVED, type SettlePlan } from "./settle-plan.ts";
import type { RevisionElement } from "./settle-revisions.ts";

/**
 * A column of a table goes from its grid with its last cell of its own (17.4.48). A grid that gets its old columns
 * back, or that does not fit the cells, stays as it is.
 */
export function planGrids(plan: SettlePlan, chosen: readonly RevisionElement[]): void {
  const { tree, fate } = plan;
  const tables = new Set<number>();
  for (const { role, target } of chosen) {
    if (role === "cell" && target >= 0 && fate[target] === REMOVED) tables.add(tableOf(tree, target));
  }
  for (const table of tables) {
    const grid = table < 0 ? -1 : childNamed(tree, table, "w:tblGrid");
    if (grid < 0 || plan.restored.has(grid)) continue;
    const columns = childrenOf(tree, grid).filter((child) => nameOf(tree, child) === "w:gridCol");
    const rows = childrenOf(tree, table).filter((child) => nameOf(tree, child) === "w:tr");
    const cells = rows.flatMap((row) => cellsOf(tree, row));
    if (cells.reduce((most, { to }) => Math.max(most, to), 0) !== columns.length) continue;
    const { kept, gone } = coverage(plan, cells);
    if (kept.size === 0) continue;
    for (const [index, column] of columns.entries())
      if (gone.has(index) && !kept.has(index)) fate[column] = REMOVED;
  }
}

function tableOf(tree: XmlTree, cell: number): number {
  let at = tree.parent[cell]!;
  while (at >= 0 && nameOf(tree, at) !== "w:tbl") at = tree.parent[at]!;
  return at;
}

type Cell = { readonly row: number; readonly element: number; readonly from: number; readonly to: number };

function cellsOf(tree: XmlTree, row: number): Cell[] {
  let at = numberOf(tree, descend(tree, row, "w:trPr", "w:gridBefore"));
  return childrenOf(tree, row)
    .filter((child) => nameOf(tree, child) === "w:tc")
    .map((element) => {
      const from = at;
      at += Math.max(1, numberOf(tree, descend(tree, element, "w:tcPr", "w:gridSpan")));
      return { row, element, from, to: at };
    });
}

type Coverage = {
  /** Columns in which a cell stays that spans no other, and those in which a cell goes. */
  readonly kept: ReadonlySet<number>;
  readonly gone: ReadonlySet<number>;
};

function coverage({ fate }: SettlePlan, cells: readonly Cell[]): Coverage {
  const kept = new Set<number>();
  const gone = new Set<number>();
  for (const { row, element, from, to } of cells) {
    if (fate[element] === REMOVED) for (let column = from; column < to; column++) gone.add(column);
    else if (fate[row] !== REMOVED && to === from + 1) kept.add(from);
  }
  return { kept, gone };
}

function numberOf(tree: XmlTree, element: number): number {
  return element < 0 ? 0 : Number.parseInt(attribute(tree, element, "w:val") ?? "", 10) || 0;
}
