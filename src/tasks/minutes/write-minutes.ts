import type { Transcript } from "../../files/transcript/transcript.ts";
import type { TaskContext } from "../task.ts";
import { assembleMinutes, type MinutesParts } from "./assemble-minutes.ts";
import { detectLanguage, patternsFor } from "./detect-language.ts";
import { ENGLISH } from "./english-patterns.ts";
import { findActions } from "./find-actions.ts";
import { findDecisions } from "./find-decisions.ts";
import { findNextMeeting } from "./find-next-meeting.ts";
import { findQuestions } from "./find-questions.ts";
import { findTopics } from "./find-topics.ts";
import { type Candidate, dropRetracted, mergeCandidates } from "./merge-candidates.ts";
import type { Worded } from "./model-job.ts";
import { namedPeople } from "./named-people.ts";
import { type People, readPeople } from "./people.ts";
import { phraseAction, phraseItem } from "./phrase-item.ts";
import { addDays } from "./read-dates.ts";
import { allSentences, speaksToSoftware } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { extractSummary } from "./summarise.ts";
import type { Minutes, NextMeeting, RosterEntry } from "./types.ts";
import { wordWithModel } from "./word-with-model.ts";

export type WriteMinutesOptions = {
  readonly title?: string;
  /** `YYYY-MM-DD`; wins over the transcript's own date. */
  readonly date?: string;
  readonly roster?: readonly RosterEntry[];
  /** BCP 47 tag of the speech. Defaults to what the words look like. */
  readonly language?: string;
};

/**
 * The minutes of a call: code finds, a model (when there is one) picks and words, code checks every quote, name, date
 * and number against the transcript. Without a model the items stand in the words that were spoken.
 */
export async function writeMinutes(
  transcript: Transcript,
  context: TaskContext,
  options: WriteMinutesOptions = {},
): Promise<Minutes> {
  context.signal?.throwIfAborted();
  const date = options.date ?? transcript.date;
  const language = options.language ?? detectLanguage(transcript.cues.map((cue) => cue.text));
  const heard = withoutLinesToSoftware(transcript);
  const people = readPeople(transcript, options.roster ?? [], heard.cues);
  const speech = readSpeech(heard, people, language, date);
  const findings = findAll(heard, speech, context);
  const { worded: items, topics, summary } = findings;
  const work =
    context.model === undefined
      ? undefined
      : await wordWithModel({
          model: context.model,
          context,
          cues: heard.cues,
          items,
          topics,
          summary,
          speech,
        });
  return assembleMinutes({ transcript, title: options.title, date, language, people, work, ...findings });
}

type Findings = Pick<MinutesParts, "found" | "thrown" | "worded" | "topics" | "summary" | "nextMeeting">;

/** What code finds by itself, told in three steps. */
function findAll(heard: Transcript, speech: Speech, context: TaskContext): Findings {
  const step = "finding what was agreed";
  const tell = (done: number): void => context.emit({ kind: "step-progressed", step, done, total: 3 });
  context.emit({ kind: "step-started", step, total: 3 });
  const found: Candidate[] = [
    ...findActions(speech),
    ...findDecisions(speech),
    ...findQuestions(speech),
  ].sort((a, b) => a.cue - b.cue);
  tell(1);
  context.signal?.throwIfAborted();
  const standing = dropRetracted(found, speech);
  const merged = mergeCandidates(withoutDoubles(standing.kept));
  const worded = merged.kept.map((candidate, index) => word(candidate, `i${index + 1}`, speech));
  tell(2);
  const topics = findTopics(heard);
  const nextMeeting = findNextMeeting(speech, context.timeZone);
  const summary = extractSummary(topics, speech, quotesOf(worded, nextMeeting));
  tell(3);
  return { found, thrown: [...standing.thrown, ...merged.thrown], worded, topics, summary, nextMeeting };
}

/**
 * The call as people heard it: lines that speak to software are left out before anything is read, so that they can
 * move no reply out of reach and no model sees them. Cues are numbered anew; `placesIn` leads back.
 */
function withoutLinesToSoftware(transcript: Transcript): Transcript {
  const cues = transcript.cues.filter((cue) => !speaksToSoftware(cue.text));
  return { ...transcript, cues: cues.map((cue, index) => ({ ...cue, index })) };
}

/** The shared reading of the speech that all finders work on. */
function readSpeech(
  transcript: Transcript,
  people: People,
  language: string,
  date: string | undefined,
): Speech {
  const patterns = patternsFor(language) ?? ENGLISH;
  return {
    sentences: allSentences(transcript),
    patterns,
    people,
    otherPeople: namedPeople(transcript, people),
    dateAt: (index) => {
      const start = transcript.cues[index]?.start;
      if (date === undefined || transcript.timeKind !== "clock" || start === undefined) return date;
      return addDays(date, Math.floor(start / 86_400));
    },
  };
}

/** A sentence is one thing: a decision that is also a promise is the promise, a question asked as a request the request. */
function withoutDoubles(candidates: readonly Candidate[]): Candidate[] {
  const quoted = new Set(
    candidates.flatMap((one) =>
      one.kind === "action" && one.certainty === "strong"
        ? [`${one.cue}:${one.evidence[0]?.quote ?? ""}`]
        : [],
    ),
  );
  return candidates.filter(
    (one) => one.kind === "action" || !quoted.has(`${one.cue}:${one.evidence[0]?.quote ?? ""}`),
  );
}

/** Quotes that stand in the minutes by themselves, so that the summary need not repeat them. */
function quotesOf(worded: readonly Worded[], nextMeeting: NextMeeting | undefined): Set<string> {
  const items = worded.filter((item) => item.candidate.certainty === "strong").map((item) => item.candidate);
  return new Set(
    [...items, ...(nextMeeting === undefined ? [] : [nextMeeting])].flatMap((one) =>
      one.evidence.map((evidence) => evidence.quote),
    ),
  );
}

/** The wording by code, which stands when no model has a better one. */
function word(candidate: Candidate, id: string, speech: Speech): Worded {
  if (candidate.kind !== "action") return { id, candidate, text: phraseItem(candidate) };
  const { text, evidence } = phraseAction(candidate, speech);
  return { id, candidate: { ...candidate, evidence }, text };
}
