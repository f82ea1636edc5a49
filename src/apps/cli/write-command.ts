import path from "node:path";
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
import { chooseDestination, type Destination, namedFile, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readInput, readText } from "./read-input.ts";
import { runTask } from "./run-task.ts";
import { addTaskOptions, taskValues } from "./task-options.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { printWriting, writingJson } from "./write-report.ts";

const FIELDS = ["title", "language", "length", "citations"] as const;

type WriteOptions = CommonOptions & {
  readonly with?: readonly string[];
  readonly template?: string;
  readonly like?: string;
  readonly outline?: string;
  readonly fromOutline?: string;
  readonly into?: string;
  readonly after?: string;
  readonly style?: string;
  readonly author: string;
  readonly output?: string;
  readonly model?: string;
};

/** Adds `tandem write`. */
export function addWriteCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(writeTask.name)
    .summary("write a Word document from a prompt and sources, every claim with its source")
    .description(
      `${writeTask.summary}. Sentences are taken from the sources and cited; what nothing supports is marked [to be supplied]. Without a model the document is put together from the sources' own sentences.`,
    )
    .argument("<prompt>", "what is to be written: for whom, about what, which sections, how long")
    .option("--with <file...>", "sources: .docx .pdf .md .txt .html .xlsx .csv, transcripts of calls")
    .option("-o, --output <file>", "the new document (default: named after its title)")
    .option("--template <file>", "a .docx or .dotx in whose look the document is written")
    .option("--like <file>", "an approved document: its headings and lengths, and its look too")
    .option("--outline <file>", "write only the outline, as a text file to look at and edit")
    .option("--from-outline <file>", "write after that outline")
    .option("--into <file>", "add the sections to this Word document, as tracked insertions")
    .option("--after <place>", 'with --into: the section they come behind, such as "heading:Risks"')
    .option("--style <file>", "a house style, a Markdown file of rules, that the wording keeps to")
    .option("--author <name>", "author of the document, or of the insertions", "Tandem");
  addTaskOptions(command, writeTask.input, FIELDS);
  addExamples(addCommonOptions(addModelOption(command)), [
    [
      'tandem write "a two-page project brief" --with call.vtt proposal.docx -o brief.docx',
      "from two sources",
    ],
    [
      'tandem write "board report on sales" --with notes.md orders.xlsx --outline plan.md',
      "first the outline",
    ],
    [
      'tandem write "board report on sales" --with notes.md orders.xlsx --from-outline plan.md',
      "then the text",
    ],
    ['tandem write "brief on risks" --with audit.pdf --template house.dotx', "in the house's template"],
    [
      'tandem write "a section on costs" --with costs.xlsx --into report.docx --after heading:Scope',
      "tracked",
    ],
  ]);
  command.action(async (prompt: string, options: WriteOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await write(host.io, terminal, prompt, options));
  });
}

async function write(io: CliIo, terminal: Terminal, prompt: string, options: WriteOptions): Promise<number> {
  refuseContradictions(options);
  const destination = await destinationOf(io, options);
  const sources = await readFiles(io, options.with ?? []);
  const like = options.like === undefined ? undefined : (await readFiles(io, [options.like]))[0]!;
  const template = options.template === undefined ? like?.bytes : await readInput(io, options.template);
  const document = options.into === undefined ? undefined : await readInput(io, options.into);
  const input = {
    prompt,
    sources,
    author: options.author,
    ...taskValues(options, FIELDS),
    ...(template !== undefined && { template }),
    ...(like !== undefined && { like }),
    ...(options.fromOutline !== undefined && { outline: await readText(io, options.fromOutline) }),
    ...(options.outline !== undefined && { outlineOnly: true }),
    ...(document !== undefined && {
      into: { document, ...(options.after !== undefined && { after: options.after }) },
    }),
    ...(options.style !== undefined && { style: await readText(io, options.style) }),
  };
  const checkpoint = await openCheckpoint(io, terminal, prompt, options);
  const output = await runTask(writeTask, input, {
    io,
    terminal,
    wantsModel: true,
    checkpoint,
    ...(options.model !== undefined && { modelSpec: options.model }),
  });
  const written = await deliver(io, output, { destination, options, original: document });
  if (output.docx !== undefined) await checkpoint.discard();
  if (options.json) terminal.printJson({ command: "write", ...writingJson(output), output: written ?? null });
  else printWriting(terminal, output);
  if (written !== undefined) terminal.say(`wrote ${printableLine(written)}`);
  return exitCodes.done;
}

