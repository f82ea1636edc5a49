/** A cell and the grid columns it covers, from the first to the one after the last. */
export type GridCell = { readonly element: number; readonly from: number; readonly to: number };

/** Cells of a row that both tables have, in order: what stays, goes and comes. */
export type CellOperation =
  | { readonly kind: "keep"; readonly before: GridCell; readonly after: GridCell }
  | { readonly kind: "delete"; readonly before: GridCell }
  | { readonly kind: "insert"; readonly after: GridCell };

/**
 * In a row that comes or goes as a whole: its own cell of a column that comes or goes too (`at` is its number), or the
 * place of a column that it has no cell in (before the cell of that number).
 */
export type ColumnCell = {
  readonly kind: "insert" | "delete";
  readonly column: number;
  readonly at: number;
  readonly isMissing: boolean;
};

/** The columns of both tables by number, in the order in which they stand while the changes are pending. */
export type ColumnOperation =
  | { readonly kind: "keep"; readonly before: number; readonly after: number }
  | { readonly kind: "delete"; readonly before: number }
  | { readonly kind: "insert"; readonly after: number };

/** The columns of two tables by number: the second's by the first's. */
export type Partners = ReadonlyMap<number, number>;

/**
 * The cells by which a row that comes or goes takes part in the changes of columns; where it has none, an empty one. So
 * each of these changes can be refused without the others.
 */
export function columnCells(
  cells: readonly GridCell[],
  columns: readonly ColumnOperation[],
  missing: "insert" | "delete",
): ColumnCell[] {
  const found: ColumnCell[] = [];
  let place = 0;
  for (const operation of columns) {
    const isMissing = operation.kind === missing;
    const at = cells.findIndex(({ from }) => from === place);
    const isEnd = at < 0 && cells.at(-1)?.to === place;
    if (operation.kind !== "keep" && (isMissing ? at >= 0 || isEnd : cells[at]?.to === place + 1)) {
      const column = operation.kind === "insert" ? operation.after : operation.before;
      found.push({ kind: operation.kind, column, at: isEnd ? cells.length : at, isMissing });
    }
    if (!isMissing) place++;
  }
  return found;
}

/** Undefined when a cell covers columns of several, or when the row would keep none. */
export function alignCells(
  old: readonly GridCell[],
  fresh: readonly GridCell[],
  partners: Partners,
): CellOperation[] | undefined {
  const counterpart = new Map<GridCell, GridCell>();
  const taken = new Set<GridCell>();
  for (const cell of old) {
    const columns = new Set<number>();
    for (let column = cell.from; column < cell.to; column++) {
      const partner = partners.get(column);
      if (partner !== undefined) columns.add(partner);
    }
    const others = fresh.filter(({ from, to }) =>
      [...columns].some((column) => column >= from && column < to),
    );
    if (others.length > 1 || others.some((other) => taken.has(other))) return undefined;
    if (others.length === 0) continue;
    counterpart.set(cell, others[0]!);
    taken.add(others[0]!);
  }
  if (taken.size === 0) return undefined;
  const operations: CellOperation[] = [];
  let at = 0;
  const insertUpTo = (end: number): void => {
    for (; at < end; at++) operations.push({ kind: "insert", after: fresh[at]! });
  };
  for (const cell of old) {
    const other = counterpart.get(cell);
    if (other === undefined) {
      operations.push({ kind: "delete", before: cell });
      continue;
    }
    insertUpTo(fresh.indexOf(other));
    operations.push({ kind: "keep", before: cell, after: other });
    at++;
  }
  insertUpTo(fresh.length);
  return operations;
}
