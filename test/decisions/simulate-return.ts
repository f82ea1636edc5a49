import { issue, type Ledger, type Outcome, type Suggestion } from "../../src/feedback/index.ts";
import { openFile, planChanges, trackedChanges } from "../../src/files/index.ts";
import { act, behaviours, removeParagraph } from "./act-on-suggestion.ts";
import { actWidely, type WiderBehaviour, widerBehaviours } from "./act-widely.ts";
import { editAround } from "./edit-around.ts";
import { findMarked, isOf } from "./find-suggestion.ts";
import { moveTracked } from "./move-tracked.ts";
import { type Draw, drawFrom } from "./random-document.ts";
import { randomSuggestions } from "./random-suggestions.ts";
import { moves, resaves, transformBody } from "./transform-file.ts";
import { lastSaves, moreMoves, withoutNames } from "./transform-more.ts";

export const author = "Tandem decisions test 7b2e";

/** A file on its way to people and back, and what is known to have been done to it. */
export type Return = {
  readonly name: string;
  readonly seed: number;
  readonly ledger: Ledger;
  readonly bytes: Uint8Array;
  /** By suggestion id. */
  readonly truths: ReadonlyMap<string, Truth>;
  readonly history: readonly string[];
  /** Suggestions of every kind, and all that people and programs do in the simulation. */
  readonly isWide: boolean;
};

export type Truth = { readonly outcome: Outcome; readonly behaviour: string; readonly text?: string };

/** Issues random suggestions for the file; undefined when none can be made there. */
export async function issueRandom(
  name: string,
  source: Uint8Array,
  seed: number,
  isWide = false,
): Promise<Return | undefined> {
  const draw = drawFrom(seed);
  const document = openFile(source);
  const changes = randomSuggestions(document, draw, isWide);
  const plan = planChanges(document, changes, { author, date: new Date("2026-03-02T10:00:00Z") });
  if (plan.applied.length === 0) return undefined;
  const { bytes, ledger } = await issue({
    original: source,
    issued: plan.save().bytes,
    applied: plan.applied,
  });
  return { name, seed, ledger, bytes, truths: new Map(), history: [], isWide };
}

/** What others do before the suggestions are decided on: their edits, paragraphs moved, split and merged. */
export function disturb(given: Return): Return {
  const draw = drawFrom(given.seed + 1);
  let { bytes } = given;
  const history = [...given.history];
  if (draw.chance(0.6)) {
    bytes = editAround(bytes, given.ledger, draw);
    history.push("others' edits");
  }
  if (draw.chance(0.5)) {
    const count = 1 + draw.below(2);
    for (let index = 0; index < count; index++) {
      const move = draw.pick(given.isWide ? moreMoves : moves);
      bytes = transformBody(bytes, move, draw);
      history.push(move.name);
    }
  }
  return { ...given, bytes: resaved(bytes, draw, history), history };
}

/** Saves by other programs, imitated. */
export function resaved(bytes: Uint8Array, draw: Draw, history: string[]): Uint8Array {
  if (draw.chance(0.5)) return bytes;
  let saved = bytes;
  resaves.forEach((resave, index) => {
    if (draw.chance(0.5)) return;
    saved = transformBody(saved, resave, draw);
    history.push(`resave ${index}`);
  });
  return saved;
}

