import type { TranslationEngine } from "./translation-engine.ts";

/** Gives every text back as it is: for tests of what surrounds a translation, and to measure it without one. */
export function echoEngine(): TranslationEngine {
  return {
    id: "echo",
    isLocal: true,
    capabilities: {
      tags: "xml",
      glossary: false,
      context: false,
      maxCharacters: Number.MAX_SAFE_INTEGER,
      batchSize: 1_000,
    },
    missing: async () => undefined,
    translate: async ({ items, signal }) => {
      signal?.throwIfAborted();
      return { items: items.map(({ id, text }) => ({ id, text })), failed: [] };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
