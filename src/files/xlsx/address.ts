import type { CellRange } from "./types.ts";

/** Rows and columns that a sheet has (Excel 2007 and later). */
export const maxRows = 1_048_576;
export const maxColumns = 16_384;

/** `A` for 0, `XFD` for 16,383. */
export function columnName(column: number): string {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** 0 for `A`, in either case; undefined for what names no column of a sheet. */
export function columnIndex(name: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(name)) return undefined;
  let column = 0;
  for (const letter of name.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column <= maxColumns ? column - 1 : undefined;
}

/** `B4` for row 4 (from 1) and column 1 (from 0). */
export function formatAddress(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}

/** Row (from 1) and column (from 0) of `B4` or `$B$4`; undefined when it is no cell of a sheet. */
export function parseAddress(text: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$/.exec(text);
  const column = match === null ? undefined : columnIndex(match[1]!);
  const row = Number(match?.[2]);
  return column === undefined || row < 1 || row > maxRows ? undefined : { row, column };
}

/** `A1:B9`, or `A1` for a single cell. */
export function formatRange(range: CellRange): string {
  const first = formatAddress(range.firstRow, range.firstColumn);
  const last = formatAddress(range.lastRow, range.lastColumn);
  return first === last ? first : `${first}:${last}`;
}

/** The range of `A1:B9`, `B4`, `A:C` or `2:7`, dollar signs allowed and corners in any order; else undefined. */
export function parseRange(text: string): CellRange | undefined {
  const [from = "", to = from, ...more] = text.replaceAll("$", "").split(":");
  if (more.length > 0) return undefined;
  const first = parseCorner(from, false);
  const last = parseCorner(to, true);
  if (first === undefined || last === undefined || first.kind !== last.kind) return undefined;
  if (first.kind !== "cell" && !text.includes(":")) return undefined;
  const across = [
    first.kind === "rows" ? 0 : first.column,
    last.kind === "rows" ? maxColumns - 1 : last.column,
  ];
  const down = [first.kind === "columns" ? 1 : first.row, last.kind === "columns" ? maxRows : last.row];
  return {
    firstRow: Math.min(...down),
    firstColumn: Math.min(...across),
    lastRow: Math.max(...down),
    lastColumn: Math.max(...across),
  };
}

type Corner = { readonly kind: "cell" | "rows" | "columns"; readonly row: number; readonly column: number };

function parseCorner(text: string, isLast: boolean): Corner | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return { kind: "cell", ...address };
  const column = columnIndex(text);
  if (column !== undefined) return { kind: "columns", column, row: isLast ? maxRows : 1 };
  const row = Number(text);
  if (!/^[0-9]{1,7}$/.test(text) || row < 1 || row > maxRows) return undefined;
  return { kind: "rows", row, column: isLast ? maxColumns - 1 : 0 };
}

/** The ranges of `'Year 1'!$A$1:$B$9,Costs!$C:$C`; empty when the text is anything but a list of ranges. */
export function parseRanges(text: string): { sheet?: string; range: CellRange }[] {
  const found: { sheet?: string; range: CellRange }[] = [];
  const item = /(?:(?:'((?:[^']|'')+)'|([^'!,()"\s]+))!)?(\$?[A-Za-z0-9$]+(?::\$?[A-Za-z0-9$]+)?)(,|$)/y;
  while (item.lastIndex < text.length) {
    const match = item.exec(text);
    const range = match === null ? undefined : parseRange(match[3]!);
    if (match === null || range === undefined) return [];
    const sheet = match[1]?.replaceAll("''", "'") ?? match[2];
    found.push(sheet === undefined ? { range } : { sheet, range });
  }
  return found;
}

/** True where the cell lies in the range. */
export function contains(range: CellRange, row: number, column: number): boolean {
  return (
    row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn
  );
}
