import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { type CalendarPerson, writeCalendar } from "../../files/calendar/write-calendar.ts";
import { readDurationText } from "../../tasks/slots/read-duration.ts";
import { slotInvitation } from "../../tasks/slots/slot-invitation.ts";
import { type SlotsOutput, slotsTask } from "../../tasks/slots/task.ts";
import type { ProposedSlot } from "../../tasks/slots/types.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { namedFile, writeResult } from "./output-file.ts";
import { printableLine } from "./printable.ts";
import { readSideCalendars } from "./read-side-calendars.ts";
import { runTask } from "./run-task.ts";
import { searchLine, slotLines } from "./slot-lines.ts";
import { addTaskOptions, taskValues } from "./task-options.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { checkTimeZone } from "./time-zone-option.ts";

const FIELDS = ["within", "count", "buffer", "ignoreTentative"] as const;

type SlotsOptions = CommonOptions & {
  readonly duration: string;
  readonly hours?: readonly string[];
  readonly zone?: string;
  readonly output?: string;
  readonly choose?: string;
  readonly title: string;
  readonly organizer?: string;
  readonly attendee?: readonly string[];
};

/** An option that can be given again. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Adds `tandem slots`. */
export function addSlotsCommand(program: Command, host: CommandHost): void {
  const command = program
    .command(slotsTask.name)
    .summary("propose times for a meeting at which every side is free")
    .description(
      "Propose times for a meeting at which every side is free. Reads .ics files as Outlook, Google and Apple export them, and of them only when somebody is busy.",
    )
    .argument("<calendars...>", "each side's .ics; the file's name is the side's, or write side=file.ics")
    .option("--duration <length>", "length of the meeting, such as 45m or 1h30", "1h")
    .option("--hours <hours>", "a side's working hours, such as acme=09:00-17:00@Europe/Lisbon", collect)
    .option(
      "--zone <zone>",
      "time zone of the days named, and of calendars that name none (default: this machine's)",
    )
    .option("--choose <number>", "the proposal that is written as an invitation")
    .option("-o, --output <file>", "write the chosen one as an .ics file")
    .option("--title <text>", "title of the invitation", "Meeting")
    .option("--organizer <person>", 'who invites, such as "Ann Lee <ann@acme.example>"')
    .option("--attendee <person>", "who is invited; can be given again", collect);
  addTaskOptions(command, slotsTask.input, FIELDS);
  addExamples(addCommonOptions(command), [
    ['tandem slots acme.ics north.ics --duration 45m --within "next week"', "three times that suit both"],
    ["tandem slots acme.ics north.ics --within 2026-12-01..2026-12-05 --count 5", "five within these days"],
    ['tandem slots acme.ics west.ics --hours "west=08:00-16:00@America/Denver"', "a side's own hours"],
    [
      "tandem slots acme.ics north.ics --choose 2 -o invite.ics --title Kick-off",
      "the second as an invitation",
    ],
  ]);
  command.action(async (files: string[], options: SlotsOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await proposeTimes(host.io, terminal, files, options));
  });
}

async function proposeTimes(
  io: CliIo,
  terminal: Terminal,
  files: readonly string[],
  options: SlotsOptions,
): Promise<number> {
  const choice = await checkChoice(io, files, options);
  const zone = options.zone === undefined ? undefined : checkTimeZone(options.zone);
  const calendars = await readSideCalendars(io, files, options.hours);
  const found = await runTask(
    slotsTask,
    { calendars, durationMinutes: readDurationText(options.duration), ...taskValues(options, FIELDS) },
    { io, terminal, wantsModel: false, ...(zone !== undefined && { timeZone: zone }) },
  );
  const written = choice === undefined ? undefined : await writeChosen(io, found.slots, choice, options);
  if (options.json)
    terminal.printJson({
      command: "slots",
      ...found,
      chosen: choice?.number ?? null,
      output: written ?? null,
    });
  else print(terminal, found, written);
  return found.slots.length > 0 ? exitCodes.done : exitCodes.nothing;
}

type Choice = { readonly number: number; readonly file: string };

async function checkChoice(
  io: CliIo,
  files: readonly string[],
  { choose, output }: SlotsOptions,
): Promise<Choice | undefined> {
  if (choose === undefined && output === undefined) return undefined;
  if (output === undefined)
    throw new BadRequestError("--choose writes an invitation, and no file is named", {
      hint: "add -o invite.ics",
    });
  if (choose === undefined)
    throw new BadRequestError("-o writes one of the times, and none is chosen", { hint: "add --choose 1" });
  if (!/\.ics$/iu.test(output))
    throw new BadRequestError("an invitation is an .ics file", { hint: "end the name in .ics" });
  for (const file of files)
    if (
      (await io.files.kind(output)) === "file" &&
      (await io.files.isSame(file.replace(/^[^=]*=/u, ""), output))
    )
      throw new BadRequestError(`${output} is a calendar that was read, and it is not overwritten`, {
        hint: "name another file",
      });
  return { number: readChoice(choose), file: output };
}

/** The number of a proposal, from 1. */
export function readChoice(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new BadRequestError(`--choose ${text} is no number of a proposal`, { hint: "write --choose 1" });
  return number;
}

async function writeChosen(
  io: CliIo,
  slots: readonly ProposedSlot[],
  { number, file }: Choice,
  { title, organizer, attendee = [] }: SlotsOptions,
): Promise<string | undefined> {
  if (slots.length === 0) return undefined;
  const slot = slots[number - 1];
  if (slot === undefined) {
    throw new BadRequestError(`there is no proposal ${number}`, {
      hint: slots.length === 1 ? "there is one: --choose 1" : `choose from 1 to ${slots.length}`,
    });
  }
  const meeting = await slotInvitation(slot, {
    title,
    created: io.now(),
    attendees: attendee.map(readPerson),
    ...(organizer === undefined ? {} : { organizer: readPerson(organizer) }),
  });
  const bytes = new TextEncoder().encode(writeCalendar(meeting));
  const { path } = await writeResult(io, await namedFile(io, file), bytes, bytes);
  return path;
}

/** `Ann Lee <ann@acme.example>`, `ann@acme.example` or a name alone. */
function readPerson(text: string): CalendarPerson {
  const match = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/u.exec(text.trim());
  const email = match?.[2] ?? (/^\S+@\S+$/u.test(text.trim()) ? text.trim() : undefined);
  const name = (match?.[1] ?? "").replace(/^"(.*)"$/u, "$1") || (email ?? text.trim());
  return email === undefined ? { name } : { name, email };
}

function print(terminal: Terminal, found: SlotsOutput, written: string | undefined): void {
  terminal.say(searchLine(found));
  for (const note of found.notes) terminal.say(`note: ${printableLine(note)}`);
  terminal.print(slotLines(found).join("\n"));
  if (written !== undefined) terminal.say(`wrote ${written}`);
}
