import { z } from "zod";
import { writeCalendar } from "../../files/calendar/write-calendar.ts";
import { createDocument } from "../../files/docx/create/create-document.ts";
import { readTranscript } from "../../files/transcript/read-transcript.ts";
import type { Task } from "../task.ts";
import { meetingInvitation } from "./meeting-invitation.ts";
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
});

/** The minutes in every form; `ics` only when the next meeting's day and hour are sure. */
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
    const minutes = await writeMinutes(transcript, context, {
      ...(request.title === undefined ? {} : { title: request.title }),
      ...(request.date === undefined ? {} : { date: request.date }),
      ...(request.roster === undefined ? {} : { roster: plainRoster(request.roster) }),
      ...(request.language === undefined ? {} : { language: request.language }),
    });
    const { blocks, properties } = renderMinutes(minutes, { created: context.now });
    const docx = createDocument(
      blocks,
      properties,
      request.template === undefined ? {} : { template: request.template },
    );
    const invitation = meetingInvitation(minutes, {
      created: context.now,
      ...(request.roster === undefined ? {} : { roster: plainRoster(request.roster) }),
    });
    return {
      minutes,
      docx,
      ...(invitation.kind === "meeting" ? { ics: writeCalendar(invitation.meeting) } : {}),
      json: `${JSON.stringify(minutes, undefined, 2)}\n`,
    };
  },
};

function plainRoster(roster: NonNullable<MinutesInput["roster"]>): RosterEntry[] {
  return roster.map(({ name, email, organisation }) => ({
    name,
    ...(email === undefined ? {} : { email }),
    ...(organisation === undefined ? {} : { organisation }),
  }));
}
