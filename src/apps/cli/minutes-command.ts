import path from "node:path";
import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type MinutesOutput, minutesTask } from "../../tasks/minutes/task.ts";
import type { Dropped, MeetingProposals, Minutes } from "../../tasks/minutes/types.ts";
import type { CliIo } from "./cli-io.ts";
import {
  addCommonOptions,
  addExamples,
  addModelOption,
  type CommandHost,
  type CommonOptions,
} from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { chooseDestination, type Destination, namedFile, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { inputName, readInput, readText } from "./read-input.ts";
import { readRoster } from "./read-roster.ts";
import { readSideCalendars } from "./read-side-calendars.ts";
import { runTask } from "./run-task.ts";
import { slotRows } from "./slot-lines.ts";
import { collect, readChoice } from "./slots-command.ts";
import { addTaskOptions, taskValues } from "./task-options.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { checkTimeZone } from "./time-zone-option.ts";

const FIELDS = ["date", "title", "language"] as const;

type MinutesOptions = CommonOptions & {
  readonly output?: string;
  readonly ics?: string;
  readonly template?: string;
  readonly roster?: string;
  readonly timeZone?: string;
  readonly model?: string;
  readonly availability?: readonly string[];
  readonly hours?: readonly string[];
  readonly choose?: string;
};

/** Adds `tandem minutes`. */
export function addMinutesCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(minutesTask.name)
    .summary(firstLower(minutesTask.summary))
    .description(
      `${minutesTask.summary} Reads .vtt, .srt, Teams .docx, Slack .json, chat logs and plain "Name: text". Without a model the minutes use the call's own words.`,
    )
    .argument("<transcript>", "the transcript, or - for stdin")
    .option("-o, --output <file>", "a .docx, or a .json with the same content (default: NAME.minutes.docx)")
    .option("--ics <file>", "write the next meeting as a calendar file, when its day and hour are sure")
    .option("--template <file>", "a .docx or .dotx in whose look the minutes are written")
    .option("--roster <file>", "a CSV of who was invited: name,email,organisation")
    .option("--time-zone <zone>", "the call's time zone, such as Europe/Lisbon (default: this machine's)")
    .option(
      "--availability <file>",
      "a side's .ics, to propose times for the next meeting; can be given again",
      collect,
    )
    .option("--hours <hours>", "a side's working hours, such as acme=09:00-17:00@Europe/Lisbon", collect)
    .option("--choose <number>", "the proposed time that --ics is written for");
  addTaskOptions(command, minutesTask.input, FIELDS);
  addExamples(addCommonOptions(addModelOption(command)), [
    ["tandem minutes standup.vtt", "standup.minutes.docx"],
    ["tandem minutes call.txt -o minutes.docx --ics next.ics", "and the next meeting"],
    ["tandem minutes call.vtt --roster invited.csv --date 2026-11-17", "say what the file does not"],
    [
      "tandem minutes call.vtt --availability acme.ics --availability north.ics",
      "three times for the next one",
    ],
    ["cat call.txt | tandem minutes - --json | jq .minutes.actions", "in a pipeline"],
  ]);
  command.action(async (file: string, options: MinutesOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await writeMinutes(host.io, terminal, file, options));
  });
}

async function writeMinutes(
  io: CliIo,
  terminal: Terminal,
  file: string,
  options: MinutesOptions,
): Promise<number> {
  const timeZone = options.timeZone === undefined ? undefined : checkTimeZone(options.timeZone);
  const choose = checkChoice(options);
  const availability =
    options.availability === undefined
      ? undefined
      : await readSideCalendars(io, options.availability, options.hours);
  const destination = await chooseMinutesDestination(io, file, options);
  if (options.ics !== undefined)
    await checkSideFile(io, options.ics, [file, options.output, ...(options.availability ?? [])]);
  const transcript = await readInput(io, file);
  const output = await runTask(
    minutesTask,
    {
      transcript,
      ...(file !== "-" && { fileName: path.basename(file) }),
      ...(options.roster !== undefined && { roster: readRoster(await readText(io, options.roster)) }),
      ...(options.template !== undefined && { template: await readInput(io, options.template) }),
      ...(availability !== undefined && { availability }),
      ...(choose !== undefined && { choose }),
      ...taskValues(options, FIELDS),
    },
    {
      io,
      terminal,
      wantsModel: true,
      ...(options.model !== undefined && { modelSpec: options.model }),
      ...(timeZone !== undefined && { timeZone }),
    },
  );
  const wantsJson = destination?.kind === "file" && path.extname(destination.path).toLowerCase() === ".json";
  const bytes = wantsJson ? new TextEncoder().encode(output.json) : output.docx;
  const written = destination === undefined ? {} : await writeResult(io, destination, bytes, transcript);
  const ics = await writeCalendar(io, terminal, output, options.ics);
  if (options.json) {
    const { minutes } = output;
    terminal.printJson({
      command: "minutes",
      input: inputName(file),
      output: written.path ?? null,
      ics: ics ?? null,
      minutes,
    });
  } else {
    printSummary(terminal, output.minutes);
    for (const name of [written.path, ics]) if (name !== undefined) terminal.say(`wrote ${name}`);
  }
  return exitCodes.done;
}

