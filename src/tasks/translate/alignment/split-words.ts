/** A word, number or mark of a text with its place in it, in UTF-16 units. */
export type Word = {
  /** Lower-cased and compatibility-normalised (`ＡＢ` is `ab`). */
  readonly whole: string;
  /** What the aligner counts: without accents on Latin letters and cut after six letters, which stands in for inflection. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

const stemLength = 6;
const unspacedLetters =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々";
const pieces = new RegExp(`[${unspacedLetters}]+|[\\p{L}\\p{N}\\p{M}_]+|[^\\s\\p{L}\\p{N}\\p{M}_]`, "gu");
const unspaced = new RegExp(`^[${unspacedLetters}]`, "u");
// Korean particles are written onto the word, but formatting stops before them.
const particle = /(?:에서는|으로|에서|에게|까지|부터|하고|처럼|보다|[은는이가을를에의와과로도만])$/u;
const hangul = /^\p{Script=Hangul}+$/u;
// One dictionary in ICU serves all of them, so the language makes no difference here.
let segmenter: Intl.Segmenter | undefined;

function wordAt(text: string, start: number): Word {
  const whole = text.normalize("NFKC").toLowerCase();
  return { whole, stem: stemOf(whole), start, end: start + text.length };
}

function stemOf(whole: string): string {
  if (/^[a-z\d]*$/.test(whole)) return whole.slice(0, stemLength);
  const plain = whole
    .normalize("NFD")
    .replace(/(?<=[a-z])\p{M}+/gu, "")
    .normalize("NFC");
  return plain.slice(0, stemLength);
}

function spacedWords(text: string, start: number): Word[] {
  const cut = text.length > 1 && hangul.test(text) ? text.search(particle) : -1;
  if (cut < 1) return [wordAt(text, start)];
  return [wordAt(text.slice(0, cut), start), wordAt(text.slice(cut), start + cut)];
}

/**
 * The words of a text in order; every mark is a word, scripts written without spaces are cut by a dictionary. `cuts`:
 * places where a word ends whatever follows, in order.
 */
export function splitWords(text: string, cuts: readonly number[] = []): Word[] {
  const words: Word[] = [];
  let start = 0;
  for (const end of [...cuts, text.length]) {
    words.push(...piecesOf(text.slice(start, end), start));
    start = end;
  }
  return words;
}

function piecesOf(text: string, offset: number): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(pieces)) {
    if (!unspaced.test(match[0])) {
      words.push(...spacedWords(match[0], offset + match.index));
      continue;
    }
    segmenter ??= new Intl.Segmenter("ja", { granularity: "word" });
    for (const { segment, index } of segmenter.segment(match[0]))
      words.push(wordAt(segment, offset + match.index + index));
  }
  return words;
}

/** True for a word without any letter or digit. */
export function isMark(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word);
}
