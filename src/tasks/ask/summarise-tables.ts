import type { FoundTable } from "../../files/index.ts";
import type { Table } from "../../table.ts";
import type { LoadedTable } from "./cite-cells.ts";

/** A table as it was found, for people to check and for queries to name. */
export type TableSummary = {
  /** As queries write it. */
  readonly name: string;
  /** `Orders!A4:F120`; the file's name instead of the sheet's, or alone, for files without sheets or cells. */
  readonly place: string;
  readonly rowCount: number;
  /** 0 to 1: below 0.6 a person should look at the range. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly columns: readonly {
    /** As queries write it. */
    readonly name: string;
    readonly type: string;
    readonly header: string;
    readonly unit?: string;
    /** Cells that hold something else than the column's type. */
    readonly exceptions: number;
  }[];
};

/** The tables that were found, with the names that SQL knows them by. */
export function summariseTables(
  tables: readonly FoundTable[],
  loaded: readonly LoadedTable[],
): TableSummary[] {
  return tables.map(({ table, region, sheet }, index) => {
    const { description } = loaded[index]!;
    return {
      name: description.name,
      place: placeOf(table, sheet),
      rowCount: table.rowCount,
      confidence: region.confidence,
      reasons: region.reasons,
      columns: description.columns.map((column, at) => ({
        ...column,
        exceptions: table.columns[at]?.exceptions.length ?? 0,
      })),
    };
  });
}

function placeOf({ name, source }: Table, sheet: string | undefined): string {
  const file = source.file ?? name;
  return source.hasCells === false ? file : `${sheet ?? file}!${source.range}`;
}
