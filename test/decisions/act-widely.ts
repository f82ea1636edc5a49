import type { Suggestion } from "../../src/feedback/index.ts";
import {
  type Change,
  openFile,
  paragraphText,
  planChanges,
  settleChanges,
  type TrackedChange,
  trackedChanges,
} from "../../src/files/index.ts";
import { type Act, act, type Behaviour } from "./act-on-suggestion.ts";
import { findMarked, isOf, type Place } from "./find-suggestion.ts";
import type { Draw } from "./random-document.ts";

/** What people do besides. */
export const widerBehaviours = [
  "accept some, refuse others",
  "cut a word out of the insertion",
  "cut a word out of the insertion, tracked",
  "accept and cut a word out",
  "accept and put a word in",
  "accept and retype with the next word",
  "strike the whole insertion, tracked",
  "accept and format the words",
  "format otherwise",
] as const;

export type WiderBehaviour = Behaviour | (typeof widerBehaviours)[number];

const person = "Bob Reader";
const ownWords = ["certified", "XVII", "in good faith", "immediately", "approx."];

export function actWidely(
  bytes: Uint8Array,
  suggestion: Suggestion,
  behaviour: WiderBehaviour,
  draw: Draw,
): Act | undefined {
  const accepted = (): Uint8Array => act(bytes, suggestion, "accept", draw)!.bytes;
  const place = (): Place | undefined =>
    [...findMarked(bytes, suggestion).inserted].sort((a, b) => b.text.length - a.text.length)[0];
  switch (behaviour) {
    case "accept some, refuse others":
      return someOfThem(bytes, suggestion, draw);
    case "cut a word out of the insertion":
      return cutWord(bytes, place(), "direct", draw);
    case "cut a word out of the insertion, tracked":
      return cutWord(bytes, place(), "tracked", draw);
    case "accept and cut a word out":
      return cutWord(accepted(), place(), "direct", draw);
    case "accept and put a word in":
      return putWord(accepted(), place(), draw);
    case "accept and retype with the next word":
      return retypeBeyond(accepted(), place(), draw);
    case "strike the whole insertion, tracked":
      return strike(bytes, suggestion, place());
    case "accept and format the words":
      return formatWords(accepted(), place(), draw);
    case "format otherwise":
      return formatOtherwise(bytes, suggestion, draw);
    default:
      return act(bytes, suggestion, behaviour, draw);
  }
}

function someOfThem(bytes: Uint8Array, suggestion: Suggestion, draw: Draw): Act | undefined {
  // Rows and columns are settled as a whole.
  if (!/^(replace|delete|insert-after|format)$/.test(suggestion.kind)) return undefined;
  const own = trackedChanges(openFile(bytes)).filter(
    (change) => isOf(suggestion, change.revision) && (change.text.trim() !== "" || change.text === "¶"),
  );
  // A deletion and the insertion beside it are one place.
  const places = new Set(own.map(({ paragraph }) => paragraph));
  if (own.length < 2 || (places.size < 2 && own.length < 3 && new Set(own.map(({ kind }) => kind)).size > 1))
    return undefined;
  const first = own[0]!.number;
  const accepts = new Set([
    first,
    ...own.slice(1, -1).flatMap(({ number }) => (draw.chance(0.5) ? [number] : [])),
  ]);
  const isOurs = (change: TrackedChange): boolean => isOf(suggestion, change.revision);
  const rest = (change: TrackedChange): boolean => isOurs(change);
  const half = settleChanges(openFile(bytes), {
    action: "accept",
    which: ({ number }) => accepts.has(number),
  });
  return { bytes: settleChanges(openFile(half), { action: "reject", which: rest }), truth: "partial" };
}

function cutWord(
  bytes: Uint8Array,
  place: Place | undefined,
  mode: "direct" | "tracked",
  draw: Draw,
): Act | undefined {
  const words = [...(place?.text ?? "").matchAll(/[\p{L}\p{N}]+\s/gu)];
  if (place === undefined || words.length < 2) return undefined;
  const word = draw.pick(words);
  const at = part(place, word.index, word[0]);
  return edited(bytes, { kind: "delete", at }, mode);
}

