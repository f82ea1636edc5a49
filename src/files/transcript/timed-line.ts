import { type ClockTime, readClockTime } from "./clock-time.ts";
import { isPossibleLabel } from "./speech-label.ts";

/** A line that begins with a time: `[09:14] …`, `2026-11-17 09:14:05 - …`, `[00:01.000 --> 00:04.000] …`. */
export type TimedLine = {
  readonly time: ClockTime;
  readonly end?: ClockTime;
  /** How the time is written (bracket, date, number of parts), to tell the log's own times from times in its text. */
  readonly shape: string;
  /** Set when the name comes first: `Ann Lee [09:14]: …`. */
  readonly label?: string;
  readonly rest: string;
};

const HEAD = 240;
const LEAD = /^[\s\u200B\u200E\u200F\uFEFF]*(?:(?:[-•>]|\*(?!\*))\s+)?(?:\*\*)?/;
const BRACKETS: { readonly [open: string]: string } = {
  "[": "]",
  "(": ")",
  "（": "）",
  "【": "】",
  "<": ">",
  "{": "}",
};
const RANGE = /\s{0,3}(?:-{1,2}>?|–|—|→|to)\s{0,3}/y;
const ZONE = /(?:Z|\s?(?:UTC|GMT|CES?T|[ECMP][SD]T|BST|[+-]\d{2}:?\d{2}))(?=$|[\s\])）】>}|,;:-])/y;
const GAP = /[\s\u200E]*(?:[-–—|,;]|[:：](?!\d))?[\s\u200E]*/y;

/** Reads the time at the start of a line, or returns undefined. Looks at the first 240 characters only. */
export function readTimedLine(line: string): TimedLine | undefined {
  const head = line.slice(0, HEAD);
  const start = LEAD.exec(head)?.[0].length ?? 0;
  return timeFirst(line, head, start) ?? nameFirst(line, head, start);
}

/** Whether a line is a time and nothing else (Google Meet sets such lines between blocks). */
export function readLoneTime(line: string): ClockTime | undefined {
  const timed = line.length < 60 ? readTimedLine(line) : undefined;
  return timed !== undefined && timed.rest === "" && timed.label === undefined ? timed.time : undefined;
}

function timeFirst(line: string, head: string, start: number): TimedLine | undefined {
  const open = head.charAt(start);
  const close = BRACKETS[open];
  const first = readClockTime(head, start + (close === undefined ? 0 : 1));
  if (first === undefined) return undefined;
  const range = readRange(head, first.end);
  let at = skip(ZONE, head, range?.end ?? first.end);
  if (close !== undefined) {
    if (head.charAt(at) !== close) return undefined;
    at += 1;
  }
  const gap = skip(GAP, head, at);
  if (close === undefined && gap === at && at < head.length) return undefined;
  const separator = /^\d+(.)/.exec(first.time.text)?.[1] ?? "";
  const shape = `${close === undefined ? "" : open}${first.time.date === undefined ? "" : "date "}${first.time.parts.length}${separator}`;
  return {
    time: first.time,
    ...(range === undefined ? {} : { end: range.time }),
    shape,
    rest: line
      .slice(gap)
      .replace(/^\*\*\s{0,3}/, "")
      .trim(),
  };
}

function nameFirst(line: string, head: string, start: number): TimedLine | undefined {
  const open = head.slice(0, 160).search(/[[(（]\d{1,3}[:：]\d{2}/);
  if (open <= start) return undefined;
  const label = head.slice(start, open).replaceAll("**", "").trim();
  const first = readClockTime(head, open + 1);
  if (first === undefined || head.charAt(first.end) !== BRACKETS[head.charAt(open)]) return undefined;
  if (!isPossibleLabel(label)) return undefined;
  const rest = line.slice(skip(GAP, head, first.end + 1)).trim();
  return { time: first.time, shape: `name ${head.charAt(open)}`, label, rest };
}

function readRange(head: string, at: number): { time: ClockTime; end: number } | undefined {
  const start = skip(RANGE, head, at);
  return start === at ? undefined : readClockTime(head, start);
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
