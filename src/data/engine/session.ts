import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { foldName } from "../sql-names.ts";

/** A table that queries may read. */
export type CatalogueTable = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Names of the columns that it was filled with so far; absent where it holds all. */
  readonly filled?: ReadonlySet<string>;
};

/** The database of one engine process. `tables` is by folded name and is the whole of what queries may name. */
export type Session = {
  readonly connection: DuckDBConnection;
  readonly tables: Map<string, CatalogueTable>;
  isLocked: boolean;
};

/** Settings that must stand before anything is read. One thread, so that sums come out the same every time. */
function openingSettings(memoryMb: number): Record<string, string> {
  return {
    threads: "1",
    memory_limit: `${memoryMb}MB`,
    temp_directory: "",
    max_temp_directory_size: "0KB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    allow_persistent_secrets: "false",
    allow_unsigned_extensions: "false",
    enable_external_access: "true",
  };
}

/** Puts one that compresses its tables at a checkpoint in the place of the first database, under the same name. */
const COMPRESSED = [
  ...["ATTACH ':memory:' AS other", "USE other", "DETACH memory"],
  ...["ATTACH ':memory:' AS memory (COMPRESS)", "USE memory", "DETACH other"],
];

/** Zone and arithmetic that don't depend on the machine; division by zero is null, as spreadsheets have no infinity. */
const CALCULATION = [
  "SET TimeZone = 'UTC'",
  "SET Calendar = 'gregorian'",
  "SET ieee_floating_point_ops = false",
  "SET max_expression_depth = 200",
  "SET errors_as_json = true",
];

/** After these no file is opened and no setting changes. The order matters: the last one locks the others. */
const LOCK = [
  "SET disabled_filesystems = 'LocalFileSystem'",
  "SET enable_external_access = false",
  "SET lock_configuration = true",
];

/** Opens the in-memory database of this process. */
export async function openSession(memoryMb: number): Promise<Session> {
  const instance = await DuckDBInstance.create(":memory:", openingSettings(memoryMb));
  const connection = await instance.connect();
  for (const setting of [...COMPRESSED, ...CALCULATION]) await connection.run(setting);
  return { connection, tables: new Map(), isLocked: false };
}

/** Shuts the database off from files and settings for good; done before the first query. */
export async function lockSession(session: Session): Promise<void> {
  if (session.isLocked) return;
  for (const setting of LOCK) await session.connection.run(setting);
  session.isLocked = true;
}

/** Notes which columns of a known table hold their values now. */
export function noteFilled(session: Session, name: string, filled: ReadonlySet<string>): void {
  const table = session.tables.get(foldName(name));
  if (!table) throw new RangeError(`no table ${name} was defined`);
  const isWhole = table.columns.every((column) => filled.has(column.name));
  addTable(session, { name, columns: table.columns, ...(isWhole ? {} : { filled }) });
}

/** Adds a table to what queries may name. */
export function addTable(session: Session, table: CatalogueTable): void {
  session.tables.set(foldName(table.name), table);
}
