import { type Anchor, paragraphText } from "../files/index.ts";
import type { ReadSuggestion } from "./decisions.ts";
import { type PlaceNow, type Stretch, textOf } from "./undo-place.ts";
import { anchorOf } from "./undo-reversal.ts";

const mostShown = 300;

/** What a comment says about a suggestion that was not undone: what was there, what was suggested, what is there now. */
export function conflictText({ entry }: ReadSuggestion, places: readonly PlaceNow[], reason: string): string {
  const now = entry.text ?? wordsIn(places).join(" … ");
  return [
    `${headOf(entry.id)}${reason}.`,
    `Before: ${shown(entry.before)}`,
    `Suggested: ${shown(entry.after)}`,
    `Now: ${shown(now)}`,
  ].join("\n");
}

function wordsIn(places: readonly PlaceNow[]): string[] {
  return places.flatMap(({ stretches }) => stretches.map(textOf)).filter((text) => text.trim() !== "");
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return "(nothing)";
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line;
}

function headOf(id: string): string {
  return `Not undone (${shown(id)}): `;
}

/** True for a comment that an earlier undo wrote about the suggestion; what stands there may have changed since. */
export function isConflictText(text: string, { entry }: ReadSuggestion): boolean {
  const [, before, after] = text.split("\n");
  return (
    text.startsWith(headOf(entry.id)) &&
    before === `Before: ${shown(entry.before)}` &&
    after === `Suggested: ${shown(entry.after)}`
  );
}

/** Where the comment stands: at the words of the place, or at the words next to it; nowhere when there are none. */
export function conflictAnchor(places: readonly PlaceNow[]): Anchor | undefined {
  const stretches = places.flatMap((place) => place.stretches);
  const words = stretches.find((stretch) => textOf(stretch).trim() !== "");
  if (words !== undefined) return anchorOf(words);
  const [beside] = stretches.filter(({ paragraph }) => paragraphText(paragraph).trim() !== "");
  if (beside !== undefined) return anchorOf(wordBeside(beside));
  const previous = places.find(({ between }) => between?.previous !== undefined)?.between?.previous;
  if (previous === undefined || paragraphText(previous).trim() === "") return undefined;
  const end = paragraphText(previous).length;
  return anchorOf(wordBeside({ paragraph: previous, start: end, end }));
}

/** The word before an empty place, or the one after it. */
function wordBeside({ paragraph, start }: Stretch): Stretch {
  const text = paragraphText(paragraph);
  const before = /\S+\s*$/.exec(text.slice(0, start));
  if (before !== null)
    return { paragraph, start: before.index, end: before.index + before[0].trimEnd().length };
  const after = /\S+/.exec(text.slice(start))!;
  const from = start + after.index;
  return { paragraph, start: from, end: from + after[0].length };
}
