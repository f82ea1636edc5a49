import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type DecisionEntry, decisions, findLedgers, type Ledger, readLedger } from "../../feedback/index.ts";
import { openFile, type WordDocument } from "../../files/index.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { printableLine } from "./printable.ts";
import { inputName, readInput, readText } from "./read-input.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";

type DecisionsOptions = CommonOptions & { readonly ledger?: string };

/** Adds `tandem decisions`. */
export function addDecisionsCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("decisions")
    .summary("read from a returned file what people did with each suggestion")
    .description(
      "Say what became of each suggestion in a file that came back: pending, accepted, rejected, modified, partial, removed, or unsure.",
    )
    .argument("<file>", "the Word file that came back, or - for stdin")
    .option(
      "--ledger <file>",
      "the ledger that was written with the suggestions (default: the one in the file)",
    );
  addExamples(addCommonOptions(command), [
    ["tandem decisions returned.docx --ledger contract.tandem.docx.ledger.json", "one line a suggestion"],
    ["tandem decisions returned.docx --json", "with the ledger that the file carries, for programs"],
  ]);
  command.action(async (file: string, options: DecisionsOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await readDecisions(host.io, terminal, file, options));
  });
}

async function readDecisions(
  io: CliIo,
  terminal: Terminal,
  file: string,
  options: DecisionsOptions,
): Promise<number> {
  if (file === "-" && options.ledger === "-")
    throw new BadRequestError("stdin can be only one of the files", { hint: "give the other by name" });
  const document = openFile(await readInput(io, file));
  const ledgers = await ledgersFor(io, document, file, options.ledger);
  const entries = ledgers.flatMap((ledger) => decisions(document, ledger));
  if (options.json) {
    terminal.printJson({
      command: "decisions",
      file: inputName(file),
      decisions: entries.map(entryJson),
    });
  } else {
    printEntries(terminal, file, entries);
  }
  return exitCodes.done;
}

async function ledgersFor(
  io: CliIo,
  document: WordDocument,
  file: string,
  name: string | undefined,
): Promise<Ledger[]> {
  if (name !== undefined) return [readLedger(await readText(io, name))];
  const found = findLedgers(document);
  if (found.length > 0) return found;
  throw new BadRequestError(`${inputName(file)} carries no ledger of what was suggested`, {
    hint: "give the one that was written with the suggestions: --ledger NAME.ledger.json",
  });
}

function entryJson(entry: DecisionEntry): object {
  const { id, kind, before, after, revisionIds, outcome, confidence, text, decidedBy } = entry;
  return {
    id,
    kind,
    before,
    after,
    revisionIds,
    outcome,
    confidence,
    ...(text !== undefined && { text }),
    ...(decidedBy !== undefined && { decidedBy }),
  };
}

function printEntries(terminal: Terminal, file: string, entries: readonly DecisionEntry[]): void {
  const tally = [...Map.groupBy(entries, ({ outcome }) => outcome)].map(
    ([outcome, { length }]) => `${length} ${outcome}`,
  );
  const head = `${printableLine(inputName(file))}: ${counted(entries.length, "suggestion")}`;
  const width = Math.max(16, Math.floor((terminal.width - 32) / 2));
  const cell = (text: string): string => shorten(printableLine(text.replaceAll("\n", " ")), width);
  const rows = entries.map(({ id, kind, before, after, outcome, confidence, text }) => [
    printableLine(id),
    printableLine(kind),
    outcome,
    // Nothing is certain: 0.996 is not shown as 1.00.
    Math.min(confidence, 0.99).toFixed(2),
    cell(before),
    cell(text ?? after),
  ]);
  terminal.print([tally.length === 0 ? head : `${head}: ${tally.join(", ")}`].join("\n"));
  if (rows.length > 0)
    terminal.print(textTable([["id", "kind", "outcome", "sure", "before", "after"], ...rows]).join("\n"));
}
