import { findRegions, type Region } from "../../files/tables/find-regions.ts";
import type { AuditSheet } from "./audit-book.ts";
import { addressOf, quoted, shownNumber } from "./describe-cells.ts";
import { isTotalLabel } from "./sheet-labels.ts";
import type { AuditFinding } from "./types.ts";

/** Sheets with more cells than this hold data, whose totals are formulas or none. */
const mostCells = 300_000;

/** Numbers typed in a row of totals that are not the sum of the rows above, where other columns' totals are. */
export function checkTypedTotals(sheet: AuditSheet): AuditFinding[] {
  if (sheet.cells.cellCount > mostCells) return [];
  return findRegions(sheet.cells, { sheetTables: sheet.tables }).flatMap((region) =>
    region.totalsRows.flatMap((row) => typedTotals(sheet, region, row)),
  );
}

type Column = {
  readonly column: number;
  readonly value: number;
  readonly sum: number;
  readonly count: number;
};

function typedTotals(sheet: AuditSheet, region: Region, row: number): AuditFinding[] {
  const label = rowLabel(sheet, region, row);
  if (label === undefined) return [];
  const first = firstSummed(region, row);
  const columns: Column[] = [];
  for (let column = region.range.firstColumn; column <= region.range.lastColumn; column++) {
    const value = sheet.numberAt(row, column);
    if (value === undefined || sheet.isComputed(row, column)) continue;
    columns.push({ column, value, ...sumAbove(sheet, column, first, row, region) });
  }
  const differing = columns.filter(({ value, sum, count }) => count >= 2 && !isNear(value, sum));
  const agreeing = columns.filter(({ value, sum, count }) => count >= 2 && isNear(value, sum));
  // Averages and shares don't add up; a sum that is a little off does look like one.
  const isOff = ({ value, sum }: Column): boolean => Math.abs(value - sum) <= 0.3 * Math.abs(sum);
  return differing.flatMap((each) =>
    !isOff(each) || (agreeing.length === 0 && differing.length > 1)
      ? []
      : [totalFinding(sheet, row, each, label, agreeing)],
  );
}

function rowLabel(sheet: AuditSheet, { range }: Region, row: number): string | undefined {
  for (let column = range.firstColumn; column <= range.lastColumn; column++) {
    const text = sheet.classAt(row, column) === "text" ? sheet.textAt(row, column)!.trim() : "";
    if (text !== "") return isTotalLabel(text) ? text : undefined;
  }
  return undefined;
}

/** The row below the total before, or the table's first. */
function firstSummed({ range, headerRows, totalsRows }: Region, row: number): number {
  const before = Math.max(0, ...totalsRows.filter((each) => each < row));
  return Math.max(range.firstRow + headerRows, before + 1);
}

function sumAbove(
  sheet: AuditSheet,
  column: number,
  first: number,
  row: number,
  { totalsRows }: Region,
): { sum: number; count: number } {
  let [sum, count] = [0, 0];
  for (let at = first; at < row; at++) {
    const value = totalsRows.includes(at) ? undefined : sheet.numberAt(at, column);
    if (value === undefined) continue;
    sum += value;
    count++;
  }
  return { sum, count };
}

function isNear(value: number, sum: number): boolean {
  return Math.abs(value - sum) <= Math.max(0.0005 * Math.abs(sum), 1e-9);
}

function totalFinding(
  sheet: AuditSheet,
  row: number,
  { column, value, sum }: Column,
  label: string,
  agreeing: readonly Column[],
): AuditFinding {
  return {
    kind: "typed-total",
    severity: agreeing.length > 0 ? "high" : "medium",
    confidence: agreeing.length > 0 ? 0.8 : 0.6,
    sheet: sheet.name,
    cells: [addressOf({ row, column })],
    message: `${shownNumber(value)} is typed as ${quoted(label)}, but the rows above come to ${shownNumber(sum)}`,
    expected: { value: sum },
  };
}
