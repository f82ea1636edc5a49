import { superscript } from "../superscript.ts";
import type { PdfItem, PdfPage, PdfTag } from "./pdf-page.ts";

/** A stretch of text on one base line without a wide gap in it. */
export type Line = {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly isTurned: boolean;
  readonly tag?: PdfTag;
};

/** A gap wider than this many font sizes parts columns and cells; one wider than the second is a blank. */
const WIDE_GAP = 1.8;
const BLANK = 0.18;

/** The lines of a page, in the order of drawing. */
export function pageLines(page: PdfPage): Line[] {
  const lines: Line[] = [];
  let open: PdfItem[] = [];
  let last: PdfItem | undefined;
  const close = (): void => {
    const line = lineOf(open, page.number);
    if (line !== undefined) lines.push(line);
    open = [];
  };
  for (const item of page.items) {
    // pdf.js fills gaps with blanks of any width; a blank that is one shows as a gap between its neighbours.
    if (item.text.trim() === "") continue;
    // Some programs draw text twice to make it bold.
    if (last !== undefined && isDrawnTwice(last, item)) continue;
    if (last !== undefined && !goesOn(open, last, item)) close();
    open.push(item);
    last = item;
  }
  close();
  return lines;
}

function isDrawnTwice(a: PdfItem, b: PdfItem): boolean {
  return a.text === b.text && Math.abs(a.left - b.left) < 1 && Math.abs(a.y - b.y) < 1;
}

function goesOn(open: readonly PdfItem[], last: PdfItem, next: PdfItem): boolean {
  const first = open[0];
  if (first === undefined || last.tag?.block !== next.tag?.block) return first === undefined;
  if (last.isTurned || next.isTurned) return last.isTurned && next.isTurned && last.size === next.size;
  const size = Math.max(last.size, next.size, first.size);
  // Raised and lowered characters are smaller and off the base line.
  const isSmaller = Math.min(last.size, next.size) < size * 0.8;
  if (Math.abs(next.y - first.y) > size * (isSmaller ? 0.6 : 0.3)) return false;
  if (next.isRightToLeft || last.isRightToLeft) return true;
  const gap = next.left - last.right;
  return gap > -size * 0.6 && gap < size * WIDE_GAP;
}

function isRaised(item: PdfItem, main: PdfItem): boolean {
  return item.size < main.size * 0.8 && item.y < main.y - main.size * 0.15;
}

function lineOf(items: readonly PdfItem[], page: number): Line | undefined {
  const main = items.reduce<PdfItem | undefined>(
    (best, item) => (best === undefined || item.text.trim().length > best.text.trim().length ? item : best),
    undefined,
  );
  if (main === undefined) return undefined;
  let text = "";
  let before: PdfItem | undefined;
  for (const item of items) {
    const isApart = before !== undefined && Math.abs(item.left - before.right) > item.size * BLANK;
    if (isApart && !text.endsWith(" ") && !/^\s/.test(item.text)) text += " ";
    // At the start of a line it is a footnote's own number.
    text += before !== undefined && isRaised(item, main) ? superscript(item.text) : item.text;
    before = item;
  }
  return {
    page,
    text: text.trim(),
    left: items.reduce((least, item) => Math.min(least, item.left), Number.POSITIVE_INFINITY),
    right: items.reduce((most, item) => Math.max(most, item.right), Number.NEGATIVE_INFINITY),
    y: main.y,
    size: main.size,
    isTurned: main.isTurned,
    ...(main.tag !== undefined && { tag: main.tag }),
  };
}
