import { readText, type TranscriptLine } from "./transcript-lines.ts";
import { dayOf } from "./transcript-times.ts";
import { labelOf } from "./write-chat-log.ts";

export type WriteVttOptions = { readonly title: string; readonly timeZone: string; readonly start: Date };

/** Captions stay long enough to be read: about fifteen characters a second. */
const SHORTEST = 1.5;
const LONGEST = 7;
const CHARACTERS_PER_SECOND = 15;

/**
 * WebVTT in the transcript's language with the speakers as voices; what was said stands before its cue as a NOTE, which
 * players and readers skip. Times count from the start of the call.
 */
export function writeVtt(lines: readonly TranscriptLine[], options: WriteVttOptions): string {
  const { title, timeZone, start } = options;
  const heading = `WEBVTT - ${title.replaceAll("-->", "→")} - ${dayOf(start, timeZone)}`;
  return [heading, "", ...lines.flatMap((line) => cueOf(line, start)), ""].join("\n");
}

function cueOf(line: TranscriptLine, start: Date): string[] {
  const text = readText(line);
  const from = Math.max(0, (line.at.getTime() - start.getTime()) / 1000);
  const to = from + Math.min(LONGEST, Math.max(SHORTEST, text.length / CHARACTERS_PER_SECOND));
  const note = `NOTE ${line.said.language}: ${line.said.text.replaceAll("-->", "→")}`;
  return [
    ...(line.translation ? [note, ""] : []),
    String(line.seq),
    `${stamp(from)} --> ${stamp(to)}`,
    `<v ${escapeCue(labelOf(line))}>${escapeCue(text)}`,
    "",
  ];
}

function stamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const parts = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  const last = (milliseconds % 60_000) / 1000;
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}:${last.toFixed(3).padStart(6, "0")}`;
}

function escapeCue(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
