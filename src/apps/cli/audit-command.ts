import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type AuditOutput, auditTask } from "../../tasks/audit/task.ts";
import { printAudit } from "./audit-report.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { ironcalcProgram } from "./ironcalc-program.ts";
import { chooseDestination, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readSources } from "./read-sources.ts";
import { runTask } from "./run-task.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";

type AuditOptions = CommonOptions & {
  readonly output?: string;
  readonly author: string;
  readonly strict?: boolean;
};

/** Adds `tandem audit`. */
export function addAuditCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(auditTask.name)
    .summary(`${auditTask.summary.charAt(0).toLowerCase()}${auditTask.summary.slice(1)}`)
    .description(
      "Look for what is broken in a workbook: formulas that differ from their neighbours, numbers typed over formulas, totals that miss rows, circles, broken references, errors, lookups in unsorted lists, stored results that are not what the formula gives, numbers as text, mixed units. No model is needed. Exit code 0, also with findings, unless --strict says otherwise.",
    )
    .argument("<workbook>", "an .xlsx or .xlsm file, or - for stdin")
    .option("-o, --output <file>", "write a copy with a comment on each finding, and nothing else changed")
    .option("--author <name>", "the name on the comments", "Tandem")
    .option("--strict", "exit code 1 when anything but notes was found");
  addExamples(addCommonOptions(command), [
    ["tandem audit budget.xlsx", "the findings by sheet, the worst first"],
    ["tandem audit budget.xlsx -o commented.xlsx", "and a comment on each in a copy"],
    ["tandem audit budget.xlsx --json --strict", "for programs"],
  ]);
  command.action(async (file: string, options: AuditOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await audit(host.io, terminal, file, options));
  });
}

const textEnding = /\.(csv|tsv|tab|txt)$/i;
const convertedEnding = /\.(xls|xlt|xlsb|ods|fods|ots)$/i;

async function audit(io: CliIo, terminal: Terminal, file: string, options: AuditOptions): Promise<number> {
  const { output, author, json, strict } = options;
  if (textEnding.test(file))
    throw new BadRequestError(`${file} is plain text and has no formulas to audit`, {
      hint: `tandem ask ${file} says what stands out and what is wrong with its data; for an audit, give the workbook that it was saved from`,
    });
  if (output !== undefined && convertedEnding.test(file))
    throw new BadRequestError(
      `${file} would have to be converted, and comments are written into the file itself`,
      {
        hint: "save it as .xlsx first, or leave out -o",
      },
    );
  const destination =
    output === undefined
      ? undefined
      : await chooseDestination(io, { output, input: file, ...(json && { json }) });
  const sources = await readSources(io, terminal, [file]);
  for (const note of sources.notes) terminal.say(`note: ${printableLine(note)}`);
  const [workbook] = sources.files;
  const input = {
    workbook: workbook!,
    formulaEngine: await ironcalcProgram(),
    ...(destination !== undefined && { comments: { author } }),
  };
  const found = await runTask(auditTask, input, { io, terminal, wantsModel: false });
  const { written, ...report } = found;
  io.signal.throwIfAborted();
  const saved =
    destination === undefined || written === undefined
      ? undefined
      : await writeResult(io, destination, written.bytes, workbook!.bytes);
  if (json)
    terminal.printJson({
      command: "audit",
      ...report,
      notes: [...sources.notes, ...report.notes],
      output: saved?.path ?? null,
      ...(written && { comments: written.comments, refused: written.refused }),
    });
  // A workbook on stdout must stay one.
  else printAudit(destination?.kind === "stdout" ? { ...terminal, print: terminal.say } : terminal, found);
  printSaved(terminal, written, saved?.path);
  const isBroken = found.findings.some(({ severity }) => severity !== "note");
  return strict && isBroken ? exitCodes.failed : exitCodes.done;
}

function printSaved(
  terminal: Terminal,
  written: AuditOutput["written"],
  path: string | null | undefined,
): void {
  if (written === undefined) return;
  for (const { finding, reason } of written.refused)
    terminal.complain(`no comment for finding ${finding + 1}: ${printableLine(reason)}`);
  if (path !== undefined && path !== null)
    terminal.say(`wrote ${printableLine(path)} with ${counted(written.comments, "comment")}`);
}
