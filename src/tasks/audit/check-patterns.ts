import type { AuditBook, AuditSheet, PlacedFormula } from "./audit-book.ts";
import { addressOf, shownNumber } from "./describe-cells.ts";
import type { ParsedFormula } from "./formula/parse-formula.ts";
import { isAggregateAlong } from "./is-aggregate.ts";
import { readsTheSame } from "./reads-the-same.ts";
import { isTotalLabel, labelOf } from "./sheet-labels.ts";
import { shiftTo } from "./shift-to.ts";
import type { AuditFinding } from "./types.ts";

type Step = { readonly row: number; readonly column: number };
const steps: readonly Step[] = [
  { row: 1, column: 0 },
  { row: 0, column: 1 },
];
/** Lines with something else in every second cell: spacers, or amounts and shares in turn. */
const wideSteps: readonly Step[] = [
  { row: 2, column: 0 },
  { row: 0, column: 2 },
];

/** Most neighbours that are counted on one side. */
const looked = 6;

/** A place where a row or column of equal formulas is interrupted, seen from the formula beside it. */
type Break = {
  readonly from: PlacedFormula;
  readonly row: number;
  readonly column: number;
  /** How many equal formulas stand right beside it, on both sides together. */
  readonly support: number;
  /** False at the end of a row of formulas. */
  readonly isBetween: boolean;
  readonly step: Step;
};

/**
 * Formulas that differ from their equal neighbours (compared as if copied), numbers typed over a formula, and formulas
 * that stop one cell short of what they are computed from.
 */
export function checkPatterns(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const counts = countAlong(sheet);
  const found = new Map<string, AuditFinding>();
  for (const formula of sheet.formulas) {
    for (const step of [...steps, ...wideSteps]) {
      for (const place of breaksBeside(sheet, formula, step)) {
        const isWide = wideSteps.includes(step);
        const finding = isWide ? judgeWide(book, sheet, place) : judge(book, sheet, place, counts);
        if (finding === undefined) continue;
        const before = found.get(finding.cells[0]!);
        if (before === undefined || before.confidence < finding.confidence)
          found.set(finding.cells[0]!, finding);
      }
    }
  }
  return [...found.values()];
}

function breaksBeside(sheet: AuditSheet, formula: PlacedFormula, step: Step): Break[] {
  const { parsed } = formula;
  const ahead = { row: formula.row + step.row, column: formula.column + step.column };
  const behind = { row: formula.row - step.row, column: formula.column - step.column };
  const list: Break[] = [];
  if (keyAt(sheet, ahead) !== parsed) {
    const beforeIt = equalFrom(sheet, formula, parsed, step, -1);
    const beyond = { row: ahead.row + step.row, column: ahead.column + step.column };
    const afterIt = equalFrom(sheet, beyond, parsed, step, 1);
    const gap = { from: formula, ...ahead, step };
    list.push({ ...gap, support: beforeIt + afterIt, isBetween: afterIt > 0 });
    // Two numbers typed over in a row.
    const second = { row: beyond.row + step.row, column: beyond.column + step.column };
    const afterTwo = afterIt > 0 ? 0 : equalFrom(sheet, second, parsed, step, 1);
    if (afterTwo > 0 && isTypedNumber(sheet, ahead) && isTypedNumber(sheet, beyond)) {
      const support = beforeIt + afterTwo;
      list.push({ ...gap, support, isBetween: true });
      list.push({ from: formula, ...beyond, step, support, isBetween: true });
    }
  }
  if (behind.row >= 1 && behind.column >= 0 && keyAt(sheet, behind) !== parsed) {
    const isBetween =
      keyAt(sheet, { row: behind.row - step.row, column: behind.column - step.column }) === parsed;
    // Between two it was seen from the other side.
    if (!isBetween)
      list.push({
        from: formula,
        ...behind,
        step: { row: -step.row, column: -step.column },
        support: equalFrom(sheet, formula, parsed, step, 1),
        isBetween,
      });
  }
  return list;
}

