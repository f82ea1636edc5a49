import { contains } from "../../files/xlsx/address.ts";
import { checkFormulas } from "../ask/check-formulas.ts";
import { type AuditBook, type AuditSheet, eachFormula, type PlacedFormula } from "./audit-book.ts";
import { readsOf } from "./check-cycles.ts";
import { isVolatile } from "./check-notes.ts";
import { addressOf, cellList, shownNumber } from "./describe-cells.ts";
import type { ParsedFormula } from "./formula/parse-formula.ts";
import { formulaText } from "./shift-to.ts";
import type { AuditFinding } from "./types.ts";

export type RecalculationOptions = {
  /** The program of the second engine. Without it nothing is recalculated. */
  readonly engine?: Uint8Array<ArrayBuffer>;
  /** Formulas that are computed anew at most; with more, only the first. Defaults to 10,000. */
  readonly mostFormulas?: number;
  /** Cells that all of them together may read. Defaults to 1,000,000. */
  readonly mostCells?: number;
  readonly signal?: AbortSignal;
};

/** Larger differences than this part of the value count; programs round their last digits differently. */
const tolerance = 1e-7;

/** Functions that engines agree on. Dates, statistics and texts have corners where they don't. */
const agreed: ReadonlySet<string> = new Set(
  `SUM AVERAGE MIN MAX COUNT COUNTA PRODUCT SUMPRODUCT SUMIF SUMIFS COUNTIF COUNTIFS AVERAGEIF AVERAGEIFS IF IFS IFERROR
  IFNA AND OR NOT ROUND ROUNDUP ROUNDDOWN INT TRUNC ABS MOD SIGN POWER SQRT EXP LN LOG10 VLOOKUP HLOOKUP MATCH INDEX
  XLOOKUP PMT MEDIAN LARGE SMALL PI ISBLANK ISNUMBER ISERROR ISNA ISTEXT`.split(/\s+/),
);

/** Those of them that take ranges; for the others Excel picks the one cell of a range in their own row or column. */
const takesRange =
  /^(?:SUM|AVERAGE|MIN|MAX|COUNTA?|PRODUCT|SUMPRODUCT|(?:SUM|COUNT|AVERAGE)IFS?|[VHX]LOOKUP|MATCH|INDEX|MEDIAN|LARGE|SMALL)$/;

/** Formulas whose stored result isn't what a second engine computes from the stored values that they read. */
export async function checkRecalculation(
  book: AuditBook,
  isSkipped: (sheet: AuditSheet, formula: PlacedFormula) => boolean,
  { engine, mostFormulas = 10_000, mostCells = 1_000_000, signal }: RecalculationOptions,
): Promise<AuditFinding[]> {
  if (engine === undefined) return [];
  const placed = book.sheets
    .flatMap((sheet) => sheet.formulas.map((formula) => ({ sheet, formula })))
    .filter(({ sheet, formula }) => isComparable(sheet, formula) && !isSkipped(sheet, formula))
    .slice(0, mostFormulas);
  const found: Stale[] = [];
  let left = mostCells;
  for (let at = 0; at < placed.length; ) {
    const batch: Placed[] = [];
    for (
      let cells = 0;
      at < placed.length && cells < batchCells && batch.length < batchFormulas && left > 0;
      at++
    ) {
      const each = placed[at]!;
      const count = cellsReadBy(book, each);
      if (count > batchCells || readsUncomputed(book, each)) continue;
      batch.push(each);
      cells += count + 1;
      left -= count + 1;
    }
    if (batch.length === 0) break;
    found.push(...(await checkBatch(book, batch, engine, signal)));
  }
  return staleFindings(found);
}

type Placed = { readonly sheet: AuditSheet; readonly formula: PlacedFormula };

/** Cells that the formulas of one run of the engine read. */
const batchCells = 50_000;
const batchFormulas = 500;

function cellsReadBy(book: AuditBook, { sheet, formula }: Placed): number {
  let count = 0;
  for (const { sheet: there, range } of readsOf(book, sheet, formula)) {
    const rows = Math.min(range.lastRow, there.lastRow) - range.firstRow + 1;
    const columns = Math.min(range.lastColumn, there.columnCount - 1) - range.firstColumn + 1;
    count += Math.max(0, rows) * Math.max(0, columns);
  }
  return count;
}

