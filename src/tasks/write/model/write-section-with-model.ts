import { generateJson, type LanguageModel, type Message } from "../../../models/index.ts";
import type { DraftBlock, DraftSection, DraftSentence, SectionRequest } from "../types.ts";
import { passageGroups } from "./passage-groups.ts";
import { type SectionAnswer, type SectionPrompt, sectionMessages, sectionSchema } from "./prompt.ts";
import { answerTokens, sectionPrompt } from "./section-prompt.ts";
import { type CitedPassage, type Settled, settleSentence } from "./settle-sentence.ts";

export type WriteSectionOptions = {
  /** House rules that the wording has to keep. Defaults to none. */
  readonly styleNotes?: readonly string[];
  /** Changes a sentence's wording by house rules, before it is checked. Defaults to leaving it. */
  readonly restyle?: (text: string) => string;
  readonly signal?: AbortSignal;
};

/** How often refused sentences go back. */
const repairRounds = 1;
const fewestWords = 40;
/** Of the answer that was reckoned with. */
const leastAnswer = 0.6;
/** What a chat's form adds to each message. */
const tokensAround = 6;

/**
 * Writes one section with a model, stretch by stretch where its passages don't fit the context at once. Each sentence
 * is held against the words it cites; what fails twice is in `refused` and nowhere else. Without a usable sentence
 * the blocks hold tables alone, or nothing. Rejects with a `ModelError` when the model gives no answer of the form.
 */
export async function writeSectionWithModel(
  request: SectionRequest,
  model: LanguageModel,
  options: WriteSectionOptions = {},
): Promise<DraftSection> {
  const { section, figures, tables } = request;
  const groups = await passageGroups(request, model, options);
  const blocks: DraftBlock[] = [];
  const refused: { text: string; reason: string }[] = [];
  for (const [index, group] of groups.entries()) {
    options.signal?.throwIfAborted();
    const words = Math.max(fewestWords, Math.round(section.words / groups.length));
    const stretch = await writeStretch(request, { model, group, words, blocks, ...options });
    blocks.push(...stretch.blocks);
    refused.push(...stretch.refused);
    if (index === 0) blocks.push(...tables.map(({ id }): DraftBlock => ({ kind: "table", table: id })));
  }
  return { section, blocks, figures, tables, refused };
}

type Stretch = WriteSectionOptions & {
  readonly model: LanguageModel;
  readonly group: readonly CitedPassage[];
  readonly words: number;
  /** Of this section, so far. */
  readonly blocks: readonly DraftBlock[];
};

type Written = {
  readonly blocks: readonly DraftBlock[];
  readonly refused: readonly { readonly text: string; readonly reason: string }[];
};

async function writeStretch(request: SectionRequest, stretch: Stretch): Promise<Written> {
  const blocks: DraftBlock[] = [];
  let refused: { text: string; reason: string }[] = [];
  for (let round = 0; round <= repairRounds; round++) {
    const answer = await ask(request, { ...stretch, blocks: [...stretch.blocks, ...blocks] }, refused);
    const again: { text: string; reason: string }[] = [];
    for (const block of answer.blocks) {
      const said = saidSentences([
        ...request.written.flatMap((each) => each.blocks),
        ...stretch.blocks,
        ...blocks,
      ]);
      const { sentences, failed } = settleBlock(block.sentences, request, stretch, said);
      again.push(...failed);
      if (sentences.length > 0) blocks.push(draftBlock(block.kind, sentences));
    }
    const isDone = again.length === 0;
    // What came back in the second round answers for what the first one refused.
    refused = isDone && round === 0 ? [] : again;
    if (isDone) break;
  }
  return { blocks, refused };
}

function draftBlock(kind: "paragraph" | "list-item", sentences: readonly DraftSentence[]): DraftBlock {
  return kind === "paragraph" ? { kind, sentences } : { kind, ordered: false, sentences };
}

function settleBlock(
  sentences: SectionAnswer["blocks"][number]["sentences"],
  request: SectionRequest,
  { group, restyle }: Stretch,
  said: ReadonlySet<string>,
): { readonly sentences: readonly DraftSentence[]; readonly failed: { text: string; reason: string }[] } {
  const settled = sentences.map(
    (sentence): Settled =>
      settleSentence(sentence, { passages: group, request, ...(restyle !== undefined && { restyle }) }),
  );
  const seen = new Set(said);
  const kept: DraftSentence[] = [];
  const failed: { text: string; reason: string }[] = [];
  for (const each of settled) {
    if (each.kind === "refused") failed.push({ text: each.text, reason: each.reason });
    else if (!seen.has(comparable(each.sentence.text))) {
      seen.add(comparable(each.sentence.text));
      kept.push(each.sentence);
    }
  }
  return { sentences: kept, failed };
}

function saidSentences(blocks: readonly DraftBlock[]): ReadonlySet<string> {
  return new Set(
    blocks.flatMap((block) =>
      block.kind === "table" ? [] : block.sentences.map(({ text }) => comparable(text)),
    ),
  );
}

function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

async function ask(
  request: SectionRequest,
  stretch: Stretch,
  refused: SectionPrompt["refused"],
): Promise<SectionAnswer> {
  const { model, words, signal } = stretch;
  const prompt = sectionPrompt(request, stretch, refused);
  // Figures and running text may take more than was reckoned: then the text so far is the first to go.
  const whole = await fitting(prompt, model, words);
  const fit = whole ?? (await fitting({ ...prompt, before: "", terms: [] }, model, words));
  // A repair that does not fit is left out; a first question is asked all the same.
  if (fit === undefined && refused.length > 0) return { blocks: [] };
  return generateJson<SectionAnswer>(model, {
    messages: fit?.messages ?? sectionMessages(prompt),
    schema: sectionSchema,
    maxTokens: fit?.maxTokens ?? answerTokens(model, words),
    ...(signal !== undefined && { signal }),
  });
}

/** The messages and what room they leave for the answer; undefined when that is too little for one. */
async function fitting(
  prompt: SectionPrompt,
  model: LanguageModel,
  words: number,
): Promise<{ readonly messages: readonly Message[]; readonly maxTokens: number } | undefined> {
  const messages = sectionMessages(prompt);
  const asked = await model.countTokens(messages.map(({ content }) => content).join("\n"));
  const wanted = answerTokens(model, words);
  const maxTokens = Math.min(wanted, model.contextTokens - asked - tokensAround * messages.length);
  return maxTokens < wanted * leastAnswer ? undefined : { messages, maxTokens };
}
