import { ModelError } from "../../errors.ts";
import type { Cue } from "../../files/transcript/transcript.ts";
import { generateJson } from "../../models/generate-json.ts";
import type { LanguageModel } from "../../models/language-model.ts";
import type { TaskContext } from "../task.ts";
import type { Speech } from "./find-actions.ts";
import type { Candidate } from "./merge-candidates.ts";
import {
  CHOICE_SCHEMA,
  CHUNK_SCHEMA,
  type ChunkAnswer,
  choiceMessages,
  chunkMessages,
  type PromptCue,
  type PromptItem,
  sentenceMessages,
} from "./prompt.ts";
import { evidenceOf } from "./sentences.ts";
import { mainTopics, SUMMARY_LINES, salientSentences } from "./summarise.ts";
import type { Evidence, Item, Topic } from "./types.ts";
import { type WordingOptions, wordingFault } from "./verify-wording.ts";
import { contentOverlap, wordsOf } from "./words.ts";

/** Below this many billions of parameters a model only words, it does not sort. */
const SMALL = 1;
const CHUNK_TOKENS = 6000;
const SLICE = 24;

/** A candidate with the safe wording code gave it. */
export type Worded = { readonly id: string; readonly candidate: Candidate; readonly text: string };

/** What came back from the model and passed every check. */
export type ModelWork = {
  /** Checked wordings by candidate id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Weak candidates the model picked. */
  readonly picked: ReadonlySet<string>;
  readonly summary: readonly Item[];
  /** Checked titles by the topic's place. */
  readonly titles: ReadonlyMap<number, string>;
  readonly refused: readonly string[];
  readonly calls: number;
  readonly notes: readonly string[];
};

export type ModelJob = {
  readonly model: LanguageModel;
  readonly context: Pick<TaskContext, "emit" | "signal">;
  readonly cues: readonly Cue[];
  readonly items: readonly Worded[];
  readonly topics: readonly Topic[];
  readonly speech: Speech;
};

type Tally = { calls: number; readonly refused: string[]; readonly notes: string[] };

const isSmall = (model: LanguageModel): boolean =>
  model.parametersInBillions !== undefined && model.parametersInBillions < SMALL;

/** Lets the model word (and, when it is large enough, sort) what code found; nothing unchecked comes back. */
export async function wordWithModel(job: ModelJob): Promise<ModelWork> {
  const tally: Tally = { calls: 0, refused: [], notes: [] };
  const counted = countCalls(job.model, tally);
  const work = isSmall(job.model)
    ? await wordSmall({ ...job, model: counted }, tally)
    : await wordLarge({ ...job, model: counted }, tally);
  return { ...work, refused: tally.refused, calls: tally.calls, notes: tally.notes };
}

/** The same model, counting; repairs inside `generateJson` are calls too. */
function countCalls(model: LanguageModel, tally: Tally): LanguageModel {
  return {
    id: model.id,
    provider: model.provider,
    contextTokens: model.contextTokens,
    ...(model.parametersInBillions === undefined ? {} : { parametersInBillions: model.parametersInBillions }),
    isLocal: model.isLocal,
    generate: (request) => {
      tally.calls++;
      return model.generate(request);
    },
    stream: (request) => model.stream(request),
    countTokens: (text) => model.countTokens(text),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

type Part = Pick<ModelWork, "texts" | "picked" | "summary" | "titles">;

const speakersOf = (evidence: readonly Evidence[]): string[] => evidence.flatMap((one) => one.speaker ?? []);

function participantsOf(job: ModelJob): string[] {
  return job.speech.people.participants.map((one) => one.name);
}

/** The checks of one item's wording; an action is held against its safe wording too. */
function faultOf(text: string, item: Worded, job: ModelJob): string | undefined {
  const { candidate } = item;
  const texts = candidate.evidence
    .map((one) => job.cues[one.cue]?.text ?? "")
    .filter((_text, index) => candidate.evidence[index] !== undefined);
  const options: WordingOptions =
    candidate.kind === "action"
      ? {
          participants: participantsOf(job),
          safe: item.text,
          isConditional: candidate.status === "conditional",
        }
      : { participants: participantsOf(job) };
  return wordingFault(
    text,
    {
      texts: candidate.kind === "action" ? candidate.evidence.map((one) => one.quote) : texts,
      names: speakersOf(candidate.evidence),
    },
    options,
  );
}

// --- models of a billion parameters and more -------------------------------------------------------------------

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

async function wordLarge(job: ModelJob, tally: Tally): Promise<Part> {
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

/** A model that answers wrongly costs the wording, not the minutes; anything else goes up. */
async function orUndefined<T>(ask: () => Promise<T>, job: ModelJob): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    job.context.signal?.throwIfAborted();
    if (error instanceof ModelError && (error.code === "model-output" || error.code === "model-failed"))
      return undefined;
    throw error;
  }
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
  harvest.lines.push({
    text: line.text.trim(),
    evidence: cited.flatMap((cue) => bestEvidence(cue, line.text, job)),
  });
}

/** The sentence of a cue that a line rests on most. */
function bestEvidence(cue: Cue, text: string, job: ModelJob): Evidence[] {
  const sentences = [...(job.speech.sentences[cue.index] ?? [])];
  const [best] = sentences.sort((a, b) => contentOverlap(b.plain, text) - contentOverlap(a.plain, text));
  return best === undefined ? [] : [evidenceOf(best)];
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

// --- models below a billion parameters -------------------------------------------------------------------------

const DRAWS = [0, 0.6, 0.9] as const;

/** One sentence for each main topic, drawn a few times; the first that passes every check stands. */
async function wordSmall(job: ModelJob, tally: Tally): Promise<Part> {
  const topics = mainTopics(job.topics, job.speech);
  const step = "wording the summary with the model";
  const summary: Item[] = [];
  job.context.emit({ kind: "step-started", step, total: topics.length });
  for (const [index, topic] of topics.entries()) {
    job.context.signal?.throwIfAborted();
    const line = await drawLine(topic, job, tally);
    if (line !== undefined) summary.push(line);
    job.context.emit({ kind: "step-progressed", step, done: index + 1, total: topics.length });
  }
  return { texts: new Map(), picked: new Set(), titles: new Map(), summary };
}

async function drawLine(topic: Topic, job: ModelJob, tally: Tally): Promise<Item | undefined> {
  const sentences = salientSentences(topic, job.speech, 3).sort((a, b) => a.cue.index - b.cue.index);
  const [best] = salientSentences(topic, job.speech, 1);
  if (best === undefined) return undefined;
  const { signal } = job.context;
  for (const [seed, temperature] of DRAWS.entries()) {
    const generation = await orUndefined(
      () =>
        job.model.generate({
          messages: sentenceMessages(sentences.map((one) => one.text)),
          maxTokens: 70,
          temperature,
          seed: seed + 1,
          ...(signal === undefined ? {} : { signal }),
        }),
      job,
    );
    const text = generation?.text.trim().replace(/^["“]|["”]$/gu, "") ?? "";
    const isFirstPerson = /\b(?:I|you|my|your|me)\b/u.test(text);
    const fault =
      isFirstPerson || !/[.!]$/u.test(text)
        ? "not one plain sentence"
        : wordingFault(
            text,
            { texts: sentences.map((one) => one.text), names: [] },
            { participants: participantsOf(job), share: 0.85 },
          );
    if (fault === undefined) return { text, evidence: sentences.map((one) => evidenceOf(one)) };
    tally.refused.push(fault);
  }
  return undefined;
}
