import type { FoundTable } from "../../files/tables/read-tables.ts";
import type { Table } from "../../table.ts";

type Range = FoundTable["region"]["range"];

/** Something that is one table and nothing else, as if it had been found in a sheet. */
export function wholeTable(table: Table, range: Range, reason: string): FoundTable {
  return {
    table,
    totals: [],
    region: {
      range,
      headerRows: 0,
      totalsRows: [],
      title: [],
      notes: [],
      confidence: 1,
      reasons: [reason],
    },
  };
}
