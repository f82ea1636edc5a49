import type { TopLevelSpec } from "vega-lite";
import { type ChartData, fillGaps, plainText } from "./chart-data.ts";
import { chartNumber, numberStyle } from "./chart-numbers.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { textWidth } from "./text-width.ts";
import { combo } from "./vega-combo.ts";
import {
  brokenLine,
  type ChartSize,
  categoryChannel,
  colour,
  colours,
  type Drawing,
  labelSize,
  literalTitle,
  type Part,
  records,
  scaledTitle,
  styleOf,
  tickFormat,
  valueAxis,
} from "./vega-parts.ts";

const ink = "#33383f";
const quiet = "#5f6771";
const dashes = [
  [1, 0],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [12, 3],
  [4, 4],
  [1, 3],
  [6, 2, 1, 2],
];

const config: Part = {
  font: "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif",
  aria: false,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: 16,
    fontWeight: "bold",
    color: ink,
    offset: 14,
    lineHeight: 20,
  },
  axis: {
    labelFontSize: labelSize,
    labelColor: ink,
    labelPadding: 6,
    labelLimit: 260,
    labelFlush: false,
    titleFontSize: labelSize,
    titleFontWeight: "normal",
    titleColor: quiet,
    titlePadding: 10,
    domainColor: "#9aa3ad",
    gridColor: "#e4e7eb",
    ticks: false,
    maxExtent: 600,
  },
  legend: {
    orient: "top",
    direction: "horizontal",
    title: null,
    labelFontSize: labelSize,
    labelColor: ink,
    labelLimit: 240,
    symbolSize: 120,
    offset: 10,
    rowPadding: 4,
  },
};

/**
 * A chart in Vega-Lite. Texts of the workbook go in as values of data, as domains of scales and as literal titles only:
 * field names and formats are all our own and there are no expressions, so that nothing a workbook says is evaluated.
 */
export function vegaSpec(spec: ChartSpec, data: ChartData, size: ChartSize): TopLevelSpec {
  const isEven = spec.kind === "line" || spec.kind === "column" || spec.kind === "combo";
  const drawing = { spec, data: isEven ? fillGaps(data) : data, size };
  const top: Part = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: size.width,
    height: size.height,
    autosize: { type: "fit", contains: "padding" },
    padding: 16,
    background: "#ffffff",
    title: { text: titleLines(plainText(spec.title), size.width) },
    config,
  };
  return { ...top, ...body(drawing) } as unknown as TopLevelSpec;
}

function titleLines(title: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const line = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(line, 17) <= width - 40) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length > 2 ? [lines[0]!, `${lines[1]} …`] : lines;
}

function body(drawing: Drawing): Part {
  switch (drawing.spec.kind) {
    case "column":
      return bars(drawing, "x", "y");
    case "bar":
      return bars(drawing, "y", "x");
    case "line":
      return lines(drawing);
    case "pie":
      return pie(drawing);
    case "scatter":
      return scatter(drawing);
    case "combo":
      return combo(drawing);
    default:
      return drawing.spec.kind satisfies never;
  }
}

function bars(drawing: Drawing, along: "x" | "y", across: "x" | "y"): Part {
  const { data } = drawing;
  const names = data.series.map(({ name }) => name);
  const isGrouped = names.length > 1;
  const isStacked = isGrouped && drawing.spec.stacked === true;
  const scale = { paddingInner: isGrouped ? 0.25 : 0.35, paddingOuter: 0.2 };
  const offset = { field: "series", type: "nominal", sort: null, scale: { domain: names } };
  const encoding: Part = {
    [along]: categoryChannel(drawing, along, scale),
    [across]: {
      field: "value",
      type: "quantitative",
      axis: valueAxis(drawing),
      stack: isStacked ? "zero" : null,
    },
    ...(isGrouped && { color: colour(drawing) }),
    ...(isGrouped && (isStacked ? { order: { field: "place" } } : { [`${along}Offset`]: offset })),
  };
  const bar = { mark: { type: "bar", color: colours[0]! } };
  const layer: Part[] = hasRoomForLabels(drawing, along) ? [bar, valueLabels(across)] : [bar];
  return { data: records(data, data.series, styleOf(drawing)), encoding, layer };
}

function valueLabels(across: "x" | "y"): Part {
  const place: Part = across === "y" ? { dy: -4, baseline: "bottom" } : { dx: 5, align: "left" };
  return {
    mark: { type: "text", fontSize: 11, color: ink, ...place },
    encoding: { text: { field: "label", type: "nominal" } },
  };
}

function hasRoomForLabels(drawing: Drawing, along: "x" | "y"): boolean {
  const [only, ...others] = drawing.data.series;
  if (others.length > 0 || only!.values.some((value) => value !== null && value < 0)) return false;
  if (along === "y") return true;
  const style = styleOf(drawing);
  const shown = only!.values.map((value) => (value === null ? "" : chartNumber(value, style)));
  const widest = Math.max(...shown.map((text) => textWidth(text, 11)));
  return widest + 4 <= (drawing.size.width - 110) / shown.length;
}

