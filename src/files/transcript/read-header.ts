import type { LeftOut } from "./build-transcript.ts";
import { cleanText } from "./cue-text.ts";
import { findDate } from "./find-date.ts";
import { parseSpeaker } from "./speaker-label.ts";
import type { Speaker } from "./transcript.ts";

export type HeaderLine = { readonly line: number; readonly text: string };

export type Header = {
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly roster: readonly Speaker[];
  readonly leftOut: readonly LeftOut[];
};

const FIELD = /^(?:title|meeting|subject|topic|call|date|when|transcript(?: of)?)\s*[:：]\s*/i;
const PEOPLE = /^(?:participants|attendees|present|people)\s*[:：]\s*/i;
const WEEKDAY = /(?:mon|tues|wednes|thurs|fri|satur|sun)day/i;

/** Reads what stands above the first speaker: a title, a date, the list of people. Other lines are left out, not lost. */
export function readHeader(lines: readonly HeaderLine[]): Header {
  let title: string | undefined;
  let date: string | undefined;
  const roster: Speaker[] = [];
  const leftOut: LeftOut[] = [];
  for (const { line, text } of lines) {
    const clean = cleanText(text.slice(0, 1000)).replace(/^[#*=_>\s-]+/, "");
    if (!/[\p{L}\p{N}]/u.test(clean)) continue;
    if (PEOPLE.test(clean)) {
      roster.push(...readRoster(clean.replace(PEOPLE, "")));
      continue;
    }
    const found = findDate(clean);
    date ??= found?.iso;
    const rest = trimTitle(found === undefined ? clean : withoutDate(clean, found.index, found.length));
    if (rest === "" || (found !== undefined && title !== undefined)) continue;
    if (title === undefined && text.length <= 300) title = rest;
    else leftOut.push({ line, reason: "before the first speaker", text });
  }
  return { title, date, roster, leftOut };
}

function withoutDate(text: string, index: number, length: number): string {
  const before = trimTitle(text.slice(0, index).replace(new RegExp(`${WEEKDAY.source}[\\s,]*$`, "i"), ""));
  return before === ""
    ? text.slice(index + length).replace(/^[\sT,]*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?/i, "")
    : before;
}

function trimTitle(text: string): string {
  return text
    .replace(FIELD, "")
    .replace(/^[\s,;:–—|(*-]{1,20}/, "")
    .replace(/[\s,;:–—|(*-]{1,20}$/, "");
}

function readRoster(text: string): Speaker[] {
  return text
    .split(/[,;](?![^()]*\))/)
    .slice(0, 200)
    .map((entry) => parseSpeaker(entry))
    .filter((speaker) => speaker !== undefined);
}