function putWord(bytes: Uint8Array, place: Place | undefined, draw: Draw): Act | undefined {
  const words = [...(place?.text ?? "").matchAll(/[\p{L}\p{N}]+/gu)];
  if (place === undefined || words.length < 2) return undefined;
  const word = draw.pick(words.slice(0, -1));
  const text = draw.pick(ownWords);
  const at = part(place, word.index, word[0]);
  return edited(bytes, { kind: "replace", at, text: `${word[0]} ${text}` }, "direct", text);
}

function retypeBeyond(bytes: Uint8Array, place: Place | undefined, draw: Draw): Act | undefined {
  const paragraph = openFile(bytes).paragraphs.find(({ id }) => id === place?.paragraph);
  if (place === undefined || paragraph === undefined || place.text.trim() === "") return undefined;
  const after = /^\s*[\p{L}\p{N}]+/u.exec(paragraphText(paragraph).slice(place.end));
  if (after === null) return undefined;
  const text = draw.pick(ownWords);
  return edited(bytes, { kind: "replace", at: part(place, 0, place.text + after[0]), text }, "direct", text);
}

function strike(bytes: Uint8Array, suggestion: Suggestion, place: Place | undefined): Act | undefined {
  const { inserted, deleted } = findMarked(bytes, suggestion);
  if (suggestion.kind === "merge") return undefined;
  if (place === undefined || inserted.length !== 1 || deleted.length > 0) return undefined;
  const done = edited(bytes, { kind: "delete", at: part(place, 0, place.text) }, "tracked");
  return done && { bytes: done.bytes, truth: "rejected" };
}

function formatWords(bytes: Uint8Array, place: Place | undefined, draw: Draw): Act | undefined {
  if (place === undefined || place.text.trim() === "") return undefined;
  const mode = draw.pick(["direct", "tracked"] as const);
  const change: Change = { kind: "format", at: part(place, 0, place.text), set: { bold: true, size: 15 } };
  const done = edited(bytes, change, mode);
  return done && { bytes: done.bytes, truth: "accepted" };
}

/** Another formatting than ours on the words that ours is on. */
function formatOtherwise(bytes: Uint8Array, suggestion: Suggestion, draw: Draw): Act | undefined {
  if (suggestion.kind !== "format") return undefined;
  const own = trackedChanges(openFile(bytes)).filter(({ revision }) => isOf(suggestion, revision));
  const [first] = own;
  if (own.length !== 1 || first?.paragraph === undefined) return undefined;
  const accepted = openFile(act(bytes, suggestion, "accept", draw)!.bytes);
  const text = paragraphText(accepted.paragraphs.find(({ id }) => id === first.paragraph)!);
  const start = text.indexOf(first.text);
  if (first.text.trim() === "" || start < 0 || text.indexOf(first.text, start + 1) >= 0) return undefined;
  const at = { paragraph: first.paragraph, start, end: start + first.text.length, quote: first.text };
  const set = {
    ...(/bold|italic/.test(suggestion.after) && { bold: false, italic: false, underline: true }),
    ...(/underline|strike/.test(suggestion.after) && { underline: false, strike: false, bold: true }),
    ...(/color/.test(suggestion.after) && { color: "00AA00" }),
    ...(/size/.test(suggestion.after) && { size: 21 }),
    ...(/highlight/.test(suggestion.after) && { highlight: "cyan" }),
    ...(/font/.test(suggestion.after) && { font: "Courier New" }),
  };
  // Taking back all that was changed is a refusal.
  if (!/color|size|highlight|font/.test(suggestion.after)) return undefined;
  return edited(accepted, { kind: "format", at, set }, "direct");
}

function part(
  place: Place,
  from: number,
  quote: string,
): { paragraph: string; start: number; end: number; quote: string } {
  const start = place.start + from;
  return { paragraph: place.paragraph, start, end: start + quote.length, quote };
}

function edited(
  file: Uint8Array | ReturnType<typeof openFile>,
  change: Change,
  mode: "direct" | "tracked",
  text?: string,
): Act | undefined {
  const document = file instanceof Uint8Array ? openFile(file) : file;
  const date = new Date("2026-06-02T11:22:33Z");
  const plan = planChanges(document, [change], { author: person, date, mode });
  if (plan.refused.length > 0) return undefined;
  return { bytes: plan.save().bytes, truth: "modified", ...(text !== undefined && { text }) };
}
