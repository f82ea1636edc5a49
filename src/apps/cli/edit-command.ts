import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { openFile } from "../../files/index.ts";
import { parseQuotedChanges } from "../../tasks/edit/quoted-change.ts";
import type { QuotedChange } from "../../tasks/edit/quoted-change-schema.ts";
import { type EditInput, type EditOutput, editTask } from "../../tasks/edit/task.ts";
import type { CliIo } from "./cli-io.ts";
import {
  addCommonOptions,
  addExamples,
  addModelOption,
  type CommandHost,
  type CommonOptions,
} from "./command-host.ts";
import { editExitCode, editJson, printEdit } from "./edit-report.ts";
import { issueEdit, refuseLedger, writeLedger } from "./issue-edit.ts";
import { chooseDestination, type Written, writeResult } from "./output-file.ts";
import { readChanges } from "./read-changes.ts";
import { readDate } from "./read-date.ts";
import { inputName, readInput, readText } from "./read-input.ts";
import { plainRedline, renderRedline, trackedRedline } from "./redline.ts";
import { runTask } from "./run-task.ts";
import { addTaskOptions, taskValues } from "./task-options.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { writeCertificate } from "./write-certificate.ts";

const FIELDS = ["section", "quote", "author", "partial", "reasons", "candidates"] as const;

type EditOptions = CommonOptions & {
  readonly instructions?: string;
  readonly changes?: string;
  readonly style?: string;
  readonly only?: string;
  readonly date?: string;
  readonly direct?: boolean;
  readonly dryRun?: boolean;
  readonly output?: string;
  readonly inPlace?: boolean;
  readonly model?: string;
  readonly section?: string;
  readonly ledger?: string | true;
  readonly embedLedger?: boolean;
  readonly certificate?: string | true;
};

/** Adds `tandem edit`. */
export function addEditCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(editTask.name)
    .summary(editTask.summary.toLowerCase().replace("word", "Word"))
    .description(
      `${editTask.summary}. An instruction in words needs a model; --changes and --style need none.`,
    )
    .argument("<file>", "a Word file, or - for stdin")
    .argument("[instruction]", "what to do, in words")
    .option("-i, --instructions <file>", "read the instruction from a text file, or - for stdin")
    .option("--changes <file>", "make the changes listed in a JSON file, or - for stdin")
    .option("--style <file>", "bring the document in line with a house style, a Markdown file of rules")
    .option("--only <place>", "the same as --section: heading:Payment")
    .option("--date <time>", "time written on the changes, such as 2026-11-17T09:00:00Z (default: now)")
    .option("--direct", "write the new text directly, without tracked changes")
    .option("--dry-run", "print the redline and write nothing")
    .option("-o, --output <file>", "write to this file, or - for stdout (default: NAME.tandem.docx)")
    .option("--in-place", "overwrite the file, keeping a backup beside it")
    .option(
      "--ledger [file]",
      "write down what was suggested, for tandem decisions (default: OUTPUT.ledger.json)",
    )
    .option("--embed-ledger", "put the ledger into the Word file, so that a returned copy carries it")
    .option(
      "--certificate [file]",
      "write down what was changed and that nothing else was (default: OUTPUT.certificate.json)",
    );
  addTaskOptions(command, editTask.input, FIELDS);
  addExamples(addCommonOptions(addModelOption(command)), [
    ['tandem edit contract.docx "shorten section 2"', "contract.tandem.docx, tracked"],
    ["tandem edit contract.docx -i brief.md --only heading:Payment --dry-run", "shows, writes nothing"],
    ["tandem edit contract.docx --changes changes.json -o out.docx", "your own changes, no model"],
    ["tandem edit report.docx --style house.md --dry-run", "what breaks the house style, rule by rule"],
    [
      "tandem edit contract.docx --changes changes.json --embed-ledger",
      "tandem decisions can read a returned copy",
    ],
    ["program | tandem edit in.docx --changes - --json -o out.docx", "for programs: one result a change"],
  ]);
  command.action(async (file: string, instruction: string | undefined, options: EditOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await edit(host.io, terminal, file, instruction, options));
  });
}