/** True when a formula that it reads has no stored result: what it should be can't be told then. */
function readsUncomputed(book: AuditBook, { sheet, formula }: Placed): boolean {
  for (const { sheet: there, range } of readsOf(book, sheet, formula)) {
    let isMissing = false;
    eachFormula(there, range, ({ row, column }) => {
      isMissing ||= there.numberAt(row, column) === undefined && there.classAt(row, column) === "number";
    });
    if (isMissing) return true;
  }
  return false;
}

async function checkBatch(
  book: AuditBook,
  batch: readonly Placed[],
  engine: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<Stale[]> {
  const checks = await checkFormulas(
    batch.map(({ sheet, formula }) => ({
      sheet: sheet.name,
      cell: addressOf(formula),
      formula: formulaText(sheet, formula).replaceAll(/_xlfn\.|_xlws\./gi, ""),
      value: sheet.numberAt(formula.row, formula.column)!,
    })),
    book.sheets.map(({ cells }) => cells),
    { wasm: engine, tolerance, ...(signal !== undefined && { signal }) },
  );
  const differing = new Map<Placed, number>();
  checks.forEach(({ verdict, recomputed }, index) => {
    const each = batch[index]!;
    const stored = each.sheet.numberAt(each.formula.row, each.formula.column)!;
    if (verdict !== "disagrees" || typeof recomputed !== "number") return;
    if (Math.abs(recomputed - stored) > tolerance * Math.max(1e-3, Math.abs(stored)))
      differing.set(each, recomputed);
  });
  return [...differing].flatMap(([each, recomputed]) =>
    readsOneOf(book, each, differing) ? [] : [{ ...each, recomputed }],
  );
}

/** True when a cell that differs too is read: the difference comes from there. */
function readsOneOf(
  book: AuditBook,
  { sheet, formula }: Placed,
  differing: ReadonlyMap<Placed, number>,
): boolean {
  for (const { sheet: there, range } of readsOf(book, sheet, formula))
    for (const other of differing.keys())
      if (other.sheet === there && contains(range, other.formula.row, other.formula.column)) return true;
  return false;
}

function isComparable(sheet: AuditSheet, formula: PlacedFormula): boolean {
  const { row, column, parsed } = formula;
  return (
    sheet.numberAt(row, column) !== undefined &&
    !isVolatile(formula) &&
    [...parsed.functions].every((name) => agreed.has(name)) &&
    parsed.tokens.every(({ kind }) => kind !== "unknown") &&
    hasRangesInPlace(parsed) &&
    !sheet.cells.formulas.filled.some((group) => group.row === row && group.column === column)
  );
}

/** True when each range is an argument, as a whole, of a function that takes ranges. */
function hasRangesInPlace({ tokens }: ParsedFormula): boolean {
  const open: string[] = [];
  return tokens.every((token, index) => {
    if (token.text === "(") open.push(tokens[index - 1]?.kind === "function" ? tokens[index - 1]!.text : "");
    if (token.text === ")") open.pop();
    if (token.kind !== "reference" || token.reference.shape === "cell") return true;
    const isAlone = [tokens[index - 1], tokens[index + 1]].every((each) => /^[(),]$/.test(each?.text ?? ""));
    return isAlone && takesRange.test(open.at(-1) ?? "");
  });
}

type Stale = Placed & { readonly recomputed: number };

/** One finding for all copies of a formula on a sheet. */
function staleFindings(found: readonly Stale[]): AuditFinding[] {
  const groups = new Map<string, Stale[]>();
  for (const each of found) {
    const key = `${each.sheet.name}!${each.formula.parsed.key}`;
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  return [...groups.values()].map(staleFinding);
}

function staleFinding(group: readonly Stale[]): AuditFinding {
  const { sheet, formula, recomputed } = group[0]!;
  const stored = sheet.numberAt(formula.row, formula.column)!;
  const others = group.length === 1 ? "" : ` in ${addressOf(formula)} (and ${group.length - 1} more like it)`;
  return {
    kind: "stale-value",
    severity: "medium",
    confidence: 0.65,
    sheet: sheet.name,
    cells: cellList(group.map((each) => each.formula)),
    message: `the stored result ${shownNumber(stored)}${others} isn't what the formula gives when computed anew, ${shownNumber(recomputed)}`,
    expected: { value: recomputed },
  };
}
