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
    const { kept, gone, width } = coverage(plan, table);
    if (width !== columns.length || kept.size === 0) continue;
    for (const [index, column] of columns.entries())
      if (gone.has(index) && !kept.has(index)) fate[column] = REMOVED;
  }
}

function tableOf(tree: XmlTree, cell: number): number {
  let at = tree.parent[cell]!;
  while (at >= 0 && nameOf(tree, at) !== "w:tbl") at = tree.parent[at]!;
  return at;
}

type Coverage = {
  /** Columns in which a cell stays that spans no other, and those in which a cell goes. */
  readonly kept: ReadonlySet<number>;
  readonly gone: ReadonlySet<number>;
  /** Columns that the rows cover now. */
  readonly width: number;
};

function coverage({ tree, fate }: SettlePlan, table: number): Coverage {
  const kept = new Set<number>();
  const gone = new Set<number>();
  let width = 0;
  for (const row of childrenOf(tree, table)) {
    if (nameOf(tree, row) !== "w:tr") continue;
    let at = numberOf(tree, descend(tree, row, "w:trPr", "w:gridBefore"));
    for (const cell of childrenOf(tree, row)) {
      if (nameOf(tree, cell) !== "w:tc") continue;
      const span = Math.max(1, numberOf(tree, descend(tree, cell, "w:tcPr", "w:gridSpan")));
      if (fate[cell] === REMOVED) for (let column = at; column < at + span; column++) gone.add(column);
      else if (fate[row] !== REMOVED && span === 1) kept.add(at);
      at += span;
    }
    width = Math.max(width, at + numberOf(tree, descend(tree, row, "w:trPr", "w:gridAfter")));
  }
  return { kept, gone, width };
}

function numberOf(tree: XmlTree, element: number): number {
  return element < 0 ? 0 : Number.parseInt(attribute(tree, element, "w:val") ?? "", 10) || 0;
}
