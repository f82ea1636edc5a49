import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import { type ContentBlock, type ContentRun, createDocument } from "../../files/index.ts";
import { drawChart } from "../../tasks/ask/draw-chart.ts";
import {
  type ComposeReportOptions,
  composeReport,
  type InsightsReport,
  type ReportItem,
} from "../../tasks/insights/compose-report.ts";
import type { CliIo } from "./cli-io.ts";
import { renderPng } from "./render-png.ts";

/** Throws `BadRequestError` for a name that says no format a report can be written in. */
export function refuseReportName(name: string): void {
  if (!/\.(docx|md)$/i.test(name))
    throw new BadRequestError(`a report can't be written as ${name}`, {
      hint: "end its name in .docx or .md",
    });
}

/** The files that were written: the report, and for text the pictures beside it. */
export type ReportWritten = { readonly path: string; readonly pictures: readonly string[] };

/** Writes the findings as a page: a Word document with its charts in it, or text with the charts as .svg beside it. */
export async function writeReport(
  io: CliIo,
  name: string,
  options: ComposeReportOptions,
): Promise<ReportWritten> {
  const report = composeReport(options);
  const drawn: string[] = [];
  for (const { spec, result } of report.figures) drawn.push(await drawChart(spec, result, chartSize));
  io.signal.throwIfAborted();
  return /\.docx$/i.test(name) ? writeWord(io, name, report, drawn) : writeText(io, name, report, drawn);
}

async function writeWord(
  io: CliIo,
  name: string,
  report: InsightsReport,
  drawn: readonly string[],
): Promise<ReportWritten> {
  const images: Uint8Array[] = [];
  for (const svg of drawn) images.push(await renderPng(svg));
  const properties = { title: report.title, author: "Tandem", created: io.now() };
  await io.files.write(name, createDocument(wordBlocks(report, images), properties));
  return { path: name, pictures: [] };
}

/** Small, so that its letters are as large as the page's when it fills the width. */
const chartSize = { width: 640, height: 235 };

/** Points. Two charts of this width and a third as high leave room for seven findings on a page. */
const pictureWidth = 440;

function wordBlocks(report: InsightsReport, images: readonly Uint8Array[]): ContentBlock[] {
  const paragraph = (text: string): ContentBlock => ({ kind: "paragraph", runs: [{ text }] });
  const heading = (text: string): ContentBlock => ({ kind: "heading", level: 1, runs: [{ text }] });
  const items = (list: readonly ReportItem[]): ContentBlock[] =>
    list.map((item) => ({ kind: "list-item", ordered: false, runs: itemRuns(item) }));
  const { title, subject, patterns, faults, figures, method } = report;
  return [
    { kind: "paragraph", style: "Title", runs: [{ text: title }] },
    paragraph(subject),
    ...(faults.length === 0 ? [] : [heading("Look at the data first"), ...items(faults)]),
    heading("What stands out"),
    ...(patterns.length === 0 ? [paragraph("Nothing that can't be chance.")] : items(patterns)),
    ...figures.flatMap(({ spec, caption }, index): ContentBlock[] => [
      { kind: "picture", image: images[index]!, altText: spec.altText, width: pictureWidth },
      { kind: "caption", label: "figure", runs: [{ text: caption }], bookmark: `figure_${index + 1}` },
    ]),
    { kind: "paragraph", runs: [{ text: method, italic: true }] },
  ];
}

function itemRuns({ text, evidence, cells, figure }: ReportItem): ContentRun[] {
  const place = cells === "" ? "" : `; ${cells}`;
  const shown: ContentRun[] =
    figure === undefined ? [] : [{ text: " (" }, { text: "", reference: `figure_${figure}` }, { text: ")" }];
  return [{ text }, ...shown, { text: ` ${evidence}${place}.`, italic: true }];
}

async function writeText(
  io: CliIo,
  name: string,
  report: InsightsReport,
  drawn: readonly string[],
): Promise<ReportWritten> {
  const base = name.replace(/\.md$/i, "");
  const pictures = drawn.map((_, index) => `${base}-${index + 1}.svg`);
  for (const [index, svg] of drawn.entries())
    await io.files.write(pictures[index]!, new TextEncoder().encode(svg));
  await io.files.write(name, new TextEncoder().encode(markdown(report, pictures)));
  return { path: name, pictures };
}

function markdown(
  { title, subject, patterns, faults, figures, method }: InsightsReport,
  pictures: readonly string[],
): string {
  const items = (list: readonly ReportItem[]): string[] =>
    list.map(({ text, evidence, cells, figure }) => {
      const shown = figure === undefined ? "" : ` (Figure ${figure})`;
      return `- ${escaped(text)}${shown} *${escaped(`${evidence}${cells === "" ? "" : `; ${cells}`}.`)}*`;
    });
  const images = figures.map(
    ({ caption }, index) =>
      `![${escaped(caption)}](<${path.basename(pictures[index]!)}>)\n\n*Figure ${index + 1}: ${escaped(caption)}*`,
  );
  const parts = [
    `# ${escaped(title)}`,
    escaped(subject),
    ...(faults.length === 0 ? [] : ["## Look at the data first", items(faults).join("\n")]),
    "## What stands out",
    patterns.length === 0 ? "Nothing that can't be chance." : items(patterns).join("\n"),
    ...images,
    `*${method}*`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A text of a workbook in Markdown: nothing in it is markup. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[\\`*_[\]<>|#&~]/g, (sign) => `\\${sign}`);
}
