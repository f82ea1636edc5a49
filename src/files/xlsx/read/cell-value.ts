import { type CellColumn, CellKind, type CellStyle, type SheetCells } from "../types.ts";
import { formatNumber, formatText } from "./format-number.ts";
import { isoText, millisecondsOfSerial } from "./serial-date.ts";
import { generalStyle } from "./styles.ts";

/** A day or time without a zone; `text` is ISO 8601 (`2024-05-31`, `10:20:30`, `2024-05-31T10:20:30`). */
export type DateValue = {
  readonly kind: "date" | "time" | "timestamp";
  readonly text: string;
  /** The day number in the file; its fraction is the time of day. */
  readonly serial: number;
};

export type ErrorValue = { readonly kind: "error"; readonly code: string };

export type CellValue = number | string | boolean | DateValue | ErrorValue;

/** Where a cell is stored, or undefined when it holds nothing. Row from 1, column from 0. */
function placeOf(
  cells: SheetCells,
  row: number,
  column: number,
): { readonly column: CellColumn; readonly index: number } | undefined {
  const found = cells.columns[column];
  const index = storedRowIndex(cells, row);
  if (found === undefined || index < 0 || (found.kinds[index] ?? CellKind.empty) === CellKind.empty) {
    return undefined;
  }
  return { column: found, index };
}

/** The index among stored rows of a row number of the file, or -1. */
export function storedRowIndex(cells: SheetCells, row: number): number {
  const { rows } = cells;
  // Most sheets have no gaps, and then the row is where it should be.
  if (rows[row - 1] === row) return row - 1;
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle] === row) return middle;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What a cell holds, dates told apart by their number format. Row from 1, column from 0; undefined when empty. */
export function cellValue(cells: SheetCells, row: number, column: number): CellValue | undefined {
  const place = placeOf(cells, row, column);
  if (place === undefined) return undefined;
  const value = place.column.values[place.index]!;
  switch (place.column.kinds[place.index]) {
    case CellKind.number:
      return dateValue(value, styleAt(cells, place), cells) ?? value;
    case CellKind.date:
      return dateValue(value, styleAt(cells, place), cells, true) ?? value;
    case CellKind.boolean:
      return value === 1;
    case CellKind.error:
      return { kind: "error", code: cells.strings[value]! };
    default:
      return cells.strings[value]!;
  }
}

function styleAt(cells: SheetCells, place: { column: CellColumn; index: number }): CellStyle {
  return cells.styles[place.column.styles[place.index]!] ?? generalStyle;
}

function dateValue(
  serial: number,
  { formatKind }: CellStyle,
  cells: SheetCells,
  isDate = false,
): DateValue | undefined {
  const isFormatted = formatKind === "date" || formatKind === "time" || formatKind === "timestamp";
  if (!isFormatted && !isDate) return undefined;
  const written = isFormatted ? formatKind : Number.isInteger(serial) ? "date" : "timestamp";
  const milliseconds = millisecondsOfSerial(serial, cells.dateSystem === 1904);
  if (milliseconds === undefined) return undefined;
  // A format may show less than the cell holds: a time of day behind a date, a day or more behind a time.
  const kind = heldKind(serial, written, milliseconds);
  if (kind !== "time") return { kind, serial, text: isoText(milliseconds, kind) };
  return { kind, serial, text: isoText(Math.round(serial * 86_400_000), "time") };
}

function heldKind(serial: number, written: DateValue["kind"], milliseconds: number): DateValue["kind"] {
  if (written === "time")
    return serial < 1 && Math.round(serial * 86_400_000) < 86_400_000 ? "time" : "timestamp";
  if (written === "date") return milliseconds % 86_400_000 === 0 ? "date" : "timestamp";
  return "timestamp";
}

/** What a cell shows in an English (US) Excel, whatever its width; empty for empty cells. Row from 1, column from 0. */
export function cellText(cells: SheetCells, row: number, column: number): string {
  const place = placeOf(cells, row, column);
  if (place === undefined) return "";
  const value = place.column.values[place.index]!;
  const { formatCode, formatKind } = styleAt(cells, place);
  switch (place.column.kinds[place.index]) {
    case CellKind.number:
      return formatNumber(value, formatCode, cells.dateSystem === 1904);
    case CellKind.date: {
      const isDate = formatKind === "date" || formatKind === "time" || formatKind === "timestamp";
      return formatNumber(value, isDate ? formatCode : "m/d/yyyy", cells.dateSystem === 1904);
    }
    case CellKind.boolean:
      return value === 1 ? "TRUE" : "FALSE";
    case CellKind.error:
      return cells.strings[value]!;
    default:
      return formatText(cells.strings[value]!, formatCode);
  }
}

/** The formula of a cell without its equals sign, or undefined. Row from 1, column from 0. */
export function cellFormula(cells: SheetCells, row: number, column: number): string | undefined {
  const index = cells.formulas.indexAt(row, column);
  return index < 0 ? undefined : cells.formulas.text(index);
}
