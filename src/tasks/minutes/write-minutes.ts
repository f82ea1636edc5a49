import type { Transcript } from "../../files/transcript/transcript.ts";
import type { TaskContext } from "../task.ts";
import { detectLanguage, patternsFor } from "./detect-language.ts";
import { ENGLISH } from "./english-patterns.ts";
import { type ActionCandidate, findActions, type Speech } from "./find-actions.ts";
import { findDecisions } from "./find-decisions.ts";
import { findNextMeeting } from "./find-next-meeting.ts";
import { findQuestions } from "./find-questions.ts";
import { findTopics } from "./find-topics.ts";
import { type Candidate, dropRetracted, mergeCandidates, type Thrown } from "./merge-candidates.ts";
import { type People, readPeople } from "./people.ts";
import { phraseAction, tidy } from "./phrase-item.ts";
import { addDays } from "./read-dates.ts";
import { allSentences, quoteStands, speaksToSoftware } from "./sentences.ts";
import { extractSummary, SUMMARY_LINES } from "./summarise.ts";
import type { Action, Dropped, Evidence, Item, Minutes, NextMeeting, RosterEntry, Topic } from "./types.ts";
import { type ModelWork, type Worded, wordWithModel } from "./word-with-model.ts";

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
  const steps = "finding what was agreed";
  context.emit({ kind: "step-started", step: steps, total: 3 });
  const date = options.date ?? transcript.date;
  const language = options.language ?? detectLanguage(transcript.cues.map((cue) => cue.text));
  const heard = withoutLinesToSoftware(transcript);
  const people = readPeople(transcript, options.roster ?? [], heard.cues);
  const speech = readSpeech(heard, people, language, date);
  const found: Candidate[] = [
    ...findActions(speech),
    ...findDecisions(speech),
    ...findQuestions(speech),
  ].sort((a, b) => a.cue - b.cue);
  context.emit({ kind: "step-progressed", step: steps, done: 1, total: 3 });
  const standing = dropRetracted(found, speech);
  const merged = mergeCandidates(withoutDoubles(standing.kept));
  const topics = findTopics(heard);
  context.emit({ kind: "step-progressed", step: steps, done: 2, total: 3 });
  const nextMeeting = findNextMeeting(speech, context.timeZone);
  const worded = merged.kept.map((candidate, index) => ({
    id: `i${index + 1}`,
    candidate,
    text: safeText(candidate, people, language),
  }));
  context.emit({ kind: "step-progressed", step: steps, done: 3, total: 3 });
  const work =
    context.model === undefined
      ? undefined
      : await wordWithModel({
          model: context.model,
          context,
          cues: heard.cues,
          items: worded,
          topics,
          speech,
        });
  return assemble({
    transcript,
    options,
    date,
    language,
    people,
    speech,
    topics,
    nextMeeting,
    worded,
    work,
    found,
    thrown: [...standing.thrown, ...merged.thrown],
  });
}

/**
 * The call as people heard it: lines that speak to software are left out before anything is read, so that they can
 * move no reply out of reach and no model sees them. Cues are numbered anew; `placesIn` leads back.
 */
function withoutLinesToSoftware(transcript: Transcript): Transcript {
  const cues = transcript.cues.filter((cue) => !speaksToSoftware(cue.text));
  return { ...transcript, cues: cues.map((cue, index) => ({ ...cue, index })) };
}

/** The place in the transcript of each cue that was heard. */
function placesIn(transcript: Transcript): number[] {
  return transcript.cues.flatMap((cue, index) => (speaksToSoftware(cue.text) ? [] : [index]));
}

