import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import { checkOfficeFile, checkWordFile, type FileCheck } from "./check-file.ts";
import type { CliIo } from "./cli-io.ts";
import { exitCodes } from "./exit-code.ts";
import { printableLine } from "./printable.ts";
import type { Format, Terminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

const WORD = new Set([".docx", ".docm", ".dotx", ".dotm"]);
const OTHER_OFFICE = new Set([
  ".xlsx",
  ".xlsm",
  ".xltx",
  ".xltm",
  ".pptx",
  ".pptm",
  ".potx",
  ".potm",
  ".ppsx",
  ".ppsm",
]);

/** One file and what was found out about it. */
export type CheckedFile = { readonly file: string; readonly check: FileCheck };

/** How many files got how far. Percentages are left to the reader: the counts say what they are of. */
export type CheckTotals = {
  readonly files: number;
  readonly word: number;
  readonly opened: number;
  readonly refused: number;
  readonly byteIdentical: number;
  readonly edited: number;
  readonly editRefused: number;
  readonly withoutText: number;
  readonly otherPartsIdentical: number;
  readonly rejectRestores: number;
  readonly acceptGives: number;
  readonly failed: number;
};

/**
 * `tandem doctor FILE|FOLDER…`: checks the person's own files in memory and prints the table. Writes none of them.
 * The exit code is 0 when every file that opened passes, 1 otherwise, 3 when there was nothing to check.
 */
export async function checkFiles(
  io: CliIo,
  terminal: Terminal,
  places: readonly string[],
  options: { readonly seed: number; readonly json: boolean },
): Promise<number> {
  const files = await findFiles(io, places);
  const checked: CheckedFile[] = [];
  for (const [index, file] of files.entries()) {
    io.signal.throwIfAborted();
    terminal.progress(`checking ${index + 1} of ${files.length}: ${printableLine(file)}`);
    checked.push({ file, check: await checkOne(io, file, options.seed) });
    // The checks are synchronous: without a pause Ctrl+C would wait for the last file.
    await new Promise((resolve) => setImmediate(resolve));
  }
  terminal.endProgress();
  const totals = countChecks(checked);
  if (options.json) {
    terminal.printJson({ command: "doctor", seed: options.seed, files: checked.map(flat), totals });
  } else {
    printChecks(terminal, checked, totals);
  }
  if (files.length === 0) return exitCodes.nothing;
  return totals.failed > 0 ? exitCodes.failed : exitCodes.done;
}

async function findFiles(io: CliIo, places: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const place of places) {
    const kind = await io.files.kind(place);
    if (kind === "missing") throw new BadRequestError(`there is no file or folder ${place}`);
    if (kind === "file") files.push(place);
    else files.push(...(await io.files.walk(place)).filter(isOffice));
  }
  return [...new Set(files)];
}

function isOffice(file: string): boolean {
  const ending = path.extname(file).toLowerCase();
  // Word writes a lock file `~$name.docx` beside every document that is open.
  return (WORD.has(ending) || OTHER_OFFICE.has(ending)) && !path.basename(file).startsWith("~$");
}

async function checkOne(io: CliIo, file: string, seed: number): Promise<FileCheck> {
  const kind = OTHER_OFFICE.has(path.extname(file).toLowerCase()) ? "other-office" : "word";
  try {
    const bytes = await io.files.read(file);
    return kind === "word" ? checkWordFile(bytes, seed) : checkOfficeFile(bytes);
  } catch (error) {
    return {
      kind,
      opened: false,
      failures: [`checking fails: ${error instanceof Error ? error.message : error}`],
    };
  }
}

/** Counts what the table shows. */
export function countChecks(checked: readonly CheckedFile[]): CheckTotals {
  const count = (holds: (check: FileCheck) => boolean | undefined): number =>
    checked.filter(({ check }) => holds(check) === true).length;
  return {
    files: checked.length,
    word: count((check) => check.kind === "word"),
    opened: count((check) => check.opened),
    refused: count((check) => check.refused !== undefined),
    byteIdentical: count((check) => check.byteIdentical),
    edited: count((check) => check.edit?.status === "made"),
    editRefused: count((check) => check.edit?.status === "refused"),
    withoutText: count((check) => check.edit?.status === "no-text"),
    otherPartsIdentical: count((check) => check.otherPartsIdentical),
    rejectRestores: count((check) => check.rejectRestores),
    acceptGives: count((check) => check.acceptGives),
    failed: count((check) => check.failures.length > 0),
  };
}

