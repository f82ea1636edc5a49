import { CellClass, type CellClasses, isOwn, isTyped, textAt } from "./cell-classes.ts";
import { type Block, trim } from "./find-blocks.ts";
import { loneText, type RowContent, readRow, sampleRows } from "./read-rows.ts";
import { totalsRows } from "./totals-rows.ts";

/** A block without the lines above and below that are no part of the table. */
export type EdgeLines = {
  readonly table: Block;
  readonly title: readonly string[];
  readonly notes: readonly string[];
};

/** Takes titles, and pairs of a name and a value, off the top of a block, and notes off its bottom. */
export function withoutEdgeLines(classes: CellClasses, block: Block): EdgeLines {
  if (block.right === block.left) return { table: block, title: [], notes: [] };
  const title: string[] = [];
  const notes: string[] = [];
  let { top, bottom } = block;
  const usual = usualFill(classes, block);
  while (top < bottom && isAbove(classes, block, top, usual)) title.push(lineText(classes, block, top++));
  const end = firstNote(classes, { ...block, top, bottom }, usual);
  while (bottom > top && bottom >= end) notes.unshift(lineText(classes, block, bottom--));
  const table = trim(classes, { ...block, top, bottom }) ?? block;
  return { table: withoutCovered(classes, table), title, notes };
}

/** Without columns at the right that merged cells reach into and nothing else does. */
function withoutCovered(classes: CellClasses, block: Block): Block {
  let { right } = block;
  const isCovered = (column: number): boolean => {
    const own = classes.columns[column]!;
    for (let row = block.top; row <= block.bottom && row < own.length; row++)
      if (isOwn(own[row]!)) return false;
    return true;
  };
  while (right > block.left && isCovered(right)) right--;
  return { ...block, right };
}

/** How many cells of a row hold something, for the row that three in four don't exceed. */
function usualFill(classes: CellClasses, block: Block): number {
  const counts = sampleRows(block.top, block.bottom).map((row) => readRow(classes, block, row).filled);
  counts.sort((a, b) => a - b);
  return counts[Math.floor(counts.length * 0.75)] ?? 0;
}

function isAbove(classes: CellClasses, block: Block, row: number, usual: number): boolean {
  const content = readRow(classes, block, row);
  if (content.filled === 0) return true;
  const first = classes.at(row, block.left);
  if (content.own.length === 1) return first === CellClass.text || (first === CellClass.date && usual > 1);
  return first !== CellClass.empty && isPair(classes, block, row, usual);
}

/** A name and its value: much narrower than the rows of the table, and not merged over its columns. */
function isPair(classes: CellClasses, block: Block, row: number, usual: number): boolean {
  const { own, filled, texts } = readRow(classes, block, row);
  if (own.length !== 2 || filled * 2 > Math.max(usual, 3) + 1 || usual < 3) return false;
  if (classes.at(row, own[0]!) !== CellClass.text) return false;
  if (/[:：]$/.test(textAt(classes, row, own[0]!))) return true;
  if (texts.length < 2)
    return isTyped(classes.at(row, own[1]!)) && !isHeaderNumber(classes, block, row, own[1]!);
  // Two texts alone may as well be the upper of two header rows; a row like it above or below tells.
  return [row - 1, row + 1].some((other) => {
    if (other < block.top || other > block.bottom) return false;
    const beside = readRow(classes, block, other);
    return beside.own.length === 2 && beside.own[0] === own[0] && beside.own[1] === own[1];
  });
}

function isHeaderNumber(classes: CellClasses, block: Block, row: number, column: number): boolean {
  return (
    row < block.bottom &&
    classes.at(row + 1, column) === CellClass.number &&
    classes.at(row, column) === CellClass.number
  );
}

const beginsAsNote =
  /^([*†‡§¹²³⁴]|\(\w{1,2}\)|\d\)|notes?\b|source|remark|comment|anm|hinweis|quelle|stand:|nota|fuente|fonte|bron|opmerking|kilde|källa|źródło|uwaga|zdroj|poznámka|注|出典|来源|資料)/iu;

/** The row where the notes at the bottom begin; a line without a sign of its own goes on with the note above it. */
function firstNote(classes: CellClasses, block: Block, usual: number): number {
  let first = block.bottom + 1;
  for (let row = block.bottom; row > block.top; row--) {
    const content = readRow(classes, block, row);
    if (content.filled > 0 && (content.own.length !== 1 || content.texts.length !== 1)) break;
    if (content.filled === 0 || isNote(classes, { ...block, bottom: row }, content, usual)) first = row;
  }
  return first;
}

function isNote(classes: CellClasses, block: Block, { own, filled }: RowContent, usual: number): boolean {
  const row = block.bottom;
  const column = own[0]!;
  const text = textAt(classes, row, column);
  const isMerged = filled > 1 && filled >= block.right - block.left;
  if (isMerged || isNoteText(text)) return true;
  if (column !== block.left) return text.length > 40;
  if (text.length > 40 && usual > 1) return true;
  // Below the last sum there are no more rows.
  const above = { ...block, bottom: row - 1 };
  return above.bottom > above.top && totalsRows(classes, lastRows(above)).includes(above.bottom);
}

/** True for a text that begins like a footnote or names a source. */
export function isNoteText(text: string): boolean {
  return beginsAsNote.test(text);
}

function lastRows(block: Block): Block {
  return { ...block, top: Math.max(block.top, block.bottom - 500) };
}

function lineText(classes: CellClasses, block: Block, row: number): string {
  return readRow(classes, block, row)
    .texts.map((column) => textAt(classes, row, column))
    .join(" ");
}

/** The texts of a block that is nothing but lines. */
export function textsOf(classes: CellClasses, block: Block): string[] {
  const texts: string[] = [];
  for (let row = block.top; row <= block.bottom; row++) {
    const text = lineText(classes, block, row);
    if (text !== "") texts.push(text);
  }
  return texts;
}

/** True for a block of at most four rows in which no row holds more than one cell, and that a text. */
export function isLines(classes: CellClasses, block: Block): boolean {
  if (block.bottom - block.top > 3) return false;
  for (let row = block.top; row <= block.bottom; row++)
    if (loneText(classes, block, row) === undefined) return false;
  return true;
}
