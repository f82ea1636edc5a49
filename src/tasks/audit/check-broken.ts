import type { AuditBook, AuditSheet, PlacedFormula } from "./audit-book.ts";
import { addressOf, cellList, quoted } from "./describe-cells.ts";
import type { ParsedFormula } from "./formula/parse-formula.ts";
import { shiftTo } from "./shift-to.ts";
import type { AuditFinding } from "./types.ts";

/** Formulas that refer to cells, sheets or names which are not there, one finding for all copies of a formula. */
export function checkBroken(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const known = new Map<ParsedFormula, string | undefined>();
  const groups = new Map<ParsedFormula, PlacedFormula[]>();
  const isKnownName = namesKnown(book);
  for (const formula of sheet.formulas) {
    const { parsed } = formula;
    if (!known.has(parsed)) known.set(parsed, faultOf(book, parsed, isKnownName));
    if (known.get(parsed) === undefined) continue;
    const group = groups.get(parsed) ?? [];
    group.push(formula);
    groups.set(parsed, group);
  }
  return [...groups].map(([parsed, group]) => {
    const intact = intactNeighbour(sheet, group[0]!, known);
    return {
      kind: "broken-reference",
      severity: "high",
      confidence: 0.95,
      sheet: sheet.name,
      cells: cellList(group),
      message: known.get(parsed)!,
      ...(intact !== undefined && {
        expected: { formula: shiftTo(sheet, intact, group[0]!.row, group[0]!.column) },
      }),
    };
  });
}

function namesKnown({ names, tables }: AuditBook): (name: string) => boolean {
  const known = new Set([...names, ...tables].map(({ name }) => name.toLowerCase()));
  return (name) => known.has(name.toLowerCase());
}

function faultOf(
  book: AuditBook,
  parsed: ParsedFormula,
  isKnownName: (name: string) => boolean,
): string | undefined {
  // Names of their own: LET(x,1,x+1).
  const hasOwnNames = parsed.functions.has("LET") || parsed.functions.has("LAMBDA");
  for (const token of parsed.tokens) {
    if (token.kind === "error" && token.text === "#REF!")
      return "the formula refers to cells that were deleted (#REF!)";
    const sheet = token.kind === "reference" ? token.reference.sheet : token.sheet;
    const isOutside = sheet?.includes("]") ?? false;
    const last = token.kind === "reference" ? token.reference.lastSheet : undefined;
    for (const name of [sheet, last])
      if (name !== undefined && !isOutside && !book.hasSheet(name) && token.kind === "reference")
        return `the formula refers to a sheet ${quoted(name)}, and there is none`;
    if (token.kind !== "name" || isOutside || hasOwnNames) continue;
    const lost = lostName(book, token.text);
    if (lost) return `the formula uses the name ${quoted(token.text)}, whose cells were deleted (#REF!)`;
    if (!isKnownName(token.text) && /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(token.text))
      return `the formula uses the name ${quoted(token.text)}, which is not defined`;
  }
  return undefined;
}

function lostName({ names }: AuditBook, name: string): boolean {
  const same = names.filter((each) => each.name.toLowerCase() === name.toLowerCase());
  return same.length > 0 && same.every(({ formula }) => formula.includes("#REF!"));
}

/** A formula right beside that is whole and stands in a line with another copy of itself. */
function intactNeighbour(
  sheet: AuditSheet,
  { row, column }: PlacedFormula,
  faults: ReadonlyMap<ParsedFormula, string | undefined>,
): PlacedFormula | undefined {
  for (const [rows, columns] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ] as const) {
    const near = sheet.formulaAt(row + rows, column + columns);
    const far = sheet.formulaAt(row + 2 * rows, column + 2 * columns);
    if (near !== undefined && near.parsed === far?.parsed && faults.get(near.parsed) === undefined)
      return near;
  }
  return undefined;
}

/** Cells that show an error which no other cell brought in, with how far it spreads. */
export function checkErrorValues(
  sheet: AuditSheet,
  precedentsOf: (formula: PlacedFormula) => Iterable<{ sheet: AuditSheet; row: number; column: number }>,
  isBroken: (row: number, column: number) => boolean,
): AuditFinding[] {
  const byKey = new Map<string, { row: number; column: number }[]>();
  for (let column = 0; column < sheet.columnCount; column++) {
    for (const row of errorRows(sheet, column)) {
      const formula = sheet.formulaAt(row, column);
      if (isBroken(row, column) || (formula !== undefined && isInherited(formula, precedentsOf))) continue;
      if (formula === undefined && sheet.isComputed(row, column)) continue;
      const isMeant = formula?.parsed.functions.has("NA") ?? false;
      const key = `${sheet.textAt(row, column)} ${formula === undefined} ${isMeant}`;
      const places = byKey.get(key) ?? [];
      places.push({ row, column });
      byKey.set(key, places);
    }
  }
  return [...byKey.values()].map((places) => errorFinding(sheet, places));
}

function errorRows(sheet: AuditSheet, column: number): number[] {
  const { kinds } = sheet.cells.columns[column]!;
  const list: number[] = [];
  for (let index = 0; index < kinds.length; index++)
    if (kinds[index] === 6) list.push(sheet.cells.rows[index]!);
  return list;
}

function isInherited(
  formula: PlacedFormula,
  precedentsOf: (formula: PlacedFormula) => Iterable<{ sheet: AuditSheet; row: number; column: number }>,
): boolean {
  for (const { sheet, row, column } of precedentsOf(formula))
    if (sheet.classAt(row, column) === "error") return true;
  return false;
}

function errorFinding(sheet: AuditSheet, places: { row: number; column: number }[]): AuditFinding {
  const [first] = places;
  const code = sheet.textAt(first!.row, first!.column) ?? "an error";
  const formula = sheet.formulaAt(first!.row, first!.column);
  const isMeant = formula?.parsed.functions.has("NA") ?? false;
  const isTyped = formula === undefined;
  return {
    kind: "error-value",
    severity: isMeant ? "note" : isTyped ? "medium" : "high",
    confidence: isMeant ? 0.3 : 0.8,
    sheet: sheet.name,
    cells: cellList(places),
    message: isTyped
      ? `${places.length === 1 ? "the cell holds" : `${places.length} cells hold`} the error ${code} as a value`
      : `${places.length === 1 ? "the formula" : `${places.length} formulas, the first`} in ${addressOf(first!)}${places.length === 1 ? " shows" : ", show"} ${code}, and no cell that ${places.length === 1 ? "it reads" : "they read"} does`,
  };
}
