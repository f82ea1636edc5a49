import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type AskOutput, askTask } from "../../tasks/ask/task.ts";
import { printAnswer } from "./ask-report.ts";
import type { CliIo } from "./cli-io.ts";
import {
  addCommonOptions,
  addExamples,
  addModelOption,
  type CommandHost,
  type CommonOptions,
} from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { ironcalcProgram } from "./ironcalc-program.ts";
import { chooseDestination, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { inputName, readInput } from "./read-input.ts";
import { runTask } from "./run-task.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { refuseChartName, writeChart } from "./write-chart.ts";

type AskOptions = CommonOptions & {
  readonly model?: string;
  readonly sql?: string;
  readonly range?: string;
  readonly chart?: string;
  readonly output?: string;
};

/** Adds `tandem ask`. */
export function addAskCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(askTask.name)
    .summary(askTask.summary.toLowerCase())
    .description(
      "Answer a question about workbooks (.xlsx, .xlsm) or text tables (.csv, .tsv). Every number is computed by a query that is shown with its cells. Many questions need no model; without a question the tables and what can be asked are listed.",
    )
    .argument("<file-or-question...>", "one or several files, then the question")
    .option("--sql <query>", "run a SELECT of your own instead")
    .option("--range <cells>", 'read only these cells: "Sheet1!A4:F120"')
    .option(
      "-o, --output <file>",
      "write a copy of the workbook with the result on a new sheet, live where it can be",
    )
    .option("--chart <file>", "draw the result: a file that ends in .svg or .png");
  addExamples(addCommonOptions(addModelOption(command)), [
    ['tandem ask orders.xlsx "which region sold most in March?"', "the answer, its query and its cells"],
    ["tandem ask orders.xlsx", "the tables that were found, and what can be asked"],
    ['tandem ask orders.xlsx --sql "select Region, sum(Amount) from Orders group by 1"', "your own query"],
    ['tandem ask orders.xlsx "amount by month" --chart months.png', "and a picture of it"],
    ['tandem ask a.csv b.xlsx "total cost by team" --json', "for programs"],
  ]);
  command.action(async (given: string[], options: AskOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await ask(host.io, terminal, given, options));
  });
}

async function ask(
  io: CliIo,
  terminal: Terminal,
  given: readonly string[],
  options: AskOptions,
): Promise<number> {
  const { sql, range, model, json } = options;
  if (options.chart !== undefined) refuseChartName(options.chart);
  const { names, question } = await splitArguments(io, given, sql !== undefined);
  const destination =
    options.output === undefined
      ? undefined
      : await chooseDestination(io, { input: names[0]!, output: options.output, ...(json && { json }) });
  const files = await Promise.all(
    names.map(async (name) => ({ name: baseName(inputName(name)), bytes: await readInput(io, name) })),
  );
  const input = {
    files,
    ...(question !== undefined && { question }),
    ...(sql !== undefined && { sql }),
    ...(range !== undefined && { range }),
    ...(destination !== undefined && { sheet: { author: "Tandem", formulaEngine: await ironcalcProgram() } }),
  };
  const output = await runTask(askTask, input, {
    io,
    terminal,
    wantsModel: question !== undefined && model !== undefined,
    ...(model !== undefined && { modelSpec: model }),
  });
  const chart = options.chart === undefined ? undefined : await writeChart(io, output, options.chart);
  const { written } = output;
  const file =
    destination === undefined || written === undefined
      ? undefined
      : await writeResult(io, destination, written.bytes, files[0]!.bytes);
  if (json)
    terminal.printJson({
      command: "ask",
      ...askJson(output),
      ...(chart && { chart }),
      output: file?.path ?? null,
    });
  else printAnswer(terminal, output);
  if (chart?.reason !== undefined) terminal.complain(`no chart: ${printableLine(chart.reason)}`);
  if (written !== undefined) {
    for (const note of written.notes) terminal.say(`note: ${printableLine(note)}`);
    terminal.say(
      `${written.sheet}: ${counted(written.formulas, "live formula")}, each computed a second time`,
    );
  }
  if (file?.path !== undefined) terminal.say(`wrote ${printableLine(file.path)}`);
  if (chart?.path !== undefined) terminal.say(`wrote ${printableLine(chart.path)}`);
  return askExitCode(output);
}

/** The files come first; the last argument is the question when no file has that name. */
async function splitArguments(
  io: CliIo,
  given: readonly string[],
  hasQuery: boolean,
): Promise<{ names: readonly string[]; question?: string }> {
  const last = given.at(-1)!;
  const isFile = last === "-" || (await io.files.kind(last)) !== "missing" || looksLikeFile(last);
  if (isFile) return { names: given };
  if (given.length === 1)
    throw new BadRequestError("there is no file to ask about", {
      hint: 'tandem ask orders.xlsx "which region sold most?"',
    });
  if (hasQuery)
    throw new BadRequestError("a question and --sql are two ways to ask", { hint: "leave one of them out" });
  return { names: given.slice(0, -1), question: last };
}

function looksLikeFile(text: string): boolean {
  return /\.(xlsx?|xlsm|xltx|xltm|xlsb|ods|csv|tsv|txt|parquet)$/i.test(text) && !/\s\S+\s\S+\s/.test(text);
}

function baseName(name: string): string {
  return name.replace(/^.*[/\\]/, "");
}

function askJson(output: AskOutput): object {
  const { rows, columns, ...rest } = output;
  return {
    ...rest,
    columns,
    values: rows.map(({ values }) => values),
    rowCells: rows.map(({ cells }) => cells),
  };
}

function askExitCode({ status }: AskOutput): number {
  switch (status) {
    case "answered":
      return exitCodes.done;
    case "no-answer":
      return exitCodes.nothing;
    case "needs-model":
      return exitCodes.model;
    case "refused":
      return exitCodes.refused;
  }
}
