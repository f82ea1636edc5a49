import { coverageText } from "../../tasks/write/coverage.ts";
import type { WriteOutput } from "../../tasks/write/task.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";

const mostRefused = 5;

/** What was written and from what: a line a section, what is missing, what code refused, what of the sources was read. */
export function printWriting(terminal: Terminal, output: WriteOutput): void {
  const { docx, sections, missing, refused, notes, coverage, engine } = output;
  if (docx !== undefined) {
    for (const line of sectionLines(output)) terminal.say(line);
    terminal.say(`by ${printableLine(engine)}; ${counted(sections.length, "section")}`);
  }
  for (const { heading, text } of missing)
    terminal.say(`missing in ${printableLine(heading)}: ${printableLine(text)}`);
  if (refused.length > 0) {
    terminal.say(
      `${counted(refused.length, "sentence")} of the model could not be supported and is left out:`,
    );
    for (const { text, reason } of refused.slice(0, mostRefused))
      terminal.say(`  ${shorten(printableLine(text), 70)} (${printableLine(reason)})`);
    if (refused.length > mostRefused)
      terminal.say(`  and ${refused.length - mostRefused} more (--json lists all)`);
  }
  if (docx !== undefined) terminal.say(coverageText(coverage).trimEnd());
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
}

function sectionLines({ sections }: WriteOutput): string[] {
  const rows = sections.map(({ id, heading, words, cited, sentences, missing, by, isKept }) => [
    `${id} ${shorten(printableLine(heading), 40)}`,
    counted(words, "word"),
    `${cited} of ${counted(sentences, "sentence")} cited`,
    [
      by === "model" ? "model" : "sources",
      ...(missing > 0 ? [`${missing} to be supplied`] : []),
      ...(isKept ? ["kept"] : []),
    ].join(", "),
  ]);
  return textTable(rows);
}

/** The same for programs; the document itself is in its file. */
export function writingJson({ docx: _, ...rest }: WriteOutput): object {
  return rest;
}
