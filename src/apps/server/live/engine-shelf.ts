import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";

/** Engines by their spec, opened when the first room needs one and shared by all. */
export type EngineShelf = {
  readonly take: (spec: string) => Promise<TranslationEngine>;
  readonly close: () => Promise<void>;
};

/** An engine that couldn't be opened is tried again at the next call. */
export function engineShelf(open: (spec: string) => Promise<TranslationEngine>): EngineShelf {
  const opened = new Map<string, Promise<TranslationEngine>>();
  return {
    take: (spec) => {
      const known = opened.get(spec);
      if (known !== undefined) return known;
      const engine = Promise.resolve().then(() => open(spec));
      opened.set(spec, engine);
      engine.catch(() => opened.delete(spec));
      return engine;
    },
    close: async () => {
      const engines = await Promise.allSettled(opened.values());
      opened.clear();
      for (const engine of engines)
        if (engine.status === "fulfilled") await engine.value[Symbol.asyncDispose]();
    },
  };
}
