import { diffArrays } from "diff";
import type { Block } from "./read-blocks.ts";

/** What becomes of the blocks of a flow, in the order of the result: deletions of a gap before its insertions. */
export type Operation =
  | { readonly kind: "keep"; readonly before: Block; readonly after: Block }
  | { readonly kind: "delete"; readonly before: Block }
  | { readonly kind: "insert"; readonly after: Block };

/** Blocks that have less than this share of their words in common are not versions of each other. */
const LIKE = 0.4;
/** Most pairs of blocks that are weighed against each other at once; a larger gap is cut in two first. */
const MOST_PAIRS = 40_000;

/**
 * Lays two sequences of blocks side by side, so that the most text stays: an edited paragraph is edited and not deleted
 * and inserted. In long sequences equal blocks are paired first, and the most alike between them.
 */
export function alignBlocks(before: readonly Block[], after: readonly Block[]): Operation[] {
  const pairs: [number, number][] = [];
  const isShort = before.length * after.length <= MOST_PAIRS;
  const certain = isShort ? [] : equalPairs(before, after);
  let [from, to] = [0, 0];
  for (const [i, j] of [...certain, [before.length, after.length] as const]) {
    pairs.push(
      ...pairGap(before.slice(from, i), after.slice(to, j)).map(
        ([a, b]) => [a + from, b + to] as [number, number],
      ),
    );
    if (i < before.length) pairs.push([i, j]);
    [from, to] = [i + 1, j + 1];
  }
  return operations(before, after, pairs);
}

function operations(
  before: readonly Block[],
  after: readonly Block[],
  pairs: readonly (readonly [number, number])[],
): Operation[] {
  const made: Operation[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [before.length, after.length] as const]) {
    for (; i < a; i++) made.push({ kind: "delete", before: before[i]! });
    for (; j < b; j++) made.push({ kind: "insert", after: after[j]! });
    if (a < before.length) made.push({ kind: "keep", before: before[a]!, after: after[b]! });
    [i, j] = [a + 1, b + 1];
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

function pairGap(before: readonly Block[], after: readonly Block[]): [number, number][] {
  if (before.length === 0 || after.length === 0) return [];
  if (before.length * after.length > MOST_PAIRS) {
    const [i, j] = [before.length >> 1, after.length >> 1];
    const rest = pairGap(before.slice(i), after.slice(j));
    return [
      ...pairGap(before.slice(0, i), after.slice(0, j)),
      ...rest.map(([a, b]) => [a + i, b + j] as [number, number]),
    ];
  }
  return pairLeftovers(before, after, bestPairs(before, after));
}

/** The pairs with the greatest sum of likeness that cross nowhere. */
function bestPairs(before: readonly Block[], after: readonly Block[]): [number, number][] {
  const width = after.length + 1;
  const score = (i: number, j: number): number => pairScore(before[i]!, after[j]!);
  const sums = new Float64Array((before.length + 1) * width);
  const own = new Float64Array(before.length * after.length);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const gain = score(i, j);
      own[i * after.length + j] = gain;
      const paired = gain > 0 ? gain + sums[(i + 1) * width + j + 1]! : 0;
      sums[i * width + j] = Math.max(paired, sums[(i + 1) * width + j]!, sums[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    const gain = own[i * after.length + j]!;
    const best = sums[i * width + j]!;
    if (gain > 0 && best === gain + sums[(i + 1) * width + j + 1]!) pairs.push([i++, j++]);
    else if (best === sums[(i + 1) * width + j]!) i++;
    else j++;
  }
  return pairs;
}

function pairScore(one: Block, two: Block): number {
  if (one.kind !== two.kind || one.shape !== two.shape) return 0;
  const weight = one.length + two.length;
  if (one.key === two.key) return weight + 2;
  if (one.kind === "group" || one.kind === "other") return 0;
  if (weight === 0) return 1;
  const alike = likeness(one, two);
  return alike < LIKE ? 0 : alike * weight;
}

/** The share of their characters that two blocks have in common words, 0 to 1. */
export function likeness(one: Block, two: Block): number {
  if (one.length + two.length === 0) return 1;
  let common = 0;
  for (const [word, count] of one.words) common += Math.min(count, two.words.get(word) ?? 0) * word.length;
  return (2 * common) / (one.length + two.length);
}

/** A block that alone stands where another alone stood became it, however unlike they are: `80` and `95`. */
function pairLeftovers(
  before: readonly Block[],
  after: readonly Block[],
  pairs: readonly [number, number][],
): [number, number][] {
  const all: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const pair of [...pairs, [before.length, after.length] as [number, number]]) {
    const [a, b] = pair;
    if (a - i === b - j) {
      for (let step = 0; step < a - i; step++) {
        if (areCounterparts(before[i + step]!, after[j + step]!)) all.push([i + step, j + step]);
      }
    }
    if (a < before.length) all.push(pair);
    [i, j] = [a + 1, b + 1];
  }
  return all;
}

/** Longer texts that share no word are better read one after the other. */
const SHORT = 60;

function areCounterparts(one: Block, two: Block): boolean {
  if (one.kind !== two.kind || one.shape !== two.shape) return false;
  if (one.kind === "control") return true;
  if (one.kind === "row") return one.length + two.length > 0 && one.length < SHORT && two.length < SHORT;
  return (
    one.kind === "paragraph" && one.length > 0 && two.length > 0 && one.length < SHORT && two.length < SHORT
  );
}
