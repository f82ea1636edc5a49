import { afterListLabel } from "../list-label.ts";
import type { Line } from "./page-lines.ts";

/** Lines that belong together so far: a row of cells, or a line of running text. */
export type LineGroup =
  | { readonly kind: "row"; readonly cells: readonly (readonly Line[])[]; readonly isHeader?: boolean }
  | { readonly kind: "line"; readonly line: Line; readonly isLabelled: boolean };

/** Most lines of one cell; a longer stretch is a column of text. */
const TALLEST_CELL = 8;

/** Finds the rows of tables among the lines of a page: by their tags, or by cells that stand beside each other. */
export function findRows(lines: readonly Line[]): LineGroup[] {
  const groups: LineGroup[] = [];
  const joined = joinLabels(lines);
  for (let at = 0; at < joined.length; ) {
    const tagged = taggedRow(joined, at);
    const rows = tagged === undefined ? guessedRows(joined, at) : [tagged];
    for (const row of rows)
      groups.push({ kind: "row", cells: row.cells, ...(row.isHeader && { isHeader: true }) });
    at = rows.at(-1)?.to ?? at;
    if (rows.length > 0) continue;
    const { isLabelled, ...line } = joined[at]!;
    groups.push({ kind: "line", line, isLabelled });
    at += 1;
  }
  return groups;
}

type Labelled = Line & { readonly isLabelled: boolean };
type Row = { readonly cells: readonly (readonly Line[])[]; readonly to: number; readonly isHeader?: boolean };

/** A bullet or number that stands apart from its text on the same base line becomes one line with it. */
function joinLabels(lines: readonly Line[]): Labelled[] {
  const joined: Labelled[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const isBeside = last !== undefined && isSameBase(last, line) && line.left >= last.right - 1;
    if (isBeside && isLabel(last.text) && last.tag?.block === line.tag?.block) {
      // The text's own edge counts, so that its further lines stand below it.
      joined[joined.length - 1] = { ...line, text: `${last.text} ${line.text}`, isLabelled: true };
    } else joined.push({ ...line, isLabelled: afterListLabel(line.text) !== undefined });
  }
  return joined;
}

function isLabel(text: string): boolean {
  return /^\d{1,2}(\.\d{1,2})*\.?$/.test(text) || (text.length <= 6 && afterListLabel(`${text} x`) === "x");
}

function isSameBase(a: Line, b: Line): boolean {
  return (
    a.page === b.page && !a.isTurned && !b.isTurned && Math.abs(a.y - b.y) < Math.max(a.size, b.size) * 0.4
  );
}

function taggedRow(lines: readonly Line[], from: number): Row | undefined {
  const row = lines[from]!.tag?.row;
  if (row === undefined) return undefined;
  const cells: Line[][] = [];
  let to = from;
  let isHeader = true;
  for (; lines[to]?.tag?.row === row; to++) {
    const { cell = 0, isHeader: isNamed = false } = lines[to]!.tag!;
    while (cells.length <= cell) cells.push([]);
    cells[cell]!.push(lines[to]!);
    isHeader &&= isNamed;
  }
  return { cells, to, ...(isHeader && { isHeader }) };
}

/** Rows that follow each other from here: two whose cells stand below each other, or one of three cells and more. */
function guessedRows(lines: readonly Labelled[], from: number): Row[] {
  const rows: Row[] = [];
  for (let row = rowAt(lines, from); row !== undefined; row = rowAt(lines, row.to)) {
    const last = rows.at(-1);
    if (last !== undefined && !isBelow(last, row)) break;
    rows.push(row);
  }
  const isTable = rows.length > 1 || (rows[0]?.cells.length ?? 0) > 2;
  return isTable ? rows : [];
}

function isBelow(above: Row, below: Row): boolean {
  const lefts = above.cells.map((cell) => cell[0]!.left);
  const rights = above.cells.map((cell) => cell[0]!.right);
  const aligned = below.cells.filter(([line]) => {
    const isNear = (edge: number, own: number): boolean => Math.abs(edge - own) < line!.size * 0.5;
    return lefts.some((edge) => isNear(edge, line!.left)) || rights.some((edge) => isNear(edge, line!.right));
  });
  return below.cells[0]![0]!.y > above.cells[0]![0]!.y && aligned.length >= 2;
}

/** Cells side by side, each drawn whole before the next one: their first lines share a base line. */
function rowAt(lines: readonly Labelled[], from: number): Row | undefined {
  const first = lines[from];
  if (first === undefined || first.isTurned || first.tag !== undefined) return undefined;
  const cells: Line[][] = [[first]];
  let to = from + 1;
  for (; to < lines.length; to++) {
    const line = lines[to]!;
    const cell = cells.at(-1)!;
    const edge = cell.reduce((most, each) => Math.max(most, each.right), 0);
    if (isSameBase(first, line) && line.left >= edge - 1) cells.push([line]);
    else if (isNextInCell(cell, line)) cell.push(line);
    else break;
  }
  // Lines below the last cell may be the next paragraph; then no other cell follows and this is no row.
  return cells.length > 1 ? { cells, to } : undefined;
}

function isNextInCell(cell: readonly Line[], line: Labelled): boolean {
  const last = cell.at(-1)!;
  const gap = line.y - last.y;
  const isClose = gap > line.size * 0.6 && gap < line.size * 1.6;
  return (
    isClose &&
    cell.length < TALLEST_CELL &&
    Math.abs(line.left - cell[0]!.left) < line.size &&
    !line.isLabelled
  );
}
