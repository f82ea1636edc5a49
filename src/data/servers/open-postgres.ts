import type { Client, ClientConfig, QueryArrayConfig, QueryArrayResult } from "pg";
import type { QueryResult } from "../query.ts";
import { findTable, noTableNamed } from "./find-table.ts";
import { oneStatement } from "./one-statement.ts";
import { describeTables, listTables, traitsOf } from "./postgres-catalogue.ts";
import { connectionFailure, queryFailure } from "./postgres-errors.ts";
import { resultType, resultValue } from "./postgres-types.ts";
import { defaultDeadlineMs, defaultMaxRows, type Server, type ServerQueryOptions } from "./server.ts";
import { type ServerAddress, serverPlace } from "./server-address.ts";

export type OpenOptions = { readonly signal?: AbortSignal };

const connectMs = 10_000;
/** Values come as the server writes them; they are read by `resultValue`. */
const types = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<
  ClientConfig["types"]
>;
const session = [
  "SET default_transaction_read_only = on",
  "SET standard_conforming_strings = on",
  "SET timezone = 'UTC'",
  "SET datestyle = 'ISO'",
  "SET intervalstyle = 'iso_8601'",
  "SET extra_float_digits = 1",
  `SET statement_timeout = ${defaultDeadlineMs}`,
].join("; ");

/** Connects for reading only and looks the tables up. Throws `ServerError`, or what `findTable` throws. */
export async function openPostgres(address: ServerAddress, { signal }: OpenOptions = {}): Promise<Server> {
  const client = await connect(address);
  try {
    signal?.throwIfAborted();
    const place = serverPlace(address);
    const run = (
      sql: string,
      values: readonly string[] = [],
    ): Promise<readonly (readonly (string | null)[])[]> =>
      client
        .query<(string | null)[]>({ text: sql, values: [...values], rowMode: "array", types })
        .then(({ rows }) => rows)
        .catch((error: unknown) => Promise.reject(queryFailure(error, defaultDeadlineMs)));
    const postgres = await traitsOf(run);
    const places = await listTables(run);
    if (address.tables.length === 0) throw noTableNamed(places, place);
    const tables = await describeTables(
      address.tables.map((name) => findTable(name, places, place)),
      run,
    );
    const queries = queryQueue(client, address);
    return {
      kind: "postgres",
      place,
      postgres,
      tables,
      query: queries,
      [Symbol.asyncDispose]: () => client.end().catch(() => {}),
    };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

async function connect(address: ServerAddress): Promise<Client> {
  const { encryption, host, port, user, password, database } = address;
  const { default: pg } = await import("pg");
  const open = async (ssl: ClientConfig["ssl"]): Promise<Client> => {
    const client = new pg.Client({
      host,
      port,
      user,
      database,
      // Without one the driver would look for it in files and the environment.
      password: password ?? "",
      ssl: ssl ?? false,
      connectionTimeoutMillis: connectMs,
      application_name: "tandem",
    });
    // A connection that breaks between two queries is told by the next one.
    client.on("error", () => {});
    await client.connect();
    await client.query(session);
    return client;
  };
  try {
    if (encryption === "none") return await open(false);
    if (encryption !== "preferred") return await open({ rejectUnauthorized: encryption === "verified" });
    return await open({ rejectUnauthorized: false }).catch((error: Error) => {
      if (/does not support SSL/i.test(error.message)) return open(false);
      throw error;
    });
  } catch (error) {
    throw connectionFailure(error, serverPlace(address), user);
  }
}

/** One query after the other, as a connection runs them. */
function queryQueue(client: Client, address: ServerAddress): Server["query"] {
  let last: Promise<unknown> = Promise.resolve();
  return (sql, options = {}) => {
    const done = last.then(() => runQuery(client, address, sql, options));
    last = done.catch(() => {});
    return done;
  };
}

async function runQuery(
  client: Client,
  address: ServerAddress,
  sql: string,
  options: ServerQueryOptions,
): Promise<QueryResult> {
  const { deadlineMs = defaultDeadlineMs, maxRows = defaultMaxRows, isBounded = false, signal } = options;
  signal?.throwIfAborted();
  const statement = oneStatement(sql, "postgres");
  await using stop = await cancelling(client, address, deadlineMs, signal);
  try {
    // In a savepoint of a transaction that reads, nothing can make it one that writes.
    await client.query("BEGIN TRANSACTION READ ONLY; SAVEPOINT tandem");
    await client.query(`SET LOCAL statement_timeout = ${Math.ceil(deadlineMs)}`);
    const result = isBounded
      ? await client.query<(string | null)[]>(extended(statement))
      : await readCursor(client, statement, maxRows);
    return resultOf(result, maxRows);
  } catch (error) {
    if (stop.isAborted()) throw signal?.reason ?? error;
    throw queryFailure(error, deadlineMs);
  } finally {
    await client.query("ROLLBACK").catch(() => {});
  }
}

/**
 * A cursor takes no statement that writes, and gives no more rows than wanted; but the server then computes on one
 * processor.
 */
async function readCursor(
  client: Client,
  statement: string,
  maxRows: number,
): Promise<QueryArrayResult<(string | null)[]>> {
  await client.query("SET LOCAL cursor_tuple_fraction = 1");
  await client.query(extended(`DECLARE "tandem" NO SCROLL CURSOR FOR ${statement}`));
  return client.query<(string | null)[]>(extended(`FETCH FORWARD ${maxRows + 1} FROM "tandem"`));
}

/** By the extended protocol, in which the server takes one statement only. */
function extended(text: string): QueryArrayConfig {
  const config = { text, rowMode: "array" as const, types, queryMode: "extended" };
  return config;
}

function resultOf({ fields, rows }: QueryArrayResult<(string | null)[]>, maxRows: number): QueryResult {
  return {
    columns: fields.map(({ name, dataTypeID }) => ({ name, type: resultType(dataTypeID) })),
    rows: rows
      .slice(0, maxRows)
      .map((row) => row.map((text, index) => resultValue(text, fields[index]!.dataTypeID))),
    isTruncated: rows.length > maxRows,
    isCompensated: true,
    reads: [],
  };
}

/** Tells the server to stop when the signal says so, and a little after the deadline where it doesn't by itself. */
async function cancelling(
  client: Client,
  address: ServerAddress,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<AsyncDisposable & { readonly isAborted: () => boolean }> {
  let isAborted = false;
  const { processID } = client as unknown as { readonly processID: number };
  const cancel = async (): Promise<void> => {
    try {
      const other = await connect(address);
      await other.query("SELECT pg_cancel_backend($1)", [processID]);
      await other.end();
    } catch {
      // Whoever can't be told loses the connection instead.
      await client.end().catch(() => {});
    }
  };
  const abort = (): void => {
    isAborted = true;
    void cancel();
  };
  signal?.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(() => void cancel(), deadlineMs + 2_000);
  timer.unref();
  return {
    isAborted: () => isAborted,
    [Symbol.asyncDispose]: async () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
