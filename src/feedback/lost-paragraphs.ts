import { allFound, type Passage } from "./passage.ts";
import type { ReturnedToken } from "./returned-tokens.ts";
import type { Found, HunkPath } from "./solve-lattice.ts";

// A paragraph of which less than this is found again is another one.
const leastFound = 0.35;

/** Which of the issued paragraphs are not in the passage: too little of them is found again. Indexes of the story. */
export function lostParagraphs(
  passage: Passage,
  paragraphs: readonly number[],
  least: number = leastFound,
): number[] {
  const { first, solution, tokens } = passage;
  const struck = struckParagraphs(tokens);
  const sums = new Map<number, { all: number; there: number }>();
  for (const { token, at } of solution.context) {
    if (token.kind !== "word" || (token.isLoose && at < 0)) continue;
    const sum = sums.get(token.paragraph) ?? { all: 0, there: 0 };
    sum.all += token.weight;
    if (at >= 0 && !struck.has(tokens[at]!.paragraph)) sum.there += token.weight;
    sums.set(token.paragraph, sum);
  }
  return paragraphs.filter((index) => {
    const sum = sums.get(index - first);
    if (sum !== undefined && sum.all >= 1) return sum.there / sum.all < least;
    const paths = solution.hunks.filter(({ hunk }) => hunk.paragraph === index - first);
    return !paths.some((path) => isThere(path, tokens, struck));
  });
}

/** True when words of the suggestion stand in the place, or words marked as its own. */
function isThere(
  { found, hunk, start, end }: HunkPath,
  tokens: readonly ReturnedToken[],
  struck: ReadonlySet<number>,
): boolean {
  const isWord = ({ at, token }: Found): boolean =>
    at >= 0 && token.kind !== "space" && token.kind !== "mark" && !struck.has(tokens[at]!.paragraph);
  return found.some(isWord) || tokens.slice(start, end).some(({ owners }) => owners.includes(hunk.of));
}

/**
 * The returned paragraphs that somebody else has struck from the first to the last word: they are on their way out, and
 * may have been pasted elsewhere.
 */
function struckParagraphs(tokens: readonly ReturnedToken[]): Set<number> {
  const struck = new Set<number>();
  for (const [paragraph, all] of Map.groupBy(tokens, (token) => token.paragraph)) {
    const words = all.filter(({ kind }) => kind === "word" || kind === "sign");
    const theirs = words.filter(({ isTheirDeletion }) => isTheirDeletion);
    if (words.every(({ isGone }) => isGone) && 2 * theirs.length > words.length) struck.add(paragraph);
  }
  return struck;
}

/**
 * The returned paragraphs that hold an issued one: half of their words are issued ones, or half of the words of an
 * issued one that is not `lost` are there.
 */
export function heldParagraphs(passage: Passage, lost: readonly number[]): Set<number> {
  const { first, solution, tokens } = passage;
  const words = tokens.filter(({ kind }) => kind === "word");
  const places = allFound(passage).filter(({ token, at }) => token.kind === "word" && at >= 0);
  const there = countBy(places, ({ at }) => tokens[at]!.paragraph);
  const held = new Set<number>();
  for (const [index, count] of countBy(words, ({ paragraph }) => paragraph))
    if (2 * (there.get(index) ?? 0) >= count) held.add(index);
  const own = Map.groupBy(
    solution.context.filter(({ token }) => token.kind === "word"),
    ({ token }) => token.paragraph,
  );
  for (const [paragraph, context] of own) {
    if (lost.includes(first + paragraph)) continue;
    const found = context.filter(({ at }) => at >= 0);
    for (const [index, share] of countBy(found, ({ at }) => tokens[at]!.paragraph))
      if (2 * share >= context.length) held.add(index);
  }
  return held;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
