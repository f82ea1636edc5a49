import { chartData, plainText } from "./chart-data.ts";
import type { ChartSpec } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import { textWidth } from "./text-width.ts";
import { vegaSpec } from "./vega-spec.ts";

export type DrawChartOptions = {
  /** In pixels of 1/96 inch. Defaults to 840. */
  readonly width?: number;
  /** Defaults to 440, and to what the names need where they stand below each other. */
  readonly height?: number;
};

/**
 * Draws a chart as SVG, without a browser: no scripts, links, fonts or pictures in it, texts as texts. Values are drawn
 * from the result, in the order and form that `chartData` gives.
 */
export async function drawChart(
  spec: ChartSpec,
  result: ResultTable,
  options: DrawChartOptions = {},
): Promise<string> {
  const data = chartData(spec, result);
  const bars = data.categories.length * (spec.stacked ? 1 : data.series.length);
  const { width = 840, height = defaultHeight(spec, bars) } = options;
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  const loader = vega.loader();
  loader.load = () => Promise.reject(new Error("a chart loads nothing"));
  measureTexts(vega);
  const parsed = vega.parse(
    compile(vegaSpec(spec, data, { width, height }), { logger: vega.logger(vega.None) }).spec,
  );
  const view = new vega.View(parsed, { renderer: "none", loader, logLevel: vega.None });
  try {
    return withAltText(await view.toSVG(), spec);
  } finally {
    view.finalize();
  }
}

type TextMetrics = {
  width: (item: TextItem, line?: unknown) => number;
  readonly estimateWidth: TextMetrics["width"];
};

/** Without a canvas Vega guesses widths far too large, and leaves half of a label's room empty. */
function measureTexts(vega: object): void {
  const { textMetrics } = vega as { textMetrics: TextMetrics };
  if (textMetrics.width === textMetrics.estimateWidth) textMetrics.width = measure;
}

function defaultHeight({ kind }: ChartSpec, bars: number): number {
  return kind === "bar" ? Math.max(200, 110 + 24 * bars) : 440;
}

type TextItem = {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
};

function measure({ fontSize = 11, fontWeight, limit = 0 }: TextItem, line?: unknown): number {
  const width = textWidth(String(line ?? "").trim(), fontSize) * (fontWeight === "bold" ? 1.07 : 1);
  // A longer line is cut off there.
  return limit > 0 ? Math.min(width, limit) : width;
}

function withAltText(svg: string, spec: ChartSpec): string {
  const text = escaped(plainText(spec.altText));
  const end = svg.indexOf(">");
  const open = svg.slice(0, end).replace(/ role="[^"]*"| aria-[a-z]+="[^"]*"/g, "");
  return `${open} role="img" aria-label="${text}"><title>${text}</title>${svg.slice(end + 1)}`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character]!);
}
