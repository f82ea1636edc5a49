import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type DiffResult, diffDocuments } from "../../files/docx/compare/diff-documents.ts";
import { openFile, trackedChanges } from "../../files/index.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { chooseDestination, type Written, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readDate } from "./read-date.ts";
import { inputName, readInput } from "./read-input.ts";
import { renderRedline, trackedRedline } from "./redline.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";

type DiffCommandOptions = CommonOptions & {
  readonly output?: string;
  readonly exitCode?: boolean;
  readonly author: string;
  readonly date?: string;
};

/** Adds `tandem diff`. */
export function addDiffCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("diff")
    .summary("compare two Word files, as tracked changes")
    .description(
      "Compare two Word files word by word. With -o the first file is written with tracked changes: rejecting all gives the first, accepting all the second.",
    )
    .argument("<before>", "a Word file, or - for stdin")
    .argument("<after>", "the other version, or - for stdin")
    .option("-o, --output <file>", "write the tracked document to this file, or - for stdout")
    .option("--exit-code", "exit with 1 when the files differ, as `git diff` does")
    .option("--author <name>", "author of the tracked changes", "Tandem")
    .option("--date <time>", "time written on the changes, such as 2026-11-17T09:00:00Z (default: now)");
  addExamples(addCommonOptions(command), [
    ["tandem diff v1.docx v2.docx", "the redline in the terminal"],
    ["tandem diff v1.docx v2.docx -o redline.docx", "a Word file with tracked changes instead"],
    ["tandem diff v1.docx v2.docx --exit-code -q", "for scripts: 1 when they differ"],
    ["tandem diff v1.docx v2.docx --json", "counts and changes for programs"],
  ]);
  command.action(async (before: string, after: string, options: DiffCommandOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await diff(host.io, terminal, [before, after], options));
  });
}

async function diff(
  io: CliIo,
  terminal: Terminal,
  [before, after]: readonly [string, string],
  options: DiffCommandOptions,
): Promise<number> {
  if (before === "-" && after === "-")
    throw new BadRequestError("stdin can be only one of the files", { hint: "give the other by name" });
  const { output, json, author } = options;
  const destination =
    output === undefined
      ? undefined
      : await chooseDestination(io, { input: before, output, ...(json !== undefined && { json }) });
  const date = options.date === undefined ? io.now() : readDate(options.date);
  const bytes = await readInput(io, before);
  const [old, fresh] = [openFile(bytes), openFile(await readInput(io, after))];
  const result = diffDocuments(old, fresh, { author, date });
  const written = destination === undefined ? {} : await writeResult(io, destination, result.bytes, bytes);
  if (json) terminal.printJson(diffJson([before, after], result, written));
  else {
    const showsRedline = destination === undefined && options.quiet !== true;
    printDiff(terminal, { bytes, result, written, author, showsRedline });
  }
  return options.exitCode && !result.isSame ? exitCodes.failed : exitCodes.done;
}

function diffJson(files: readonly [string, string], result: DiffResult, written: Written): object {
  const changes = trackedChanges(openFile(result.bytes)).map(
    ({ number, part, paragraph, kind, revision, text }) => ({
      number,
      part,
      paragraph: paragraph ?? null,
      kind,
      id: revision.id,
      text,
    }),
  );
  return {
    command: "diff",
    before: inputName(files[0]),
    after: inputName(files[1]),
    output: written.path ?? null,
    same: result.isSame,
    counts: result.counts,
    changes,
    refused: result.refused,
  };
}

type DiffReport = {
  readonly bytes: Uint8Array;
  readonly result: DiffResult;
  readonly written: Written;
  readonly author: string;
  readonly showsRedline: boolean;
};

function printDiff(terminal: Terminal, { bytes, result, written, author, showsRedline }: DiffReport): void {
  if (showsRedline && !result.isSame) {
    const blocks = trackedRedline(openFile(bytes), openFile(result.bytes), { author });
    if (blocks.length > 0) terminal.print(renderRedline(blocks, terminal));
  }
  terminal.say(result.isSame ? "no difference" : summary(result));
  for (const { reason, part, count } of result.refused) {
    const times = count === undefined ? "" : ` (${count} times)`;
    terminal.say(`not tracked: ${printableLine(reason)}${times}, in ${printableLine(part)}`);
  }
  if (written.path !== undefined) terminal.say(`wrote ${written.path}`);
}

function summary({ counts }: DiffResult): string {
  const parts = [
    [counts.editedParagraphs, "paragraph", "edited"],
    [counts.insertedParagraphs, "paragraph", "inserted"],
    [counts.deletedParagraphs, "paragraph", "deleted"],
    [counts.insertedRows, "row", "inserted"],
    [counts.deletedRows, "row", "deleted"],
    [counts.insertedColumns, "column", "inserted"],
    [counts.deletedColumns, "column", "deleted"],
    [counts.formattingChanges, "formatting change", ""],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, what, how]) => `${counted(count, what)} ${how}`.trim());
  return told.length === 0 ? "no difference in text or formatting" : told.join(", ");
}
