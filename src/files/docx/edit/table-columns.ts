import { descend } from "../../xml/xml-tree.ts";
import type { RefusalReason } from "./run-edit.ts";
import { canChangeCell } from "./table-marks.ts";
import type { Table, TableCell, TablePlace, TableRow } from "./table-model.ts";

/** The cells of one row that a column has there, and whether the row has no others. */
export type ColumnPart = {
  readonly row: TableRow;
  readonly cells: readonly TableCell[];
  readonly isWhole: boolean;
};

/** Why columns of the table can't be worked out, or undefined. */
export function refuseGrid({ tree, rows }: Table): RefusalReason | undefined {
  for (const [index, { cells }] of rows.entries()) {
    if (cells.some(({ isPending }) => isPending)) {
      return {
        code: "locked",
        reason: `row ${index + 1} has cells that are inserted, deleted or merged by a tracked change`,
        fix: "Accept or reject that change first.",
      };
    }
    if (cells.some(({ element }) => descend(tree, element, "w:tcPr", "w:hMerge") >= 0))
      return spanning(index);
  }
  return undefined;
}

/** Why the columns under a cell can't go, or undefined: every row must reach to them. */
export function refuseCut({ table, row, cell }: TablePlace): RefusalReason | undefined {
  const { tree, rows } = table;
  const { start, end } = rows[row]!.cells[cell]!;
  if (isTitle(table, start, end)) {
    return {
      code: "unsupported",
      reason: "the cell is merged over all columns of the table",
      fix: "Quote a cell of the column that should go.",
    };
  }
  for (const [index, each] of rows.entries()) {
    const isFixed = cutCells(each, start, end).some(({ element }) => !canChangeCell(tree, element));
    if (isFixed) return spanning(index);
    const isInGap = start < each.before || (each.after > 0 && end > widthOf(each) - each.after);
    if (isInGap) return leavingOut(index);
  }
  return undefined;
}

/** True for what covers every column of a table that has several. */
function isTitle({ rows }: Table, start: number, end: number): boolean {
  const cells = rows.flatMap((row) => row.cells);
  return (
    rows.some((row) => row.cells.length > 1) && cells.every((cell) => cell.start >= start && cell.end <= end)
  );
}

/** Cells of a row that cover some of the columns from `start` to `end` and others too. */
export function cutCells({ cells }: TableRow, start: number, end: number): TableCell[] {
  return cells.filter(
    (cell) => cell.start < end && start < cell.end && (cell.start < start || cell.end > end),
  );
}

/** Columns of the grid that a row takes, with those that it leaves out at its ends. */
function widthOf({ cells, before, after }: TableRow): number {
  return (cells.at(-1)?.end ?? before) + after;
}

export function spanning(row: number): RefusalReason {
  return {
    code: "unsupported",
    reason: `a cell of row ${row + 1} is merged over this column and others`,
    fix: "Split the merged cell in Word first, or change the cells' texts instead.",
  };
}

export function leavingOut(row: number): RefusalReason {
  return {
    code: "unsupported",
    reason: `row ${row + 1} does not reach to this column`,
    fix: "Make the table's rows equally long in Word first, or change the cells' texts instead.",
  };
}

/** What the columns under a cell are in each row from the top; rows that end before them are left out. */
export function columnParts({ rows }: Table, { start, end }: TableCell): ColumnPart[] {
  return rows.flatMap((row) => {
    const cells = row.cells.filter((cell) => cell.start >= start && cell.end <= end);
    return cells.length === 0 ? [] : [{ row, cells, isWhole: cells.length === row.cells.length }];
  });
}
