import { stemOf } from "../../edit/word-stems.ts";
import { isStopWord, wordsOf } from "../../minutes/words.ts";

/** The stems of the words that carry meaning, in order, repeats kept; a compound with hyphens also gives its parts. */
export function stemsOf(text: string): string[] {
  return wordsOf(text)
    .flatMap((word) => (word.includes("-") ? [word, ...word.split("-")] : [word]))
    .map((word) => word.replace(/'(?:s|ll|re|ve|d|m|t)$/u, ""))
    .filter((word) => word.length > 1 && !isStopWord(word) && !/^\d/u.test(word))
    .map(stemOf);
}

/** How many words a person counts in a text. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
