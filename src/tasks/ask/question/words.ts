import { monthStem } from "./calendar.ts";

/** A word of a question: as written, in lower case without accents, and its stem. */
export type Word = { readonly said: string; readonly text: string; readonly stem: string };

const pattern =
  /\d{4}-\d{2}-\d{2}|(?<=\b\d{4}\s?)[-–](?=\s?\d{4}\b)|\d{1,2}[./]\d{1,2}[./]\d{4}|\d+(?:[.,]\d{3})+(?:[.,]\d+)?(?![\d])|\d+[.,]\d+|\d+(?:st|nd|rd|th)?(?![\p{L}\p{N}])|\p{L}[\p{L}\p{M}\p{N}]*(?:['’](?:s|t|re|ve|ll|d)(?!\p{L}))?|[\p{L}\p{N}]+|[%#$€£<>=]/gu;

/** The words and numbers of a text, in order; `12,500` is one, `Women's` is `women`. */
export function wordsOf(text: string): Word[] {
  return [...text.normalize("NFC").matchAll(pattern)].map(([said]) => {
    const plain = said.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
    // `2017–2019` is from 2017 to 2019.
    const word = /^[-–]$/.test(plain) ? "to" : plain.replace("’", "'").replace(/'s$/, "");
    return { said, text: word, stem: stemOf(word) };
  });
}

/** What a word has in common with its other forms: plural and past forms lose their ends, months are cut to three letters. */
export function stemOf(word: string): string {
  if (/\d/.test(word) || word.length < 4) return word;
  const month = monthStem(word);
  if (month !== undefined) return month;
  return word
    .replace(/ies$/, "y")
    .replace(/(ss|us|is)$/, "$1#")
    .replace(/(ch|sh|x|z|s)es$/, "$1")
    .replace(/s$/, "")
    .replace(/#$/, "")
    .replace(/(?<=[a-z]{3})(ing|ed)$/, "")
    .replace(/([^aeiouls])\1$/, "$1")
    .replace(/(?<=[a-z]{3})e$/, "");
}

/** The stems of a text joined by spaces: equal for texts that say the same words. */
export function keyOf(text: string): string {
  return wordsOf(text)
    .map(({ stem }) => stem)
    .join(" ");
}

const smallNumbers =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty`.split(/\s+/);

/** The number that a word stands for: `1,200`, `12.5`, `seven`; undefined for all others. */
export function numberOfWord(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(word)) return Number(word.replaceAll(",", ""));
  if (/^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$/.test(word))
    return Number(word.replaceAll(".", "").replace(",", "."));
  if (/^\d+[.,]\d+$/.test(word)) return Number(word.replace(",", "."));
  const scaled = /^(\d+)(k|m|mio)$/.exec(word);
  if (scaled !== null) return Number(scaled[1]) * (scaled[2] === "k" ? 1e3 : 1e6);
  const index = smallNumbers.indexOf(word);
  return index < 0 ? undefined : index;
}

/** Words that say nothing about what is asked for: a question is understood without them. */
export const idleWords: ReadonlySet<string> = new Set(
  `a an and any are as at be been being by can could did do does done for from had has have having he her here his how
  i if in into is it its just me my of on one or our please she shown so that the their them there these they this those
  to was we were all what what's when where which who who's whom whose will with would you your table chart sheet file
  workbook spreadsheet show tell give find name compute calculate get us according list listed please row rows column
  columns value values entry entries record records data overview s hi hello thanks want know like see need
  still currently now made make got come came comes coming go went gone happen happened occur occurred exist exists
  existing contain contains include included appear appears appeared work works working worked live lives living lived
  based located employed total number amount`.split(/\s+/),
);
