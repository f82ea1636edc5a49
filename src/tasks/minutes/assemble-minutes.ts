import type { Transcript } from "../../files/transcript/transcript.ts";
import { patternsFor } from "./detect-language.ts";
import type { ActionCandidate } from "./find-actions.ts";
import type { Candidate, Thrown } from "./merge-candidates.ts";
import type { ModelWork, Worded } from "./model-job.ts";
import type { People } from "./people.ts";
import { quoteStands, speaksToSoftware } from "./sentences.ts";
import { SUMMARY_LINES } from "./summarise.ts";
import type { Action, Dropped, Evidence, Item, Minutes, NextMeeting, Topic } from "./types.ts";

/** The place in the transcript of each cue that was heard. */
function placesIn(transcript: Transcript): number[] {
  return transcript.cues.flatMap((cue, index) => (speaksToSoftware(cue.text) ? [] : [index]));
}

/** Everything found, before it becomes minutes. Cue numbers are those of the cues that were heard. */
export type MinutesParts = {
  readonly transcript: Transcript;
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly language: string;
  readonly people: People;
  readonly topics: readonly Topic[];
  readonly summary: readonly Item[];
  readonly nextMeeting: NextMeeting | undefined;
  readonly worded: readonly Worded[];
  readonly work: ModelWork | undefined;
  readonly found: readonly Candidate[];
  readonly thrown: readonly Thrown[];
};

/** Puts the checked pieces together and counts what did not make it. */
export function assembleMinutes(parts: MinutesParts): Minutes {
  const { transcript, date, work } = parts;
  const { cues } = transcript;
  const places = placesIn(transcript);
  const back = (evidence: readonly Evidence[]): Evidence[] =>
    evidence.map((one) => ({ ...one, cue: places[one.cue] ?? one.cue }));
  const stands = (evidence: readonly Evidence[]): boolean =>
    evidence.length > 0 && back(evidence).every((one) => quoteStands(one, cues));
  const { kept, reasons } = keepSure(parts, stands);
  const text = (item: Worded): string => work?.texts.get(item.id) ?? item.text;
  const actions = kept.flatMap((item) =>
    item.candidate.kind === "action"
      ? [toAction(item.candidate, text(item), back(item.candidate.evidence))]
      : [],
  );
  const items = (kind: "decision" | "question"): Item[] =>
    kept
      .filter((item) => item.candidate.kind === kind)
      .map((item) => ({ text: text(item), evidence: back(item.candidate.evidence) }));
  const title = parts.title ?? transcript.title ?? defaultTitle(parts);
  return {
    schemaVersion: 1,
    title,
    ...(date === undefined ? {} : { date }),
    language: parts.language,
    participants: parts.people.participants,
    summary: summaryOf(parts, stands).map((line) => ({ ...line, evidence: back(line.evidence) })),
    topics: namedTopics(parts, places),
    decisions: items("decision"),
    actions,
    openQuestions: items("question"),
    ...(parts.nextMeeting === undefined || !stands(parts.nextMeeting.evidence)
      ? {}
      : { nextMeeting: { ...parts.nextMeeting, evidence: back(parts.nextMeeting.evidence) } }),
    checks: {
      candidates: parts.found.length,
      itemsKept: kept.length,
      itemsDropped: countReasons(reasons),
      wordingsRefused: countReasons(work?.refused ?? []),
      modelCalls: work?.calls ?? 0,
    },
    notes: notesOf(parts),
  };
}

/** The model's lines that stand, else those in the words spoken. */
function summaryOf(parts: MinutesParts, stands: (evidence: readonly Evidence[]) => boolean): readonly Item[] {
  const lines = (parts.work?.summary ?? []).filter((line) => stands(line.evidence));
  return lines.length > 0 ? lines.slice(0, SUMMARY_LINES) : parts.summary;
}

function namedTopics({ topics, work }: MinutesParts, places: readonly number[]): Topic[] {
  return topics.map((topic, index) => ({
    ...topic,
    title: work?.titles.get(index) ?? topic.title,
    firstCue: places[topic.firstCue] ?? topic.firstCue,
    lastCue: places[topic.lastCue] ?? topic.lastCue,
  }));
}

/** The candidates that are sure or picked by the model and whose quotes stand; the rest as reasons. */
function keepSure(
  { worded, work, thrown }: MinutesParts,
  stands: (evidence: readonly Evidence[]) => boolean,
): { readonly kept: readonly Worded[]; readonly reasons: readonly string[] } {
  const reasons = thrown.map((one) => one.reason);
  const kept = worded.filter(({ id, candidate }) => {
    const isIn = candidate.certainty === "strong" || work?.picked.has(id) === true;
    if (!isIn)
      reasons.push(
        work === undefined ? "too uncertain without a model" : "too uncertain, and the model did not pick it",
      );
    else if (!stands(candidate.evidence)) reasons.push("its quote is not in the transcript");
    return isIn && stands(candidate.evidence);
  });
  return { kept, reasons };
}

function toAction(candidate: ActionCandidate, text: string, evidence: readonly Evidence[]): Action {
  return {
    text,
    owner: candidate.owner,
    ...(candidate.counterpart === undefined ? {} : { counterpart: candidate.counterpart }),
    ...(candidate.due === undefined ? {} : { due: candidate.due }),
    status: candidate.status,
    evidence,
  };
}

function defaultTitle(parts: MinutesParts): string {
  const names = parts.people.speakers.map((one) => one.name);
  if (names.length >= 2 && names.length <= 3)
    return `Call between ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return "Minutes of the meeting";
}

function countReasons(reasons: readonly string[]): Dropped[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/** Why there is no calendar entry. */
export function noEntryNote({ reason }: NextMeeting): string {
  return `No calendar entry for the next meeting: ${reason ?? "its time is open"}.`;
}

function notesOf(parts: MinutesParts): string[] {
  const { transcript, work, language } = parts;
  const notes = [...parts.people.notes];
  if (work === undefined)
    notes.push("No model: this is the extractive version, in the words that were spoken.");
  if (patternsFor(language) === undefined)
    notes.push(`There is no table for the language "${language}"; the English one was tried.`);
  if (parts.date === undefined)
    notes.push('The date of the call is not known, so days such as "next Tuesday" stay words.');
  const toSoftware = transcript.cues.filter((cue) => speaksToSoftware(cue.text));
  if (toSoftware.length > 0) {
    const where = toSoftware
      .slice(0, 3)
      .map((cue) => cue.time ?? `line ${cue.index + 1}`)
      .join(", ");
    notes.push(
      `${toSoftware.length} ${toSoftware.length === 1 ? "line speaks" : "lines speak"} to software instead of to people (${where}${toSoftware.length > 3 ? ", …" : ""}); kept as speech, not followed.`,
    );
  }
  if (parts.nextMeeting?.resolved === false) notes.push(noEntryNote(parts.nextMeeting));
  return [...notes, ...(work?.notes ?? []), ...transcript.warnings];
}
