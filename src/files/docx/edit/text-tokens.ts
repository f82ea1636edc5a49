const token =
  /\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}(?![\p{Nd}-])|\p{Nd}+(?:[.,:/’'\u00a0\u202f]\p{Nd}+)*|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*|\s|./gsu;

/**
 * The words a comparison counts and aligns: words with their marks, numbers with their separators, ISO dates, single characters
 * of scripts without spaces, each space and each other character by itself.
 */
export function textTokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}
