import { FileDamagedError, RoundTripError } from "../../../errors.ts";
import { readPart } from "../../opc/opc-package.ts";
import type { PartBench } from "../../opc/part-bench.ts";
import { decodePart } from "../../opc/part-text.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { type NamespaceScope, rootScope } from "../../xml/namespaces.ts";
import { formatAddress } from "../address.ts";
import { openWorkbook } from "../open-workbook.ts";
import { cellFormula, cellValue } from "../read/cell-value.ts";
import { readComments } from "../read/comments.ts";
import { sourceText } from "../read/markup.ts";
import type { SheetCells, Workbook } from "../types.ts";
import { allStyles, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { stateOf } from "./draft-set-cell.ts";
import { type RowIndex, rowsNumbered } from "./index-rows.ts";
import { type RowSource, readRows } from "./read-rows.ts";
import { aroundTree, locateRows } from "./sheet-xml.ts";

/** A sheet as it is about to be written, in UTF-8. */
export type WrittenSheet = {
  readonly sheet: SheetDraft;
  readonly around: string;
  readonly bytes: Uint8Array;
  readonly bytesTouched: number;
};

export type WrittenWorkbook = {
  readonly bytes: Uint8Array;
  readonly bench: PartBench;
  readonly written: readonly WrittenSheet[];
};

/**
 * Checks a workbook before it is given out, by the code that reads workbooks and not by the code that wrote it: what
 * was written is well formed, rows that were not touched are the same bytes, cells that were set read as intended and
 * their neighbours as before, and all sheets and tables are there. Throws `RoundTripError`.
 */
export function verifyWorkbook(draft: WorkbookDraft, { bytes, bench, written }: WrittenWorkbook): void {
  for (const [name, { text }] of [...bench.replaced, ...bench.added]) {
    if (text !== "" && !name.endsWith(".vml")) checkPart(draft, bench, name, text);
  }
  const after = openWorkbook(bytes, { limits: draft.workbook.package.limits });
  verifySheetList(draft, after);
  for (const each of written) verifySheet(draft, after, each);
  verifyComments(draft, after);
}

function failure(what: string): RoundTripError {
  return new RoundTripError(`the check of the written workbook found ${what}; nothing was written`, {
    hint: "This is a fault of Tandem's. Please report it with the file if you can share it.",
  });
}

function checkPart({ workbook }: WorkbookDraft, bench: PartBench, name: string, text: string): void {
  const original = bench.added.has(name)
    ? undefined
    : decodePart(readPart(workbook.package, name), name).text;
  checkWellFormed(withoutProlog(text), rootScope, original && withoutProlog(original), name);
}

/** What was broken before an edit is a fault of the file, and what was not is one of ours. */
function checkWellFormed(
  text: string,
  scope: NamespaceScope,
  original: string | undefined,
  what: string,
): void {
  try {
    assertWellFormed(text, scope);
  } catch (cause) {
    if (original === undefined) throw cause;
    try {
      assertWellFormed(original, scope);
    } catch {
      throw new FileDamagedError(`${what} is not well-formed XML; nothing was written`, {
        cause,
        hint: "Open the workbook in Excel and save it again.",
      });
    }
    throw cause;
  }
}

function withoutProlog(text: string): string {
  return text.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, "");
}

function verifySheetList(draft: WorkbookDraft, after: Workbook): void {
  const { workbook, newSheets } = draft;
  const fresh = new Map(newSheets.map(({ sheet }) => [sheet.name, sheet.part]));
  const shown = ({ name, part, state, kind }: Workbook["sheets"][number]): string =>
    JSON.stringify([name, part?.toLowerCase(), state, kind]);
  const kept = after.sheets.filter(
    ({ name, part }) => fresh.get(name) === undefined || fresh.get(name) !== part,
  );
  if (kept.map(shown).join() !== workbook.sheets.map(shown).join()) throw failure("another list of sheets");
  if (after.sheets.length !== workbook.sheets.length + fresh.size) throw failure("a sheet missing");
  const names = (of: Workbook): string =>
    JSON.stringify(of.definedNames.map(({ name, sheet, formula }) => [name, sheet, formula]));
  if (names(after) !== names(workbook)) throw failure("that a defined name means something else");
  const before = allStyles(draft);
  const isSame = (index: number): boolean =>
    JSON.stringify(after.styles[index]) === JSON.stringify(before[index] ?? after.styles[index]);
  if (!before.every((_, index) => isSame(index))) throw failure("that a cell format means something else");
  for (const { name, sheet, range } of workbook.tables) {
    const same = after.tables.find((each) => each.name === name && each.sheet === sheet);
    if (JSON.stringify(same?.range) !== JSON.stringify(range)) throw failure(`that the table ${name} moved`);
  }
}

function verifySheet(draft: WorkbookDraft, after: Workbook, { sheet, around, bytes }: WrittenSheet): void {
  const written = locateRows(bytes, sheet.part);
  if (
    written.around.replace(/<([\w:]*sheetData)([^>]*)\/>/, "<$1$2></$1>") !==
    around.replace(/<([\w:]*sheetData)([^>]*)\/>/, "<$1$2></$1>")
  )
    throw failure(`other XML around the rows of ${sheet.name}`);
  const original = sheet.isNew ? undefined : withoutProlog(sheet.xml.around);
  checkWellFormed(withoutProlog(written.around), rootScope, original, sheet.name);
  const { tree, sheetData } = aroundTree(written.around);
  const scope = tree.scopes[tree.scope[sheetData]!]!;
  checkUntouched(sheet, written);
  checkRows(sheet, written, scope);
  const source: RowSource = sheet.xml;
  const before = readRows(draft.workbook, source, touchedPositions(sheet, source.rows), allStyles(draft));
  const now = readRows(after, written, touchedPositions(sheet, written.rows), after.styles);
  compareCells(sheet, before, now);
}

