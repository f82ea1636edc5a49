import { parseRanges } from "../xlsx/address.ts";
import type { CellRange } from "../xlsx/types.ts";

/** A cell that a chart refers to. Rows count from 1, columns from 0. */
export type ChartCell = {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
};

type Area = { readonly sheet: string; readonly range: CellRange };

/** The areas of `Sheet1!$A$2:$A$5` or `(Sheet1!$A$2,Sheet1!$A$5)`, each one row or column; else none. */
export function formulaCells(formula: string): readonly Area[] {
  const ranges = parseRanges(
    formula
      .trim()
      .replace(/^=/, "")
      .replace(/^\((.*)\)$/, "$1"),
  );
  const areas = ranges.flatMap(({ sheet, range }) => (sheet === undefined ? [] : [{ sheet, range }]));
  const isLine = ({ range }: Area): boolean =>
    range.firstRow === range.lastRow || range.firstColumn === range.lastColumn;
  return areas.length === ranges.length && areas.every(isLine) ? areas : [];
}

/** The cell with that index among those of the areas, one after another. */
export function cellAt(areas: readonly Area[], index: number): ChartCell | undefined {
  if (!Number.isInteger(index) || index < 0) return undefined;
  let rest = index;
  for (const { sheet, range } of areas) {
    const rows = range.lastRow - range.firstRow + 1;
    const columns = range.lastColumn - range.firstColumn + 1;
    if (rest < rows * columns) {
      return columns === 1
        ? { sheet, row: range.firstRow + rest, column: range.firstColumn }
        : { sheet, row: range.firstRow, column: range.firstColumn + rest };
    }
    rest -= rows * columns;
  }
  return undefined;
}

/** Categories in several columns or rows: the first level is the one next to the values (ECMA-376-1, 21.2.2.98). */
export function multiLevelCells(
  formula: string,
  levels: number,
  level: number,
  index: number,
): ChartCell | undefined {
  const [area, ...more] = parseRanges(formula);
  if (area?.sheet === undefined || more.length > 0 || !Number.isInteger(index)) return undefined;
  const { sheet, range } = area;
  if (range.lastColumn - range.firstColumn + 1 === levels)
    return { sheet, row: range.firstRow + index, column: range.lastColumn - level };
  if (range.lastRow - range.firstRow + 1 === levels)
    return { sheet, row: range.lastRow - level, column: range.firstColumn + index };
  return undefined;
}
