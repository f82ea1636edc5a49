import type { ClickHouseClient } from "@clickhouse/client";
import { ServerError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import type { QueryResult } from "../query.ts";
import { clickhouseFailure } from "./clickhouse-errors.ts";
import { clickhouseReading, resultType, resultValue } from "./clickhouse-types.ts";
import { findTable, noTableNamed, type TablePlace } from "./find-table.ts";
import { oneStatement } from "./one-statement.ts";
import type { OpenOptions } from "./open-postgres.ts";
import {
  defaultDeadlineMs,
  defaultMaxRows,
  type Server,
  type ServerQueryOptions,
  type ServerTable,
} from "./server.ts";
import { type ServerAddress, serverPlace } from "./server-address.ts";

type ClickhousePlace = TablePlace & { readonly estimate?: number };

/** What every query is sent with, besides its limits. */
const settings = {
  readonly: "1",
  session_timezone: "UTC",
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_output_format: "simple",
  cancel_http_readonly_queries_on_client_close: 1,
  // Otherwise a query that fails half way looks like one that is done.
  wait_end_of_query: 1,
} as const;

/** Connects by HTTP and looks the tables up. Throws `ServerError`, or what `findTable` throws. */
export async function openClickhouse(address: ServerAddress, { signal }: OpenOptions = {}): Promise<Server> {
  const { createClient } = await import("@clickhouse/client");
  const { host, port, user, password, database, encryption } = address;
  const client = createClient({
    url: `${encryption === "none" ? "http" : "https"}://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`,
    username: user,
    password: password ?? "",
    database,
    application: "tandem",
    request_timeout: defaultDeadlineMs + 5_000,
    log: { LoggerClass: silentLogger },
  });
  const server = asker(client, address);
  const ask = async (sql: string): Promise<readonly (readonly Json[])[]> =>
    (await server(sql, signal === undefined ? {} : { signal })).rows;
  try {
    const place = serverPlace(address);
    const places = await listTables(ask);
    if (address.tables.length === 0) throw noTableNamed(places, place);
    const tables: ServerTable[] = [];
    for (const name of address.tables) tables.push(await describeTable(findTable(name, places, place), ask));
    return {
      kind: "clickhouse",
      place,
      tables,
      query: server,
      [Symbol.asyncDispose]: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

function asker(client: ClickHouseClient, address: ServerAddress): Server["query"] {
  return async (sql, options = {}) => {
    const { deadlineMs = defaultDeadlineMs, signal } = options;
    signal?.throwIfAborted();
    const query = oneStatement(sql, "clickhouse");
    try {
      return await runQuery(client, query, options);
    } catch (error) {
      signal?.throwIfAborted();
      throw clickhouseFailure(error, { place: serverPlace(address), user: address.user, deadlineMs });
    }
  };
}

async function runQuery(
  client: ClickHouseClient,
  query: string,
  { deadlineMs = defaultDeadlineMs, maxRows = defaultMaxRows, signal }: ServerQueryOptions,
): Promise<QueryResult> {
  const answer = await client.query({
    query,
    format: "JSONCompactEachRowWithNamesAndTypes",
    ...(signal && { abort_signal: signal }),
    clickhouse_settings: {
      ...settings,
      max_execution_time: Math.ceil(deadlineMs / 1000),
      max_result_rows: String(maxRows + 1),
      result_overflow_mode: "break",
    },
  });
  const [names = [], declared = [], ...rows] = await answer.json<Json[]>();
  const columns = names.map((name, index) => ({
    name: String(name),
    type: resultType(String(declared[index])),
  }));
  return {
    columns,
    rows: rows
      .slice(0, maxRows)
      .map((row) => row.map((value, index) => resultValue(value, columns[index]!.type))),
    isTruncated: rows.length > maxRows,
    isCompensated: true,
    reads: [],
  };
}

async function listTables(
  ask: (sql: string) => Promise<readonly (readonly Json[])[]>,
): Promise<readonly ClickhousePlace[]> {
  const rows = await ask(
    `SELECT database, name, database = currentDatabase(), total_rows FROM system.tables
     WHERE NOT is_temporary AND database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')
     ORDER BY database = currentDatabase() DESC, database, name LIMIT 10000`,
  );
  return rows.map(([schema, name, isDefault, estimate]) => ({
    schema: String(schema),
    name: String(name),
    isDefault: Number(isDefault) === 1,
    ...(estimate !== null && estimate !== undefined && { estimate: Number(estimate) }),
  }));
}

async function describeTable(
  { schema, name, estimate }: ClickhousePlace,
  ask: (sql: string) => Promise<readonly (readonly Json[])[]>,
): Promise<ServerTable> {
  const rows = await ask(
    `SELECT name, type FROM system.columns WHERE database = ${quoted(schema)} AND table = ${quoted(name)} ORDER BY position`,
  );
  if (rows.length === 0)
    throw new ServerError(`this user may not read the columns of ${schema}.${name}`, {
      hint: `ask for: GRANT SELECT ON ${schema}.${name} TO …`,
    });
  return {
    schema,
    name,
    columns: rows.map(([column, type]) => ({
      name: String(column),
      serverType: String(type),
      ...clickhouseReading(String(type)),
    })),
    ...(estimate !== undefined && { estimatedRows: estimate }),
    // Keys of ClickHouse are no proof that rows differ.
    key: [],
    canSample: false,
  };
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** The client tells failures by exceptions as well. */
class silentLogger {
  trace(): void {}
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
