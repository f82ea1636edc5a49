import type { CellClasses } from "./cell-classes.ts";

/** A rectangle of stored rows and columns, from 0, both ends included, with no empty edge. */
export type Block = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

/**
 * The rectangles that empty rows and columns part, from top to bottom and left to right: the sheet is cut at empty
 * rows, each part at empty columns, and so on until nothing is left to cut.
 */
export function findBlocks(classes: CellClasses): Block[] {
  const whole = trim(classes, {
    top: 0,
    bottom: classes.rowCount - 1,
    left: 0,
    right: classes.columnCount - 1,
  });
  const blocks = whole === undefined ? [] : cut(classes, whole, "rows", false);
  return blocks.sort((a, b) => a.top - b.top || a.left - b.left);
}

function cut(classes: CellClasses, block: Block, way: "rows" | "columns", isLastTry: boolean): Block[] {
  const parts = way === "rows" ? rowParts(classes, block) : columnParts(classes, block);
  const other = way === "rows" ? "columns" : "rows";
  if (parts.length === 1) return isLastTry ? parts : cut(classes, parts[0]!, other, true);
  return parts.flatMap((part) => cut(classes, part, other, false));
}

function rowParts(classes: CellClasses, block: Block): Block[] {
  const { rows } = classes.cells;
  const parts: Block[] = [];
  let top = -1;
  const close = (bottom: number): void => {
    const part = top < 0 ? undefined : trim(classes, { ...block, top, bottom });
    if (part !== undefined) parts.push(part);
    top = -1;
  };
  for (let row = block.top; row <= block.bottom; row++) {
    const isGap = row > block.top && rows[row]! > rows[row - 1]! + 1;
    if (isGap) close(row - 1);
    if (isEmptyRow(classes, row, block)) close(row - 1);
    else if (top < 0) top = row;
  }
  close(block.bottom);
  return parts;
}

function columnParts(classes: CellClasses, block: Block): Block[] {
  const parts: Block[] = [];
  let left = -1;
  const close = (right: number): void => {
    const part = left < 0 ? undefined : trim(classes, { ...block, left, right });
    if (part !== undefined) parts.push(part);
    left = -1;
  };
  for (let column = block.left; column <= block.right; column++) {
    if (isEmptyColumn(classes, column, block)) close(column - 1);
    else if (left < 0) left = column;
  }
  close(block.right);
  return parts;
}

export function isEmptyRow({ columns }: CellClasses, row: number, { left, right }: Block): boolean {
  for (let column = left; column <= right; column++) if ((columns[column]![row] ?? 0) !== 0) return false;
  return true;
}

function isEmptyColumn(classes: CellClasses, column: number, { top, bottom }: Block): boolean {
  const own = classes.columns[column]!;
  const last = Math.min(bottom, own.length - 1);
  for (let row = top; row <= last; row++) if (own[row] !== 0) return false;
  return true;
}

/** The block without its empty edges; undefined when nothing is in it. */
export function trim(classes: CellClasses, block: Block): Block | undefined {
  let { top, bottom, left, right } = block;
  while (top <= bottom && isEmptyRow(classes, top, block)) top++;
  while (bottom >= top && isEmptyRow(classes, bottom, block)) bottom--;
  if (top > bottom) return undefined;
  const rows = { ...block, top, bottom };
  while (isEmptyColumn(classes, left, rows)) left++;
  while (isEmptyColumn(classes, right, rows)) right--;
  return { top, bottom, left, right };
}

/** The smallest block that holds both. */
export function aroundBoth(a: Block, b: Block): Block {
  return {
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
  };
}
