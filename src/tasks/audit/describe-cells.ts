import { columnName, formatAddress, formatRange } from "../../files/xlsx/address.ts";

type Place = { readonly row: number; readonly column: number };

/** Cells as addresses, neighbours in a column joined to ranges (`B4:B9`); at most `most` of them. */
export function cellList(places: readonly Place[], most = 50): string[] {
  const sorted = [...places].sort((a, b) => a.column - b.column || a.row - b.row);
  const list: string[] = [];
  for (let at = 0; at < sorted.length && list.length < most; ) {
    const first = sorted[at]!;
    let end = at;
    while (sorted[end + 1]?.column === first.column && sorted[end + 1]!.row - sorted[end]!.row <= 1) end++;
    list.push(
      formatRange({
        firstRow: first.row,
        lastRow: sorted[end]!.row,
        firstColumn: first.column,
        lastColumn: first.column,
      }),
    );
    at = end + 1;
  }
  return list;
}

export function addressOf({ row, column }: Place): string {
  return formatAddress(row, column);
}

export function columnLabel(column: number): string {
  return `column ${columnName(column)}`;
}

/** `one cell`, `3 cells`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}

/** A text of the workbook in quotes, short enough for a sentence. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 39)}…` : line);
}

/** A number as a person reads it: at most twelve digits. */
export function shownNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
