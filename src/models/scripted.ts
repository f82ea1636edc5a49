import { ModelError } from "../errors.ts";
import type { Json } from "../json.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import type {
  GenerateRequest,
  Generation,
  LanguageModel,
  ScoreRequest,
  StreamPart,
} from "./language-model.ts";

/** What a scripted model says: a text, a JSON value, a whole generation, or a failure to throw. */
export type ScriptedAnswer = string | { readonly json: Json } | Generation | Error;

/** Answers in order, or a function of the request and its number (from 0). */
export type Script =
  | readonly ScriptedAnswer[]
  | ((request: GenerateRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>);

export type ScriptedModelOptions = {
  /** Defaults to `scripted`. */
  readonly id?: string;
  /** Defaults to 8,192. */
  readonly contextTokens?: number;
  /** Left out by default, as for a model of unknown size. */
  readonly parametersInBillions?: number;
  /** Answers `score`; without it the model has no `score`, as most providers have none. */
  readonly score?: (request: ScoreRequest) => readonly number[];
};

/** A model that plays a script, and what it was asked. */
export type ScriptedModel = LanguageModel & {
  readonly requests: readonly GenerateRequest[];
  readonly scoreRequests: readonly ScoreRequest[];
};

/** A language model for tests: it answers from a list or a function and records every request. */
export function scriptedModel(script: Script, options: ScriptedModelOptions = {}): ScriptedModel {
  const requests: GenerateRequest[] = [];
  const scoreRequests: ScoreRequest[] = [];

  const generate = async (request: GenerateRequest): Promise<Generation> => {
    request.signal?.throwIfAborted();
    const index = requests.push(request) - 1;
    const answer = typeof script === "function" ? await script(request, index) : script[index];
    request.signal?.throwIfAborted();
    if (answer === undefined) throw new ModelError("model-failed", `the script has no answer ${index + 1}`);
    if (answer instanceof Error) throw answer;
    return asGeneration(request, answer);
  };

  async function* stream(request: GenerateRequest): AsyncGenerator<StreamPart> {
    const generation = await generate(request);
    for (const [piece] of generation.text.matchAll(/\s*\S+\s*$|\s*\S+/g)) {
      request.signal?.throwIfAborted();
      yield { kind: "text", text: piece };
    }
    yield { kind: "end", generation };
  }

  const { score } = options;
  return {
    id: options.id ?? "scripted",
    provider: "scripted",
    contextTokens: options.contextTokens ?? 8_192,
    ...(options.parametersInBillions === undefined
      ? {}
      : { parametersInBillions: options.parametersInBillions }),
    isLocal: true,
    requests,
    scoreRequests,
    generate,
    stream,
    countTokens: async (text) => estimateTokens(text),
    ...(score === undefined
      ? {}
      : {
          score: async (request: ScoreRequest) => {
            request.signal?.throwIfAborted();
            scoreRequests.push(request);
            return score(request);
          },
        }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function asGeneration(request: GenerateRequest, answer: Exclude<ScriptedAnswer, Error>): Generation {
  if (typeof answer === "object" && "text" in answer) return answer;
  const text = typeof answer === "string" ? answer : JSON.stringify(answer.json);
  const inputTokens = request.messages.reduce((sum, message) => sum + estimateTokens(message.content), 0);
  return { text, finishReason: "stop", usage: { inputTokens, outputTokens: estimateTokens(text) } };
}
