import { CellClass, type CellClasses, isBoldAt, isTyped, numberAt, textAt } from "./cell-classes.ts";
import type { Block } from "./find-blocks.ts";
import {
  type ColumnSample,
  isYearLike,
  type RowContent,
  readRow,
  sampleColumn,
  sampleRows,
} from "./read-rows.ts";
import { isUnitText } from "./units.ts";

/** How many rows at the top of a block name its columns, and what speaks for it. */
export type HeaderRows = {
  readonly count: number;
  /** 0 to 1. */
  readonly certainty: number;
  readonly reason: string;
  /** Columns in which the header is text, a year or a date and the rows below are not. */
  readonly contrast: number;
};

const mostHeaderRows = 8;

/**
 * The rows before the types of the columns settle. A row names columns when it is text, years, dates or a count where
 * the rows below hold something else; where all is text, when it is complete, distinct and said nowhere below.
 */
export function headerRows(classes: CellClasses, block: Block): HeaderRows {
  if (block.bottom - block.top < 1) return none(0.3, "a single row");
  const labels = labelRows(classes, block);
  if (labels === 0) return none(0.55, "no row that names columns");
  const { count, contrast } = settle(classes, block, labels);
  if (contrast > 0)
    return {
      count,
      contrast,
      certainty: Math.min(0.98, 0.83 + 0.05 * contrast),
      reason: "labels above columns of numbers or dates",
    };
  return textHeader(classes, block);
}

function none(certainty: number, reason: string): HeaderRows {
  return { count: 0, certainty, reason, contrast: 0 };
}

/** How many rows from the top hold nothing but labels; the last row is left to the body. */
function labelRows(classes: CellClasses, block: Block): number {
  const last = Math.min(block.bottom - 1, block.top + mostHeaderRows - 1);
  let row = block.top;
  while (row <= last && isLabelRow(classes, block, row)) row++;
  return row - block.top;
}

/** True when every cell of the row can be the name of its column. */
export function isLabelRow(classes: CellClasses, block: Block, row: number): boolean {
  const content = readRow(classes, block, row);
  if (content.own.length === 0 || content.own.some((column) => classes.at(row, column) === CellClass.error))
    return false;
  const numbers = content.typed;
  if (numbers.length === 0) return content.texts.length > 0;
  if (isPeriodRow(classes, block, row, numbers) || isCountingRow(classes, block, row, numbers)) return true;
  if (row === block.top && content.texts.length > 0 && areOverTexts(classes, block, row, numbers))
    return true;
  // A cell of a header may be computed, in a row that otherwise stands out.
  return (
    numbers.length * 5 <= content.own.length &&
    contrastOf(classes, block, row, content) * 2 > content.own.length
  );
}

/** Numbers where all rows below have words. */
function areOverTexts(classes: CellClasses, block: Block, row: number, numbers: readonly number[]): boolean {
  return numbers.every((column) => {
    const { found, purity, filled } = sampleColumn(classes, block, row + 1, column);
    return found === CellClass.text && purity > 0.9 && filled > 1;
  });
}

/** Years or dates over something else than years and dates. */
function isPeriodRow(classes: CellClasses, block: Block, row: number, numbers: readonly number[]): boolean {
  if (numbers[0] === block.left && numbers.length <= block.right - block.left) return false;
  const isDates = numbers.every((column) => classes.at(row, column) === CellClass.date);
  if (!isDates && !numbers.every((column) => isYearLike(classes, row, column))) return false;
  if (!isDates && numbers.length > 1 && isYearRun(classes, row, numbers))
    return !isYearRun(classes, row + 1, numbers);
  return numbers.every((column) => !goesOn(classes, block, row, column, isDates));
}

/** True when the column below holds years or dates as well, so that the row is one of many. */
function goesOn(classes: CellClasses, block: Block, row: number, column: number, isDate: boolean): boolean {
  let seen = 0;
  let alike = 0;
  for (let below = row + 1; below <= block.bottom && seen < 5; below++) {
    const found = classes.at(below, column);
    if (found === CellClass.empty || found === CellClass.gap || found === CellClass.text) continue;
    seen++;
    if (isDate ? found === CellClass.date : isYearLike(classes, below, column)) alike++;
  }
  return seen === 0 ? isDate : alike * 2 > seen;
}

/** `1 2 3 4 5 …` over rows that don't count on. */
function isCountingRow(classes: CellClasses, block: Block, row: number, numbers: readonly number[]): boolean {
  if (numbers.length < 5 || numbers[0] === block.left) return false;
  if (numberAt(classes, row, numbers[0]!)! > 1) return false;
  return isCount(classes, row, numbers) && !isCount(classes, row + 1, numbers);
}

function isCount(classes: CellClasses, row: number, columns: readonly number[]): boolean {
  const [first = Number.NaN, ...others] = columns.map((column) => numberAt(classes, row, column));
  return others.every((value, index) => value === first + index + 1);
}

/** Years one after the other, up or down, perhaps more than once: `2023 2024 2023 2024`. */
function isYearRun(classes: CellClasses, row: number, columns: readonly number[]): boolean {
  if (!columns.every((column) => isYearLike(classes, row, column))) return false;
  const years = columns.map((column) => numberAt(classes, row, column)!);
  const differ = years.some((year) => year !== years[0]);
  return (
    differ &&
    years.every((year, index) => index === 0 || year === years[0] || Math.abs(year - years[index - 1]!) <= 1)
  );
}

