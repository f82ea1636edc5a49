import { sqlNames } from "../../data/sql-names.ts";
import type { Table } from "../../table.ts";
import { duckdb } from "./dialects/duckdb.ts";
import type { PlanSource } from "./dialects/plan-source.ts";
import { writeCalculation } from "./dialects/write-calculation.ts";
import { writePlan } from "./dialects/write-plan.ts";
import type { Calculation, Plan } from "./plan.ts";

/**
 * The SELECT that computes a plan over a loaded table. Names come from the table, values are written as literals of the
 * column's type. Throws `RangeError` for a column that the table lacks or a value that doesn't fit: check a plan first
 * (`checkPlan`).
 */
export function planSql(plan: Plan, table: Table): string {
  return writePlan(plan, loadedSource(table));
}

/** The SELECT of a calculation: of a plan, or of two single values set against each other. */
export function calculationSql(calculation: Calculation, tableOf: (name: string) => Table): string {
  return writeCalculation(calculation, duckdb, (name) => loadedSource(tableOf(name)));
}

function loadedSource(table: Table): PlanSource {
  // The engine's own number of each row, from 0 in the order of the sheet.
  const from = duckdb.quoteName(sqlNames([table.name])[0]!);
  return { dialect: duckdb, table, from, rowOrder: ["rowid"] };
}
