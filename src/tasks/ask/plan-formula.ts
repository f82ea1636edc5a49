import type { Json } from "../../json.ts";
import type { Table, TableColumn } from "../../table.ts";
import { elapsedFormula } from "./elapsed-formula.ts";
import {
  type Criterion,
  columnNamed,
  combine,
  filterCriteria,
  keyCriteria,
  rangeOf,
} from "./formula-criteria.ts";
import type { Calculation, Measure, Plan } from "./plan.ts";

/** A formula that a spreadsheet takes is not longer. */
const longestFormula = 8_192;

/**
 * The Excel formula, without an equals sign, that computes one measure of a plan live, for all rows or for one group
 * (`values`, one for each key). Only functions that every spreadsheet program has had since 2010 or, for the smallest
 * and largest, since 2019. Undefined where none can say the same: the value is then written as it was computed.
 * Ranges are of the table's own workbook. Where no row fits, a sum is 0 and not empty: compare before use.
 */
export function measureFormula(
  plan: Plan,
  measure: Measure,
  table: Table,
  values: readonly Json[] = [],
): string | undefined {
  // Columns seen as rows, the row beside another, and counted groups are nothing that criteria can say.
  if (plan.unpivot !== undefined || plan.beside !== undefined || plan.count !== undefined) return undefined;
  if (!isOneBlock(table)) return undefined;
  if (plan.elapsed !== undefined && measure.column === plan.elapsed.name && plan.groupBy === undefined)
    return elapsedFormula(plan, measure, table);
  const keys = plan.groupBy ?? [];
  const sets = combine([
    ...(plan.where ?? []).map((filter) => filterCriteria(table, filter)),
    ...keys.map((key, index) => keyCriteria(table, key, values[index])),
  ]);
  if (sets === undefined) return undefined;
  const formula = valueFormula(measure, table, sets);
  return formula === undefined || formula.length > longestFormula ? undefined : formula;
}

/** The formula of a calculation whose result is one value; undefined for any other. */
export function calculationFormula(
  calculation: Calculation,
  tableOf: (name: string) => Table,
): string | undefined {
  if (!("op" in calculation)) return singleFormula(calculation, tableOf);
  const [left, right] = [singleFormula(calculation.left, tableOf), singleFormula(calculation.right, tableOf)];
  if (left === undefined || right === undefined) return undefined;
  switch (calculation.op) {
    case "difference":
      // Of months and years no function says the same in every program.
      if (calculation.unit !== undefined && calculation.unit !== "days") return undefined;
      return `(${left})-(${right})`;
    case "sum":
      return `(${left})+(${right})`;
    case "ratio":
      return `(${left})/(${right})`;
    case "share":
      return `(${left})/(${right})*100`;
    case "percent-change":
      return `((${left})-(${right}))/(${right})*100`;
    default:
      return calculation.op satisfies never;
  }
}

/** Where the values of a measure are written, one group below the other in the order of the result. */
export type MeasureCells = {
  /** Its letter: `C`. */
  readonly column: string;
  readonly firstRow: number;
  readonly lastRow: number;
};

/**
 * The formula of what a plan shows beside a measure (its share, its change, …) in one row, computed from the measure's
 * own cells. Undefined where those cells don't hold all that it is computed from, and for the first row's change.
 */
export function overFormula(
  plan: Plan,
  { column, firstRow, lastRow }: MeasureCells,
  row: number,
): string | undefined {
  const { over, groupBy = [], orderBy = [], limit } = plan;
  if (over === undefined || groupBy.length !== 1) return undefined;
  const isInOrder = orderBy.length === 0;
  const own = `${column}${row}`;
  const before = row > firstRow && isInOrder ? `${column}${row - 1}` : undefined;
  const all = limit === undefined ? `${column}$${firstRow}:${column}$${lastRow}` : undefined;
  switch (over.as) {
    case "share":
      return all && `${own}/SUM(${all})*100`;
    case "rank":
      return all && `RANK(${own},${all})`;
    case "running-total":
      return isInOrder ? `SUM(${column}$${firstRow}:${own})` : undefined;
    case "change":
      return before && `${own}-${before}`;
    case "percent-change":
      return before && `(${own}-${before})/${before}*100`;
    default:
      return over.as satisfies never;
  }
}