/** Columns in which the row is a label and what is below is not. */
function contrastOf(classes: CellClasses, block: Block, row: number, { own }: RowContent): number {
  return own.filter((column) => {
    const found = classes.at(row, column);
    const below = sampleColumn(classes, block, row + 1, column);
    if (found === CellClass.text) return isTyped(below.found) && below.purity > 0.5;
    return isTyped(found) && below.found !== CellClass.empty;
  }).length;
}

/** Which of the rows of labels belong to the header, and not to the body as sections or rows without numbers. */
function settle(classes: CellClasses, block: Block, labels: number): { count: number; contrast: number } {
  const samples = new Map<number, ColumnSample>();
  const below = (column: number): ColumnSample => {
    const known = samples.get(column) ?? sampleColumn(classes, block, block.top + labels, column);
    samples.set(column, known);
    return known;
  };
  const named = new Set<number>();
  let contrast = 0;
  let count = 0;
  for (let row = block.top; row < block.top + labels; row++) {
    const content = readRow(classes, block, row);
    const isFirst = row === block.top;
    if (!isFirst && !addsNames(classes, block, row, content, named, below)) break;
    count++;
    for (const column of content.own) named.add(column);
    const stands = content.own.filter((column) => {
      const { found, purity } = below(column);
      return (
        purity > 0.5 && (isTyped(found) || (found !== CellClass.empty && isTyped(classes.at(row, column))))
      );
    });
    contrast = Math.max(contrast, stands.length);
  }
  return { count, contrast };
}

/** True when a further row of labels still names columns. */
function addsNames(
  classes: CellClasses,
  block: Block,
  row: number,
  { own, texts, typed }: RowContent,
  named: ReadonlySet<number>,
  below: (column: number) => ColumnSample,
): boolean {
  const isLone = own.length === 1 && own[0] === block.left;
  const isNamed = [...named].some((column) => column > block.left);
  // A lone label at the left opens a section, once columns have names.
  if (isLone) return isUnitText(textAt(classes, row, own[0]!)) || (!isNamed && row === block.top);
  // A lone year below a name is a value: `Alpha | 1925`.
  if (typed.length === 1 && named.has(typed[0]!) && own[0] === block.left) return false;
  // So are numbers that happen to count up.
  const areYears = typed.every(
    (column) => classes.at(row, column) !== CellClass.number || isYearLike(classes, row, column),
  );
  if (!areYears && typed.filter((column) => named.has(column)).length > 1) return false;
  if (typed.some((column) => below(column).found !== CellClass.empty)) return true;
  const beyond = texts.filter((column) => column > block.left);
  if (beyond.length === 0) return false;
  const overNumbers = beyond.filter((column) => isTyped(below(column).found));
  if (overNumbers.length * 2 >= beyond.length) return true;
  // Names of single columns under the labels of groups.
  return (
    beyond.filter((column) => !named.has(column)).length * 2 > beyond.length &&
    !isAgainBelow(classes, block, row, beyond)
  );
}

function isAgainBelow(classes: CellClasses, block: Block, row: number, columns: readonly number[]): boolean {
  return columns.some((column) => saysAgain(classes, block, row, column));
}

function saysAgain(classes: CellClasses, block: Block, row: number, column: number): boolean {
  const text = textAt(classes, row, column);
  return sampleRows(row + 1, Math.min(block.bottom, row + 200)).some(
    (below) => textAt(classes, below, column) === text,
  );
}

/** A first row of names over columns of text: complete but for the corner, distinct, short, and not said again below. */
function textHeader(classes: CellClasses, block: Block): HeaderRows {
  const groups = groupRows(classes, block);
  const row = block.top + groups;
  if (row >= block.bottom || !isNaming(classes, block, row)) return none(0.5, "no row that names columns");
  const isBold = standsOut(classes, block, row);
  return {
    count: groups + 1,
    contrast: 0,
    certainty: isBold ? 0.9 : 0.72,
    reason: isBold ? "a first row of bold names" : "a first row of distinct names",
  };
}

/** Rows of labels over groups of columns, which merged cells give away where all is text. */
function groupRows(classes: CellClasses, block: Block): number {
  let row = block.top;
  while (row < block.bottom - 1 && row < block.top + 3) {
    const { own, filled } = readRow(classes, block, row);
    if (filled === own.length || own.length * 2 > block.right - block.left + 1) break;
    row++;
  }
  return row - block.top;
}

function isNaming(classes: CellClasses, block: Block, row: number): boolean {
  const { own, texts } = readRow(classes, block, row);
  if (own.length !== texts.length || own.length < Math.max(1, block.right - block.left)) return false;
  const names = texts.map((column) => textAt(classes, row, column).toLowerCase());
  // Long lists are folded, and the same names then stand twice.
  const distinct = new Set(names).size;
  if (distinct < names.length && distinct * 2 !== names.length) return false;
  if (names.some((name) => name.length > 120)) return false;
  return !isAgainBelow(classes, block, row, texts);
}

/** True when the row is bold and the one below is not. */
function standsOut(classes: CellClasses, block: Block, row: number): boolean {
  const isBold = (at: number): boolean =>
    readRow(classes, block, at).own.every((column) => isBoldAt(classes, at, column));
  return isBold(row) && !isBold(row + 1);
}
