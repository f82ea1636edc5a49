import { BadRequestError } from "../../errors.ts";
import {
  type CellInput,
  formatRange,
  type NewCell,
  type NewChart,
  openWorkbook,
  planWorkbookChanges,
  readSheet,
  type SheetCells,
  type Workbook,
} from "../../files/index.ts";
import type { Json } from "../../json.ts";
import type { Table } from "../../table.ts";
import { checkFormulas, type FormulaCheck, type FormulaToCheck } from "./check-formulas.ts";
import { chooseChart } from "./choose-chart.ts";
import type { ResultTable } from "./compose-answer.ts";
import type { Calculation, Plan } from "./plan.ts";
import { calculationFormula, measureFormula } from "./plan-formula.ts";

export type ResultSheetOptions = {
  /** The workbook that the tables are from. */
  readonly workbook: Uint8Array;
  readonly result: ResultTable;
  readonly calculation?: Calculation | undefined;
  readonly tables: readonly Table[];
  /** The question, or the query where there was none. */
  readonly question: string;
  /** Lines that say what the result stands on: what was computed, the query, the cells. */
  readonly provenance: readonly string[];
  readonly author: string;
  readonly date: Date;
  /** The program of the engine that checks the formulas (IronCalc). */
  readonly formulaEngine?: BufferSource;
  readonly signal?: AbortSignal;
};

export type ResultSheet = {
  readonly bytes: Uint8Array;
  readonly sheet: string;
  /** Cells that hold a live formula, checked by a second engine. */
  readonly formulas: number;
  /** Why other cells hold values. */
  readonly notes: readonly string[];
};

const headerRow = 3;
const mostRows = 2000;
/** Rows beside which a chart stands; what is written below it is not hidden. */
const chartRows = 22;

/**
 * The workbook with a new sheet that holds the result: live formulas where one can say what was computed and a second
 * engine comes to the same value, values with their provenance elsewhere, and a native chart where one helps. Throws
 * `BadRequestError` where the workbook can't take a sheet.
 */
export async function writeResultSheet(options: ResultSheetOptions): Promise<ResultSheet> {
  const { result, provenance, question } = options;
  const workbook = openWorkbook(options.workbook);
  const sheet = freeName(workbook);
  const rows = result.rows.slice(0, mostRows);
  const checks = await checkedFormulas(options, workbook, sheet, rows);
  const live = new Map(
    checks.filter(({ verdict }) => verdict === "agrees").map((each) => [each.formula.cell, each.formula]),
  );
  const body = rows.map((values, row) =>
    values.map((value, column): NewCell => {
      const formula = live.get(addressOf(row, column));
      return {
        value: inputOf(value, result.columns[column]!.type, formula),
        ...lookOf(result.columns[column]!),
      };
    }),
  );
  const muted = (text: string): NewCell[] => [{ value: text, muted: true }];
  const plan = planWorkbookChanges(
    workbook,
    [
      {
        kind: "add-sheet",
        name: sheet,
        rows: [
          [{ value: question, bold: true, fontSize: 14 }],
          [],
          result.columns.map(({ name }): NewCell => ({ value: name, bold: true })),
          ...body,
          ...Array.from({ length: Math.max(1, chartRows - body.length) }, () => []),
          ...provenance.map(muted),
        ],
        freeze: `A${headerRow + 1}`,
        charts: chartsOf(options, rows.length),
      },
    ],
    { author: options.author, date: options.date.toISOString() },
  );
  const [refusal] = plan.refused;
  if (refusal !== undefined) throw new BadRequestError(refusal.reason, { hint: refusal.fix });
  const reasons = checks.filter(({ verdict }) => verdict !== "agrees").flatMap(({ reason }) => reason ?? []);
  const cut = result.rows.length > rows.length ? [`only the first ${mostRows} rows were written`] : [];
  return {
    bytes: plan.save().bytes,
    sheet,
    formulas: live.size,
    notes: [...new Set(reasons), ...cut],
  };
}

function freeName({ sheets }: Workbook): string {
  const used = new Set(sheets.map(({ name }) => name.toLowerCase()));
  let name = "Answer";
  for (let number = 2; used.has(name.toLowerCase()); number++) name = `Answer ${number}`;
  return name;
}

