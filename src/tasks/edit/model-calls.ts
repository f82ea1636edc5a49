import { ModelError, TandemError } from "../../errors.ts";
import type { LanguageModel } from "../../models/index.ts";

/** Calls of a model that may fail one at a time, but not from the start. */
export type ModelCalls = {
  /** The answer, or undefined when this call failed. Throws when the first two calls fail, and on abort. */
  readonly attempt: <T>(call: (model: LanguageModel) => Promise<T>) => Promise<T | undefined>;
  readonly failed: () => number;
};

const FAILURES_OF_THE_DEAD = 2;

/** Keeps count of a model's failures: one bad block is a pity, a model that never answers is an error. */
export function modelCalls(model: LanguageModel, signal: AbortSignal | undefined): ModelCalls {
  let failed = 0;
  let answered = 0;
  return {
    failed: () => failed,
    attempt: async (call) => {
      signal?.throwIfAborted();
      try {
        const answer = await call(model);
        answered++;
        return answer;
      } catch (cause) {
        signal?.throwIfAborted();
        if (!(cause instanceof TandemError)) throw cause;
        failed++;
        if (answered === 0 && failed >= FAILURES_OF_THE_DEAD) throw deadModel(model, cause);
        return undefined;
      }
    },
  };
}

function deadModel(model: LanguageModel, cause: TandemError): TandemError {
  return new ModelError(
    "model-failed",
    `${model.id} failed on the first ${FAILURES_OF_THE_DEAD} calls: ${cause.message}`,
    {
      hint: cause.hint ?? "try another model: tandem models list",
      cause,
    },
  );
}

/** Whether a model is so small that it invents often: it gets one sentence at a time and strict checks. */
export function isSmallModel(model: LanguageModel): boolean {
  return model.parametersInBillions === undefined
    ? model.provider === "embedded"
    : model.parametersInBillions < 1;
}
