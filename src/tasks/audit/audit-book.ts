import { storedRowFrom } from "../../files/tables/stored-rows.ts";
import { contains } from "../../files/xlsx/address.ts";
import { storedRowIndex } from "../../files/xlsx/read/cell-value.ts";
import {
  CellKind,
  type CellRange,
  type CellStyle,
  type DefinedName,
  type Sheet,
  type SheetCells,
  type SheetTable,
} from "../../files/xlsx/types.ts";
import {
  cellsMeant,
  type ParsedFormula,
  parseFormula,
  type RelativeReference,
} from "./formula/parse-formula.ts";

/** What a cell is to a formula that reads it. A formula without a stored result counts as a number. */
export type CellClass = "empty" | "number" | "text" | "boolean" | "error";

/** A formula in its cell; row from 1, column from 0. */
export type PlacedFormula = {
  readonly row: number;
  readonly column: number;
  readonly parsed: ParsedFormula;
};

/** One sheet as the checks look at it. Rows count from 1, columns from 0. */
export type AuditSheet = {
  readonly name: string;
  readonly state: Sheet["state"];
  readonly cells: SheetCells;
  readonly tables: readonly SheetTable[];
  /** In order of rows and columns. */
  readonly formulas: readonly PlacedFormula[];
  readonly lastRow: number;
  readonly columnCount: number;
  readonly formulaAt: (row: number, column: number) => PlacedFormula | undefined;
  /** True for formulas and for cells that an array formula or a data table fills. */
  readonly isComputed: (row: number, column: number) => boolean;
  readonly classAt: (row: number, column: number) => CellClass;
  /** Of numbers and dates, typed or computed. */
  readonly numberAt: (row: number, column: number) => number | undefined;
  /** Of texts and errors. */
  readonly textAt: (row: number, column: number) => string | undefined;
  readonly styleAt: (row: number, column: number) => CellStyle | undefined;
};

/** A workbook as the checks look at it. */
export type AuditBook = {
  readonly sheets: readonly AuditSheet[];
  readonly names: readonly DefinedName[];
  readonly tables: readonly SheetTable[];
  readonly externalLinks: readonly string[];
  readonly sheetNamed: (name: string) => AuditSheet | undefined;
  /** True also for sheets without cells (charts). */
  readonly hasSheet: (name: string) => boolean;
};

export type BookParts = {
  readonly sheets: readonly { readonly sheet: Sheet; readonly cells: SheetCells }[];
  readonly allSheets: readonly Sheet[];
  readonly definedNames: readonly DefinedName[];
  readonly tables: readonly SheetTable[];
  readonly externalLinks: readonly string[];
};

/** Parses every formula once; copies of a formula share what was parsed. */
export function auditBook({ sheets, allSheets, definedNames, tables, externalLinks }: BookParts): AuditBook {
  const shared = new Map<string, ParsedFormula>();
  const ready = sheets.map(({ sheet, cells }) =>
    auditSheet(
      sheet,
      cells,
      tables.filter((table) => table.sheet === sheet.name),
      shared,
    ),
  );
  const byName = new Map(ready.map((sheet) => [sheet.name.toLowerCase(), sheet]));
  const names = new Set(allSheets.map(({ name }) => name.toLowerCase()));
  return {
    sheets: ready,
    names: definedNames,
    tables,
    externalLinks,
    sheetNamed: (name) => byName.get(name.toLowerCase()),
    hasSheet: (name) => names.has(name.toLowerCase()),
  };
}

