/** Of running text with headings and a footnote for most sentences, in a usual layout. */
export const WORDS_A_PAGE = 300;

const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    half: 0.5,
    a: 1,
    an: 1,
    one: 1,
    single: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    hundred: 100,
    halbe: 0.5,
    eine: 1,
    ein: 1,
    zwei: 2,
    drei: 3,
    vier: 4,
    fünf: 5,
    sechs: 6,
    zehn: 10,
    une: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    dix: 10,
    una: 1,
    uma: 1,
    dos: 2,
    duas: 2,
    tres: 3,
    três: 3,
    cuatro: 4,
    quatro: 4,
    cinco: 5,
    diez: 10,
    dez: 10,
  }),
);
const NUMBER = `\\d{1,3}(?:[,.’' ]\\d{3})+|\\d+(?:[.,]\\d+)?|${[...NUMBERS.keys()].join("|")}`;
const LENGTH = new RegExp(
  `(?<![\\p{L}\\p{N}])(${NUMBER})(?:\\s*(?:-|–|to|bis|à|a)\\s*(${NUMBER}))?[\\s-]*(?:of )?(?:a |an |full |whole )?(words?|wörtern?|worte|mots|palabras|palavras|pages?|pager|seiten?|páginas?|paragraphs?|absätze)(?!\\p{L})(?!\\s*(?:source|document|pdf|report from|\\d))`,
  "iu",
);

/** The length a text asks for, in words: `two pages`, `a one-pager`, `400-500 words`; undefined where it asks for none. */
export function lengthAsked(text: string): number | undefined {
  const match = LENGTH.exec(text);
  if (match === null) return /(?<!\p{L})one-?pager(?!\p{L})/iu.test(text) ? WORDS_A_PAGE : undefined;
  const [, from = "", to = "", unit = ""] = match;
  const low = numberOf(from);
  const amount = to === "" ? low : (low + numberOf(to)) / 2;
  const size = /^(?:w|mot|pal)/iu.test(unit) ? 1 : /^(?:para|abs)/iu.test(unit) ? 90 : WORDS_A_PAGE;
  const words = Math.round(amount * size);
  return words > 0 ? Math.min(words, 200_000) : undefined;
}

function numberOf(text: string): number {
  const word = NUMBERS.get(text.toLowerCase());
  if (word !== undefined) return word;
  if (/^\d{1,3}(?:[,.’' ]\d{3})+$/u.test(text)) return Number(text.replaceAll(/\D/gu, ""));
  return Number(text.replace(",", "."));
}
