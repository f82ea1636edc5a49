import { BadRequestError, FileDamagedError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import { paragraphText } from "../docx/read/paragraph-text.ts";
import { isZip } from "../opc/is-zip.ts";
import { openFile } from "../open-file.ts";
import { FORMATS_HINT } from "./build-transcript.ts";
import { countChatLines, readChatLog } from "./chat-log.ts";
import { decodeText, splitLines } from "./decode-text.ts";
import { findDate, isoDate } from "./find-date.ts";
import { findNameText, isNameText, readNameText } from "./name-text.ts";
import { findSlackMessages, readSlackJson } from "./slack-json.ts";
import { readSrt } from "./srt.ts";
import { countTeamsLines, parseTeamsParagraphs } from "./teams-paragraphs.ts";
import type { Transcript } from "./transcript.ts";
import { findTurns, readTurns } from "./turns-json.ts";
import { readWebvtt } from "./webvtt.ts";

export type ReadTranscriptOptions = {
  /** The file's name. A date in it (`2026-11-17 call.txt`, `GMT20261117-140000.vtt`) counts when the text has none. */
  readonly name?: string;
  /** The call's date as `YYYY-MM-DD`; wins over what the text says. */
  readonly date?: string;
};

/** Lines looked at to tell the format; the whole file is read afterwards. */
const SAMPLE = 3000;

const SBV_TIMING = /^(\d{1,3}:\d{2}:\d{2}\.\d{3}),(\d{1,3}:\d{2}:\d{2}\.\d{3})$/;

/**
 * Reads a transcript and tells its format by its content: chat log, WebVTT (Teams, Zoom), SubRip, Slack export, a
 * Word document (as Teams makes it), plain `Name: text`. Throws `BadRequestError` for text that is no transcript,
 * `FileDamagedError` for a cut-off one, `FileUnsupportedError` for other files, `FileTooLargeError` past 20 MB,
 * 600,000 lines or 200,000 cues.
 */
export function readTranscript(input: string | Uint8Array, options: ReadTranscriptOptions = {}): Transcript {
  if (typeof input !== "string" && isZip(input)) return readTranscriptParagraphs(wordLines(input), options);
  return withDate(readText(decodeText(input)), options);
}

/** The same for the paragraphs of a Word document: Teams' shapes first, then everything that plain text may be. */
export function readTranscriptParagraphs(
  paragraphs: readonly string[],
  options: ReadTranscriptOptions = {},
): Transcript {
  return withDate(readText(decodeText(paragraphs.join("\n"))), options);
}

function wordLines(bytes: Uint8Array): string[] {
  const { paragraphs } = openFile(bytes);
  return paragraphs.filter((each) => each.story.kind === "body").map((each) => paragraphText(each));
}

function withDate(transcript: Transcript, options: ReadTranscriptOptions): Transcript {
  if (options.date !== undefined && isoDate(...splitIso(options.date)) !== options.date) {
    throw new BadRequestError(`"${options.date}" is not a date`, {
      hint: "write it as YYYY-MM-DD, such as 2026-11-17",
    });
  }
  const date = options.date ?? transcript.date ?? findDate(options.name ?? "")?.iso;
  return date === undefined ? transcript : { ...transcript, date };
}

function splitIso(date: string): [string | undefined, string | undefined, string | undefined] {
  const [year, month, day] = date.split("-");
  return [year, month, day];
}

function readText(text: string): Transcript {
  const start = text.slice(0, 2000).trimStart();
  if (start === "" && text.trim() === "") {
    throw new BadRequestError("the transcript is empty", { hint: FORMATS_HINT });
  }
  if (/^(?:\{\s*["}]|\[\s*(?:[[{\]]|$))/.test(start)) return readJson(text);
  if (/^<(?:!doctype|html|\?xml|tt\b|div|p\b)/i.test(start)) {
    throw new BadRequestError("this is HTML or XML, not a transcript that Tandem reads", {
      hint: FORMATS_HINT,
    });
  }
  const lines = splitLines(text);
  if (/^WEBVTT(?:\s|$)/.test(start)) return readWebvtt(fromFirstWritten(lines));
  return readLines(lines);
}

function readLines(lines: readonly string[]): Transcript {
  const sample = lines.slice(0, SAMPLE);
  const teams = countTeamsLines(sample);
  const timings = sample.filter((line) => line.includes("-->") && /^\s*\d/.test(line)).length;
  if (timings > 0 && teams >= timings) return parseTeamsParagraphs(lines);
  const chat = countChatLines(sample);
  if (timings > chat) return readSrt(lines);
  // YouTube's and Google Meet's .sbv is SubRip with a comma for the arrow.
  if (sample.some((line) => SBV_TIMING.test(line)))
    return readSrt(lines.map((line) => line.replace(SBV_TIMING, "$1 --> $2")));
  if (chat > 0 && chat >= teams) return readChatLog(lines);
  if (teams >= 2 || (teams === 1 && lines.length < 20)) return parseTeamsParagraphs(lines);
  const evidence = findNameText(lines);
  if (isNameText(evidence)) return readNameText(lines, evidence.labels);
  throw new BadRequestError(
    "this text is not a transcript: no times with names, and no speakers that come again",
    {
      hint: FORMATS_HINT,
    },
  );
}

function readJson(text: string): Transcript {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw new FileDamagedError("the JSON cannot be read; it may be cut off", {
      cause,
      hint: "export the transcript again; a Slack export has one .json file a day",
    });
  }
  const slack = findSlackMessages(value);
  if (slack !== undefined) return readSlackJson(slack.messages, slack.users);
  const turns = findTurns(value);
  if (turns !== undefined) return readTurns(turns);
  throw new BadRequestError("the JSON holds no Slack messages and no list of turns", { hint: FORMATS_HINT });
}

function fromFirstWritten(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  return lines.slice(Math.max(0, first));
}
