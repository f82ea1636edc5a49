import type { Server, ServerQueryOptions } from "../../../data/servers/server.ts";
import { QueryError } from "../../../errors.ts";
import type { Json } from "../../../json.ts";
import type { Table, TableColumn } from "../../../table.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { exactColumn, standInColumn } from "../stand-in-column.ts";
import type { AskedColumn, AskedTable } from "./server-source.ts";

export type ProfiledTable = {
  /** What questions are matched against. Its rows stand in for those of the server, unless there are few. */
  readonly table: Table;
  /** How many rows there are; a guess of the server where `isEstimate`. */
  readonly rowCount: number;
  readonly isEstimate: boolean;
  readonly notes: readonly string[];
};

/** Tables up to this many rows are read whole. */
const fewRows = 20_000;
/** Beyond that many, values are counted in a sample. */
const manyRows = 2_000_000;
const sampledRows = 100_000;
/** No more cells are fetched, however few rows there are. */
const mostCells = 1_000_000;
const mostTexts = 50_000;
const mostNumbers = 1_001;
/** Texts of so many kinds in a sample are names that questions say: all of them are looked up in the whole table. */
const fewTexts = 5_000;
/** Nobody says a longer text in a question. */
const longestText = 200;
/** Looking up one column may take as long; then the sample has to do. */
const lookupMs = 15_000;

type Ask = (sql: string, options?: ServerQueryOptions) => Promise<readonly (readonly Json[])[]>;

/**
 * What stands in a table: its rows where they are few, else by bounded queries how many there are, the range of each
 * column and its distinct values. Only that is fetched.
 */
export async function profileServerTable(
  asked: AskedTable,
  server: Server,
  dialect: Dialect,
  signal?: AbortSignal,
): Promise<ProfiledTable> {
  const ask: Ask = async (sql, options = {}) =>
    (await server.query(sql, { maxRows: mostTexts, ...options, ...(signal && { signal }) })).rows;
  const { estimatedRows = fewRows, canSample } = asked.table;
  const small = estimatedRows <= fewRows ? await readWhole(asked, dialect, ask) : undefined;
  if (small !== undefined) return { table: small, rowCount: small.rowCount, isEstimate: false, notes: [] };
  const rowCount = estimatedRows > manyRows ? estimatedRows : await countRows(asked, ask);
  const isLarge = rowCount > manyRows;
  const rows = isLarge ? sampleSql(asked, canSample ? rowCount : undefined, dialect) : asked.from;
  const counts = await countColumns(asked, rows, dialect, ask);
  const notes: string[] = [];
  const length = Math.min(fewRows, Math.max(1, counts.rowCount));
  const columns: TableColumn[] = [];
  for (const [index, column] of asked.columns.entries()) {
    const filled = counts.filled[index]!;
    const found = await distinctValues(column, { rows, isSample: isLarge, asked, dialect, ask });
    if (found.isCut) notes.push(`${asked.name}: not all texts of ${column.name} are known`);
    // A sample can miss the few empty cells that there are.
    const hasGaps = isLarge ? column.column.isNullable : filled < counts.rowCount;
    const share = hasGaps ? Math.min(length - 1, Math.ceil((filled * length) / counts.rowCount)) : length;
    const values = [...found.values, ...counts.ends[index]!];
    columns.push(
      standInColumn({ name: column.name, type: column.type, column: index }, values, {
        length,
        filled: share,
      }),
    );
  }
  const table = tableOf(asked, columns, length);
  return { table: { ...table, rowCount }, rowCount, isEstimate: isLarge, notes };
}

function tableOf({ name }: AskedTable, columns: readonly TableColumn[], rowCount: number): Table {
  const sheetRows = Uint32Array.from({ length: rowCount }, (_, index) => index + 1);
  return { name, source: { range: "A1", hasCells: false }, columns, rowCount, sheetRows };
}

async function readWhole(asked: AskedTable, dialect: Dialect, ask: Ask): Promise<Table | undefined> {
  if (asked.columns.length === 0) return undefined;
  const most = Math.min(fewRows, Math.floor(mostCells / asked.columns.length));
  const order = asked.table.key.map(dialect.quoteName).join(", ");
  const rows = await ask(
    `SELECT ${asked.columns.map(shortText).join(", ")} FROM ${asked.from}${order === "" ? "" : ` ORDER BY ${order}`} LIMIT ${most + 1}`,
    { maxRows: most + 1, isBounded: true },
  );
  if (rows.length > most) return undefined;
  const columns = asked.columns.map(({ name, type }, index) =>
    exactColumn(
      { name, type, column: index },
      rows.map((row) => row[index]!),
    ),
  );
  return tableOf(asked, columns, rows.length);
}

