import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type AskOutput, askTask } from "../../tasks/ask/task.ts";
import { printAnswer, printWritten } from "./ask-report.ts";
import type { CliIo } from "./cli-io.ts";
import {
  addCommonOptions,
  addExamples,
  addModelOption,
  type CommandHost,
  type CommonOptions,
} from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { findingsJson } from "./insights-report.ts";
import { ironcalcProgram } from "./ironcalc-program.ts";
import { chooseDestination, type Destination, namedFile, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readSources, type Sources } from "./read-sources.ts";
import { runTask } from "./run-task.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { type ChartWritten, refuseChartName, writeChart } from "./write-chart.ts";

type AskOptions = CommonOptions & {
  readonly model?: string;
  readonly sql?: string;
  readonly source?: string;
  readonly range?: string;
  readonly chart?: string;
  readonly report?: string;
  readonly output?: string;
};

/** Adds `tandem ask`. */
export function addAskCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(askTask.name)
    .summary(askTask.summary.toLowerCase())
    .description(
      "Answer a question about workbooks (.xlsx, .xlsm; .xls, .xlsb and .ods where LibreOffice is installed), text tables (.csv, .tsv) or Parquet files. Every number is computed by a query that is shown with its cells. Many questions need no model; without a question the tables, what stands out in them and what can be asked are listed.",
    )
    .argument("[file-or-question...]", "one or several files, then the question")
    .option(
      "--source <address>",
      "ask a database server instead of files: postgres://user@host/database?table=orders, or clickhouse://…",
    )
    .option("--sql <query>", "run a SELECT of your own instead")
    .option("--range <cells>", 'read only these cells: "Sheet1!A4:F120"')
    .option(
      "-o, --output <file>",
      "write a copy of the workbook with the result on a new sheet, live where it can be",
    )
    .option("--chart <file>", "draw the result: a file that ends in .svg or .png")
    .option("--report <file>", "without a question: write the findings as a page, .docx or .md");
  addExamples(addCommonOptions(addModelOption(command)), [
    ['tandem ask orders.xlsx "which region sold most in March?"', "the answer, its query and its cells"],
    ["tandem ask orders.xlsx", "the tables that were found, what stands out, and what can be asked"],
    ["tandem ask orders.xlsx --report findings.docx", "the same as a page with charts"],
    ['tandem ask orders.xlsx --sql "select Region, sum(Amount) from Orders group by 1"', "your own query"],
    ['tandem ask orders.xlsx "amount by month" --chart months.png', "and a picture of it"],
    ['tandem ask a.csv b.xlsx "total cost by team" --json', "for programs"],
    [
      'tandem ask --source "postgres://ann@db/shop?table=orders" "total amount by region"',
      "computed by the server",
    ],
  ]);
  command.action(async (given: string[], options: AskOptions) => {
    const terminal = openTerminal(host.io, options);
    const asked = options.source === undefined ? ask : askSource;
    host.finish(await asked(host.io, terminal, given, options));
  });
}

