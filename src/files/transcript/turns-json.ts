import type { Json } from "../../json.ts";
import { buildTranscript, type RawCue } from "./build-transcript.ts";
import { formatTime } from "./format-time.ts";
import type { Transcript } from "./transcript.ts";

type JsonObject = { readonly [key: string]: Json };

const LISTS = ["meeting_transcripts", "transcript", "turns", "segments", "sentences", "utterances"];
const SPEAKERS = ["speaker", "speaker_name", "speakerName", "name"];
const TEXTS = ["content", "text", "sentence"];
const STARTS = ["start", "start_time", "startTime"];
const ENDS = ["end", "end_time", "endTime"];

/**
 * Finds a list of turns in parsed JSON: an array of objects with a text (and a speaker), at the top or under one of
 * the usual names, as meeting data sets (`meeting_transcripts`) and speech recognisers (`segments`) write it.
 */
export function findTurns(value: Json): JsonObject[] | undefined {
  const lists = Array.isArray(value) ? [value] : isObject(value) ? LISTS.map((key) => value[key]) : [];
  for (const list of lists) {
    if (!Array.isArray(list)) continue;
    const turns = list.filter(
      (turn: Json): turn is JsonObject => isObject(turn) && field(turn, TEXTS) !== undefined,
    );
    if (turns.length > 0 && turns.length === list.length) return turns;
  }
  return undefined;
}

/** Reads turns. `start` and `end` count when they are numbers, as seconds from the recording's start. */
export function readTurns(turns: readonly JsonObject[], title?: string): Transcript {
  const cues = turns.map((turn, index): RawCue => {
    const start = seconds(turn, STARTS);
    return {
      line: index + 1,
      label: field(turn, SPEAKERS),
      text: field(turn, TEXTS) ?? "",
      start,
      end: seconds(turn, ENDS),
      time: start === undefined ? undefined : formatTime(start),
    };
  });
  const transcript = buildTranscript({ format: "name-text", timeKind: "offset", title, cues });
  return {
    ...transcript,
    warnings: transcript.warnings.map((warning) => warning.replace(/\bline(s?) (?=\d)/g, "turn$1 ")),
  };
}

function field(turn: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => turn[key]).find((value) => typeof value === "string");
}

function seconds(turn: JsonObject, keys: readonly string[]): number | undefined {
  const value = keys.map((key) => turn[key]).find((entry) => typeof entry === "number");
  return value !== undefined && value >= 0 && value < 1e7 ? value : undefined;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
