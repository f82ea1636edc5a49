/** A paragraph to lay out, its text with line breaks as `\n`. */
export type FitParagraph = {
  readonly text: string;
  /** In points. */
  readonly fontSize: number;
  /** Left out at the first line's start and kept free on all others too, in points. Defaults to 0. */
  readonly indent?: number;
  /** Lines' distance as a multiple of the usual one. Defaults to 1. */
  readonly lineSpacing?: number;
  /** Space before and behind, in points. Defaults to 0. */
  readonly space?: number;
};

/** How a text is made smaller: shares of its font size, and of its lines' distance that is taken away. */
export type FitScale = { readonly font: number; readonly lineReduction: number };

/** The steps in which PowerPoint makes text smaller, down to 60 %. */
export const fitScales: readonly FitScale[] = [
  { font: 1, lineReduction: 0 },
  { font: 1, lineReduction: 0.1 },
  { font: 0.925, lineReduction: 0.1 },
  { font: 0.925, lineReduction: 0.2 },
  { font: 0.85, lineReduction: 0.2 },
  { font: 0.775, lineReduction: 0.2 },
  { font: 0.7, lineReduction: 0.2 },
  { font: 0.625, lineReduction: 0.2 },
];

/**
 * Average advance in shares of the font size, measured on usual sans-serif fonts. Wide enough for bold text to come out
 * a little short, as boxes leave some air.
 */
function characterWidth(code: number, character: string): number {
  if (code < 0x80) {
    if (code === 32) return 0.27;
    if (code >= 48 && code <= 57) return 0.55;
    if ("iljtfrI.,:;'|!()[]-`".includes(character)) return 0.31;
    if ("mwMW@%".includes(character)) return 0.86;
    return code >= 65 && code <= 90 ? 0.66 : 0.53;
  }
  if (/\p{M}|\p{Cf}/u.test(character)) return 0;
  if (isWide(code)) return 1;
  if (code >= 0x590 && code < 0x900) return 0.48;
  if (code >= 0x900 && code < 0xe00) return 0.6;
  if (code >= 0xe00 && code < 0xf00) return 0.52;
  if (/\p{Lu}/u.test(character)) return 0.68;
  return code >= 0x400 && code < 0x530 ? 0.57 : 0.54;
}

/** True for what takes a square: Chinese, Japanese, Korean, full-width signs, emoji. Lines break behind each. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code < 0x1160) ||
    (code >= 0x2e80 && code < 0xa4d0) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    (code >= 0xf900 && code < 0xfb00) ||
    (code >= 0xfe30 && code < 0xfe70) ||
    (code >= 0xff00 && code < 0xff61) ||
    code >= 0x1f300
  );
}

/** Width of a text in one line, in points, by average widths of characters; no font is looked at. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0)!, character);
  return width * fontSize;
}

/** How many lines a text takes in a width of so many points. */
export function lineCount(text: string, width: number, fontSize: number): number {
  return text
    .split(/[\n\v]/)
    .reduce((sum, line) => sum + linesOf(line, Math.max(width, fontSize), fontSize), 0);
}

function linesOf(line: string, width: number, fontSize: number): number {
  let lines = 1;
  let used = 0;
  // Words with the spaces behind them, which may hang over the edge; wide characters are words of their own.
  for (const [word] of line.matchAll(
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|[^\s\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]+|\s+/gu,
  )) {
    const wide = textWidth(word, fontSize);
    if (/^\s/.test(word)) {
      used += wide;
      continue;
    }
    if (used > 0 && used + wide > width) {
      lines++;
      used = 0;
    }
    // A word longer than the line is broken.
    if (wide > width) lines += Math.ceil(wide / width) - 1;
    used += wide > width ? wide % width : wide;
  }
  return lines;
}

/** Height of a text in a box of that width, in points. */
export function textHeight(
  paragraphs: readonly FitParagraph[],
  width: number,
  scale: FitScale = fitScales[0]!,
): number {
  return paragraphs.reduce((sum, { text, fontSize, indent = 0, lineSpacing = 1, space = 0 }) => {
    const size = fontSize * scale.font;
    const spacing = Math.max(0.5, lineSpacing - scale.lineReduction);
    return (
      sum + lineCount(text, width - indent, size) * size * 1.2 * spacing + space * (1 - scale.lineReduction)
    );
  }, 0);
}

/** The largest scale, not above `from`, at which the text takes no more than `height`; undefined when none does. */
export function fitScale(
  paragraphs: readonly FitParagraph[],
  box: { readonly width: number; readonly height: number },
  from: FitScale = fitScales[0]!,
): FitScale | undefined {
  return fitScales
    .filter(
      ({ font, lineReduction }) => font <= from.font && lineReduction >= Math.min(from.lineReduction, 0.2),
    )
    .find((scale) => textHeight(paragraphs, box.width, scale) <= box.height);
}
