import type { RawCue } from "./build-transcript.ts";
import type { CaptionBlock } from "./caption-blocks.ts";
import { readVoices } from "./caption-text.ts";
import { joinWrapped } from "./cue-text.ts";
import { nameKey } from "./speaker-label.ts";
import { chooseLabels, splitLabel } from "./speech-label.ts";

/**
 * Utterances of caption blocks. Where the file has voice tags they name the speaker. Otherwise a `Name:` at a line's
 * start does (Zoom), a cue may hold several of them, and a cue without one continues the speaker before it.
 */
export function captionCues(blocks: readonly CaptionBlock[]): RawCue[] {
  const spans = blocks.map((block) => ({ block, spans: readVoices(block.lines.join("\n")) }));
  const hasVoices = spans.some((entry) => entry.spans.some((span) => span.voice !== undefined));
  if (hasVoices) {
    return spans.flatMap(({ block, spans: voices }) =>
      voices.map((span) => cueOf(block, span.voice, joinWrapped(span.text.split("\n")))),
    );
  }
  const texts = spans.map((entry) => ({
    block: entry.block,
    lines: entry.spans.flatMap((span) => span.text.split("\n")),
  }));
  const split = texts.flatMap((entry) => entry.lines.map((line) => splitLabel(line)?.label));
  const chosen = chooseLabels(split.filter((label) => label !== undefined));
  const cues: RawCue[] = [];
  let speaker: string | undefined;
  for (const { block, lines } of texts) {
    for (const part of partsByLabel(lines, chosen)) {
      speaker = part.label ?? speaker;
      cues.push(cueOf(block, speaker, joinWrapped(part.lines)));
    }
  }
  return cues;
}

function partsByLabel(
  lines: readonly string[],
  chosen: ReadonlySet<string>,
): { label?: string; lines: string[] }[] {
  const parts: { label?: string; lines: string[] }[] = [];
  for (const line of lines) {
    const split = splitLabel(line);
    if (split !== undefined && chosen.has(nameKey(split.label)))
      parts.push({ label: split.label, lines: [split.text] });
    else if (parts.length > 0) parts.at(-1)?.lines.push(line);
    else parts.push({ lines: [line] });
  }
  return parts;
}

function cueOf(block: CaptionBlock, label: string | undefined, text: string): RawCue {
  return {
    line: block.line,
    label,
    time: block.time === "" ? undefined : block.time,
    start: block.start,
    end: block.end,
    text,
  };
}