/** The shared reading of the speech that all finders work on. */
export function readSpeech(
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

const NOT_PEOPLE =
  /^(?:The|This|That|These|Those|It|We|You|They|He|She|There|Here|What|Who|When|Where|Why|How|Which|And|But|So|Or|If|Then|Well|Yes|No|Not|Now|Just|Maybe|Okay|Please|Legal|Marketing|Sales|Finance|Engineering|Procurement|Security|Product|Support|Operations|Management|Everybody|Everyone|Someone|Somebody|Nobody|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Java|Python|Azure|Google|Amazon|Microsoft|Teams|Word|Excel|Slack|Zoom|English|German|French|Spanish|Portuguese|Internet|Monsieur|Madame|Herr|Frau)$/u;

/** First or full names the speech uses as a person's, beside the participants: `ask Sofia`, `Sofia from our data team`. */
function namedPeople(transcript: Transcript, people: People): Set<string> {
  const own = new Set(people.participants.flatMap((one) => one.name.split(/\s+/u)));
  const names = new Set<string>();
  const text = transcript.cues.map((cue) => cue.text).join("\n");
  const cues =
    /(?:\b(?:ask|asked|tell|told|colleague|boss|manager|lawyer|engineer|assistant|counsel|designer|architect|frag|frage|Kollegin|Kollege|demander à|collègue|pregunta a|colega)\s+|(?<=^|[.!?] |, )(?=\p{Lu}\p{Ll}+ (?:from (?:our|my|the|your)|aus (?:dem|unserem)|von unser\p{L}+|de notre|de nuestro|do nosso|da nossa)))(\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})?)(?!\p{L})/gmu;
  for (const match of text.matchAll(cues)) {
    const name = match[1];
    if (name !== undefined && !name.split(" ").some((part) => NOT_PEOPLE.test(part) || own.has(part)))
      names.add(name);
  }
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])(\p{Lu}\p{Ll}{2,})(?='s (?:on|out|back|away|our|the|my)\b| (?:said|told|thinks|is (?:on holiday|on leave|back|out|away|our)) )/gu,
  )) {
    const name = match[1];
    if (name !== undefined && !NOT_PEOPLE.test(name) && !own.has(name) && people.properNames.has(name))
      names.add(name);
  }
  return names;
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

function safeText(candidate: Candidate, people: People, language: string): string {
  return candidate.kind === "action"
    ? phraseAction(candidate, people, language)
    : tidy(candidate.evidence[0]?.quote ?? candidate.text);
}

type Parts = {
  readonly transcript: Transcript;
  readonly options: WriteMinutesOptions;
  readonly date: string | undefined;
  readonly language: string;
  readonly people: People;
  readonly speech: Speech;
  readonly topics: readonly Topic[];
  readonly nextMeeting: NextMeeting | undefined;
  readonly worded: readonly Worded[];
  readonly work: ModelWork | undefined;
  readonly found: readonly Candidate[];
  readonly thrown: readonly Thrown[];
};

/** Puts the checked pieces together and counts what did not make it. */
function assemble(parts: Parts): Minutes {
  const { transcript, options, date, work } = parts;
  const { cues } = transcript;
  const places = placesIn(transcript);
  const back = (evidence: readonly Evidence[]): Evidence[] =>
    evidence.map((one) => ({ ...one, cue: places[one.cue] ?? one.cue }));
  const stands = (evidence: readonly Evidence[]): boolean =>
    evidence.length > 0 && back(evidence).every((one) => quoteStands(one, cues));
  const reasons = parts.thrown.map((one) => one.reason);
  const kept = parts.worded.filter(({ id, candidate }) => {
    const isIn = candidate.certainty === "strong" || work?.picked.has(id) === true;
    if (!isIn)
      reasons.push(
        work === undefined ? "too uncertain without a model" : "too uncertain, and the model did not pick it",
      );
    else if (!stands(candidate.evidence)) reasons.push("its quote is not in the transcript");
    return isIn && stands(candidate.evidence);
  });
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
  const worded = (work?.summary ?? []).filter((line) => stands(line.evidence));
  const summary =
    worded.length > 0 ? worded.slice(0, SUMMARY_LINES) : extractSummary(parts.topics, parts.speech);
  const title = options.title ?? transcript.title ?? defaultTitle(parts);
  return {
    schemaVersion: 1,
    title,
    ...(date === undefined ? {} : { date }),
    language: parts.language,
    participants: parts.people.participants,
    summary: summary.map((line) => ({ ...line, evidence: back(line.evidence) })),
    topics: parts.topics.map((topic, index) => ({
      ...topic,
      title: work?.titles.get(index) ?? topic.title,
      firstCue: places[topic.firstCue] ?? topic.firstCue,
      lastCue: places[topic.lastCue] ?? topic.lastCue,
    })),
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

function defaultTitle(parts: Parts): string {
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

function notesOf(parts: Parts): string[] {
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
  if (parts.nextMeeting?.resolved === false)
    notes.push(`No calendar entry for the next meeting: ${parts.nextMeeting.reason ?? "its time is open"}.`);
  return [...notes, ...(work?.notes ?? []), ...transcript.warnings];
}
