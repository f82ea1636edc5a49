import { BadRequestError, FileTooLargeError } from "../../errors.ts";
import { cleanText } from "./cue-text.ts";
import { nameKey, parseSpeaker } from "./speaker-label.ts";
import type { Cue, Speaker, TimeFlag, Transcript, TranscriptFormat } from "./transcript.ts";

/** Most cues a transcript may have; more is a joke or an attack. */
export const MAX_CUES: number = 200_000;

/** One utterance as a format's reader found it. `label` is read for name and domain unless `speaker` is given. */
export type RawCue = {
  readonly line: number;
  readonly text: string;
  readonly label?: string | undefined;
  readonly speaker?: Speaker | undefined;
  readonly time?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
};

/** A line or message that is no speech, and why. Ends up in the transcript's warnings. */
export type LeftOut = { readonly line: number; readonly reason: string; readonly text?: string };

export type RawTranscript = {
  readonly format: TranscriptFormat;
  readonly timeKind: "clock" | "offset" | "none";
  /** False when clock times may wrap at midnight; true when `start` already counts the days. Defaults to false. */
  readonly isDated?: boolean;
  readonly title?: string | undefined;
  readonly date?: string | undefined;
  readonly cues: readonly RawCue[];
  /** People a header named; they only lend their domain to a speaker of the same name. */
  readonly roster?: readonly Speaker[];
  readonly leftOut?: readonly LeftOut[];
  readonly warnings?: readonly string[];
};

const DAY = 86_400;
const MAX_LISTED = 5;

/** Turns what a format's reader found into a transcript: places and flags times, joins speakers, words the warnings. */
export function buildTranscript(raw: RawTranscript): Transcript {
  if (raw.cues.length > MAX_CUES) {
    throw new FileTooLargeError(`the transcript has more than ${MAX_CUES.toLocaleString("en")} cues`, {
      hint: "split the file into one call each",
    });
  }
  const leftOut = [...(raw.leftOut ?? [])];
  const spoken: RawCue[] = [];
  for (const cue of raw.cues) {
    const text = cleanText(cue.text);
    if (text === "") leftOut.push({ line: cue.line, reason: "has no words" });
    else spoken.push({ ...cue, text });
  }
  if (spoken.length === 0) {
    throw new BadRequestError("the transcript has no words in it", { hint: FORMATS_HINT });
  }
  const places = placeTimes(spoken, raw.timeKind !== "clock" ? "offset" : raw.isDated ? "dated" : "wraps");
  const people = joinSpeakers(spoken, raw.roster ?? []);
  const cues = spoken.map((cue, index): Cue => {
    const made = toCue(cue, index, places.at(index), people.of[index]);
    return raw.format === "name-text" && made.start === undefined ? { ...made, line: cue.line } : made;
  });
  const hasTimes = cues.some((cue) => cue.start !== undefined);
  return {
    format: raw.format,
    timeKind: hasTimes ? raw.timeKind : "none",
    ...(raw.title === undefined || raw.title === "" ? {} : { title: cleanText(raw.title) }),
    ...(raw.date === undefined ? {} : { date: raw.date }),
    speakers: people.list,
    cues,
    warnings: [
      ...(raw.warnings ?? []),
      ...people.warnings,
      ...timeWarnings(spoken, cues, hasTimes),
      ...wordLeftOut(leftOut),
    ],
  };
}

/** What Tandem reads, for the hint of a refusal. */
export const FORMATS_HINT: string =
  'Tandem reads chat logs ("09:14:05 Ann Lee (acme.example): …"), Teams and Zoom .vtt, .srt, Teams .docx, Slack export .json and plain "Ann Lee: …" lines';

function toCue(cue: RawCue, index: number, place: Place | undefined, speaker: Speaker | undefined): Cue {
  const start = place?.start;
  return {
    index,
    ...(start === undefined ? {} : { start }),
    ...(start === undefined || cue.end === undefined ? {} : { end: endAfter(start, cue) }),
    ...(cue.time === undefined ? {} : { time: cue.time }),
    ...(speaker === undefined ? {} : { speaker }),
    text: cue.text,
    flags: place?.flags ?? [],
  };
}

/** The end keeps its distance from the start; one that lies before it belongs to the next day. */
function endAfter(start: number, cue: RawCue): number {
  const length = (cue.end ?? 0) - (cue.start ?? 0);
  return start + (length < 0 && length < -DAY / 2 ? length + DAY : Math.max(0, length));
}

type Place = { readonly start: number | undefined; readonly flags: readonly TimeFlag[] };

/**
 * Gives each cue its seconds and flags. Where times of day wrap, a fall of more than half a day is a midnight, unless the time
 * before it was a lone jump ahead (a typo) and this one is back where the log was.
 */
