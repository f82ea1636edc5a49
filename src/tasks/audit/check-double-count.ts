import { contains } from "../../files/xlsx/address.ts";
import { type AuditBook, type AuditSheet, type PlacedFormula, targetOf } from "./audit-book.ts";
import { addressOf } from "./describe-cells.ts";
import { formulaText } from "./shift-to.ts";
import type { AuditFinding } from "./types.ts";

/** A sum of cells of its own column: where it stands and the rows it adds up. */
type Sum = { readonly formula: PlacedFormula; readonly first: number; readonly last: number };

/** Sums over ranges that hold a subtotal of the same cells, which are then counted twice. */
export function checkDoubleCount(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const byColumn = new Map<number, Sum[]>();
  for (const formula of sheet.formulas) {
    if (!isPlainSum(formula)) continue;
    const target = targetOf(book, sheet, formula.parsed.references[0]!, formula);
    if (target?.sheet !== sheet) continue;
    const { firstColumn, lastColumn, firstRow, lastRow } = target.range;
    if (firstColumn !== lastColumn || firstColumn !== formula.column || firstRow === lastRow) continue;
    const list = byColumn.get(firstColumn) ?? [];
    list.push({ formula, first: firstRow, last: lastRow });
    byColumn.set(firstColumn, list);
  }
  return [...byColumn.values()].flatMap((sums) =>
    sums.flatMap((sum) => countedTwice(sheet, sum, sums) ?? []),
  );
}

function isPlainSum({ parsed }: PlacedFormula): boolean {
  const { tokens, references } = parsed;
  return tokens.length === 4 && tokens[0]!.text === "SUM" && references.length === 1;
}

function countedTwice(sheet: AuditSheet, sum: Sum, sums: readonly Sum[]): AuditFinding | undefined {
  const { formula, first, last } = sum;
  const range = { firstRow: first, lastRow: last, firstColumn: formula.column, lastColumn: formula.column };
  if (contains(range, formula.row, formula.column)) return undefined;
  const inner = sums.filter(
    (each) =>
      each !== sum &&
      contains(range, each.formula.row, each.formula.column) &&
      each.first >= first &&
      each.last <= last,
  );
  if (inner.length === 0) return undefined;
  const places = inner.map((each) => addressOf(each.formula));
  return {
    kind: "counted-twice",
    severity: "high",
    confidence: 0.85,
    sheet: sheet.name,
    cells: [addressOf(formula), ...places],
    message: `the sum ${formulaText(sheet, formula)} holds the subtotal in ${places.join(", ")} besides the cells that it adds up: they count twice`,
  };
}
