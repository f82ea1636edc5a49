import {
  CellKind,
  type CellRange,
  openWorkbook,
  parseRange,
  readPart,
  readSheet,
  type Sheet,
  type SheetCells,
  type Workbook,
} from "../../files/index.ts";
import { contains } from "../../files/xlsx/address.ts";
import { type AuditBook, type AuditSheet, auditBook, type PlacedFormula } from "./audit-book.ts";
import { checkBroken, checkErrorValues } from "./check-broken.ts";
import { checkCycles, readsOf } from "./check-cycles.ts";
import { checkDoubleCount } from "./check-double-count.ts";
import { checkEmptyReferences } from "./check-empty-references.ts";
import { checkInputs } from "./check-inputs.ts";
import { checkKeys, checkStraySpaces } from "./check-labels.ts";
import { checkLookups } from "./check-lookups.ts";
import { checkNotes } from "./check-notes.ts";
import { checkPatterns } from "./check-patterns.ts";
import { checkRecalculation, type RecalculationOptions } from "./check-recalculation.ts";
import { checkTextValues } from "./check-text-values.ts";
import { checkTotals } from "./check-totals.ts";
import { checkTypedTotals } from "./check-typed-totals.ts";
import { checkUnits } from "./check-units.ts";
import { settleFindings } from "./settle-findings.ts";
import type { AuditFinding } from "./types.ts";

export type WorkbookAudit = {
  /** By sheet in the order of the tabs, the worst first on each. */
  readonly findings: readonly AuditFinding[];
  readonly sheets: readonly { readonly name: string; readonly cells: number; readonly formulas: number }[];
  /** What could not be looked at. */
  readonly notes: readonly string[];
};

export type AuditOptions = RecalculationOptions;

/** Looks for what is broken in a workbook. Throws what `openWorkbook` and `readSheet` throw. */
export async function auditWorkbook(bytes: Uint8Array, options: AuditOptions = {}): Promise<WorkbookAudit> {
  const { signal } = options;
  const workbook = openWorkbook(bytes);
  const sheets: { sheet: Sheet; cells: SheetCells }[] = [];
  for (const sheet of workbook.sheets) {
    if (sheet.kind !== "worksheet" || sheet.part === undefined) continue;
    sheets.push({ sheet, cells: await readSheet(workbook, sheet, signal === undefined ? {} : { signal }) });
  }
  const { definedNames, tables, externalLinks } = workbook;
  const book = auditBook({ sheets, allSheets: workbook.sheets, definedNames, tables, externalLinks });
  const found = [...checkCycles(book), ...checkStraySpaces(book), ...checkInputs(book)];
  for (const sheet of book.sheets) {
    signal?.throwIfAborted();
    found.push(...checkSheet(book, sheet));
  }
  const isBad = cellsWith(found, ["circular", "broken-reference", "error-value"]);
  const isStale = computesWhenOpened(workbook);
  if (!isStale) found.push(...(await checkRecalculation(book, isBad, options)));
  return {
    findings: settleFindings(found, book),
    sheets: sheets.map(({ cells }) => ({
      name: cells.sheet,
      cells: cells.cellCount,
      formulas: cells.formulas.count,
    })),
    notes: isStale
      ? ["stored results were not compared: the workbook asks to be calculated whenever it is opened"]
      : [],
  };
}

/** True when the workbook asks programs to calculate it on opening (`fullCalcOnLoad`; ECMA-376-1, 18.2.2). */
function computesWhenOpened({ package: opc, mainPart }: Workbook): boolean {
  const xml = new TextDecoder().decode(readPart(opc, mainPart));
  return /<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=["'](?:1|true)["']/.test(xml);
}

function checkSheet(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const broken = checkBroken(book, sheet);
  const isBroken = cellsWith(broken, ["broken-reference"]);
  return [
    ...broken,
    ...checkErrorValues(
      sheet,
      (formula) => cellsRead(book, sheet, formula),
      (row, column) => isBroken(sheet, { row, column }),
    ),
    ...checkPatterns(book, sheet),
    ...checkTotals(book, sheet),
    ...checkDoubleCount(book, sheet),
    ...checkTypedTotals(sheet),
    ...checkEmptyReferences(book, sheet),
    ...checkLookups(book, sheet),
    ...checkTextValues(book, sheet),
    ...checkUnits(sheet),
    ...checkKeys(sheet),
    ...checkNotes(book, sheet),
  ];
}

/** Cells of a formula that are looked at for an error. */
const mostCells = 2000;

function* cellsRead(
  book: AuditBook,
  own: AuditSheet,
  formula: PlacedFormula,
): Generator<{ sheet: AuditSheet; row: number; column: number }> {
  let seen = 0;
  for (const { sheet, range } of readsOf(book, own, formula)) {
    for (const { row, column } of errorCells(sheet)) {
      if (contains(range, row, column)) yield { sheet, row, column };
      if (seen++ > mostCells) return;
    }
  }
}

const errorsOf = new WeakMap<AuditSheet, { row: number; column: number }[]>();

function errorCells(sheet: AuditSheet): { row: number; column: number }[] {
  const known = errorsOf.get(sheet);
  if (known !== undefined) return known;
  const { rows, columns } = sheet.cells;
  const list = columns.flatMap(({ kinds }, column) =>
    [...kinds.keys()]
      .filter((index) => kinds[index] === CellKind.error)
      .map((index) => ({ row: rows[index]!, column })),
  );
  errorsOf.set(sheet, list);
  return list;
}

/** Tells whether a cell belongs to a finding of one of these kinds. */
function cellsWith(
  findings: readonly AuditFinding[],
  kinds: readonly AuditFinding["kind"][],
): (sheet: AuditSheet, place: { readonly row: number; readonly column: number }) => boolean {
  const ranges = new Map<string, CellRange[]>();
  for (const { kind, sheet, cells } of findings)
    if (kinds.includes(kind))
      ranges.set(sheet, [...(ranges.get(sheet) ?? []), ...cells.flatMap((each) => parseRange(each) ?? [])]);
  return (sheet, { row, column }) =>
    ranges.get(sheet.name)?.some((range) => contains(range, row, column)) ?? false;
}