function addressOf(row: number, column: number): string {
  const cell = {
    firstRow: headerRow + 1 + row,
    lastRow: headerRow + 1 + row,
    firstColumn: column,
    lastColumn: column,
  };
  return formatRange(cell);
}

function inputOf(value: Json, type: string, formula: FormulaToCheck | undefined): CellInput {
  const plain = plainInput(value, type);
  if (formula === undefined) return plain;
  const cached = typeof plain === "object" ? undefined : plain;
  return { formula: formula.formula, ...(cached !== undefined && cached !== null && { cached }) };
}

function plainInput(value: Json, type: string): CellInput {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "string") return JSON.stringify(value);
  if (/^(DATE|TIMESTAMP)/.test(type)) return { date: value };
  return /INT|DECIMAL|DOUBLE/.test(type) && Number.isFinite(Number(value)) ? Number(value) : value;
}

function lookOf({ type, unit }: ResultTable["columns"][number]): Partial<NewCell> {
  if (unit === "%") return { numberFormat: "0.0%" };
  if (/INT/.test(type)) return { numberFormat: "#,##0" };
  return /DECIMAL|DOUBLE/.test(type) ? { numberFormat: "#,##0.00" } : {};
}

async function checkedFormulas(
  options: ResultSheetOptions,
  workbook: Workbook,
  sheet: string,
  rows: ResultTable["rows"],
): Promise<readonly FormulaCheck[]> {
  const formulas = formulasOf(options, sheet, rows);
  if (formulas.length === 0) return [];
  const { signal, formulaEngine } = options;
  const wanted = new Set(options.tables.flatMap(({ source }) => source.sheet ?? []));
  const cells: SheetCells[] = [];
  for (const each of workbook.sheets)
    if (wanted.has(each.name))
      cells.push(await readSheet(workbook, each, signal === undefined ? {} : { signal }));
  return checkFormulas(formulas, cells, {
    ...(formulaEngine !== undefined && { wasm: formulaEngine }),
    ...(signal !== undefined && { signal }),
  });
}

/** One formula for each measured cell that a formula can say. */
function formulasOf(
  { calculation, tables }: ResultSheetOptions,
  sheet: string,
  rows: ResultTable["rows"],
): FormulaToCheck[] {
  if (calculation === undefined) return [];
  const tableOf = (name: string): Table => tables.find((each) => each.name === name)!;
  if ("op" in calculation) {
    const formula = calculationFormula(calculation, tableOf);
    const value = rows[0]?.[0];
    return formula === undefined || value === undefined
      ? []
      : [{ sheet, cell: addressOf(0, 0), formula, value }];
  }
  const keys = calculation.groupBy?.length ?? 0;
  return rows.flatMap((values, row) =>
    (calculation.measures ?? []).flatMap((measure, index): FormulaToCheck[] => {
      const formula = measureFormula(calculation, measure, tableOf(calculation.table), values.slice(0, keys));
      const column = keys + index;
      return formula === undefined
        ? []
        : [{ sheet, cell: addressOf(row, column), formula, value: values[column]! }];
    }),
  );
}

/** The chart that suits the result, over the cells of the new sheet. */
function chartsOf({ calculation, result }: ResultSheetOptions, rowCount: number): NewChart[] {
  const plan: Plan | undefined = calculation === undefined || "op" in calculation ? undefined : calculation;
  const { spec } = chooseChart(plan, result);
  // Values that are parted into series need a block of their own.
  if (spec === undefined || spec.series !== undefined || rowCount < 2) return [];
  const column = (index: number): string => {
    const range = {
      firstRow: headerRow + 1,
      lastRow: headerRow + rowCount,
      firstColumn: index,
      lastColumn: index,
    };
    return formatRange(range);
  };
  return [
    {
      chart: spec.kind,
      title: spec.title,
      categories: column(spec.category),
      series: spec.values.map(({ column: index, name, kind, axis }) => ({
        name,
        values: column(index),
        ...(kind !== undefined && { kind }),
        ...(axis !== undefined && { axis }),
      })),
      anchor: formatRange({
        firstRow: headerRow,
        lastRow: headerRow,
        firstColumn: result.columns.length + 1,
        lastColumn: result.columns.length + 1,
      }),
      axisTitles: spec.axisTitles,
      altText: spec.altText,
    },
  ];
}
