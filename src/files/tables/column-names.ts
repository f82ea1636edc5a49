import { columnName } from "../xlsx/address.ts";
import { cellText } from "../xlsx/read/cell-value.ts";
import { CellClass, type CellClasses, isOwn } from "./cell-classes.ts";
import type { Region } from "./find-regions.ts";
import { parsePeriod } from "./parse-period.ts";
import { storedRowFrom } from "./stored-rows.ts";
import { isUnitText, unitText } from "./units.ts";

/** What the header says over a column. */
export type ColumnHeader = {
  readonly column: number;
  /** Unique in the table, ignoring case. */
  readonly name: string;
  /** The names that stand one over the other, from the top; empty where there are none. */
  readonly parts: readonly string[];
  /** From a row of units, as it stands there. */
  readonly unit?: string;
};

/** The header of each column: what the header rows say above it, from the top, parted by ` / `; units aside. */
export function columnHeaders(classes: CellClasses, region: Region): ColumnHeader[] {
  const { range } = region;
  const rows = headerRowsOf(classes, region).map((row) => labelsOf(classes, region, row));
  const unitRows = rows.map((labels) => isUnitRow(labels));
  const lastNames = rows.findLastIndex((_, index) => !unitRows[index]);
  rows.forEach((labels, index) => {
    if (index < lastNames && !unitRows[index]) spread(classes, region, index, labels, rows[lastNames]!);
  });
  const used = new Map<string, number>();
  return Array.from({ length: range.lastColumn - range.firstColumn + 1 }, (_, at) => {
    const column = range.firstColumn + at;
    const said = rows.flatMap((labels, index) => (unitRows[index] || labels[at] === "" ? [] : [labels[at]!]));
    const parts = said.filter((text, index) => text !== said[index - 1]);
    const unit = rows.find((labels, index) => unitRows[index] && labels[at] !== "")?.[at];
    return {
      column,
      name: unique(parts.join(" / ") || `Column ${columnName(column)}`, used),
      parts,
      ...(unit !== undefined && { unit: unitText(unit) }),
    };
  });
}

function headerRowsOf({ cells }: CellClasses, { range, headerRows }: Region): number[] {
  const first = storedRowFrom(cells, range.firstRow);
  const end = storedRowFrom(cells, range.firstRow + headerRows);
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/** The texts of one header row; the text of a merged cell stands in each of its columns. */
function labelsOf(classes: CellClasses, { range }: Region, row: number): string[] {
  const labels: string[] = [];
  for (let column = range.firstColumn; column <= range.lastColumn; column++)
    labels.push(shown(classes, row, column));
  const sheetRow = classes.cells.rows[row]!;
  for (const merge of classes.cells.layout.mergedRanges) {
    if (merge.firstRow > sheetRow || merge.lastRow < sheetRow) continue;
    if (merge.firstColumn > range.lastColumn || merge.lastColumn < range.firstColumn) continue;
    const text = shown(classes, storedRowFrom(classes.cells, merge.firstRow), merge.firstColumn);
    const from = Math.max(merge.firstColumn, range.firstColumn) - range.firstColumn;
    const to = Math.min(merge.lastColumn, range.lastColumn) - range.firstColumn;
    if (text !== "") labels.fill(text, from, to + 1);
  }
  return labels;
}

function shown({ cells, at }: CellClasses, row: number, column: number): string {
  if (!isOwn(at(row, column)) || at(row, column) === CellClass.error) return "";
  return cellText(cells, cells.rows[row]!, column).replace(/\s+/g, " ").trim();
}

/** A row in which most texts are units; a lone `(in thousands)` counts as well. */
function isUnitRow(labels: readonly string[]): boolean {
  const said = labels.filter((text) => text !== "");
  const units = said.filter(isUnitText);
  return units.length > 0 && units.length * 2 > said.length;
}

const spanOfTime =
  /year|month|quarter|week|ended|ending|as of|december|june|september|march|jahr|monat|quartal|année|mois/i;

/**
 * Lets the labels of groups that are not merged stand over all of their columns: each goes on until the next one, or
 * until the names below change from periods to something else. A label over the middle, or a lone span of time, counts
 * for the columns before it as well.
 */
function spread(
  classes: CellClasses,
  region: Region,
  header: number,
  labels: string[],
  names: readonly string[],
): void {
  if (holdsMerged(classes, region, header)) return;
  const isPeriod = names.map((name) => parsePeriod(name) !== undefined);
  const said = labels.flatMap((text, index) => (text !== "" && index > 0 ? [index] : []));
  const [first] = said;
  if (first === undefined) return;
  const isCentred = said.length === 1 && first * 2 === labels.length;
  const isTime = spanOfTime.test(labels[first]!);
  if (isTime && said.length === 1 && isPeriod.includes(true)) {
    // Over the years only, and not over what stands between them.
    const label = labels[first]!;
    for (let index = 1; index < labels.length; index++) labels[index] = isPeriod[index] ? label : "";
    return;
  }
  if (isCentred || isTime) {
    for (let index = first - 1; index > 0 && isPeriod[index] === isPeriod[first]; index--)
      labels[index] = labels[first]!;
  }
  let from = first;
  for (let index = first + 1; index < labels.length; index++) {
    if (labels[index] !== "") from = index;
    else if (isPeriod[index] === isPeriod[from]) labels[index] = labels[from]!;
  }
}

function holdsMerged({ cells }: CellClasses, { range }: Region, header: number): boolean {
  const row = range.firstRow + header;
  return cells.layout.mergedRanges.some(
    (merge) =>
      merge.firstRow <= row &&
      merge.lastRow >= row &&
      merge.lastColumn > merge.firstColumn &&
      merge.firstColumn <= range.lastColumn &&
      merge.lastColumn >= range.firstColumn,
  );
}

/** `used` holds the names that are taken, in small letters, with the number to try next. */
function unique(name: string, used: Map<string, number>): string {
  const key = name.toLowerCase();
  let number = used.get(key) ?? 1;
  let wanted = name;
  while (used.has(wanted.toLowerCase())) wanted = `${name} ${++number}`;
  used.set(key, number);
  used.set(wanted.toLowerCase(), used.get(wanted.toLowerCase()) ?? 1);
  return wanted;
}

/** A name that no column has yet, ignoring case. */
export function freeName(name: string, headers: readonly ColumnHeader[]): string {
  return unique(name, new Map(headers.map((header) => [header.name.toLowerCase(), 1])));
}
