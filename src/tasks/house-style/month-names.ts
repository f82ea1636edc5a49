import type { StyleLanguage } from "./types.ts";

/** Full names by language, from January on. */
export const monthNames: Readonly<Record<StyleLanguage, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" "),
};

const ENGLISH_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const OTHER_NAMES: Readonly<Record<string, { readonly month: number; readonly language: StyleLanguage }>> = {
  jänner: { month: 1, language: "de" },
  setiembre: { month: 9, language: "es" },
};

/** The short name, in English only: other languages shorten in too many ways. */
export function shortMonth(month: number, language: StyleLanguage): string | undefined {
  return language === "en" ? ENGLISH_SHORT[month - 1] : undefined;
}

/** Month (1 to 12) and languages of a name or its shortened form, with or without a full stop. */
export function monthOf(
  name: string,
):
  | { readonly month: number; readonly languages: readonly StyleLanguage[]; readonly isShort: boolean }
  | undefined {
  const plain = name.toLowerCase().replace(/\.$/u, "");
  const languages: StyleLanguage[] = [];
  let month: number | undefined;
  for (const [language, names] of Object.entries(monthNames) as [StyleLanguage, readonly string[]][]) {
    const at = names.findIndex((each) => each.toLowerCase() === plain);
    if (at < 0) continue;
    month = at + 1;
    languages.push(language);
  }
  const other = OTHER_NAMES[plain];
  if (other !== undefined) return { month: other.month, languages: [other.language], isShort: false };
  if (month !== undefined) return { month, languages, isShort: false };
  const short = plain === "sept" ? 8 : ENGLISH_SHORT.findIndex((each) => each.toLowerCase() === plain);
  return short < 0 ? undefined : { month: short + 1, languages: [], isShort: true };
}

const NAMES = [
  ...new Set([...Object.values(monthNames).flat(), ...ENGLISH_SHORT, "Sept", "Jänner", "setiembre"]),
]
  .toSorted((a, b) => b.length - a.length)
  .join("|");

/** Any month's name as a pattern's source, for use with the flags `iu`. */
export const monthPattern: string = `(?:${NAMES})(?!\\p{L})`;
