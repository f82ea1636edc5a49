import type { WriteOutput, WrittenSection } from "../../tasks/write/task.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";

const mostRefused = 5;
/** More than these are found by their mark in the document. */
const mostMissing = 12;

export type WritingReport = {
  /** Where the document went; undefined for stdout. */
  readonly path: string | undefined;
  /** Say of every source which passages were left out. */
  readonly isVerbose: boolean;
};

/** What was written and from what: a line a section, what is missing, what code refused, what of the sources was read. */
export function printWriting(terminal: Terminal, output: WriteOutput, report: WritingReport): void {
  for (const line of sectionLines(output.sections, terminal.width)) terminal.say(line);
  terminal.say(engineLine(output));
  sayMissing(terminal, output);
  sayRefused(terminal, output);
  for (const line of sourceLines(output, report)) terminal.say(line);
  for (const note of output.notes) terminal.say(`note: ${printableLine(note)}`);
  if (report.path !== undefined) terminal.say(`wrote ${printableLine(report.path)}`);
}

/** What comes after an outline; the outline itself is in its file. */
export function printOutlining(
  terminal: Terminal,
  { notes }: WriteOutput,
  { path }: Pick<WritingReport, "path">,
): void {
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
  if (path === undefined) return;
  terminal.say(`wrote ${printableLine(path)}`);
  terminal.say(
    `edit it if you like, then run the same command with --from-outline ${printableLine(path)} for --outline`,
  );
}

function sectionLines(sections: readonly WrittenSection[], width: number): string[] {
  const rows = sections.map(({ id, heading, words, cited, sentences, missing, by, isKept }) => [
    `${id} ${shorten(printableLine(heading), Math.max(20, width - 50))}`,
    counted(words, "word"),
    sentences === 0 ? "no text" : `${cited} of ${counted(sentences, "sentence")} cited`,
    [
      ...(by === "model" ? ["by the model"] : []),
      ...(missing > 0 ? [`${missing} to be supplied`] : []),
      ...(isKept ? ["kept from before"] : []),
    ].join(", "),
  ]);
  return textTable(rows).map((line) => line.trimEnd());
}

function engineLine({ sections, engine }: WriteOutput): string {
  const own = sections.every(({ by }) => by === "extract");
  return own
    ? "no model wrote this: the sentences are the sources' own, chosen and arranged"
    : `written by ${printableLine(engine)}; each sentence was checked against its source`;
}

function sayMissing(terminal: Terminal, { missing }: WriteOutput): void {
  for (const { heading, text } of missing.slice(0, mostMissing))
    terminal.say(
      text === heading
        ? `to be supplied: ${printableLine(text)}`
        : `to be supplied in ${printableLine(heading)}: ${printableLine(text)}`,
    );
  if (missing.length > mostMissing) terminal.say(`and ${missing.length - mostMissing} more to be supplied`);
}

function sayRefused(terminal: Terminal, { refused }: WriteOutput): void {
  if (refused.length === 0) return;
  terminal.say(
    `left out, since no source supports ${refused.length === 1 ? "it" : "them"}: ${counted(refused.length, "sentence")} of the model`,
  );
  for (const { text, reason } of refused.slice(0, mostRefused))
    terminal.say(`  ${shorten(printableLine(text), 70)} (${printableLine(reason)})`);
  if (refused.length > mostRefused)
    terminal.say(`  and ${refused.length - mostRefused} more (--json lists all)`);
}

/** A line a source; with `isVerbose` also which of its passages are not in the document, and why. */
function sourceLines({ coverage }: WriteOutput, { isVerbose }: WritingReport): string[] {
  const texts = coverage.texts.flatMap(({ source, passages, cited, leftOut, unread }) => [
    `from ${printableLine(source)}: ${counted(passages, "passage")} read, ${cited} cited`,
    ...unread.map((warning) => `  not read: ${printableLine(warning)}`),
    ...(isVerbose
      ? leftOut.map(({ from, to, reason }) => `  ${from === to ? from : `${from}-${to}`}: ${reason}`)
      : []),
  ]);
  const books = coverage.workbooks.map(({ workbook, tables, shown, figures }) => {
    const used = [...shown, ...figures].map(printableLine);
    return `from ${printableLine(workbook)}: ${counted(tables, "table")} read, ${used.length === 0 ? "none used" : `used: ${used.join(", ")}`}`;
  });
  return [...texts, ...books];
}

/** The same for programs; the document itself is in its file. */
export function writingJson({ docx: _, ...rest }: WriteOutput): object {
  return rest;
}
