import { contains, formatRange } from "../../files/xlsx/address.ts";
import type { CellRange } from "../../files/xlsx/types.ts";
import { type AuditBook, type AuditSheet, type PlacedFormula, type Target, targetOf } from "./audit-book.ts";
import { addressOf, cellList } from "./describe-cells.ts";
import type { FormulaToken } from "./formula/parse-formula.ts";
import { isAggregateAlong } from "./is-aggregate.ts";
import { isYearLike } from "./is-year-like.ts";
import { isTotalLabel, labelOf } from "./sheet-labels.ts";
import { formulaText } from "./shift-to.ts";
import type { AuditFinding } from "./types.ts";

/** A formula that is nothing but a sum or average of ranges and cells of one column or one row. */
type LineTotal = {
  readonly formula: PlacedFormula;
  readonly name: string;
  readonly sheet: AuditSheet;
  readonly isDown: boolean;
  /** The line's column or row. */
  readonly line: number;
  /** From first to last position along the line, ascending; at least one spans two cells. */
  readonly spans: readonly Span[];
};
type Span = { readonly first: number; readonly last: number };

/** Cells beyond a range that are looked at. */
const mostMissed = 12;

/** Totals whose range leaves out rows that belong to it. */
export function checkTotals(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  return sheet.formulas.flatMap((formula) => {
    const total = lineTotal(book, sheet, formula);
    return total === undefined ? [] : (missedCells(book, sheet, total) ?? []);
  });
}

function lineTotal(book: AuditBook, sheet: AuditSheet, formula: PlacedFormula): LineTotal | undefined {
  const { tokens } = formula.parsed;
  const [call, open] = tokens;
  if (call?.kind !== "function" || !/^(?:SUM|SUBTOTAL|AVERAGE)$/.test(call.text) || open?.text !== "(")
    return undefined;
  const isPlain = tokens.slice(2, -1).every(isListed) && tokens.at(-1)?.text === ")";
  const targets = formula.parsed.references.map((reference) => targetOf(book, sheet, reference, formula));
  const [first] = targets;
  if (!isPlain || first === undefined || targets.some((each) => each?.sheet !== first.sheet))
    return undefined;
  // A range that grows or slides with each copy isn't a total of a table.
  if (formula.parsed.references.some((each) => each.shape !== "cell" && each.shape !== "range"))
    return undefined;
  const isDown = (targets as Target[]).every(
    ({ range }) => range.firstColumn === range.lastColumn && range.firstColumn === first.range.firstColumn,
  );
  const isAcross = (targets as Target[]).every(
    ({ range }) => range.firstRow === range.lastRow && range.firstRow === first.range.firstRow,
  );
  if (isDown === isAcross) return undefined;
  const spans = (targets as Target[])
    .map(({ range }) => spanOf(range, isDown))
    .sort((a, b) => a.first - b.first);
  if (!spans.some(({ first: from, last }) => last > from)) return undefined;
  const line = isDown ? first.range.firstColumn : first.range.firstRow;
  return { formula, name: call.text, sheet: first.sheet, isDown, line, spans };
}

function isListed({ kind, text }: FormulaToken): boolean {
  return kind === "reference" || kind === "number" || text === ",";
}

function spanOf({ firstRow, lastRow, firstColumn, lastColumn }: CellRange, isDown: boolean): Span {
  return isDown ? { first: firstRow, last: lastRow } : { first: firstColumn, last: lastColumn };
}

function missedCells(book: AuditBook, own: AuditSheet, total: LineTotal): AuditFinding[] | undefined {
  const { formula, sheet, isDown, line, spans } = total;
  const isInLine = sheet === own && (isDown ? formula.column : formula.row) === line;
  if (!isInLine && (hasGrowingRange(formula) || isRepeated(own, formula, isDown))) return undefined;
  const at = (position: number): { row: number; column: number } =>
    isDown ? { row: position, column: line } : { row: line, column: position };
  const position = isDown ? formula.row : formula.column;
  const [low, high] = [spans[0]!.first, Math.max(...spans.map(({ last }) => last))];
  const isInFront = isInLine && position < low;
  // Below a total that stands on top, other sections may follow.
  const isLabelled = isDown && isTotalLabel(labelOf(own, formula.row, formula.column));
  const stop =
    isInFront && !isLabelled ? 0 : isInLine && position > high ? position : Number.POSITIVE_INFINITY;
  const belongs = belongingTo(book, total, at);
  const missed: { row: number; column: number }[] = [];
  for (let next = high + 1; next < stop && missed.length < mostMissed && belongs(next); next++)
    missed.push(at(next));
  const isBehind = missed.length > 0;
  const floor = isInFront ? position : 0;
  const least = isDown ? 1 : 0;
  for (
    let next = low - 1;
    next > floor - 1 && next >= least && missed.length < mostMissed && belongs(next);
    next--
  ) {
    if (next === position && isInLine) break;
    missed.push(at(next));
  }
  for (let next = low + 1; next < high; next++)
    if (!spans.some(({ first, last }) => next >= first && next <= last) && belongs(next))
      missed.push(at(next));
  // A range that lies elsewhere may be a part on purpose: it has to end right before its last cell or two.
  if (missed.length === 0 || (!isInLine && (missed.length > 2 || !isBehind))) return undefined;
  // Where more is left out than added up, the range is a part on purpose.
  if (missed.length >= high - low + 1 && missed.length > 1) return undefined;
  return [missedFinding(own, total, missed, isInLine, at)];
}

