import { buildTranscript, type LeftOut, type RawCue } from "./build-transcript.ts";
import { type ClockTime, resolveTimes } from "./clock-time.ts";
import { joinWrapped } from "./cue-text.ts";
import { type HeaderLine, readHeader } from "./read-header.ts";
import { nameKey } from "./speaker-label.ts";
import { chooseLabels, hasDomain, type LabelledLine, splitLabel } from "./speech-label.ts";
import { readLoneTime } from "./timed-line.ts";
import type { Transcript } from "./transcript.ts";

/** What `Name: text` looks like in a text: the evidence on which it is taken for a transcript or refused. */
export type NameTextEvidence = {
  readonly labels: ReadonlySet<string>;
  /** Lines that begin with one of the labels. */
  readonly labelled: number;
  /** Lines with any words. */
  readonly written: number;
  readonly hasDomains: boolean;
  readonly comesAgain: boolean;
};

type Draft = {
  readonly line: number;
  readonly label: string;
  readonly time: ClockTime | undefined;
  readonly lines: string[];
};

const NOTICE =
  /^\s{0,9}(?:meeting|call|recording|transcription)\s(?:ended|started|stopped)\b[^:]{0,40}(?:[\d:]{4,12})?\.?\s{0,9}$/i;

/** Looks for `Name: text` lines. */
export function findNameText(lines: readonly string[]): NameTextEvidence {
  const splits = lines.map(readLabel).filter((split) => split !== undefined);
  const labels = chooseLabels(splits.map((split) => split.label));
  const spoken = splits.filter((split) => labels.has(nameKey(split.label)));
  return {
    labels,
    labelled: spoken.length,
    written: lines.filter((line) => /[\p{L}\p{N}]/u.test(line.slice(0, 200))).length,
    hasDomains: spoken.some((split) => hasDomain(split.label)),
    comesAgain: spoken.length > labels.size,
  };
}

/**
 * Whether the text is a transcript and not prose or a list of fields: speakers come again, or name their domain; a
 * very short text passes when each of its lines has a name of its own.
 */
export function isNameText(evidence: NameTextEvidence): boolean {
  const { labels, labelled, written, hasDomains, comesAgain } = evidence;
  if (labelled === 0) return false;
  if (hasDomains) return true;
  if (comesAgain)
    return labelled >= 3 && labelled * 12 >= written && (labels.size > 1 || labelled * 2 >= written);
  return labelled >= 2 && labelled <= 6 && labelled === written;
}

/**
 * Reads `Name: text`, one utterance a line or wrapped over several. A line that holds only a time (Google Meet) gives
 * it to the utterance below.
 */
export function readNameText(lines: readonly string[], labels: ReadonlySet<string>): Transcript {
  const drafts: Draft[] = [];
  const header: HeaderLine[] = [];
  const leftOut: LeftOut[] = [];
  let time: ClockTime | undefined;
  lines.forEach((text, index) => {
    const line = index + 1;
    const lone = readLoneTime(text);
    const split = readLabel(text);
    if (lone !== undefined) time = lone;
    else if (NOTICE.test(text)) leftOut.push({ line, reason: "a notice, not speech", text });
    else if (split !== undefined && labels.has(nameKey(split.label))) {
      drafts.push({ line, label: split.label, time, lines: [split.text] });
      time = undefined;
    } else if (drafts.length === 0) header.push({ line, text });
    else drafts.at(-1)?.lines.push(text);
  });
  const times = resolveTimes(drafts.map((draft) => draft.time));
  const head = readHeader(header);
  const cues = drafts.map(
    (draft, index): RawCue => ({
      line: draft.line,
      label: draft.label,
      time: draft.time?.text,
      start: times.seconds[index],
      text: joinWrapped(draft.lines),
    }),
  );
  return buildTranscript({
    format: "name-text",
    timeKind: times.kind,
    ...head,
    leftOut: [...head.leftOut, ...leftOut],
    cues,
  });
}

/** The label of a line, also in Markdown bold (`**Ann:** …`, `**Ann**: …`) and behind a list mark. */
function readLabel(line: string): LabelledLine | undefined {
  const start = /^[\s\u200E\uFEFF]*(?:[-•>*]\s+)?(?:\*\*|__)?/.exec(line.slice(0, 40))?.[0].length ?? 0;
  const split = splitLabel(line.slice(start));
  if (split === undefined) return undefined;
  return {
    label: split.label.replace(/(?:\*\*|__)$/, "").trim(),
    text: split.text.replace(/^(?:\*\*|__)\s?/, ""),
  };
}
