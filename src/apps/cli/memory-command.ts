import path from "node:path";
import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { readTmx, readXliff, writeTmx } from "../../files/index.ts";
import { entriesOfTmx, entriesOfXliff, tmxOf } from "../../tasks/translate/memory/exchange-memory.ts";
import type { MemoryEntry } from "../../tasks/translate/memory/translation-memory.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openMemory } from "./open-memory.ts";
import { printableLine } from "./printable.ts";
import { readInput } from "./read-input.ts";
import { openTerminal } from "./terminal.ts";
import { counted } from "./text-table.ts";

type MemoryOptions = CommonOptions & { readonly tm?: string };

/** Adds `tandem memory` with its subcommands. */
export function addMemoryCommand(program: Command, host: CommandHost): void {
  const memory = program.command("memory").summary("see, fill and export the translation memory");
  const add = (name: string, description: string): Command =>
    addCommonOptions(memory.command(name).description(description)).option(
      "--tm <file>",
      "the memory (default: your own, in the data folder)",
    );
  const list = add("list", "how many sentences of each pair of languages it holds");
  list.action(async (options: MemoryOptions) => host.finish(await listMemory(host.io, options)));
  const imports = add(
    "import",
    "add a person's translations: .xlf files that were reviewed, .tmx files",
  ).argument("<file...>");
  imports.action(async (files: string[], options: MemoryOptions) =>
    host.finish(await importFiles(host.io, files, options)),
  );
  const exports = add("export", "write everything as TMX 1.4b").argument("<file.tmx>");
  exports.action(async (file: string, options: MemoryOptions) =>
    host.finish(await exportMemory(host.io, file, options)),
  );
  addExamples(memory, [
    ["tandem memory list", "what is in it"],
    ["tandem memory import report.pt.xlf", "a reviewed translation: it wins from then on"],
    ["tandem memory export all.tmx", "for another tool"],
  ]);
}

async function listMemory(io: CliIo, options: MemoryOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using memory = await openMemory(io, options.tm);
  const pairs = memory.counts();
  if (options.json) terminal.printJson({ command: "memory list", pairs });
  else if (pairs.length === 0) terminal.print("the memory is empty");
  for (const { from, to, entries, reviewed } of options.json ? [] : pairs)
    terminal.print(`${from} → ${to}  ${counted(entries, "sentence")}, ${reviewed} reviewed`);
  return exitCodes.done;
}

async function importFiles(io: CliIo, files: readonly string[], options: MemoryOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  const read = [];
  for (const file of files) read.push({ file, entries: await readEntries(io, file) });
  await using memory = await openMemory(io, options.tm);
  for (const { entries } of read) await memory.add(entries);
  const counts = read.map(({ file, entries }) => ({ file, sentences: entries.length }));
  if (options.json) terminal.printJson({ command: "memory import", files: counts });
  for (const { file, sentences } of counts)
    terminal.say(`${printableLine(file)}: ${counted(sentences, "sentence")} added as reviewed`);
  return exitCodes.done;
}

async function readEntries(io: CliIo, file: string): Promise<MemoryEntry[]> {
  const bytes = await readInput(io, file);
  const options = { origin: path.basename(file), now: io.now() };
  const ending = path.extname(file).toLowerCase();
  if (ending === ".tmx") return entriesOfTmx(readTmx(bytes), options);
  if (ending === ".xlf" || ending === ".xliff")
    return entriesOfXliff(readXliff(new TextDecoder().decode(bytes)), options);
  throw new BadRequestError(`${file} holds no translations`, { hint: "Give a .tmx or an .xlf file." });
}

async function exportMemory(io: CliIo, file: string, options: MemoryOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using memory = await openMemory(io, options.tm);
  const tmx = tmxOf(memory.entries());
  await io.files.write(file, new TextEncoder().encode(writeTmx(tmx)));
  if (options.json) terminal.printJson({ command: "memory export", file, sentences: tmx.units.length });
  else terminal.say(`wrote ${printableLine(file)} with ${counted(tmx.units.length, "sentence")}`);
  return exitCodes.done;
}
