import type { QueryResult } from "../../data/index.ts";
import type { LoadedTable } from "./cite-cells.ts";
import type { ResultTable } from "./compose-answer.ts";
import type { Calculation } from "./plan.ts";

/** The result's columns with what they are counted in: the unit of the one column that each reads, unless it counts. */
export function resultUnits(
  { columns, provenance }: QueryResult,
  loaded: readonly LoadedTable[],
  calculation: Calculation | undefined,
): ResultTable["columns"] {
  return columns.map((column, index) => {
    const read = provenance?.kind === "rows" ? (provenance.columns[index] ?? []) : [];
    const names = read.flatMap((each) => each.columns.map((name) => ({ table: each.table, name })));
    const [only] = names;
    if (names.length !== 1 || only === undefined || countsRows(column.name, calculation)) return column;
    const { description, table } = loaded.find((each) => each.description.name === only.table) ?? {};
    const at = description?.columns.findIndex(({ name }) => name === only.name) ?? -1;
    const { unit, inHundredths = false } = table?.columns[at] ?? {};
    // A result in per cent is a part of one; numbers that are hundredths stay as the sheet has them.
    return unit === undefined || inHundredths ? column : { ...column, unit };
  });
}

function countsRows(name: string, calculation: Calculation | undefined): boolean {
  return calculation === undefined || /^(number of|share in|change in|rank$)/.test(name);
}