function lines(drawing: Drawing): Part {
  const { data } = drawing;
  const isDense = data.categories.length > 40;
  const isDays = data.step === "day" || data.step === "moment";
  const legend = { symbolType: "stroke", symbolSize: 500, symbolStrokeWidth: 2.5 };
  const color = colour(drawing, colours, legend);
  const stroke = {
    ...color,
    scale: { ...(color.scale as Part), range: dashes.slice(0, data.series.length) },
  };
  const encoding: Part = {
    x: isDays ? timeChannel(drawing) : categoryChannel(drawing, "x"),
    y: {
      field: "value",
      type: "quantitative",
      axis: valueAxis(drawing),
      scale: { zero: startsAtZero(data) },
    },
    ...(data.series.length > 1 && { color, strokeDash: stroke }),
  };
  const point = { filled: true, size: 42 };
  const mark = {
    type: "line",
    color: colours[0]!,
    strokeWidth: isDense ? 1.8 : 2.4,
    ...brokenLine,
    ...(!isDense && { point }),
  };
  return { data: records(data, data.series, styleOf(drawing)), encoding, mark };
}

function timeChannel({ spec, data, size }: Drawing): Part {
  const orders = data.categories.map(({ order }) => order!);
  const days = (Math.max(...orders) - Math.min(...orders)) / 86_400_000;
  const format = days > 1_500 ? "%Y" : days > 150 ? "%b %Y" : days > 3 ? "%-d %b" : "%-d %b %H:%M";
  const axis = {
    title: literalTitle(spec.axisTitles.category),
    grid: false,
    format,
    tickCount: Math.max(2, Math.floor(size.width / 110)),
    labelOverlap: true,
  };
  return { field: "order", type: "temporal", scale: { type: "utc" }, axis };
}

/** A line may leave out zero where its values lie close together far from it. */
function startsAtZero({ series }: ChartData): boolean {
  const values = series.flatMap((each) => each.values.filter((value) => value !== null));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least <= 0 || most - least > 0.25 * most;
}

function pie({ spec, data, size }: Drawing): Part {
  const { values: own, name } = data.series[0]!;
  const isPercent = /%/.test(name);
  const style = numberStyle(own, spec.axisTitles.value ?? "");
  const rounded = isPercent ? { ...style, decimals: Math.min(1, style.decimals) } : style;
  const unit = isPercent ? " %" : style.scaleWord === "" ? "" : ` ${style.scaleWord}`;
  const names = data.categories.map(
    ({ label }, index) => `${label}: ${chartNumber(own[index] ?? 0, rounded)}${unit}`,
  );
  const values = names.map((part, index): Part => ({ part, place: index, value: own[index] ?? 0 }));
  const radius = Math.round(Math.min(size.width * 0.3, size.height * 0.36));
  const legend = {
    orient: "right",
    direction: "vertical",
    symbolType: "square",
    labelFontSize: 13,
    labelLimit: Math.round(size.width * 0.4),
    offset: 24,
  };
  const scale = { domain: names, range: colours.slice(0, names.length) };
  return {
    data: { values },
    mark: { type: "arc", stroke: "#ffffff", strokeWidth: 2, outerRadius: radius },
    encoding: {
      theta: { field: "value", type: "quantitative", stack: true },
      order: { field: "place", type: "quantitative" },
      color: { field: "part", type: "nominal", sort: null, scale, legend },
    },
  };
}

function scatter(drawing: Drawing): Part {
  const { spec, data, size } = drawing;
  const across = data.categories.map(({ order }) => order ?? null);
  const [xStyle, yStyle] = [numberStyle(across, spec.axisTitles.category ?? ""), styleOf(drawing)];
  const values = across.flatMap((x, index): Part[] => {
    const y = data.series[0]!.values[index] ?? null;
    return x === null || y === null ? [] : [{ x: x / xStyle.divisor, y: y / yStyle.divisor }];
  });
  const isDense = values.length > 300;
  const axis = {
    title: scaledTitle(spec.axisTitles.category, xStyle),
    titleLimit: size.width - 120,
    format: tickFormat(across, xStyle),
    tickCount: 8,
  };
  const scale = { zero: false, nice: true };
  return {
    data: { values },
    mark: {
      type: "point",
      filled: true,
      size: isDense ? 22 : 55,
      color: colours[0]!,
      opacity: isDense ? 0.45 : 0.75,
    },
    encoding: {
      x: { field: "x", type: "quantitative", scale, axis },
      y: { field: "y", type: "quantitative", scale, axis: valueAxis(drawing) },
    },
  };
}
