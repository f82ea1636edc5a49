import { columnIndex, columnName, maxColumns, maxRows } from "../address.ts";

/**
 * The formula as it reads when copied by so many rows and columns: relative references move, those with a dollar
 * sign stay (ECMA-376-1, 18.3.1.40). Texts, sheet names and column names of tables are left alone.
 */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  return formula.replace(
    // In order: texts, quoted sheet names, brackets of tables and files, then what may be a reference.
    /"(?:[^"]|"")*"|'(?:[^']|'')*'!?|\[(?:[^[\]']|'.|\[(?:[^[\]']|'.)*\])*\]|(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)(?![\w(.!])|(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w(.!])|(\$?)([0-9]+):(\$?)([0-9]+)(?![\w.])|[A-Za-z_\\\u0080-\uffff][\w.\\\u0080-\uffff]*!?|[0-9.]+(?:[Ee][+-]?[0-9]+)?/g,
    (match: string, ...groups: (string | undefined)[]) => {
      const [columnFixed, column, rowFixed, row, leftFixed, left, rightFixed, right] = groups;
      const [topFixed, top, bottomFixed, bottom] = groups.slice(8);
      if (column !== undefined && row !== undefined) {
        if (columnIndex(column) === undefined || Number(row) > maxRows) return match;
        return orReferenceError(movedColumn(columnFixed, column, columns), movedRow(rowFixed, row, rows));
      }
      if (left !== undefined && right !== undefined) {
        if (columnIndex(left) === undefined || columnIndex(right) === undefined) return match;
        return orReferenceError(
          movedColumn(leftFixed, left, columns),
          ":",
          movedColumn(rightFixed, right, columns),
        );
      }
      if (top !== undefined && bottom !== undefined) {
        return orReferenceError(movedRow(topFixed, top, rows), ":", movedRow(bottomFixed, bottom, rows));
      }
      return match;
    },
  );
}

/** A reference that leaves the sheet wraps around in Excel's own reading of shared formulas. */
function movedColumn(fixed: string | undefined, name: string, by: number): string | undefined {
  if (fixed === "$") return `$${name}`;
  const column = columnIndex(name);
  return column === undefined ? undefined : columnName(wrapped(column + by, maxColumns));
}

function movedRow(fixed: string | undefined, row: string, by: number): string {
  return fixed === "$" ? `$${row}` : String(wrapped(Number(row) - 1 + by, maxRows) + 1);
}

function wrapped(index: number, count: number): number {
  return ((index % count) + count) % count;
}

function orReferenceError(...pieces: (string | undefined)[]): string {
  return pieces.includes(undefined) ? "#REF!" : pieces.join("");
}
