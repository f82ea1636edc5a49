import { readsAsTotal } from "../../files/tables/totals-rows.ts";
import type { AuditSheet } from "./audit-book.ts";

/** How far above a cell its heading is sought. */
const mostAbove = 5000;

/** The nearest text to the left of a cell in its row; empty where there is none. */
export function labelOf(sheet: AuditSheet, row: number, column: number): string {
  for (let at = column - 1; at >= 0; at--) {
    const text = sheet.classAt(row, at) === "text" ? sheet.textAt(row, at) : undefined;
    if (text !== undefined && text.trim() !== "") return text.trim();
  }
  return "";
}

/** The nearest typed text above a cell in its column; empty where there is none. */
export function headingOf(sheet: AuditSheet, row: number, column: number): string {
  for (let at = row - 1; at >= Math.max(1, row - mostAbove); at--) {
    if (sheet.classAt(at, column) !== "text" || sheet.isComputed(at, column)) continue;
    const text = sheet.textAt(at, column)!.trim();
    if (text !== "") return text;
  }
  return "";
}

export function isTotalLabel(label: string): boolean {
  return label !== "" && label.length <= 60 && readsAsTotal(label);
}
