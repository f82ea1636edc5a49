/** True where a text may be cut: not inside a surrogate pair, a combining sequence, an emoji sequence or a CR LF. */
export function mayCut(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const next = text.codePointAt(at)!;
  if (next >= 0xdc00 && next <= 0xdfff) return false;
  const rest = String.fromCodePoint(next);
  if (/\p{M}|\p{Emoji_Modifier}|\u200d/u.test(rest)) return false;
  const before = text[at - 1]!;
  if (before === "\u200d" || (before === "\r" && rest === "\n")) return false;
  return !(isFlagHalf(next) && flagHalvesBefore(text, at) % 2 === 1);
}

function isFlagHalf(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

function flagHalvesBefore(text: string, at: number): number {
  let count = 0;
  // No more than 32, to stay linear on a text of flags only.
  for (let place = at - 2; place >= 0 && count < 32 && isFlagHalf(text.codePointAt(place)!); place -= 2)
    count++;
  return count;
}

/** The nearest place at or behind `at` where the text may be cut. */
export function cutBehind(text: string, at: number): number {
  let place = Math.max(0, Math.min(text.length, at));
  while (!mayCut(text, place)) place++;
  return place;
}

/** The places between the characters that a reader sees, with both ends. */
export function cutsOf(text: string): number[] {
  const cuts: number[] = [];
  for (let at = 0; at <= text.length; at++) if (mayCut(text, at)) cuts.push(at);
  return cuts;
}

/** True where a stretch doesn't begin or end inside a word of a script that puts spaces between words. */
export function isWholeWords(text: string, start: number, end: number): boolean {
  return !isInsideWord(text, start) && !isInsideWord(text, end);
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const wordLetter = /[\p{L}\p{N}\p{M}_]/u;

/** True where a letter or digit of one spaced word stands on both sides. */
export function isInsideWord(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const before = letterBefore(text, at);
  const after = String.fromCodePoint(text.codePointAt(at)!);
  return wordLetter.test(before) && wordLetter.test(after) && !unspaced.test(before) && !unspaced.test(after);
}

function letterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  const low = unit >= 0xdc00 && unit <= 0xdfff && at > 1;
  return text.slice(low ? at - 2 : at - 1, at);
}