/** Our comments are there, and all that were there before. */
function verifyComments({ workbook, comments }: WorkbookDraft, after: Workbook): void {
  for (const name of new Set(comments.map(({ sheet }) => sheet))) {
    const read = (of: Workbook): string[] => {
      const sheet = of.sheets.find((each) => each.name === name);
      const found = sheet === undefined ? [] : readComments(of, sheet);
      return found.map(({ row, column, text, isThreaded }) =>
        JSON.stringify([row, column, text, isThreaded]),
      );
    };
    const ours = comments
      .filter(({ sheet }) => sheet === name)
      .map(({ row, column, text, isThreaded }) => JSON.stringify([row, column, text, isThreaded]));
    const wanted = [...read(workbook), ...ours].sort();
    if (JSON.stringify(read(after).sort()) !== JSON.stringify(wanted))
      throw failure(`other comments on ${name} than there should be`);
  }
}

/** All rows are read when a shared formula moved, because formulas far away depend on it. */
function touchedPositions(sheet: SheetDraft, rows: RowIndex): number[] {
  if (sheet.hasReleased || sheet.isNew) return Array.from({ length: rows.count }, (_, position) => position);
  return [...sheet.writes.keys()].flatMap((row) => rowsNumbered(rows, row));
}

function checkRows(sheet: SheetDraft, written: RowSource, scope: NamespaceScope): void {
  const text = ({ bytes, rows }: RowSource, position: number): string =>
    sourceText(bytes, rows.starts[position]!, rows.ends[position]!);
  for (const row of sheet.writes.keys()) {
    const [old] = rowsNumbered(sheet.xml.rows, row);
    const original = old === undefined ? undefined : text(sheet.xml, old);
    for (const position of rowsNumbered(written.rows, row))
      checkWellFormed(text(written, position), scope, original, `row ${row} of ${sheet.name}`);
  }
}

/** Every row without a change stands there with its bytes, in the same order, and only rows that were set are new. */
function checkUntouched(sheet: SheetDraft, written: RowSource): void {
  const old = sheet.xml;
  let index = 0;
  for (let position = 0; position < written.rows.count; position++) {
    const number = written.rows.numbers[position]!;
    if (index < old.rows.count && old.rows.numbers[index] === number) {
      if (!sheet.writes.has(number) && !isSameRow(old, index, written, position))
        throw failure(`a change in row ${number} of ${sheet.name}`);
      index++;
    } else if (!sheet.writes.has(number)) throw failure(`another row ${number} in ${sheet.name}`);
  }
  if (index < old.rows.count) throw failure(`that row ${old.rows.numbers[index]} of ${sheet.name} is gone`);
}

function isSameRow(a: RowSource, left: number, b: RowSource, right: number): boolean {
  const [from, to] = [a.rows.starts[left]!, b.rows.starts[right]!];
  const length = a.rows.ends[left]! - from;
  if (b.rows.ends[right]! - to !== length) return false;
  for (let index = 0; index < length; index++)
    if (a.bytes[from + index] !== b.bytes[to + index]) return false;
  return true;
}

/** Cells that were set read as intended, all others as before, formulas and formats included. */
function compareCells(sheet: SheetDraft, before: SheetCells, now: SheetCells): void {
  const width = Math.max(before.columns.length, now.columns.length, ...columnsSet(sheet));
  // Rows that were read for their shared formulas alone are not compared: both sides may need other ones.
  const isWhole = sheet.hasReleased || sheet.isNew;
  const rows = isWhole ? new Set([...before.rows, ...now.rows]) : sheet.writes.keys();
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      const write = sheet.writes.get(row)?.get(column);
      const wanted = write?.kind === "content" ? stateOf(write.content) : stateAt(before, row, column);
      const got = stateAt(now, row, column);
      if (!isSameState(wanted, got, write !== undefined))
        throw failure(
          `${sheet.name}!${formatAddress(row, column)} reads ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`,
        );
    }
  }
}

function columnsSet(sheet: SheetDraft): number[] {
  return [...sheet.writes.values()].flatMap((writes) => [...writes.keys()].map((column) => column + 1));
}

type ReadState = { readonly value?: unknown; readonly formula?: string };

function stateAt(cells: SheetCells, row: number, column: number): ReadState {
  const value = cellValue(cells, row, column);
  const formula = cellFormula(cells, row, column);
  return { ...(value === undefined ? {} : { value }), ...(formula === undefined ? {} : { formula }) };
}

function isSameState(wanted: ReadState, got: ReadState, isSet: boolean): boolean {
  if (wanted.formula !== got.formula) return false;
  if (JSON.stringify(wanted.value) === JSON.stringify(got.value)) return true;
  // A number in a date's format reads as a date.
  const { value } = got;
  return (
    isSet &&
    typeof wanted.value === "number" &&
    typeof value === "object" &&
    value !== null &&
    "serial" in value &&
    value.serial === wanted.value
  );
}
