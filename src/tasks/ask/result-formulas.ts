import { columnName } from "../../files/index.ts";
import type { Table } from "../../table.ts";
import type { FormulaToCheck } from "./check-formulas.ts";
import type { ResultTable } from "./compose-answer.ts";
import { headingRow, type LaidBlock, type LaidCell, placeOf, type ResultLayout } from "./lay-out-result.ts";
import type { Calculation, Plan } from "./plan.ts";
import { calculationFormula, measureFormula, overFormula } from "./plan-formula.ts";

type Computed = {
  readonly result: ResultTable;
  readonly calculation?: Calculation | undefined;
  readonly tables: readonly Table[];
};

/** The formulas for the cells of a laid out result that one can be found for, with the values they must come to. */
export function resultFormulas(
  { main }: ResultLayout,
  { result, calculation, tables }: Computed,
  sheet: string,
): FormulaToCheck[] {
  if (calculation === undefined) return [];
  const tableOf = (name: string): Table => tables.find((each) => each.name === name)!;
  const find =
    "op" in calculation
      ? () => calculationFormula(calculation, tableOf)
      : (cell: LaidCell, row: number) =>
          cellFormula(calculation, tableOf(calculation.table), result, main, cell, row);
  return main.rows.flatMap((cells, row) =>
    cells.flatMap((cell, column): FormulaToCheck[] => {
      // Where no row had a value a formula would say 0.
      const formula = cell.value === null ? undefined : find(cell, headingRow + 1 + row);
      return formula === undefined
        ? []
        : [{ sheet, cell: placeOf(main, row, column), formula, value: cell.value }];
    }),
  );
}

/** `sheetRow` is the row that the cell stands in, from 1. */
function cellFormula(
  plan: Plan,
  table: Table,
  { rows }: ResultTable,
  main: LaidBlock,
  cell: LaidCell,
  sheetRow: number,
): string | undefined {
  const { groupBy = [], measures = [], over } = plan;
  const index = cell.column - groupBy.length;
  if (cell.row === undefined || index < 0) return undefined;
  const measure = measures[index];
  if (measure !== undefined)
    return measureFormula(plan, measure, table, rows[cell.row]!.slice(0, groupBy.length));
  if (over === undefined || measures.length === 0) return undefined;
  const column = columnName(main.firstColumn + groupBy.length + over.measure);
  const [firstRow, lastRow] = [headingRow + 1, headingRow + main.rows.length];
  return overFormula(plan, { column, firstRow, lastRow }, sheetRow);
}
