import { TandemError } from "../../errors.ts";
import {
  type NewCell,
  openWorkbook,
  planWorkbookChanges,
  readSheet,
  type SheetCells,
  type Workbook,
} from "../../files/index.ts";
import type { Table } from "../../table.ts";
import { checkFormulas, type FormulaCheck } from "./check-formulas.ts";
import { chooseChart } from "./choose-chart.ts";
import type { ResultTable } from "./compose-answer.ts";
import { headingRow, layOutResult } from "./lay-out-result.ts";
import type { Calculation } from "./plan.ts";
import { headingCells, resultCells } from "./result-cells.ts";
import { resultChart, rowsForChart } from "./result-chart.ts";
import { resultFormats } from "./result-formats.ts";
import { resultFormulas } from "./result-formulas.ts";

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

const mostRows = 2000;
/** Characters of one line of what stands below the result: more would make the printed page too wide to read. */
const longestLine = 110;

/**
 * The workbook with a new sheet that holds the result: live formulas where one can say what was computed and a second
 * engine comes to the same value, values with their provenance elsewhere, and a native chart where one helps. Throws
 * a `TandemError` of the code `refused` where the workbook can't take a sheet.
 */
export async function writeResultSheet(options: ResultSheetOptions): Promise<ResultSheet> {
  const { calculation, provenance, question } = options;
  const workbook = openWorkbook(options.workbook);
  const sheet = freeName(workbook);
  const result = { ...options.result, rows: options.result.rows.slice(0, mostRows) };
  const isWhole = result.rows.length === options.result.rows.length;
  const plan = calculation === undefined || "op" in calculation ? undefined : calculation;
  const { spec } = isWhole ? chooseChart(plan, result) : {};
  const layout = layOutResult(result, calculation, spec);
  const sheets = await sourceSheets(options, workbook);
  const formulas = resultFormulas(layout, { ...options, result }, sheet);
  const checks = await checked(options, formulas, sheets);
  const live = new Map(
    checks
      .filter(({ verdict }) => verdict === "agrees")
      .map(({ formula }) => [formula.cell, formula.formula]),
  );
  const formats = resultFormats({ result, calculation, tables: options.tables, sheets });
  const cells = resultCells(layout, { result, plan, formats, live });
  const chart = spec && resultChart(spec, result, layout, formats);
  const free = Math.max(1, (chart === undefined ? 0 : rowsForChart(layout, chart)) - cells.length);
  const changes = planWorkbookChanges(
    workbook,
    [
      {
        kind: "add-sheet",
        name: sheet,
        rows: [
          [{ value: question, bold: true, fontSize: 14 }],
          [],
          headingCells(layout, result),
          ...cells,
          ...Array.from({ length: free }, () => []),
          ...provenance.flatMap(brokenLines).map((value): NewCell[] => [{ value, muted: true }]),
        ],
        freeze: `A${headingRow + 1}`,
        charts: chart === undefined ? [] : [chart],
      },
    ],
    { author: options.author, date: options.date.toISOString() },
  );
  const [refusal] = changes.refused;
  if (refusal !== undefined) throw new TandemError("refused", refusal.reason, { hint: refusal.fix });
  const cut = isWhole ? [] : [`only the first ${mostRows} rows were written`];
  return { bytes: changes.save().bytes, sheet, formulas: live.size, notes: [...whyNotLive(checks), ...cut] };
}

/** One line for each kind of reason, with its first example. */
function whyNotLive(checks: readonly FormulaCheck[]): string[] {
  const differ = checks.filter(({ verdict }) => verdict === "disagrees");
  const [first] = differ;
  const reasons = checks.flatMap(({ verdict, reason }) => (verdict === "not-checked" ? (reason ?? []) : []));
  if (first?.reason === undefined) return [...new Set(reasons)];
  const place =
    differ.length === 1 ? first.formula.cell : `${differ.length} cells from ${first.formula.cell} on`;
  return [`no formula in ${place}: ${first.reason}`, ...new Set(reasons)];
}

function freeName({ sheets }: Workbook): string {
  const used = new Set(sheets.map(({ name }) => name.toLowerCase()));
  let name = "Answer";
  for (let number = 2; used.has(name.toLowerCase()); number++) name = `Answer ${number}`;
  return name;
}

/** The sheets that the calculation's tables are on, for their formats and to compute formulas from. */
async function sourceSheets(
  { tables, calculation, signal }: ResultSheetOptions,
  workbook: Workbook,
): Promise<SheetCells[]> {
  if (calculation === undefined) return [];
  const plans = "op" in calculation ? [calculation.left, calculation.right] : [calculation];
  const used = tables.filter(({ name }) => plans.some(({ table }) => table === name));
  const wanted = new Set(used.flatMap(({ source }) => source.sheet ?? []));
  const sheets: SheetCells[] = [];
  for (const each of workbook.sheets)
    if (wanted.has(each.name))
      sheets.push(await readSheet(workbook, each, signal === undefined ? {} : { signal }));
  return sheets;
}

async function checked(
  { signal, formulaEngine }: ResultSheetOptions,
  formulas: Parameters<typeof checkFormulas>[0],
  sheets: readonly SheetCells[],
): Promise<readonly FormulaCheck[]> {
  if (formulas.length === 0) return [];
  return checkFormulas(formulas, sheets, {
    ...(formulaEngine !== undefined && { wasm: formulaEngine }),
    ...(signal !== undefined && { signal }),
  });
}

/** A text in lines, broken at spaces; those that follow the first are set in. */
function brokenLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && line.length <= longestLine) lines[lines.length - 1] = line;
    else lines.push(lines.length === 0 ? word : `    ${word}`);
  }
  return lines;
}
