import { z } from "zod";
import { type CalendarMeeting, writeCalendar } from "../../files/calendar/write-calendar.ts";
import { createDocument } from "../../files/docx/create/create-document.ts";
import { readTranscript } from "../../files/transcript/read-transcript.ts";
import type { SideCalendar } from "../slots/read-calendars.ts";
import { sideCalendar } from "../slots/side-calendar.ts";
import type { Task, TaskContext } from "../task.ts";
import { noEntryNote } from "./assemble-minutes.ts";
import { chosenInvitation, meetingInvitation } from "./meeting-invitation.ts";
import { proposeTimes } from "./propose-times.ts";
import { renderMinutes } from "./render-minutes.ts";
import type { Minutes, RosterEntry } from "./types.ts";
import { writeMinutes } from "./write-minutes.ts";

const bytes: z.ZodType<Uint8Array> = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  "bytes expected",
);

/** What the task is given. */
export type MinutesInput = {
  readonly transcript: string | Uint8Array;
  readonly fileName?: string | undefined;
  readonly date?: string | undefined;
  readonly title?: string | undefined;
  readonly roster?:
    | readonly {
        readonly name: string;
        readonly email?: string | undefined;
        readonly organisation?: string | undefined;
      }[]
    | undefined;
  readonly template?: Uint8Array | undefined;
  readonly language?: string | undefined;
  readonly availability?: readonly SideCalendar[] | undefined;
  readonly choose?: number | undefined;
};

const input: z.ZodType<MinutesInput> = z.object({
  transcript: z
    .union([z.string(), bytes])
    .describe(
      "Text or bytes of the transcript: .vtt, .srt, Teams .docx, Slack .json, chat log or plain Name: text",
    ),
  fileName: z
    .string()
    .optional()
    .describe("Name of the transcript's file; a date in it counts when the text has none"),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/u)
    .optional()
    .describe("Date of the call, YYYY-MM-DD"),
  title: z.string().optional().describe("Title of the minutes"),
  roster: z
    .array(z.object({ name: z.string(), email: z.string().optional(), organisation: z.string().optional() }))
    .optional()
    .describe("Who was invited: names, addresses, organisations"),
  template: bytes.optional().describe("A .docx or .dotx in whose look the minutes are written"),
  language: z
    .string()
    .optional()
    .describe("Language of the speech, such as en or de; otherwise told by its words"),
  availability: z
    .array(sideCalendar)
    .min(1)
    .max(50)
    .optional()
    .describe("Calendars of the sides; only busy or free is read, to propose times for the next meeting"),
  choose: z
    .int()
    .min(1)
    .optional()
    .describe("Number of the proposed time that the calendar entry is for, from 1"),
});

/** The minutes in every form; `ics` only when the next meeting's day and hour are sure, or a time was chosen. */
export type MinutesOutput = {
  readonly minutes: Minutes;
  readonly docx: Uint8Array;
  readonly ics?: string;
  /** `minutes` as indented JSON. */
  readonly json: string;
};

/** Turns the transcript of a call into minutes: a Word document, JSON and the next meeting's calendar entry. */
export const minutesTask: Task<MinutesInput, MinutesOutput> = {
  name: "minutes",
  summary: "Turn the transcript of a call into minutes whose every item quotes the call.",
  input,
  run: async (request, context) => {
    const transcript = readTranscript(request.transcript, {
      ...(request.fileName === undefined ? {} : { name: request.fileName }),
      ...(request.date === undefined ? {} : { date: request.date }),
    });
    const heard = await writeMinutes(transcript, context, {
      ...(request.title === undefined ? {} : { title: request.title }),
      ...(request.date === undefined ? {} : { date: request.date }),
      ...(request.roster === undefined ? {} : { roster: plainRoster(request.roster) }),
      ...(request.language === undefined ? {} : { language: request.language }),
    });
    const minutes = withProposals(heard, request, context);
    const { blocks, properties } = renderMinutes(minutes, { created: context.now });
    const docx = createDocument(
      blocks,
      properties,
      request.template === undefined ? {} : { template: request.template },
    );
    const meeting = invitationFor(minutes, request, context.now);
    return {
      minutes,
      docx,
      ...(meeting === undefined ? {} : { ics: writeCalendar(meeting) }),
      json: `${JSON.stringify(minutes, undefined, 2)}\n`,
    };
  },
};

/** The minutes with times from the calendars, if any were given. A time that was chosen needs no note of its absence. */
function withProposals(heard: Minutes, request: MinutesInput, { now, timeZone }: TaskContext): Minutes {
  if (request.availability === undefined) return heard;
  const minutes = proposeTimes(heard, { calendars: request.availability, now, timeZone });
  const { nextMeeting, notes } = minutes;
  if (request.choose === undefined || nextMeeting === undefined) return minutes;
  return { ...minutes, notes: notes.filter((note) => note !== noEntryNote(nextMeeting)) };
}

function invitationFor(minutes: Minutes, request: MinutesInput, created: Date): CalendarMeeting | undefined {
  const options = {
    created,
    ...(request.roster === undefined ? {} : { roster: plainRoster(request.roster) }),
  };
  if (request.choose !== undefined) return chosenInvitation(minutes, request.choose, options);
  const invitation = meetingInvitation(minutes, options);
  return invitation.kind === "meeting" ? invitation.meeting : undefined;
}

function plainRoster(roster: NonNullable<MinutesInput["roster"]>): RosterEntry[] {
  return roster.map(({ name, email, organisation }) => ({
    name,
    ...(email === undefined ? {} : { email }),
    ...(organisation === undefined ? {} : { organisation }),
  }));
}
