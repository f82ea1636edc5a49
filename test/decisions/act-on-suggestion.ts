import type { Outcome, Suggestion } from "../../src/feedback/index.ts";
import {
  type Change,
  openFile,
  paragraphText,
  planChanges,
  settleChanges,
  type TrackedChange,
  trackedChanges,
  wholeParagraph,
} from "../../src/files/index.ts";
import { findMarked, isOf, type Place } from "./find-suggestion.ts";
import type { Draw } from "./random-document.ts";

/** What a person does with a suggestion. */
export const behaviours = [
  "leave",
  "accept",
  "reject",
  "accept and retype",
  "accept and retype, tracked",
  "reject and retype",
  "edit the pending insertion",
  "edit the pending insertion, tracked",
  "accept only the insertion",
  "accept only the deletion",
  "reject only the insertion",
] as const;

export type Behaviour = (typeof behaviours)[number];

/** The file after the act and what the act was; undefined when that act is not possible there. */
export type Act = { readonly bytes: Uint8Array; readonly truth: Outcome; readonly text?: string };

const person = "Bob Reader";
const ownWords = [
  "seventeen calendar weeks",
  "whenever it suits",
  "in writing only",
  "a different wording",
  "XVII",
];

export function act(
  bytes: Uint8Array,
  suggestion: Suggestion,
  behaviour: Behaviour,
  draw: Draw,
): Act | undefined {
  const isOurs = (change: TrackedChange): boolean => isOf(suggestion, change.revision);
  const settle = (action: "accept" | "reject", which = isOurs): Uint8Array =>
    settleChanges(openFile(bytes), { action, which });
  switch (behaviour) {
    case "leave":
      return { bytes, truth: "pending" };
    case "accept":
      return { bytes: settle("accept"), truth: "accepted" };
    case "reject":
      return { bytes: settle("reject"), truth: "rejected" };
    case "accept and retype":
    case "accept and retype, tracked": {
      const { inserted } = findMarked(bytes, suggestion);
      const mode = behaviour.endsWith("tracked") ? "tracked" : "direct";
      return retype(settle("accept"), inserted, mode, draw);
    }
    case "reject and retype": {
      const { deleted } = findMarked(bytes, suggestion);
      return retype(settle("reject"), restored(bytes, suggestion, deleted), "direct", draw);
    }
    case "edit the pending insertion":
    case "edit the pending insertion, tracked": {
      const { inserted } = findMarked(bytes, suggestion);
      return retype(bytes, inserted, behaviour.endsWith("tracked") ? "tracked" : "direct", draw);
    }
    default:
      return half(bytes, suggestion, behaviour);
  }
}

/** Settles one of two halves; only for a suggestion that both takes away and puts in. */
function half(bytes: Uint8Array, suggestion: Suggestion, behaviour: Behaviour): Act | undefined {
  const { inserted, deleted } = findMarked(bytes, suggestion);
  if (inserted.length === 0 || deleted.length === 0) return undefined;
  const kind = behaviour.endsWith("deletion") ? "deletion" : "insertion";
  const which = (change: TrackedChange): boolean => isOf(suggestion, change.revision) && change.kind === kind;
  const document = openFile(bytes);
  if (!trackedChanges(document).some(which)) return undefined;
  const action = behaviour.startsWith("accept") ? "accept" : "reject";
  return { bytes: settleChanges(document, { action, which }), truth: "partial" };
}

/** Where refused deletions stand once the suggestion is refused: without its insertions before them. */
function restored(bytes: Uint8Array, suggestion: Suggestion, deleted: readonly Place[]): Place[] {
  const { inserted } = findMarked(bytes, suggestion);
  return deleted.map((place) => {
    const before = (each: Place): boolean => each.paragraph === place.paragraph && each !== place;
    const gone = inserted.filter((each) => before(each) && each.end <= place.start);
    const back = deleted.filter((each) => before(each) && each.start < place.start);
    const shift =
      back.reduce((sum, each) => sum + each.text.length, 0) -
      gone.reduce((sum, each) => sum + each.text.length, 0);
    return { ...place, start: place.start + shift, end: place.start + shift + place.text.length };
  });
}

/** Puts the person's words where ours stand: all of them, or some in the middle. */
function retype(
  bytes: Uint8Array,
  places: readonly Place[],
  mode: "direct" | "tracked",
  draw: Draw,
): Act | undefined {
  const place = [...places].sort((a, b) => b.text.length - a.text.length)[0];
  if (place === undefined || place.text.trim().length < 3) return undefined;
  const document = openFile(bytes);
  const paragraph = document.paragraphs.find((each) => each.id === place.paragraph);
  if (paragraph === undefined || paragraphText(paragraph).slice(place.start, place.end) !== place.text)
    return undefined;
  const inner = innerWord(place, draw) ?? trimmed(place);
  const text = draw.pick(ownWords);
  const change: Change = { kind: "replace", at: { paragraph: place.paragraph, ...inner }, text };
  const date = new Date(Date.UTC(2026, 5, 1, 10, draw.below(60), draw.below(60)));
  const plan = planChanges(document, [change], { author: person, date, mode });
  if (plan.refused.length > 0) return undefined;
  return { bytes: plan.save().bytes, truth: "modified", text };
}

function trimmed({ start, text }: Place): { start: number; end: number; quote: string } {
  const lead = text.length - text.trimStart().length;
  const quote = text.trim();
  return { start: start + lead, end: start + lead + quote.length, quote };
}

/** A word with others of the suggestion on both sides of it, half of the time. */
function innerWord(place: Place, draw: Draw): { start: number; end: number; quote: string } | undefined {
  const found = [...place.text.matchAll(/[\p{L}\p{N}]+/gu)].slice(1, -1);
  if (found.length === 0 || draw.chance(0.5)) return undefined;
  const match = draw.pick(found);
  const start = place.start + match.index;
  return { start, end: start + match[0].length, quote: match[0] };
}

/** Deletes a whole paragraph that holds suggestions, after accepting or refusing what is pending in it. */
export function removeParagraph(bytes: Uint8Array, id: string, draw: Draw): Uint8Array | undefined {
  const action = draw.chance(0.5) ? "accept" : "reject";
  const which = (change: TrackedChange): boolean => change.paragraph === id && !change.text.includes("¶");
  const settled = openFile(settleChanges(openFile(bytes), { action, which }));
  const paragraph = settled.paragraphs.find((each) => each.id === id);
  if (paragraph === undefined || paragraphText(paragraph) === "") return undefined;
  const options = { author: person, date: new Date("2026-06-01T09:00:00Z"), mode: "direct" as const };
  const plan = planChanges(settled, [{ kind: "delete", at: wholeParagraph(paragraph) }], options);
  return plan.refused.length > 0 ? undefined : plan.save().bytes;
}
