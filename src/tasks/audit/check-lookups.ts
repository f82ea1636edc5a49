import type { CellRange } from "../../files/xlsx/types.ts";
import {
  type AuditBook,
  type AuditSheet,
  eachCell,
  type PlacedFormula,
  type Target,
  targetOf,
} from "./audit-book.ts";
import { addressOf, cellList, columnLabel, quoted } from "./describe-cells.ts";
import { callsOf, type FormulaToken, type ParsedFormula } from "./formula/parse-formula.ts";
import type { AuditFinding } from "./types.ts";

/** Keys of a looked-up range that are read. */
const mostKeys = 100_000;

/** How a lookup finds its keys. */
type Lookup = {
  readonly keys: FormulaToken;
  readonly isApproximate: boolean;
  readonly isDescending: boolean;
};

/**
 * Lookups that take the nearest key in a list which isn't sorted, that slide off their list when copied, or whose keys
 * are there twice.
 */
export function checkLookups(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const lookups = new Map<ParsedFormula, readonly Lookup[]>();
  const done = new Map<string, AuditFinding[]>();
  for (const formula of sheet.formulas) {
    const { parsed } = formula;
    if (!lookups.has(parsed)) lookups.set(parsed, lookupsOf(parsed));
    lookups.get(parsed)!.forEach((lookup, index) => {
      if (lookup.keys.kind !== "reference") return;
      const target = targetOf(book, sheet, lookup.keys.reference, formula);
      if (target === undefined) return;
      const isSliding = isSlidingList(lookup.keys, formula, sheet);
      const key = isSliding
        ? `${parsed.key} ${index}`
        : JSON.stringify([target.sheet.name, target.range, lookup.isApproximate]);
      if (!done.has(key)) done.set(key, judge(sheet, formula, lookup, target, isSliding));
    });
  }
  return [...done.values()].flat();
}

function judge(
  sheet: AuditSheet,
  formula: PlacedFormula,
  lookup: Lookup,
  target: Target,
  isSliding: boolean,
): AuditFinding[] {
  if (isSliding) return [slidingFinding(sheet, formula, target)];
  if (lookup.isApproximate) return unsortedFinding(sheet, formula, lookup, target) ?? [];
  return duplicateFinding(sheet, formula, target);
}

function lookupsOf(parsed: ParsedFormula): Lookup[] {
  return callsOf(parsed, (name) => /^(?:VLOOKUP|HLOOKUP|MATCH|LOOKUP|XLOOKUP|XMATCH)$/.test(name)).flatMap(
    ({ name, arguments: given }): Lookup[] => {
      const keys = given[1];
      if (keys?.length !== 1) return [];
      const mode = given[{ VLOOKUP: 3, HLOOKUP: 3, MATCH: 2 }[name] ?? 99];
      const text = mode?.map((token) => token.text).join("");
      if (name.startsWith("X")) return [{ keys: keys[0]!, isApproximate: false, isDescending: false }];
      // An empty last argument (`VLOOKUP(a,b,2,)`) means 0.
      if (text === "" || text === "0" || text === "FALSE")
        return [{ keys: keys[0]!, isApproximate: false, isDescending: false }];
      if (text !== undefined && !/^(?:1|TRUE|-1)$/.test(text)) return [];
      return [{ keys: keys[0]!, isApproximate: true, isDescending: text === "-1" }];
    },
  );
}

/** The key column of a table, or the key row of a wide one. */
function keyRange({ firstRow, lastRow, firstColumn, lastColumn }: CellRange, name: string): CellRange {
  const isWide = name === "HLOOKUP" || (name !== "VLOOKUP" && lastColumn - firstColumn > lastRow - firstRow);
  return isWide
    ? { firstRow, lastRow: firstRow, firstColumn, lastColumn }
    : { firstRow, lastRow, firstColumn, lastColumn: firstColumn };
}

type Key = { readonly value: number | string; readonly row: number; readonly column: number };

