import { sideLines } from "../../../tasks/translate/live/side-lines.ts";
import { exportTranscript } from "../../../tasks/translate/live/transcript/export-transcript.ts";
import type { LiveLine, RoomLog } from "../../../tasks/translate/live/types.ts";
import type { RoomRecord, SideRecord } from "./room-store.ts";

/** The forms in which a side's copy can be had; `txt` is a chat log that `tandem minutes` reads. */
export const TRANSCRIPT_FORMATS = ["docx", "vtt", "tmx", "txt", "json"] as const;
export type LiveTranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

export type WriteTranscriptOptions = {
  readonly format: LiveTranscriptFormat;
  readonly room: RoomRecord;
  readonly side: SideRecord;
  /** This side's copy and nothing of another's. */
  readonly log: RoomLog;
  /** Of its times. Defaults to UTC. */
  readonly timeZone?: string | undefined;
};

export type WrittenTranscript = { readonly bytes: Uint8Array; readonly mediaType: string };

const MEDIA_TYPES: Readonly<Record<LiveTranscriptFormat, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  vtt: "text/vtt; charset=utf-8",
  tmx: "application/x-tmx+xml",
  txt: "text/plain; charset=utf-8",
  json: "application/json; charset=utf-8",
};

export function isTranscriptFormat(word: string): word is LiveTranscriptFormat {
  return (TRANSCRIPT_FORMATS as readonly string[]).includes(word);
}

/** A side's copy of the call in its language. */
export async function writeTranscript(options: WriteTranscriptOptions): Promise<WrittenTranscript> {
  const { format, room, side, log, timeZone } = options;
  const lines = await sideLines(log, side.id);
  const written =
    format === "json"
      ? JSON.stringify({ title: room.title, lines: lines.map((line) => described(line, room)) })
      : exportTranscript(lines, room.sides, {
          format: format === "txt" ? "chat-log" : format,
          language: side.language,
          title: room.title,
          ...(timeZone !== undefined && { timeZone }),
        });
  const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
  return { bytes, mediaType: MEDIA_TYPES[format] };
}

function described({ speaker, findings = {}, ...line }: LiveLine, { sides }: RoomRecord): object {
  const organisation = sides.find(({ id }) => id === speaker.side)?.name;
  const doubts = Object.entries(findings).map(([language, found]) => [
    language,
    found.map(({ text }) => text),
  ]);
  return { ...line, speaker: { name: speaker.name, organisation }, doubts: Object.fromEntries(doubts) };
}
