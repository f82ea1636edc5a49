import { FileTooLargeError } from "../../../errors.ts";
import { maxRows } from "../address.ts";
import type { CellColumn } from "../types.ts";

/** Room for cells that a sheet may ask for; 100 million take 1.1 GB. Empty cells between filled ones count. */
export const maxSlots = 100_000_000;

/** A column while it grows. */
export type GrowingColumn = { values: Float64Array; kinds: Uint8Array; styles: Uint16Array; used: number };

/** Rows and columns of a sheet while it is read. */
export type GrowingCells = {
  rows: Uint32Array;
  rowCount: number;
  readonly columns: GrowingColumn[];
  slots: number;
  cellCount: number;
  /** How many rows there will be, going by the bytes so far; saves copying on growth, and may be wrong. */
  expectedRows: number;
  readonly maxSlots: number;
};

export function growingCells(limit: number = maxSlots): GrowingCells {
  return {
    rows: new Uint32Array(1024),
    rowCount: 0,
    columns: [],
    slots: 0,
    cellCount: 0,
    expectedRows: 0,
    maxSlots: limit,
  };
}

/** The column, made or grown so that it has room at `index`. Throws `FileTooLargeError` above the limit. */
export function columnWithRoom(cells: GrowingCells, column: number, index: number): GrowingColumn {
  while (cells.columns.length <= column) cells.columns.push(newColumn());
  const found = cells.columns[column]!;
  if (index < found.values.length) return found;
  // A column that begins late or is sparse gets zero pages, which cost nothing until they are written.
  const doubled = Math.max(16, 2 ** Math.ceil(Math.log2(index + 1)));
  const isLong = index >= 4096 && cells.expectedRows > index && cells.expectedRows <= maxRows;
  const capacity = isLong ? cells.expectedRows : doubled;
  cells.slots += capacity - found.values.length;
  if (cells.slots > cells.maxSlots) {
    throw new FileTooLargeError(
      `the sheet spreads over more than ${cells.maxSlots.toLocaleString("en")} cells`,
      {
        hint: "Save the part of the sheet that matters in a workbook of its own.",
      },
    );
  }
  const { values, kinds, styles, used } = found;
  found.values = new Float64Array(capacity);
  found.values.set(values.subarray(0, used));
  found.kinds = new Uint8Array(capacity);
  found.kinds.set(kinds.subarray(0, used));
  found.styles = new Uint16Array(capacity);
  found.styles.set(styles.subarray(0, used));
  return found;
}

/** Stores a cell that the fast path could not. A second cell at one place replaces the first, as in Excel. */
export function storeCell(
  cells: GrowingCells,
  index: number,
  column: number,
  cell: { readonly kind: number; readonly value: number; readonly style: number },
): void {
  const target = columnWithRoom(cells, column, index);
  if (index >= target.used) target.used = index + 1;
  target.values[index] = cell.value;
  target.kinds[index] = cell.kind;
  target.styles[index] = cell.style;
  cells.cellCount++;
}

const nothing: CellColumn = {
  values: new Float64Array(0),
  kinds: new Uint8Array(0),
  styles: new Uint16Array(0),
};

/** The columns as read-only views of what was stored. */
export function finishColumns(cells: GrowingCells): CellColumn[] {
  return cells.columns.map(({ values, kinds, styles, used }) =>
    used === 0
      ? nothing
      : {
          values: values.subarray(0, used),
          kinds: kinds.subarray(0, used),
          styles: styles.subarray(0, used),
        },
  );
}

/**
 * Puts rows that the file holds out of order in order. Returns the new index of each old one; undefined when they
 * were in order.
 */
export function sortRows(cells: GrowingCells): Uint32Array | undefined {
  const { rows, rowCount } = cells;
  let isSorted = true;
  for (let index = 1; index < rowCount && isSorted; index++) isSorted = rows[index]! > rows[index - 1]!;
  if (isSorted) return undefined;
  const order = Uint32Array.from({ length: rowCount }, (_, index) => index).sort(
    (a, b) => rows[a]! - rows[b]!,
  );
  const moved = new Uint32Array(rowCount);
  order.forEach((old, index) => {
    moved[old] = index;
  });
  cells.rows = Uint32Array.from(order, (old) => rows[old]!);
  for (const column of cells.columns) reorder(column, order);
  return moved;
}

function reorder(column: GrowingColumn, order: Uint32Array): void {
  const { values, kinds, styles, used } = column;
  if (used === 0) return;
  column.values = Float64Array.from(order, (old) => (old < used ? values[old]! : 0));
  column.kinds = Uint8Array.from(order, (old) => (old < used ? kinds[old]! : 0));
  column.styles = Uint16Array.from(order, (old) => (old < used ? styles[old]! : 0));
  column.used = order.length;
}

function newColumn(): GrowingColumn {
  return { values: new Float64Array(0), kinds: new Uint8Array(0), styles: new Uint16Array(0), used: 0 };
}
