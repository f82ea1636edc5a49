import { writeTmx } from "../../../../files/tmx/write-tmx.ts";
import { languageTag } from "../../language-tag.ts";
import type { LiveLine, Side } from "../types.ts";
import { transcriptDocument } from "./transcript-document.ts";
import { type TranscriptLabels, transcriptLabels } from "./transcript-labels.ts";
import { inOneLine, transcriptLines } from "./transcript-lines.ts";
import { transcriptMemory } from "./transcript-memory.ts";
import { writeChatLog } from "./write-chat-log.ts";
import { writeVtt } from "./write-vtt.ts";

export type TranscriptFormat = "docx" | "vtt" | "tmx" | "chat-log";

export type ExportTranscriptOptions = {
  readonly format: TranscriptFormat;
  /** BCP 47: the language that the transcript is read in. */
  readonly language: string;
  readonly title: string;
  /** When the call began. Defaults to the first line. */
  readonly start?: Date;
  /** Of the times and the date, for example `Europe/Lisbon`. Defaults to `UTC`. */
  readonly timeZone?: string;
  /** The words of the document that nobody said. Defaults to those of the language, where they are known, or English. */
  readonly labels?: TranscriptLabels;
};

/**
 * A side's lines (`LiveRoom.lines`) as a file: bytes of a bilingual `.docx`, or text of WebVTT, TMX, or a chat log that the
 * minutes are made from. A line without a translation stands in the language in which it was said.
 */
export function exportTranscript(
  lines: readonly LiveLine[],
  sides: readonly Side[],
  options: ExportTranscriptOptions,
): Uint8Array | string {
  const { format, timeZone = "UTC" } = options;
  const language = languageTag(options.language);
  const labels = options.labels ?? transcriptLabels(language);
  const title = inOneLine(options.title) || labels.transcript;
  const own = transcriptLines(lines, sides, language);
  const start = options.start ?? own[0]?.at ?? new Date(0);
  switch (format) {
    case "docx":
      return transcriptDocument(own, { title, language, timeZone, start, labels });
    case "vtt":
      return writeVtt(own, { title, timeZone, start });
    case "tmx":
      return writeTmx(transcriptMemory(own));
    case "chat-log":
      return writeChatLog(own, { title, timeZone });
    default:
      format satisfies never;
      throw new TypeError("no such format");
  }
}
