import type { ColumnsRead, QueryResult, TableDescription } from "../../data/index.ts";
import { formatRange } from "../../files/xlsx/address.ts";
import type { Table } from "../../table.ts";

/** A loaded table with its names in SQL. */
export type LoadedTable = { readonly table: Table; readonly description: TableDescription };

const mostRanges = 40;

/**
 * The cells that a result was computed from, as `Orders!D5:D16`: of each table the columns that the values read, in the
 * rows that were kept. Where the rows can't be told, the whole columns that the query mentions.
 */
export function citeCells(result: QueryResult, loaded: readonly LoadedTable[]): string[] {
  const { provenance } = result;
  if (provenance === undefined || provenance.kind === "columns") return wholeColumns(result.reads, loaded);
  const wanted = readByValues(provenance.columns.flat(), result.reads);
  return loaded.flatMap((each) => {
    const columns = wanted.get(each.description.name) ?? [];
    const ranges = provenance.rows.flat().filter(({ table }) => table === each.description.name);
    const rows = mergeRanges(ranges.flatMap((source) => source.ranges));
    if (rows.length > mostRanges)
      return columns.map((name) => cite(each, name, [rows[0]![0], rows.at(-1)![1]]));
    return columns.flatMap((name) => rows.map((range) => cite(each, name, range)));
  });
}

/** The cells of one row of the result. */
export function citeRow(result: QueryResult, row: number, loaded: readonly LoadedTable[]): string[] {
  const { provenance } = result;
  const own = provenance?.kind === "rows" ? provenance.rows[row] : undefined;
  if (provenance?.kind !== "rows" || own === undefined) return citeCells(result, loaded);
  return citeCells({ ...result, provenance: { ...provenance, rows: [own] } }, loaded);
}

/** Columns by table; a value that reads none (`count(*)`) stands on those that the query filters by, or on all. */
function readByValues(
  read: readonly ColumnsRead[],
  mentioned: readonly ColumnsRead[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (lists: readonly ColumnsRead[]): void => {
    for (const { table, columns } of lists) {
      const own = found.get(table) ?? new Set();
      for (const column of columns) own.add(column);
      found.set(table, own);
    }
  };
  add(read);
  const isEmpty = [...found.values()].every(({ size }) => size === 0);
  if (isEmpty) add(mentioned);
  return new Map([...found].map(([table, columns]) => [table, [...columns]]));
}

function wholeColumns(reads: readonly ColumnsRead[], loaded: readonly LoadedTable[]): string[] {
  return loaded.flatMap((each) => {
    const own = reads
      .filter(({ table }) => table === each.description.name)
      .flatMap(({ columns }) => columns);
    const { sheetRows } = each.table;
    if (sheetRows.length === 0) return [];
    return [...new Set(own)].map((name) => cite(each, name, [sheetRows[0]!, sheetRows.at(-1)!]));
  });
}

function cite(
  { table, description }: LoadedTable,
  name: string,
  [first, last]: readonly [number, number],
): string {
  const index = description.columns.findIndex((each) => each.name === name);
  if (table.source.hasCells === false)
    return citeRecords(table, description.columns[index]?.header ?? name, first, last);
  const column = table.columns[index]?.column ?? 0;
  const range = formatRange({ firstRow: first, lastRow: last, firstColumn: column, lastColumn: column });
  const { sheet, file } = table.source;
  return sheet === undefined ? `${file ?? table.name}!${range}` : `${sheetName(sheet)}!${range}`;
}

/** Records have no addresses: `trips.parquet!fare rows 5-16`. */
function citeRecords({ name, source }: Table, header: string, first: number, last: number): string {
  return `${source.file ?? name}!${header} ${first === last ? `row ${first}` : `rows ${first}-${last}`}`;
}

/** A sheet's name as formulas write it: in quotes unless it is one plain word. */
export function sheetName(name: string): string {
  // `Q1` is a cell, and `RC`, `R1C1` and `C` are cells in the other way of naming them.
  const isCell = /^[A-Za-z]{1,3}\d+$|^(R\d*)?(C\d*)?$/i.test(name);
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !isCell ? name : `'${name.replaceAll("'", "''")}'`;
}

function mergeRanges(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
