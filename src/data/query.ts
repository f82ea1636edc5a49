import type { Json } from "../json.ts";

export type QueryOptions = {
  /** Milliseconds after which the query is stopped. Defaults to 10,000. */
  readonly deadlineMs?: number;
  /** Rows returned at most. Defaults to 10,000. */
  readonly maxRows?: number;
  /** Also find the sheet rows that each result row came from. Defaults to false. */
  readonly provenance?: boolean;
  readonly signal?: AbortSignal;
};

/** Columns of one table, by their names in SQL. */
export type ColumnsRead = { readonly table: string; readonly columns: readonly string[] };

/** Rows of one table that a result row came from. */
export type SourceRows = {
  readonly table: string;
  /** First and last row of the sheet, ascending; of a loaded file, rows of data counted from 1. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  /** How many rows those were. */
  readonly count: number;
  /** False where there were too many ranges to list and `ranges` is the one that spans them. */
  readonly isExact: boolean;
};

/** Where the values of a result come from. */
export type Provenance =
  | {
      readonly kind: "rows";
      /** By result row, the rows of each table that were filtered, joined or grouped into it. */
      readonly rows: readonly (readonly SourceRows[])[];
      /** By result column, what its expression reads. */
      readonly columns: readonly (readonly ColumnsRead[])[];
    }
  | {
      /** The rows can't be told: cite `reads` of the result, whole columns. */
      readonly kind: "columns";
      readonly reason: string;
    };

export type QueryResult = {
  /** Names need not be unique. Types are SQL's, as `DECIMAL(38,2)`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /**
   * Plain values by column: numbers, or their digits as text where a float64 would lose some; dates and times in
   * ISO 8601 without a zone; null for nothing.
   */
  readonly rows: readonly (readonly Json[])[];
  /** True where there were more than `maxRows`. */
  readonly isTruncated: boolean;
  /** False where a sum of floating-point numbers could not be compensated; it still comes out the same every time. */
  readonly isCompensated: boolean;
  /** Every column of the tables that the statement mentions anywhere. */
  readonly reads: readonly ColumnsRead[];
  /** Only when asked for. */
  readonly provenance?: Provenance;
};

/** A table as SQL sees it. */
export type TableDescription = {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly {
    /** As queries write it, in double quotes unless it is one plain word. */
    readonly name: string;
    /** SQL's type, as `DECIMAL(18,2)`. */
    readonly type: string;
    /** As the file says it. */
    readonly header: string;
    readonly unit?: string;
  }[];
};
