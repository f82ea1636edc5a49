import type { QueryErrorCode } from "../errors.ts";
import type { Json } from "../json.ts";

/** How the values of a column travel: the DuckDB type of the raw numbers, and so their typed array. */
export type Encoding = "UTINYINT" | "USMALLINT" | "UINTEGER" | "INTEGER" | "DATE" | "DOUBLE";

/** One column of a batch; offsets are bytes into the frame's body. */
export type BatchColumn = {
  readonly encoding: Encoding;
  readonly at: number;
  /** One bit a row, 1 where it has a value; absent where every row has one. */
  readonly validAt?: number;
  /**
   * The texts that the numbers of a text column point into, joined by `separator`, as UTF-8; or that they are those of
   * the batch before.
   */
  readonly texts?: { readonly at: number; readonly length: number; readonly separator: string } | "as-before";
};

/** A column as it is created: `expression` turns the raw column `raw` (or the text it points to) into `sqlType`. */
export type NewColumn = { readonly name: string; readonly sqlType: string; readonly expression: string };

/** How a text file is laid out, where that is known; the engine guesses the rest. */
export type CsvLayout = {
  /** Defaults to a guess. */
  readonly delimiter?: string;
  /** Defaults to a guess. */
  readonly hasHeader?: boolean;
  /** Lines before the header that are no part of the table. Defaults to a guess. */
  readonly skip?: number;
  /** Defaults to `.`. */
  readonly decimalSeparator?: "." | ",";
  /** As in `%d.%m.%Y`. Defaults to a guess. */
  readonly dateFormat?: string;
  /** As in `%d.%m.%Y %H:%M`. Defaults to a guess. */
  readonly timestampFormat?: string;
  /** Texts that stand for an empty cell, as `n/a`. Defaults to the empty text. */
  readonly nullTexts?: readonly string[];
  /** `utf-8`, `utf-16` or `latin-1`. Defaults to `utf-8`. */
  readonly encoding?: "utf-8" | "utf-16" | "latin-1";
  /** SQL types by column name, for columns whose type is known. */
  readonly types?: Readonly<Record<string, string>>;
};

/** What the parent asks of the engine process. */
export type EngineRequest =
  /** Makes a table known; its values come when a query needs them. */
  | {
      readonly kind: "define";
      readonly table: string;
      readonly columns: readonly { readonly name: string; readonly type: string }[];
    }
  /** Fills a table that is known with these of its columns, and with no others. */
  | { readonly kind: "load-start"; readonly table: string; readonly columns: readonly NewColumn[] }
  | { readonly kind: "batch"; readonly rowCount: number; readonly columns: readonly BatchColumn[] }
  | { readonly kind: "load-end" }
  | {
      readonly kind: "load-file";
      readonly table: string;
      readonly path: string;
      readonly format: "csv" | "parquet";
      readonly csv?: CsvLayout;
    }
  | {
      readonly kind: "query";
      readonly sql: string;
      readonly deadlineMs: number;
      readonly maxRows: number;
      readonly provenance: boolean;
    }
  | { readonly kind: "cancel" };

/** Columns of a table that a statement mentions. */
export type ColumnsRead = { readonly table: string; readonly columns: readonly string[] };

/** Indexes of rows as first and last, first and last …, ascending; `isExact` is false where they were joined. */
export type RowIndexes = {
  readonly bounds: readonly number[];
  readonly count: number;
  readonly isExact: boolean;
};

/** The rows that each result row came from, by table, or why that can't be said. */
export type Trace =
  | {
      readonly kind: "rows";
      readonly tables: readonly string[];
      /** By result row, then by table. */
      readonly rows: readonly (readonly RowIndexes[])[];
      /** By result column: what its expression reads. */
      readonly columns: readonly (readonly ColumnsRead[])[];
    }
  | { readonly kind: "columns"; readonly reason: string };

export type EngineResult = {
  readonly kind: "result";
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Json[])[];
  readonly isTruncated: boolean;
  readonly isCompensated: boolean;
  readonly reads: readonly ColumnsRead[];
  readonly trace?: Trace;
};

/** The query can't run yet: its tables have to be filled with these columns first. */
export type EngineNeeds = { readonly kind: "needs"; readonly tables: readonly ColumnsRead[] };

export type EngineFailure = {
  readonly kind: "failed";
  readonly code: QueryErrorCode;
  readonly message: string;
  readonly hint?: string;
};

/**
 * What the engine process answers: one reply to each request, except `load-start`, `batch` and `cancel`, which have none.
 */
export type EngineReply =
  | { readonly kind: "ready" }
  | {
      readonly kind: "loaded";
      readonly rowCount: number;
      readonly columns: readonly { readonly name: string; readonly type: string; readonly header: string }[];
    }
  | EngineResult
  | EngineNeeds
  | EngineFailure;
