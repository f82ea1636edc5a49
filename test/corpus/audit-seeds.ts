import {
  CellKind,
  cellFormula,
  formatAddress,
  openWorkbook,
  planWorkbookChanges,
  readSheet,
  type Sheet,
  type SheetCells,
  type WorkbookChange,
} from "../../src/files/index.ts";
import { quoteSheetName } from "../../src/files/xlsx/write/formula-text.ts";
import {
  type AuditBook,
  type AuditSheet,
  auditBook,
  type PlacedFormula,
} from "../../src/tasks/audit/audit-book.ts";
import type { AuditKind } from "../../src/tasks/audit/types.ts";

const options = { author: "Seeds", date: "2026-01-31T09:00:00Z" };

/** The sheet of formulas that workbooks with too few of their own get. */
export const addedSheet = "Added block";

/** A defect put into a workbook: the file with it, where it is, and the kinds of finding that name it. */
export type Seeded = {
  readonly seed: string;
  readonly bytes: Uint8Array;
  readonly sheet: string;
  readonly cells: readonly string[];
  readonly kinds: readonly AuditKind[];
};

/** A number from 0 to below `count` that follows from the text. */
function draw(text: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % count;
}

async function readBook(bytes: Uint8Array): Promise<AuditBook> {
  const workbook = openWorkbook(bytes);
  const sheets: { sheet: Sheet; cells: SheetCells }[] = [];
  for (const sheet of workbook.sheets)
    if (sheet.kind === "worksheet" && sheet.part !== undefined)
      sheets.push({ sheet, cells: await readSheet(workbook, sheet) });
  const { definedNames, tables, externalLinks } = workbook;
  return auditBook({ sheets, allSheets: workbook.sheets, definedNames, tables, externalLinks });
}

type Place = { readonly sheet: AuditSheet; readonly row: number; readonly column: number };

function typedNumbers({ sheets }: AuditBook): Place[] {
  return sheets.flatMap((sheet) =>
    [...sheet.cells.rows].flatMap((row) =>
      sheet.cells.columns.flatMap((_, column) =>
        isTypedNumber(sheet, row, column) ? [{ sheet, row, column }] : [],
      ),
    ),
  );
}

function isTypedNumber(sheet: AuditSheet, row: number, column: number): boolean {
  const index = sheet.cells.rows.indexOf(row);
  if (index < 0 || sheet.cells.columns[column]?.kinds[index] !== CellKind.number) return false;
  const kind = sheet.styleAt(row, column)?.formatKind ?? "general";
  return !sheet.isComputed(row, column) && !/^(?:date|time|timestamp)$/.test(kind);
}

/**
 * The workbook with enough formulas to break: itself, or with a sheet that computes from up to eight of its numbers.
 * Undefined when it has too few numbers, or when no sheet can be added.
 */
export async function withFormulas(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const book = await readBook(bytes);
  const hasEnough = overwritable(book).length >= 3 && shortenable(book).length >= 1;
  const numbers = typedNumbers(book);
  if (hasEnough) return bytes;
  if (numbers.length === 0) return undefined;
  // Where there are fewer than four they come again.
  const taken = Array.from(
    { length: Math.min(8, Math.max(4, numbers.length)) },
    (_, by) => numbers[by % numbers.length]!,
  );
  const rows = taken.map(({ sheet, row, column }, index) => {
    const value = sheet.numberAt(row, column)!;
    const own = index + 2;
    return [
      `Item ${index + 1}`,
      { formula: `${quoteSheetName(sheet.name)}!${formatAddress(row, column)}`, cached: value },
      { formula: `B${own}*1.2`, cached: value * 1.2 },
      { formula: `C${own}-B${own}`, cached: value * 1.2 - value },
    ];
  });
  const last = rows.length + 1;
  const total = ["B", "C", "D"].map((letter) => ({ formula: `SUM(${letter}2:${letter}${last})` }));
  const change: WorkbookChange = {
    kind: "add-sheet",
    name: addedSheet,
    rows: [["Item", "Value", "Raised", "Difference"], ...rows, ["Total", ...total]],
  };
  return apply(bytes, change);
}

function apply(bytes: Uint8Array, ...changes: WorkbookChange[]): Uint8Array | undefined {
  const plan = planWorkbookChanges(openWorkbook(bytes), changes, options);
  return plan.refused.length > 0 ? undefined : plan.save().bytes;
}

/** Formulas in a row or column of at least three that are copies of each other. */
function overwritable({ sheets }: AuditBook): (Place & { readonly formula: PlacedFormula })[] {
  return sheets.flatMap((sheet) =>
    sheet.formulas.flatMap((formula) => {
      const { row, column, parsed } = formula;
      const isSame = (rows: number, columns: number): boolean =>
        row + rows >= 1 &&
        column + columns >= 0 &&
        sheet.formulaAt(row + rows, column + columns)?.parsed === parsed;
      const isInLine = (rows: number, columns: number): boolean =>
        (isSame(-rows, -columns) && isSame(rows, columns)) ||
        (isSame(rows, columns) && isSame(2 * rows, 2 * columns)) ||
        (isSame(-rows, -columns) && isSame(-2 * rows, -2 * columns));
      const isNumber = sheet.classAt(row, column) === "number" && parsed.references.length > 0;
      return isNumber && (isInLine(1, 0) || isInLine(0, 1)) ? [{ sheet, row, column, formula }] : [];
    }),
  );
}

