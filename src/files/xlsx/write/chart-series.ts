import { escapeText } from "../../xml/xml-text.ts";
import { numberText } from "./cell-xml.ts";
import type { ChartData, ChartPoint } from "./chart-data.ts";
import { type ChartMarkup, seriesFill } from "./chart-markup.ts";
import { elementXml } from "./sheet-markup.ts";

/** A series with what its cells hold. */
export type ChartSeries = {
  readonly name?: string | ChartData;
  readonly values: ChartData;
  readonly categories?: ChartData;
  /** Its number in the chart, from 0. */
  readonly index: number;
};

/** True when every cell that holds something holds a number. */
export function isNumeric({ points }: ChartData): boolean {
  return points.length > 0 && points.every(({ number }) => number !== undefined);
}

/** True when the cells are days: a number each, in a date's format. */
export function areDates(data: ChartData): boolean {
  return isNumeric(data) && data.points.every(({ style }) => /^(?:date|timestamp)$/.test(style.formatKind));
}

/** The cells as numbers or as texts, with what they hold now (ECMA-376-1, 21.2.2.123, 21.2.2.201). */
export function dataXml({ element, value }: ChartMarkup, data: ChartData, as: "numbers" | "texts"): string {
  const isNumbers = as === "numbers";
  const shown = isNumbers ? data.points.filter(({ number }) => number !== undefined) : data.points;
  const points = shown.map((point) =>
    elementXml(
      "c:pt",
      { idx: point.index },
      element("c:v", isNumbers ? numberText(point.number!) : escapeText(point.text)),
    ),
  );
  const format = isNumbers ? element("c:formatCode", escapeText(formatOf(shown))) : "";
  const cache = element(
    isNumbers ? "c:numCache" : "c:strCache",
    format,
    value("ptCount", data.count),
    ...points,
  );
  return element(isNumbers ? "c:numRef" : "c:strRef", element("c:f", escapeText(data.formula)), cache);
}

export function formatOf(points: readonly ChartPoint[]): string {
  return points[0]?.style.formatCode ?? "General";
}

function head(markup: ChartMarkup, series: ChartSeries): string {
  const { element, value } = markup;
  const { name, index } = series;
  const text =
    name === undefined
      ? ""
      : typeof name === "string"
        ? element("c:tx", element("c:v", escapeText(name)))
        : element("c:tx", dataXml(markup, name, "texts"));
  return value("idx", index) + value("order", index) + text;
}

function categoriesXml(markup: ChartMarkup, { categories }: ChartSeries, name = "c:cat"): string {
  if (categories === undefined) return "";
  return markup.element(name, dataXml(markup, categories, isNumeric(categories) ? "numbers" : "texts"));
}

function valuesXml(markup: ChartMarkup, { values }: ChartSeries, name = "c:val"): string {
  return markup.element(name, dataXml(markup, values, "numbers"));
}

export function barSeries(markup: ChartMarkup, series: ChartSeries): string {
  const { element, value } = markup;
  return element(
    "c:ser",
    head(markup, series),
    element("c:spPr", seriesFill(markup, series.index)),
    value("invertIfNegative", 0),
    categoriesXml(markup, series),
    valuesXml(markup, series),
  );
}

/** Points are marked where there are few enough to tell apart. */
const markedPoints = 24;

export function lineSeries(markup: ChartMarkup, series: ChartSeries): string {
  const { element, value } = markup;
  const isMarked = series.values.points.length <= markedPoints;
  return element(
    "c:ser",
    head(markup, series),
    element("c:spPr", markup.line(2.25, seriesFill(markup, series.index))),
    isMarked ? markerXml(markup, series.index, 5) : element("c:marker", value("symbol", "none")),
    categoriesXml(markup, series),
    valuesXml(markup, series),
    value("smooth", 0),
  );
}

function markerXml(markup: ChartMarkup, index: number, size: number): string {
  const { element, value } = markup;
  const fill = seriesFill(markup, index);
  return element(
    "c:marker",
    value("symbol", "circle"),
    value("size", size),
    element("c:spPr", fill, elementXml("a:ln", { w: 9525 }, markup.fill("bg1"))),
  );
}

export function scatterSeries(markup: ChartMarkup, series: ChartSeries): string {
  const { element, value } = markup;
  return element(
    "c:ser",
    head(markup, series),
    element("c:spPr", elementXml("a:ln", { w: 19_050 }, "<a:noFill/>")),
    markerXml(markup, series.index, 7),
    categoriesXml(markup, series, "c:xVal"),
    valuesXml(markup, series, "c:yVal"),
    value("smooth", 0),
  );
}

/** Slices in the theme's colours with their shares beside them. */
export function pieSeries(markup: ChartMarkup, series: ChartSeries): string {
  const { element, value } = markup;
  const slices = series.values.points.map(({ index }) =>
    element(
      "c:dPt",
      value("idx", index),
      value("bubble3D", 0),
      element("c:spPr", seriesFill(markup, index), elementXml("a:ln", { w: 19_050 }, markup.fill("bg1"))),
    ),
  );
  const shows = { LegendKey: 0, Val: 0, CatName: 0, SerName: 0, Percent: 1, BubbleSize: 0 };
  return element(
    "c:ser",
    head(markup, series),
    ...slices,
    element(
      "c:dLbls",
      elementXml("c:numFmt", { formatCode: "0%", sourceLinked: 0 }),
      element("c:spPr", "<a:noFill/>", "<a:ln><a:noFill/></a:ln>"),
      markup.text(9),
      value("dLblPos", "outEnd"),
      ...Object.entries(shows).map(([name, on]) => value(`show${name}`, on)),
      value("showLeaderLines", 0),
    ),
    categoriesXml(markup, series),
    valuesXml(markup, series),
  );
}
