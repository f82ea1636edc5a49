import type { Command } from "commander";
import { BadRequestError, TargetNotFoundError } from "../../errors.ts";
import {
  findLedgers,
  issueLedger,
  type Ledger,
  readLedger,
  type UndoResult,
  undoChanges,
} from "../../feedback/index.ts";
import { openFile } from "../../files/index.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { chooseDestination, type Written, writeResult } from "./output-file.ts";
import { readDate } from "./read-date.ts";
import { readInput, readText } from "./read-input.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { type JobEntry, printUndo, undoExitCode, undoJson } from "./undo-report.ts";

type UndoCommandOptions = CommonOptions & {
  readonly ledger?: string;
  readonly original?: string;
  readonly issued?: string;
  readonly only?: string;
  readonly direct?: boolean;
  readonly author: string;
  readonly date?: string;
  readonly dryRun?: boolean;
  readonly output?: string;
  readonly inPlace?: boolean;
};

/** Adds `tandem undo`. */
export function addUndoCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("undo")
    .summary("take a job's changes out of a file that others have edited since")
    .description(
      "Take Tandem's suggestions out of a Word file and keep what others did since: pending ones are refused, accepted ones changed back as tracked changes, and those that somebody reworded stay, with a comment.",
    )
    .argument("<file>", "the Word file as it is now, or - for stdin")
    .option("--ledger <file>", "what was suggested (default: the ledgers in the file, newest first)")
    .option("--original <file>", "the file before the job, where there is no ledger; with --issued")
    .option("--issued <file>", "the file as the job left it: words put back get the look they had")
    .option("--only <ids>", "only these suggestions: term,change-2")
    .option("--direct", "write the old words directly, without tracked changes")
    .option("--author <name>", "author of the changes that put words back, and of comments", "Tandem")
    .option("--date <time>", "time written on them, such as 2026-11-17T09:00:00Z (default: now)")
    .option("--dry-run", "say what would be done and write nothing")
    .option("-o, --output <file>", "write to this file, or - for stdout (default: NAME.undone.docx)")
    .option("--in-place", "overwrite the file, keeping a backup beside it");
  addExamples(addCommonOptions(command), [
    ["tandem undo contract.docx", "contract.undone.docx, by the ledger in the file"],
    [
      "tandem undo contract.docx --ledger contract.tandem.docx.ledger.json --dry-run",
      "shows, writes nothing",
    ],
    ["tandem undo now.docx --original before.docx --issued after.docx", "without a ledger"],
    ["tandem undo contract.docx --only term,change-2 --json", "some of it, for programs"],
  ]);
  command.action(async (file: string, options: UndoCommandOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await undo(host.io, terminal, file, options));
  });
}

async function undo(
  io: CliIo,
  terminal: Terminal,
  file: string,
  options: UndoCommandOptions,
): Promise<number> {
  refuseContradictions(file, options);
  const { dryRun = false, json = false, output, inPlace = false } = options;
  const place = { input: file, infix: "undone", json, inPlace, ...(output !== undefined && { output }) };
  const destination = dryRun ? undefined : await chooseDestination(io, place);
  const bytes = await readInput(io, file);
  const issued = options.issued === undefined ? undefined : await readInput(io, options.issued);
  const ledgers = await ledgersFor(io, bytes, issued, { ...options, file });
  const undone = undoAll(bytes, ledgers, {
    author: options.author,
    date: options.date === undefined ? io.now() : readDate(options.date),
    only: options.only?.split(",").map((id) => id.trim()),
    mode: options.direct ? "direct" : "tracked",
    issued,
  });
  let written: Written = {};
  if (destination !== undefined && undone.isChanged)
    written = await writeResult(io, destination, undone.bytes, bytes);
  const isToStdout = destination?.kind === "stdout" && undone.isChanged;
  const report = { file, written, dryRun, isToStdout, ...undone };
  if (json) terminal.printJson(undoJson(report));
  else printUndo(terminal, report);
  return undoExitCode(report);
}

function refuseContradictions(file: string, { ledger, original, issued }: UndoCommandOptions): void {
  if ([file, ledger, original, issued].filter((name) => name === "-").length > 1)
    throw new BadRequestError("stdin can be only one of the files", { hint: "give the other by name" });
  if (original !== undefined && issued === undefined)
    throw new BadRequestError("--original needs --issued", {
      hint: "give the file before the job and the file as the job left it",
    });
  if (ledger !== undefined && original !== undefined)
    throw new BadRequestError("--ledger and --original say the same twice", {
      hint: "give the ledger, or the two files where there is none",
    });
}

async function ledgersFor(
  io: CliIo,
  bytes: Uint8Array,
  issued: Uint8Array | undefined,
  { ledger, original, file }: UndoCommandOptions & { readonly file: string },
): Promise<Ledger[]> {
  if (ledger !== undefined) return [readLedger(await readText(io, ledger))];
  if (original !== undefined && issued !== undefined)
    return [await issueLedger({ original: await readInput(io, original), issued })];
  const found = findLedgers(openFile(bytes));
  if (found.length > 0) return found;
  throw new BadRequestError(`${file === "-" ? "stdin" : file} carries no ledger of what was suggested`, {
    hint: "give the ledger (--ledger NAME.ledger.json), or the job's files (--original before.docx --issued after.docx)",
  });
}

type Wishes = {
  readonly author: string;
  readonly date: Date;
  readonly only: readonly string[] | undefined;
  readonly mode: "tracked" | "direct";
  readonly issued: Uint8Array | undefined;
};

/** Undoes the jobs from the newest to the oldest: a later one stands on the words of an earlier one. */
function undoAll(
  bytes: Uint8Array,
  ledgers: readonly Ledger[],
  { only, issued, ...wishes }: Wishes,
): Omit<UndoResult, "entries"> & { readonly entries: readonly JobEntry[] } {
  const known = new Set(ledgers.flatMap(({ suggestions }) => suggestions.map(({ id }) => id)));
  const missing = only?.filter((id) => !known.has(id)) ?? [];
  if (missing.length > 0)
    throw new TargetNotFoundError(`there is no suggestion ${missing.join(", ")}`, {
      hint: `there are: ${[...known].slice(0, 20).join(", ")}${known.size > 20 ? ", …" : ""}`,
    });
  let undone = bytes;
  const entries: JobEntry[] = [];
  for (const [index, ledger] of [...ledgers.entries()].reverse()) {
    const own = only?.filter((id) => ledger.suggestions.some((each) => each.id === id));
    if (own?.length === 0) continue;
    const result = undoChanges(undone, {
      ledger,
      ...wishes,
      ...(own !== undefined && { only: own }),
      // Of several jobs nobody knows which one left the file so.
      ...(issued !== undefined && ledgers.length === 1 && { issued }),
    });
    undone = result.bytes;
    entries.push(
      ...result.entries.map((entry) => (ledgers.length > 1 ? { job: index + 1, ...entry } : entry)),
    );
  }
  return { bytes: undone, isChanged: undone !== bytes, entries };
}
