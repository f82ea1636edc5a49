import { isMostlyCapitals } from "./known-words.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck } from "./types.ts";

const ABBREVIATION = /(?<![\p{L}\p{N}_/.@-])(?:\p{Lu}\p{Ll}?){2,6}s?(?![\p{L}\p{N}_/@]|\.\p{L}|-\p{N})/gu;
const NEEDS_NONE: ReadonlySet<string> = new Set("OK TV PDF USB DNA CEO USA UK EUR USD GBP CHF".split(" "));

/** The first use of each abbreviation in running text, where neither it nor its full form stands in brackets. */
export function checkAbbreviations(
  { known }: Extract<RuleCheck, { readonly kind: "abbreviation" }>,
  sources: readonly StyleText[],
): readonly (readonly Found[])[] {
  const seen = new Set(known);
  return sources.map(({ text, kind, guarded }) => {
    if (kind !== "prose" || isMostlyCapitals(text)) return [];
    return [...text.matchAll(ABBREVIATION)].flatMap((match): readonly Found[] => {
      const name = match[0].replace(/s$/u, "");
      const range = { start: match.index, end: match.index + match[0].length };
      if (
        (name.match(/\p{Lu}/gu)?.length ?? 0) < 2 ||
        /^[IVXLCDM]+$/u.test(name) ||
        NEEDS_NONE.has(name) ||
        seen.has(name)
      )
        return [];
      if (guarded.some(({ start, end }) => range.start < end && range.end > start)) return [];
      seen.add(name);
      const before = text.slice(0, range.start);
      const isExplained =
        /\([^()]*$/u.test(before) ||
        /^\s?\(/u.test(text.slice(range.end)) ||
        /^\s?(?:[–—-]|,? (?:or|short for|stands for))\s/u.test(text.slice(range.end));
      return isExplained ? [] : [{ ...range, message: `write “${name}” out at its first use` }];
    });
  });
}
