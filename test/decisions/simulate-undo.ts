import { type UndoResult, undoChanges } from "../../src/feedback/index.ts";
import { openFile, paragraphText, settleChanges, trackedChanges } from "../../src/files/index.ts";
import { act, type Behaviour, behaviours } from "./act-on-suggestion.ts";
import { drawFrom } from "./random-document.ts";
import type { Return } from "./simulate-return.ts";

/** Who undoes in the simulation. */
const undoer = "Dora Undoer";

/** What people do with each suggestion, by its id. */
export type Deeds = ReadonlyMap<string, Behaviour>;

/** A file of which every suggestion was left, accepted, refused or reworded. */
export type Decided = { readonly given: Return; readonly bytes: Uint8Array; readonly deeds: Deeds };

/** Draws a deed for each suggestion, most of them plain, and does them all. */
export function decideForUndo(given: Return): Decided {
  const draw = drawFrom(given.seed + 3);
  const wanted = new Map(
    given.ledger.suggestions.map(({ id }) => [
      id,
      draw.chance(0.75) ? draw.pick(["leave", "accept", "accept", "reject"] as const) : draw.pick(behaviours),
    ]),
  );
  return perform(given, wanted);
}

/** Does the deeds, or accepts where one is not possible. One deed gives the same text whatever the others are. */
function perform(given: Return, wanted: Deeds): Decided {
  let { bytes } = given;
  const deeds = new Map<string, Behaviour>();
  given.ledger.suggestions.forEach((suggestion, index) => {
    const deed = wanted.get(suggestion.id)!;
    const draw = drawFrom(given.seed + 100 + index);
    const done = act(bytes, suggestion, deed, draw);
    bytes = (done ?? act(bytes, suggestion, "accept", draw)!).bytes;
    deeds.set(suggestion.id, done === undefined ? "accept" : deed);
  });
  return { given, bytes, deeds };
}

const plain = new Set<Behaviour>(["leave", "accept", "reject"]);

/** True when a person only left, accepted or refused the suggestion. */
export function isPlain(deed: Behaviour | undefined): boolean {
  return deed !== undefined && plain.has(deed);
}

export type Undone = {
  readonly decided: Decided;
  readonly result: UndoResult;
  /** What a second undo of the undone file does. */
  readonly again: UndoResult;
  /** Paragraphs as they should be, and as they are: with everybody's changes but ours, and conflicts as they stood. */
  readonly expected: readonly string[];
  readonly actual: readonly string[];
};

/** Undoes the job, and works out from what people did what the text should be then. */
export function undoDecided(decided: Decided, mode: "tracked" | "direct"): Undone {
  const { given, bytes, deeds } = decided;
  const options = { ledger: given.ledger, author: undoer, date: new Date("2026-07-01T12:00:00Z"), mode };
  const result = undoChanges(bytes, options);
  // As if those that were undone had been refused at once.
  const refused = result.entries.filter(
    ({ id, action }) => action !== "conflict" && (action !== "nothing" || isPlain(deeds.get(id))),
  );
  const ids = new Set(refused.map(({ id }) => id));
  const without = new Map([...deeds].map(([id, deed]) => [id, ids.has(id) ? ("reject" as const) : deed]));
  return {
    decided,
    result,
    again: undoChanges(result.bytes, options),
    expected: shownTexts(perform(given, without).bytes),
    actual: shownTexts(withUndoAccepted(result.bytes)),
  };
}

function withUndoAccepted(bytes: Uint8Array): Uint8Array {
  const which = ({ revision }: { revision: { author: string } }): boolean => revision.author === undoer;
  return settleChanges(openFile(bytes), { action: "accept", which });
}

/** Every paragraph with all that is pending accepted; comments, empty paragraphs and spaces at the ends left out. */
function shownTexts(bytes: Uint8Array): string[] {
  return openFile(bytes)
    .paragraphs.filter(({ story }) => story.kind !== "comment")
    .map((paragraph) => paragraphText(paragraph).replace(/\s+/g, " ").trim())
    .filter((text) => text !== "");
}

/** True when every suggestion is still marked in the file. */
export function isWholeJob({ ledger }: Return, bytes: Uint8Array): boolean {
  const dates = new Set(
    trackedChanges(openFile(bytes)).map(({ revision }) => Date.parse(revision.date ?? "")),
  );
  return ledger.suggestions.every(({ date }) => dates.has(Date.parse(date)));
}

/** Words that should stand there and don't. */
export function lostWords({ expected, actual }: Undone): string[] {
  const words = (texts: readonly string[]): string[] => texts.join(" ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const left = new Map<string, number>();
  for (const word of words(actual)) left.set(word, (left.get(word) ?? 0) + 1);
  return words(expected).filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}
