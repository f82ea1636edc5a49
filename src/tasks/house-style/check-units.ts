import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck } from "./types.ts";
import { allUnits, longUnits } from "./unit-words.ts";

const SPACES = "[ \\u00a0\\u2009\\u202f]*";
const NUMBER = "(?<![\\p{L}\\p{N}_#/.,])\\d+(?:[.,'’\\u00a0\\u202f]\\d+)*";
const PERCENT = new RegExp(`(?<number>${NUMBER})(?<space>${SPACES})(?<unit>[%‰])(?!-?\\p{L})`, "gu");
const WITH_SPACE = new RegExp(
  `(?<number>${NUMBER})(?<space>[ \\u00a0\\u2009\\u202f]+)(?<unit>${allUnits})(?![\\p{L}\\p{N}²³])`,
  "gu",
);
const CLOSED_UP = new RegExp(`(?<number>${NUMBER})(?<space>)(?<unit>${longUnits})(?![\\p{L}\\p{N}²³])`, "gu");
const SIGN_BEFORE = new RegExp(
  `(?<![\\p{L}\\p{N}€$£])(?<unit>[€$£])(?<space>${SPACES})(?<number>\\d+(?:[.,'’\\u00a0\\u202f]\\d+)*)(?![\\p{N}])`,
  "gu",
);
const SIGN_AFTER = new RegExp(
  `(?<number>${NUMBER})(?<space>${SPACES})(?<unit>[€$£])(?![\\p{L}\\p{N}])`,
  "gu",
);
const MAGNITUDE =
  /^[ \u00a0\u202f]?(?:million|billion|trillion|thousand|mio|mrd|milli|mil(?!\p{L})|m(?!\p{L})|bn(?!\p{L})|k(?!\p{L}))/iu;

/** Percent signs with another space before them. */
export function checkPercentSpace(
  { space }: Extract<RuleCheck, { readonly kind: "percent-space" }>,
  source: StyleText,
): readonly Found[] {
  return spaced(source, [PERCENT], space, "the percent sign");
}

/** Units with another space before them. */
export function checkUnitSpace(
  { space }: Extract<RuleCheck, { readonly kind: "unit-space" }>,
  source: StyleText,
): readonly Found[] {
  return spaced(source, space === "" ? [WITH_SPACE] : [WITH_SPACE, CLOSED_UP], space, "the unit");
}

/** Currency signs on the other side of their amount, or with another space. */
export function checkCurrency(
  { position, space }: Extract<RuleCheck, { readonly kind: "currency" }>,
  source: StyleText,
): readonly Found[] {
  if (source.kind === "cell") return [];
  const message = `the currency sign ${position} the amount`;
  return [SIGN_BEFORE, SIGN_AFTER].flatMap((pattern) =>
    [...source.text.matchAll(pattern)].flatMap((match): readonly Found[] => {
      const { number = "", unit = "" } = match.groups ?? {};
      const replacement = position === "before" ? unit + space + number : number + space + unit;
      const range = { start: match.index, end: match.index + match[0].length };
      if (replacement === match[0]) return [];
      const isSimple =
        !MAGNITUDE.test(source.text.slice(range.end, range.end + 14)) &&
        !/^\s?[–-]\s?[\d€$£]/u.test(source.text.slice(range.end)) &&
        !/[\d€$£]\s?[–-]\s?$/u.test(source.text.slice(0, range.start));
      return isSimple
        ? [{ ...range, replacement, message }]
        : [{ ...range, message: `${message}; how the words around it go is left to you` }];
    }),
  );
}

function spaced(
  source: StyleText,
  patterns: readonly RegExp[],
  space: string,
  what: string,
): readonly Found[] {
  if (source.kind === "cell") return [];
  const wanted = space === "" ? "no space" : space === "\u00a0" ? "a no-break space" : "a thin space";
  return patterns.flatMap((pattern) =>
    [...source.text.matchAll(pattern)].flatMap((match): readonly Found[] => {
      const { number = "", unit = "" } = match.groups ?? {};
      const replacement = number + space + unit;
      if (replacement === match[0]) return [];
      return [
        {
          start: match.index,
          end: match.index + match[0].length,
          replacement,
          message: `${wanted} before ${what}`,
        },
      ];
    }),
  );
}
