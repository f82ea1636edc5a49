import type { AskOutput } from "../../tasks/ask/task.ts";
import { printFindings } from "./insights-report.ts";
import { printable, printableLine } from "./printable.ts";
import type { Sources } from "./read-sources.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";
import type { ChartWritten } from "./write-chart.ts";

const shownCells = 6;
const shownColumns = 12;

/** Prints the answer with the query and the cells it stands on; without one the tables and what can be asked. */
export function printAnswer(terminal: Terminal, output: AskOutput): void {
  const { status, answer, assumptions, notes, query, cells } = output;
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
  if (status === "answered" || query !== undefined) {
    terminal.print(printable(answer));
    for (const assumption of assumptions) terminal.say(`assumed: ${printableLine(assumption)}`);
    if (output.computes !== undefined) terminal.say(`computed: ${printableLine(output.computes)}`);
    if (query !== undefined) terminal.say(`query: ${printableLine(query.replaceAll(/\s+/g, " "))}`);
    if (cells.length > 0) terminal.say(`cells: ${cellList(cells)}`);
    return;
  }
  terminal.print(printable(answer));
  printTables(terminal, output);
  printFindings(terminal, output.findings ?? []);
  if (output.suggestions.length > 0)
    terminal.print(
      ["", "You can ask:", ...output.suggestions.map((each) => `  ${printableLine(each)}`)].join("\n"),
    );
}

export type WrittenFiles = {
  /** True where a copy of the workbook was asked for. */
  readonly wants: boolean;
  /** The copy's path; null for stdout and where there is none. */
  readonly output: string | null;
  readonly chart?: ChartWritten;
  readonly sources: Pick<Sources, "converted">;
};

/** Says which files were written, what is in them, and why one is missing. */
export function printWritten(
  terminal: Terminal,
  { written }: AskOutput,
  { wants, output, chart, sources }: WrittenFiles,
): void {
  if (chart?.reason !== undefined) terminal.complain(`no chart: ${printableLine(chart.reason)}`);
  if (wants && written === undefined)
    terminal.complain("no workbook was written, because there is no answer");
  if (written !== undefined) {
    for (const note of written.notes) terminal.say(`note: ${printableLine(note)}`);
    terminal.say(
      written.formulas === 0
        ? `${written.sheet}: the result as values, with the cells they come from`
        : `${written.sheet}: ${counted(written.formulas, "live formula")}, each computed a second time`,
    );
    if (sources.converted !== undefined)
      terminal.say(
        `note: the copy is the conversion of ${printableLine(sources.converted)} with a new sheet`,
      );
  }
  if (output !== null) terminal.say(`wrote ${printableLine(output)}`);
  if (chart?.path !== undefined) terminal.say(`wrote ${printableLine(chart.path)}`);
}

function cellList(cells: readonly string[]): string {
  const more = cells.length > shownCells ? ` and ${cells.length - shownCells} more` : "";
  return `${cells.slice(0, shownCells).map(printableLine).join(", ")}${more}`;
}

function printTables(terminal: Terminal, { tables }: AskOutput): void {
  for (const table of tables) {
    const doubt = table.confidence < 0.6 ? " (look at the range: it is not certain)" : "";
    terminal.print(
      `\n${printableLine(table.name)}: ${printableLine(table.place)}, ${counted(table.rowCount, "row")}${doubt}`,
    );
    const rows = table.columns
      .slice(0, shownColumns)
      .map(({ header, type, unit, exceptions }) => [
        `  ${shorten(printableLine(header), 40)}`,
        type,
        unit === undefined ? "" : printableLine(unit),
        exceptions === 0 ? "" : counted(exceptions, "exception"),
      ]);
    terminal.print(textTable(rows).join("\n"));
    if (table.columns.length > shownColumns)
      terminal.print(`  … and ${counted(table.columns.length - shownColumns, "more column")}`);
  }
}
