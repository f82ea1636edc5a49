import path from "node:path";
import { type Command, Option } from "commander";
import { BadRequestError } from "../../errors.ts";
import type { TranslationEngine } from "../../models/translation/translation-engine.ts";
import type { TranslationMemory } from "../../tasks/translate/memory/translation-memory.ts";
import { type TranslateForm, type TranslateOutput, translateTask } from "../../tasks/translate/task.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openJobCheckpoint } from "./job-checkpoint.ts";
import { openEngine } from "./open-engine.ts";
import { openMemory } from "./open-memory.ts";
import { namedFile, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readGlossaryFile } from "./read-glossary-file.ts";
import { readInput } from "./read-input.ts";
import { runTask } from "./run-task.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { type TranslateFile, translatedName, translateFiles } from "./translate-files.ts";
import { printTranslation, translationJson } from "./translate-report.ts";

type TranslateOptions = CommonOptions & {
  readonly to: string;
  readonly from?: string;
  readonly engine?: string;
  readonly as?: TranslateForm;
  readonly glossary?: string;
  /** A file, or false for `--no-tm`. */
  readonly tm?: string | false;
  readonly output?: string;
  readonly comments?: boolean;
  readonly hidden?: boolean;
  readonly mirror?: boolean;
  readonly formality?: "formal" | "informal";
  readonly author: string;
};

/** Adds `tandem translate`. */
export function addTranslateCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(translateTask.name)
    .summary("translate Office and text files, every run, field and link kept")
    .description(
      `${translateTask.summary}. The embedded engine needs no network and no language model; its models are fetched once: tandem models pull translation:en-pt. A sentence whose translation fails a check keeps its source text, and is named.`,
    )
    .argument("<file...>", "files (.docx .xlsx .pptx .md .txt .srt .vtt) or folders of them; - for stdin")
    .requiredOption("--to <language>", "language to translate into: pt, pt-BR, de, zh …")
    .option("--from <language>", "language of the files (default: found from their text)")
    .option(
      "--engine <spec>",
      "bergamot (embedded), model, apertium, libretranslate:URL, deepl, azure, pseudo or echo",
    )
    .addOption(
      new Option("--as <form>", "what to give back").choices([
        "copy",
        "bilingual",
        "tracked",
        "comments",
        "xliff",
      ]),
    )
    .option("--glossary <file>", "terms: .csv or .tsv with columns source and target, or .tbx")
    .option("--tm <file>", "the translation memory to use (default: your own, in the data folder)")
    .option("--no-tm", "neither use nor fill a translation memory")
    .option(
      "-o, --output <name>",
      "the file, or the folder for several (default: report.docx gives report.pt.docx)",
    )
    .option("--comments", "translate comments too")
    .option("--hidden", "translate hidden text, rows, columns, sheets and slides too")
    .option("--mirror", "mirror slides and sheets for a language written from right to left")
    .addOption(new Option("--formality <tone>", "for engines that know it").choices(["formal", "informal"]))
    .option("--author <name>", "the name on tracked changes and comments", "Tandem");
  addExamples(addCommonOptions(command), [
    ["tandem translate report.docx --to pt", "report.pt.docx, with the embedded engine"],
    ["tandem translate decks/ --to de --glossary terms.csv -o decks-de", "a folder"],
    ["tandem translate offer.docx --to es --as tracked", "as changes that can be refused"],
    ["tandem translate offer.docx --to es --as bilingual", "sentence beside sentence, for review"],
  ]);
  command.action(async (names: string[], options: TranslateOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await translateAll(host.io, terminal, names, options));
  });
}

type Tools = {
  readonly engine: TranslationEngine;
  readonly memory?: TranslationMemory;
  readonly glossary?: Awaited<ReturnType<typeof readGlossaryFile>>;
};

