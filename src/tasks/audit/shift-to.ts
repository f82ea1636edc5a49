import { cellFormula } from "../../files/xlsx/read/cell-value.ts";
import { shiftFormula } from "../../files/xlsx/read/shift-formula.ts";
import type { AuditSheet, PlacedFormula } from "./audit-book.ts";

/** The formula as it would read when copied to that cell, without an equals sign. */
export function shiftTo(sheet: AuditSheet, from: PlacedFormula, row: number, column: number): string {
  return shiftFormula(formulaText(sheet, from), row - from.row, column - from.column);
}

export function formulaText(sheet: AuditSheet, { row, column }: PlacedFormula): string {
  return cellFormula(sheet.cells, row, column) ?? "";
}
