import type { Database, QueryResult } from "../../../data/index.ts";
import { QueryError } from "../../../errors.ts";
import type { Json } from "../../../json.ts";
import { citeCells, type LoadedTable } from "../../ask/cite-cells.ts";
import type { Calculation, Plan } from "../../ask/plan.ts";
import { calculationSql, planSql } from "../../ask/plan-sql.ts";
import { plansOf } from "./plans.ts";

/** Runs calculations over the loaded workbooks; each query once. */
export type Evaluator = {
  /** The single value; undefined where there is none. */
  readonly value: (calculation: Calculation) => Promise<number | undefined>;
  readonly rows: (plan: Plan) => Promise<readonly (readonly Json[])[]>;
  readonly source: (calculation: Calculation) => Promise<Source>;
};

/** Where a value is from: its query, its cells, and the workbook that has them. */
export type Source = {
  readonly query: string;
  readonly cells: readonly string[];
  readonly workbook?: string;
};

export function createEvaluator(
  database: Database,
  loaded: readonly LoadedTable[],
  signal?: AbortSignal,
): Evaluator {
  const kept = new Map<string, Promise<QueryResult | undefined>>();
  const tableOf = (name: string): LoadedTable["table"] => {
    const found = loaded.find(({ table }) => table.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RangeError(`there is no table ${name}`);
    return found.table;
  };
  const run = (query: string, provenance = false): Promise<QueryResult | undefined> => {
    const key = `${provenance}${query}`;
    const known =
      kept.get(key) ?? orNothing(database.query(query, { provenance, ...(signal && { signal }) }));
    kept.set(key, known);
    return known;
  };
  return {
    value: async (calculation) => numberOf((await run(calculationSql(calculation, tableOf)))?.rows[0]?.[0]),
    rows: async (plan) => (await run(planSql(plan, tableOf(plan.table))))?.rows ?? [],
    source: async (calculation) => {
      const cells = new Set<string>();
      // Side by side: of a value made of two the engine can't tell the rows.
      for (const plan of plansOf(calculation)) {
        const result = await run(planSql(withoutGroups(plan), tableOf(plan.table)), true);
        for (const cell of result === undefined ? [] : citeCells(result, loaded)) cells.add(cell);
      }
      const { file } = tableOf(plansOf(calculation)[0]!.table).source;
      return {
        query: calculationSql(calculation, tableOf),
        cells: [...cells],
        ...(file !== undefined && { workbook: file }),
      };
    },
  };
}

function withoutGroups({ count: _, ...plan }: Plan): Plan {
  return plan;
}

/** A query that the engine refuses or fails at computes nothing; all else is a broken promise. */
async function orNothing(query: Promise<QueryResult>): Promise<QueryResult | undefined> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof QueryError && (error.code === "query-failed" || error.code === "query-refused"))
      return undefined;
    throw error;
  }
}

function numberOf(value: Json | undefined): number | undefined {
  if (value === null || value === undefined || typeof value === "object") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