function placeTimes(cues: readonly RawCue[], mode: "offset" | "dated" | "wraps"): Place[] {
  const wraps = mode === "wraps";
  let day = 0;
  let previous: number | undefined;
  let beforeJump: number | undefined;
  return cues.map(({ start }): Place => {
    if (start === undefined) return { start: undefined, flags: ["no-time"] };
    const flags: TimeFlag[] = [];
    let at = start + day * DAY;
    if (previous !== undefined && at < previous) {
      const isBack = beforeJump !== undefined && at >= beforeJump && at - beforeJump < 3600;
      if (wraps && previous - at > DAY / 2 && !isBack) {
        day += 1;
        at += DAY;
        flags.push("passed-midnight");
      } else flags.push("went-backwards");
    } else if (
      previous !== undefined &&
      mode === "dated" &&
      Math.floor(at / DAY) > Math.floor(previous / DAY)
    ) {
      flags.push("passed-midnight");
    } else if (wraps && day > 0 && previous !== undefined && at - previous > DAY - 3600) {
      // Just after midnight a line from just before it: it belongs to the day before.
      at -= DAY;
      flags.push("went-backwards");
    }
    beforeJump = previous !== undefined && at - previous > DAY / 4 ? previous : undefined;
    previous = at;
    return { start: at, flags };
  });
}

type People = {
  readonly list: readonly Speaker[];
  readonly of: readonly (Speaker | undefined)[];
  readonly warnings: readonly string[];
};

/** One entry a person: a name that comes with one domain only has it everywhere. */
function joinSpeakers(cues: readonly RawCue[], roster: readonly Speaker[]): People {
  const read = new Map<string, Speaker | undefined>();
  const raw = cues.map((cue) => {
    if (cue.speaker !== undefined || cue.label === undefined) return cue.speaker;
    if (!read.has(cue.label)) read.set(cue.label, parseSpeaker(cue.label));
    return read.get(cue.label);
  });
  const domains = new Map<string, Set<string>>();
  for (const speaker of [...raw, ...roster]) {
    if (speaker?.domain === undefined) continue;
    const key = nameKey(speaker.name);
    const set = domains.get(key) ?? new Set<string>();
    domains.set(key, set.add(speaker.domain));
  }
  const people = new Map<string, Speaker>();
  const doubtful = new Set<string>();
  const of = raw.map((speaker) => {
    if (speaker === undefined) return undefined;
    const known = [...(domains.get(nameKey(speaker.name)) ?? [])];
    const domain = speaker.domain ?? (known.length === 1 ? known[0] : undefined);
    if (domain === undefined && known.length > 1) doubtful.add(speaker.name);
    const key = `${nameKey(speaker.name)}\n${domain ?? ""}`;
    const person = people.get(key) ?? { name: speaker.name, ...(domain === undefined ? {} : { domain }) };
    people.set(key, person);
    return person;
  });
  const warnings = [...doubtful].map(
    (name) => `several people are called ${name}, and some lines do not say which`,
  );
  return { list: [...people.values()], of, warnings };
}

function timeWarnings(raw: readonly RawCue[], cues: readonly Cue[], hasTimes: boolean): string[] {
  if (!hasTimes) return [];
  const lines = (flag: TimeFlag): number[] =>
    cues.flatMap((cue, index) => (cue.flags.includes(flag) ? [raw[index]?.line ?? 0] : []));
  const said: readonly (readonly [TimeFlag, string])[] = [
    ["went-backwards", "the time goes backwards"],
    ["no-time", "there is no readable time"],
    ["passed-midnight", "midnight passes"],
  ];
  return said.flatMap(([flag, sentence]) => {
    const where = lines(flag);
    return where.length === 0 ? [] : [`${sentence} at ${listLines(where)}`];
  });
}

/** Up to five of a kind are quoted one by one; more are counted with their line numbers. */
function wordLeftOut(leftOut: readonly LeftOut[]): string[] {
  const groups = new Map<string, LeftOut[]>();
  for (const entry of leftOut) {
    const group = groups.get(entry.reason);
    if (group === undefined) groups.set(entry.reason, [entry]);
    else group.push(entry);
  }
  return [...groups].flatMap(([reason, entries]) => {
    if (entries.length > MAX_LISTED || entries.every((entry) => entry.text === undefined)) {
      return [`left out, ${reason}: ${listLines(entries.map((entry) => entry.line))}`];
    }
    return entries.map((entry) => `line ${entry.line} left out, ${reason}${excerpt(entry.text)}`);
  });
}

function excerpt(text: string | undefined): string {
  if (text === undefined) return "";
  const clean = cleanText(text.slice(0, 120));
  return `: "${clean.length > 80 ? `${clean.slice(0, 80).toWellFormed()}…` : clean}"`;
}

function listLines(lines: readonly number[]): string {
  const shown = lines.slice(0, 50).join(", ");
  const more = lines.length > 50 ? ` and ${lines.length - 50} more` : "";
  return `line${lines.length === 1 ? "" : "s"} ${shown}${more}`;
}
