import { availableParallelism } from "node:os";
import { ModelError } from "../../../errors.ts";
import { escapeMarkup, hasMarkup, simplifyReferences } from "../markup-text.ts";
import type {
  FailedItem,
  TranslatedItem,
  TranslateItem,
  TranslateRequest,
  TranslateResponse,
  TranslationEngine,
} from "../translation-engine.ts";
import { whyNoModel } from "./bergamot-catalogue.ts";
import { findRoute, type Route } from "./model-folder.ts";
import { WorkerFailure, WorkerPool } from "./worker-pool.ts";

export type BergamotEngineOptions = {
  /** Folders that hold `<from>-<to>` folders with models; the first that has a direction is used. */
  readonly folders: readonly string[];
  /** Threads, each with its own copy of a model. Defaults to what cores and memory carry, at most 2. */
  readonly workers?: number;
};

const MAX_CHARACTERS = 20_000;
/** Measured with a small model: the first thread takes about 350 MB, a further one 250 MB. */
const MEMORY_PER_WORKER = 400_000_000;

/** Threads when nobody says: two, one where there is one core or little memory. */
export function defaultWorkers(
  cores: number = availableParallelism(),
  freeMemory: number = process.availableMemory(),
): number {
  return Math.max(1, Math.min(2, cores, Math.floor(freeMemory / MEMORY_PER_WORKER)));
}

/**
 * Bergamot (the engine of Firefox Translations) in threads of this process. Pairs without a model of their own go through
 * English, markup included. A text it cannot take is a failed item; a model that does not load is a `ModelError`.
 */
export function bergamotEngine(options: BergamotEngineOptions): TranslationEngine {
  const pool = new WorkerPool(options.workers ?? defaultWorkers());
  const { folders } = options;
  return {
    id: "bergamot",
    isLocal: true,
    capabilities: {
      tags: "html",
      glossary: false,
      context: false,
      maxCharacters: MAX_CHARACTERS,
      batchSize: 256,
    },
    missing: async (source, target) =>
      (await findRoute(folders, source, target)) === undefined
        ? whyNoModel(source, target).message
        : undefined,
    translate: (request) => translate(request, folders, pool),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

async function translate(
  request: TranslateRequest,
  folders: readonly string[],
  pool: WorkerPool,
): Promise<TranslateResponse> {
  const { source, target, signal } = request;
  signal?.throwIfAborted();
  const route = await findRoute(folders, source, target);
  if (route === undefined) {
    const { message, hint } = whyNoModel(source, target);
    throw new ModelError("no-model", message, { hint });
  }
  const failed: FailedItem[] = [];
  const items: TranslatedItem[] = [];
  const wanted: TranslateItem[] = [];
  for (const item of request.items) {
    if (item.text.length > MAX_CHARACTERS) {
      failed.push({ id: item.id, reason: `it is longer than ${MAX_CHARACTERS} characters` });
    } else if (item.text.trim() === "") items.push({ id: item.id, text: item.text });
    else wanted.push(item);
  }
  const chunks = chunked(wanted, pool.size);
  const done = await Promise.all(chunks.map((chunk) => translateChunk(chunk, route, pool, signal)));
  const places = new Map(request.items.map(({ id }, index) => [id, index]));
  return {
    items: [...items, ...done.flatMap((each) => each.items)].sort(
      (one, other) => places.get(one.id)! - places.get(other.id)!,
    ),
    failed: [...failed, ...done.flatMap((each) => each.failed)],
  };
}

/**
 * Small enough that all threads end about together and an abort wastes little, large enough to be worth a message. Texts of
 * about one length stand together, because in a batch every sentence takes as long as the longest.
 */
function chunked(items: readonly TranslateItem[], workers: number): TranslateItem[][] {
  const total = items.reduce((sum, { text }) => sum + text.length, 0);
  const limit = Math.min(3_000, Math.max(400, total / (workers * 3)));
  const chunks: TranslateItem[][] = [];
  let room = 0;
  for (const item of items.toSorted((one, other) => other.text.length - one.text.length)) {
    if (room < item.text.length || chunks.length === 0) {
      chunks.push([]);
      room = limit;
    }
    chunks.at(-1)!.push(item);
    room -= item.text.length;
  }
  return chunks;
}

async function translateChunk(
  items: readonly TranslateItem[],
  route: Route,
  pool: WorkerPool,
  signal: AbortSignal | undefined,
): Promise<TranslateResponse> {
  const texts = items.map(({ text }) => {
    const simple = simplifyReferences(text);
    return { text: simple, html: hasMarkup(simple) };
  });
  try {
    const answers = await pool.run({ route, texts }, signal);
    return {
      // What went in as plain text comes out as plain text, and may now hold a character that markup reserves.
      items: items.map(({ id }, index) => {
        const answer = answers[index] ?? "";
        return { id, text: texts[index]?.html === true ? answer : escapeMarkup(answer) };
      }),
      failed: [],
    };
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    const [only] = items;
    if (error.isModelFault || only === undefined) throw failure(error, route);
    if (items.length === 1) return { items: [], failed: [{ id: only.id, reason: error.message }] };
    // One text spoilt the whole chunk: each gets its own try.
    const single = await Promise.all(items.map((item) => translateChunk([item], route, pool, signal)));
    return {
      items: single.flatMap((each) => each.items),
      failed: single.flatMap((each) => each.failed),
    };
  }
}

function failure(error: WorkerFailure, route: Route): ModelError {
  const pulls = route.map(({ key }) => `tandem models pull translation:${key}`).join(" and ");
  return new ModelError("model-failed", `Bergamot failed: ${error.message}`, {
    hint: `the model's files may be damaged: remove their folder, then ${pulls}`,
    cause: error,
  });
}
