import { wordCount } from "../edit/check-form.ts";
import { splitSentences } from "../edit/split-sentences.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck, TextRange } from "./types.ts";

const PASSIVE = {
  en: /(?<!\p{L})(?:is|are|was|were|be|been|being|gets?|got)(?:n't)?(?: \p{L}+ly| not| also| then)? (?:\p{L}{2,}ed|\p{L}*(?:made|done|given|taken|written|shown|seen|sent|built|held|kept|found|known|set|put|paid|led|brought|chosen|drawn|driven|understood|undertaken))(?!\p{L})/iu,
  de: /(?<!\p{L})(?:wird|werden|wurde|wurden|worden|würden?)(?!\p{L})/iu,
  other: /./u,
} as const;

/** Scripts that part no words by spaces, so that there is nothing to count. */
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The sentences of a text with their places. */
export function sentencesOf(text: string): readonly (TextRange & { readonly text: string })[] {
  let at = 0;
  return splitSentences(text).flatMap((sentence) => {
    const start = at + sentence.before.length;
    at = start + sentence.text.length + sentence.after.length;
    return sentence.text === "" ? [] : [{ start, end: start + sentence.text.length, text: sentence.text }];
  });
}

/** Sentences of running text with more words than the limit. */
export function checkSentenceLength(
  { words }: Extract<RuleCheck, { readonly kind: "sentence-length" }>,
  { text, kind }: StyleText,
): readonly Found[] {
  if (kind !== "prose" || NO_SPACES.test(text)) return [];
  return sentencesOf(text).flatMap(({ start, end, text: sentence }) => {
    const count = wordCount(sentence);
    return count > words && /\p{Ll}/u.test(sentence)
      ? [{ start, end, message: `${count} words; at most ${words} in a sentence` }]
      : [];
  });
}

/** Whether a sentence may be in the passive voice; for languages without a pattern here every sentence may. */
export function looksPassive(sentence: string, language: StyleText["language"]): boolean {
  return PASSIVE[language === "en" || language === "de" ? language : "other"].test(sentence);
}
