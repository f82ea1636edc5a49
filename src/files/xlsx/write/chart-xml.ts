import { type Axis, categoryAxis, valueAxis } from "./chart-axes.ts";
import type { ChartData } from "./chart-data.ts";
import { type ChartMarkup, chartMarkup } from "./chart-markup.ts";
import {
  barSeries,
  type ChartSeries,
  formatOf,
  isNumeric,
  lineSeries,
  pieSeries,
  scatterSeries,
} from "./chart-series.ts";
import { elementXml } from "./sheet-markup.ts";
import type { NewChart } from "./types.ts";

/** A chart with everything that its cells hold. */
export type ResolvedChart = {
  readonly chart: NewChart;
  readonly categories?: ChartData;
  readonly series: readonly (ChartSeries & {
    readonly kind: "column" | "line";
    readonly isSecondary: boolean;
  })[];
  readonly date1904: boolean;
  readonly strict: boolean;
  /** Whether the workbook has a theme, whose colours are used then. */
  readonly hasTheme: boolean;
};

const primary = { category: 500_000_001, value: 500_000_002 };
const secondary = { category: 500_000_003, value: 500_000_004 };

/** The content of a chart part (ECMA-376-1, 21.2.2.29), in the colours of the workbook's theme. */
export function chartXml(resolved: ResolvedChart): string {
  const markup = chartMarkup(resolved.strict, resolved.hasTheme);
  const { element, value } = markup;
  const { title } = resolved.chart;
  const hasTitle = title !== undefined && title !== "";
  const border = elementXml("a:ln", { w: 9525 }, markup.grey("line"));
  return markup.root(
    [
      value("date1904", resolved.date1904 ? 1 : 0),
      value("roundedCorners", 0),
      element(
        "c:chart",
        hasTitle ? markup.title(title, 14) : "",
        value("autoTitleDeleted", hasTitle ? 0 : 1),
        plotArea(markup, resolved),
        legend(markup, resolved),
        value("plotVisOnly", 1),
        value("dispBlanksAs", "gap"),
      ),
      element("c:spPr", markup.fill("bg1"), border),
      markup.text(10),
    ].join(""),
  );
}

function legend(markup: ChartMarkup, { chart, series }: ResolvedChart): string {
  const isPie = chart.chart === "pie";
  if (!isPie && series.length < 2) return "";
  const { element, value } = markup;
  return element("c:legend", value("legendPos", isPie ? "r" : "b"), value("overlay", 0), markup.text(9));
}

function plotArea(markup: ChartMarkup, resolved: ResolvedChart): string {
  const noLook = markup.element("c:spPr", "<a:noFill/>", "<a:ln><a:noFill/></a:ln>");
  const content = {
    column: () => columnsAndLines(markup, resolved),
    line: () => columnsAndLines(markup, resolved),
    combo: () => columnsAndLines(markup, resolved),
    bar: () => bars(markup, resolved),
    pie: () => pie(markup, resolved),
    scatter: () => scatter(markup, resolved),
  }[resolved.chart.chart]();
  return markup.element("c:plotArea", "<c:layout/>", content, noLook);
}

type Group = ResolvedChart["series"];

function barGroup(
  markup: ChartMarkup,
  resolved: ResolvedChart,
  group: Group,
  axes: typeof primary,
  direction: "col" | "bar",
): string {
  if (group.length === 0) return "";
  const { element, value } = markup;
  const isStacked = resolved.chart.stacked === true;
  return element(
    "c:barChart",
    value("barDir", direction),
    value("grouping", isStacked ? "stacked" : "clustered"),
    value("varyColors", 0),
    ...group.map((series) => barSeries(markup, series)),
    markup.strict ? "" : value("gapWidth", group.length === 1 || isStacked ? 60 : 90),
    isStacked ? value("overlap", markup.strict ? "100%" : 100) : "",
    value("axId", axes.category),
    value("axId", axes.value),
  );
}

function lineGroup(markup: ChartMarkup, resolved: ResolvedChart, group: Group, axes: typeof primary): string {
  if (group.length === 0) return "";
  const { element, value } = markup;
  const isStacked = resolved.chart.chart === "line" && resolved.chart.stacked === true;
  return element(
    "c:lineChart",
    value("grouping", isStacked ? "stacked" : "standard"),
    value("varyColors", 0),
    ...group.map((series) => lineSeries(markup, series)),
    value("marker", 1),
    value("axId", axes.category),
    value("axId", axes.value),
  );
}

