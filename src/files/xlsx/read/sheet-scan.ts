import { FileDamagedError } from "../../../errors.ts";
import { type GrowingCells, growingCells } from "./cell-columns.ts";
import { type GrowingFormulas, growingFormulas } from "./formula-list.ts";
import { type TextPool, textPool } from "./text-pool.ts";

/** All that is known of a sheet while its bytes go by. */
export type SheetScan = {
  readonly cells: GrowingCells;
  readonly formulas: GrowingFormulas;
  /** Texts that stand in the sheet itself: inline strings, results of formulas, errors. */
  readonly texts: TextPool;
  readonly hiddenRows: number[];
  readonly date1904: boolean;
  /** The row being read, from 1; 0 before the first. */
  row: number;
  /** Index of that row among the stored ones, or -1 while nothing of it is stored. */
  rowIndex: number;
  /** How many digits the row's number was written with; 0 when it was not written. */
  rowDigits: number;
  /** Column of the last cell of this row, or -1. */
  column: number;
  isInRow: boolean;
  /** Greatest index of a shared string. */
  lastShared: number;
  /** Index of each stored row by its number, from the first row that came out of order. */
  indexByRow: Map<number, number> | undefined;
};

export function sheetScan(date1904: boolean, maxSlots?: number, keepsFormulas?: boolean): SheetScan {
  return {
    cells: growingCells(maxSlots),
    formulas: growingFormulas(keepsFormulas),
    texts: textPool(),
    hiddenRows: [],
    date1904,
    row: 0,
    rowIndex: -1,
    rowDigits: 0,
    column: -1,
    isInRow: false,
    lastShared: -1,
    indexByRow: undefined,
  };
}

/** The index of the current row, which is stored now if it was not. */
export function storedRow(scan: SheetScan): number {
  if (scan.rowIndex >= 0) return scan.rowIndex;
  const { cells, row } = scan;
  if (scan.indexByRow === undefined && cells.rowCount > 0 && cells.rows[cells.rowCount - 1]! >= row) {
    scan.indexByRow = new Map();
    for (let index = 0; index < cells.rowCount; index++) scan.indexByRow.set(cells.rows[index]!, index);
  }
  const known = scan.indexByRow?.get(row);
  if (known !== undefined) scan.rowIndex = known;
  else {
    if (cells.rowCount === cells.rows.length) {
      const wider = new Uint32Array(cells.rowCount * 2);
      wider.set(cells.rows);
      cells.rows = wider;
    }
    cells.rows[cells.rowCount] = row;
    scan.rowIndex = cells.rowCount++;
    scan.indexByRow?.set(row, scan.rowIndex);
  }
  return scan.rowIndex;
}

export function damagedCells(what: string): FileDamagedError {
  return new FileDamagedError(what, { hint: "Open the file in Excel and save it again." });
}
