import type { Table } from "../../table.ts";
import type { SheetCells } from "../xlsx/types.ts";

/**
 * Gives back the memory of cells that nobody reads again, except what tables took over as it is. A large sheet's would
 * otherwise stay, as the collector sees no need, while another process loads the tables. The cells can't be used after.
 */
export function releaseCells(cells: SheetCells, tables: readonly Table[]): void {
  const kept = new Set(tables.flatMap(({ columns }) => columns.map(({ values }) => values.buffer)));
  for (const { values, kinds, styles } of cells.columns) {
    for (const { buffer } of [values, kinds, styles]) {
      // Columns without cells have one empty buffer in common.
      if (buffer.byteLength > 0 && !kept.has(buffer) && buffer instanceof ArrayBuffer) buffer.transfer(0);
    }
  }
}
