import { formatAddress, type NewChart } from "../../files/index.ts";
import { chartData } from "./chart-data.ts";
import { numberStyle } from "./chart-numbers.ts";
import type { ChartSpec } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import { columnOf, headingRow, type LaidBlock, type ResultLayout } from "./lay-out-result.ts";
import { scaleFormat } from "./result-formats.ts";
import { scaledTitle } from "./vega-parts.ts";

/** In points: of a chart, and of a row of cells. */
const usualHeight = 288;
const rowHeight = 15;
const mostHeight = 1_000;

/** Bars need a line each to be named. */
function chartHeight(spec: ChartSpec, result: ResultTable): number {
  if (spec.kind !== "bar") return usualHeight;
  const { categories, series } = chartData(spec, result);
  const lines = categories.length * (spec.stacked ? 1 : Math.max(1, series.length * 0.75));
  return Math.min(mostHeight, Math.max(usualHeight, Math.round(90 + lines * rowHeight)));
}

/** The native chart of a result over the cells that it was laid out in. */
export function resultChart(
  spec: ChartSpec,
  result: ResultTable,
  { main, beside }: ResultLayout,
  formats: readonly (string | undefined)[],
): NewChart {
  const block = beside ?? main;
  const data = chartData(spec, result);
  const isPlain = spec.kind === "pie";
  const primary = data.series.filter(({ axis }) => axis !== "secondary").flatMap(({ values }) => values);
  const style = numberStyle(isPlain ? [] : primary, spec.axisTitles.value ?? "");
  const format = scaleFormat(formats[spec.values[0]!.column], primary, style.divisor);
  const title = scaledTitle(spec.axisTitles.value, style) ?? undefined;
  const { value: _, ...otherTitles } = spec.axisTitles;
  return {
    chart: spec.kind,
    title: spec.title,
    categories: columnOf(block, spec.series === undefined ? spec.category : 0),
    series: seriesOf(spec, block),
    anchor: anchorOf(main, beside),
    axisTitles: { ...otherTitles, ...(title !== undefined && { value: title }) },
    ...(spec.stacked && { stacked: true }),
    ...(chartHeight(spec, result) > usualHeight && {
      size: { width: 480, height: chartHeight(spec, result) },
    }),
    ...(!isPlain && format !== undefined && { numberFormat: format }),
    altText: spec.altText,
  };
}

function seriesOf(spec: ChartSpec, block: LaidBlock): NewChart["series"] {
  const cell = (column: number): string => formatAddress(headingRow, block.firstColumn + column);
  if (spec.series !== undefined)
    return block.headings.slice(1).map((_, index) => ({
      name: { cell: cell(index + 1) },
      values: columnOf(block, index + 1),
    }));
  return spec.values.map(({ column, kind, axis }) => ({
    name: { cell: cell(column) },
    values: columnOf(block, column),
    ...(kind !== undefined && { kind }),
    ...(axis !== undefined && { axis }),
  }));
}

/** Right of the cells, and below those that only the chart needs. */
function anchorOf(main: LaidBlock, beside: LaidBlock | undefined): string {
  if (beside === undefined) return formatAddress(headingRow, main.headings.length + 1);
  return formatAddress(headingRow + beside.rows.length + 2, beside.firstColumn);
}

/** Rows that stand free for the chart, counted from the heading. */
export function rowsForChart(
  { beside }: ResultLayout,
  { size = { width: 0, height: usualHeight } }: NewChart,
): number {
  return Math.ceil(size.height / rowHeight) + 1 + (beside === undefined ? 0 : beside.rows.length + 2);
}
