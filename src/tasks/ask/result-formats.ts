import { CellKind, type CellStyle, type SheetCells } from "../../files/index.ts";
import type { Table } from "../../table.ts";
import { numberOf } from "./chart-data.ts";
import { rolesOf } from "./chart-roles.ts";
import type { ResultTable } from "./compose-answer.ts";
import { columnNamed } from "./formula-criteria.ts";
import type { Calculation, Measure, Plan } from "./plan.ts";

/** What the formats of a result are found from. */
export type FormatSources = {
  readonly result: ResultTable;
  readonly calculation?: Calculation | undefined;
  readonly tables: readonly Table[];
  /** The sheets that the tables are on. */
  readonly sheets: readonly SheetCells[];
};

/**
 * The number format of each column of a result: that of the cells it was computed from, so that euros stay euros, with
 * decimals for averages. Undefined where a value needs none.
 */
export function resultFormats(sources: FormatSources): (string | undefined)[] {
  const { result, calculation } = sources;
  const { values } = rolesOf(planOf(calculation), result);
  return result.columns.map((_, index) => {
    const own = calculation === undefined ? undefined : columnFormat(sources, calculation, index);
    return own ?? plainFormat(result, index, values.includes(index));
  });
}

function planOf(calculation: Calculation | undefined): Plan | undefined {
  return calculation === undefined || "op" in calculation ? undefined : calculation;
}

function columnFormat(sources: FormatSources, calculation: Calculation, index: number): string | undefined {
  if ("op" in calculation) {
    if (calculation.op === "share" || calculation.op === "percent-change") return "0.0";
    if (calculation.op === "ratio") return undefined;
    const [measure] = calculation.left.measures ?? [];
    return measure && measureFormat(sources, calculation.left, measure);
  }
  const { groupBy = [], measures = [], show, over } = calculation;
  if (index < groupBy.length) {
    const { column, grain } = groupBy[index]!;
    if (grain === "month") return "mmm yyyy";
    if (grain === "year") return "0";
    return sourceFormat(sources, calculation, column);
  }
  const measure = measures[index - groupBy.length];
  if (measure !== undefined) return measureFormat(sources, calculation, measure);
  if (over !== undefined) return overFormat(sources, calculation, over);
  const name = show?.[index];
  return name === undefined ? undefined : sourceFormat(sources, calculation, name);
}

function overFormat(sources: FormatSources, plan: Plan, over: NonNullable<Plan["over"]>): string | undefined {
  if (over.as === "rank") return "0";
  if (over.as === "share" || over.as === "percent-change") return "0.0";
  const measure = plan.measures?.[over.measure];
  return measure && measureFormat(sources, plan, measure);
}

function measureFormat(sources: FormatSources, plan: Plan, { fn, column }: Measure): string | undefined {
  if (fn === "count" || fn === "count-distinct") return "#,##0";
  if (column === undefined) return undefined;
  const source = sourceFormat(sources, plan, column);
  return source !== undefined && (fn === "average" || fn === "median") ? withDecimals(source) : source;
}

/** The format that most of the first cells of a column have, where it is one for numbers or dates. */
function sourceFormat({ tables, sheets }: FormatSources, plan: Plan, name: string): string | undefined {
  const table = tables.find((each) => each.name === plan.table);
  const turned = plan.unpivot?.value === name ? plan.unpivot.columns[0]?.column : undefined;
  const column = table && columnNamed(table, turned ?? name);
  const sheet = sheets.find((each) => each.sheet === table?.source.sheet);
  if (table === undefined || column === undefined || sheet === undefined) return undefined;
  const cells = sheet.columns[column.column];
  const votes = new Map<CellStyle, number>();
  const wanted = new Set(table.sheetRows.subarray(0, 50));
  for (const [index, row] of sheet.rows.subarray(0, table.sheetRows[0]! + 100).entries()) {
    const kind = cells?.kinds[index];
    if (cells === undefined || !wanted.has(row)) continue;
    const style = sheet.styles[cells.styles[index]!];
    if (style !== undefined && (kind === CellKind.number || kind === CellKind.date))
      votes.set(style, (votes.get(style) ?? 0) + 1);
  }
  const [most] = [...votes].sort((one, two) => two[1] - one[1]);
  const style = most?.[0];
  return style === undefined || /general|@/i.test(style.formatCode) ? undefined : style.formatCode;
}

const pieces = /"[^"]*"|\\.|[_*].|\[[^\]]*\]|;|[^"\\_*[;]+/gs;

/** `$#,##0` as `$#,##0.00`; a percentage gets one decimal, and a format that has decimals stays. */
function withDecimals(code: string): string {
  const places = /%/.test(code) ? ".0" : ".00";
  const [first = ""] = code.split(";");
  const bare = first.replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/gs, "");
  if (/[ymdhs.?/]|e[+-]/i.test(bare)) return code;
  return (code.match(pieces) ?? [])
    .map((piece) => (/^["\\_*[;]/.test(piece) ? piece : piece.replace(/0(?=[^0]*$)/, `0${places}`)))
    .join("");
}

/** By what the values are, where no cell says it. */
function plainFormat(result: ResultTable, index: number, isMeasured: boolean): string | undefined {
  const { type, unit } = result.columns[index]!;
  if (!/INT|DECIMAL|DOUBLE|FLOAT/.test(type)) return undefined;
  if (unit === "%") return "0.0%";
  const numbers = result.rows.flatMap((row) => numberOf(row[index]) ?? []);
  const digits = decimalsOf(numbers);
  // Years and numbers of things are no amounts.
  if (!isMeasured && digits === 0) return "0";
  return withUnit(`#,##0${digits === 0 ? "" : `.${"0".repeat(digits)}`}`, unit);
}

function decimalsOf(numbers: readonly number[]): number {
  const has = (places: number): boolean =>
    numbers.every(
      (each) => Math.abs(each - Number(each.toFixed(places))) <= 1e-9 * Math.max(1, Math.abs(each)),
    );
  const isSmall = numbers.every((each) => Math.abs(each) < 1);
  return has(0) ? 0 : has(1) ? 1 : has(2) || !isSmall ? 2 : 4;
}

function withUnit(code: string, unit: string | undefined): string {
  if (unit === "$" || unit === "£" || unit === "¥") return `"${unit}"${code}`;
  return unit === "€" ? `${code} "€"` : code;
}

/**
 * The format of a chart's scale for values of that format: no decimals where the values are large, and millions counted
 * in millions (`divisor`).
 */
export function scaleFormat(
  format: string | undefined,
  values: readonly (number | null)[],
  divisor: number,
): string | undefined {
  const largest = Math.max(0, ...values.map((each) => Math.abs(each ?? 0)));
  const isPercent = format !== undefined && /%/.test(format);
  if (format !== undefined && /[ymdhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/gs, "")))
    return undefined;
  if (isPercent) return largest >= 0.1 ? "0%" : format;
  const thousands = ",".repeat(Math.round(Math.log10(divisor) / 3));
  if (largest / divisor < 10) return divisor === 1 ? "General" : `#,##0.0${thousands}`;
  if (thousands !== "") return `#,##0${thousands}`;
  return (format ?? "#,##0").replace(/\.0+/g, "");
}
