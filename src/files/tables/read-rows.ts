import { CellClass, type CellClasses, isOwn, isTyped, numberAt, textAt } from "./cell-classes.ts";
import type { Block } from "./find-blocks.ts";

/** What stands in a row of a block. */
export type RowContent = {
  /** Columns whose cells hold something themselves. */
  readonly own: readonly number[];
  /** Of these, the columns with text. */
  readonly texts: readonly number[];
  /** Of these, the columns with a number, date or truth value. */
  readonly typed: readonly number[];
  /** Cells that hold something or are covered by a merged cell that does. */
  readonly filled: number;
};

export function readRow(classes: CellClasses, { left, right }: Block, row: number): RowContent {
  const own: number[] = [];
  const texts: number[] = [];
  const typed: number[] = [];
  let filled = 0;
  for (let column = left; column <= right; column++) {
    const found = classes.at(row, column);
    if (found === CellClass.empty) continue;
    filled++;
    if (!isOwn(found)) continue;
    own.push(column);
    if (found === CellClass.text) texts.push(column);
    else if (isTyped(found)) typed.push(column);
  }
  return { own, texts, typed, filled };
}

/** The only cell of a row when that is a text, else undefined. */
export function loneText(classes: CellClasses, block: Block, row: number): number | undefined {
  const { own, texts } = readRow(classes, block, row);
  return own.length === 1 && texts.length === 1 ? own[0] : undefined;
}

const sampledRows = 60;

/** Rows of a block from one on, at most 60 of them, evenly spread. */
export function sampleRows(from: number, bottom: number): number[] {
  const step = Math.max(1, Math.ceil((bottom - from + 1) / sampledRows));
  const rows: number[] = [];
  for (let row = from; row <= bottom; row += step) rows.push(row);
  return rows;
}

/** How a column's cells are made, by a sample. */
export type ColumnSample = {
  /** The class that most cells have; empty when there are none. Gaps and errors are passed over. */
  readonly found: number;
  /** Share of the cells that hold something which have that class. */
  readonly purity: number;
  readonly filled: number;
};

/** What most cells of a column hold from a row of the block on. */
export function sampleColumn(classes: CellClasses, block: Block, from: number, column: number): ColumnSample {
  const counts = [0, 0, 0, 0, 0];
  for (const row of sampleRows(from, block.bottom)) {
    const found = classes.at(row, column);
    if (found > CellClass.empty && found <= CellClass.boolean) counts[found]!++;
  }
  const filled = counts.reduce((sum, count) => sum + count, 0);
  if (filled === 0) return { found: CellClass.empty, purity: 1, filled };
  const most = Math.max(...counts);
  return { found: counts.lastIndexOf(most), purity: most / filled, filled };
}

/** A whole number that reads as a year, also when it is written as text. */
export function isYearLike(classes: CellClasses, row: number, column: number): boolean {
  const value = numberAt(classes, row, column);
  if (value === undefined || !Number.isInteger(value) || value < 1800 || value > 2200) return false;
  const text = textAt(classes, row, column);
  return text === "" || /^\d{4}$/.test(text);
}
