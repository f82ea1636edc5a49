import { type CellColumn, CellKind, type SheetCells } from "../xlsx/types.ts";
import { storedRowFrom } from "./stored-rows.ts";
import { textNumber } from "./text-numbers.ts";

/**
 * What a cell is to somebody who looks for tables. `gap` is a text that stands for nothing (`n/a`, a dash), `covered` a
 * cell under a merged one that holds something. Numbers and dates written as text count as what they look like.
 * A constant object and not an enum, so that types can be erased.
 */
export const CellClass = {
  empty: 0,
  text: 1,
  number: 2,
  date: 3,
  boolean: 4,
  error: 5,
  gap: 6,
  covered: 7,
} as const;

/** The class of every stored cell. Texts of white space count as empty. */
export type CellClasses = {
  readonly cells: SheetCells;
  readonly rowCount: number;
  readonly columnCount: number;
  /** A `CellClass`; row is the index of the stored row. */
  readonly at: (row: number, column: number) => number;
  /** By column; a column is only as long as its last cell needs. */
  readonly columns: readonly Uint8Array[];
};

/** Looks at every cell once: ten million cells take a fraction of a second. */
export function classifyCells(cells: SheetCells): CellClasses {
  const isDateStyle = Uint8Array.from(cells.styles, ({ formatKind }) =>
    /^(date|time|timestamp)$/.test(formatKind) ? 1 : 0,
  );
  // 0 where a text was not looked at yet, else its class and one.
  const known = new Uint8Array(cells.strings.length);
  const columns = cells.columns.map((column) => classifyColumn(column, cells.strings, known, isDateStyle));
  const classes: CellClasses = {
    cells,
    rowCount: cells.rows.length,
    columnCount: columns.length,
    columns,
    at: (row, column) => columns[column]?.[row] ?? CellClass.empty,
  };
  coverMerged(classes, columns);
  return classes;
}

function classifyColumn(
  { kinds, values, styles }: CellColumn,
  strings: readonly string[],
  known: Uint8Array,
  isDateStyle: Uint8Array,
): Uint8Array {
  const classes = new Uint8Array(kinds.length);
  for (let row = 0; row < kinds.length; row++) {
    switch (kinds[row]) {
      case CellKind.empty:
        break;
      case CellKind.number:
        classes[row] = isDateStyle[styles[row]!] === 1 ? CellClass.date : CellClass.number;
        break;
      case CellKind.date:
        classes[row] = CellClass.date;
        break;
      case CellKind.boolean:
        classes[row] = CellClass.boolean;
        break;
      case CellKind.error:
        classes[row] = CellClass.error;
        break;
      default: {
        const index = values[row]!;
        if (known[index] === 0) known[index] = classOfText(strings[index] ?? "") + 1;
        classes[row] = (known[index] ?? 1) - 1;
      }
    }
  }
  return classes;
}

const gapText =
  /^(\p{Sc}?(?:\s?[-\u2010-\u2015\u2212.…?*])+\s?%?|n\s*[./]?\s*[ade]\.?|k\s*\.?\s*a\.?|none|null|nil|nan|tbd|#n\/a)$/iu;
const dateText = /^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})$/;

function classOfText(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "") return CellClass.empty;
  if (trimmed.length > 40) return CellClass.text;
  if (isGap(trimmed)) return CellClass.gap;
  if (dateText.test(trimmed)) return CellClass.date;
  return textNumber(trimmed) === undefined ? CellClass.text : CellClass.number;
}

/** True for what people write where there is no value: `n/a`, `-`, `—`, `tbd`. */
export function isGap(text: string): boolean {
  return gapText.test(text.trim());
}

/** Most cells that are marked as covered; a sheet that is one merged cell needs none of them. */
const mostCovered = 2_000_000;

function coverMerged({ cells, rowCount }: CellClasses, columns: Uint8Array[]): void {
  let left = mostCovered;
  for (const { firstRow, lastRow, firstColumn, lastColumn } of cells.layout.mergedRanges) {
    const top = storedRowFrom(cells, firstRow);
    if (cells.rows[top] !== firstRow || (columns[firstColumn]?.[top] ?? 0) === 0) continue;
    const bottom = Math.min(storedRowFrom(cells, lastRow + 1), rowCount);
    const right = Math.min(lastColumn, columns.length - 1);
    left -= (bottom - top) * (right - firstColumn + 1);
    if (left < 0) return;
    for (let column = firstColumn; column <= right; column++) {
      if (columns[column]!.length < bottom) columns[column] = lengthened(columns[column]!, bottom);
      const own = columns[column]!;
      for (let row = top; row < bottom; row++) if (own[row] === 0) own[row] = CellClass.covered;
    }
  }
}

function lengthened(classes: Uint8Array, length: number): Uint8Array {
  const longer = new Uint8Array(length);
  longer.set(classes);
  return longer;
}

/** True for a number, date or truth value: what stands in bodies and seldom in headers. */
export function isTyped(found: number): boolean {
  return found === CellClass.number || found === CellClass.date || found === CellClass.boolean;
}

/** True when the cell itself holds something; a covered one shows what another holds. */
export function isOwn(found: number): boolean {
  return found !== CellClass.empty && found !== CellClass.covered;
}

/** The text of a cell that holds one, without white space around it; "" for all others. Row is a stored row's index. */
export function textAt({ cells }: CellClasses, row: number, column: number): string {
  return rawText(cells, row, column).trim();
}

/** As `textAt`, with its indentation. */
export function rawText(cells: SheetCells, row: number, column: number): string {
  const own = cells.columns[column];
  return own !== undefined && isTextKind(own.kinds[row]) ? (cells.strings[own.values[row]!] ?? "") : "";
}

export function isTextKind(kind: number | undefined): boolean {
  return kind === CellKind.sharedString || kind === CellKind.inlineString || kind === CellKind.formulaString;
}

/** The number of a cell, also when it is written as text; undefined where there is none. */
export function numberAt(classes: CellClasses, row: number, column: number): number | undefined {
  if (classes.at(row, column) !== CellClass.number) return undefined;
  const own = classes.cells.columns[column]!;
  if (isTextKind(own.kinds[row])) return textNumber(textAt(classes, row, column))?.value;
  return own.values[row]!;
}

/** True when the cell's style is bold. */
export function isBoldAt({ cells }: CellClasses, row: number, column: number): boolean {
  const style = cells.columns[column]?.styles[row];
  return style !== undefined && cells.styles[style]?.isBold === true;
}