function singleFormula(plan: Plan, tableOf: (name: string) => Table): string | undefined {
  const { measures = [], groupBy = [] } = plan;
  const [measure] = measures;
  if (measure === undefined || measures.length > 1 || groupBy.length > 0) return undefined;
  return measureFormula(plan, measure, tableOf(plan.table));
}

/** Rows that follow each other without a gap: a formula over the range takes in nothing else. */
function isOneBlock({ sheetRows, rowCount, source }: Table): boolean {
  if (rowCount === 0 || source.sheet === undefined) return false;
  return sheetRows[rowCount - 1]! - sheetRows[0]! === rowCount - 1;
}

type Sets = readonly (readonly Criterion[])[];

function valueFormula({ fn, column: name }: Measure, table: Table, sets: Sets): string | undefined {
  if (name === undefined) return fn === "count" ? rowsFormula(table, sets) : undefined;
  const column = columnNamed(table, name);
  if (column === undefined) return undefined;
  const range = rangeOf(table, column);
  if (fn === "count") return filledFormula(column, range, sets);
  if (!canCompute(fn, column)) return undefined;
  switch (fn) {
    case "sum":
      return hasConditions(sets) ? sumIfs(range, sets) : `SUM(${range})`;
    case "average":
      return averageFormula(column, range, sets);
    case "median":
      return hasConditions(sets) ? undefined : `MEDIAN(${range})`;
    case "min":
    case "max":
      return extremeFormula(fn, range, sets);
    case "range": {
      const [max, min] = [extremeFormula("max", range, sets), extremeFormula("min", range, sets)];
      return max === undefined || min === undefined ? undefined : `${max}-${min}`;
    }
    case "count-distinct":
      return undefined;
    default:
      return fn satisfies never;
  }
}

/** Texts among numbers are passed over by formulas as by queries; an error is not. */
function canCompute(fn: Measure["fn"], { type, exceptions }: TableColumn): boolean {
  const isNumber = type === "integer" || type === "decimal";
  const isDate = type === "date" || type === "timestamp";
  if (!isNumber && !(isDate && (fn === "min" || fn === "max"))) return false;
  return exceptions.every(({ text }) => !text.startsWith("#"));
}

function hasConditions(sets: Sets): boolean {
  return sets.some((set) => set.length > 0);
}

function rowsFormula(table: Table, sets: Sets): string | undefined {
  if (hasConditions(sets)) return countIfs(sets);
  const [first] = table.columns;
  return first === undefined ? undefined : `ROWS(${rangeOf(table, first)})`;
}

/** How many cells of the column hold something of its type. */
function filledFormula({ type, exceptions }: TableColumn, range: string, sets: Sets): string | undefined {
  if (!hasConditions(sets) && type !== "text" && type !== "boolean") return `COUNT(${range})`;
  if (exceptions.length > 0) return undefined;
  return hasConditions(sets) ? countIfs(sets, [range, '"<>"']) : `COUNTA(${range})`;
}

function averageFormula({ exceptions }: TableColumn, range: string, sets: Sets): string | undefined {
  if (!hasConditions(sets)) return `AVERAGE(${range})`;
  const [only, ...others] = sets;
  if (others.length === 0) return `AVERAGEIFS(${[range, ...only!.flat()].join(",")})`;
  if (exceptions.length > 0) return undefined;
  return `(${sumIfs(range, sets)})/(${countIfs(sets, [range, '"<>"'])})`;
}

function extremeFormula(fn: "min" | "max", range: string, sets: Sets): string | undefined {
  const name = fn.toUpperCase();
  if (!hasConditions(sets)) return `${name}(${range})`;
  // Of several alternatives one may have no rows, and its 0 would be no value of theirs.
  if (sets.length > 1) return undefined;
  return `_xlfn.${name}IFS(${[range, ...sets[0]!.flat()].join(",")})`;
}

function sumIfs(range: string, sets: Sets): string {
  return sets.map((set) => `SUMIFS(${[range, ...set.flat()].join(",")})`).join("+");
}

function countIfs(sets: Sets, ...more: readonly Criterion[]): string {
  return sets.map((set) => `COUNTIFS(${[...set, ...more].flat().join(",")})`).join("+");
}