function missedFinding(
  own: AuditSheet,
  { formula, name, sheet, isDown, spans }: LineTotal,
  missed: readonly { row: number; column: number }[],
  isInLine: boolean,
  at: (position: number) => { row: number; column: number },
): AuditFinding {
  const positions = missed.map(({ row, column }) => (isDown ? row : column));
  const from = at(Math.min(spans[0]!.first, ...positions));
  const to = at(Math.max(...spans.map(({ last }) => last), ...positions));
  const wanted = formatRange({
    firstRow: from.row,
    firstColumn: from.column,
    lastRow: to.row,
    lastColumn: to.column,
  });
  const prefix = sheet === own ? "" : sheetPrefix(formulaText(own, formula));
  const places = cellList(missed);
  const where = sheet === own ? "" : ` on ${JSON.stringify(sheet.name)}`;
  return {
    kind: "total-misses-rows",
    severity: isInLine ? "high" : "medium",
    confidence: isInLine ? 0.85 : 0.6,
    sheet: own.name,
    cells: [addressOf(formula), ...(sheet === own ? places : [])],
    message: `the ${name === "AVERAGE" ? "average" : "total"} leaves out ${places.join(", ")}${where}, right beside the cells that it covers`,
    expected: { formula: `${name}(${name === "SUBTOTAL" ? "9," : ""}${prefix}${wanted})` },
  };
}

function sheetPrefix(formula: string): string {
  return /(?:'(?:[^']|'')+'|[^\s'!,()]+)!/.exec(formula)?.[0] ?? "";
}

/** `SUM(B$2:B5)` in the rows of a table: a running total. */
function hasGrowingRange({ parsed }: PlacedFormula): boolean {
  return parsed.references.some(
    ({ first, last }) => first.isRowFixed !== last.isRowFixed || first.isColumnFixed !== last.isColumnFixed,
  );
}

/** True when a copy of the formula stands before or behind it along the line that it adds up: a sliding window. */
function isRepeated(sheet: AuditSheet, { row, column, parsed }: PlacedFormula, isDown: boolean): boolean {
  return [1, -1].some((sign) => {
    const [nextRow, nextColumn] = isDown ? [row + sign, column] : [row, column + sign];
    return nextRow >= 1 && nextColumn >= 0 && sheet.formulaAt(nextRow, nextColumn)?.parsed === parsed;
  });
}

/** Tells whether a cell beside the range is one of the same kind as those in it, and no heading, total or note. */
function belongingTo(
  book: AuditBook,
  { formula, sheet, isDown, spans }: LineTotal,
  at: (position: number) => { row: number; column: number },
): (position: number) => boolean {
  const inside = spans.flatMap(({ first, last }) =>
    [first, first + 1, last - 1, last].filter((each) => each >= first && each <= last).map(at),
  );
  const filled = inside.filter(({ row, column }) => sheet.classAt(row, column) === "number");
  const codes = new Set(filled.map(({ row, column }) => sheet.styleAt(row, column)?.formatCode));
  const isComputed = filled.some(({ row, column }) => sheet.isComputed(row, column));
  const isYears = filled.some(({ row, column }) => isYearLike(sheet.numberAt(row, column)));
  // A formula that reads the cells which are added up is no item itself: tax on a subtotal.
  const readsLine = (other: PlacedFormula): boolean =>
    other.parsed.references.some((reference) => {
      const target = targetOf(book, sheet, reference, other);
      return target?.sheet === sheet && inside.some(({ row, column }) => contains(target.range, row, column));
    });
  return (position) => {
    const { row, column } = at(position);
    if (sheet.classAt(row, column) !== "number" || filled.length === 0) return false;
    const other = sheet.formulaAt(row, column);
    if (other !== undefined && (!isComputed || isAggregateAlong(other, isDown) || readsLine(other)))
      return false;
    if (!isYears && isYearLike(sheet.numberAt(row, column))) return false;
    if (isDown && isTotalLabel(labelOf(sheet, row, column))) return false;
    if (!codes.has(sheet.styleAt(row, column)?.formatCode)) return false;
    if (sheet.styleAt(row, column)?.isBold !== sheet.styleAt(filled[0]!.row, filled[0]!.column)?.isBold)
      return false;
    return !isReadBeside(book, sheet, formula, row, column);
  };
}

/** True when the formulas beside the total read the cell on their own, as `B12` of `=B11+B12` does. */
function isReadBeside(
  book: AuditBook,
  sheet: AuditSheet,
  formula: PlacedFormula,
  row: number,
  column: number,
): boolean {
  return [1, 2, 3].some((below) => {
    const next = sheet.formulaAt(formula.row + below, formula.column);
    return (
      next?.parsed.references.some((reference) => {
        const target = targetOf(book, sheet, reference, next);
        return target?.sheet === sheet && reference.shape === "cell" && contains(target.range, row, column);
      }) ?? false
    );
  });
}
