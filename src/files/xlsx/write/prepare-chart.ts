import { isXmlText } from "../../xml/xml-text.ts";
import { parseAddress, parseRanges } from "../address.ts";
import type { CellRange } from "../types.ts";
import { halfCharacter } from "./cell-content.ts";
import { findSheet, type Refused, refused, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { refuseNumberFormat } from "./number-format-code.ts";
import { refuseProtected } from "./obstacles.ts";
import type { NewChart, NewSeries, SeriesKind } from "./types.ts";

/** One row or one column of cells of a sheet. */
export type CellLine = { readonly sheet: SheetDraft; readonly range: CellRange };

export type PreparedSeries = {
  readonly name?: string | CellLine;
  readonly values: CellLine;
  readonly kind: SeriesKind;
  readonly isSecondary: boolean;
};

/** A chart whose ranges were found; it is written when all cells are known. */
export type PreparedChart = {
  readonly sheet: SheetDraft;
  readonly chart: NewChart;
  readonly anchor: { readonly row: number; readonly column: number };
  readonly categories?: CellLine;
  readonly series: readonly PreparedSeries[];
};

/** Most series of a chart, and points of one (Excel 2007 and later). */
const maxSeries = 255;
const maxPoints = 32_000;

/** Finds what a chart is made of, or why it can't be. */
export function prepareChart(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  chart: NewChart,
): PreparedChart | Refused {
  const anchor = parseAddress(chart.anchor);
  if (anchor === undefined)
    return refused("not-found", `no sheet has a cell ${chart.anchor}`, "Write the anchor as F2.");
  const fault = refuseShape(draft, sheet, chart);
  if (fault !== undefined) return fault;
  const categories = chart.categories === undefined ? undefined : findLine(draft, sheet, chart.categories);
  if (categories !== undefined && "refusal" in categories) return categories;
  const series: PreparedSeries[] = [];
  for (const [index, each] of chart.series.entries()) {
    const found = prepareSeries(draft, sheet, chart, each, index);
    if ("refusal" in found) return found;
    series.push(found);
  }
  if (series.every(({ isSecondary }) => isSecondary))
    return refused("invalid", "no series is on the first scale", "Put one on the primary axis.");
  return { sheet, chart, anchor, series, ...(categories === undefined ? {} : { categories }) };
}

function prepareSeries(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  { chart }: NewChart,
  series: NewSeries,
  index: number,
): PreparedSeries | Refused {
  const values = findLine(draft, sheet, series.values);
  if ("refusal" in values) return values;
  const isCombo = chart === "combo";
  const own = {
    values,
    kind: isCombo ? (series.kind ?? (index === 0 ? "column" : "line")) : chart === "line" ? "line" : "column",
    isSecondary: isCombo && series.axis === "secondary",
  } as const;
  if (typeof series.name !== "object") return series.name === undefined ? own : { ...own, name: series.name };
  const name = findLine(draft, sheet, series.name.cell);
  return "refusal" in name ? name : { ...own, name };
}

function refuseShape(draft: WorkbookDraft, sheet: SheetDraft, chart: NewChart): Refused | undefined {
  const { series, size, axisTitles } = chart;
  if (series.length === 0 || series.length > maxSeries)
    return refused("invalid", "a chart has 1 to 255 series", "Name the cells of at least one.");
  if (chart.chart === "pie" && series.length > 1)
    return refused("invalid", "a pie shows one series", "Give one, or make a column chart.");
  const isSize = (each: number): boolean => each >= 36 && each <= 4000;
  if (size !== undefined && !(isSize(size.width) && isSize(size.height)))
    return refused("invalid", "a chart is 36 to 4000 points wide and high", "Give another size.");
  const wrongFormat = refuseNumberFormat(chart.numberFormat);
  if (wrongFormat !== undefined) return wrongFormat;
  const names = series.map(({ name }) => (typeof name === "string" ? name : ""));
  const texts = [
    chart.title,
    chart.altText,
    chart.numberFormat,
    ...Object.values(axisTitles ?? {}),
    ...names,
  ];
  if (!texts.every((text) => isXmlText(text ?? ""))) return { refusal: halfCharacter };
  return refuseProtected(draft, sheet, "objects");
}

/** The one row or column of cells that the text names, on the sheet itself unless it names another. */
function findLine(draft: WorkbookDraft, own: SheetDraft, text: string): CellLine | Refused {
  const found = parseRanges(text.replace(/^=/, ""));
  const [only] = found;
  if (only === undefined || found.length > 1)
    return refused("invalid", `${text} is no range of cells`, "Write it as B2:B13, or Costs!B2:B13.");
  const sheet = only.sheet === undefined ? own : findSheet(draft, only.sheet);
  if ("refusal" in sheet) return sheet;
  const range = withinRows(sheet, only.range);
  const [rows, columns] = [range.lastRow - range.firstRow + 1, range.lastColumn - range.firstColumn + 1];
  if (rows > 1 && columns > 1)
    return refused(
      "invalid",
      `${text} is more than one row or column`,
      "Give each column as a series of its own.",
    );
  if (Math.max(rows, columns) > maxPoints)
    return refused("invalid", `${text} has more than ${maxPoints} points`, "Chart a summary of it.");
  return { sheet, range };
}

/** `B:B` ends with the last row of the sheet. */
function withinRows({ xml }: SheetDraft, range: CellRange): CellRange {
  let last = range.firstRow;
  for (let index = 0; index < xml.rows.count; index++) last = Math.max(last, xml.rows.numbers[index]!);
  return range.lastRow - range.firstRow < maxPoints
    ? range
    : { ...range, lastRow: Math.min(range.lastRow, last) };
}
