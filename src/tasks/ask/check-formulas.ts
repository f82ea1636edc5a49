import { parseAddress, type SheetCells } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import { type CellsRead, formulaReads } from "./formula-reads.ts";
import { countCells, type RecomputedValue, recompute } from "./recompute.ts";

/** A formula that is to stand in a cell, and the value that it should have by what was computed before. */
export type FormulaToCheck = {
  readonly sheet: string;
  /** `B4`. */
  readonly cell: string;
  /** In English with commas, without an equals sign. */
  readonly formula: string;
  /** Dates as ISO 8601; numbers too long for a float64 as texts. */
  readonly value: Json;
};

/** What computing anew gave. `recomputed` is absent where it wasn't done; `reason` says why it doesn't agree. */
export type FormulaCheck = {
  readonly formula: FormulaToCheck;
  readonly verdict: "agrees" | "disagrees" | "not-checked";
  readonly recomputed?: number | string | boolean;
  readonly reason?: string;
};

export type CheckFormulasOptions = {
  /** The engine's program, `wasm_bg.wasm` of @ironcalc/wasm. Defaults to what its package fetches, as browsers can. */
  readonly wasm?: BufferSource | WebAssembly.Module;
  /** Cells that all formulas together may read; with more, none is checked. Defaults to 200,000. */
  readonly mostCells?: number;
  /** Largest difference that still agrees, as a part of the value. Defaults to 1e-9. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal;
};

/**
 * Computes formulas anew by another engine (IronCalc) from the cells as they stand in the sheets, as a spreadsheet
 * program will, and compares. What doesn't agree should be written as a value. Only cells that the formulas read are
 * looked at, those that hold formulas of the workbook by their stored values; formulas may read each other.
 */
export async function checkFormulas(
  formulas: readonly FormulaToCheck[],
  sheets: readonly SheetCells[],
  options: CheckFormulasOptions = {},
): Promise<FormulaCheck[]> {
  const { wasm, mostCells = 200_000, tolerance = 1e-9, signal } = options;
  const looked = formulas.map((formula) => lookAt(formula, formulas, sheets));
  const able = looked.filter((each) => each.unable === undefined);
  const unchecked = (reason: string): FormulaCheck[] =>
    looked.map(({ formula, unable }) => ({ formula, verdict: "not-checked", reason: unable ?? reason }));
  if (able.length === 0) return unchecked("");
  const areas = distinct(able.flatMap(({ reads }) => reads));
  const count = countCells(areas, sheets);
  if (count > mostCells) return unchecked(`the formulas read ${count} cells, more than ${mostCells}`);
  signal?.throwIfAborted();
  try {
    const values = await recompute(
      able.map(({ formula }) => formula),
      areas,
      sheets,
      wasm,
    );
    const found = new Map(able.map(({ formula }, index) => [formula, values[index]!]));
    return looked.map(({ formula, unable }) =>
      unable === undefined
        ? judge(formula, found.get(formula)!, tolerance)
        : { formula, verdict: "not-checked", reason: unable },
    );
  } catch (error) {
    // A second engine that is missing or breaks down says nothing about the first one's numbers.
    return unchecked(`the second engine failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Looked = {
  readonly formula: FormulaToCheck;
  readonly reads: readonly CellsRead[];
  /** Why it can't be checked. */
  readonly unable?: string;
};

function lookAt(
  formula: FormulaToCheck,
  formulas: readonly FormulaToCheck[],
  sheets: readonly SheetCells[],
): Looked {
  if (parseAddress(formula.cell) === undefined)
    return { formula, reads: [], unable: `${formula.cell} is no cell` };
  const reads = formulaReads(formula.formula, formula.sheet);
  if (reads === undefined) return { formula, reads: [], unable: "it reads more than ranges of cells" };
  const missing = reads.find(
    (read) => ![...sheets, ...formulas].some(({ sheet }) => isSame(sheet, read.sheet)),
  );
  return missing === undefined
    ? { formula, reads }
    : { formula, reads: [], unable: `there is no sheet ${missing.sheet}` };
}

function isSame(one: string, two: string): boolean {
  return one.toLowerCase() === two.toLowerCase();
}

function distinct(reads: readonly CellsRead[]): CellsRead[] {
  return [
    ...new Map(reads.map((read) => [JSON.stringify([read.sheet.toLowerCase(), read.range]), read])).values(),
  ];
}

function judge(formula: FormulaToCheck, found: RecomputedValue, tolerance: number): FormulaCheck {
  if (found.kind === "unknown")
    return { formula, verdict: "not-checked", reason: `the second engine doesn't know it: ${found.text}` };
  const recomputed = found.kind === "error" ? found.text : found.value;
  if (found.kind === "value" && isClose(found.value, formula.value, tolerance))
    return { formula, verdict: "agrees", recomputed };
  const reason = `computed anew it is ${JSON.stringify(recomputed)}, not ${JSON.stringify(formula.value)}`;
  return { formula, verdict: "disagrees", recomputed, reason };
}

function isClose(found: number | string | boolean, wanted: Json, tolerance: number): boolean {
  if (typeof found !== "number") return found === wanted;
  const number = numberOf(wanted);
  if (number === undefined) return false;
  return Math.abs(found - number) <= tolerance * Math.max(Math.abs(found), Math.abs(number));
}

const unixEpoch = 25_569;

/** A number, or the day number of a date. */
function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const isDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(value);
  const number = isDate
    ? Date.parse(`${value.length === 10 ? `${value}T00:00` : value.replace(" ", "T")}Z`) / 86_400_000 +
      unixEpoch
    : Number(value);
  return Number.isFinite(number) ? number : undefined;
}
