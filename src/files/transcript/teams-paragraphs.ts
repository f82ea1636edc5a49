import { BadRequestError } from "../../errors.ts";
import { buildTranscript, FORMATS_HINT, type LeftOut, type RawCue } from "./build-transcript.ts";
import { captionSeconds } from "./caption-blocks.ts";
import { joinWrapped } from "./cue-text.ts";
import { splitLines } from "./decode-text.ts";
import { type HeaderLine, readHeader } from "./read-header.ts";
import { nameKey } from "./speaker-label.ts";
import { isShortLabel, looksLikeName } from "./speech-label.ts";
import type { Transcript } from "./transcript.ts";

type NamedTime = { readonly label: string; readonly time: string; readonly text: string };
type Gathered = {
  readonly cues: RawCue[];
  readonly header: HeaderLine[];
  readonly leftOut: LeftOut[];
};

const NAMED_TIME = /^\s*(\S.{0,119}?)(?:\s{2,40}|\t\s{0,40})(\d{1,3}:\d{2}(?::\d{2})?)(?:\s|$)/u;
const LOOSE_NAMED_TIME = /^\s*(\S.{0,119}?)\s(\d{1,3}:\d{2}(?::\d{2})?)\s*$/u;
const TIMING = /^\s*\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?\s*-->\s*\d/;
const NOTICE =
  /^.{1,120}\s(?:started|stopped|paused|resumed)\s(?:the\s)?(?:transcription|recording|transcript)\.?$/i;

/**
 * Reads the paragraphs of a Teams transcript document: `Ann Lee   0:03` and then text, or blocks of
 * `0:0:3.120 --> 0:0:5.210` with the speaker's line after or before the timing line. Line breaks inside a paragraph
 * count as paragraphs. Throws `BadRequestError` when the paragraphs have neither shape.
 */
export function parseTeamsParagraphs(lines: readonly string[]): Transcript {
  const all = lines.flatMap((line) => splitLines(line));
  const gathered = all.some((line) => TIMING.test(line)) ? readBlocks(all) : readNamedTimes(all);
  if (gathered.cues.length === 0) {
    throw new BadRequestError("the document has no speaker lines as Teams writes them", {
      hint: FORMATS_HINT,
    });
  }
  const header = readHeader(gathered.header);
  return buildTranscript({
    format: "teams-docx",
    timeKind: "offset",
    title: header.title,
    date: header.date,
    cues: gathered.cues,
    roster: header.roster,
    leftOut: [...header.leftOut, ...gathered.leftOut],
  });
}

/** How many lines look like the speaker or timing lines of a Teams document; other formats have next to none. */
export function countTeamsLines(lines: readonly string[]): number {
  const timings = lines.filter((line) => /^\s*\d:\d{1,2}:\d{1,2}\.\d{1,3}\s*-->/.test(line)).length;
  return timings > 0 ? timings : lines.filter((line) => readNamedTime(line, false) !== undefined).length;
}

function readNamedTimes(lines: readonly string[]): Gathered {
  // Some converters squeeze the spaces before the time; then only a line that looks like a name is trusted.
  const isLoose = !lines.some((line) => readNamedTime(line, false) !== undefined);
  const drafts: { line: number; label: string; time: string; texts: string[] }[] = [];
  const header: HeaderLine[] = [];
  const leftOut: LeftOut[] = [];
  lines.forEach((text, index) => {
    const line = index + 1;
    const named = readNamedTime(text, isLoose);
    if (named !== undefined) drafts.push({ line, label: named.label, time: named.time, texts: [named.text] });
    else if (isNotice(text)) leftOut.push({ line, reason: "a notice, not speech", text });
    else if (drafts.length === 0) header.push({ line, text });
    else drafts.at(-1)?.texts.push(text);
  });
  const cues = drafts.map(
    ({ line, label, time, texts }): RawCue => ({
      line,
      label,
      time,
      start: captionSeconds(time),
      text: joinWrapped(texts),
    }),
  );
  return { cues, header, leftOut };
}

function readNamedTime(line: string, isLoose: boolean): NamedTime | undefined {
  const found = (isLoose ? LOOSE_NAMED_TIME : NAMED_TIME).exec(line.slice(0, 200));
  const label = found?.[1]?.replace(/[:,-]$/, "").trim();
  if (found === null || label === undefined || found[2] === undefined) return undefined;
  const isName = isLoose ? looksLikeName(label) : isShortLabel(label) && !/^[[(<]/.test(label);
  return isName ? { label, time: found[2], text: line.slice(found[0].length).trim() } : undefined;
}

function readBlocks(lines: readonly string[]): Gathered {
  const timings = lines.flatMap((line, index) => (TIMING.test(line) ? [index] : []));
  const isBefore = speakerStandsBefore(lines, timings);
  const labelAt = (timing: number): number =>
    (isBefore ? neighbour(lines, timing, -1) : neighbour(lines, timing, 1)) ?? -1;
  const labels = timings.map(labelAt);
  const leftOut: LeftOut[] = [];
  const cues = timings.map((timing, place): RawCue => {
    const next = timings[place + 1] ?? lines.length;
    const label = labels[place] ?? -1;
    const isLabel = isShortLabel(lines[label] ?? "") && (isBefore || hasWordsAfter(lines, label, next));
    const texts = lines.slice(timing + 1, next).filter((text, offset) => {
      const index = timing + 1 + offset;
      if (isNotice(text)) leftOut.push({ line: index + 1, reason: "a notice, not speech", text });
      return !isNotice(text) && !(isLabel && index === label) && !(isBefore && index === labels[place + 1]);
    });
    const [from = "", to = ""] = (lines[timing] ?? "").slice(0, 200).split("-->");
    return {
      line: timing + 1,
      label: isLabel ? lines[label] : undefined,
      time: from.trim(),
      start: captionSeconds(from),
      end: captionSeconds(to.trim().split(/\s/)[0] ?? ""),
      text: joinWrapped(texts),
    };
  });
  const end = timings[0] ?? 0;
  const header = lines.slice(0, end).map((text, index): HeaderLine => ({ line: index + 1, text }));
  return { cues, header: header.filter((entry) => !isBefore || entry.line - 1 !== labels[0]), leftOut };
}

/** Names come again and texts do not: the side of the timing lines with fewer different lines holds the names. */
function speakerStandsBefore(lines: readonly string[], timings: readonly number[]): boolean {
  const score = (side: 1 | -1): { names: number; different: number } => {
    const texts = timings.map((timing) => lines[neighbour(lines, timing, side) ?? -1] ?? "");
    const names = texts.filter((text) => looksLikeName(text) && !/[.,:]$/.test(text.trim()));
    return { names: names.length, different: new Set(texts.map(nameKey)).size };
  };
  const [before, after] = [score(-1), score(1)];
  if (before.names !== after.names) return before.names > after.names;
  return before.different < after.different;
}

/** The nearest line with words on one side of a timing line, unless another timing line comes first. */
function neighbour(lines: readonly string[], at: number, side: 1 | -1): number | undefined {
  for (let index = at + side; index >= 0 && index < lines.length; index += side) {
    const line = lines[index] ?? "";
    if (TIMING.test(line)) return undefined;
    if (line.trim() !== "") return index;
  }
  return undefined;
}

function hasWordsAfter(lines: readonly string[], at: number, end: number): boolean {
  return lines.slice(at + 1, end).some((line) => line.trim() !== "");
}

function isNotice(line: string): boolean {
  return line.length < 200 && NOTICE.test(line.trim());
}
