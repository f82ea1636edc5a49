import type {
  TranslateItem,
  TranslateRequest,
  TranslationEngine,
} from "../../models/translation/translation-engine.ts";
import type { Checkpoint, TaskEvent } from "../task.ts";

/** What a request has besides its items. */
export type EngineWish = Pick<TranslateRequest, "source" | "target" | "terms" | "formality" | "summary">;

/** The engine's text for an item, or why there is none. */
export type Answer = { readonly text: string } | { readonly failed: string };

export type AskEngineOptions = {
  readonly engine: TranslationEngine;
  readonly wish: EngineWish;
  readonly step: string;
  readonly emit: (event: TaskEvent) => void;
  readonly checkpoint?: Checkpoint;
  readonly signal?: AbortSignal;
};

/**
 * The engine's answers by item id. Goes in batches, each of them kept in the checkpoint as soon as it is there, so that an
 * aborted job goes on where it was; the same texts in the same order make the same batches.
 */
export async function askEngine(
  items: readonly TranslateItem[],
  options: AskEngineOptions,
): Promise<Map<string, Answer>> {
  const { engine, step, emit, signal } = options;
  const answers = new Map<string, Answer>();
  if (items.length === 0) return answers;
  emit({ kind: "step-started", step, total: items.length });
  for (const batch of batchesOf(items, engine)) {
    signal?.throwIfAborted();
    for (const [id, answer] of await askBatch(batch, options)) answers.set(id, answer);
    emit({ kind: "step-progressed", step, done: answers.size, total: items.length });
  }
  return answers;
}

/** A local engine gets several batches at once, so that its workers stay busy and a checkpoint isn't written too often. */
function batchesOf(items: readonly TranslateItem[], engine: TranslationEngine): TranslateItem[][] {
  const size =
    Math.max(1, engine.capabilities.batchSize) * (engine.isLocal && !engine.capabilities.context ? 4 : 1);
  const batches: TranslateItem[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}

async function askBatch(
  batch: readonly TranslateItem[],
  { engine, wish, checkpoint, signal }: AskEngineOptions,
): Promise<Map<string, Answer>> {
  const name = checkpoint && `batch-${digest(JSON.stringify([engine.id, wish, batch]))}`;
  const kept = name && (await checkpoint.read(name));
  if (kept) return readKept(kept, batch);
  const { items, failed } = await engine.translate({ ...wish, items: batch, ...(signal && { signal }) });
  const answers = new Map<string, Answer>();
  const asked = new Set(batch.map(({ id }) => id));
  for (const { id, reason } of failed) if (asked.has(id)) answers.set(id, { failed: reason });
  for (const { id, text } of items) if (asked.has(id)) answers.set(id, { text });
  for (const { id } of batch)
    if (!answers.has(id)) answers.set(id, { failed: "the engine gave no answer for it" });
  if (name) await checkpoint.write(name, JSON.stringify(batch.map(({ id }) => answers.get(id))));
  return answers;
}

function readKept(kept: string, batch: readonly TranslateItem[]): Map<string, Answer> {
  const answers = JSON.parse(kept) as Answer[];
  return new Map(batch.map(({ id }, index) => [id, answers[index] ?? { failed: "nothing was kept for it" }]));
}

/** A short name for a text (FNV-1a over two seeds, 64 bits). */
function digest(text: string): string {
  let [one, two] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193) >>> 0;
    two = Math.imul(two ^ text.charCodeAt(at), 0x85ebca6b) >>> 0;
  }
  return one.toString(16).padStart(8, "0") + two.toString(16).padStart(8, "0");
}
