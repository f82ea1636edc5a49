import { isMostlyCapitals } from "./known-words.ts";
import { inTitleCase } from "./letter-case.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck } from "./types.ts";

const WORD = /(?<![\p{L}\p{N}’'])\p{L}[\p{L}\p{N}’']*/gu;

const MOST_WORDS = 15;

/** Headings in the other case. Sentence case is sure only for words that the text itself writes in lower case. */
export function checkHeadingCase(
  { letterCase }: Extract<RuleCheck, { readonly kind: "heading-case" }>,
  { text, kind, language, known }: StyleText,
): readonly Found[] {
  if (kind !== "heading" || language === "de" || isMostlyCapitals(text) || isNoTitle(text)) return [];
  const message = `headings in ${letterCase} case`;
  if (letterCase === "title") {
    if (language !== "en") return [];
    const wanted = inTitleCase(text);
    return [...text.matchAll(WORD)].flatMap(({ index: start, 0: word }) => {
      const replacement = wanted.slice(start, start + word.length);
      return replacement === word ? [] : [{ start, end: start + word.length, replacement, message }];
    });
  }
  const words = [...text.matchAll(WORD)];
  const wrong = words.filter((match) => {
    const [word] = match;
    const before = text.slice(0, match.index);
    const isFirst =
      !/\p{L}/u.test(before) || /[:.!?–—-]\s*$/u.test(before) || /(?:^|\s)\p{Lu}?[\d.]+\s*$/u.test(before);
    return /^\p{Lu}\p{Ll}+$/u.test(word) && !isFirst;
  });
  const isName = (word: string): boolean =>
    known.capital.has(word.toLowerCase()) && !known.lower.has(word.toLowerCase());
  const open = wrong.filter((match) => !isName(match[0]));
  if (open.length === 0) return [];
  // In other languages a name is more often of several words, in lower case elsewhere: Ligue de Football.
  const isSure =
    language === "en" &&
    open.every(
      (match) => known.lower.has(match[0].toLowerCase()) && !known.capital.has(match[0].toLowerCase()),
    ) &&
    !wrong.some((match) => isName(match[0]) && isBesideCapital(text, match));
  if (!isSure)
    return [{ start: 0, end: text.length, message: `${message}; which words are names is left to you` }];
  return open.map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    replacement: match[0].toLowerCase(),
    message,
  }));
}

/** A name beside another word with a capital may be one name with it: Berlin Office. */
function isBesideCapital(text: string, { index, 0: word }: RegExpExecArray): boolean {
  return (
    /\p{Lu}[\p{L}’'-]* $/u.test(text.slice(0, index)) || /^ \p{Lu}/u.test(text.slice(index + word.length))
  );
}

/** A whole sentence set as a heading, or a script without capitals. */
function isNoTitle(text: string): boolean {
  return (
    /[.;,]\s*$/u.test(text) ||
    text.trim().split(/\s+/u).length > MOST_WORDS ||
    /[\p{Script=Han}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)
  );
}