function keysIn(target: Target, name: string): Key[] {
  const { sheet } = target;
  const keys: Key[] = [];
  eachCell(sheet, keyRange(target.range, name), (row, column) => {
    const value = sheet.numberAt(row, column) ?? sheet.textAt(row, column)?.toLowerCase();
    if (value !== undefined && value !== "") keys.push({ value, row, column });
    return keys.length < mostKeys;
  });
  return keys;
}

function nameOf({ parsed }: PlacedFormula): string {
  return [...parsed.functions].find((name) => /LOOKUP|MATCH/.test(name)) ?? "";
}

function unsortedFinding(
  sheet: AuditSheet,
  formula: PlacedFormula,
  { isDescending }: Lookup,
  target: Target,
): AuditFinding[] | undefined {
  const keys = keysIn(target, nameOf(formula));
  // Texts and numbers are compared each among themselves; a heading on top doesn't matter.
  const numbers = keys.filter(({ value }) => typeof value === "number");
  const list =
    numbers.length * 2 >= keys.length ? numbers : keys.filter(({ value }) => typeof value === "string");
  if (list.length < 3) return undefined;
  const wrong = list.find((key, index) => {
    const before = list[index - 1];
    if (before === undefined) return false;
    return isDescending ? before.value < key.value : before.value > key.value;
  });
  if (wrong === undefined) return undefined;
  const where = target.sheet === sheet ? "" : ` on ${quoted(target.sheet.name)}`;
  return [
    {
      kind: "unsorted-lookup",
      severity: "high",
      confidence: 0.85,
      sheet: sheet.name,
      cells: [addressOf(formula)],
      message: `${nameOf(formula)} takes the nearest key because no exact match is asked for, but the keys are not sorted: ${addressOf(wrong)}${where} is out of order`,
    },
  ];
}

function duplicateFinding(sheet: AuditSheet, formula: PlacedFormula, target: Target): AuditFinding[] {
  const keys = keysIn(target, nameOf(formula));
  const seen = new Map<number | string, Key>();
  const twice = keys.filter((key) => {
    const isSeen = seen.has(key.value);
    if (!isSeen) seen.set(key.value, key);
    return isSeen;
  });
  // A list in which most keys come again is no list of keys.
  if (twice.length === 0 || twice.length * 4 > keys.length || keys.length < 4) return [];
  const first = twice[0]!;
  const isOwn = target.sheet === sheet;
  return [
    {
      kind: "duplicate-key",
      severity: "medium",
      confidence: 0.6,
      sheet: target.sheet.name,
      cells: cellList(twice),
      message: `the key ${quoted(String(first.value))} is there more than once; the lookup in ${isOwn ? "" : `${sheet.name}!`}${addressOf(formula)} finds only the first, in ${addressOf(seen.get(first.value)!)}`,
    },
  ];
}

/** A list of keys that moves with each copy of the formula, of which there is one right beside. */
function isSlidingList(keys: FormulaToken, formula: PlacedFormula, sheet: AuditSheet): boolean {
  if (keys.kind !== "reference" || keys.reference.shape !== "range") return false;
  const { first, last } = keys.reference;
  const isTall = last.row - first.row >= 2;
  if (!isTall || first.isRowFixed || last.isRowFixed) return false;
  return [1, -1].some((by) => sheet.formulaAt(formula.row + by, formula.column)?.parsed === formula.parsed);
}

function slidingFinding(sheet: AuditSheet, formula: PlacedFormula, { range }: Target): AuditFinding {
  const places = sheet.formulas.filter(
    ({ parsed, column }) => parsed === formula.parsed && column === formula.column,
  );
  return {
    kind: "loose-anchor",
    severity: "high",
    confidence: 0.8,
    sheet: sheet.name,
    cells: cellList(places),
    message: `the list that the formula looks up moves down a row with every copy, as its rows ${range.firstRow} to ${range.lastRow} have no dollar signs: the last copies miss the first keys in ${columnLabel(range.firstColumn)}`,
  };
}
