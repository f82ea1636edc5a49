import { Command, CommanderError } from "commander";
import { TandemError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";
import { addExamples, type CommandHost } from "./command-host.ts";
import { addCommands } from "./commands.ts";
import { type ErrorReport, errorReport, exitCodeOf, exitCodes } from "./exit-code.ts";
import { modelOpener } from "./open-model.ts";
import { flushOutput, interruptSignal, processIo } from "./process-io.ts";
import { type OutputOptions, openTerminal } from "./terminal.ts";
import { toolVersion } from "./tool-version.ts";

/** Runs one command line (without `node` and the script's name) and gives its exit code. Never throws. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode: number = exitCodes.done;
  const host: CommandHost = {
    io,
    finish: (code) => {
      exitCode = code;
    },
  };
  try {
    const program = createProgram(io);
    await addCommands(program, host, argv);
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return reportFailure(io, outputOptions(argv), error);
  }
}

/** Runs this process's command line and ends the process. */
export async function runProcess(): Promise<never> {
  const io = processIo(interruptSignal(), modelOpener(process.env, process.cwd()));
  const exitCode = await runCli(process.argv.slice(2), io);
  await flushOutput();
  // An embedded model's threads would keep the process waiting.
  process.exit(exitCode);
}

/** The program without its commands. */
function createProgram(io: CliIo): Command {
  const program = new Command("tandem")
    .description("Language models put to work inside Office files: every edit can be refused.")
    .version(toolVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      // Failures are printed once, by `reportFailure`.
      outputError: () => undefined,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    });
  addExamples(program, [
    ['tandem edit contract.docx "shorten to 14 days delivery"', "contract.tandem.docx, as tracked changes"],
    ["tandem edit contract.docx --changes changes.json --dry-run", "your own changes; shows, writes nothing"],
    ["tandem review contract.tandem.docx", "list the changes; --accept 1,3 --reject 2"],
    ["tandem minutes standup.vtt -o minutes.docx --ics next.ics", "minutes of a call, and the next one"],
    ['tandem write "a two-page brief" --with call.vtt proposal.docx', "every claim with its source"],
    ['tandem ask orders.xlsx "which region sold most?"', "computed, with its query and cells"],
    ["tandem doctor ~/Documents", "try it on your own files; writes none"],
  ]);
  return program.addHelpText(
    "after",
    "\nExit codes: 0 done, 1 failed, 2 usage, 3 nothing matched or changed, 4 model, 5 refused, 130 interrupted.",
  );
}

function reportFailure(io: CliIo, options: OutputOptions, error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  // `tandem` alone prints the help on stderr; there is nothing to add.
  if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage;
  const isInterrupted = io.signal.aborted;
  const report = isInterrupted ? errorReport(interruption(io.signal.reason)) : describe(error);
  const terminal = openTerminal(io, options);
  terminal.endProgress();
  if (options.json) {
    terminal.printJson({ error: report });
  } else {
    terminal.complain(`${terminal.paintError(["red", "bold"], "tandem:")} ${report.message}`);
    if (report.hint !== undefined)
      terminal.complain(`${terminal.paintError("bold", "hint:")} ${report.hint}`);
  }
  if (io.env.TANDEM_DEBUG && error instanceof Error) terminal.complain(error.stack ?? "");
  if (isInterrupted) return exitCodes.interrupted;
  return error instanceof CommanderError ? exitCodes.usage : exitCodeOf(error);
}

function describe(error: unknown): ErrorReport {
  if (!(error instanceof CommanderError)) return errorReport(error);
  const [message = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const hint =
    suggestion?.replace(/^\(|\)$/g, "") ??
    "tandem --help shows the commands, tandem COMMAND --help the options";
  return { code: "usage", message, hint };
}

function interruption(reason: unknown): TandemError {
  return reason instanceof TandemError ? reason : new TandemError("aborted", "interrupted");
}

/** The output options as far as they can be told before, or in spite of, a failed parse. */
function outputOptions(argv: readonly string[]): OutputOptions {
  const end = argv.indexOf("--");
  const flags = end < 0 ? argv : argv.slice(0, end);
  return { json: flags.includes("--json"), color: !flags.includes("--no-color") };
}
