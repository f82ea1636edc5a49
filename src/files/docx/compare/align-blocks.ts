import { diffArrays } from "diff";
import { findRecuts } from "./find-recuts.ts";
import { type Match, pairInOrder } from "./pair-in-order.ts";
import type { Block } from "./read-blocks.ts";
import { commonCharacters } from "./word-counts.ts";

/** What becomes of the blocks of a flow, in the order of the result: deletions of a gap before its insertions. */
export type Operation =
  | { readonly kind: "keep"; readonly before: Block; readonly after: Block }
  | { readonly kind: "delete"; readonly before: Block }
  | { readonly kind: "insert"; readonly after: Block }
  /** One paragraph that became several, or several that became one. */
  | { readonly kind: "recut"; readonly before: readonly Block[]; readonly after: readonly Block[] };

/** Blocks that have less than this share of their words in common are not versions of each other. */
const LIKE = 0.4;
/** What a name in common counts for at least. */
const NAMESAKE = 0.5;
/** Most pairs of blocks that are weighed against each other at once; a larger gap is cut in two first. */
const MOST_PAIRS = 40_000;

/**
 * Lays two sequences of blocks side by side, so that the most text stays: an edited paragraph is edited and not deleted
 * and inserted. In long sequences equal blocks are paired first, and the most alike between them.
 */
export function alignBlocks(before: readonly Block[], after: readonly Block[]): Operation[] {
  const matches: Match[] = [];
  const isShort = before.length * after.length <= MOST_PAIRS;
  const certain = isShort ? [] : equalPairs(before, after);
  let [from, to] = [0, 0];
  for (const [i, j] of [...certain, [before.length, after.length] as const]) {
    matches.push(...moved(pairGap(before.slice(from, i), after.slice(to, j)), from, to));
    if (i < before.length) matches.push(onePair(i, j));
    [from, to] = [i + 1, j + 1];
  }
  return operations(before, after, matches);
}

function onePair(before: number, after: number): Match {
  return { before, after, beforeCount: 1, afterCount: 1 };
}

function moved(matches: readonly Match[], before: number, after: number): Match[] {
  return matches.map((each) => ({ ...each, before: each.before + before, after: each.after + after }));
}

function operations(
  before: readonly Block[],
  after: readonly Block[],
  matches: readonly Match[],
): Operation[] {
  const made: Operation[] = [];
  let [i, j] = [0, 0];
  for (const match of [...matches, onePair(before.length, after.length)]) {
    for (; i < match.before; i++) made.push({ kind: "delete", before: before[i]! });
    for (; j < match.after; j++) made.push({ kind: "insert", after: after[j]! });
    if (i === before.length) break;
    [i, j] = [i + match.beforeCount, j + match.afterCount];
    const [old, fresh] = [before.slice(match.before, i), after.slice(match.after, j)];
    const isPair = old.length === 1 && fresh.length === 1;
    made.push(
      isPair
        ? { kind: "keep", before: old[0]!, after: fresh[0]! }
        : { kind: "recut", before: old, after: fresh },
    );
  }
  return made;
}

/** Equal blocks in both, in order. Blank ones are too common to go by. */
function equalPairs(before: readonly Block[], after: readonly Block[]): [number, number][] {
  const telling = (blocks: readonly Block[]): number[] =>
    blocks.flatMap((block, index) => (block.length > 0 || block.kind === "table" ? [index] : []));
  const [old, fresh] = [telling(before), telling(after)];
  const parts = diffArrays(
    old.map((index) => before[index]!.key),
    fresh.map((index) => after[index]!.key),
  );
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of parts) {
    if (added) j += value.length;
    else if (removed) i += value.length;
    else for (let count = value.length; count > 0; count--) pairs.push([old[i++]!, fresh[j++]!]);
  }
  return pairs;
}

function pairGap(before: readonly Block[], after: readonly Block[]): Match[] {
  if (before.length === 0 || after.length === 0) return [];
  if (before.length * after.length > MOST_PAIRS) {
    const [i, j] = [before.length >> 1, after.length >> 1];
    const rest = pairGap(before.slice(i), after.slice(j));
    return [...pairGap(before.slice(0, i), after.slice(0, j)), ...moved(rest, i, j)];
  }
  const matches = pairInOrder(before.length, after.length, {
    pair: (i, j) => pairScore(before[i]!, after[j]!),
    wide: findRecuts(before, after),
  });
  return pairLeftovers(before, after, matches);
}

function pairScore(one: Block, two: Block): number {
  if (one.kind !== two.kind || one.shape !== two.shape) return 0;
  const weight = one.length + two.length;
  if (one.key === two.key) return weight + 2;
  if (one.kind === "other" || (one.kind === "group" && one.shape === "")) return 0;
  if (weight === 0) return 1;
  // A table of contents with the same code, a row with the same label: the same one, whatever else it says.
  const isNamesake =
    one.kind === "group" || (one.kind === "row" && one.label !== "" && one.label === two.label);
  const alike = Math.max(likeness(one, two), isNamesake ? NAMESAKE : 0);
  return alike < LIKE ? 0 : alike * weight;
}

/** The share of their characters that two blocks have in common words, 0 to 1. */
export function likeness(one: Block, two: Block): number {
  const weight = one.length + two.length;
  return weight === 0 ? 1 : (2 * commonCharacters(one.words, two.words)) / weight;
}

/** A block that alone stands where another alone stood became it, however unlike they are: `80` and `95`. */
function pairLeftovers(
  before: readonly Block[],
  after: readonly Block[],
  matches: readonly Match[],
): Match[] {
  const all: Match[] = [];
  let [i, j] = [0, 0];
  for (const match of [...matches, onePair(before.length, after.length)]) {
    if (match.before - i === match.after - j) {
      for (let step = 0; step < match.before - i; step++) {
        if (areCounterparts(before[i + step]!, after[j + step]!)) all.push(onePair(i + step, j + step));
      }
    }
    if (match.before < before.length) all.push(match);
    [i, j] = [match.before + match.beforeCount, match.after + match.afterCount];
  }
  return all;
}

/** Longer texts that share no word are better read one after the other. */
const SHORT = 60;

function areCounterparts(one: Block, two: Block): boolean {
  if (one.kind !== two.kind || one.shape !== two.shape) return false;
  if (one.kind === "control") return true;
  if (one.length >= SHORT || two.length >= SHORT) return false;
  // A row of other words in every cell is another row; one cell alone is read as a paragraph is.
  if (one.kind === "row") return one.shape === "1" || commonCharacters(one.words, two.words) > 0;
  return one.kind === "paragraph" && one.length > 0 && two.length > 0;
}
