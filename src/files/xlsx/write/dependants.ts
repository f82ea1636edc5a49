import { contains } from "../address.ts";
import { tokenizeFormula } from "../formula/tokenize-formula.ts";
import type { CellRange, DefinedName, SheetTable } from "../types.ts";

export type ChangedCell = { readonly sheet: string; readonly row: number; readonly column: number };

export type DependencyContext = {
  readonly changed: readonly ChangedCell[];
  readonly definedNames: readonly DefinedName[];
  readonly tables: readonly SheetTable[];
};

/**
 * True when a formula's result may change with one of the changed cells. It says so too often rather than too seldom:
 * `extent` is how far a shared formula's references move, and what is found at run time (INDIRECT, OFFSET) counts.
 */
export function dependsOn(
  formula: string,
  sheet: string,
  extent: { readonly rows: number; readonly columns: number },
  context: DependencyContext,
): boolean {
  const { changed, tables } = context;
  return tokenizeFormula(formula).some((token) => {
    const { kind, text } = token;
    // Another file's cells don't change with this one's.
    if (token.sheet?.book !== undefined) return false;
    if (kind === "reference") {
      const range = widened(token.range, extent);
      // `Jan:Mar!A1` reaches all sheets from one to the other.
      const isAnySheet = token.sheet?.lastName !== undefined;
      const target = token.sheet?.name ?? sheet;
      return changed.some((cell) => isReached(cell, isAnySheet ? cell.sheet : target, range));
    }
    if (kind === "name") return isNameReached(text, token.sheet?.name || sheet, context);
    if (kind === "table")
      return tables.some((table) => changed.some((cell) => isReached(cell, table.sheet, table.range)));
    // A range whose ends are computed is written with an operator of its own.
    return kind === "unknown" || text === ":" || (kind === "function" && /^(?:INDIRECT|OFFSET)$/i.test(text));
  });
}

function isReached(cell: ChangedCell, target: string, range: CellRange): boolean {
  return same(target, cell.sheet) && contains(range, cell.row, cell.column);
}

function isNameReached(word: string, sheet: string, context: DependencyContext): boolean {
  const names = context.definedNames.filter(({ name }) => same(name, word));
  const table = context.tables.find(({ name }) => same(name, word));
  if (table !== undefined) return context.changed.some((cell) => isReached(cell, table.sheet, table.range));
  return names.some(
    // A name that is no plain list of ranges may compute them.
    ({ ranges, formula }) =>
      (ranges.length === 0 && /[A-Za-z]/.test(formula)) ||
      ranges.some((each) => context.changed.some((cell) => isReached(cell, each.sheet ?? sheet, each.range))),
  );
}

function widened(range: CellRange, { rows, columns }: { rows: number; columns: number }): CellRange {
  return {
    firstRow: range.firstRow - rows,
    lastRow: range.lastRow + rows,
    firstColumn: range.firstColumn - columns,
    lastColumn: range.lastColumn + columns,
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
