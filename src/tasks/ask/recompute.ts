import { CellKind, parseAddress, type SheetCells } from "../../files/index.ts";
import { storedRowFrom } from "../../files/tables/stored-rows.ts";
import type { CellsRead } from "./formula-reads.ts";

/** What the engine made of a formula: a value, an error (`#DIV/0!`), or nothing, as it doesn't know a function in it. */
export type RecomputedValue =
  | { readonly kind: "value"; readonly value: number | string | boolean }
  | { readonly kind: "error"; readonly text: string }
  | { readonly kind: "unknown"; readonly text: string };

type Engine = typeof import("@ironcalc/wasm");
type Model = InstanceType<Engine["Model"]>;
type Formula = { readonly sheet: string; readonly cell: string; readonly formula: string };

/**
 * Computes formulas by IronCalc from the cells in `areas`. Throws what the engine throws. `wasm` is its program; without
 * it the package fetches its own, which only browsers can.
 */
export async function recompute(
  formulas: readonly Formula[],
  areas: readonly CellsRead[],
  sheets: readonly SheetCells[],
  wasm?: BufferSource | WebAssembly.Module,
): Promise<RecomputedValue[]> {
  const engine = await import("@ironcalc/wasm");
  await engine.default(wasm === undefined ? undefined : { module_or_path: wasm });
  const model = new engine.Model("book", "en", "UTC", "en");
  try {
    model.pauseEvaluation();
    const indexes = addSheets(model, [...areas, ...formulas]);
    const indexOf = (sheet: string): number => indexes.get(sheet.toLowerCase())!;
    for (const area of areas) {
      const cells = cellsOf(area, sheets);
      if (cells !== undefined) copyCells(model, indexOf(area.sheet), area, cells);
    }
    const places = formulas.map(({ sheet, cell }) => ({ sheet: indexOf(sheet), ...placeOf(cell) }));
    formulas.forEach(({ formula }, index) => {
      const { sheet, row, column } = places[index]!;
      model.setUserInput(sheet, row, column, `=${formula}`);
    });
    model.resumeEvaluation();
    model.evaluate();
    return places.map((place) => readValue(model, place));
  } finally {
    model.free();
  }
}

/** Number of cells that hold something in these areas. */
export function countCells(areas: readonly CellsRead[], sheets: readonly SheetCells[]): number {
  let count = 0;
  for (const area of areas) {
    const cells = cellsOf(area, sheets);
    if (cells !== undefined) eachCell(area, cells, () => count++);
  }
  return count;
}

/** Rows and columns from 1, as the engine counts. */
type Place = { readonly sheet: number; readonly row: number; readonly column: number };

function placeOf(cell: string): { row: number; column: number } {
  const { row, column } = parseAddress(cell)!;
  return { row, column: column + 1 };
}

function addSheets(model: Model, named: readonly { readonly sheet: string }[]): Map<string, number> {
  const indexes = new Map<string, number>();
  for (const { sheet } of named) {
    if (indexes.has(sheet.toLowerCase())) continue;
    // A new model has one sheet.
    if (indexes.size > 0) model.newSheet();
    model.renameSheet(indexes.size, sheet);
    indexes.set(sheet.toLowerCase(), indexes.size);
  }
  return indexes;
}

function cellsOf({ sheet }: CellsRead, sheets: readonly SheetCells[]): SheetCells | undefined {
  return sheets.find((cells) => cells.sheet.toLowerCase() === sheet.toLowerCase());
}

function eachCell(
  { range }: CellsRead,
  { rows, columns }: SheetCells,
  visit: (row: number, column: number, index: number) => void,
): void {
  const first = storedRowFrom({ rows }, range.firstRow);
  for (let column = range.firstColumn; column <= Math.min(range.lastColumn, columns.length - 1); column++) {
    const { kinds } = columns[column]!;
    for (let index = first; index < kinds.length && rows[index]! <= range.lastRow; index++) {
      if (kinds[index] !== CellKind.empty) visit(rows[index]!, column, index);
    }
  }
}

function copyCells(model: Model, sheet: number, area: CellsRead, cells: SheetCells): void {
  eachCell(area, cells, (row, column, index) => {
    model.setUserInput(sheet, row, column + 1, inputOf(cells, column, index));
  });
}

/** Days between the two counts of days: the engine counts from 1900. */
const shift1904 = 1_462;

/** What to type in a cell so that it holds what the workbook's cell holds, and never more than that. */
function inputOf(
  { columns, strings, styles, dateSystem }: SheetCells,
  column: number,
  index: number,
): string {
  const { values, kinds, styles: ownStyles } = columns[column]!;
  const value = values[index]!;
  switch (kinds[index]) {
    case CellKind.number: {
      const format = styles[ownStyles[index]!]?.formatKind;
      const isDay = format === "date" || format === "timestamp";
      return String(isDay && dateSystem === 1904 ? value + shift1904 : value);
    }
    case CellKind.date:
      return String(dateSystem === 1904 ? value + shift1904 : value);
    case CellKind.boolean:
      return value === 1 ? "TRUE" : "FALSE";
    case CellKind.error:
      return `=${strings[value]!}`;
    default:
      // The sign in front makes it a text, whatever it looks like.
      return strings[value] === "" ? '=""' : `'${strings[value]!}`;
  }
}

/** What `getCellType` answers, as TYPE does in a formula. */
const cellType = { number: 1, text: 2, boolean: 4, error: 16 };

function readValue(model: Model, { sheet, row, column }: Place): RecomputedValue {
  // The only way to a number is its formatted text: fifteen digits.
  model.updateRangeStyle({ sheet, row, column, width: 1, height: 1 }, "num_fmt", "0.00000000000000E+00");
  const text = model.getFormattedCellValue(sheet, row, column);
  switch (model.getCellType(sheet, row, column)) {
    case cellType.number:
      return { kind: "value", value: Number(text) };
    case cellType.text:
      return { kind: "value", value: text };
    case cellType.boolean:
      return { kind: "value", value: text === "TRUE" };
    case cellType.error:
      return { kind: /^#(NAME\?|N\/IMPL|ERROR)/.test(text) ? "unknown" : "error", text };
    default:
      return { kind: "unknown", text };
  }
}
