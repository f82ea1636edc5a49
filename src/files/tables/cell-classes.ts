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
  /** By column: false where each number and date is stored as one, and none is written as text. */
  readonly hasWritten: readonly boolean[];
};

/** Looks at every cell once: ten million cells take a fraction of a second. */
export function classifyCells(cells: SheetCells): CellClasses {
  const styleClasses = new Uint8Array(65_536).fill(CellClass.number);
  cells.styles.forEach(({ formatKind }, index) => {
    if (/^(date|time|timestamp)$/.test(formatKind)) styleClasses[index] = CellClass.date;
  });
  // 0 where a text was not looked at yet, else its class and one.
  const known = new Uint8Array(cells.strings.length);
  const found = cells.columns.map((column) => classifyColumn(column, cells.strings, known, styleClasses));
  const columns = found.map(({ classes }) => classes);
  const classes: CellClasses = {
    cells,
    rowCount: cells.rows.length,
    columnCount: columns.length,
    columns,
    hasWritten: found.map(({ hasWritten }) => hasWritten),
    at: (row, column) => columns[column]?.[row] ?? CellClass.empty,
  };
  coverMerged(classes, columns);
  return classes;
}

/** Classes of cells that don't depend on their texts and styles, by kind. */
const plainClasses = new Uint8Array(8);
plainClasses[CellKind.boolean] = CellClass.boolean;
plainClasses[CellKind.error] = CellClass.error;
plainClasses[CellKind.date] = CellClass.date;

function classifyColumn(
  { kinds, values, styles }: CellColumn,
  strings: readonly string[],
  known: Uint8Array,
  styleClasses: Uint8Array,
): { readonly classes: Uint8Array; readonly hasWritten: boolean } {
  const classes = new Uint8Array(kinds.length);
  let hasWritten = false;
  for (let row = 0; row < kinds.length; row++) {
    const kind = kinds[row]!;
    if (kind === CellKind.number) classes[row] = styleClasses[styles[row]!]!;
    else if (kind >= CellKind.sharedString && kind <= CellKind.formulaString) {
      const index = values[row]!;
      let found = known[index] ?? 1;
      if (found === 0) {
        found = classOfText(strings[index] ?? "") + 1;
        known[index] = found;
      }
      classes[row] = found - 1;
      if (found === CellClass.number + 1 || found === CellClass.date + 1) hasWritten = true;
    } else classes[row] = plainClasses[kind]!;
  }
  return { classes, hasWritten };
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
