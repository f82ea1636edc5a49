import type { EngineTerm } from "../../models/translation/translation-engine.ts";
import { findMatch, type MemoryMatch } from "./memory/find-match.ts";
import { memoryKey } from "./memory/memory-key.ts";
import type { TranslationMemory } from "./memory/translation-memory.ts";
import { wordLikeness } from "./memory/word-likeness.ts";
import type { SegmentJob } from "./segment-jobs.ts";

export type RecallOptions = {
  readonly from: string;
  readonly to: string;
  /** The engine's id. */
  readonly engine: string;
  readonly memory: TranslationMemory;
};

const keysAtOnce = 500;

/** What the memory has for each job, in order. */
export async function recallSegments(
  jobs: readonly SegmentJob[],
  { from, to, engine, memory }: RecallOptions,
): Promise<(MemoryMatch | undefined)[]> {
  const keys = [...new Set(jobs.map(({ core }) => memoryKey(core.text)))];
  const found = new Map<
    string,
    Awaited<ReturnType<TranslationMemory["withKeys"]>> extends ReadonlyMap<string, infer E> ? E : never
  >();
  for (let at = 0; at < keys.length; at += keysAtOnce)
    for (const [key, entries] of await memory.withKeys(from, to, keys.slice(at, at + keysAtOnce)))
      found.set(key, entries);
  return jobs.map(({ core, before, after }) =>
    findMatch({ source: core, before, after, from, to, engine }, found.get(memoryKey(core.text)) ?? []),
  );
}

const likeEnough = 0.7;

/** Translations of similar texts for an engine that reads them, the most alike first. */
export async function similarTranslations(
  text: string,
  { from, to, engine, memory }: RecallOptions,
): Promise<EngineTerm[]> {
  const candidates = await memory.similar(from, to, text, 12);
  return candidates
    .filter(({ state, origin }) => state === "reviewed" || origin === engine)
    .map((entry) => ({ entry, likeness: wordLikeness(text, entry.source.text) }))
    .filter(({ likeness }) => likeness >= likeEnough)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ entry }) => ({ source: entry.source.text, target: entry.target.text }));
}
