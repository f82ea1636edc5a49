import { columnLines, describeColumns } from "../describe-table.ts";
import { profileTable } from "../profile.ts";
import { wideProfile } from "../wide-table.ts";
import type { PlanView } from "./plan-views.ts";

/** A view in a few lines: its columns with types, units, ranges and some of their values. */
export function describeView({ name, table, unpivot }: PlanView): string {
  const profile = (unpivot === undefined ? undefined : wideProfile(table)) ?? profileTable(table);
  const columns = describeColumns({ columns: profile.columns.map(({ column }) => column) });
  const rows = unpivot === undefined ? table.rowCount : table.rowCount * unpivot.columns.length;
  return [
    `table ${JSON.stringify(name)}: ${rows} rows`,
    ...columnLines(columns).map((line) => `- ${line}`),
  ].join("\n");
}
