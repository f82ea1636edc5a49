import type { CellInput, NewCell } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import type { ResultTable } from "./compose-answer.ts";
import { type LaidBlock, type LaidCell, placeOf, type ResultLayout } from "./lay-out-result.ts";
import type { Plan } from "./plan.ts";

/** What the cells of a laid out result are written from. */
export type CellSources = {
  readonly result: ResultTable;
  readonly plan: Plan | undefined;
  /** One a column of the result. */
  readonly formats: readonly (string | undefined)[];
  /** Formulas by the cell they stand in. */
  readonly live: ReadonlyMap<string, string>;
};

const headingFill = "E7ECF2";

/** The row of headings: those of numbers at the right, above the numbers. */
export function headingCells({ main, beside }: ResultLayout, { columns }: ResultTable): NewCell[] {
  const of = ({ headings }: LaidBlock): NewCell[] =>
    headings.map(({ text, column }) => ({
      value: text,
      bold: true,
      fill: headingFill,
      lineBelow: true,
      align: isNumber(columns[column]!.type) ? "right" : "left",
    }));
  return besideEachOther(of(main), beside && of(beside), beside);
}

/** The rows below the headings, live where there is a formula. */
export function resultCells({ main, beside }: ResultLayout, sources: CellSources): NewCell[][] {
  const places = new Map<string, string>();
  const rows = main.rows.map((cells, row) =>
    cells.map((cell, column): NewCell => {
      const place = placeOf(main, row, column);
      places.set(`${cell.row} ${cell.column}`, place);
      return writtenCell(cell, sources, sources.live.get(place));
    }),
  );
  if (beside === undefined) return rows;
  const placeFor = ({ row, column }: LaidCell): string | undefined => places.get(`${row} ${column}`);
  const repeated = (cell: LaidCell): NewCell =>
    writtenCell(
      cell,
      sources,
      isNumber(sources.result.columns[cell.column]!.type) ? placeFor(cell) : undefined,
    );
  const length = Math.max(rows.length, beside.rows.length);
  return Array.from({ length }, (_, row) =>
    besideEachOther(rows[row] ?? [], beside.rows[row]?.map(repeated) ?? [], beside),
  );
}

function besideEachOther(
  main: readonly NewCell[],
  others: readonly NewCell[] | undefined,
  beside: LaidBlock | undefined,
): NewCell[] {
  if (beside === undefined || others === undefined || others.length === 0) return [...main];
  const gap = Array.from({ length: beside.firstColumn - main.length }, (): NewCell => ({ value: null }));
  return [...main, ...gap, ...others];
}

function writtenCell(
  { value, column }: LaidCell,
  { result, plan, formats }: CellSources,
  formula: string | undefined,
): NewCell {
  const { type } = result.columns[column]!;
  if (value === null && formula === undefined && column < (plan?.groupBy?.length ?? 0))
    return { value: "(empty)", muted: true };
  const plain = plainInput(value, type, plan?.groupBy?.[column]?.grain);
  const format = typeof plain === "string" ? undefined : formats[column];
  const cached = typeof plain === "object" ? undefined : plain;
  const input = formula === undefined ? plain : { formula, ...(cached !== undefined && { cached }) };
  // Dates and years stand below headings at the left.
  const align = typeof plain === "string" || isNumber(type) ? undefined : "left";
  return {
    value: input,
    ...(format !== undefined && { numberFormat: format }),
    ...(align !== undefined && { align }),
  };
}

function isNumber(type: string): boolean {
  return /INT|DECIMAL|DOUBLE|FLOAT/.test(type);
}

type Grain = NonNullable<NonNullable<Plan["groupBy"]>[number]["grain"]>;

function plainInput(value: Json, type: string, grain: Grain | undefined): CellInput {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "string") return JSON.stringify(value);
  // Months as dates and years as numbers, so that they can be sorted and counted with.
  if (grain === "month" && /^\d{4}-\d{2}$/.test(value)) return { date: `${value}-01` };
  if (grain === "year" && /^\d{4}$/.test(value)) return Number(value);
  if (/^(DATE|TIMESTAMP)/.test(type)) return { date: value };
  return isNumber(type) && Number.isFinite(Number(value)) ? Number(value) : value;
}