function columnsAndLines(markup: ChartMarkup, resolved: ResolvedChart): string {
  const { series, categories, chart } = resolved;
  const select = (kind: "column" | "line", isSecondary: boolean): Group =>
    series.filter((each) => each.kind === kind && each.isSecondary === isSecondary);
  const second = series.filter(({ isSecondary }) => isSecondary);
  const category = categoryAxis(markup, axisOf("category", resolved, primary), categories);
  const first = series.filter(({ isSecondary }) => !isSecondary);
  const value = valueAxis(markup, axisOf("value", resolved, primary), {
    isFromZero: areBarsUp(first),
    hasWholeSteps: areFewThings(resolved, first),
  });
  const secondAxis: Axis = {
    id: secondary.value,
    crosses: secondary.category,
    side: "r",
    title: chart.axisTitles?.secondary,
    sourceFormat: formatOf(second[0]?.values.points ?? []),
  };
  return [
    barGroup(markup, resolved, select("column", false), primary, "col"),
    barGroup(markup, resolved, select("column", true), secondary, "col"),
    lineGroup(markup, resolved, select("line", false), primary),
    lineGroup(markup, resolved, select("line", true), secondary),
    category,
    value,
    ...(second.length === 0
      ? []
      : [
          valueAxis(markup, secondAxis, {
            crossesAt: "max",
            hasGrid: false,
            isFromZero: areBarsUp(second),
            hasWholeSteps: areFewThings(resolved, second),
          }),
          categoryAxis(markup, { ...axisOf("category", resolved, secondary), title: undefined }, categories, {
            isHidden: true,
          }),
        ]),
  ].join("");
}

/** The axes of the first scale; `side` is where bars that lie put them. */
function axisOf(
  which: "category" | "value",
  resolved: ResolvedChart,
  ids: typeof primary,
  isLying = false,
): Axis {
  const { chart, categories, series } = resolved;
  if (which === "category")
    return {
      id: ids.category,
      crosses: ids.value,
      side: isLying ? "l" : "b",
      title: chart.axisTitles?.category,
      sourceFormat:
        categories !== undefined && isNumeric(categories) ? formatOf(categories.points) : "General",
    };
  const first = series.find(({ isSecondary }) => !isSecondary);
  return {
    id: ids.value,
    crosses: ids.category,
    side: isLying ? "b" : "l",
    title: chart.axisTitles?.value,
    format: chart.numberFormat,
    sourceFormat: formatOf(first?.values.points ?? []),
  };
}

function bars(markup: ChartMarkup, resolved: ResolvedChart): string {
  return [
    barGroup(markup, resolved, resolved.series, primary, "bar"),
    categoryAxis(markup, axisOf("category", resolved, primary, true), resolved.categories, {
      isReversed: true,
    }),
    // The first category is at the top, so the scale has to be told to stay at the bottom.
    valueAxis(markup, axisOf("value", resolved, primary, true), {
      crossesAt: "max",
      isFromZero: areBarsUp(resolved.series.map((each) => ({ ...each, kind: "column" }))),
      hasWholeSteps: areFewThings(resolved, resolved.series),
    }),
  ].join("");
}

/** Whole numbers so small that a program would mark halves between them. */
function areFewThings({ chart }: ResolvedChart, group: Group): boolean {
  const numbers = group.flatMap(({ values }) => values.points.map(({ number = 0 }) => number));
  const isSmall = numbers.every((each) => Number.isInteger(each) && each >= 0 && each <= 8);
  return isSmall && chart.stacked !== true && numbers.some((each) => each > 0);
}

/** The length of a bar is its value only where the scale begins at 0: programs begin later where values lie close. */
function areBarsUp(group: Group): boolean {
  const isUp = ({ values }: Group[number]): boolean => values.points.every(({ number = 0 }) => number >= 0);
  return group.some(({ kind }) => kind === "column") && group.every(isUp);
}

function pie(markup: ChartMarkup, { series }: ResolvedChart): string {
  const { element, value } = markup;
  return element(
    "c:pieChart",
    value("varyColors", 1),
    ...series.map((each) => pieSeries(markup, each)),
    value("firstSliceAng", 0),
  );
}

function scatter(markup: ChartMarkup, resolved: ResolvedChart): string {
  const { element, value } = markup;
  const across = axisOf("category", resolved, primary);
  return [
    element(
      "c:scatterChart",
      value("scatterStyle", "lineMarker"),
      value("varyColors", 0),
      ...resolved.series.map((each) => scatterSeries(markup, each)),
      value("axId", primary.category),
      value("axId", primary.value),
    ),
    valueAxis(markup, across, { hasGrid: false, between: "midCat", hasLine: true }),
    valueAxis(markup, axisOf("value", resolved, primary), { between: "midCat" }),
  ].join("");
}