/** Undefined: only the JSON report is wanted, as for stdin with `--json`. */
async function chooseMinutesDestination(
  io: CliIo,
  file: string,
  { output, json }: MinutesOptions,
): Promise<Destination | undefined> {
  if (output === undefined && file === "-" && json) return undefined;
  if (output === "-" || (output === undefined && file === "-")) {
    return chooseDestination(io, { input: "-", ...(json !== undefined && { json }) });
  }
  if (output === undefined) {
    const { dir, name } = path.parse(file);
    return { kind: "numbered", path: path.join(dir, `${name}.minutes.docx`) };
  }
  const ending = path.extname(output).toLowerCase();
  if (ending !== ".docx" && ending !== ".json") {
    throw new BadRequestError(
      `minutes are not written as ${ending === "" ? "a file without an ending" : ending}`,
      {
        hint: "end the name in .docx or .json",
      },
    );
  }
  if (file !== "-" && (await io.files.isSame(file, output))) {
    throw new BadRequestError(`${output} is the transcript, and it is not overwritten`, {
      hint: "name another file",
    });
  }
  return namedFile(io, output);
}

async function checkSideFile(
  io: CliIo,
  name: string,
  others: readonly (string | undefined)[],
): Promise<void> {
  if (name === "-") throw new BadRequestError("--ics needs a file's name, not stdout");
  for (const other of others) {
    if (other !== undefined && other !== "-" && (await io.files.isSame(name, other))) {
      throw new BadRequestError(`--ics would overwrite ${other}`, { hint: "name another file" });
    }
  }
  await namedFile(io, name);
}

async function writeCalendar(
  io: CliIo,
  terminal: Terminal,
  { ics, minutes }: MinutesOutput,
  name: string | undefined,
): Promise<string | undefined> {
  if (name === undefined) return undefined;
  if (ics === undefined) {
    const reason =
      minutes.nextMeeting === undefined ? "no next meeting was spoken of" : "its day and hour are not sure";
    const help =
      (minutes.proposals?.times.length ?? 0) > 0 ? "; --choose 1 writes the first time proposed" : "";
    terminal.say(`no calendar file: ${reason}${help}`);
    return undefined;
  }
  io.signal.throwIfAborted();
  await io.files.write(name, new TextEncoder().encode(ics));
  return name;
}

function printSummary(terminal: Terminal, minutes: Minutes): void {
  const { participants, topics, decisions, actions, openQuestions, nextMeeting, checks } = minutes;
  const date = minutes.date === undefined ? "no date" : minutes.date;
  const people = participants.length === 1 ? "1 person" : `${participants.length} people`;
  terminal.say(`${printableLine(minutes.title)} (${date}): ${people}, ${counted(topics.length, "topic")}`);
  const unassigned = actions.filter((action) => action.status === "unassigned").length;
  terminal.say(
    `made     ${counted(decisions.length, "decision")}, ${counted(actions.length, "action")}${unassigned > 0 ? ` (${unassigned} unassigned)` : ""}, ${counted(openQuestions.length, "open question")}`,
  );
  if (nextMeeting !== undefined) {
    const when = nextMeeting.start ?? `not certain: ${nextMeeting.reason ?? "its time is open"}`;
    terminal.say(`next     ${printableLine(nextMeeting.text)} (${printableLine(when)})`);
  }
  if (minutes.proposals !== undefined) printProposals(terminal, minutes.proposals);
  terminal.say(
    `checked  every item's quote against the transcript: ${checks.itemsKept} of ${counted(checks.candidates, "candidate")} kept${reasons(checks.itemsDropped, "dropped")}${reasons(checks.wordingsRefused, "wordings refused")}; ${counted(checks.modelCalls, "model call")}`,
  );
  for (const note of minutes.notes) terminal.say(`note: ${printableLine(note)}`);
}

function reasons(dropped: readonly Dropped[], word: string): string {
  const total = dropped.reduce((sum, one) => sum + one.count, 0);
  if (total === 0) return "";
  return `, ${total} ${word} (${dropped.map((one) => `${one.count} ${printableLine(one.reason)}`).join("; ")})`;
}

/** `--choose` and `--hours` say something of other options, which then must be there. */
function checkChoice({ choose, ics, availability, hours }: MinutesOptions): number | undefined {
  if (availability === undefined && (choose ?? hours) !== undefined)
    throw new BadRequestError(`${choose === undefined ? "--hours" : "--choose"} needs the sides' calendars`, {
      hint: "add --availability acme.ics",
    });
  if (choose === undefined) return undefined;
  if (ics === undefined)
    throw new BadRequestError("--choose writes an invitation, and no file is named", {
      hint: "add --ics next.ics",
    });
  return readChoice(choose);
}

function printProposals(terminal: Terminal, proposals: MeetingProposals): void {
  const { question, times, reason, alternatives = [] } = proposals;
  if (question !== undefined) terminal.say(`question ${printableLine(question)}`);
  if (reason !== undefined) terminal.say(`no time  ${printableLine(reason)}`);
  for (const text of alternatives) terminal.say(`         possible ${printableLine(text)}`);
  const rows = slotRows(times.map((time, index) => [String(index + 1), time]));
  for (const [index, row] of rows.entries()) terminal.say(`${index === 0 ? "free     " : "         "}${row}`);
}

function firstLower(text: string): string {
  return (text[0]?.toLowerCase() ?? "") + text.slice(1).replace(/\.$/, "");
}
