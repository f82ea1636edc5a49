import { formatRange } from "../../../files/xlsx/address.ts";
import { sheetName } from "../../ask/cite-cells.ts";
import type { Subject } from "../subjects.ts";

const mostRanges = 12;

/** The cells of one row from the first to the last of these columns. */
export function cellsOfRow({ found }: Subject, row: number, columns: readonly string[]): string[] {
  const { table } = found;
  if (table.source.hasCells === false) return [];
  const places = table.columns.filter(({ name }) => columns.includes(name)).map(({ column }) => column);
  const at = table.sheetRows[row]!;
  const range = {
    firstRow: at,
    lastRow: at,
    firstColumn: Math.min(...places),
    lastColumn: Math.max(...places),
  };
  return [`${placeOf(found)}!${formatRange(range)}`];
}

function placeOf({ table }: Subject["found"]): string {
  return table.source.sheet === undefined ? (table.source.file ?? table.name) : sheetName(table.source.sheet);
}

/** The cells of some rows (indexes, ascending) of a column, as `Orders!D5:D16`; the first dozen ranges. */
export function cellsOfRows({ found }: Subject, column: number, rows: readonly number[]): string[] {
  const { table } = found;
  if (table.source.hasCells === false || rows.length === 0) return [];
  const ranges: [number, number][] = [];
  for (const row of rows) {
    const at = table.sheetRows[row]!;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === at) last[1] = at;
    else if (ranges.length === mostRanges) break;
    else ranges.push([at, at]);
  }
  const place = placeOf(found);
  return ranges.map(
    ([firstRow, lastRow]) =>
      `${place}!${formatRange({ firstRow, lastRow, firstColumn: column, lastColumn: column })}`,
  );
}
