import { isSentenceStart } from "./letter-case.ts";
import { numberWord } from "./number-words.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck } from "./types.ts";
import { hasUnit, isCounted } from "./unit-words.ts";
import { isLabel, writtenNumbers } from "./written-number.ts";

const JOINED =
  /\d\s*(?:to|and|or|of|by|times|x|×|und|oder|bis|von|et|ou|à|y|o|e|a|até|hasta|[,;:&/–-])\s*$/iu;
const JOINS = /^\s*(?:to|and|or|of|by|times|x|×|und|oder|bis|von|et|ou|à|y|o|e|a|até|hasta|[,;:&/–-])\s*\d/iu;

/**
 * Small numbers in figures that count something in running text. Left as they are: labels (Section 5), amounts with
 * a unit, ranges and lists of numbers, and sentences that have a larger number beside them.
 */
export function checkSpelledNumbers(
  { from, to }: Extract<RuleCheck, { readonly kind: "spell-out" }>,
  source: StyleText,
): readonly Found[] {
  const { text, language, kind } = source;
  if (kind !== "prose" || language === undefined) return [];
  const numbers = writtenNumbers(text, language);
  return numbers.flatMap((number): readonly Found[] => {
    const value = Number(number.integer);
    const { start, end } = number;
    if (!/^\d{1,2}$/u.test(number.text) || number.text.startsWith("0") || value < from || value > to)
      return [];
    if (hasUnit(text, number) || isNamed(text, start) || isLabel(text, number)) return [];
    if (!isCounted(text, number, language === "de")) return [];
    if (JOINED.test(text.slice(Math.max(0, start - 12), start)) || JOINS.test(text.slice(end, end + 12)))
      return [];
    if (hasLarger(text, start, to)) return [];
    const word = numberWord(value, language);
    const message = `${from} to ${to} in words`;
    if (word === undefined) return [{ start, end, message: `${message}; its form is left to you` }];
    const replacement =
      isSentenceStart(text, start) && !/:\s*$/u.test(text.slice(0, start))
        ? word.charAt(0).toUpperCase() + word.slice(1)
        : word;
    return [{ start, end, replacement, message }];
  });
}

/** A word with a capital inside a sentence (`Phase 2 results`), a sign or a code before the number makes it a name. */
function isNamed(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  if (/[\p{L}\p{N})\]]$|[+−~<>=≥≤×*^]\s?$/u.test(before)) return true;
  const word = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}]*)[ \u00a0]$/u.exec(before);
  return word !== null && !isSentenceStart(text, start - word[0].length);
}

function hasLarger(text: string, at: number, limit: number): boolean {
  const start = Math.max(text.lastIndexOf(". ", at), text.lastIndexOf("\n", at)) + 1;
  const stop = text.slice(at).search(/[.!?](?:\s|$)/u);
  const sentence = text.slice(start, stop < 0 ? undefined : at + stop);
  return [...sentence.matchAll(/(?<![\p{L}\p{N}.,/-])\d[\d.,]*(?![\p{L}\p{N}/-])/gu)].some((match) => {
    const value = Number(match[0].replace(/[.,]$/u, "").replaceAll(",", ""));
    const isYear = /^(?:1[89]|20)\d\d[.,]?$/u.test(match[0]);
    return value > limit && !isYear;
  });
}
