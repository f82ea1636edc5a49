import type { Table } from "../../../table.ts";
import type { Unpivot } from "../plan.ts";
import { type PlanColumn, planColumns } from "../plan-columns.ts";
import { unpivotOf } from "../wide-table.ts";

/** A table as it is put before a model: itself, or with its columns of time turned into rows. */
export type PlanView = {
  /** As the model names it. */
  readonly name: string;
  readonly table: Table;
  readonly unpivot?: Unpivot;
  readonly columns: readonly PlanColumn[];
};

/** The tables a model may ask; one with columns for months or years stands there a second time, with these as rows. */
export function planViews(tables: readonly Table[]): PlanView[] {
  const taken = new Set(tables.map(({ name }) => name.toLowerCase()));
  return tables.flatMap((table): PlanView[] => {
    const plain: PlanView = { name: table.name, table, columns: planColumns(table) };
    const unpivot = unpivotOf(table);
    if (unpivot === undefined) return [plain];
    let name = `${table.name} by ${unpivot.name}`;
    while (taken.has(name.toLowerCase())) name += " *";
    taken.add(name.toLowerCase());
    return [plain, { name, table, unpivot, columns: planColumns(table, unpivot) }];
  });
}

/** The distinct texts of a column, where it has any. */
export function textsOf({ table, unpivot }: PlanView, name: string): readonly string[] {
  if (unpivot !== undefined && unpivot.name === name && unpivot.type === "text")
    return unpivot.columns.map(({ as }) => String(as));
  return table.columns.find((each) => each.name === name)?.strings ?? [];
}
