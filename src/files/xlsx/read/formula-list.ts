import { FileTooLargeError } from "../../../errors.ts";
import { decodeText } from "../../xml/xml-text.ts";
import type { CellRange } from "../types.ts";
import { shiftFormula } from "./shift-formula.ts";

/** Most formulas of a sheet, and bytes of their texts. */
const maxCount = 2 ** 25;
const maxBytes = 512 * 1024 * 1024;

/** What is special about a formula: the cells that share it, or the range that it fills. */
export type FormulaGroup = {
  readonly kind: "shared" | "array" | "table";
  readonly range: CellRange;
  /** The cell that holds the text. Row from 1, column from 0. */
  readonly row: number;
  readonly column: number;
  readonly formula: string;
};

/** The formulas of a sheet, kept as bytes; a text is made when it is asked for. */
export type FormulaList = {
  readonly count: number;
  /** Row number in the file, from 1, of each formula. In order of rows and columns. */
  readonly rows: Uint32Array;
  readonly columns: Uint16Array;
  /** The text of formula `index`, without an equals sign; shared ones as they read in their own cell. */
  readonly text: (index: number) => string;
  /** The index of the formula of a cell (row from 1, column from 0), or -1. */
  readonly indexAt: (row: number, column: number) => number;
  /** Array formulas and data tables with the ranges that they fill. */
  readonly filled: readonly FormulaGroup[];
};

/** Formulas while a sheet is read; `bytes` holds their sources, one after the other. */
export type GrowingFormulas = {
  rows: Uint32Array;
  columns: Uint16Array;
  /** Where the source ends; it begins where the one before ends. */
  ends: Uint32Array;
  /** 0, or the shared formula's number + 1. */
  shared: Uint32Array | undefined;
  bytes: Uint8Array;
  used: number;
  count: number;
  /** False where only the places of formulas are wanted. */
  readonly keepsTexts: boolean;
  readonly groups: Map<number, FormulaGroup>;
  readonly filled: FormulaGroup[];
};

export function growingFormulas(keepsTexts = true): GrowingFormulas {
  return {
    rows: new Uint32Array(64),
    columns: new Uint16Array(64),
    ends: new Uint32Array(64),
    shared: undefined,
    bytes: new Uint8Array(1024),
    used: 0,
    count: 0,
    keepsTexts,
    groups: new Map(),
    filled: [],
  };
}

/** Adds the formula whose source is `source[start, end)`. */
export function addFormula(
  formulas: GrowingFormulas,
  row: number,
  column: number,
  source: Uint8Array,
  start: number,
  end: number,
): void {
  const needed = formulas.keepsTexts ? formulas.used + end - start : 0;
  if (needed > formulas.bytes.length) {
    if (needed > maxBytes) throw tooMany();
    const wider = new Uint8Array(needed * 2);
    wider.set(formulas.bytes);
    formulas.bytes = wider;
  }
  const { bytes } = formulas;
  for (let to = formulas.used, from = start; to < needed; ) bytes[to++] = source[from++]!;
  formulas.used = needed;
  const index = formulas.count++;
  if (index === formulas.rows.length) growColumns(formulas);
  formulas.rows[index] = row;
  formulas.columns[index] = column;
  formulas.ends[index] = needed;
}

/** Says that the formula added last is shared under that number. */
export function markShared(formulas: GrowingFormulas, number: number): void {
  formulas.shared ??= new Uint32Array(formulas.rows.length);
  formulas.shared[formulas.count - 1] = number + 1;
}

function growColumns(formulas: GrowingFormulas): void {
  const capacity = formulas.rows.length * 2;
  if (capacity > maxCount) throw tooMany();
  const grown = (old: Uint32Array): Uint32Array => {
    const wider = new Uint32Array(capacity);
    wider.set(old);
    return wider;
  };
  const columns = new Uint16Array(capacity);
  columns.set(formulas.columns);
  formulas.rows = grown(formulas.rows);
  formulas.ends = grown(formulas.ends);
  formulas.columns = columns;
  if (formulas.shared !== undefined) formulas.shared = grown(formulas.shared);
}

function tooMany(): FileTooLargeError {
  return new FileTooLargeError("the sheet holds too many formulas", {
    hint: "Save the part of the sheet that matters in a workbook of its own.",
  });
}

export const noFormulas: FormulaList = finishFormulas(growingFormulas());

/** The formulas in order of rows and columns. */
export function finishFormulas(formulas: GrowingFormulas): FormulaList {
  const { count } = formulas;
  const order = sortedOrder(formulas);
  const rows = order === undefined ? formulas.rows.subarray(0, count) : order.map((at) => formulas.rows[at]!);
  const columns =
    order === undefined
      ? formulas.columns.subarray(0, count)
      : Uint16Array.from(order, (at) => formulas.columns[at]!);
  return {
    count,
    rows,
    columns,
    filled: formulas.filled,
    text: (index) => formulaText(formulas, order?.[index] ?? index),
    indexAt: (row, column) => find(rows, columns, row, column),
  };
}

function sortedOrder({ rows, columns, count }: GrowingFormulas): Uint32Array | undefined {
  const compare = (a: number, b: number): number => rows[a]! - rows[b]! || columns[a]! - columns[b]!;
  let isSorted = true;
  for (let index = 1; index < count && isSorted; index++) isSorted = compare(index - 1, index) < 0;
  return isSorted ? undefined : Uint32Array.from({ length: count }, (_, index) => index).sort(compare);
}

function find(rows: Uint32Array, columns: Uint16Array, row: number, column: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const difference = rows[middle]! - row || columns[middle]! - column;
    if (difference === 0) return middle;
    if (difference < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function formulaText(formulas: GrowingFormulas, index: number): string {
  if (index < 0 || index >= formulas.count) throw new RangeError(`there is no formula ${index}`);
  const start = index === 0 ? 0 : formulas.ends[index - 1]!;
  const source = new TextDecoder().decode(formulas.bytes.subarray(start, formulas.ends[index]!));
  const group = formulas.groups.get((formulas.shared?.[index] ?? 0) - 1);
  // A shared formula's first cell has the text; Excel also accepts a text in the others, which then counts.
  if (source !== "" || group === undefined) return decodeText(source);
  return shiftFormula(
    group.formula,
    formulas.rows[index]! - group.row,
    formulas.columns[index]! - group.column,
  );
}
