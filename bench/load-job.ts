import * as duckdb from "@duckdb/node-api";
import { openDatabase } from "../src/data/index.ts";
import type { Table, TableColumn } from "../src/table.ts";
import { largeTable } from "./large-table.ts";

// One way to bring rows from JavaScript into DuckDB: `node load-job.ts WAY ROWS LOADED`. All rows are made, of which
// the first LOADED are loaded; so what more of them cost is the way's own.
const [way, made = "0", loaded = "0"] = process.argv.slice(2);
const all = largeTable(Number(made));
const table: Table = { ...all, columns: all.columns.map(cut), rowCount: Number(loaded) };
const ways: Readonly<Record<string, () => Promise<unknown>>> = { tandem, columns, appender };
console.log(Number(await ways[way!]!()));

function cut(column: TableColumn): TableColumn {
  const count = Number(loaded);
  return {
    ...column,
    values: column.values.subarray(0, count),
    present: column.present.subarray(0, count),
  };
}

async function tandem(): Promise<unknown> {
  await using database = await openDatabase();
  await database.load(table);
  // Columns are loaded when a query reads them: this one reads all.
  return (await database.query("select count(*) from (select * from orders)")).rows[0]![0];
}

/** Chunks whose columns are set from arrays, as the package's documentation advises. */
async function columns(): Promise<unknown> {
  const connection = await openTable();
  const appender = await connection.createAppender("orders");
  const types = table.columns.map(duckdbType);
  for (let from = 0; from < table.rowCount; from += 2048) {
    const size = Math.min(2048, table.rowCount - from);
    const chunk = duckdb.DuckDBDataChunk.create(types, size);
    chunk.setColumns(
      table.columns.map((column) => Array.from({ length: size }, (_, row) => valueAt(column, from + row))),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return countRows(connection);
}

/** Value by value. */
async function appender(): Promise<unknown> {
  const connection = await openTable();
  const appender = await connection.createAppender("orders");
  const types = table.columns.map(duckdbType);
  for (let row = 0; row < table.rowCount; row++) {
    for (let index = 0; index < types.length; index++)
      appender.appendValue(valueAt(table.columns[index]!, row), types[index]!);
    appender.endRow();
  }
  appender.closeSync();
  return countRows(connection);
}

async function openTable(): Promise<duckdb.DuckDBConnection> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const list = table.columns.map((column) => `"${column.name}" ${duckdbType(column)}`).join(", ");
  await connection.run(`CREATE TABLE orders (${list})`);
  return connection;
}

async function countRows(connection: duckdb.DuckDBConnection): Promise<unknown> {
  const reader = await connection.runAndReadAll("select count(*) from orders");
  return reader.getRows()[0]![0];
}

/** The types that cost the package least: BIGINT would want a BigInt for each number, DECIMAL an object. */
function duckdbType({ type }: TableColumn): duckdb.DuckDBType {
  if (type === "integer") return duckdb.INTEGER;
  if (type === "decimal") return duckdb.DOUBLE;
  if (type === "boolean") return duckdb.BOOLEAN;
  return type === "date" ? duckdb.DATE : duckdb.VARCHAR;
}

function valueAt({ type, values, present, strings }: TableColumn, row: number): duckdb.DuckDBValue {
  if (present[row] === 0) return null;
  const value = values[row]!;
  if (type === "text") return strings![value]!;
  if (type === "date") return new duckdb.DuckDBDateValue(value);
  return type === "boolean" ? value === 1 : value;
}