async function translateAll(
  io: CliIo,
  terminal: Terminal,
  names: readonly string[],
  options: TranslateOptions,
): Promise<number> {
  const files = await translateFiles(io, names);
  const isFolder = files.length > 1 || files[0]!.given !== names[0];
  if (options.output === "-" && (isFolder || options.json))
    throw new BadRequestError("stdout can hold one file only, and no report beside it", {
      hint: "name a folder with -o",
    });
  const glossary = options.glossary
    ? await readGlossaryFile(io, options.glossary, { from: options.from, to: options.to })
    : undefined;
  await using engine = await openEngine(options.engine, { io, terminal });
  await using memory = options.tm === false ? undefined : await openMemory(io, options.tm);
  const tools = { engine, ...(memory && { memory }), ...(glossary && { glossary }) };
  const reports: object[] = [];
  let failed = 0;
  for (const file of files) {
    try {
      const { output, written } = await translateOne(io, terminal, file, { options, tools, isFolder });
      reports.push({ file: file.given, output: written ?? null, ...translationJson(output) });
    } catch (error) {
      // One file that can't be read is no reason to leave the others.
      if (!isFolder || io.signal.aborted || !(error instanceof Error)) throw error;
      failed++;
      reports.push({ file: file.given, error: error.message });
      terminal.complain(`${printableLine(file.given)}: ${printableLine(error.message)}`);
    }
  }
  if (options.json)
    terminal.printJson(
      isFolder ? { command: "translate", files: reports } : { command: "translate", ...reports[0] },
    );
  if (failed > 0) terminal.complain(`${counted(failed, "file")} of ${files.length} could not be translated`);
  return failed > 0 ? exitCodes.failed : exitCodes.done;
}

type Job = { readonly options: TranslateOptions; readonly tools: Tools; readonly isFolder: boolean };

async function translateOne(
  io: CliIo,
  terminal: Terminal,
  file: TranslateFile,
  { options, tools, isFolder }: Job,
): Promise<{ output: TranslateOutput; written: string | undefined }> {
  const bytes = await readInput(io, file.given);
  const { to, from, as, formality, author, comments, hidden, mirror } = options;
  const checkpoint = await openJobCheckpoint(io, "translate", [bytes, to, from ?? "", tools.engine.id]);
  if (checkpoint.size() > 0) terminal.say(`going on with ${file.given} where an earlier run stopped`);
  const input = {
    file: { name: file.relative, bytes },
    ...{ to, from, as, formality, author, comments, hidden, mirror },
    ...tools,
  };
  const output = await runTask(translateTask, input, { io, terminal, wantsModel: false, checkpoint });
  const written = await save(io, file, output, { options, isFolder, original: bytes });
  await checkpoint.discard();
  if (isFolder) terminal.say(`${printableLine(file.given)}`);
  printTranslation(terminal, output, options.verbose ?? false);
  if (written !== undefined) terminal.say(`wrote ${printableLine(written)}`);
  return { output, written };
}

async function save(
  io: CliIo,
  file: TranslateFile,
  { bytes, ending, to }: TranslateOutput,
  {
    options,
    isFolder,
    original,
  }: { readonly options: TranslateOptions; readonly isFolder: boolean; readonly original: Uint8Array },
): Promise<string | undefined> {
  const { output } = options;
  if (isFolder && output !== undefined) {
    const { dir, name } = path.parse(file.relative);
    await io.files.makeFolder(path.join(output, dir));
    const place = path.join(output, dir, `${name}.${ending}`);
    if (await io.files.isSame(place, file.given))
      throw new BadRequestError(`${place} is the file to be translated`, {
        hint: "name another folder with -o",
      });
    return (await writeResult(io, { kind: "file", path: place }, bytes, original)).path;
  }
  if (output === "-") return (await writeResult(io, { kind: "stdout" }, bytes, original)).path;
  const place =
    output === undefined
      ? ({
          kind: "numbered",
          path: translatedName(file.given === "-" ? file.relative : file.given, to, ending),
        } as const)
      : await namedFile(io, output);
  return (await writeResult(io, place, bytes, original)).path;
}
