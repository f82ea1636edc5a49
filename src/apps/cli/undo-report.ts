import type { UndoEntry } from "../../feedback/index.ts";
import { exitCodes } from "./exit-code.ts";
import type { Written } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { inputName } from "./read-input.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

/** An entry, with the number of its job (1 for the oldest) where the file has several. */
export type JobEntry = UndoEntry & { readonly job?: number };

/** What `tandem undo` has to tell. */
export type UndoReport = {
  readonly file: string;
  readonly written: Written;
  readonly dryRun: boolean;
  readonly isToStdout: boolean;
  readonly isChanged: boolean;
  readonly entries: readonly JobEntry[];
};

const actions = ["rejected", "reversed", "nothing", "conflict"] as const;

/** 0 when something was or would be written, 5 when conflicts alone are left and Word has no place to say so, else 3. */
export function undoExitCode({ isChanged, entries }: UndoReport): number {
  if (isChanged) return exitCodes.done;
  const isUnsaid = entries.some(({ action, comment }) => action === "conflict" && comment === undefined);
  return isUnsaid ? exitCodes.refused : exitCodes.nothing;
}

/** The object that `--json` prints. */
export function undoJson({ file, written, dryRun, isToStdout, entries }: UndoReport): object {
  return {
    command: "undo",
    file: inputName(file),
    output: written.path ?? null,
    backup: written.backup ?? null,
    written: written.path !== undefined || isToStdout,
    dryRun,
    rejected: countOf(entries, "rejected"),
    reversed: countOf(entries, "reversed"),
    conflicts: countOf(entries, "conflict"),
    suggestions: entries,
  };
}

function countOf(entries: readonly UndoEntry[], action: UndoEntry["action"]): number {
  return entries.filter((entry) => entry.action === action).length;
}

/** Tells on stderr what was undone, what was not and why, and what was written. */
export function printUndo(terminal: Terminal, report: UndoReport): void {
  const { file, written, dryRun, isToStdout, isChanged, entries } = report;
  const tally = actions
    .map((action) => [countOf(entries, action), words[action]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);
  const head = `${printableLine(inputName(file))}: ${counted(entries.length, "suggestion")}`;
  terminal.say(tally.length === 0 ? head : `${head}: ${tally.join(", ")}`);
  if (entries.length > 0) terminal.say(table(terminal, entries).join("\n"));
  for (const entry of entries) for (const text of remarks(entry)) complain(terminal, text);
  if (!isChanged) terminal.say("nothing to undo; nothing was written");
  else if (dryRun) terminal.say("nothing was written (dry run)");
  if (written.backup !== undefined) terminal.say(`backup: ${printableLine(written.backup)}`);
  if (written.path !== undefined) {
    terminal.say(`wrote ${printableLine(written.path)}`);
    if (countOf(entries, "reversed") > 0) terminal.say(`next: tandem review ${printableLine(written.path)}`);
  } else if (isToStdout) {
    terminal.say("wrote to stdout");
  }
}

const words = {
  rejected: "refused",
  reversed: "changed back",
  nothing: "with nothing to do",
  conflict: "left as they stand",
} as const;

function table(terminal: Terminal, entries: readonly JobEntry[]): string[] {
  const width = Math.max(16, Math.floor((terminal.width - 40) / 2));
  const cell = (text: string): string => shorten(printableLine(text.replaceAll("\n", " ")), width);
  const rows = entries.map(({ job, id, outcome, action, before, after }) => [
    printableLine(job === undefined ? id : `${job}: ${id}`),
    outcome,
    action,
    cell(before),
    cell(after),
  ]);
  return textTable([["id", "was", "undo", "before", "suggested"], ...rows]);
}

function remarks({ id, action, reason, comment, issuedComment }: JobEntry): string[] {
  const found: string[] = [];
  if (action === "conflict") {
    const place =
      comment === undefined ? "there is no place for a comment" : "a comment says so at its place";
    found.push(`${id} not undone: ${reason}; ${place}`);
  }
  if (issuedComment === "kept") found.push(`${id}: the comment that came with it stays`);
  return found;
}

function complain(terminal: Terminal, text: string): void {
  const lines = wrapText([{ text: printableLine(text) }], {
    width: terminal.width,
    paint: terminal.paintError,
  });
  terminal.complain(lines.join("\n"));
}
