import { parseRange } from "../../files/xlsx/address.ts";
import type { AuditBook } from "./audit-book.ts";
import type { AuditFinding, AuditKind, AuditSeverity } from "./types.ts";

const bySeverity: readonly AuditSeverity[] = ["high", "medium", "low", "note"];

/** What says the most about a cell comes first; the others on the same cell are its consequences. */
const explains: Readonly<Partial<Record<AuditKind, readonly AuditKind[]>>> = {
  "broken-reference": ["pattern-break", "error-value", "stale-value", "text-reference", "empty-reference"],
  circular: ["pattern-break", "total-misses-rows", "stale-value", "error-value", "counted-twice"],
  "total-misses-rows": ["pattern-break", "stale-value"],
  "pattern-break": ["stale-value", "empty-reference", "text-reference"],
  "loose-anchor": ["empty-reference", "error-value", "duplicate-key"],
  "hard-coded": ["typed-total", "mixed-units", "unused-input"],
  "text-number": ["text-reference"],
  "text-reference": ["error-value"],
};

/** Leaves out what another finding on the same cell explains, and sorts by sheet, severity and confidence. */
export function settleFindings(found: readonly AuditFinding[], book: AuditBook): AuditFinding[] {
  const firstCells = new Map<string, Set<AuditKind>>();
  for (const { kind, sheet, cells } of found) {
    if (explains[kind] === undefined) continue;
    for (const cell of allCells(cells)) {
      const key = `${sheet}!${cell}`;
      firstCells.set(key, (firstCells.get(key) ?? new Set()).add(kind));
    }
  }
  const kept = found.filter(({ kind, sheet, cells }) => {
    const kinds = firstCells.get(`${sheet}!${cells[0]?.split(":")[0]}`) ?? new Set();
    return ![...kinds].some((other) => other !== kind && explains[other]?.includes(kind));
  });
  const order = new Map(book.sheets.map(({ name }, index) => [name, index]));
  return kept.sort(
    (a, b) =>
      (order.get(a.sheet) ?? -1) - (order.get(b.sheet) ?? -1) ||
      bySeverity.indexOf(a.severity) - bySeverity.indexOf(b.severity) ||
      b.confidence - a.confidence,
  );
}

/** The addresses of ranges cell by cell, some hundreds at most. */
function allCells(cells: readonly string[]): string[] {
  return cells.flatMap((text) => {
    const range = parseRange(text);
    if (range === undefined || range.firstRow === range.lastRow) return [text];
    const [letters] = /^[A-Z]+/.exec(text)!;
    const last = Math.min(range.lastRow, range.firstRow + 500);
    return Array.from({ length: last - range.firstRow + 1 }, (_, by) => `${letters}${range.firstRow + by}`);
  });
}
