import { columnName, formatAddress } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import { chartData, seriesKeys } from "./chart-data.ts";
import type { ChartSpec } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import type { Calculation } from "./plan.ts";

/** One cell of a laid out result: the value of `row` and `column` of the result. `row` is absent where there is none. */
export type LaidCell = { readonly value: Json; readonly column: number; readonly row?: number };

/** A block of cells below its headings. */
export type LaidBlock = {
  /** From 0. */
  readonly firstColumn: number;
  /** Each with the column of the result whose values stand below. */
  readonly headings: readonly { readonly text: string; readonly column: number }[];
  readonly rows: readonly (readonly LaidCell[])[];
};

/** How a result stands on its sheet. */
export type ResultLayout = {
  readonly main: LaidBlock;
  /** What the chart shows, where the main block doesn't hold it in that shape: its cells repeat cells of the main one. */
  readonly beside?: LaidBlock;
};

/** Row of the sheet, from 1, that holds the headings. */
export const headingRow = 3;

/**
 * Lays out a result: groups of two keys with one value as a table with one key down and the other across, as people
 * compare them; everything else row by row, with what a chart of two keys needs beside it.
 */
export function layOutResult(
  result: ResultTable,
  calculation: Calculation | undefined,
  spec: ChartSpec | undefined,
): ResultLayout {
  if (spec?.series === undefined) return { main: list(result) };
  if (isCrossTable(result, calculation)) return { main: crossTable(result, spec, 0) };
  return { main: list(result), beside: crossTable(result, spec, result.columns.length + 1) };
}

/** With a limit, or more values than one, the order and the other columns would be lost. */
function isCrossTable({ columns }: ResultTable, calculation: Calculation | undefined): boolean {
  if (columns.length !== 3) return false;
  if (calculation === undefined) return true;
  return (
    !("op" in calculation) &&
    calculation.groupBy?.length === 2 &&
    calculation.limit === undefined &&
    calculation.having === undefined
  );
}

function list({ columns, rows }: ResultTable): LaidBlock {
  return {
    firstColumn: 0,
    headings: columns.map(({ name }, column) => ({ text: name, column })),
    rows: rows.map((values, row) => values.map((value, column) => ({ value, column, row }))),
  };
}

function crossTable(result: ResultTable, spec: ChartSpec, firstColumn: number): LaidBlock {
  const { columns, rows } = result;
  const [across, measured] = [spec.series!, spec.values[0]!.column];
  const key = (row: number, column: number): string => JSON.stringify(rows[row]![column] ?? null);
  const series = seriesKeys(result, across);
  const places = new Map(rows.map((_, row) => [`${key(row, spec.category)} ${key(row, across)}`, row]));
  const headings = series.map(({ name }) => ({ text: name, column: measured }));
  const found = chartData(spec, result).categories.flatMap(({ row }) => row ?? []);
  return {
    firstColumn,
    headings: [{ text: columns[spec.category]!.name, column: spec.category }, ...headings],
    rows: found.map((first) => [
      { value: rows[first]![spec.category] ?? null, column: spec.category, row: first },
      ...series.map(({ value }): LaidCell => {
        const row = places.get(`${key(first, spec.category)} ${JSON.stringify(value)}`);
        return row === undefined
          ? { value: null, column: measured }
          : { value: rows[row]![measured] ?? null, column: measured, row };
      }),
    ]),
  };
}

/** `B4`: the place of a block's cell on the sheet; row and column are the block's, from 0. */
export function placeOf({ firstColumn }: LaidBlock, row: number, column: number): string {
  return formatAddress(headingRow + 1 + row, firstColumn + column);
}

/** `B4:B15`: a column of a block, without its heading. */
export function columnOf(block: LaidBlock, column: number): string {
  const letters = columnName(block.firstColumn + column);
  return `${letters}${headingRow + 1}:${letters}${headingRow + block.rows.length}`;
}
