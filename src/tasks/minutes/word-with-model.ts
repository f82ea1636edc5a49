import type { LanguageModel } from "../../models/language-model.ts";
import type { ModelJob, ModelWork, Tally } from "./model-job.ts";
import { wordLarge } from "./word-large.ts";
import { wordSmall } from "./word-small.ts";

/** Below this many billions of parameters a model only words, it does not sort. */
const SMALL = 1;
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