function flat({ file, check }: CheckedFile): object {
  const { failures, ...rest } = check;
  return { file, passed: check.opened && failures.length === 0, ...rest, failures };
}

const HEADER = ["opened", "same bytes", "edit", "others same", "reject", "accept", "file"] as const;

function printChecks(terminal: Terminal, checked: readonly CheckedFile[], totals: CheckTotals): void {
  const { paint, width } = terminal;
  const rows = checked.map(({ file, check }) => [
    check.opened ? "yes" : check.refused === undefined ? "FAILED" : "refused",
    word(check.byteIdentical),
    editWord(check),
    word(check.otherPartsIdentical),
    word(check.rejectRestores),
    word(check.acceptGives),
    printableLine(file),
  ]);
  if (rows.length > 0) {
    const lines = textTable([HEADER, ...rows], (cell, column, row) => {
      const format = row === 0 ? "bold" : column === HEADER.length - 1 ? undefined : formatOf(cell);
      return format === undefined ? cell : paint(format, cell);
    });
    terminal.print(`${lines.join("\n")}\n`);
  }
  for (const { file, check } of checked) {
    for (const line of reasonsOf(check)) {
      const segments = [{ text: `${printableLine(file)}: ` }, { text: printableLine(line) }];
      terminal.print(wrapText(segments, { width, paint }).join("\n"));
    }
  }
  if (checked.some(({ check }) => reasonsOf(check).length > 0)) terminal.print("");
  terminal.print(totalLines(totals).join("\n"));
}

function reasonsOf(check: FileCheck): string[] {
  const reasons = check.failures.map((failure) => `FAILED: ${failure}`);
  if (check.refused !== undefined) reasons.push(`refused (${check.refused.code}): ${check.refused.reason}`);
  if (check.edit?.status === "refused") {
    reasons.push(`edit of "${check.edit.word}" refused (${check.edit.code}): ${check.edit.reason}`);
  }
  return reasons;
}

function totalLines(totals: CheckTotals): string[] {
  if (totals.files === 0) return ["no Word, Excel or PowerPoint file is there"];
  const others = totals.files - totals.word;
  return textTable([
    ["files", String(totals.files), others > 0 ? `${totals.word} Word, ${others} Excel and PowerPoint` : ""],
    [
      "opened",
      `${totals.opened} of ${totals.files}`,
      totals.refused > 0 ? `${totals.refused} refused, reasons above` : "",
    ],
    ["saved without change, byte-identical", `${totals.byteIdentical} of ${totals.opened}`, ""],
    ["tracked replacement made", String(totals.edited), editNote(totals)],
    ["all other parts identical", `${totals.otherPartsIdentical} of ${totals.edited}`, ""],
    ["rejecting gives the original", `${totals.rejectRestores} of ${totals.edited}`, ""],
    ["accepting gives the text meant", `${totals.acceptGives} of ${totals.edited}`, ""],
    ["failed", String(totals.failed), totals.failed > 0 ? "reasons above" : ""],
    ...(others > 0 ? [["edits in Excel and PowerPoint", "not checked yet", ""]] : []),
  ]);
}

function editNote({ editRefused, withoutText }: CheckTotals): string {
  const notes = [];
  if (editRefused > 0) notes.push(`${editRefused} refused, reasons above`);
  if (withoutText > 0) notes.push(`${withoutText} without text to change`);
  return notes.join(", ");
}

function word(holds: boolean | undefined): string {
  return holds === undefined ? "-" : holds ? "yes" : "NO";
}

function editWord({ kind, edit }: FileCheck): string {
  if (edit === undefined) return kind === "word" ? "-" : "not yet";
  return edit.status === "no-text" ? "no text" : edit.status;
}

function formatOf(cell: string): Format | undefined {
  if (cell === "NO" || cell === "FAILED") return ["red", "bold"];
  if (cell === "refused") return "yellow";
  return cell === "yes" || cell === "made" ? "green" : undefined;
}
