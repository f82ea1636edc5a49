import type { LineGroup } from "./line-rows.ts";
import type { Line } from "./page-lines.ts";

/** A paragraph of lines, or a row of cells. */
export type PdfBlock =
  | { readonly kind: "text"; readonly lines: readonly Line[]; readonly isLabelled: boolean }
  | (LineGroup & { readonly kind: "row" });

type Open = { readonly lines: Line[]; readonly isLabelled: boolean };

/** Joins the lines of a page to paragraphs. */
export function joinGroups(groups: readonly LineGroup[]): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  const margin = rightMargins(groups.flatMap((group) => (group.kind === "line" ? [group.line] : [])));
  let open: Open | undefined;
  let spacing: number | undefined;
  for (const group of groups) {
    if (group.kind === "row") {
      blocks.push(group);
      open = undefined;
      continue;
    }
    const { line, isLabelled } = group;
    const last = open?.lines.at(-1);
    const isItem = isLabelled && !(open !== undefined && last !== undefined && isByChance(open, last, line));
    if (
      open !== undefined &&
      last !== undefined &&
      !isItem &&
      isSameParagraph(open, last, line, spacing, margin)
    ) {
      if (spacing === undefined && last.size === line.size) spacing = line.y - last.y;
      open.lines.push(line);
      continue;
    }
    open = { lines: [line], isLabelled };
    spacing = undefined;
    blocks.push({ kind: "text", ...open });
  }
  return blocks;
}

/** Joins a paragraph that runs on over the end of a page or column; it begins in small letters there. */
export function joinOverPages(blocks: readonly PdfBlock[]): PdfBlock[] {
  const joined: PdfBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (
      last?.kind === "text" &&
      block.kind === "text" &&
      runsOn(last.lines, block.lines) &&
      !block.isLabelled
    ) {
      joined[joined.length - 1] = { ...last, lines: [...last.lines, ...block.lines] };
    } else joined.push(block);
  }
  return joined;
}

function runsOn(before: readonly Line[], after: readonly Line[]): boolean {
  const [last, first] = [before.at(-1)!, after[0]!];
  const isBreak = last.page !== first.page || first.y < last.y;
  if (!isBreak || last.isTurned || first.isTurned || !isSameSize(last, first)) return false;
  if ((last.tag?.role ?? "text") !== (first.tag?.role ?? "text")) return false;
  return !/[.!?:;…]["'”’»)\]]?$/.test(last.text) && /^\p{Ll}/u.test(first.text);
}

function isSameSize(a: Line, b: Line): boolean {
  return Math.abs(a.size - b.size) <= Math.max(a.size, b.size) * 0.06;
}

function isSameParagraph(
  open: Open,
  last: Line,
  line: Line,
  spacing: number | undefined,
  margin: (line: Line) => number,
): boolean {
  if (last.tag !== undefined || line.tag !== undefined) return last.tag?.block === line.tag?.block;
  if (last.isTurned || line.isTurned) return last.isTurned && line.isTurned && last.size === line.size;
  if (!isSameSize(last, line)) return false;
  const gap = line.y - last.y;
  // Beside the last line: two pieces of one line that a wide gap parts.
  if (Math.abs(gap) < line.size * 0.4) return line.left > last.right;
  if (gap < 0 || gap > Math.min(line.size * 2.2, (spacing ?? line.size * 1.75) * 1.2)) return false;
  const indent = line.left - last.left;
  const isFirst = open.lines.length === 1;
  if (indent > line.size * 0.8 && !(isFirst && open.isLabelled)) return false;
  if (line.right <= last.left || line.left >= last.right) return false;
  return isFull(last, line, margin);
}

/**
 * True when what looks like a list's number is part of a sentence, because the line was broken there: `pp. 96-` and
 * `99.`, `by J.` and `M. Smith`. Where the paragraph goes on is then decided as for any other line.
 */
function isByChance(open: Open, last: Line, line: Line): boolean {
  if (line.tag !== undefined && last.tag?.block === line.tag.block) return true;
  return !open.isLabelled && /^\p{L}\.|^\d+\./u.test(line.text) && !/[.:;!?]$/.test(last.text);
}

/** False when the next line's first word would still have had room: then somebody ended the line on purpose. */
function isFull(last: Line, next: Line, margin: (line: Line) => number): boolean {
  const word = /^\S+/.exec(next.text)?.[0].length ?? 0;
  const letter = (next.right - next.left) / Math.max(1, next.text.length);
  const room = margin(last) - last.right;
  // Between two sentences even a little room speaks for a new paragraph; within one it may be ragged type.
  const isSentenceEnd = /[.!?:]["'”’»)\]]?$/.test(last.text) && /^[^\p{Ll}]/u.test(next.text);
  return isSentenceEnd ? room < letter * (word + 0.5) : room < letter * (word + 1) * 1.25 + last.size;
}

/** Where the text around a line ends on the right: the farthest of the lines that begin near it. */
function rightMargins(lines: readonly Line[]): (line: Line) => number {
  const STEP = 40;
  const edges = new Map<number, number>();
  const note = (bucket: number, right: number): void => {
    edges.set(bucket, Math.max(edges.get(bucket) ?? Number.NEGATIVE_INFINITY, right));
  };
  for (const line of lines) {
    const bucket = Math.floor(line.left / STEP);
    for (const near of [bucket - 1, bucket, bucket + 1]) note(near, line.right);
  }
  return (line) => edges.get(Math.floor(line.left / STEP)) ?? line.right;
}
