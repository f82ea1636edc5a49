/** Advance widths of Helvetica and the fonts made to its measure (Arial, Liberation Sans), from space to tilde, in 1/1000 em. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** About how wide a line of text is, in the unit of the font's size: enough to lay out a picture without any font. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return (width * fontSize) / 1000;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!;
  const known = widths[code - 32];
  if (known !== undefined) return known;
  if (/\p{M}|\p{Cf}/u.test(character)) return 0;
  // Chinese, Japanese, Korean and pictographs are as wide as high.
  return code >= 0x1100 &&
    /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|\p{Extended_Pictographic}/u.test(character)
    ? 1000
    : 600;
}