function keyAt(sheet: AuditSheet, { row, column }: Step): ParsedFormula | undefined {
  return row < 1 || column < 0 ? undefined : sheet.formulaAt(row, column)?.parsed;
}

/** How many cells from here on hold the same formula. */
function equalFrom(sheet: AuditSheet, from: Step, parsed: ParsedFormula, step: Step, sign: 1 | -1): number {
  let count = 0;
  for (let at: Step = from; count < looked && keyAt(sheet, at) === parsed; count++)
    at = { row: at.row + sign * step.row, column: at.column + sign * step.column };
  return count;
}

function isTypedNumber(sheet: AuditSheet, { row, column }: Step): boolean {
  return sheet.classAt(row, column) === "number" && !sheet.isComputed(row, column);
}

function judge(
  book: AuditBook,
  sheet: AuditSheet,
  place: Break,
  counts: ReadonlyMap<string, number>,
): AuditFinding | undefined {
  const { row, column } = place;
  if (sheet.formulaAt(row, column) !== undefined) return judgeFormula(book, sheet, place, counts);
  if (sheet.isComputed(row, column)) return undefined;
  const kind = sheet.classAt(row, column);
  if (kind === "number") return judgeNumber(book, sheet, place);
  return kind === "empty" ? judgeEmpty(book, sheet, place) : undefined;
}

/** Of wide lines only numbers typed over a formula that are sure. */
function judgeWide(book: AuditBook, sheet: AuditSheet, place: Break): AuditFinding | undefined {
  const { row, column, support, isBetween, from } = place;
  const isSure = isBetween && support >= 3 && readsTheSame(book, sheet, from, row, column);
  return isSure && isTypedNumber(sheet, place) ? judgeNumber(book, sheet, place) : undefined;
}

function judgeFormula(
  book: AuditBook,
  sheet: AuditSheet,
  place: Break,
  counts: ReadonlyMap<string, number>,
): AuditFinding | undefined {
  const { row, column, step, support, isBetween, from } = place;
  if (!isBetween || support < 3) return undefined;
  const own = sheet.formulaAt(row, column)!;
  const across = { row: step.column, column: step.row };
  const isCopiedAcross = [1, -1].some(
    (sign) =>
      keyAt(sheet, { row: row + sign * across.row, column: column + sign * across.column }) === own.parsed,
  );
  const repeats = (counts.get(lineKey(own, step)) ?? 0) > 1;
  if (isCopiedAcross || repeats || isAggregateAlong(own, step.row !== 0)) return undefined;
  if (isTotalLabel(labelOf(sheet, row, column)) !== isTotalLabel(labelOf(sheet, from.row, from.column)))
    return undefined;
  return {
    kind: "pattern-break",
    severity: "high",
    confidence: readsTheSame(book, sheet, from, row, column) ? 0.9 : 0.6,
    sheet: sheet.name,
    cells: [addressOf(place)],
    message: `the formula differs from the ones ${sides(step)} it, which are copies of each other`,
    expected: { formula: shiftTo(sheet, from, row, column) },
  };
}

function judgeNumber(book: AuditBook, sheet: AuditSheet, place: Break): AuditFinding | undefined {
  const { row, column, step, support, isBetween, from } = place;
  // Between subtotals stand the numbers that they add up.
  if (isAggregateAlong(from, step.row !== 0)) return undefined;
  const isSum = isAggregateAlong(from, step.row === 0);
  const isSame = readsTheSame(book, sheet, from, row, column);
  if (isBetween ? support < 2 || (support < 3 && !isSame) : support < (isSum ? 1 : 2) || !isSame)
    return undefined;
  if (!isBetween && isTypedNumber(sheet, { row: row + step.row, column: column + step.column }))
    return undefined;
  if (isLineOfNumbers(sheet, place)) return undefined;
  if (!isBetween && !isSum && isOtherRow(sheet, place)) return undefined;
  // A first value that the next ones are computed from is meant to be typed.
  if (!isBetween && from.parsed.references.length === 0) return undefined;
  return {
    kind: "hard-coded",
    severity: isBetween ? "high" : "medium",
    confidence: isBetween ? (isSame ? 0.95 : 0.75) : 0.7,
    sheet: sheet.name,
    cells: [addressOf(place)],
    message: `the number ${shownNumber(sheet.numberAt(row, column)!)} is typed where the cells ${isBetween ? sides(step) : "beside"} it hold a formula`,
    expected: { formula: shiftTo(sheet, from, row, column) },
  };
}

