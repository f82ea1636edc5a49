import { normaliseText } from "./normalise-text.ts";

/** Words, or single characters where a suggestion begins or ends inside a word. */
export type Grain = "words" | "characters";

/** A word, number, space or mark of a text. `weight` is how much it says about where we are, 1 for a word. */
export type Token = {
  readonly text: string;
  readonly plain: string;
  readonly weight: number;
  readonly kind: "word" | "space" | "sign" | "mark";
};

const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}_]+|\s+|./gsu;
const isSpace = /^\s+$/u;
const isWord = /^[\p{L}\p{M}\p{N}_]/u;

/** A paragraph's end. */
export const paragraphEnd: Token = { text: "\n", plain: "¶", weight: 0.4, kind: "mark" };

export function tokenise(text: string, grain: Grain): Token[] {
  const found = grain === "characters" ? [...text] : (text.match(word) ?? []);
  return found.map((each) => tokenOf(each, grain));
}

function tokenOf(text: string, grain: Grain): Token {
  if (isSpace.test(text)) return { text, plain: " ", weight: 0.15, kind: "space" };
  const plain = normaliseText(text);
  if (isWord.test(text)) return { text, plain, weight: grain === "words" ? 1 : 0.35, kind: "word" };
  return { text, plain, weight: grain === "words" ? 0.5 : 0.3, kind: "sign" };
}

/** True when cutting the text between these two would cut a word. */
export function cutsWord(left: string, right: string): boolean {
  return /[\p{L}\p{M}\p{N}_]$/u.test(left) && isWord.test(right);
}
