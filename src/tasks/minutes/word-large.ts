import type { Cue } from "../../files/transcript/transcript.ts";
import { generateJson } from "../../models/generate-json.ts";
import {
  type ModelJob,
  type ModelPart,
  orUndefined,
  participantsOf,
  speakersOf,
  type Tally,
  type Worded,
} from "./model-job.ts";
import {
  CHOICE_SCHEMA,
  CHUNK_SCHEMA,
  type ChunkAnswer,
  choiceMessages,
  chunkMessages,
  type PromptCue,
  type PromptItem,
} from "./prompt.ts";
import { evidenceOf, type Sentence } from "./sentences.ts";
import { SUMMARY_LINES } from "./summarise.ts";
import type { Item } from "./types.ts";
import { type WordingOptions, wordingFault } from "./verify-wording.ts";
import { contentOverlap, wordsOf } from "./words.ts";

const CHUNK_TOKENS = 6000;
const SLICE = 24;

/** The checks of one item's wording; an action is held against its safe wording too. */
function faultOf(text: string, item: Worded, job: ModelJob): string | undefined {
  const { candidate } = item;
  // A question is worded by itself; `I don't know` after it is no part of what was asked.
  const evidence = candidate.kind === "question" ? candidate.evidence.slice(0, 1) : candidate.evidence;
  const options: WordingOptions =
    candidate.kind === "action"
      ? {
          participants: participantsOf(job),
          safe: item.text,
          isConditional: candidate.status === "conditional",
        }
      : { participants: participantsOf(job) };
  const source = { texts: evidence.map((one) => one.quote), names: speakersOf(evidence) };
  return wordingFault(text, source, options);
}

type Chunk = { readonly from: number; readonly to: number };

/** Stretches of cues that fit half the context, cut between cues. */
async function chunksOf(job: ModelJob): Promise<Chunk[]> {
  const budget = Math.max(300, Math.min(CHUNK_TOKENS, Math.floor(job.model.contextTokens * 0.4)));
  const chunks: Chunk[] = [];
  let from = 0;
  let used = 0;
  const step = async (start: number, end: number): Promise<void> => {
    const text = job.cues
      .slice(start, end)
      .map((cue) => JSON.stringify(promptCue(cue)))
      .join("\n");
    const tokens = await job.model.countTokens(text);
    if (tokens > budget && end - start > 1) {
      const middle = Math.floor((start + end) / 2);
      await step(start, middle);
      await step(middle, end);
      return;
    }
    if (used > 0 && used + tokens > budget) {
      chunks.push({ from, to: start - 1 });
      from = start;
      used = 0;
    }
    used += tokens;
  };
  for (let start = 0; start < job.cues.length; start += SLICE) {
    job.context.signal?.throwIfAborted();
    await step(start, Math.min(job.cues.length, start + SLICE));
  }
  if (from < job.cues.length) chunks.push({ from, to: job.cues.length - 1 });
  return chunks;
}

function promptCue(cue: Cue): PromptCue {
  return {
    cue: cue.index,
    ...(cue.time === undefined ? {} : { time: cue.time }),
    ...(cue.speaker === undefined ? {} : { speaker: cue.speaker.name }),
    text: cue.text.length > 2000 ? `${cue.text.slice(0, 2000)} …` : cue.text,
  };
}

async function askChunk(chunk: Chunk, job: ModelJob): Promise<ChunkAnswer> {
  const cues = job.cues
    .slice(chunk.from, chunk.to + 1)
    .filter((cue) => wordsOf(cue.text).length > 2)
    .map(promptCue);
  const isHere = (cue: number): boolean => cue >= chunk.from && cue <= chunk.to;
  const most = Math.max(3, Math.floor((job.model.contextTokens * 0.15) / 80));
  const items = job.items
    .filter((item) => isHere(item.candidate.cue))
    .slice(0, most)
    .map(promptItem);
  const topics = job.topics.flatMap((topic, index) =>
    isHere(topic.firstCue)
      ? [{ topic: String(index), firstCue: topic.firstCue, lastCue: topic.lastCue }]
      : [],
  );
  const { signal } = job.context;
  return generateJson<ChunkAnswer>(job.model, {
    messages: chunkMessages(cues, items, topics),
    schema: CHUNK_SCHEMA,
    maxTokens: Math.min(
      Math.floor(job.model.contextTokens * 0.25),
      300 + 70 * items.length + 30 * topics.length,
    ),
    ...(signal === undefined ? {} : { signal }),
  });
}

function promptItem(item: Worded): PromptItem {
  const { candidate } = item;
  return {
    id: item.id,
    kind: candidate.kind,
    cues: candidate.evidence.map((one) => one.cue),
    text: item.text.slice(0, 200),
    ...(candidate.kind === "action" && candidate.status === "conditional" ? { conditional: true } : {}),
  };
}

/** For models of a billion parameters and more: verdicts, wordings and lines stretch by stretch, then a choice of lines. */
export async function wordLarge(job: ModelJob, tally: Tally): Promise<ModelPart> {
  const texts = new Map<string, string>();
  const picked = new Set<string>();
  const titles = new Map<number, string>();
  const lines: Item[] = [];
  const chunks = await chunksOf(job);
  const step = "reading the call with the model";
  job.context.emit({ kind: "step-started", step, total: chunks.length });
  let failed = 0;
  for (const [index, chunk] of chunks.entries()) {
    job.context.signal?.throwIfAborted();
    const answer = await orUndefined(() => askChunk(chunk, job), job);
    if (answer === undefined) failed++;
    else takeAnswer(answer, chunk, job, { texts, picked, titles, lines }, tally);
    job.context.emit({ kind: "step-progressed", step, done: index + 1, total: chunks.length });
  }
  if (failed > 0) {
    tally.notes.push(
      `${failed} of ${chunks.length} parts of the call got no usable answer from the model; there the minutes are extracted by code alone.`,
    );
  }
  return { texts, picked, titles, summary: await chooseLines(lines, job, tally) };
}

