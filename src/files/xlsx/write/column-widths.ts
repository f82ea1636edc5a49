import { inputOf } from "./table-part.ts";
import type { AddSheet, CellInput, CellLook, NewCell } from "./types.ts";

/** In characters of the workbook's font. */
const narrowest = 9;
const widest = 60;

/** The `cols` of a new sheet: widths as given, else as wide as the texts below need (ECMA-376-1, 18.3.1.13). */
export function columnsXml({ rows, columnWidths, table }: AddSheet): string {
  const count = Math.max(0, columnWidths?.length ?? 0, ...rows.map((row) => row.length));
  const columns: string[] = [];
  for (let column = 0; column < count; column++) {
    const width = columnWidths?.[column] ?? neededWidth(rows, column, table !== undefined);
    if (width === undefined) continue;
    columns.push(`<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`);
  }
  return columns.length === 0 ? "" : `<cols>${columns.join("")}</cols>`;
}

/** Undefined when the default width does. A text alone in its row may flow over the cells beside it. */
function neededWidth(rows: AddSheet["rows"], column: number, hasTable: boolean): number | undefined {
  let needed = 0;
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined || (flowsOver(cell) && isAlone(row, column))) continue;
    // Bold letters are wider.
    const isBold = typeof cell === "object" && cell !== null && "bold" in cell && cell.bold === true;
    needed = Math.max(needed, shownLength(cell) * (isBold ? 1.15 : 1));
  }
  // The button of a table's filter covers two characters of the heading.
  const width = Math.min(widest, Math.ceil(needed * 1.1) + (hasTable ? 4 : 2));
  return width <= narrowest ? undefined : width;
}

/** Numbers don't flow: they show as `###`. Neither does what is drawn like a cell of a table. */
function flowsOver(cell: CellInput | NewCell): boolean {
  const look: CellLook = typeof cell === "object" && cell !== null && "value" in cell ? cell : {};
  return typeof inputOf(cell) === "string" && look.fill === undefined && !look.lineBelow;
}

function isAlone(row: readonly (CellInput | NewCell)[], column: number): boolean {
  return row.every((cell, index) => index === column || inputOf(cell) === null || inputOf(cell) === "");
}

function shownLength(cell: CellInput | NewCell): number {
  const input = inputOf(cell);
  const look: CellLook = typeof cell === "object" && cell !== null && "value" in cell ? cell : {};
  if (look.wraps) return 0;
  if (typeof input === "string") return Math.max(...input.split("\n").map((line) => line.length));
  if (typeof input === "number") return numberLength(input, look.numberFormat);
  if (typeof input === "object" && input !== null && "formula" in input) {
    if (typeof input.cached === "number") return numberLength(input.cached, look.numberFormat);
    return typeof input.cached === "string" ? input.cached.length : 0;
  }
  if (typeof input === "object" && input !== null) return input.date.length;
  return input === null ? 0 : 5;
}

/** About how long a number shows; formats add separators, decimals and signs. */
function numberLength(value: number, format: string | undefined): number {
  if (format === undefined) return Math.min(11, String(value).length);
  const digits = Math.trunc(Math.abs(value)).toString().length;
  const decimals = /\.(0+)/.exec(format)?.[1]?.length ?? 0;
  const separators = format.includes(",") ? Math.floor((digits - 1) / 3) : 0;
  const letters = format.replace(/[0#,.;\\"_*()[\]-]/g, "").length;
  return digits + separators + decimals + (decimals > 0 ? 1 : 0) + letters + (value < 0 ? 1 : 0);
}
