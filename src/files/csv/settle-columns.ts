import { columnName } from "../xlsx/address.ts";
import type { GrowingColumn } from "../xlsx/read/cell-columns.ts";
import { CellKind } from "../xlsx/types.ts";
import { readDates } from "./written-dates.ts";

/** What stands for "nothing" in a column of numbers or dates; it does not keep the column from being one. */
const noValue = /^(?:n\/?a|#n\/a|nan|null|none|nil|-+|–|—|\?|\.+|x)?$/i;

/** A first row whose texts are headers says nothing about what is below: dates are sought from the second text on. */
const HEADER_ROWS = 3;

export type Settling = {
  readonly column: number;
  readonly cells: GrowingColumn;
  readonly strings: readonly string[];
  /** Index of the style with that format code, made when it is new. */
  readonly styleOf: (formatCode: string) => number;
  readonly textIndex: (text: string) => number;
  readonly notes: string[];
};

/** Decides what can only be decided of a whole column: dates, truth values, and digits that are names. */
export function settleColumn(settling: Settling): void {
  const { cells } = settling;
  settleNames(settling);
  if (!couldBeTyped(settling)) return;
  const rows: number[] = [];
  for (let row = 0; row < cells.used; row++) {
    if (cells.kinds[row] === CellKind.inlineString) rows.push(row);
  }
  if (!settleDates(settling, rows)) settleBooleans(settling, rows);
}

const isBoolean = (text: string): boolean => /^(?:true|false)$/i.test(text.trim());
const isDate = (text: string): boolean => readDates([text]) !== undefined;

/** False as soon as one text below the headers is neither date nor truth value: most columns of texts end there. */
function couldBeTyped({ cells, strings }: Settling): boolean {
  let isSeen = false;
  for (let row = 0; row < cells.used; row++) {
    if (cells.kinds[row] !== CellKind.inlineString) continue;
    const text = strings[cells.values[row]!]!;
    const isTyped = isDate(text) || isBoolean(text);
    if (isTyped && row >= 1000) return true;
    if (!isTyped && row >= HEADER_ROWS && !noValue.test(text.trim())) return false;
    isSeen ||= isTyped;
  }
  return isSeen;
}

/** Rows below what may be headers, without those that stand for nothing. */
function bodyRows(
  { cells, strings }: Settling,
  rows: readonly number[],
  isValue: (text: string) => boolean,
): number[] {
  const text = (row: number): string => strings[cells.values[row]!]!;
  const isHeader = (row: number): boolean => row < HEADER_ROWS && !isValue(text(row));
  return rows.filter((row) => !isHeader(row) && !noValue.test(text(row).trim()));
}

/** True when the column was decided, also when it was decided to be left as text. */
function settleDates(settling: Settling, rows: readonly number[]): boolean {
  const { cells, strings, column, notes } = settling;
  const body = bodyRows(settling, rows, isDate);
  if (body.length === 0 || hasNumbers(cells)) return false;
  const distinct = [...new Set(body.map((row) => cells.values[row]!))];
  const reading = readDates(distinct.map((index) => strings[index]!));
  if (reading === undefined) return false;
  if (reading.order === undefined) {
    notes.push(
      `Column ${columnName(column)} holds dates whose day and month can't be told apart; they are left as text.`,
    );
    return true;
  }
  const style = settling.styleOf(reading.formatCode);
  const serials = new Map(distinct.map((index) => [index, reading.serial(strings[index]!)!]));
  for (const row of body) {
    cells.kinds[row] = CellKind.date;
    cells.values[row] = serials.get(cells.values[row]!)!;
    cells.styles[row] = style;
  }
  return true;
}

function hasNumbers(cells: GrowingColumn): boolean {
  for (let row = HEADER_ROWS; row < cells.used; row++) if (cells.kinds[row] === CellKind.number) return true;
  return false;
}

function settleBooleans(settling: Settling, rows: readonly number[]): void {
  const { cells, strings } = settling;
  const body = bodyRows(settling, rows, isBoolean);
  if (body.length === 0 || hasNumbers(cells)) return;
  if (!body.every((row) => isBoolean(strings[cells.values[row]!]!))) return;
  for (const row of body) {
    cells.kinds[row] = CellKind.boolean;
    cells.values[row] = /true/i.test(strings[cells.values[row]!]!) ? 1 : 0;
  }
}

/** Where some digits have leading zeros (`00417`), the others of the column are names as well, not amounts. */
function settleNames(settling: Settling): void {
  const { cells, column, notes } = settling;
  if (!holdsNames(settling)) return;
  for (let row = 0; row < cells.used; row++) {
    const value = cells.values[row]!;
    const isPlain = cells.kinds[row] === CellKind.number && cells.styles[row] === 0;
    if (isPlain && (!Number.isInteger(value) || value < 0)) return;
  }
  let moved = 0;
  for (let row = 0; row < cells.used; row++) {
    if (cells.kinds[row] !== CellKind.number || cells.styles[row] !== 0) continue;
    cells.values[row] = settling.textIndex(String(cells.values[row]!));
    cells.kinds[row] = CellKind.inlineString;
    moved++;
  }
  if (moved > 0) {
    notes.push(`Column ${columnName(column)} holds digits with leading zeros, so all of it is read as text.`);
  }
}

function holdsNames({ cells, strings }: Settling): boolean {
  const isSeen = new Uint8Array(strings.length);
  for (let row = 0; row < cells.used; row++) {
    const index = cells.values[row]!;
    if (cells.kinds[row] !== CellKind.inlineString || isSeen[index] === 1) continue;
    isSeen[index] = 1;
    if (/^0[0-9]+$/.test(strings[index]!.trim())) return true;
  }
  return false;
}
