import type { Database } from "../../data/index.ts";
import { BadRequestError } from "../../errors.ts";
import type { FoundTable } from "../../files/index.ts";
import type { LoadedTable } from "./cite-cells.ts";
import { findTables, type LoadTablesOptions, noTable, type SourceFile } from "./load-tables.ts";
import { isParquet, loadParquet, profileParquet } from "./load-tables-parquet.ts";

export type LoadIntoOptions = LoadTablesOptions & {
  /** False where no question is to be understood: what stands in Parquet columns is then not looked at. */
  readonly isProfiled: boolean;
  /** Gets the files that have to stay on disk as long as the database is open. */
  readonly kept: AsyncDisposableStack;
};

export type LoadedDatabase = {
  readonly tables: readonly FoundTable[];
  /** The same tables with their names in SQL. */
  readonly loaded: readonly LoadedTable[];
  readonly notes: readonly string[];
};

/** Reads every file and loads its tables into the database, which holds no table yet. Throws as `loadTables`. */
export async function loadTablesInto(
  database: Database,
  files: readonly SourceFile[],
  { isProfiled, kept, ...options }: LoadIntoOptions,
): Promise<LoadedDatabase> {
  const { signal, range } = options;
  const records = files.filter(isParquet);
  if (range !== undefined && records.length > 0)
    throw new BadRequestError(`${records[0]!.name}: a Parquet file has no cells to choose from`, {
      hint: "leave out the range, or choose by a query",
    });
  // Parquet first: the engine reads files only until its first query.
  const names: string[] = [];
  for (const file of records) names.push(await loadParquet(database, file, { taken: names, kept, signal }));
  const found = await findTables(
    files.filter((file) => !records.includes(file)),
    options,
    names,
  );
  for (const { table } of found.tables) await database.load(table, signal === undefined ? {} : { signal });
  const described = database.describe();
  const tables: FoundTable[] = [];
  const notes = [...found.notes];
  for (const [index, file] of records.entries()) {
    const profiled = await profileParquet(database, file, described[index]!, { isProfiled, signal });
    tables.push(profiled.table);
    notes.push(...profiled.notes);
  }
  tables.push(...found.tables);
  if (tables.length === 0) throw noTable(files, notes);
  return {
    tables,
    loaded: tables.map(({ table }, index) => ({ table, description: described[index]! })),
    notes,
  };
}