/** Nobody quotes a long text whole: its start is enough to know that something stands there. */
function shortText({ sql, type }: AskedColumn): string {
  return type === "text" ? `substring(${sql}, 1, ${longestText})` : sql;
}

async function countRows({ from, table }: AskedTable, ask: Ask): Promise<number> {
  if (table.estimatedRows !== undefined) {
    const [row = []] = await ask(`SELECT count(*) FROM ${from}`);
    return Number(row[0]);
  }
  const [row = []] = await ask(
    `SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ${manyRows + 1}) AS "some"`,
  );
  return Number(row[0]);
}

function sampleSql({ from, columns }: AskedTable, rowCount: number | undefined, dialect: Dialect): string {
  const names = columns.map(({ column }) => dialect.quoteName(column.name)).join(", ");
  const share = rowCount === undefined ? undefined : Math.min(100, (200 * sampledRows) / rowCount);
  // Twice as many blocks as needed, as they are not equally full; the same ones every time.
  const part = share === undefined ? "" : ` TABLESAMPLE SYSTEM (${share.toFixed(4)}) REPEATABLE (1)`;
  return `(SELECT ${names} FROM ${from}${part} LIMIT ${sampledRows}) AS "sample"`;
}

type Counts = {
  readonly rowCount: number;
  readonly filled: readonly number[];
  /** Smallest and largest, of numbers and dates. */
  readonly ends: readonly (readonly Json[])[];
};

async function countColumns(
  { columns }: AskedTable,
  rows: string,
  dialect: Dialect,
  ask: Ask,
): Promise<Counts> {
  const parts = columns.flatMap(({ sql, type }) => {
    const hasEnds = type !== "text" && type !== "boolean";
    const ends = hasEnds
      ? [`${dialect.aggregate("min", sql, { type })}`, `${dialect.aggregate("max", sql, { type })}`]
      : ["0", "0"];
    return [`count(${sql})`, ...ends];
  });
  const [row = []] = await ask(`SELECT ${["count(*)", ...parts].join(", ")} FROM ${rows}`);
  return {
    rowCount: Number(row[0]),
    filled: columns.map((_, index) => Number(row[1 + index * 3])),
    ends: columns.map(({ type }, index) =>
      type === "text" || type === "boolean" ? [] : [row[2 + index * 3]!, row[3 + index * 3]!],
    ),
  };
}

type Lookup = {
  readonly rows: string;
  readonly isSample: boolean;
  readonly asked: AskedTable;
  readonly dialect: Dialect;
  readonly ask: Ask;
};

async function distinctValues(
  { sql, type }: AskedColumn,
  { rows, isSample, asked, dialect, ask }: Lookup,
): Promise<{ readonly values: readonly Json[]; readonly isCut: boolean }> {
  if (type !== "text") {
    const found = await ask(
      `SELECT DISTINCT ${sql} FROM ${rows} WHERE ${sql} IS NOT NULL LIMIT ${mostNumbers}`,
    );
    return { values: found.map(([value]) => value!), isCut: false };
  }
  const length = dialect.name === "ClickHouse" ? "lengthUTF8" : "length";
  const select = (from: string): string =>
    `SELECT DISTINCT ${sql} FROM ${from} WHERE ${length}(${sql}) <= ${longestText} LIMIT ${mostTexts}`;
  const texts = (found: readonly (readonly Json[])[]): readonly Json[] =>
    found.map(([value]) => value!).sort((one, two) => (String(one) < String(two) ? -1 : 1));
  const sampled = await ask(select(rows));
  if (!isSample) return { values: texts(sampled), isCut: sampled.length === mostTexts };
  if (sampled.length > fewTexts) return { values: texts(sampled), isCut: true };
  try {
    return { values: texts(await ask(select(asked.from), { deadlineMs: lookupMs })), isCut: false };
  } catch (error) {
    if (!(error instanceof QueryError) || error.code !== "query-timeout") throw error;
    return { values: texts(sampled), isCut: true };
  }
}
