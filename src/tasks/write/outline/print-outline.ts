import { indexPassages } from "../rank/passage-index.ts";
import type {
  FigureReference,
  Outline,
  OutlineSection,
  PassageReference,
  Sources,
  TableReference,
} from "../types.ts";

const excerptLength = 90;

/**
 * The outline as a Markdown text that a person can edit: a heading a section, then lines `purpose:`, `length:`, `uses:`,
 * `table:`, `figure:`. With `sources` a comment under `uses:` shows how each passage begins; comments are not read back.
 */
export function printOutline(outline: Outline, sources?: Sources): string {
  const parts = [
    `# ${oneLine(outline.title)}`,
    `language: ${outline.language}`,
    ...outline.sections.map((section) => printSection(section, sources)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function printSection(section: OutlineSection, sources: Sources | undefined): string {
  const { id, level, heading, purpose, words, uses, tables, figures } = section;
  return [
    `${"#".repeat(level + 1)} ${id} ${oneLine(heading)}`,
    ...(purpose === "" ? [] : [`purpose: ${oneLine(purpose)}`]),
    `length: ${words} words`,
    ...(uses.length === 0 ? [] : [`uses: ${printUses(uses)}`]),
    ...(sources === undefined ? [] : uses.flatMap((use) => excerptOf(use, sources) ?? [])),
    ...tables.map((table) => `table: ${printTable(table)}`),
    ...figures.map((figure) => `figure: ${printFigure(figure)}`),
  ].join("\n");
}

/** `brief.docx 3-7, 12, call.vtt 12`, in the order given. */
export function printUses(uses: readonly PassageReference[]): string {
  const parts: string[] = [];
  let source: string | undefined;
  for (const { from, to, source: name } of runsOf(uses)) {
    const numbers = from === to ? String(from) : `${from}-${to}`;
    parts.push(name === source ? numbers : `${printName(name)} ${numbers}`);
    source = name;
  }
  return parts.join(", ");
}

type Run = { readonly source: string; readonly from: number; readonly to: number };

function runsOf(uses: readonly PassageReference[]): Run[] {
  const runs: Run[] = [];
  for (const { source, passage } of uses) {
    const last = runs.at(-1);
    if (last !== undefined && last.source === source && passage === last.to + 1)
      runs[runs.length - 1] = { ...last, to: passage };
    else runs.push({ source, from: passage, to: passage });
  }
  return runs;
}

function printTable({ workbook, range, caption }: TableReference): string {
  const place = `${printName(workbook, range)} ${oneLine(range)}`;
  return caption === undefined ? place : `${printLabel(caption)} = ${place}`;
}

function printFigure({ name, workbook, asked }: FigureReference): string {
  return `${printLabel(name)} = ${printName(workbook, asked)} ${oneLine(asked)}`;
}

/** Bare where the reader finds its end by the file's ending, else between quotation marks. */
function printName(name: string, rest = ""): string {
  const isPlain =
    /^[^\s",;=“”<#][^",;=“”]*?\.\p{L}[\p{L}\p{N}]{0,4}$/u.test(name) &&
    !/\.\p{L}[\p{L}\p{N}]{0,4}\s/u.test(name);
  return isPlain && !/[\n\r]|\s{2}/u.test(name) && !rest.includes("=") ? name : JSON.stringify(name);
}

function printLabel(label: string): string {
  return /^[^\s"=“”][^"=“”]*$/u.test(label) && label === oneLine(label) ? label : JSON.stringify(label);
}

function excerptOf({ source, passage }: PassageReference, sources: Sources): string | undefined {
  const found = indexPassages(sources).at({ source, passage });
  if (found === undefined) return undefined;
  const { text, place } = found.passage;
  const start =
    text.length <= excerptLength ? text : `${text.slice(0, excerptLength).replace(/\s+\S*$/u, "")} …`;
  const speaker = place.speaker === undefined ? "" : `${place.speaker}: `;
  return `<!-- ${oneLine(`${source} ${passage}: ${speaker}${start}`).replaceAll(/-{2,}>?/gu, "–")} -->`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
