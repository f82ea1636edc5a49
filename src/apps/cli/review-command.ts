import type { Command } from "commander";
import { BadRequestError, TargetNotFoundError } from "../../errors.ts";
import { comments, openFile, trackedChanges, type WordDocument } from "../../files/index.ts";
import { type ChangeChoice, chooseChanges, filterChanges, isBy, settleBoth } from "./choose-changes.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { chooseDestination, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { inputName, readInput } from "./read-input.ts";
import { changeJson, changeLines, commentLines, placesOf } from "./review-list.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";

type ReviewOptions = CommonOptions &
  ChangeChoice & {
    readonly comments?: boolean;
    readonly output?: string;
    readonly inPlace?: boolean;
  };

/** Adds `tandem review`. */
export function addReviewCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("review")
    .summary("list, accept and reject tracked changes")
    .description(
      "List a Word file's tracked changes and comments, or accept and reject changes by number, author or kind.",
    )
    .argument("<file>", "a Word file, or - for stdin")
    .option("--accept <numbers>", "accept these changes: 3,5 or 1-4 or all")
    .option("--reject <numbers>", "reject these changes: 3,5 or 1-4 or all")
    .option("--author <name>", "only changes and comments by this author")
    .option("--kind <kind>", "only changes of this kind: insertion, deletion, run-formatting, …")
    .option("--comments", "list only comments")
    .option("-o, --output <file>", "write to this file, or - for stdout")
    .option("--in-place", "overwrite the file, keeping a backup beside it");
  addExamples(addCommonOptions(command), [
    ["tandem review contract.docx", "list changes and comments with numbers"],
    ["tandem review contract.docx --accept 3,5 --reject 1-2 -o final.docx", "settle some"],
    ['tandem review contract.docx --reject all --author "Tandem"', "refuse all by one author"],
    ["tandem review contract.docx --json", "the same list for programs"],
  ]);
  command.action(async (file: string, options: ReviewOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await review(host.io, terminal, file, options));
  });
}

async function review(io: CliIo, terminal: Terminal, file: string, options: ReviewOptions): Promise<number> {
  const settles = options.accept !== undefined || options.reject !== undefined;
  if (!settles && (options.output !== undefined || options.inPlace)) {
    throw new BadRequestError("there is nothing to write without --accept or --reject", {
      hint: "to list, leave out -o and --in-place",
    });
  }
  if (settles && options.comments) {
    throw new BadRequestError("--comments lists comments; they cannot be accepted or rejected");
  }
  if (settles) return settle(io, terminal, file, options);
  const document = openFile(await readInput(io, file));
  return list(terminal, file, document, options);
}

function list(terminal: Terminal, file: string, document: WordDocument, options: ReviewOptions): number {
  const all = trackedChanges(document);
  const changes = options.comments ? [] : filterChanges(all, options);
  const notes =
    options.kind === undefined
      ? comments(document).filter((comment) => isBy(comment.author, options.author))
      : [];
  const places = placesOf(document);
  if (options.json) {
    terminal.printJson({
      command: "review",
      file: inputName(file),
      changes: changes.map((change) => changeJson(change, places)),
      comments: notes.map((comment) => ({ ...comment, heading: places(comment.paragraph) })),
    });
  } else {
    const lines = changes.flatMap((change) => changeLines(change, places, terminal));
    const noteLines = notes.flatMap((comment) => commentLines(comment, places, terminal));
    const counts = [
      ...(options.comments ? [] : [counted(changes.length, "tracked change")]),
      ...(options.kind === undefined ? [counted(notes.length, "comment")] : []),
    ];
    const head = `${printableLine(inputName(file))}: ${counts.join(", ")}`;
    terminal.print([head, ...spaced(lines), ...spaced(noteLines)].join("\n"));
    if (changes.length > 0)
      terminal.say(
        `next: tandem review ${printableLine(inputName(file))} --accept all (or numbers: --accept 1 --reject 2-3)`,
      );
  }
  return changes.length + notes.length === 0 ? exitCodes.nothing : exitCodes.done;
}

async function settle(io: CliIo, terminal: Terminal, file: string, options: ReviewOptions): Promise<number> {
  const destination = await chooseDestination(io, {
    input: file,
    ...(options.output !== undefined && { output: options.output }),
    ...(options.inPlace !== undefined && { inPlace: options.inPlace }),
    ...(options.json !== undefined && { json: options.json }),
  });
  const bytes = await readInput(io, file);
  const document = openFile(bytes);
  const all = trackedChanges(document);
  const { accepted, rejected } = chooseChanges(all, options);
  if (accepted.length + rejected.length === 0) {
    throw new TargetNotFoundError("no tracked change fits, so nothing was written", {
      hint:
        all.length === 0
          ? "the file has no tracked changes"
          : `list them with: tandem review ${inputName(file)}`,
    });
  }
  const settled = settleBoth(document, accepted, rejected);
  const left = trackedChanges(openFile(settled)).length;
  const written = await writeResult(io, destination, settled, bytes);
  if (options.json) {
    terminal.printJson({
      command: "review",
      file: inputName(file),
      output: written.path ?? null,
      backup: written.backup ?? null,
      accepted: accepted.map((change) => change.number),
      rejected: rejected.map((change) => change.number),
      left,
    });
  } else {
    terminal.say(`${counted(accepted.length, "change")} accepted, ${rejected.length} rejected, ${left} left`);
    if (written.backup !== undefined) terminal.say(`backup: ${written.backup}`);
    if (written.path !== undefined) terminal.say(`wrote ${written.path}`);
  }
  return exitCodes.done;
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}
