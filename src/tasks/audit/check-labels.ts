import { CellKind } from "../../files/xlsx/types.ts";
import type { AuditBook, AuditSheet } from "./audit-book.ts";
import { type ColumnRun, columnRuns } from "./column-runs.ts";
import { addressOf, cellList, counted, quoted } from "./describe-cells.ts";
import type { AuditFinding } from "./types.ts";

type Place = { readonly row: number; readonly column: number };

/** Labels with spaces around them that stand elsewhere without: a lookup doesn't see that they are the same. */
export function checkStraySpaces(book: AuditBook): AuditFinding[] {
  const known = new Set<string>();
  for (const sheet of book.sheets) eachTypedText(sheet, (text) => known.add(text));
  const matches = /^(?:VLOOKUP|HLOOKUP|XLOOKUP|LOOKUP|MATCH|XMATCH|SUMIFS?|COUNTIFS?|AVERAGEIFS?)$/;
  const isMatched = book.sheets.some(({ formulas }) =>
    formulas.some(({ parsed }) => [...parsed.functions].some((name) => matches.test(name))),
  );
  return book.sheets.flatMap((sheet) => {
    const places: Place[] = [];
    eachTypedText(sheet, (text, row, column) => {
      const bare = trimmed(text);
      if (bare === text || bare.length < 2 || bare.length > 60 || !known.has(bare) || text.includes("\n"))
        return;
      places.push({ row, column });
    });
    return places.length === 0 ? [] : [spacesFinding(sheet, places, isMatched)];
  });
}

function trimmed(text: string): string {
  return text.replaceAll(/^[\s\u00a0]+|[\s\u00a0]+$/g, "");
}

function eachTypedText(
  { cells, isComputed }: AuditSheet,
  visit: (text: string, row: number, column: number) => void,
): void {
  cells.columns.forEach(({ kinds, values }, column) => {
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index];
      if (kind !== CellKind.sharedString && kind !== CellKind.inlineString) continue;
      const row = cells.rows[index]!;
      if (!isComputed(row, column)) visit(cells.strings[values[index]!]!, row, column);
    }
  });
}

function spacesFinding(sheet: AuditSheet, places: readonly Place[], isMatched: boolean): AuditFinding {
  const first = places[0]!;
  const text = sheet.textAt(first.row, first.column)!;
  return {
    kind: "stray-spaces",
    severity: isMatched ? "low" : "note",
    confidence: isMatched ? 0.6 : 0.3,
    sheet: sheet.name,
    cells: cellList(places),
    message: `${counted(places.length, "label")} with spaces at an end, ${quoted(text)}${places.length === 1 ? "" : " for one"}, and the same stands elsewhere without: lookups and conditions don't match them`,
    expected: { value: trimmed(text) },
  };
}

const keyHeading =
  /(?:^|[\s_#-])(?:id|key|sku|iban|isbn|ean|code|nr\.?|no\.?|number|nummer|numéro|número)$|^(?:id|key|sku)\b|#$/i;

/** Columns headed as keys in which nearly all values differ and a few don't. */
export function checkKeys(sheet: AuditSheet): AuditFinding[] {
  const found: AuditFinding[] = [];
  for (let column = 0; column < sheet.columnCount; column++)
    for (const run of columnRuns(sheet, column, 11)) {
      const finding = keyFinding(sheet, run);
      if (finding !== undefined) found.push(finding);
    }
  return found;
}

function keyFinding(sheet: AuditSheet, { column, firstRow, lastRow }: ColumnRun): AuditFinding | undefined {
  const heading = sheet.textAt(firstRow, column)?.trim() ?? "";
  if (heading.length > 40 || !keyHeading.test(heading)) return undefined;
  const seen = new Map<number | string, Place>();
  const twice: Place[] = [];
  for (let row = firstRow + 1; row <= lastRow; row++) {
    if (sheet.isComputed(row, column)) return undefined;
    const value = sheet.numberAt(row, column) ?? sheet.textAt(row, column)?.trim().toLowerCase();
    if (value === undefined || value === "") continue;
    if (seen.has(value)) twice.push({ row, column });
    else seen.set(value, { row, column });
  }
  if (twice.length === 0 || twice.length * 20 > seen.size) return undefined;
  const value = sheet.numberAt(twice[0]!.row, column) ?? sheet.textAt(twice[0]!.row, column)!.trim();
  const first = seen.get(typeof value === "string" ? value.toLowerCase() : value)!;
  return {
    kind: "duplicate-key",
    severity: "medium",
    confidence: 0.6,
    sheet: sheet.name,
    cells: cellList([...twice, first]),
    message: `under ${quoted(heading)} nearly every value is there once, but ${quoted(String(value))} again, after ${addressOf(first)}`,
  };
}