async function ask(
  io: CliIo,
  terminal: Terminal,
  given: readonly string[],
  options: AskOptions,
): Promise<number> {
  const { sql, range, model, chart } = options;
  if (chart !== undefined) {
    refuseChartName(chart);
    await namedFile(io, chart);
  }
  const { names, question } = await splitArguments(io, given, sql !== undefined);
  await refuseReport(io, options, question);
  const destination = await chooseCopy(io, names[0]!, options);
  const sources = await readSources(io, terminal, names);
  for (const note of sources.notes) terminal.say(`note: ${printableLine(note)}`);
  const input = {
    files: sources.files,
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
  const written = await writeFiles(io, output, { destination, chart, sources });
  const report =
    options.report === undefined
      ? undefined
      : await (await reportFile()).writeReport(io, options.report, {
          files: sources.files.map(({ name }) => name),
          findings: [],
          ...output,
        });
  if (options.json)
    terminal.printJson({
      command: "ask",
      ...askJson(output, sources),
      ...written,
      ...(report && { report }),
    });
  // A workbook on stdout must stay one.
  else printAnswer(destination?.kind === "stdout" ? { ...terminal, print: terminal.say } : terminal, output);
  printWritten(terminal, output, { ...written, wants: destination !== undefined, sources });
  for (const name of report === undefined ? [] : [report.path, ...report.pictures])
    terminal.say(`wrote ${printableLine(name)}`);
  return report === undefined ? askExitCode(output) : exitCodes.done;
}

/** A page of findings answers no question, and is written where a page can be. */
async function refuseReport(
  io: CliIo,
  { report, sql, chart, output }: AskOptions,
  question: string | undefined,
): Promise<void> {
  if (report === undefined) return;
  (await reportFile()).refuseReportName(report);
  if ((question ?? sql ?? chart ?? output) !== undefined)
    throw new BadRequestError(
      "--report tells what stands out, and goes with no question, --sql, --chart or -o",
      {
        hint: "leave the others out",
      },
    );
  await namedFile(io, report);
}

/** Asks a server. The address may hold a password, so that it is printed nowhere. */
async function askSource(
  io: CliIo,
  terminal: Terminal,
  given: readonly string[],
  options: AskOptions,
): Promise<number> {
  const { sql, range, model, chart, output, source = "" } = options;
  const [question, second] = given;
  if (second !== undefined || (question !== undefined && looksLikeFile(question)))
    throw new BadRequestError("either files or a server are asked", {
      hint: "leave out --source or the files",
    });
  if (question !== undefined && sql !== undefined)
    throw new BadRequestError("a question and --sql are two ways to ask", { hint: "leave one of them out" });
  if (range !== undefined || output !== undefined)
    throw new BadRequestError(
      `a server has no ${range === undefined ? "workbook to copy" : "cells to choose"}`,
      {
        hint: `leave out ${range === undefined ? "-o; --chart draws the result" : "--range"}`,
      },
    );
  if (chart !== undefined) {
    refuseChartName(chart);
    await namedFile(io, chart);
  }
  const { PGPASSWORD, PGUSER, CLICKHOUSE_PASSWORD, CLICKHOUSE_USER } = io.env;
  const environment = { PGPASSWORD, PGUSER, CLICKHOUSE_PASSWORD, CLICKHOUSE_USER };
  const asked = await runTask(
    askTask,
    { files: [], server: { url: source, environment }, ...(question && { question }), ...(sql && { sql }) },
    {
      io,
      terminal,
      wantsModel: question !== undefined && model !== undefined,
      ...(model !== undefined && { modelSpec: model }),
    },
  );
  const sources: Sources = { files: [], notes: [] };
  const written = await writeFiles(io, asked, { destination: undefined, chart, sources });
  if (options.json) terminal.printJson({ command: "ask", ...askJson(asked, sources), ...written });
  else printAnswer(terminal, asked);
  printWritten(terminal, asked, { ...written, wants: false, sources });
  return askExitCode(asked);
}

/** Where a copy of the workbook goes; one that had to be converted can only become an .xlsx file. */
async function chooseCopy(
  io: CliIo,
  input: string,
  { output, json }: AskOptions,
): Promise<Destination | undefined> {
  if (output === undefined) return undefined;
  const options = { output, ...(json && { json }) };
  if (!convertedEnding.test(input)) return chooseDestination(io, { ...options, input });
  if (output !== "-" && !/\.xlsx$/i.test(output))
    throw new BadRequestError(`${input} can only be written as an .xlsx file`, {
      hint: "end the output's name in .xlsx",
    });
  if (output !== "-" && (await io.files.isSame(input, output)))
    throw new BadRequestError(`${output} is the file that was read, and it is not overwritten`, {
      hint: "name another file with -o",
    });
  // The check of endings is not meant for a conversion.
  return chooseDestination(io, { ...options, input: "-" });
}

const convertedEnding = /\.(xls|xlt|xlsb|ods|fods|ots)$/i;

type Places = {
  readonly destination: Destination | undefined;
  readonly chart: string | undefined;
  readonly sources: Sources;
};

async function writeFiles(
  io: CliIo,
  output: AskOutput,
  { destination, chart, sources }: Places,
): Promise<{ readonly chart?: ChartWritten; readonly output: string | null }> {
  io.signal.throwIfAborted();
  const { written } = output;
  const picture = chart === undefined ? undefined : await drawn(io, output, chart);
  const file =
    destination === undefined || written === undefined
      ? undefined
      : await writeResult(io, destination, written.bytes, sources.files[0]!.bytes);
  return { ...(picture && { chart: picture }), output: file?.path ?? null };
}

function drawn(io: CliIo, output: AskOutput, chart: string): Promise<ChartWritten> {
  const { status } = output;
  return status === "answered"
    ? writeChart(io, output, chart)
    : Promise.resolve({ reason: "there is no answer to draw" });
}

/** The files come first; the last argument is the question when no file has that name. */
async function splitArguments(
  io: CliIo,
  given: readonly string[],
  hasQuery: boolean,
): Promise<{ names: readonly string[]; question?: string }> {
  const last = given.at(-1);
  if (last === undefined)
    throw new BadRequestError("there is no file to ask about", {
      hint: 'tandem ask orders.xlsx "which region sold most?"',
    });
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
  return (
    /\.(xlsx?|xlsm|xltx|xltm|xlsb|xlt|ods|fods|csv|tsv|txt|parquet)$/i.test(text) &&
    !/\s\S+\s\S+\s/.test(text)
  );
}

function askJson(output: AskOutput, sources: Sources): object {
  const { rows, columns, written, findings, overviews: _, ...rest } = output;
  return {
    ...rest,
    ...(findings && { findings: findingsJson(findings) }),
    notes: [...sources.notes, ...rest.notes],
    ...(written && {
      sheet: { name: written.sheet, formulas: written.formulas, notes: written.notes },
    }),
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

/** Loaded only for a report: it brings the writer of documents, the charts and two hundred modules with it. */
function reportFile(): Promise<typeof import("./insights-file.ts")> {
  return import("./insights-file.ts");
}