type Harvest = {
  readonly texts: Map<string, string>;
  readonly picked: Set<string>;
  readonly titles: Map<number, string>;
  readonly lines: Item[];
};

function takeAnswer(answer: ChunkAnswer, chunk: Chunk, job: ModelJob, harvest: Harvest, tally: Tally): void {
  const byId = new Map(
    job.items
      .filter((item) => item.candidate.cue >= chunk.from && item.candidate.cue <= chunk.to)
      .map((item) => [item.id, item]),
  );
  for (const one of answer.items) {
    const item = byId.get(one.id);
    if (item === undefined) {
      tally.refused.push("an item that code had not found");
      continue;
    }
    if (one.keep) harvest.picked.add(item.id);
    // What is neither sure nor picked is not in the minutes, so its wording is nobody's concern.
    else if (item.candidate.certainty === "weak") continue;
    const fault = faultOf(one.text, item, job);
    if (fault === undefined) harvest.texts.set(item.id, one.text.trim());
    else tally.refused.push(fault);
  }
  takeTitles(answer, job, harvest, tally);
  for (const line of answer.summary.slice(0, 2)) takeLine(line, chunk, job, harvest, tally);
}

function takeTitles(answer: ChunkAnswer, job: ModelJob, harvest: Harvest, tally: Tally): void {
  for (const { topic, title } of answer.titles) {
    const place = Number(topic);
    const at = job.topics[place];
    if (at === undefined) continue;
    const texts = job.cues.slice(at.firstCue, at.lastCue + 1).map((cue) => cue.text);
    const fault =
      /\b(?:not|no|never)\b/iu.test(title) || title.length > 80
        ? "a title that says too much"
        : wordingFault(
            title,
            { texts: affirmed(texts), names: [] },
            { participants: participantsOf(job), share: 1 },
          );
    if (fault === undefined) harvest.titles.set(place, title.trim().replace(/[.]$/u, ""));
    else tally.refused.push(fault);
  }
}

/** Texts without negations, for wordings such as titles that neither affirm nor deny. */
const affirmed = (texts: readonly string[]): string[] =>
  texts.map((text) =>
    text.replace(
      /\b(?:not|no|never|none|nobody|without|unable|\p{L}+n['’]t|cannot|refused?|rejects?)\b/giu,
      " ",
    ),
  );

function takeLine(
  line: ChunkAnswer["summary"][number],
  chunk: Chunk,
  job: ModelJob,
  harvest: Harvest,
  tally: Tally,
): void {
  const cited = [...new Set(line.cues)].flatMap((index) => {
    const cue = index >= chunk.from && index <= chunk.to ? job.cues[index] : undefined;
    return cue === undefined ? [] : [cue];
  });
  if (cited.length === 0 || cited.length > 8) {
    tally.refused.push("a summary line that rests on no cue");
    return;
  }
  const fault = wordingFault(
    line.text,
    { texts: cited.map((cue) => cue.text), names: cited.flatMap((cue) => cue.speaker?.name ?? []) },
    { participants: participantsOf(job) },
  );
  if (fault !== undefined) {
    tally.refused.push(fault);
    return;
  }
  const sentences = cited.flatMap((cue) => bestSentence(cue, line.text, job));
  // What was only asked was not said: `who pays?` does not carry `Nordfrakt pays`.
  const isAsked = sentences.length > 0 && sentences.every((sentence) => sentence.isQuestion);
  if (
    isAsked &&
    !/\b(?:who|whose|whom|which|what|when|where|why|how|whether|if|question|asked?)\b/iu.test(line.text)
  ) {
    tally.refused.push("a question turned into a statement");
    return;
  }
  harvest.lines.push({
    text: line.text.trim(),
    evidence: sentences.map((sentence) => evidenceOf(sentence)),
  });
}

/** The sentence of a cue that a line rests on most. */
function bestSentence(cue: Cue, text: string, job: ModelJob): Sentence[] {
  const sentences = [...(job.speech.sentences[cue.index] ?? [])];
  return sentences.sort((a, b) => contentOverlap(b.plain, text) - contentOverlap(a.plain, text)).slice(0, 1);
}

async function chooseLines(lines: readonly Item[], job: ModelJob, tally: Tally): Promise<readonly Item[]> {
  if (lines.length <= SUMMARY_LINES) return lines;
  const { signal } = job.context;
  // The choice is among checked lines by id, so the worst answer is a dull one.
  const listed = lines.slice(0, 60).map((line, index) => ({ id: `s${index + 1}`, text: line.text }));
  const answer = await orUndefined(
    () =>
      generateJson<{ readonly lines: readonly string[] }>(job.model, {
        messages: choiceMessages(listed),
        schema: CHOICE_SCHEMA,
        maxTokens: 200,
        ...(signal === undefined ? {} : { signal }),
      }),
    job,
  );
  const ids = new Set(answer?.lines ?? []);
  const chosen = lines.filter((_line, index) => ids.has(`s${index + 1}`)).slice(0, SUMMARY_LINES);
  if (chosen.length > 0) return chosen;
  tally.notes.push("The model did not choose the summary's lines; they are spread over the call.");
  return [lines[0], lines[Math.floor(lines.length / 2)], lines.at(-1)].flatMap((line) => line ?? []);
}
