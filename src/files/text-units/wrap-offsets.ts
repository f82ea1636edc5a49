import { columnsOf, isIdeographic } from "./line-width.ts";

/** Where a text goes on in a new line: in place of the blank at the offset, or before the character there. */
export type LineBreaks = ReadonlyMap<number, "replace" | "insert">;

export type WrapOptions = {
  /** Most columns of a line, where words allow it. */
  readonly columns: number;
  /** Columns of codes by their offset. */
  readonly codes?: ReadonlyMap<number, number>;
  /** Offsets at which a line ends anyway. */
  readonly lineEnds?: ReadonlySet<number>;
  /** Whether a line may end between two ideographs. Defaults to true. */
  readonly splitsIdeographs?: boolean;
  /** Whether a line may begin so. Defaults to always. */
  readonly mayStart?: (rest: string) => boolean;
};

/** Breaks that fill lines up to a width. */
export function wrapOffsets(text: string, options: WrapOptions): LineBreaks {
  const breaks = new Map<number, "replace" | "insert">();
  let column = 0;
  let last: { offset: number; column: number } | undefined;
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    if (options.lineEnds?.has(at)) {
      column = 0;
      last = undefined;
    } else if (mayBreakAt(text, at, options)) last = { offset: at, column };
    column += columnsOf(character) + (options.codes?.get(at) ?? 0);
    if (column > options.columns && last !== undefined && character !== " ") {
      const isBlank = text[last.offset] === " ";
      breaks.set(last.offset, isBlank ? "replace" : "insert");
      column -= last.column + (isBlank ? 1 : 0);
      last = undefined;
    }
    at += character.length;
  }
  return breaks;
}

/** At most one break, at the place that makes both lines most alike; behind a stop or a comma if that costs little. */
export function halveOffsets(text: string, columns: number): LineBreaks {
  const total = columnsOf(text);
  if (total <= columns) return new Map();
  let best: { offset: number; cost: number } | undefined;
  for (let at = 1; at < text.length; at++) {
    if (!mayBreakAt(text, at, { columns })) continue;
    const before = columnsOf(text.slice(0, at));
    const isAfterStop = /[.,;:!?、。，；！？…—–]$/u.test(text.slice(0, at));
    const over = Math.max(0, Math.max(before, total - before) - columns);
    const cost = Math.abs(total - 2 * before) + over * 4 - (isAfterStop ? columns / 4 : 0);
    if (best === undefined || cost < best.cost) best = { offset: at, cost };
  }
  if (best === undefined) return new Map();
  return new Map([[best.offset, text[best.offset] === " " ? "replace" : "insert"]]);
}

/** Marks that no East Asian line begins or ends with. */
const notFirst =
  /^[、。，．・：；？！）］｝〉》」』】〕”’…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.!?;:)\]}%]/u;
const notLast = /[（［｛〈《「『【〔“‘([{]$/u;

function mayBreakAt(text: string, at: number, options: WrapOptions): boolean {
  if (at === 0) return false;
  const isBlank = text[at] === " ";
  const rest = text.slice(at + (isBlank ? 1 : 0), at + 40);
  if (rest === "" || (options.mayStart !== undefined && !options.mayStart(rest))) return false;
  const [before, after] = [text[at - 1], rest[0]];
  if (isBlank) return options.splitsIdeographs !== false || !(isIdeographic(before) && isIdeographic(after));
  if (options.splitsIdeographs === false) return false;
  return (
    (isIdeographic(before) || isIdeographic(after)) &&
    before !== " " &&
    !notFirst.test(rest) &&
    !notLast.test(text.slice(at - 1, at))
  );
}
