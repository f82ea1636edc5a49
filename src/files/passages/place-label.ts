import { formatTime } from "../transcript/format-time.ts";
import type { Passage, SourceText } from "./passage.ts";

const LONGEST = 60;

/**
 * Where a passage stands, for people: `brief.docx, "3 Costs"`, `report.pdf, p. 4`, `call.vtt, 12:31 Anna`,
 * `call.txt, line 231, Anna`, `notes.md, line 12`. What has no place of its own is named by its number: `brief.docx, paragraph 7`.
 */
export function placeLabel(source: SourceText, passage: Passage): string {
  return `${source.name}, ${placeOf(passage)}`;
}

function placeOf(passage: Passage): string {
  const { page, line, time, clock, speaker, cells } = passage.place;
  if (page !== undefined) return `p. ${page}`;
  if (cells !== undefined) return cells;
  if (passage.kind === "cue") {
    const when = clock ?? (time === undefined ? undefined : shortTime(time));
    const turn = line === undefined ? `turn ${passage.number}` : `line ${line}`;
    if (speaker === undefined) return when ?? turn;
    return when === undefined ? `${turn}, ${speaker}` : `${when} ${speaker}`;
  }
  if (line !== undefined) return `line ${line}`;
  const heading = passage.kind === "heading" ? passage.text : passage.headings.at(-1);
  return heading === undefined ? `paragraph ${passage.number}` : `"${clip(heading)}"`;
}

/** `12:31`, or `1:02:31` past the hour. */
function shortTime(seconds: number): string {
  return formatTime(seconds)
    .replace(/^00:/, "")
    .replace(/^0(\d+:\d\d:)/, "$1");
}

function clip(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).trimEnd()}…`;
}
