import type { CodedTarget } from "../units/types.ts";
import { type CaptionFormat, captionInline, escapeCaption } from "./caption-inline.ts";
import { buildCoded, type CodedSource } from "./coded-source.ts";
import { columnsOf } from "./line-width.ts";
import { renderCoded } from "./render-coded.ts";
import type { TextBlock, WrittenBlock } from "./text-block.ts";
import { halveOffsets } from "./wrap-offsets.ts";

/** Most columns of a caption line: 42 letters, or 16 East Asian characters. */
const captionColumns = { letters: 42, ideographs: 32 };

/** The cues of a SubRip or WebVTT text; notes, styles, regions and time lines are left alone. */
export function captionBlocksOf(source: string, format: CaptionFormat): TextBlock[] {
  const lines = [...source.matchAll(/([^\r\n]*)(\r?\n|\r|$)/g)].filter(({ 0: all }) => all !== "");
  const eol = lines.find(({ 2: end }) => end !== "")?.[2] ?? "\n";
  const blocks: TextBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]![1]!;
    if (!isTiming(line)) continue;
    const first = index + 1;
    let last = first;
    while (last < lines.length && isPayload(lines[last]![1]!, lines[last + 1]?.[1])) last++;
    index = last - 1;
    if (last === first) continue;
    const start = lines[first]!.index;
    const end = lines[last - 1]!.index + lines[last - 1]![1]!.trimEnd().length;
    const time = /[\d:]+(?=[.,]\d)/.exec(line)?.[0] ?? line.trim();
    const coded = buildCoded(captionInline(source, start, end, format));
    blocks.push({
      unit: { id: `#${blocks.length + 1}`, kind: "cue", place: `cue at ${time}`, ...coded.coded },
      start,
      end,
      write: (target, slice) => writeCue(coded, target, slice, format, eol),
    });
  }
  return blocks;
}

function isTiming(line: string): boolean {
  return /\d+:\d+.*-->/.test(line);
}

/** A cue's text ends at an empty line; some files forget it before the next number and time. */
function isPayload(line: string, next: string | undefined): boolean {
  if (line.trim() === "" || isTiming(line)) return false;
  return !(/^\s*\d+\s*$/.test(line) && next !== undefined && isTiming(next));
}

function writeCue(
  coded: CodedSource,
  target: CodedTarget,
  slice: (start: number, end: number) => string,
  format: CaptionFormat,
  eol: string,
): WrittenBlock {
  const isDialogue = coded.coded.atoms.some(({ kind }) => kind === "break");
  const ideographs = columnsOf(target.text) > target.text.length * 1.4;
  const columns = ideographs ? captionColumns.ideographs : captionColumns.letters;
  const { text, painted } = renderCoded(coded, target, {
    slice,
    escape: (part) => escapeCaption(part, format),
    breaks: isDialogue ? new Map() : halveOffsets(target.text, columns),
    lineBreak: eol,
  });
  return { text, ...(painted.flagged === undefined ? {} : { flagged: painted.flagged }) };
}
