import { type AuditBook, type AuditSheet, eachCell, type PlacedFormula, targetOf } from "./audit-book.ts";
import type { RelativeReference } from "./formula/parse-formula.ts";

/** Cells of a range that are looked at to say what it holds. */
const sampled = 40;

/**
 * True when the formula, copied to another cell, would read cells of the same kinds as it does in its own: numbers where
 * it reads numbers, formulas where formulas. With `isStrict` one of them must be a number and lie in the copy's own row or column.
 */
export function readsTheSame(
  book: AuditBook,
  sheet: AuditSheet,
  from: PlacedFormula,
  row: number,
  column: number,
  isStrict = false,
): boolean {
  let isAnyFilled = false;
  for (const reference of from.parsed.references) {
    const there = contentOf(book, sheet, reference, { row, column });
    if (there !== contentOf(book, sheet, reference, from)) return false;
    isAnyFilled ||= /^(?:number|computed)$/.test(there) && movesWith(reference, row !== from.row);
  }
  return !isStrict || isAnyFilled;
}

/** True for a reference to the formula's own row, where it is copied down (`isDown`), or own column, copied right. */
function movesWith({ first, last }: RelativeReference, isDown: boolean): boolean {
  return isDown
    ? first.row === 0 && last.row === 0 && !first.isRowFixed
    : first.column === 0 && last.column === 0 && !first.isColumnFixed;
}

function contentOf(
  book: AuditBook,
  sheet: AuditSheet,
  reference: RelativeReference,
  place: { readonly row: number; readonly column: number },
): string {
  const target = targetOf(book, sheet, reference, place);
  if (target === undefined) return "elsewhere";
  if (reference.shape === "cell") {
    const { firstRow, firstColumn } = target.range;
    const kind = target.sheet.classAt(firstRow, firstColumn);
    return kind === "number" && target.sheet.isComputed(firstRow, firstColumn) ? "computed" : kind;
  }
  let seen = 0;
  let content = "empty";
  eachCell(target.sheet, target.range, (row, column) => {
    const kind = target.sheet.classAt(row, column);
    if (kind === "number") content = "number";
    else if (kind !== "empty" && content === "empty") content = kind;
    return content !== "number" && seen++ < sampled;
  });
  return content;
}
