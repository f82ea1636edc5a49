import { formatTime } from "../transcript/format-time.ts";
import type { Cue, Transcript } from "../transcript/transcript.ts";
import type { Place, SourceText } from "./passage.ts";
import { createPassageList } from "./passage-list.ts";

/** Cues of one speaker are one passage up to this many characters … */
const LONGEST_TURN = 600;
/** … and while no pause between them is longer, in seconds. */
const LONGEST_PAUSE = 20;

/** What was said in a call, a passage for each turn: following cues of one speaker are joined up to 600 characters. */
export function transcriptPassages(transcript: Transcript, name: string): SourceText {
  const list = createPassageList();
  const start = transcript.cues.find((cue) => cue.start !== undefined)?.start ?? 0;
  for (const turn of turnsOf(transcript.cues)) {
    const text = turn.map((cue) => cue.text).join(" ");
    list.add({ kind: "cue", text, place: placeOf(turn[0]!, transcript.timeKind, start) });
  }
  return {
    name,
    format: "transcript",
    ...(transcript.title !== undefined && { title: transcript.title }),
    passages: list.passages,
    warnings: transcript.warnings,
  };
}

function turnsOf(cues: readonly Cue[]): readonly (readonly [Cue, ...Cue[]])[] {
  const turns: [Cue, ...Cue[]][] = [];
  let length = 0;
  for (const cue of cues) {
    const turn = turns.at(-1);
    const last = turn?.at(-1);
    if (
      turn !== undefined &&
      last !== undefined &&
      goesOn(last, cue) &&
      length + cue.text.length < LONGEST_TURN
    ) {
      turn.push(cue);
      length += cue.text.length + 1;
    } else {
      turns.push([cue]);
      length = cue.text.length;
    }
  }
  return turns;
}

function goesOn(last: Cue, next: Cue): boolean {
  const isSame = last.speaker?.name === next.speaker?.name && last.speaker?.domain === next.speaker?.domain;
  if (!isSame || last.start === undefined || next.start === undefined) return false;
  const pause = next.start - (last.end ?? last.start);
  return pause >= -LONGEST_PAUSE && pause <= LONGEST_PAUSE;
}

/** `start` is the first cue's: times of day count from midnight, a place from the call's beginning. */
function placeOf(cue: Cue, kind: Transcript["timeKind"], start: number): Place {
  const isClock = kind === "clock";
  return {
    ...(cue.start !== undefined && { time: isClock ? Math.max(0, cue.start - start) : cue.start }),
    ...(cue.start !== undefined && isClock && { clock: formatTime(cue.start, "clock") }),
    ...(cue.line !== undefined && { line: cue.line }),
    ...(cue.speaker !== undefined && { speaker: cue.speaker.name }),
  };
}
