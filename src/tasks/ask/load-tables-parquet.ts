import { type Database, quoteName, type TableDescription } from "../../data/index.ts";
import { temporaryFile } from "../../data/temporary-file.ts";
import { FileDamagedError, FileUnsupportedError, QueryError } from "../../errors.ts";
import { freeTableName } from "../../files/tables/name-tables.ts";
import type { FoundTable } from "../../files/tables/read-tables.ts";
import { formatRange } from "../../files/xlsx/address.ts";
import type { Json } from "../../json.ts";
import type { ColumnType, TableColumn } from "../../table.ts";
import { naming, type SourceFile } from "./load-tables.ts";
import { standInColumn } from "./stand-in-column.ts";
import { wholeTable } from "./whole-table.ts";

/** True for files that begin with Parquet's signature, or with that of its encrypted form, or that are called so. */
export function isParquet({ name, bytes }: SourceFile): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  return start === "PAR1" || start === "PARE" || /\.parquet$/i.test(name);
}

export type LoadParquetOptions = {
  /** Names that the table does not get. */
  readonly taken: readonly string[];
  /** Gets the file that the engine reads. */
  readonly kept: AsyncDisposableStack;
  readonly signal: AbortSignal | undefined;
};

/** Loads a Parquet file with its own exact types and gives back the table's name. */
export function loadParquet(
  database: Database,
  { name, bytes }: SourceFile,
  { taken, kept, signal }: LoadParquetOptions,
): Promise<string> {
  return naming(name, async () => {
    if (String.fromCharCode(...bytes.subarray(0, 4)) === "PARE")
      throw new FileUnsupportedError("this Parquet file is encrypted");
    const table = freeTableName(tableName(name), new Set(taken.map((each) => each.toLowerCase())));
    const { path } = kept.use(await temporaryFile("table.parquet", bytes));
    try {
      await database.loadFile(path, { name: table, format: "parquet", ...(signal && { signal }) });
    } catch (error) {
      if (!(error instanceof QueryError) || error.code !== "query-failed") throw error;
      throw new FileDamagedError("this is no Parquet file, or it is cut off", {
        cause: error,
        hint: "Ask for the file again, or write it anew where it comes from.",
      });
    }
    return table;
  });
}

/** The file's name without its ending, as people would write it. */
function tableName(file: string): string {
  const words = file.replace(/\.[^.]{1,8}$/, "").replace(/[\s_]+/g, " ");
  return words.trim() || "Table";
}

export type ProfileParquetOptions = {
  readonly isProfiled: boolean;
  readonly signal: AbortSignal | undefined;
};

/**
 * A stand-in for a loaded Parquet table that questions can be matched against: its columns hold the right values, how
 * many rows have one and the right range, but not row by row. It is never loaded nor computed with.
 */
export async function profileParquet(
  database: Database,
  { name }: SourceFile,
  description: TableDescription,
  { isProfiled, signal }: ProfileParquetOptions,
): Promise<{ readonly table: FoundTable; readonly notes: readonly string[] }> {
  const columns: TableColumn[] = [];
  const notes: string[] = [];
  for (const [index, { name: sqlName, header, type }] of description.columns.entries()) {
    const kind = isProfiled ? kindOf(type) : undefined;
    const place = { column: quoteName(sqlName), table: quoteName(description.name) };
    const found = kind === undefined ? nothing : await readValues(database, place, kind, signal);
    if (found.isCut)
      notes.push(`${name}: only the first ${mostTexts} different texts of ${header} are known.`);
    const heading = { name: header, column: index, type: kind ?? "text" };
    columns.push(
      standInColumn(heading, found.values, { length: description.rowCount, filled: found.filled }),
    );
  }
  const range = {
    firstRow: 1,
    lastRow: description.rowCount,
    firstColumn: 0,
    lastColumn: columns.length - 1,
  };
  const { name: tableName, rowCount } = description;
  const table = {
    name: tableName,
    source: { file: name, range: formatRange(range), hasCells: false },
    columns,
    rowCount,
    sheetRows: Uint32Array.from({ length: rowCount }, (_, index) => index + 1),
  };
  return { table: wholeTable(table, range, "a Parquet file is one table"), notes };
}

const mostTexts = 50_000;
const mostNumbers = 1_001;
/** Nobody says a longer text in a question. */
const longestText = 200;
const deadlineMs = 60_000;

/** Undefined for lists, structures and whatever else a question can't be about. */
function kindOf(sqlType: string): ColumnType | undefined {
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(sqlType)) return "integer";
  if (/^(DECIMAL\([\d,]+\)|FLOAT|DOUBLE)$/.test(sqlType)) return "decimal";
  if (/^TIMESTAMP(_\w+| WITH TIME ZONE)?$/.test(sqlType)) return "timestamp";
  if (/^(VARCHAR|UUID)$|^ENUM\([^[\]]*\)$/.test(sqlType)) return "text";
  const same = { BOOLEAN: "boolean", DATE: "date", TIME: "time" } as const;
  return same[sqlType as keyof typeof same];
}

type Values = {
  /** Distinct ones, in the order of rows. */
  readonly values: readonly Json[];
  readonly filled: number;
  readonly isCut: boolean;
};

const nothing: Values = { values: [], filled: 0, isCut: false };

async function readValues(
  database: Database,
  { column, table }: { readonly column: string; readonly table: string },
  kind: ColumnType,
  signal: AbortSignal | undefined,
): Promise<Values> {
  const options = { deadlineMs, maxRows: mostTexts, ...(signal && { signal }) };
  const ask = async (sql: string): Promise<readonly (readonly Json[])[]> =>
    (await database.query(sql, options)).rows;
  if (kind === "text") {
    const [counts = []] = await ask(`SELECT count(${column}) FROM ${table}`);
    const text = `${column}::VARCHAR`;
    const rows = await ask(
      `SELECT ${text} FROM ${table} WHERE length(${text}) <= ${longestText} GROUP BY 1 ORDER BY min(rowid) LIMIT ${mostTexts}`,
    );
    const values = rows.map(([value]) => value!);
    return { values, filled: Number(counts[0]), isCut: values.length === mostTexts };
  }
  const [ends = []] = await ask(`SELECT count(${column}), min(${column}), max(${column}) FROM ${table}`);
  const rows = await ask(
    `SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL LIMIT ${mostNumbers}`,
  );
  const values = [...rows.map(([value]) => value!), ...ends.slice(1)];
  return { values, filled: Number(ends[0]), isCut: false };
}