function auditSheet(
  { name, state }: Sheet,
  cells: SheetCells,
  tables: readonly SheetTable[],
  shared: Map<string, ParsedFormula>,
): AuditSheet {
  const formulas = placedFormulas(cells, shared);
  const { rows, columns, strings, styles } = cells;
  const filled = cells.formulas.filled.map(({ range }) => range);
  const isFilled = (row: number, column: number): boolean =>
    filled.some((range) => contains(range, row, column));
  const formulaAt = (row: number, column: number): PlacedFormula | undefined =>
    formulas[cells.formulas.indexAt(row, column)];
  const placeAt = (row: number, column: number): { index: number; kind: number } => {
    const index = columns[column] === undefined ? -1 : storedRowIndex(cells, row);
    return { index, kind: index < 0 ? CellKind.empty : (columns[column]!.kinds[index] ?? CellKind.empty) };
  };
  const valueAt = (row: number, column: number, isWanted: (kind: number) => boolean): number | undefined => {
    const { index, kind } = placeAt(row, column);
    return isWanted(kind) ? columns[column]!.values[index] : undefined;
  };
  const stringAt = (row: number, column: number): string | undefined => {
    const index = valueAt(row, column, (kind) => classOfKind[kind] === "text" || kind === CellKind.error);
    return index === undefined ? undefined : strings[index];
  };
  return {
    name,
    state,
    cells,
    tables,
    formulas,
    lastRow: rows.at(-1) ?? 0,
    columnCount: columns.length,
    formulaAt,
    isComputed: (row, column) => formulaAt(row, column) !== undefined || isFilled(row, column),
    classAt: (row, column) => {
      const { kind } = placeAt(row, column);
      if (kind === CellKind.empty) return formulaAt(row, column) === undefined ? "empty" : "number";
      return classOfKind[kind]!;
    },
    numberAt: (row, column) =>
      valueAt(row, column, (kind) => kind === CellKind.number || kind === CellKind.date),
    textAt: stringAt,
    styleAt: (row, column) => {
      const { index } = placeAt(row, column);
      const style = index < 0 ? undefined : columns[column]!.styles[index];
      return style === undefined ? undefined : styles[style];
    },
  };
}

const classOfKind: Readonly<Record<number, CellClass>> = {
  [CellKind.empty]: "empty",
  [CellKind.number]: "number",
  [CellKind.date]: "number",
  [CellKind.sharedString]: "text",
  [CellKind.inlineString]: "text",
  [CellKind.formulaString]: "text",
  [CellKind.boolean]: "boolean",
  [CellKind.error]: "error",
};

function placedFormulas(cells: SheetCells, shared: Map<string, ParsedFormula>): PlacedFormula[] {
  const { count, rows, columns, text } = cells.formulas;
  return Array.from({ length: count }, (_, index) => {
    const [row, column] = [rows[index]!, columns[index]!];
    const parsed = parseFormula(text(index), row, column);
    const known = shared.get(parsed.key);
    if (known === undefined) shared.set(parsed.key, parsed);
    return { row, column, parsed: known ?? parsed };
  });
}

/** Where a reference points: a sheet that is read here, and the cells on it that can hold something. */
export type Target = { readonly sheet: AuditSheet; readonly range: CellRange };

/** Undefined for other files, several sheets at once, missing sheets, and what leaves the sheet. */
export function targetOf(
  book: AuditBook,
  own: AuditSheet,
  reference: RelativeReference,
  { row, column }: { readonly row: number; readonly column: number },
): Target | undefined {
  if (reference.isExternal || reference.lastSheet !== undefined) return undefined;
  const sheet = reference.sheet === undefined ? own : book.sheetNamed(reference.sheet);
  const range = cellsMeant(reference, row, column);
  return sheet === undefined || range === undefined ? undefined : { sheet, range };
}

/** The stored cells of a range by row and column; `visit` returning false ends it. */
export function eachCell(
  { cells, columnCount }: AuditSheet,
  range: CellRange,
  visit: (row: number, column: number) => boolean | undefined,
): void {
  const { rows } = cells;
  const lastColumn = Math.min(range.lastColumn, columnCount - 1);
  for (let index = storedRowFrom(cells, range.firstRow); index < rows.length; index++) {
    const row = rows[index]!;
    if (row > range.lastRow) return;
    for (let column = range.firstColumn; column <= lastColumn; column++)
      if (visit(row, column) === false) return;
  }
}

/** The formulas within a range. */
export function eachFormula(
  { formulas, cells }: AuditSheet,
  range: CellRange,
  visit: (formula: PlacedFormula) => void,
): void {
  for (let index = storedRowFrom(cells.formulas, range.firstRow); index < formulas.length; index++) {
    const formula = formulas[index]!;
    if (formula.row > range.lastRow) return;
    if (contains(range, formula.row, formula.column)) visit(formula);
  }
}