function refuseContradictions({ outline, fromOutline, into, after, template, like }: WriteOptions): void {
  if (outline !== undefined && fromOutline !== undefined)
    throw new BadRequestError("--outline writes an outline and --from-outline reads one", {
      hint: "leave one of them out",
    });
  if (after !== undefined && into === undefined)
    throw new BadRequestError("--after says where in an existing document, and none is given", {
      hint: "name it with --into report.docx",
    });
  if (into !== undefined && (template ?? like) !== undefined)
    throw new BadRequestError("a document that gets sections keeps its own look", {
      hint: "leave out --template and --like",
    });
}

/** Undefined: named after the title when it is known. */
async function destinationOf(
  io: CliIo,
  { output, outline, into, json }: WriteOptions,
): Promise<Destination | undefined> {
  const common = { ...(json !== undefined && { json }) };
  if (outline !== undefined) {
    if (output !== undefined)
      throw new BadRequestError("--outline writes the outline alone", { hint: "leave out -o" });
    return outline === "-" ? undefined : namedFile(io, outline);
  }
  if (into !== undefined)
    return chooseDestination(io, { input: into, ...(output !== undefined && { output }), ...common });
  if (output === undefined) return undefined;
  if (output === "-") return chooseDestination(io, { input: "-", output, ...common });
  if (path.extname(output).toLowerCase() !== ".docx")
    throw new BadRequestError(`${output} would not be a Word document`, { hint: "end its name in .docx" });
  return namedFile(io, output);
}

function readFiles(
  io: CliIo,
  names: readonly string[],
): Promise<{ readonly name: string; readonly bytes: Uint8Array }[]> {
  return Promise.all(
    names.map(async (name) => ({ name: path.basename(name), bytes: await readInput(io, name) })),
  );
}

/** The same request goes on where it was stopped; what a section is made from is checked by the task. */
async function openCheckpoint(
  io: CliIo,
  terminal: Terminal,
  prompt: string,
  { with: sources = [], into = "", output = "" }: WriteOptions,
): Promise<JobCheckpoint> {
  const places = [...sources, into, output].map((name) => path.resolve(io.cwd, name));
  const checkpoint = await openJobCheckpoint(io, "write", [prompt, ...places]);
  if (checkpoint.isResumed) terminal.say("going on with what an earlier run has finished");
  return checkpoint;
}

async function deliver(
  io: CliIo,
  { docx, outline, title }: WriteOutput,
  {
    destination,
    options,
    original,
  }: {
    readonly destination: Destination | undefined;
    readonly options: WriteOptions;
    readonly original: Uint8Array | undefined;
  },
): Promise<string | undefined> {
  const bytes = docx ?? new TextEncoder().encode(outline);
  if (options.outline === "-" && !options.json) io.stdout(outline);
  if (options.outline === "-") return undefined;
  const named = destination ?? { kind: "numbered", path: `${fileName(title)}.docx` };
  return (await writeResult(io, named, bytes, original ?? bytes)).path;
}

/** A title as the name of a file: what file systems refuse is left out. */
function fileName(title: string): string {
  const plain = title.replace(/[^\p{L}\p{N} ._-]+/gu, " ").replace(/\s+/gu, " ");
  return (
    plain
      .trim()
      .replace(/^[.-]+|[.\s]+$/gu, "")
      .slice(0, 80)
      .trim() || "document"
  );
}
