import type { CodedTarget } from "../units/types.ts";
import { columnsOf, lineJoint } from "./line-width.ts";
import type { TextBlock, WrittenBlock } from "./text-block.ts";
import { wrapOffsets } from "./wrap-offsets.ts";

type Line = { readonly start: number; readonly text: string; readonly number: number };

const listMark = /^[ \t]*(?:[-*+•‣◦–—][ \t]+|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)][ \t]+)/;
/** What stands before a line's text: indentation, quotation marks of mails, the mark of a list. */
const linePrefix = /^[ \t>]*(?:[-*+•‣◦–—][ \t]+|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)][ \t]+)?/;

/** Lines shorter than this are no wrapped text. */
const leastWidth = 45;

/**
 * The paragraphs of a plain text: lines that were wrapped are one unit, other lines (of a list, an address, a table) a unit
 * each, and stretches parted by tabs or three blanks too.
 */
export function plainBlocks(source: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let paragraph: Line[] = [];
  const flush = (): void => {
    for (const lines of joinWrapped(paragraph)) blocks.push(...blocksOf(lines, source, blocks.length));
    paragraph = [];
  };
  for (const line of linesOf(source)) {
    if (/[\p{L}\p{N}]/u.test(line.text)) paragraph.push(line);
    else flush();
  }
  flush();
  return blocks;
}

function linesOf(source: string): Line[] {
  return [...source.matchAll(/([^\r\n]*)(?:\r?\n|\r|$)/g)].map((match, index) => ({
    start: match.index,
    text: match[1]!,
    number: index + 1,
  }));
}

/** The lines of a paragraph, those together that were one before they were wrapped. */
function joinWrapped(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  const width = Math.max(0, ...lines.map(({ text }) => columnsOf(text)));
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    if (previous !== undefined && goesOn(previous, line, width)) groups.at(-1)!.push(line);
    else groups.push([line]);
  });
  return groups;
}

/** True when the next line's first word had no room any more, and the next line begins nothing new. */
function goesOn(line: Line, next: Line, width: number): boolean {
  if (width < leastWidth || width > 200 || listMark.test(next.text) || isTabular(line) || isTabular(next))
    return false;
  const quotes = (text: string): string => /^[ \t>]*/.exec(text)![0].replace(/[^>]/g, "");
  if (quotes(line.text) !== quotes(next.text)) return false;
  const word = /^[ \t>]*(\S*)/.exec(next.text)![1]!;
  const needed = lineJoint(line.text.trimEnd(), word) === "" ? 2 : columnsOf(word) + 1;
  return columnsOf(line.text.trimEnd()) + needed > width;
}

function isTabular({ text }: Line): boolean {
  return /\S(?:\t+| {3,})\S/.test(text);
}

function blocksOf(lines: readonly Line[], source: string, count: number): TextBlock[] {
  const first = lines[0]!;
  const place = `line ${first.number}`;
  if (lines.length === 1 && isTabular(first)) {
    const cells = [...first.text.matchAll(/\S(?:(?!\t| {3,}).)*/g)];
    return cells.map((cell, index) =>
      single(cell[0].trimEnd(), first.start + cell.index, `#${count + index + 1}`, place),
    );
  }
  const prefix = linePrefix.exec(first.text)![0];
  const start = first.start + prefix.length;
  if (lines.length === 1)
    return [single(first.text.slice(prefix.length).trimEnd(), start, `#${count + 1}`, place)];
  return [wrapped(lines, prefix, source, `#${count + 1}`, place)];
}

function single(text: string, start: number, id: string, place: string): TextBlock {
  return {
    unit: { id, kind: "paragraph", place, text, spans: [], atoms: [] },
    start,
    end: start + text.length,
    write: (target) => ({ text: target.text }),
  };
}

function wrapped(
  lines: readonly Line[],
  prefix: string,
  source: string,
  id: string,
  place: string,
): TextBlock {
  const [first, second, last] = [lines[0]!, lines[1]!, lines.at(-1)!];
  const next = /^[ \t>]*/.exec(second.text)![0];
  let text = first.text.slice(prefix.length).trimEnd();
  for (const line of lines.slice(1)) {
    const more = line.text.replace(/^[ \t>]*/, "").trimEnd();
    text += lineJoint(text, more) + more;
  }
  const columns = Math.max(...lines.map((line) => columnsOf(line.text.trimEnd()))) - columnsOf(next);
  const eol = /\r?\n|\r/.exec(source.slice(first.start))?.[0] ?? "\n";
  return {
    unit: { id, kind: "paragraph", place, text, spans: [], atoms: [] },
    start: first.start + prefix.length,
    end: last.start + last.text.trimEnd().length,
    write: (target) => writeWrapped(target, columns, eol + next),
  };
}

function writeWrapped(target: CodedTarget, columns: number, lineBreak: string): WrittenBlock {
  const breaks = wrapOffsets(target.text, {
    columns,
    mayStart: (rest) => !listMark.test(rest) && !rest.startsWith(">"),
  });
  let text = "";
  let at = 0;
  for (const [offset, kind] of [...breaks].sort(([a], [b]) => a - b)) {
    text += target.text.slice(at, offset) + lineBreak;
    at = offset + (kind === "replace" ? 1 : 0);
  }
  return { text: text + target.text.slice(at) };
}
