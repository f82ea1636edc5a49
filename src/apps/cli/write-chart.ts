import { BadRequestError } from "../../errors.ts";
import { chooseChart } from "../../tasks/ask/choose-chart.ts";
import { drawChart } from "../../tasks/ask/draw-chart.ts";
import type { AskOutput } from "../../tasks/ask/task.ts";
import type { CliIo } from "./cli-io.ts";
import { renderPng } from "./render-png.ts";

/** Throws `BadRequestError` for a name that says no format a chart can be drawn in. */
export function refuseChartName(name: string): void {
  if (!/\.(svg|png)$/i.test(name))
    throw new BadRequestError(`a chart can't be drawn as ${name}`, { hint: "end its name in .svg or .png" });
}

/** The file that was drawn, or why none was. */
export type ChartWritten = { readonly path?: string; readonly reason?: string };

/** Draws an answer's chart into a file; the reason where a chart would not help. */
export async function writeChart(io: CliIo, output: AskOutput, name: string): Promise<ChartWritten> {
  const { calculation, columns, rows, isTruncated } = output;
  const result = { columns, rows: rows.map(({ values }) => values), isTruncated };
  const plan = calculation === undefined || "op" in calculation ? undefined : calculation;
  const { spec, reason } = chooseChart(plan, result);
  if (spec === undefined) return { reason };
  const svg = await drawChart(spec, result);
  const bytes = /\.png$/i.test(name) ? await renderPng(svg) : new TextEncoder().encode(svg);
  await io.files.write(name, bytes);
  return { path: name };
}