async function edit(
  io: CliIo,
  terminal: Terminal,
  file: string,
  instruction: string | undefined,
  options: EditOptions,
): Promise<number> {
  refuseContradictions(file, instruction, options);
  const { dryRun = false, json = false, direct = false, model } = options;
  const now = options.date === undefined ? undefined : readDate(options.date);
  const destination = dryRun
    ? undefined
    : await chooseDestination(io, { input: file, ...placeOptions(options) });
  const bytes = await readInput(io, file);
  const request = await readRequest(io, instruction, options);
  const input = {
    file: bytes,
    ...taskValues(options, FIELDS),
    ...request,
    ...(options.only !== undefined && { section: headingOf(options.only) }),
    ...(direct && { mode: "direct" }),
  };
  const output = await runTask(editTask, input, {
    io,
    terminal,
    wantsModel: options.changes === undefined,
    ...(model !== undefined && { modelSpec: model }),
    ...(now !== undefined && { now }),
  });
  let written: Written = {};
  if (destination !== undefined && output.bytes !== undefined) {
    const issued = await issueEdit(output, { ...options, original: bytes });
    written = await writeResult(io, destination, issued?.bytes ?? output.bytes, bytes);
    if (issued !== undefined && options.ledger !== undefined)
      written = { ...written, ledger: await writeLedger(io, issued.ledger, written.path, options.ledger) };
    if (options.certificate !== undefined) {
      const certificate = await writeCertificate(io, {
        original: bytes,
        edited: issued?.bytes ?? output.bytes,
        author: editTask.input.parse(input).author,
        output: written.path,
        wanted: options.certificate,
      });
      written = { ...written, certificate };
    }
  }
  const report = {
    input: inputName(file),
    written,
    dryRun,
    isToStdout: destination?.kind === "stdout",
    output,
  };
  if (json) {
    terminal.printJson(editJson(report));
  } else {
    if (dryRun) printRedline(terminal, bytes, output, editTask.input.parse(input));
    printEdit(terminal, report);
  }
  return editExitCode(output);
}

function refuseContradictions(file: string, instruction: string | undefined, options: EditOptions): void {
  refuseLedger(options);
  const ways = [instruction, options.instructions, options.changes, options.style].filter(
    (way) => way !== undefined,
  );
  if (ways.length === 0) {
    throw new BadRequestError("this does not say what to change", {
      hint: 'add an instruction ("shorten section 2"), -i FILE, --changes FILE, or --style FILE',
    });
  }
  if (ways.length > 1) {
    throw new BadRequestError(
      "an instruction, -i, --changes and --style are four ways to say what to change",
      {
        hint: "use one of them",
      },
    );
  }
  if (
    [file, options.instructions, options.changes, options.style].filter((name) => name === "-").length > 1
  ) {
    throw new BadRequestError("stdin can be only one of the files", { hint: "give the other by name" });
  }
  if (options.only !== undefined && options.section !== undefined) {
    throw new BadRequestError("--only and --section say the same twice", { hint: "leave one of them out" });
  }
}

async function readRequest(
  io: CliIo,
  instruction: string | undefined,
  { instructions, changes, style }: EditOptions,
): Promise<{ instruction: string } | { changes: readonly QuotedChange[] } | { style: string }> {
  if (style !== undefined) return { style: await readText(io, style) };
  if (changes !== undefined) return { changes: parseQuotedChanges(await readChanges(io, changes)) };
  const text = instruction ?? (await readText(io, instructions!));
  if (text.trim() === "") throw new BadRequestError("the instruction is empty");
  return { instruction: text };
}

function placeOptions({ output, inPlace, json }: EditOptions): {
  output?: string;
  inPlace?: boolean;
  json?: boolean;
} {
  return {
    ...(output !== undefined && { output }),
    ...(inPlace !== undefined && { inPlace }),
    ...(json !== undefined && { json }),
  };
}

function headingOf(only: string): string {
  const match = /^(?:heading|section):(.*\S.*)$/i.exec(only);
  if (match === null) {
    throw new BadRequestError(`--only does not know "${only}"`, { hint: "write --only heading:Payment" });
  }
  return match[1]!.trim();
}

function printRedline(terminal: Terminal, original: Uint8Array, output: EditOutput, input: EditInput): void {
  const before = openFile(original);
  const blocks =
    output.bytes !== undefined && input.mode === "tracked"
      ? trackedRedline(before, openFile(output.bytes), {
          author: input.author,
          labels: wordlessChanges(output),
        })
      : plainRedline(before, output.redline, input.author);
  if (blocks.length > 0) terminal.print(`${renderRedline(blocks, terminal)}\n`);
}

/** What changes that the words don't show do, by their date. */
function wordlessChanges({ results }: EditOutput): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const result of results) {
    if (result.status !== "applied") continue;
    const { kind, date, before, after } = result;
    if (kind === "format" || kind === "format-paragraph") labels.set(date, `${before} → ${after}`);
    if (kind === "insert-image") labels.set(date, `picture: ${after}`);
  }
  return labels;
}
