import type { LanguageModel } from "../language-model.ts";
import { type JudgedItem, judgeAnswer } from "./judge-answer.ts";
import type {
  FailedItem,
  TranslatedItem,
  TranslateItem,
  TranslateRequest,
  TranslateResponse,
  TranslationEngine,
} from "./translation-engine.ts";
import { translationMessages, translationSchema } from "./translation-prompt.ts";

export type LanguageModelEngineOptions = {
  /** Most texts in one request to the model. Defaults to 20, and to 1 for a model below 3 billion parameters. */
  readonly batchSize?: number;
  /** Requests to a model elsewhere that run at once. Defaults to 4; a model on this machine gets one at a time. */
  readonly concurrency?: number;
};

const SMALL_BILLIONS = 3;
/** A text costs its own tokens, their repetition, and a translation that may need more of them. */
const TOKENS_PER_TOKEN = { answer: 2.8, all: 3.8 };
const TOKENS_PER_ITEM = 40;
const TOKENS_FOR_RULES = 700;
/** Above this share of bad answers the model lost its place, and the whole batch is asked once more. */
const LOST = 1 / 3;

type Batch = { readonly items: readonly TranslateItem[]; readonly answerTokens: number };

/** Any language model as a translation engine. The model stays the caller's: disposing of the engine leaves it open. */
export function languageModelEngine(
  model: LanguageModel,
  options: LanguageModelEngineOptions = {},
): TranslationEngine {
  const isSmall = (model.parametersInBillions ?? SMALL_BILLIONS) < SMALL_BILLIONS;
  const batchSize = options.batchSize ?? (isSmall ? 1 : 20);
  const room = Math.max(0, model.contextTokens - TOKENS_FOR_RULES);
  return {
    id: `model:${model.id}`,
    isLocal: model.isLocal,
    capabilities: {
      tags: "xml",
      glossary: true,
      context: true,
      // A token is three letters or more in most languages; what is really too long is found out by counting.
      maxCharacters: Math.max(200, Math.floor((room / TOKENS_PER_TOKEN.all) * 3)),
      batchSize,
    },
    missing: async () => undefined,
    translate: async (request) => {
      request.signal?.throwIfAborted();
      const { batches, done, failed } = await split(model, request, batchSize, room);
      const answers = await inParallel(batches, model.isLocal ? 1 : (options.concurrency ?? 4), (batch) =>
        translateBatch(model, request, batch),
      );
      return {
        items: [...done, ...answers.flatMap((each) => each.items)],
        failed: [...failed, ...answers.flatMap((each) => each.failed)],
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function split(
  model: LanguageModel,
  request: TranslateRequest,
  batchSize: number,
  room: number,
): Promise<{ batches: Batch[]; done: TranslatedItem[]; failed: FailedItem[] }> {
  const batches: { items: TranslateItem[]; tokens: number; answerTokens: number }[] = [];
  const done: TranslatedItem[] = [];
  const failed: FailedItem[] = [];
  for (const item of request.items) {
    if (item.text.trim() === "") {
      done.push({ id: item.id, text: item.text });
      continue;
    }
    const own = await model.countTokens(item.text);
    const tokens = own * TOKENS_PER_TOKEN.all + TOKENS_PER_ITEM;
    if (tokens > room) {
      failed.push({ id: item.id, reason: `it is too long for the context of ${model.id}` });
      continue;
    }
    let last = batches.at(-1);
    if (last === undefined || last.items.length >= batchSize || last.tokens + tokens > room) {
      last = { items: [], tokens: 0, answerTokens: 0 };
      batches.push(last);
    }
    last.items.push(item);
    last.tokens += tokens;
    last.answerTokens += Math.ceil(own * TOKENS_PER_TOKEN.answer + TOKENS_PER_ITEM);
  }
  return { batches, done, failed };
}

async function translateBatch(
  model: LanguageModel,
  request: TranslateRequest,
  batch: Batch,
): Promise<TranslateResponse> {
  const good = new Map<string, string>();
  const reasons = new Map<string, string>();
  const keep = (items: readonly TranslateItem[], judged: readonly JudgedItem[]): void => {
    items.forEach(({ id }, index) => {
      const verdict = judged[index]!;
      if (verdict.kind === "good") good.set(id, verdict.text);
      else if (!good.has(id)) reasons.set(id, verdict.reason);
    });
  };
  const open = (): TranslateItem[] => batch.items.filter(({ id }) => !good.has(id));
  keep(batch.items, await ask(model, request, batch, new Map()));
  if (batch.items.length > 1 && open().length > batch.items.length * LOST) {
    keep(batch.items, await ask(model, request, batch, reasons));
  }
  for (const item of open()) {
    // Each was asked for its own tokens; alone it has the room of the batch.
    keep([item], await ask(model, request, { ...batch, items: [item] }, reasons));
  }
  return {
    items: batch.items.flatMap(({ id }) => (good.has(id) ? [{ id, text: good.get(id)! }] : [])),
    failed: open().map(({ id }) => ({ id, reason: reasons.get(id) ?? "the model gave no answer" })),
  };
}

async function ask(
  model: LanguageModel,
  request: TranslateRequest,
  { items, answerTokens }: Batch,
  complaints: ReadonlyMap<string, string>,
): Promise<readonly JudgedItem[]> {
  const marker = crypto.randomUUID().slice(0, 8);
  const generation = await model.generate({
    messages: translationMessages({ request, items, marker, complaints }),
    schema: translationSchema(items.length),
    maxTokens: answerTokens,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  request.signal?.throwIfAborted();
  return judgeAnswer(generation.text, items, marker);
}

/** Runs `work` over all items, so many at a time; the first failure ends it. */
async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}
