import type { OpenTarget } from "../../models/deployments/routed-model.ts";
import type { Target } from "../../models/deployments/types.ts";
import type { LanguageModel } from "../../models/language-model.ts";

/** Embedded models that are loaded, each once. */
export type ModelShelf = AsyncDisposable & {
  /** Loads the target's model at the first call; a load that failed is tried again by the next. */
  readonly open: (target: Target) => Promise<LanguageModel>;
};

/** A shelf that is empty at first. Whatever was loaded is unloaded with it. */
export function modelShelf(open: OpenTarget): ModelShelf {
  const models = new Map<string, Promise<LanguageModel>>();
  return {
    open: (target) => {
      const key = JSON.stringify([target.model, target.contextTokens]);
      const known = models.get(key);
      if (known !== undefined) return known;
      const opening = open(target);
      models.set(key, opening);
      opening.catch(() => models.delete(key));
      return opening;
    },
    [Symbol.asyncDispose]: async () => {
      const opened = await Promise.allSettled(models.values());
      models.clear();
      for (const each of opened) if (each.status === "fulfilled") await each.value[Symbol.asyncDispose]();
    },
  };
}
