import { buildTranscript, type LeftOut } from "./build-transcript.ts";
import { captionBlocks } from "./caption-blocks.ts";
import { captionCues } from "./caption-cues.ts";
import type { Transcript } from "./transcript.ts";

/**
 * Reads SubRip: number, `00:00:01,000 --> 00:00:04,000`, text, empty line. The numbers are not needed and may be
 * missing or wrong. Speakers come from `Name:` at a line's start, where there are any.
 */
export function readSrt(lines: readonly string[]): Transcript {
  const { blocks, stray } = captionBlocks(lines);
  const leftOut = stray.map((entry): LeftOut => ({ ...entry, reason: "belongs to no cue" }));
  return buildTranscript({ format: "srt", timeKind: "offset", cues: captionCues(blocks), leftOut });
}
