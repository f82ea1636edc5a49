import { CellClass, type CellClasses, isBoldAt, rawText, textAt } from "./cell-classes.ts";
import type { Block } from "./find-blocks.ts";
import { readRow } from "./read-rows.ts";

/**
 * Rows of a body that hold a lone label over a group of rows, by the index of the stored row. A row that merely lacks
 * its numbers is none: something has to set the label off, or it has to come more than once.
 */
export function sectionRows(
  classes: CellClasses,
  body: Block,
  sums: ReadonlySet<number>,
): Map<number, string> {
  if (body.right === body.left || body.bottom - body.top >= mostRows) return new Map();
  const lone: number[] = [];
  let rows = 0;
  for (let row = body.top; row <= body.bottom; row++) {
    const { own, texts } = readRow(classes, body, row);
    if (own.length > 0) rows++;
    if (own.length === 1 && texts[0] === body.left && !sums.has(row)) lone.push(row);
  }
  const leading = lone.filter((row) => leadsGroup(classes, body, row, sums));
  if (leading.length === 0 || leading.length * 2 > rows) return new Map();
  const marked = leading.filter((row) => isSetOff(classes, body, row));
  const isWide = body.right - body.left > 1;
  const areSections =
    marked.length * 2 >= leading.length || (isWide && (leading.length > 1 || sums.size > 0));
  if (!areSections) return new Map(marked.map((row) => [row, label(classes, body, row)]));
  return new Map(leading.map((row) => [row, label(classes, body, row)]));
}

/** In a longer body nobody writes sections by hand. */
const mostRows = 50_000;

function label(classes: CellClasses, body: Block, row: number): string {
  return textAt(classes, row, body.left).replace(/\s*[:：]$/, "");
}

/** True when a row with values stands right below it. */
function leadsGroup(classes: CellClasses, body: Block, row: number, sums: ReadonlySet<number>): boolean {
  for (let below = row + 1; below <= Math.min(body.bottom, row + 3); below++) {
    const { own } = readRow(classes, body, below);
    if (own.length > 1) return !sums.has(below);
  }
  return false;
}

function isSetOff(classes: CellClasses, body: Block, row: number): boolean {
  const text = textAt(classes, row, body.left);
  if (/[:：]$/.test(text)) return true;
  if (isBoldAt(classes, row, body.left) && !isBoldAt(classes, row + 1, body.left)) return true;
  if (classes.at(row, body.left + 1) === CellClass.covered) return true;
  return indentAt(classes, row + 1, body.left) > indentAt(classes, row, body.left);
}

function indentAt({ cells }: CellClasses, row: number, column: number): number {
  const text = rawText(cells, row, column);
  return text.length - text.trimStart().length;
}