function judgeEmpty(book: AuditBook, sheet: AuditSheet, place: Break): AuditFinding | undefined {
  const { row, column, support, from, isBetween } = place;
  if (support < 3 || !readsTheSame(book, sheet, from, row, column, true)) return undefined;
  if (!isBetween && isTotalLabel(labelOf(sheet, row, column))) return undefined;
  return {
    kind: "missing-formula",
    severity: isBetween ? "medium" : "low",
    confidence: isBetween ? 0.7 : 0.5,
    sheet: sheet.name,
    cells: [addressOf(place)],
    message: isBetween
      ? "the cell is empty where the cells around it hold a formula, and what it would compute from is there"
      : "the formulas stop one cell short: what the next one would compute from is there",
    expected: { formula: shiftTo(sheet, from, row, column) },
  };
}

/** True for the row of a heading or a total: by its label, or by a text where the formulas' rows have numbers. */
function isOtherRow(sheet: AuditSheet, { row, column, step, from }: Break): boolean {
  const across = [1, -1].map((sign) => ({
    row: sign * Math.abs(Math.sign(step.column)),
    column: sign * Math.abs(Math.sign(step.row)),
  }));
  const pairs = across.map((by) => [
    { row: row + by.row, column: column + by.column },
    { row: from.row + by.row, column: from.column + by.column },
  ]);
  // Where formulas beside the line go on, the row is one of theirs.
  const goesOn = pairs.some(([here, there]) => {
    const key = keyAt(sheet, here!);
    return key !== undefined && key === keyAt(sheet, there!);
  });
  if (goesOn) return false;
  if (isTotalLabel(labelOf(sheet, row, column)) !== isTotalLabel(labelOf(sheet, from.row, from.column)))
    return true;
  return pairs.some((pair) => {
    const [here, there] = pair.map((at) =>
      at.row < 1 || at.column < 0 ? "empty" : sheet.classAt(at.row, at.column),
    );
    return (here === "text" && there === "number") || (here === "number" && there === "text");
  });
}

function sides(step: Step): string {
  return step.row !== 0 ? "above and below" : "left and right of";
}

/** True when the cells across the line interrupt equal formulas by numbers too: then the line is one of numbers. */
function isLineOfNumbers(sheet: AuditSheet, { row, column, step }: Break): boolean {
  return [1, -1].some((sign) => {
    const nextRow = row + sign * (step.column === 0 ? 0 : 1);
    const nextColumn = column + sign * (step.row === 0 ? 0 : 1);
    if (nextRow < 1 || nextColumn < 0 || !isTypedNumber(sheet, { row: nextRow, column: nextColumn }))
      return false;
    return keyAt(sheet, { row: nextRow - step.row, column: nextColumn - step.column }) !== undefined;
  });
}

function lineKey(formula: PlacedFormula, step: Step): string {
  return step.row !== 0
    ? `c${formula.column} ${formula.parsed.key}`
    : `r${formula.row} ${formula.parsed.key}`;
}

/** How often each formula stands in each row and column. */
function countAlong({ formulas }: AuditSheet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const formula of formulas)
    for (const step of steps) {
      const key = lineKey(formula, step);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}
