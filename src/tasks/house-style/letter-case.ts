import { isMostlyCapitals } from "./known-words.ts";

const SMALL: ReadonlySet<string> = new Set(
  "a an the and but or nor for of in on at to by as with from into over per via than".split(" "),
);

/** Whether a sentence, an item or a clause after a colon begins at that place. */
export function isSentenceStart(text: string, at: number): boolean {
  return (
    /(?:^|[.!?…:•·\n\t]["”’»)\]]*\s*|^\s*(?:\d+|\p{L})[.)]\s+|^\s*[–—-]\s+)["“„«‘([]*$/u.test(
      text.slice(Math.max(0, at - 12), at),
    ) &&
    !/(?:^|\s)(?:e\.g|i\.e|cf|vs|approx|no|nr|z\.\s?b|ca|etc|p\. ex)\.\s*$/iu.test(
      text.slice(Math.max(0, at - 12), at),
    )
  );
}

/** How a found form is set, against the way its rule writes it. */
export type FoundCase = "same" | "first-capital" | "title" | "capitals" | "other";

/** Compares a found form with the rule's one. */
export function caseOf(written: string, form: string): FoundCase {
  const found = written
    .replace(/[\u00a0\u202f]/gu, " ")
    .replace(/[\u2010\u2011]/gu, "-")
    .replace(/’/gu, form.includes("’") ? "’" : "'");
  if (found === form) return "same";
  if (found === form.charAt(0).toUpperCase() + form.slice(1)) return "first-capital";
  if (found === inTitleCase(form)) return "title";
  return found === form.toUpperCase() ? "capitals" : "other";
}

/** The words in the case of what was found. */
export function inCase(words: string, found: FoundCase): string {
  if (found === "first-capital") return words.charAt(0).toUpperCase() + words.slice(1);
  if (found === "title") return inTitleCase(words);
  return found === "capitals" ? words.toUpperCase() : words;
}

/** Whether nearly every longer word of a heading begins with a capital. */
export function isTitleCase(text: string): boolean {
  const words = (text.match(/\p{L}[\p{L}’'-]*/gu) ?? []).filter((word) => !SMALL.has(word.toLowerCase()));
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word)) && !isMostlyCapitals(text);
}

/** Every word but the small ones with a capital; a word that has one already stays as it is. */
export function inTitleCase(text: string): string {
  let isFirst = true;
  return text.replace(/(?<![\p{L}\p{N}’'])\p{L}[\p{L}’']*/gu, (word) => {
    const keeps = (!isFirst && SMALL.has(word)) || /\p{Lu}/u.test(word);
    isFirst = false;
    return keeps ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}
