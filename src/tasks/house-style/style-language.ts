import type { StyleLanguage } from "./types.ts";

const SMALL_WORDS: Readonly<Record<StyleLanguage, ReadonlySet<string>>> = {
  en: words(
    "the of to and is are in for by be will that with on as at from it this which has have not or was were an a",
  ),
  de: words(
    "der die das den dem des und ist sind für mit von nicht ein eine einen im auf zu zur zum oder bei wird werden als auch am sich",
  ),
  fr: words(
    "le la les des une et est sont pour avec dans du au aux il elle ce cette qui que sur par ne pas un en l d",
  ),
  es: words("el la los las una y es son para con del al que en por no se su un lo como de"),
  pt: words("o a os as uma e é são para com do da dos das no na nos nas em que por não se um ao de"),
};
const LANGUAGES: readonly StyleLanguage[] = ["en", "de", "fr", "es", "pt"];

/** The language of a text by its small words; `otherwise` when two are as likely or too few of them are there. */
export function styleLanguageOf(text: string, otherwise?: StyleLanguage): StyleLanguage | undefined {
  const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = LANGUAGES.map((language) => ({
    language,
    count: found.filter((word) => SMALL_WORDS[language].has(word)).length,
  })).toSorted((a, b) => b.count - a.count);
  const [first, second] = counts;
  if (first === undefined || first.count < 2 || first.count === second?.count) return otherwise;
  return first.language;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
