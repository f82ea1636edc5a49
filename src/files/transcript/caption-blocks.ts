/** One timed block of a caption file: WebVTT, SubRip or the blocks in a Teams document. */
export type CaptionBlock = {
  /** Line number of the timing line, from 1. */
  readonly line: number;
  readonly time: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly lines: readonly string[];
};

/** A run of lines that belongs to no block. */
export type StrayLine = { readonly line: number; readonly text: string };

export type CaptionBlocks = {
  readonly blocks: readonly CaptionBlock[];
  readonly stray: readonly StrayLine[];
};

const TIME = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?$/;
const COMMENT = /^(?:NOTE|STYLE|REGION)(?:\s|$)/;
const ID = /^(?:\d{1,9}|[\w{}.-]{1,80}\/\d{1,9}-\d{1,9})$/;

/**
 * Seconds of a caption's time. Teams writes `0:0:2.90` without leading zeros, where the fraction is a number of
 * milliseconds (2.090 s); it is told by its one-digit hour.
 */
export function captionSeconds(text: string): number | undefined {
  const found = TIME.exec(text.trim());
  if (found === null) return undefined;
  const [, hours, minutes, seconds, fraction] = found;
  if (Number(seconds) > 60 || (hours !== undefined && Number(minutes) > 59)) return undefined;
  const isUnpadded = hours?.length === 1 && fraction !== undefined && fraction.length <= 3;
  const part = fraction === undefined ? 0 : isUnpadded ? Number(fraction) / 1000 : Number(`0.${fraction}`);
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) + part;
}

/**
 * Cuts lines into blocks at their timing lines (`start --> end settings`). A block ends at an empty line, as both
 * formats say, or at the next timing line, for files that forgot the empty line.
 */
export function captionBlocks(lines: readonly string[], from: number = 0): CaptionBlocks {
  const blocks: CaptionBlock[] = [];
  const stray: StrayLine[] = [];
  let index = from;
  while (index < lines.length) {
    const text = lines[index] ?? "";
    if (COMMENT.test(text)) {
      while (index < lines.length && (lines[index] ?? "").trim() !== "") index += 1;
    } else if (text.includes("-->")) {
      const payloadEnd = endOfPayload(lines, index + 1);
      blocks.push(readBlock(lines, index, payloadEnd));
      index = payloadEnd;
    } else {
      const isId = (lines[index + 1] ?? "").includes("-->") || ID.test(text.trim());
      if (text.trim() !== "" && !isId) stray.push({ line: index + 1, text });
      index += 1;
    }
  }
  return { blocks, stray };
}

function readBlock(lines: readonly string[], at: number, payloadEnd: number): CaptionBlock {
  const timing = (lines[at] ?? "").slice(0, 300);
  const arrow = timing.indexOf("-->");
  const time = timing.slice(0, arrow).trim();
  const end =
    timing
      .slice(arrow + 3)
      .trim()
      .split(/\s/)[0] ?? "";
  return {
    line: at + 1,
    time,
    start: captionSeconds(time),
    end: captionSeconds(end),
    lines: lines.slice(at + 1, payloadEnd),
  };
}

function endOfPayload(lines: readonly string[], from: number): number {
  let index = from;
  while (
    index < lines.length &&
    (lines[index] ?? "").trim() !== "" &&
    !(lines[index] ?? "").includes("-->")
  ) {
    index += 1;
  }
  const isNextTiming = index < lines.length && (lines[index] ?? "").trim() !== "";
  return isNextTiming && index > from && ID.test((lines[index - 1] ?? "").trim()) ? index - 1 : index;
}
