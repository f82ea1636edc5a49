import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type WriteOutput, writeTask } from "../../tasks/write/task.ts";
import type { CliIo } from "./cli-io.ts";
import {
  addCommonOptions,
  addExamples,
  addModelOption,
  type CommandHost,
  type CommonOptions,
} from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { type JobCheckpoint, openJobCheckpoint } from "./job-checkpoint.ts";
import { officeLayOut } from "./lay-out-document.ts";
import { writeResult } from "./output-file.ts";
import { runTask } from "./run-task.ts";
import { addTaskOptions } from "./task-options.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { titleAsFileName, type WriteDestination, writeDestination } from "./write-destination.ts";
import { collectSetting, readWriteRequest, type WriteRequestOptions, writeFields } from "./write-input.ts";
import { printOutlining, printWriting, writingJson } from "./write-report.ts";

export type WriteOptions = CommonOptions &
  WriteRequestOptions & {
    readonly outline?: string;
    readonly output?: string;
    readonly model?: string;
  };

/** Adds `tandem write`. */
export function addWriteCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(writeTask.name)
    .summary("write a Word document from a prompt and sources, every claim with its source")
    .description(
      `${writeTask.summary}. What nothing supports is marked [to be supplied]. Without a model nothing is worded anew: the document is put together from the sources' own sentences.`,
    )
    .argument("[prompt]", "what is to be written: for whom, about what, which sections, how long")
    .option("--with <file...>", "sources: .docx .pdf .md .txt .html .xlsx .csv, transcripts of calls")
    .option("-o, --output <file>", "the new document, or - for stdout (default: named after its title)")
    .option("--template <file>", "a .docx or .dotx in whose look the document is written")
    .option(
      "--set <name=text>",
      "fill the template's content control of that tag or title (repeatable)",
      collectSetting,
    )
    .option("--like <file>", "an approved document: its headings and lengths, and its look too")
    .option("--outline <file>", "write only the outline, as a text file to look at and edit; - for stdout")
    .option("--from-outline <file>", "write after that outline")
    .option("--into <file>", "add the sections to this Word document, as tracked insertions")
    .option("--after <place>", 'with --into: the section they come behind, such as "heading:Risks"')
    .option("--style <file>", "a house style, a Markdown file of rules, that the wording keeps to")
    .option("--author <name>", "author of the document, or of the insertions", "Tandem");
  addTaskOptions(command, writeTask.input, writeFields);
  addExamples(addCommonOptions(addModelOption(command)), [
    ['tandem write "a two-page project brief" --with call.vtt proposal.docx -o brief.docx', "two sources"],
    [
      'tandem write "board report on sales" --with notes.md orders.xlsx --outline plan.md',
      "first the outline",
    ],
    [
      'tandem write "board report on sales" --with notes.md orders.xlsx --from-outline plan.md',
      "then the text",
    ],
    [
      'tandem write "offer" --with notes.md --template house.dotx --set Client=ACME',
      "tandem template check house.dotx lists what can be set",
    ],
    [
      'tandem write "a section on costs" --with costs.xlsx --into report.docx --after heading:Scope',
      "tracked",
    ],
  ]);
  command.action(async (prompt: string | undefined, options: WriteOptions) => {
    const terminal = openTerminal(host.io, options);
    if (prompt === undefined)
      throw new BadRequestError("it is not said what is to be written", {
        hint: 'say it before the files: tandem write "a two-page brief" --with notes.md',
      });
    host.finish(await write(host.io, terminal, prompt, options));
  });
}

async function write(io: CliIo, terminal: Terminal, prompt: string, options: WriteOptions): Promise<number> {
  const destination = await writeDestination(io, options);
  const input = await readWriteRequest(io, prompt, options);
  const isOutline = options.outline !== undefined;
  const checkpoint = isOutline ? undefined : await openCheckpoint(io, terminal, prompt, options);
  const output = await runWriting(io, terminal, { input, options, checkpoint });
  const written = await deliver(io, output, { destination, original: input.into?.document });
  await checkpoint?.discard();
  if (options.json) {
    terminal.printJson({ command: "write", ...writingJson(output), output: written ?? null });
    return exitCodes.done;
  }
  if (isOutline) printOutlining(terminal, output, { path: written });
  else printWriting(terminal, output, { path: written, isVerbose: options.verbose ?? false });
  return exitCodes.done;
}

type Writing = {
  readonly input: Awaited<ReturnType<typeof readWriteRequest>>;
  readonly options: WriteOptions;
  readonly checkpoint: JobCheckpoint | undefined;
};

async function runWriting(
  io: CliIo,
  terminal: Terminal,
  { input, options: { outline, model }, checkpoint }: Writing,
): Promise<WriteOutput> {
  try {
    return await runTask(
      writeTask,
      { ...input, ...(outline !== undefined && { outlineOnly: true }) },
      {
        io,
        terminal,
        wantsModel: true,
        layOut: officeLayOut(io),
        ...(checkpoint !== undefined && { checkpoint }),
        ...(model !== undefined && { modelSpec: model }),
      },
    );
  } catch (error) {
    const steps = checkpoint?.size() ?? 0;
    if (steps > 0)
      terminal.complain(`${counted(steps, "finished section")} kept: the same command goes on from there`);
    throw error;
  }
}

/** The same request goes on where it was stopped; what a section is made from is checked by the task. */
async function openCheckpoint(
  io: CliIo,
  terminal: Terminal,
  prompt: string,
  { with: sources = [], into = "", output = "" }: WriteOptions,
): Promise<JobCheckpoint> {
  const checkpoint = await openJobCheckpoint(io, "write", [io.cwd, prompt, ...sources, "", into, output]);
  if (checkpoint.size() > 0)
    terminal.say(`going on with ${counted(checkpoint.size(), "section")} of an earlier run`);
  return checkpoint;
}

/** The path of what was written; undefined for stdout. */
async function deliver(
  io: CliIo,
  { docx, outline, title }: WriteOutput,
  {
    destination,
    original,
  }: { readonly destination: WriteDestination; readonly original: Uint8Array | undefined },
): Promise<string | undefined> {
  const bytes = docx ?? new TextEncoder().encode(outline);
  if (destination.kind === "none") return undefined;
  const place =
    destination.kind === "after-title"
      ? ({ kind: "numbered", path: `${titleAsFileName(title)}.docx` } as const)
      : destination;
  return (await writeResult(io, place, bytes, original ?? bytes)).path;
}
