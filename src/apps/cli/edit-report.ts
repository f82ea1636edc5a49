import type { EditOutput } from "../../tasks/edit/task.ts";
import { exitCodes } from "./exit-code.ts";
import type { Written } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

/** What `tandem edit` has to tell. */
export type EditReport = {
  /** The input's name. */
  readonly input: string;
  readonly written: Written;
  readonly dryRun: boolean;
  readonly isToStdout: boolean;
  readonly output: EditOutput;
};

/**
 * 0 when something was or would be written, 5 when a refusal kept it back, 4 when the model's calls failed,
 * 3 when there was nothing to change.
 */
export function editExitCode({ results, bytes, summary }: EditOutput): number {
  if (bytes !== undefined) return exitCodes.done;
  if (results.some((result) => result.status === "refused")) return exitCodes.refused;
  return (summary?.failedCalls ?? 0) > 0 ? exitCodes.model : exitCodes.nothing;
}

/** The object that `--json` prints. */
export function editJson({ input, written, dryRun, isToStdout, output }: EditReport): object {
  const { results, redline, bytes, receipt, summary, style } = output;
  return {
    command: "edit",
    input,
    output: written.path ?? null,
    backup: written.backup ?? null,
    ...(written.ledger !== undefined && { ledger: written.ledger }),
    ...(written.certificate !== undefined && { certificate: written.certificate }),
    written: written.path !== undefined || (isToStdout && bytes !== undefined),
    dryRun,
    applied: results.filter((result) => result.status === "applied").length,
    refused: results.filter((result) => result.status === "refused").length,
    changes: results,
    ...(dryRun && { redline }),
    ...(summary !== undefined && { summary }),
    ...(style !== undefined && { style }),
    ...(receipt !== undefined && { parts: receipt.parts.filter((part) => part.state !== "raw") }),
  };
}

/** Tells on stderr what was changed, refused and written, and what to do next. */
export function printEdit(terminal: Terminal, report: EditReport): void {
  const { written, dryRun, isToStdout, output } = report;
  const { results, bytes } = output;
  const refused = results.filter((result) => result.status === "refused");
  const applied = results.length - refused.length;
  printSummary(terminal, output.summary);
  printStyle(terminal, output.style);
  for (const refusal of refused) {
    const name = refusal.id === `change-${refusal.index + 1}` ? "" : ` (${refusal.id})`;
    const head = `change ${refusal.index + 1}${name} refused, ${refusal.code}: ${printableLine(refusal.reason)}`;
    for (const [text, indent] of [
      [head, ""],
      [`fix: ${printableLine(refusal.fix)}`, "  "],
    ] as const) {
      terminal.complain(
        wrapText([{ text }], { width: terminal.width, indent, paint: terminal.paintError }).join("\n"),
      );
    }
  }
  const made = dryRun ? `${counted(applied, "change")} would be made` : `${counted(applied, "change")} made`;
  const tally = refused.length > 0 ? `, ${refused.length} refused` : "";
  if (dryRun) {
    terminal.say(`${made}${tally}; nothing was written (dry run)`);
  } else if (bytes === undefined) {
    terminal.complain(
      refused.length === 0 ? "no change; nothing was written" : nothingWritten(applied, refused.length),
    );
  } else {
    terminal.say(`${made}${tally}`);
    if (written.backup !== undefined) terminal.say(`backup: ${printableLine(written.backup)}`);
    if (written.path !== undefined) {
      terminal.say(`wrote ${printableLine(written.path)}`);
      terminal.say(`next: tandem review ${printableLine(written.path)}`);
    } else if (isToStdout) {
      terminal.say("wrote to stdout");
    }
    if (written.ledger !== undefined) terminal.say(`ledger: ${printableLine(written.ledger)}`);
    if (written.certificate !== undefined) terminal.say(`certificate: ${printableLine(written.certificate)}`);
  }
}

function nothingWritten(applied: number, refused: number): string {
  const others = applied === 0 ? "" : `, or write the other ${applied} with --partial`;
  return `${counted(refused, "change")} refused, so nothing was written: correct ${refused === 1 ? "it" : "them"}${others}`;
}

const SHOWN_REASONS = 3;

function printSummary(terminal: Terminal, summary: EditOutput["summary"]): void {
  if (summary === undefined) return;
  const { target, considered, rewritten, words, candidates, failedCalls, notes } = summary;
  const lengths = rewritten > 0 ? `; ${words.before} words became ${words.after}` : "";
  terminal.say(
    `${printableLine(target)}: ${rewritten} of ${counted(considered, "paragraph")} rewritten${lengths}`,
  );
  if (candidates.drawn > 0) {
    const why = candidates.reasons.slice(0, SHOWN_REASONS).map(({ reason }) => printableLine(reason));
    const tail = candidates.refused > 0 && why.length > 0 ? ` (mostly ${why.join(", ")})` : "";
    terminal.say(`checked: ${counted(candidates.drawn, "candidate")}, ${candidates.refused} refused${tail}`);
  }
  if (failedCalls > 0) terminal.say(`note: ${counted(failedCalls, "model call")} failed`);
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
}

function printStyle(terminal: Terminal, style: EditOutput["style"]): void {
  if (style === undefined) return;
  for (const { kind, line, message } of style.problems) {
    // Explanations between the rules are no news.
    if (kind === "error") terminal.complain(`style, line ${line}: ${printableLine(message)}`);
  }
  const { byCode, byModel } = style.rules;
  terminal.say(`${counted(byCode + byModel, "rule")}: ${byCode} checked by code, ${byModel} need a model`);
  for (const { rule, replaced, commented } of style.broken) {
    const parts = [
      ...(replaced > 0 ? [`${replaced} changed`] : []),
      ...(commented > 0 ? [`${commented} with a comment only`] : []),
    ];
    terminal.say(`${printableLine(rule)}: ${parts.join(", ")}`);
  }
  if (style.rewritten > 0) terminal.say(`${counted(style.rewritten, "sentence")} rewritten by the model`);
  for (const { rule, quote, message } of style.unmarked)
    terminal.say(
      `${printableLine(rule)}, header or footer: ${printableLine(quote)}: ${printableLine(message)}`,
    );
  for (const note of style.notes) terminal.say(`note: ${printableLine(note)}`);
}
