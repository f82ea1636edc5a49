import type { Calculation, Plan } from "../plan.ts";
import { isSameName } from "../plan-columns.ts";
import type { AskedTable } from "./server-source.ts";

/** What a result of a server stands on, as `sales.orders.amount`: the columns that the calculation names. */
export function citeColumns(calculation: Calculation, tables: readonly AskedTable[]): string[] {
  const plans = "op" in calculation ? [calculation.left, calculation.right] : [calculation];
  const cited = plans.flatMap((plan) => {
    const asked = tables.find(({ name }) => isSameName(name, plan.table));
    return asked === undefined ? [] : columnsOf(plan, asked);
  });
  return [...new Set(cited)];
}

/** The tables that a query of the person's own could read. */
export function citeTables(tables: readonly AskedTable[]): string[] {
  return tables.map(({ table }) => `${table.schema}.${table.name}`);
}

function columnsOf(plan: Plan, { table, columns }: AskedTable): string[] {
  const named = namedColumns(plan);
  const found = columns.filter(({ name }) => named.some((each) => isSameName(each, name)));
  const place = `${table.schema}.${table.name}`;
  // Counting rows names no column.
  return found.length === 0 ? [place] : found.map(({ column }) => `${place}.${column.name}`);
}

function namedColumns({
  where = [],
  groupBy = [],
  measures = [],
  show = [],
  orderBy = [],
  ...plan
}: Plan): string[] {
  return [
    ...groupBy.map(({ column }) => column),
    ...measures.flatMap(({ column }) => column ?? []),
    ...show,
    ...where.map(({ column }) => column),
    ...orderBy.flatMap(({ by }) => (typeof by === "string" ? by : [])),
    ...(plan.unpivot?.columns ?? []).map(({ column }) => column),
    ...(plan.elapsed === undefined ? [] : [plan.elapsed.from, plan.elapsed.to]),
  ];
}
