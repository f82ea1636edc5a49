import { textTokens } from "../edit/text-tokens.ts";

/** How often each word occurs in a text; spaces are none. */
export type WordCounts = ReadonlyMap<string, number>;

export function countWords(text: string): WordCounts {
  const words = new Map<string, number>();
  for (const each of textTokens(text)) {
    if (each.trim() !== "") words.set(each, (words.get(each) ?? 0) + 1);
  }
  return words;
}

/** Characters of the words that both have, wherever they stand. */
export function commonCharacters(one: WordCounts, two: WordCounts): number {
  let common = 0;
  for (const [word, count] of one) common += Math.min(count, two.get(word) ?? 0) * word.length;
  return common;
}

/** Characters of all words. */
export function wordCharacters(words: WordCounts): number {
  let length = 0;
  for (const [word, count] of words) length += word.length * count;
  return length;
}
