import { CellClass, type CellClasses, isBoldAt, isOwn, isTyped, textAt } from "./cell-classes.ts";
import { type Block, trim } from "./find-blocks.ts";
import { headerRows, isLabelRow } from "./header-rows.ts";
import { parsePeriod } from "./parse-period.ts";
import { loneText, readRow, sampleColumn } from "./read-rows.ts";

/** The block, cut where a row in its middle names columns anew, together with the titles right above such a row. */
export function splitBlock(classes: CellClasses, block: Block): Block[] {
  const parts: Block[] = [];
  let top = block.top;
  for (let rounds = 0; rounds < 200; rounds++) {
    const start = nextHeader(classes, { ...block, top });
    if (start === undefined) break;
    parts.push({ ...block, top, bottom: start - 1 });
    top = start;
  }
  parts.push({ ...block, top });
  return parts.flatMap((part) => trim(classes, part) ?? []);
}

/** Index of the row where the next table begins, titles included; undefined when there is none. */
function nextHeader(classes: CellClasses, block: Block): number | undefined {
  let top = block.top;
  while (top < block.bottom && loneText(classes, block, top) === block.left) top++;
  const body = top + Math.max(1, headerRows(classes, { ...block, top }).count);
  const columns = typedColumns(classes, block, body);
  if (columns.length === 0) return undefined;
  const names = headerNames(classes, block, top, body);
  // Most rows are passed by a look at three columns.
  const [first, second = first, third = second] = columns.map((column) => classes.columns[column]!);
  const { text } = CellClass;
  for (let row = body + 1; row < block.bottom; row++) {
    if (first![row] !== text && second![row] !== text && third![row] !== text) continue;
    if (!isNewHeader(classes, block, row, columns) || isRepeated(classes, block, row, names)) continue;
    let start = row;
    while (start - 1 > body && loneText(classes, block, start - 1) === block.left) start--;
    return start;
  }
  return undefined;
}

function typedColumns(classes: CellClasses, block: Block, from: number): number[] {
  const columns: number[] = [];
  for (let column = block.left; column <= block.right; column++) {
    const { found, purity } = sampleColumn(classes, block, from, column);
    if (isTyped(found) && purity >= 0.6) columns.push(column);
  }
  return columns;
}

/** A row of distinct labels, with numbers or dates above it and below it in most of its columns. */
function isNewHeader(classes: CellClasses, block: Block, row: number, columns: readonly number[]): boolean {
  if (!isLabelRow(classes, { ...block, top: row }, row)) return false;
  const { texts, own } = readRow(classes, block, row);
  const names = new Set(texts.map((column) => textAt(classes, row, column)));
  if (own.length < 2 || names.size < texts.length) return false;
  const contrast = columns.filter((column) => {
    if (classes.at(row, column) !== CellClass.text) return false;
    return (
      isTyped(nearest(classes, block, row, column, -1)) && isTyped(nearest(classes, block, row, column, 1))
    );
  });
  if (contrast.length * 3 < columns.length * 2) return false;
  // `1:1` and `until 3/2021` are values that happen to be no numbers.
  const values = contrast.filter((column) => isValueText(textAt(classes, row, column)));
  if (values.length * 2 > contrast.length) return false;
  if (contrast.length >= 2) return true;
  // A word in a single column of numbers says little, unless the table is nothing but names and numbers.
  const isBold = own.every((column) => isBoldAt(classes, row, column));
  return contrast.length === 1 && (block.right - block.left === 1 || isBold);
}

function isValueText(text: string): boolean {
  return /\d/.test(text) && parsePeriod(text) === undefined && !/\p{L}{3}/u.test(text);
}

/** The class of the next cell up or down that holds something, at most three rows away. */
function nearest(
  classes: CellClasses,
  { top, bottom }: Block,
  row: number,
  column: number,
  step: 1 | -1,
): number {
  for (let at = row + step; at >= top && at <= bottom && Math.abs(at - row) <= 3; at += step) {
    const found = classes.at(at, column);
    if (found !== CellClass.empty && found !== CellClass.gap) return found;
  }
  return CellClass.empty;
}

/** What the header rows say, by column. */
function headerNames(
  classes: CellClasses,
  block: Block,
  top: number,
  body: number,
): Map<number, Set<string>> {
  const names = new Map<number, Set<string>>();
  for (let column = block.left; column <= block.right; column++) {
    const own = new Set<string>();
    for (let row = top; row < body; row++) own.add(nameAt(classes, row, column));
    own.delete("");
    names.set(column, own);
  }
  return names;
}

function nameAt(classes: CellClasses, row: number, column: number): string {
  const text = textAt(classes, row, column);
  if (text !== "") return text.toLowerCase();
  return isTyped(classes.at(row, column)) ? String(classes.cells.columns[column]!.values[row]) : "";
}

function isRepeated(
  classes: CellClasses,
  block: Block,
  row: number,
  names: ReadonlyMap<number, ReadonlySet<string>>,
): boolean {
  const { own } = readRow(classes, block, row);
  const same = own.filter((column) => names.get(column)?.has(nameAt(classes, row, column)) === true);
  return own.length >= 2 && same.length >= Math.max(2, own.length * 0.8);
}

/** Rows of the body that say what the header rows say: the header again, as at the top of each printed page. */
export function repeatedHeaders(classes: CellClasses, block: Block, headerCount: number): number[] {
  if (headerCount === 0) return [];
  const body = block.top + headerCount;
  const names = headerNames(classes, block, block.top, body);
  const named = [...names].flatMap(([column, own]) => (own.size > 0 ? [column] : []));
  const typed = typedColumns(classes, block, body);
  // Words are rare among numbers, so that few rows are looked at closely.
  const watched = named.find((column) => typed.includes(column)) ?? named[0];
  if (watched === undefined) return [];
  const own = classes.columns[watched]!;
  const headerClasses: number[] = [];
  for (let row = block.top; row < body; row++) headerClasses.push(classes.at(row, watched));
  const wanted = headerClasses.findLast(isOwn);
  const found: number[] = [];
  for (let row = body; row <= block.bottom; row++) {
    if (own[row] !== wanted || !names.get(watched)!.has(nameAt(classes, row, watched))) continue;
    if (isRepeated(classes, block, row, names)) found.push(row);
  }
  return found;
}
