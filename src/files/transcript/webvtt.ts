import { buildTranscript, type LeftOut } from "./build-transcript.ts";
import { captionBlocks } from "./caption-blocks.ts";
import { captionCues } from "./caption-cues.ts";
import { findDate } from "./find-date.ts";
import type { Transcript } from "./transcript.ts";

/**
 * Reads WebVTT (w3.org/TR/webvtt1) as Teams (`<v Ann Lee>`), Zoom (`Ann Lee: …`) and others write it. Times are
 * offsets from the recording's start. Text behind `WEBVTT` on the first line is the title; comments are no speech.
 */
export function readWebvtt(lines: readonly string[]): Transcript {
  const heading = (lines[0] ?? "")
    .replace(/^\s*WEBVTT/, "")
    .trim()
    .replace(/^[-–—:\s]{1,10}/, "");
  const header = endOfHeader(lines);
  const { blocks, stray } = captionBlocks(lines, header);
  const leftOut = stray.map((entry): LeftOut => ({ ...entry, reason: "belongs to no cue" }));
  return buildTranscript({
    format: "webvtt",
    timeKind: "offset",
    title: heading.length > 300 ? undefined : heading,
    date: findDate(heading)?.iso,
    cues: captionCues(blocks),
    leftOut,
  });
}

/** The header ends at the first empty line; a file without that line starts at its first timing line. */
function endOfHeader(lines: readonly string[]): number {
  let index = 1;
  while (index < lines.length && (lines[index] ?? "").trim() !== "" && !(lines[index] ?? "").includes("-->"))
    index += 1;
  return index;
}
