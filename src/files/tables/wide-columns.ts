import type { TableColumn } from "../../table.ts";
import { millisecondsOfSerial } from "../xlsx/read/serial-date.ts";
import { CellClass, type CellClasses, isTextKind } from "./cell-classes.ts";
import type { ColumnHeader } from "./column-names.ts";
import type { Region } from "./find-regions.ts";
import { type Period, parsePeriod } from "./parse-period.ts";
import { storedRowFrom } from "./stored-rows.ts";

/** A column that holds the numbers of one span of time. */
export type WideColumn = {
  /** Name of the column in the table. */
  readonly name: string;
  /** `2024`, `2023/2024`, `2024-Q1`, `2024-03`, `2024-03-31`; `Q1` and `03` where no year is said. */
  readonly period: string;
  /** What is counted, where the header says it: `Plan` of `2024 / Plan`. */
  readonly measure?: string;
};

/**
 * Time that runs across the columns instead of down the rows. Turning these columns into rows gives one row for each
 * row of the table and period: the other columns as they are, the period, and a column of values for each measure.
 */
export type WideColumns = {
  readonly kind: Period["kind"];
  readonly columns: readonly WideColumn[];
};

/** The columns of numbers that are named after spans of time, when there are two such spans at least. */
export function wideColumns(
  classes: CellClasses,
  region: Region,
  headers: readonly ColumnHeader[],
  columns: readonly TableColumn[],
): WideColumns | undefined {
  const dated = headers.flatMap((header, index) => {
    const { type } = columns[index]!;
    if (type !== "integer" && type !== "decimal") return [];
    const read = readParts(header.parts, headerDate(classes, region, header.column));
    return read === undefined ? [] : [{ header, ...read }];
  });
  const kind = commonKind(dated.map(({ period }) => period.kind));
  const kept = dated.filter(({ period }) => period.kind === kind);
  if (kind === undefined || new Set(kept.map(({ period }) => period.text)).size < 2) return undefined;
  const shared = (part: string): boolean => kept.every(({ rest }) => rest.includes(part));
  return {
    kind,
    columns: kept.map(({ header, period, rest }) => {
      const measure = rest.filter((part) => !shared(part)).join(" / ");
      return { name: header.name, period: period.text, ...(measure !== "" && { measure }) };
    }),
  };
}

type ReadParts = { readonly period: Period; readonly rest: readonly string[] };

/** The period of a header, a year joined with the month or quarter under or over it; and what else the header says. */
function readParts(parts: readonly string[], date: Period | undefined): ReadParts | undefined {
  if (date !== undefined) return { period: date, rest: parts.slice(0, -1) };
  const read = parts.map((part) => parsePeriod(part));
  const found = read.filter((period) => period !== undefined);
  const rest = parts.filter((_, index) => read[index] === undefined);
  const year = found.find(({ kind }) => kind === "year");
  const finer = found.find(({ kind }) => kind !== "year");
  if (finer === undefined) return year === undefined ? undefined : { period: year, rest };
  if (year === undefined || /^\d{4}/.test(finer.text)) return { period: finer, rest };
  return { period: { kind: finer.kind, text: `${year.text}-${finer.text}` }, rest };
}

function commonKind(kinds: readonly Period["kind"][]): Period["kind"] | undefined {
  const count = (kind: Period["kind"]): number => kinds.filter((other) => other === kind).length;
  return [...new Set(kinds)].sort((a, b) => count(b) - count(a))[0];
}

/** The day or month in the last header row, where it is a real date. */
function headerDate(
  { cells, at }: CellClasses,
  { range, headerRows }: Region,
  column: number,
): Period | undefined {
  const row = storedRowFrom(cells, range.firstRow + headerRows) - 1;
  if (headerRows === 0 || at(row, column) !== CellClass.date) return undefined;
  const own = cells.columns[column]!;
  if (isTextKind(own.kinds[row])) return undefined;
  const milliseconds = millisecondsOfSerial(own.values[row]!, cells.dateSystem === 1904);
  if (milliseconds === undefined) return undefined;
  const day = new Date(milliseconds).toISOString().slice(0, 10);
  const code = (cells.styles[own.styles[row]!]?.formatCode ?? "").replace(/"[^"]*"|\[[^\]]*\]/g, "");
  return /d/i.test(code) ? { kind: "day", text: day } : { kind: "month", text: day.slice(0, 7) };
}
