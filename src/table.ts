/**
 * What a column holds. `integer` and `decimal` are numbers; `date`, `time` and `timestamp` have no zone, as in Office
 * files.
 */
export type ColumnType = "text" | "integer" | "decimal" | "boolean" | "date" | "time" | "timestamp";

/** One column of a table, cell by cell, in typed arrays so that millions of rows fit. */
export type TableColumn = {
  /** As the header says it, line breaks and brackets included where it has them; unique in its table, ignoring case. */
  readonly name: string;
  readonly type: ColumnType;
  /** Column of the sheet, from 0. */
  readonly column: number;
  /**
   * One number a row: the number itself; 0 or 1; days since 1970-01-01 (`date`); seconds since midnight (`time`);
   * milliseconds since 1970-01-01T00:00 (`timestamp`); an index into `strings` (`text`). 0 where nothing stands.
   */
  readonly values: Float64Array;
  /** 1 where the row has a value of the column's type, else 0. */
  readonly present: Uint8Array;
  /** The distinct texts; only of a `text` column. */
  readonly strings?: readonly string[];
  /** What the numbers are counted in, where the file says so: `€`, `kg`, `%`, `thousand`. */
  readonly unit?: string;
  /** True for numbers in `%` that are written as such: 12 for 12 %. Otherwise they are parts of one. Defaults to false. */
  readonly inHundredths?: boolean;
  /** Cells that hold something else than the column's type (`n/a`, an error): index of the row, and the text. */
  readonly exceptions: readonly { readonly row: number; readonly text: string }[];
};

/** Where a table stands, for people and for checking a result: `Orders!A4:F120` of a file. */
export type TableSource = {
  readonly file?: string;
  /** Absent for files that have no sheets. */
  readonly sheet?: string;
  /** A1 notation, header rows included, totals and notes left out. */
  readonly range: string;
  /**
   * False for files of records without cells (Parquet): rows are numbered from 1 and columns go by name. Defaults to
   * true.
   */
  readonly hasCells?: boolean;
};

/** Rows of a workbook or text file that belong together, as plain data: what `files` reads and `data` loads. */
export type Table = {
  /** Unique among the tables of a question, ignoring case. */
  readonly name: string;
  readonly source: TableSource;
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** Row of the sheet, from 1, of each row. */
  readonly sheetRows: Uint32Array;
};
