/** The languages whose sentences are read. */
export type Language = "en" | "de" | "fr" | "es" | "pt";

const small: Readonly<Record<Language, string>> = {
  en: "the of and in to was were is are with by for from on at than which while our it this that had has as an orders",
  de: "der die das den dem des und im in um auf von mit war waren ist sind für bei zu zur zum gegenüber wurde wurden ein eine als nach sich",
  fr: "le la les des du et en au aux est sont était étaient avec pour par dans une sur que qui d l ont été s de à",
  es: "el la los las del y en con fue fueron es son para por una un que se al su sus más respecto de",
  pt: "o a os as do da dos das e em no na nos nas com foi foram é são para por uma um que se ao à pelo pela mais de não",
};
const words = new Map(Object.entries(small).map(([language, text]) => [language, new Set(text.split(" "))]));
const letters: readonly (readonly [RegExp, Language])[] = [
  [/[äöüß]/i, "de"],
  [/[ãõ]|ç[aãõ]o|\b\p{L}+ção\b/iu, "pt"],
  [/[ñ¿¡]|\p{L}ción\b/iu, "es"],
  [/[èêœùîû]|\b[ldsn]['’]/i, "fr"],
];

/** The language of a text by its small words and letters; `fallback` where nothing tells. */
export function languageOf(text: string, fallback: Language = "en"): Language {
  const said = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let [best, most] = [fallback, 0];
  for (const [language, list] of words) {
    const own = letters.filter(([pattern, each]) => each === language && pattern.test(text)).length * 2;
    const count = own + said.filter((word) => list.has(word)).length + (language === fallback ? 0.5 : 0);
    if (count > most) [best, most] = [language as Language, count];
  }
  return best;
}
