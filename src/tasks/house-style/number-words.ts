import type { StyleLanguage } from "./types.ts";

/** Number words from zero on; 1 and 2 are left out where they change with what is counted. */
const WORDS: Readonly<Record<StyleLanguage, readonly string[]>> = {
  en: "zero one two three four five six seven eight nine ten eleven twelve".split(" "),
  de: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" "),
  fr: "zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split(" "),
  es: "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split(" "),
  pt: "zero um dois três quatro cinco seis sete oito nove dez onze doze".split(" "),
};
const CHANGING: Readonly<Record<StyleLanguage, readonly number[]>> = {
  en: [],
  de: [1],
  fr: [1],
  es: [1],
  pt: [1, 2],
};

/** The word for a number up to twelve; undefined where it depends on the noun. */
export function numberWord(value: number, language: StyleLanguage): string | undefined {
  return CHANGING[language].includes(value) ? undefined : WORDS[language][value];
}

/** The number that a word of any of the languages means, up to twelve. */
export function numberOfWord(word: string): number | undefined {
  const plain = word.toLowerCase();
  for (const list of Object.values(WORDS)) {
    const at = list.indexOf(plain);
    if (at >= 0) return at;
  }
  return { ein: 1, eine: 1, une: 1, una: 1, uma: 1, duas: 2, nueve: 9 }[plain];
}
