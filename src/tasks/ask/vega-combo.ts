import type { ChartSeries } from "./chart-data.ts";
import {
  brokenLine,
  categoryChannel,
  colour,
  colours,
  type Drawing,
  type Part,
  records,
  styleOf,
  valueAxis,
} from "./vega-parts.ts";

/** Light columns and dark lines before them. */
const lightColours = ["#a9bfd4", "#e6cfa3", "#b9d6cf", "#d9c3cb", "#d5d9de", "#c2cfb5", "#e5c9b9", "#c3c3cc"];
const darkColours = ["#7a3148", "#2f5f8f", "#3f6b2f", "#8a5a17", "#3d3d4f", "#1f6f66", "#9a4a2a", "#555f6b"];

/** Columns with lines before them, on a scale of their own where they are of another kind. */
export function combo(drawing: Drawing): Part {
  const { data } = drawing;
  const x = categoryChannel(drawing, "x", { type: "band", paddingInner: 0.35, paddingOuter: 0.2 });
  const line: Part = { type: "line", strokeWidth: 2.6, point: { filled: true, size: 52 }, ...brokenLine };
  const [lights, darks] = [[...lightColours], [...darkColours]];
  const range = data.series.map(({ kind }) => (kind === "line" ? darks : lights).shift() ?? colours[0]!);
  const columns = data.series.filter(({ kind }) => kind !== "line");
  const layer = data.series.map((each): Part => {
    const y = { field: "value", type: "quantitative", axis: valueAxis(drawing, each.axis) };
    return {
      data: records(data, [each], styleOf(drawing, each.axis)),
      mark: each.kind === "line" ? line : { type: "bar" },
      encoding: { x, y, color: colour(drawing, range), ...beside(columns, each) },
    };
  });
  const isApart = data.series.some(({ axis }) => axis === "secondary");
  return { layer, ...(isApart && { resolve: { scale: { y: "independent" } } }) };
}

/** Where several series of a combo are columns, they stand beside each other. */
function beside(columns: readonly ChartSeries[], each: ChartSeries): Part {
  if (columns.length < 2 || each.kind === "line") return {};
  const domain = columns.map(({ name }) => name);
  return { xOffset: { field: "series", type: "nominal", sort: null, scale: { domain } } };
}
