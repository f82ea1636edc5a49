import type { Format, Paint } from "./terminal.ts";

/** A stretch of text with one look. */
export type Segment = { readonly text: string; readonly format?: Format };

export type WrapOptions = {
  /** Columns a line may fill. */
  readonly width: number;
  /** Put before every line. Defaults to nothing. */
  readonly indent?: string;
  readonly paint: Paint;
};

/**
 * Lines of at most `width` columns, broken between words; a word that is longer is cut. A line feed in the text
 * breaks as well. Each line carries its own styles, so that a pager or a scroll never shows half of one.
 */
export function wrapText(segments: readonly Segment[], options: WrapOptions): string[] {
  const { width, indent = "", paint } = options;
  const room = Math.max(width - indent.length, 8);
  const lines: Segment[][] = [[]];
  let used = 0;
  const startLine = (): void => {
    lines.push([]);
    used = 0;
  };
  for (const word of wordsOf(segments)) {
    if (word.isBreak) {
      startLine();
      continue;
    }
    const size = word.pieces.reduce((sum, piece) => sum + displayWidth(piece.text), 0);
    if (used > 0 && used + size > room) {
      startLine();
      if (word.isSpace) continue;
    }
    for (const piece of size > room ? cut(word.pieces, room) : [word.pieces]) {
      if (used > 0 && size > room) startLine();
      lines.at(-1)!.push(...piece);
      used += piece.reduce((sum, part) => sum + displayWidth(part.text), 0);
    }
  }
  return lines.map((line) => (line.length === 0 ? "" : indent + paintLine(line, paint)));
}

type Word = { readonly pieces: readonly Segment[]; readonly isSpace: boolean; readonly isBreak: boolean };

/** Runs of space and runs of not-space; a word may go over several segments. */
function wordsOf(segments: readonly Segment[]): Word[] {
  const words: Word[] = [];
  for (const { text, format } of segments) {
    for (const [piece] of text.matchAll(/\n|[^\S\n]+|\S+/g)) {
      const isBreak = piece === "\n";
      const isSpace = !isBreak && /^\s/.test(piece);
      const segment: Segment = format === undefined ? { text: piece } : { text: piece, format };
      const last = words.at(-1);
      if (last !== undefined && !isBreak && !isSpace && !last.isBreak && !last.isSpace) {
        words[words.length - 1] = { ...last, pieces: [...last.pieces, segment] };
      } else {
        words.push({ pieces: [segment], isSpace, isBreak });
      }
    }
  }
  return words;
}

/** One character a piece where a word must be cut, gathered to lines of `room` columns. */
function cut(pieces: readonly Segment[], room: number): Segment[][] {
  const lines: Segment[][] = [[]];
  let used = 0;
  for (const piece of pieces) {
    let text = "";
    const push = (): void => {
      if (text !== "") lines.at(-1)!.push({ ...piece, text });
      text = "";
    };
    for (const character of piece.text) {
      const size = displayWidth(character);
      if (used + size > room) {
        push();
        lines.push([]);
        used = 0;
      }
      text += character;
      used += size;
    }
    push();
  }
  return lines;
}

function paintLine(line: readonly Segment[], paint: Paint): string {
  const merged: Segment[] = [];
  for (const segment of line) {
    const last = merged.at(-1);
    if (last !== undefined && last.format === segment.format) {
      merged[merged.length - 1] = { ...last, text: last.text + segment.text };
    } else {
      merged.push(segment);
    }
  }
  return merged
    .map(({ text, format }) => (format === undefined ? text : paint(format, text)))
    .join("")
    .replace(/ +$/, "");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const EMPTY = /\p{Mn}|\p{Me}|\u200b|\u200d|\ufe0f/u;

/** Columns a terminal gives the text: East Asian wide characters two, combining marks none (UAX 11). */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (EMPTY.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
