import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { isZip } from "../../files/opc/is-zip.ts";
import { type CheckFiguresOutput, checkFiguresTask } from "../../tasks/check-figures/task.ts";
import { printFindings, printRecorded } from "./check-figures-report.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { chooseDestination, type Destination, type Written, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { inputName, readInput } from "./read-input.ts";
import { readSources } from "./read-sources.ts";
import { runTask } from "./run-task.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

type CheckFiguresOptions = CommonOptions & {
  readonly with: readonly string[];
  readonly output?: string;
  readonly fix?: boolean;
  readonly unsupported?: boolean;
  readonly author?: string;
};

/** Adds `tandem check-figures`. */
export function addCheckFiguresCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(checkFiguresTask.name)
    .summary(checkFiguresTask.summary.toLowerCase())
    .description(
      "Find every figure in a Word file, a presentation, Markdown or text and compare it with what workbooks compute to: confirmed, contradicted (with the right value and its cells) or unsupported. No model is needed. Exit code 1 when a figure is contradicted.",
    )
    .argument("<file>", "a .docx, .pptx, .md or .txt file, or - for stdin")
    .requiredOption("--with <files...>", "workbooks and text tables to check against")
    .option("-o, --output <file>", "write a copy of the Word file with a comment at each contradicted figure")
    .option("--fix", "also correct the numbers, as tracked changes (default output: NAME.tandem.docx)")
    .option("--unsupported", "also comment on figures that the workbooks say nothing of")
    .option("--author <name>", "name on comments and changes", "Tandem");
  addExamples(addCommonOptions(command), [
    ["tandem check-figures report.docx --with budget.xlsx", "what holds and what doesn't, with cells"],
    ["tandem check-figures report.docx --with budget.xlsx -o checked.docx", "and comments in a copy"],
    ["tandem check-figures report.docx --with budget.xlsx orders.csv --fix", "and tracked corrections"],
    ["tandem check-figures notes.md --with budget.xlsx --json", "for programs"],
  ]);
  command.action(async (file: string, options: CheckFiguresOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await checkFigures(host.io, terminal, file, options));
  });
}

async function checkFigures(
  io: CliIo,
  terminal: Terminal,
  file: string,
  options: CheckFiguresOptions,
): Promise<number> {
  const { fix = false, unsupported = false, author = "Tandem", json = false } = options;
  const destination = await copyPlace(io, file, options);
  const bytes = await readInput(io, file);
  if (destination !== undefined && (!isZip(bytes) || isPresentation(file)))
    throw new BadRequestError("comments can be put into Word files only", {
      hint: "leave out -o and --fix: the report names every figure and its place",
    });
  const sources = await readSources(io, terminal, options.with);
  const name = inputName(file).replace(/^.*[/\\]/, "");
  const input = { file: { name, bytes }, workbooks: sources.files, fix, unsupported, author };
  const output = await runTask(checkFiguresTask, input, { io, terminal, wantsModel: false });
  for (const note of [...sources.notes, ...output.notes]) terminal.say(`note: ${printableLine(note)}`);
  const written: Written =
    destination === undefined || output.changed === undefined
      ? {}
      : await writeResult(io, destination, output.changed.bytes, bytes);
  if (json) terminal.printJson(report(file, output, written));
  else {
    // A document on stdout must stay one.
    const shown = destination?.kind === "stdout" ? { ...terminal, print: terminal.say } : terminal;
    printFindings(shown, inputName(file), output.findings, options.verbose);
    printRecorded(shown, output.recorded);
  }
  sayWritten(terminal, destination, output, written);
  const isWrong = output.findings.some(({ verdict }) => verdict === "contradicted");
  const isOutdated = output.recorded.some(({ state }) => state === "no-longer-holds");
  return isWrong || isOutdated ? exitCodes.failed : exitCodes.done;
}

function isPresentation(name: string): boolean {
  return /\.(pptx|pptm|potx|ppsx)$/i.test(name);
}

async function copyPlace(
  io: CliIo,
  input: string,
  { output, fix, json }: CheckFiguresOptions,
): Promise<Destination | undefined> {
  if (output === undefined && fix !== true) return undefined;
  return chooseDestination(io, { input, ...(output !== undefined && { output }), ...(json && { json }) });
}

function report(
  file: string,
  { findings, recorded, notes, changed }: CheckFiguresOutput,
  { path }: Written,
): object {
  const count = (verdict: string): number => findings.filter((each) => each.verdict === verdict).length;
  return {
    command: "check-figures",
    input: inputName(file),
    output: path ?? null,
    confirmed: count("confirmed"),
    contradicted: count("contradicted"),
    unsupported: count("unsupported"),
    findings,
    recorded,
    ...(changed !== undefined && { refused: changed.refused }),
    notes,
  };
}

function sayWritten(
  terminal: Terminal,
  destination: Destination | undefined,
  { changed }: CheckFiguresOutput,
  { path }: Written,
): void {
  if (destination === undefined) return;
  if (changed === undefined) terminal.say("nothing to comment on; no file was written");
  else if (path !== undefined) terminal.say(`wrote ${printableLine(path)}`);
  for (const { reason } of changed?.refused ?? []) terminal.say(`left out: ${printableLine(reason)}`);
}
