import { CellKind } from "../../files/xlsx/types.ts";
import type { AuditSheet } from "./audit-book.ts";

/** Filled cells below each other in one column, without a gap; rows from 1, ascending. */
export type ColumnRun = { readonly column: number; readonly firstRow: number; readonly lastRow: number };

/** The runs of filled cells of a column that are at least so long. */
export function columnRuns({ cells }: AuditSheet, column: number, least: number): ColumnRun[] {
  const { kinds } = cells.columns[column]!;
  const runs: ColumnRun[] = [];
  let first = -1;
  for (let index = 0; index <= kinds.length; index++) {
    const isFilled = index < kinds.length && kinds[index] !== CellKind.empty;
    const isNext = first >= 0 && cells.rows[index] === cells.rows[index - 1]! + 1;
    if (first >= 0 && (!isFilled || !isNext)) {
      if (index - first >= least)
        runs.push({ column, firstRow: cells.rows[first]!, lastRow: cells.rows[index - 1]! });
      first = -1;
    }
    if (isFilled && first < 0) first = index;
  }
  return runs;
}
