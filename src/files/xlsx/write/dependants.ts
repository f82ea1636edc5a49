import { parseRange } from "../address.ts";
import type { CellRange, DefinedName, SheetTable } from "../types.ts";
import { contains } from "./draft.ts";

export type ChangedCell = { readonly sheet: string; readonly row: number; readonly column: number };

export type DependencyContext = {
  readonly changed: readonly ChangedCell[];
  readonly definedNames: readonly DefinedName[];
  readonly tables: readonly SheetTable[];
};

/** Texts; references to cells, columns and rows with their sheet; names; brackets. */
const token =
  /"(?:[^"]|"")*"|(?:('(?:[^']|'')+'|[\w.\u0080-\uffff]+(?::[\w.\u0080-\uffff]+)?)!)?(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w(.!])|([A-Za-z_\\\u0080-\uffff][\w.\\\u0080-\uffff]*)(\(?)|\[/g;

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
  const { changed } = context;
  const isTableTouched = (): boolean =>
    changed.some((cell) =>
      context.tables.some(
        (table) => same(table.sheet, cell.sheet) && contains(table.range, cell.row, cell.column),
      ),
    );
  if (/\):|:\s*[A-Za-z]+\(/.test(formula)) return true;
  for (const [text, sheetPart, reference, word, bracket] of formula.matchAll(token)) {
    if (text.startsWith('"')) continue;
    if (text === "[") {
      if (isTableTouched()) return true;
    } else if (reference !== undefined) {
      const range = parseRange(reference);
      if (range === undefined) continue;
      const target = sheetPart === undefined ? sheet : sheetPart.replace(/^'|'$/g, "").replaceAll("''", "'");
      if (changed.some((cell) => isReached(cell, target, widened(range, extent)))) return true;
    } else if (word !== undefined) {
      if (bracket === "(" ? /^(?:INDIRECT|OFFSET)$/i.test(word) : isNameReached(word, sheet, context))
        return true;
    }
  }
  return false;
}

function isReached(cell: ChangedCell, target: string, range: CellRange): boolean {
  // `Jan:Mar!A1` reaches all sheets from one to the other, and `[1]Jan!A1` another file.
  if (target.includes("]")) return false;
  return (target.includes(":") || same(target, cell.sheet)) && contains(range, cell.row, cell.column);
}

function isNameReached(word: string, sheet: string, context: DependencyContext): boolean {
  const names = context.definedNames.filter(({ name }) => same(name, word));
  const table = context.tables.find(({ name }) => same(name, word));
  if (table !== undefined)
    return context.changed.some(
      (cell) => same(table.sheet, cell.sheet) && contains(table.range, cell.row, cell.column),
    );
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
