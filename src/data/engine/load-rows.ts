import * as duckdb from "@duckdb/node-api";
import type { Frame } from "../frames.ts";
import type { BatchColumn, Encoding, EngineRequest, NewColumn } from "../messages.ts";
import { BATCH_ROWS } from "../pack-batches.ts";
import { quoteName, quoteText } from "../sql-names.ts";
import { noteFilled, type Session } from "./session.ts";

/** A table that is being loaded, batch by batch. */
export type Loading = { readonly table: string; readonly columns: readonly NewColumn[]; rowCount: number };

type BatchMessage = Extract<EngineRequest, { kind: "batch" }>;
type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type RawColumn = { readonly numbers: Numbers; readonly valid: BigUint64Array | undefined };
/** The rows that the table function hands out; one batch at a time. */
type Scan = { readonly columns: readonly RawColumn[]; readonly rowCount: number; done: number };

const VECTOR_ROWS = 2048;
const SCAN_FUNCTION = "tandem_batch";

const duckdbTypes: Readonly<Record<Encoding, duckdb.DuckDBType>> = {
  UTINYINT: duckdb.UTINYINT,
  USMALLINT: duckdb.USMALLINT,
  UINTEGER: duckdb.UINTEGER,
  INTEGER: duckdb.INTEGER,
  DATE: duckdb.DATE,
  DOUBLE: duckdb.DOUBLE,
};

/**
 * Makes the function that inserts batches: each is exposed to SQL as a table function over its typed arrays, which is
 * many times faster than appending values.
 */
export function createLoader(session: Session): {
  readonly start: (table: string, columns: readonly NewColumn[]) => Promise<Loading>;
  readonly insert: (loading: Loading, frame: Frame<BatchMessage>) => Promise<void>;
  readonly end: (loading: Loading) => Promise<void>;
} {
  let current: { readonly message: BatchMessage; readonly scan: Scan } | undefined;
  session.connection.registerTableFunction(
    duckdb.DuckDBTableFunction.create({
      name: SCAN_FUNCTION,
      bindFunction: (bind) => {
        if (!current) return bind.setError("no rows are being loaded");
        current.message.columns.forEach(({ encoding }, index) => {
          bind.addResultColumn(`c${index}`, duckdbTypes[encoding]);
        });
        bind.setCardinality(current.message.rowCount, true);
      },
      // One thread, so that rows arrive in order: `rowid` is then the index of the row.
      initFunction: (init) => init.setMaxThreads(1),
      mainFunction: (_, chunk) => fillChunk(chunk, current?.scan),
    }),
  );
  return {
    start: async (table, columns) => {
      noteFilled(session, table, new Set());
      const list = columns.map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`).join(", ");
      await session.connection.run(`CREATE OR REPLACE TABLE ${quoteName(table)} (${list})`);
      return { table, columns, rowCount: 0 };
    },
    insert: async (loading, { message, body: { buffer: body } }) => {
      current = {
        message,
        scan: { columns: viewColumns(message, body), rowCount: message.rowCount, done: 0 },
      };
      try {
        await insertBatch(session, loading, message, body);
        loading.rowCount += message.rowCount;
      } finally {
        current = undefined;
      }
    },
    end: async ({ table, columns }) => {
      for (const index of columns.keys())
        await session.connection.run(`DROP TABLE IF EXISTS ${dictionaryTable(index)}`);
      noteFilled(session, table, new Set(columns.map(({ name }) => name)));
    },
  };
}

function viewColumns(message: BatchMessage, body: ArrayBuffer): RawColumn[] {
  return message.columns.map((column) => ({
    numbers: viewNumbers(column, body, message.rowCount),
    valid:
      column.validAt === undefined
        ? undefined
        : new BigUint64Array(body, column.validAt, Math.ceil(message.rowCount / 64)),
  }));
}

function viewNumbers({ encoding, at }: BatchColumn, body: ArrayBuffer, length: number): Numbers {
  switch (encoding) {
    case "UTINYINT":
      return new Uint8Array(body, at, length);
    case "USMALLINT":
      return new Uint16Array(body, at, length);
    case "UINTEGER":
      return new Uint32Array(body, at, length);
    case "INTEGER":
    case "DATE":
      return new Int32Array(body, at, length);
    case "DOUBLE":
      return new Float64Array(body, at, length);
    default:
      return encoding satisfies never;
  }
}

/** Writes the next rows of the scan into the engine's chunk; an empty chunk ends the scan. */
function fillChunk(chunk: duckdb.DuckDBDataChunk, scan: Scan | undefined): void {
  const size = scan ? Math.min(VECTOR_ROWS, scan.rowCount - scan.done) : 0;
  chunk.rowCount = size;
  if (!scan || size === 0) return;
  scan.columns.forEach(({ numbers, valid }, index) => {
    const vector = chunk.getColumnVector(index) as unknown as {
      readonly items: { set(numbers: Numbers): void };
      readonly validity: { data: BigUint64Array | null; offset: number };
      flush(): void;
    };
    vector.items.set(numbers.subarray(scan.done, scan.done + size));
    if (valid) {
      // The mask is written as it is; setting it row by row would make a BigInt for each.
      vector.validity.data = valid.subarray(scan.done / 64, Math.ceil((scan.done + size) / 64));
      vector.validity.offset = 0;
    }
    vector.flush();
  });
  scan.done += size;
}

/** Holds the texts of a column, as one list, until its table is loaded. */
const dictionaryTable = (index: number): string => `d${index}`;

/** One INSERT over the table function; texts are looked up by position in a list made by one split. */
async function insertBatch(
  session: Session,
  loading: Loading,
  message: BatchMessage,
  body: ArrayBuffer,
): Promise<void> {
  const { connection } = session;
  const dictionaries = message.columns.flatMap(({ texts }, index) => (texts ? [{ texts, index }] : []));
  for (const { texts, index } of dictionaries) {
    if (texts === "as-before") continue;
    const statement = await connection.prepare(
      `CREATE OR REPLACE TEMP TABLE ${dictionaryTable(index)} AS SELECT string_split(decode($1), ${quoteText(texts.separator)}) AS texts`,
    );
    statement.bindBlob(1, new Uint8Array(body, texts.at, texts.length));
    await statement.run();
    statement.destroySync();
  }
  const values = loading.columns.map(({ expression }, index) =>
    message.columns[index]?.texts
      ? `${dictionaryTable(index)}.texts[c${index} + 1]`
      : expression.replaceAll("raw", `c${index}`),
  );
  const sources = [`${SCAN_FUNCTION}()`, ...dictionaries.map(({ index }) => dictionaryTable(index))];
  await connection.run(
    `INSERT INTO ${quoteName(loading.table)} SELECT ${values.join(", ")} FROM ${sources.join(", ")}`,
  );
  // Compresses a row group that is full: a large table then takes a tenth of the memory.
  if (message.rowCount === BATCH_ROWS) await connection.run("CHECKPOINT memory");
}
