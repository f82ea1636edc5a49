import type { Language } from "./language.ts";

const counts: Readonly<Record<Language, string>> = {
  en: "2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten|11 eleven|12 twelve|12 a dozen|12 dozen|13 thirteen|14 fourteen|15 fifteen|16 sixteen|17 seventeen|18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty|50 fifty|60 sixty|70 seventy|80 eighty|90 ninety|24 two dozen|100 a hundred",
  de: "2 zwei|3 drei|4 vier|5 funf|6 sechs|7 sieben|8 acht|9 neun|10 zehn|11 elf|12 zwolf|12 ein dutzend|12 dutzend|13 dreizehn|14 vierzehn|15 funfzehn|16 sechzehn|17 siebzehn|18 achtzehn|19 neunzehn|20 zwanzig|30 dreissig|40 vierzig|50 funfzig",
  fr: "2 deux|3 trois|4 quatre|5 cinq|6 six|7 sept|8 huit|9 neuf|10 dix|11 onze|12 douze|12 une douzaine|13 treize|14 quatorze|15 quinze|16 seize|20 vingt|30 trente|40 quarante|50 cinquante",
  es: "2 dos|3 tres|4 cuatro|5 cinco|6 seis|7 siete|8 ocho|9 nueve|10 diez|11 once|12 doce|12 una docena|13 trece|14 catorce|15 quince|16 dieciseis|17 diecisiete|18 dieciocho|19 diecinueve|20 veinte|30 treinta|40 cuarenta|50 cincuenta",
  pt: "2 dois|2 duas|3 tres|4 quatro|5 cinco|6 seis|7 sete|8 oito|9 nove|10 dez|11 onze|12 doze|12 uma duzia|13 treze|14 catorze|15 quinze|16 dezasseis|16 dezesseis|17 dezassete|17 dezessete|18 dezoito|19 dezanove|19 dezenove|20 vinte|30 trinta|40 quarenta|50 cinquenta",
};

const fractions: Readonly<Record<Language, string>> = {
  en: "50 half|50 one half|33.3333 a third of|33.3333 one third of|66.6667 two thirds|25 a quarter of|25 one quarter of|75 three quarters of|75 three quarters|20 a fifth of|20 one fifth of|40 two fifths|60 three fifths|80 four fifths|10 a tenth of|10 one tenth of",
  de: "50 die halfte|33.3333 ein drittel|66.6667 zwei drittel|25 ein viertel|75 drei viertel|75 dreiviertel|20 ein funftel|40 zwei funftel|60 drei funftel|80 vier funftel|10 ein zehntel",
  fr: "50 la moitie|33.3333 un tiers|33.3333 le tiers|66.6667 deux tiers|66.6667 les deux tiers|25 un quart|25 le quart|75 trois quarts|75 les trois quarts|20 un cinquieme|10 un dixieme",
  es: "50 la mitad|33.3333 un tercio|66.6667 dos tercios|25 un cuarto|25 una cuarta parte|25 la cuarta parte|33.3333 una tercera parte|33.3333 la tercera parte|75 tres cuartos|75 tres cuartas partes|20 una quinta parte|20 un quinto|10 una decima parte",
  pt: "50 metade|50 a metade|33.3333 um terco|66.6667 dois tercos|25 um quarto|75 tres quartos|20 um quinto|10 um decimo",
};

const multiples: Readonly<Record<Language, string>> = {
  en: "2 doubled|2 doubling|2 twice|2 two times|3 three times|4 four times|3 tripled|3 trebled|4 quadrupled|0.5 halved|0.5 halving|0.5 half as much|0.5 half as many|0.5 half as high",
  de: "2 verdoppelte|2 verdoppelten|2 verdoppelt|2 verdoppelung|2 doppelt|2 zweimal|3 dreimal|4 viermal|3 verdreifachte|3 verdreifacht|3 verdreifachten|4 vervierfachte|4 vervierfacht|0.5 halbierte|0.5 halbierten|0.5 halbiert|0.5 halb",
  fr: "2 double|2 doublee|2 doubles|2 doublees|2 deux fois|3 trois fois|4 quatre fois|3 triple|3 triplee|4 quadruple|0.5 deux fois moins|0.5 ete divise par deux|0.5 ete divisee par deux|0.5 ete divisees par deux|0.5 ete divises par deux",
  es: "2 duplico|2 duplicaron|2 duplicado|2 el doble|2 doble|3 el triple|3 triplico|3 triplicaron|4 cuadruplico|0.5 redujo a la mitad|0.5 redujeron a la mitad|0.5 la mitad de|0.5 la mitad que",
  pt: "2 duplicou|2 duplicaram|2 dobrou|2 dobraram|2 o dobro|3 triplicou|3 triplicaram|3 o triplo|4 quadruplicou|0.5 caiu para metade|0.5 cairam para metade|0.5 reduziu se a metade|0.5 reduziram se a metade|0.5 metade de|0.5 caiu pela metade",
};

export type NumberWord = {
  readonly form: "number" | "fraction" | "multiple";
  readonly value: number;
  readonly length: number;
};

type Phrase = {
  readonly words: readonly string[];
  readonly value: number;
  readonly form: NumberWord["form"];
};

function phrasesOf(text: string, form: Phrase["form"]): Phrase[] {
  return text.split("|").map((entry) => {
    const [value, ...words] = entry.split(" ");
    return { words, value: Number(value), form };
  });
}

const byLanguage = new Map(
  (Object.keys(counts) as Language[]).map((language) => {
    const all = [
      ...phrasesOf(multiples[language], "multiple"),
      ...phrasesOf(fractions[language], "fraction"),
      ...phrasesOf(counts[language], "number"),
    ].sort((a, b) => b.words.length - a.words.length);
    return [language, Map.groupBy(all, ({ words }) => words[0]!)] as const;
  }),
);

/** The number that the words from `at` on say: a count, a part, or a multiple. */
export function numberWordAt(
  words: readonly string[],
  at: number,
  language: Language,
): NumberWord | undefined {
  const found = byLanguage
    .get(language)
    ?.get(words[at]!)
    ?.find((each) => each.words.every((word, index) => words[at + index] === word));
  return found && { form: found.form, value: found.value, length: found.words.length };
}
