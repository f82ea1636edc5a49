import type { Table } from "../table.ts";
import type { EngineProcess } from "./engine-process.ts";
import type { EngineReply } from "./messages.ts";
import { packBatches } from "./pack-batches.ts";
import { type ColumnPlan, planColumn } from "./plan-columns.ts";
import type { TableDescription } from "./query.ts";
import { sqlNames } from "./sql-names.ts";

/** A table with what its columns become in the engine. */
export type PlannedTable = {
  readonly table: Table;
  readonly description: TableDescription;
  /** By column. */
  readonly plans: readonly ColumnPlan[];
};

/** Names and types of a table's columns as queries see them. */
export function planTable(table: Table): PlannedTable {
  const plans = table.columns.map(planColumn);
  const names = sqlNames(table.columns.map(({ name }) => name));
  const description = {
    name: sqlNames([table.name])[0]!,
    rowCount: table.rowCount,
    columns: plans.map(({ column, sqlType }, index) => ({
      name: names[index]!,
      type: sqlType,
      header: column.name,
      ...(column.unit === undefined ? {} : { unit: column.unit }),
    })),
  };
  return { table, description, plans };
}

/** Makes a table known to an engine, which asks for its values once a query needs them. */
export function defineTable(
  engine: EngineProcess,
  { description: { name, columns } }: PlannedTable,
): Promise<EngineReply> {
  const named = columns.map((column) => ({ name: column.name, type: column.type }));
  return engine.request({ kind: "define", table: name, columns: named });
}

/** Sends the values of some columns batch by batch, each packed while the engine inserts the one before. */
export async function fillTable(
  engine: EngineProcess,
  { table, description, plans }: PlannedTable,
  columns: readonly string[],
  signal?: AbortSignal,
): Promise<EngineReply> {
  const wanted = plans.filter((_, index) => columns.includes(description.columns[index]!.name));
  const filled = description.columns.flatMap(({ name }, index) => {
    const { sqlType, expression } = plans[index]!;
    return columns.includes(name) ? [{ name, sqlType, expression }] : [];
  });
  await engine.send({ kind: "load-start", table: description.name, columns: filled });
  for (const { rowCount, columns: packed, parts } of packBatches(wanted, table.rowCount)) {
    if (signal?.aborted) break;
    await engine.send({ kind: "batch", rowCount, columns: packed }, parts);
  }
  if (signal?.aborted) {
    await engine.stop();
    signal.throwIfAborted();
  }
  return engine.request({ kind: "load-end" });
}