/** A person decides on every suggestion; the truths are what the person does. */
export function decide(given: Return): Return {
  const draw = drawFrom(given.seed + 2);
  const truths = new Map<string, Truth>();
  let { bytes } = given;
  const history = [...given.history];
  const isUniform = draw.chance(0.2) ? draw.pick(["accept", "reject"] as const) : undefined;
  const isAnonymous = given.isWide && draw.chance(0.06);
  const alone = given.isWide ? aloneInParagraph(given.ledger) : new Set<string>();
  if (draw.chance(0.12)) bytes = removeOne(bytes, given.ledger, draw, truths);
  for (const suggestion of shuffled(given.ledger.suggestions, draw)) {
    if (truths.has(suggestion.id)) continue;
    const plain = isUniform ?? (isAnonymous ? draw.pick(["leave", "accept", "reject"] as const) : undefined);
    const wanted = plain ?? drawBehaviour(draw, given.isWide && draw.chance(0.5));
    const isPossible = wanted !== "accept and retype with the next word" || alone.has(suggestion.id);
    const done =
      (isPossible ? actWidely(bytes, suggestion, wanted, draw) : undefined) ??
      act(bytes, suggestion, draw.pick(["accept", "reject"]), draw)!;
    bytes = done.bytes;
    const behaviour = done.truth === "accepted" || done.truth === "rejected" ? done.truth : wanted;
    truths.set(suggestion.id, {
      outcome: done.truth,
      behaviour,
      ...(done.text !== undefined && { text: done.text }),
    });
  }
  bytes = resaved(bytes, draw, history);
  if (!given.isWide) return { ...given, bytes, truths, history };
  if (draw.chance(0.15)) bytes = moveTracked(bytes, given.ledger, truths, draw, history);
  return { ...given, bytes: lastSaved(bytes, isAnonymous, draw, history), truths, history };
}

/** The last save before the file is sent back. */
function lastSaved(bytes: Uint8Array, isAnonymous: boolean, draw: Draw, history: string[]): Uint8Array {
  let saved = bytes;
  for (const { name, change } of lastSaves) {
    if (draw.chance(0.75)) continue;
    saved = transformBody(saved, change, draw);
    history.push(name);
  }
  if (!isAnonymous) return saved;
  history.push("names removed");
  return transformBody(saved, withoutNames, draw);
}

function drawBehaviour(draw: Draw, isWide: boolean): WiderBehaviour {
  if (draw.chance(0.55)) return draw.pick(["leave", "accept", "accept", "reject", "reject"] as const);
  return draw.pick<WiderBehaviour>(isWide ? widerBehaviours : behaviours);
}

/** Ids of the suggestions in paragraphs that no other one is in. */
function aloneInParagraph({ suggestions, stories }: Ledger): Set<string> {
  const alone = new Set(suggestions.keys());
  for (const paragraph of stories.flatMap(({ paragraphs }) => paragraphs)) {
    if (typeof paragraph === "string") continue;
    const { segments, mark, looks = [] } = paragraph;
    const all = [mark, ...looks, ...segments, ...segments.flatMap((each) => each.looks ?? [])];
    const here = new Set(all.flatMap((each) => (each?.of === undefined ? [] : [each.of])));
    if (here.size > 1) for (const index of here) alone.delete(index);
  }
  return new Set([...alone].map((index) => suggestions[index]!.id));
}

function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  return items
    .map((item) => ({ item, order: draw.below(1_000_000) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Removes one paragraph that holds suggestions within it; those are removed with it. */
function removeOne(bytes: Uint8Array, ledger: Ledger, draw: Draw, truths: Map<string, Truth>): Uint8Array {
  const document = openFile(bytes);
  const changes = trackedChanges(document);
  const within = (suggestion: Suggestion): string | undefined => {
    const { inserted, deleted } = findMarked(bytes, suggestion);
    const others = changes.filter(({ revision }) => isOf(suggestion, revision));
    const places = new Set([...inserted, ...deleted, ...others].map(({ paragraph }) => paragraph));
    const [only] = places;
    const paragraph = document.paragraphs.find(({ id }) => id === only);
    const hasMark = [paragraph?.markInserted, paragraph?.markDeleted].some((each) => each !== undefined);
    // Nothing tells a deleted paragraph from an accepted deletion of all its words.
    const isWhole = paragraph?.spans.every(
      ({ text, inserted: by, deleted: from }) =>
        text.trim() === "" || by?.author === author || from?.author === author,
    );
    return places.size === 1 && !hasMark && !isWhole ? only : undefined;
  };
  const homes = ledger.suggestions.map((suggestion) => ({ suggestion, home: within(suggestion) }));
  const home = draw.pick(homes).home;
  if (home === undefined) return bytes;
  const removed = removeParagraph(bytes, home, draw);
  if (removed === undefined) return bytes;
  for (const each of homes)
    if (each.home === home)
      truths.set(each.suggestion.id, { outcome: "removed", behaviour: "paragraph deleted" });
  return removed;
}
