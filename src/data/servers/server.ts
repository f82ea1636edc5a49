import type { ColumnType } from "../../table.ts";
import type { QueryResult } from "../query.ts";

/** A column of a server's table. */
export type ServerColumn = {
  readonly name: string;
  /** As the server says it: `numeric(12,2)`, `LowCardinality(String)`. */
  readonly serverType: string;
  /** What a question can take it for; absent for lists, documents and whatever else has no plain values. */
  readonly type?: ColumnType;
  /** How it has to be read to be of that type: as it is, said as text, at UTC, or as float64. */
  readonly reading: "plain" | "text" | "utc" | "float";
  /** True of numbers stored as decimals. */
  readonly isExact: boolean;
  /** Places of decimals, where the type fixes them. */
  readonly scale?: number;
  readonly isNullable: boolean;
};

/** A table or view of a server. */
export type ServerTable = {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ServerColumn[];
  /** Rows by the server's own bookkeeping; undefined where it keeps none (views). */
  readonly estimatedRows?: number;
  /** Columns that tell rows apart and put them in order: the primary key, empty where there is none. */
  readonly key: readonly string[];
  /** True where the server can read a random part of it. */
  readonly canSample: boolean;
};

export type ServerQueryOptions = {
  /** Milliseconds after which the query is stopped. Defaults to 60,000. */
  readonly deadlineMs?: number;
  /** Rows returned at most. Defaults to 10,000. */
  readonly maxRows?: number;
  /** The statement has a limit of its own that is not above `maxRows` + 1. Defaults to false. */
  readonly isBounded?: boolean;
  readonly signal?: AbortSignal;
};

/** What a dialect has to know of a PostgreSQL database. */
export type PostgresTraits = { readonly isUnicode: boolean; readonly foldCollation?: string };

/** A database on a server, open for reading only; dispose of it to end the connection. */
export type Server = AsyncDisposable & {
  readonly kind: "postgres" | "clickhouse";
  /** For people: `postgres://db.example.org/shop`, never a user or password. */
  readonly place: string;
  readonly postgres?: PostgresTraits;
  /** The tables that were named when the server was opened. Throws `TargetNotFoundError` for one that isn't there. */
  readonly tables: readonly ServerTable[];
  /**
   * Runs one statement that reads. Types are DuckDB's (`BIGINT`, `DECIMAL`, `VARCHAR`), so that results of servers and
   * workbooks look alike. Rejects with `QueryError` as a database does, with `ServerError` when the connection is lost,
   * or with the signal's reason.
   */
  readonly query: (sql: string, options?: ServerQueryOptions) => Promise<QueryResult>;
};

export const defaultDeadlineMs = 60_000;
export const defaultMaxRows = 10_000;
