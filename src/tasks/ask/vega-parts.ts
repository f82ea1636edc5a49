import { type ChartData, type ChartSeries, plainText } from "./chart-data.ts";
import { chartNumber, type NumberStyle, numberStyle } from "./chart-numbers.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { textWidth } from "./text-width.ts";

/** Width and height of a picture in pixels of 1/96 inch. */
export type ChartSize = { readonly width: number; readonly height: number };

/** A part of a Vega-Lite specification. */
export type Part = { readonly [key: string]: PartValue };
type PartValue = string | number | boolean | null | readonly PartValue[] | Part;

/** A chart being written in Vega-Lite. */
export type Drawing = {
  readonly spec: ChartSpec;
  readonly data: ChartData;
  readonly size: ChartSize;
};

/** Blue, sand, teal, …: neighbours differ in lightness as well, so that they can be told apart in grey print. */
export const colours: readonly string[] = [
  ...["#2f5f8f", "#e3a857", "#6fb3a8", "#8c4a5e"],
  ...["#b9c6d3", "#53703c", "#c98a6b", "#3d3d4f"],
];

/** A line stops where a value is missing, rather than guess it. */
export const brokenLine: Part = { invalid: "break-paths-show-path-domains" };

/** Size of labels in pixels. */
export const labelSize = 12;

export type AxisSide = "primary" | "secondary";

/** How numbers are written along one scale. */
export function styleOf({ spec, data }: Drawing, side: AxisSide = "primary"): NumberStyle {
  const title = side === "primary" ? spec.axisTitles.value : spec.axisTitles.secondary;
  return numberStyle(valuesOf(data, side), title ?? "");
}

function valuesOf({ series }: ChartData, side: AxisSide): (number | null)[] {
  return series.filter(({ axis = "primary" }) => axis === side).flatMap(({ values }) => values);
}

/** Rows of `category`, `order`, `series` and its `place`, `value` (in the scale's word) and `label` (the value as it is written). */
export function records({ categories }: ChartData, series: readonly ChartSeries[], style: NumberStyle): Part {
  const values = series.flatMap(({ name, values: own }, place) =>
    own.map((value, index): Part => {
      const { label, order } = categories[index]!;
      const number = value === null ? null : value / style.divisor;
      const shown = value === null ? "" : chartNumber(value, style);
      return { category: label, order: order ?? index, series: name, place, value: number, label: shown };
    }),
  );
  return { values };
}

/** A title as a literal text; null where there is none, as a missing one would be the field's name. */
export function literalTitle(text: string | undefined): string | null {
  const plain = plainText(text ?? "");
  return plain === "" ? null : plain;
}

/** The axis of values, with the word that they are counted in. */
export function valueAxis(drawing: Drawing, side: AxisSide = "primary"): Part {
  const { spec, data, size } = drawing;
  const style = styleOf(drawing, side);
  const title = side === "primary" ? spec.axisTitles.value : spec.axisTitles.secondary;
  const place = side === "primary" ? {} : { orient: "right", grid: false };
  return {
    title: scaledTitle(title, style),
    titleLimit: (spec.kind === "bar" ? size.width : size.height) - 120,
    format: tickFormat(valuesOf(data, side), style),
    tickCount: 6,
    ...(valuesOf(data, side).every((each) => Number.isInteger(each ?? 0)) && { tickMinStep: 1 }),
    ...place,
  };
}

/** Thousands parted by commas, decimals only where ticks have some. */
export function tickFormat(values: readonly (number | null)[], { divisor }: NumberStyle): string {
  const isTiny = values.every((value) => value === null || Math.abs(value / divisor) < 0.001);
  return isTiny ? ",~g" : ",.6~f";
}

/** `Amount (€)` in millions is `Amount (€ million)`. */
export function scaledTitle(text: string | undefined, { scaleWord }: NumberStyle): string | null {
  const title = literalTitle(text);
  if (scaleWord === "") return title;
  if (title === null) return scaleWord;
  const open = /^(.*)\(([^()]{1,24})\)$/.exec(title);
  return open === null ? `${title} (${scaleWord})` : `${open[1]}(${open[2]} ${scaleWord})`;
}

/** The colour of each series, with its legend. */
export function colour({ data, size }: Drawing, range: readonly string[] = colours, legend: Part = {}): Part {
  const names = data.series.map(({ name }) => name);
  const widest = Math.max(...names.map((name) => Math.min(240, textWidth(name, labelSize)))) + 50;
  const columns = Math.max(1, Math.min(names.length, Math.floor((size.width - 40) / widest)));
  return {
    field: "series",
    type: "nominal",
    sort: null,
    scale: { domain: names, range: range.slice(0, names.length) },
    legend: { columns, ...legend },
  };
}

/** Categories along an axis, each with its label, in the order given. `scale` adds to the scale. */
export function categoryChannel(drawing: Drawing, direction: "x" | "y", scale: Part = {}): Part {
  const domain = drawing.data.categories.map(({ label }) => label);
  const axis = categoryAxis(drawing, direction);
  return { field: "category", type: "ordinal", sort: null, scale: { domain, ...scale }, axis };
}

function categoryAxis({ spec, data, size }: Drawing, direction: "x" | "y"): Part {
  const titleLimit = (direction === "y" ? size.height : size.width) - 120;
  const start = {
    title: literalTitle(spec.axisTitles.category),
    titleLimit,
    grid: false,
    labelOverlap: false,
  };
  if (direction === "y") return { ...start, labelLimit: Math.round(size.width * 0.4) };
  const labels = data.categories.map(({ label }) => label);
  const widest = Math.max(...labels.map((label) => textWidth(label, labelSize))) + 8;
  const room = (size.width - 100) / labels.length;
  if (widest <= room) return { ...start, labelAngle: 0 };
  if (spec.categoryScale !== "names" && labels.length > 12) {
    const every = Math.ceil(widest / room);
    return { ...start, labelAngle: 0, values: labels.filter((_, index) => index % every === 0) };
  }
  return { ...start, labelAngle: -40, labelLimit: 130 };
}
