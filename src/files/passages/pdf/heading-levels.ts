import { oneLine } from "../one-line.ts";
import type { PdfBlock } from "./join-groups.ts";
import type { PdfText } from "./pdf-page.ts";

const LONGEST_HEADING = 200;

/** The level of a block of text that is a heading. */
export type HeadingLevels = (block: PdfBlock & { readonly kind: "text" }, text: string) => number | undefined;

/**
 * Headings by what the file says (tags, bookmarks), otherwise by the size of their letters: larger than the running
 * text, and rare.
 */
export function headingLevels(blocks: readonly PdfBlock[], bookmarks: PdfText["bookmarks"]): HeadingLevels {
  const texts = blocks.filter((block) => block.kind === "text");
  const isTagged = texts.some(({ lines }) => lines[0]!.tag?.role === "heading");
  const sizes = isTagged ? new Map<number, number>() : headingSizes(texts);
  return ({ lines, isLabelled }, text) => {
    const { tag, size, isTurned } = lines[0]!;
    if (tag?.role === "heading") return tag.level ?? 1;
    if (text.length > LONGEST_HEADING || isTurned) return undefined;
    const bookmark = bookmarks.get(oneLine(text)) ?? bookmarks.get(oneLine(text).replace(/^[\d.]+\s+/, ""));
    if (bookmark !== undefined && tag?.role !== "cell") return bookmark;
    const isWorded = /\p{L}{2}/u.test(text) && !/[,;]$/.test(text);
    // Numbers and letters come before headings, bullets don't.
    return isWorded && (!isLabelled || /^[\p{L}\p{N}(]/u.test(text)) ? sizes.get(roundSize(size)) : undefined;
  };
}

/** Level 1 is the largest. A size that more than a fifth of the text is set in is no heading's. */
function headingSizes(texts: readonly (PdfBlock & { readonly kind: "text" })[]): ReadonlyMap<number, number> {
  const letters = new Map<number, number>();
  let all = 0;
  for (const line of texts.flatMap(({ lines }) => lines)) {
    if (line.isTurned) continue;
    const size = roundSize(line.size);
    letters.set(size, (letters.get(size) ?? 0) + line.text.length);
    all += line.text.length;
  }
  const body = [...letters].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])[0];
  const larger = [...letters.keys()].filter((size) => size >= body * 1.12 && letters.get(size)! < all * 0.2);
  return new Map(larger.toSorted((a, b) => b - a).map((size, index) => [size, Math.min(6, index + 1)]));
}

function roundSize(size: number): number {
  return Math.round(size * 2) / 2;
}
