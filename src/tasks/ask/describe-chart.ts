import type { ChartData, ChartSeries } from "./chart-data.ts";
import { plainText } from "./chart-data.ts";
import { chartNumber, plainStyle } from "./chart-numbers.ts";
import type { ChartKind, ChartSpec } from "./chart-spec.ts";

const kindNames: Readonly<Record<ChartKind, string>> = {
  column: "Column chart",
  bar: "Bar chart",
  line: "Line chart",
  pie: "Pie chart",
  scatter: "Scatter chart",
  combo: "Columns with a line",
};

/** What a chart shows, for people who don't see it: its kind and title, how much there is, the extremes of each series. */
export function describeChart({ kind, title }: ChartSpec, data: ChartData): string {
  const { categories, series } = data;
  const count = `${categories.length} ${kind === "scatter" ? "points" : "categories"}`;
  const parts = [`${kindNames[kind]}: ${plainText(title)}.`, `${count}:`];
  for (const each of series.slice(0, 8)) {
    const extremes = extremesOf(each, data, kind === "scatter");
    if (extremes !== undefined) parts.push(`${series.length > 1 ? `${each.name} ` : ""}${extremes}.`);
  }
  return parts.join(" ");
}

function extremesOf(
  { values }: ChartSeries,
  { categories }: ChartData,
  hasNoNames: boolean,
): string | undefined {
  const numbers = values.filter((value) => value !== null);
  if (numbers.length === 0) return undefined;
  const style = plainStyle(numbers);
  const say = (word: string, value: number): string => {
    const shown = chartNumber(value, style);
    return hasNoNames ? `${word} ${shown}` : `${word} ${shown} (${categories[values.indexOf(value)]!.label})`;
  };
  const extreme = (choose: (a: number, b: number) => number): number =>
    numbers.reduce((a, b) => choose(a, b));
  return `${say("largest", extreme(Math.max))}, ${say("smallest", extreme(Math.min))}`;
}