type Shortenable = Place & {
  readonly formula: string;
  readonly shortened: string;
  readonly extended: string;
};

/** Sums of at least three cells of their own column or row that they stand behind, with a number at either end. */
function shortenable({ sheets }: AuditBook): Shortenable[] {
  return sheets.flatMap((sheet) =>
    sheet.formulas.flatMap(({ row, column }) => {
      const formula = cellFormula(sheet.cells, row, column)!;
      const match = /^SUM\((\$?[A-Z]{1,3})(\$?)(\d+):(\$?[A-Z]{1,3})(\$?)(\d+)\)$/.exec(formula);
      if (match === null) return [];
      const [, left = "", firstFixed = "", first = "", right = "", lastFixed = "", last = ""] = match;
      const own = formatAddress(1, column).slice(0, -1);
      const isOwnColumn =
        left.replace("$", "") === own && right.replace("$", "") === own && Number(last) < row;
      if (!isOwnColumn || Number(last) - Number(first) < 2) return [];
      const dropsLast = draw(`${sheet.name} ${row} ${column}`, 2) === 0;
      const dropped = dropsLast ? Number(last) : Number(first);
      if (sheet.classAt(dropped, column) !== "number") return [];
      const range = (from: number, to: number): string =>
        `SUM(${left}${firstFixed}${from}:${right}${lastFixed}${to})`;
      return [
        {
          sheet,
          row,
          column,
          formula,
          shortened: dropsLast
            ? range(Number(first), Number(last) - 1)
            : range(Number(first) + 1, Number(last)),
          extended: range(Number(first), row),
        },
      ];
    }),
  );
}

/** Up to three typed numbers below each other, in a run of at least four. */
function textable(book: AuditBook): Place[] {
  return typedNumbers(book).filter(
    ({ sheet, row, column }) =>
      [1, 2, 3].every((by) => isTypedNumber(sheet, row + by, column)) ||
      [-2, -1, 1].every((by) => isTypedNumber(sheet, row + by, column)),
  );
}

/** Each kind of defect once, where the workbook has a place for it. */
export async function seedDefects(name: string, bytes: Uint8Array): Promise<Seeded[]> {
  const book = await readBook(bytes);
  const seeds = [
    firstOf(bytes, `${name} number`, overwritable(book), (place) => ({
      seed: "number over a formula",
      kinds: ["hard-coded", "typed-total"],
      ...setOne(place, Math.round((place.sheet.numberAt(place.row, place.column) ?? 90) * 137 + 100) / 100),
    })),
    firstOf(bytes, `${name} total`, shortenable(book), (place) => ({
      seed: "total misses a row",
      kinds: ["total-misses-rows", "pattern-break"],
      ...setOne(place, { formula: place.shortened }),
    })),
    firstOf(bytes, `${name} text`, textable(book), ({ sheet, row, column }) => {
      const count = [1, 2].filter((by) => isTypedNumber(sheet, row + by, column)).length;
      const rows = Array.from(
        { length: 1 + draw(`${name} texts`, Math.min(3, count + 1)) },
        (_, by) => row + by,
      );
      return {
        seed: "numbers as text",
        kinds: ["text-number"],
        sheet: sheet.name,
        changes: rows.map((each) => ({
          kind: "set-cell",
          sheet: sheet.name,
          cell: formatAddress(each, column),
          value: String(sheet.numberAt(each, column)!),
        })),
      };
    }),
    firstOf(bytes, `${name} broken`, overwritable(book), (place) => ({
      seed: "broken reference",
      kinds: ["broken-reference"],
      ...setOne(place, { formula: textOf(place).replace(reference, "#REF!") }),
    })),
    firstOf(bytes, `${name} self`, overwritable(book), (place) => ({
      seed: "self reference",
      kinds: ["circular"],
      ...setOne(place, { formula: textOf(place).replace(reference, formatAddress(place.row, place.column)) }),
    })),
  ];
  return seeds.flatMap((each) => each ?? []);
}

/** The first reference of a formula, with its sheet. */
const reference =
  /(?:(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(])|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})/;

function textOf({ sheet, row, column }: Place): string {
  return cellFormula(sheet.cells, row, column)!;
}

function setOne(
  { sheet, row, column }: Place,
  value: number | { formula: string },
): { sheet: string; changes: WorkbookChange[] } {
  const cell = formatAddress(row, column);
  return { sheet: sheet.name, changes: [{ kind: "set-cell", sheet: sheet.name, cell, value }] };
}

type Recipe = {
  readonly seed: string;
  readonly kinds: readonly AuditKind[];
  readonly sheet: string;
  readonly changes: readonly WorkbookChange[];
};

/** The defect at the first place from a drawn one on that the writer takes. */
function firstOf<Each>(
  bytes: Uint8Array,
  seed: string,
  places: readonly Each[],
  recipe: (place: Each) => Recipe,
): Seeded | undefined {
  for (let by = 0; by < Math.min(places.length, 20); by++) {
    const place = places[(draw(seed, places.length) + by) % places.length]!;
    const made = recipe(place);
    const broken = made.changes.flatMap((each) => (each.kind === "set-cell" ? [each] : []));
    const seeded = apply(bytes, ...broken);
    if (seeded === undefined) continue;
    return {
      seed: made.seed,
      kinds: made.kinds,
      sheet: made.sheet,
      bytes: seeded,
      cells: broken.map(({ cell }) => cell),
    };
  }
  return undefined;
}
