import type { generateText, LanguageModelUsage, LanguageModel as SdkModel } from "ai";
import { ModelError } from "../errors.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import type {
  FinishReason,
  GenerateRequest,
  Generation,
  LanguageModel,
  StreamPart,
  Usage,
} from "./language-model.ts";
import { judgeProviderFailure, type ProviderPlace } from "./provider-failure.ts";
import { withRetry } from "./retry.ts";
import { fitsStrictMode, hasObjectRoot, schemaInstruction } from "./schema-fit.ts";

export type AiSdkModelOptions = {
  readonly id: string;
  readonly provider: string;
  readonly contextTokens: number;
  readonly isLocal: boolean;
  readonly place: ProviderPlace;
  /** Loads the vendor's package and makes its model; called once, at the first request. */
  readonly load: () => Promise<SdkModel>;
  /** False when the server takes no JSON schema: it then travels as an instruction. */
  readonly structuredOutputs: boolean;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
};

/** What earlier refusals taught about a server, kept for the next calls. */
type Learned = { samplingRefused: boolean; schemaRefused: boolean };

/** A model behind the AI SDK: the SDK speaks the wire format; retries, errors and usage are ours. */
export function aiSdkModel(options: AiSdkModelOptions): LanguageModel {
  const learned: Learned = { samplingRefused: false, schemaRefused: !options.structuredOutputs };
  let loading: Promise<{ ai: typeof import("ai"); model: SdkModel }> | undefined;
  const load = (): NonNullable<typeof loading> => {
    loading ??= Promise.all([import("ai"), options.load()]).then(([ai, model]) => {
      // The SDK prints a line for each setting a model ignores; a library has no business on the console.
      const globals = globalThis as { AI_SDK_LOG_WARNINGS?: unknown };
      globals.AI_SDK_LOG_WARNINGS ??= false;
      return { ai, model };
    });
    return loading;
  };

  const attempt = async <T>(request: GenerateRequest, run: () => Promise<T>): Promise<T> =>
    withRetry(() => adapting(run, learned, request, options.place), {
      judge: (thrown) => judgeProviderFailure(thrown, options.place),
      attempts: options.attempts ?? 3,
      signal: request.signal,
    });

  return {
    id: options.id,
    provider: options.provider,
    contextTokens: options.contextTokens,
    isLocal: options.isLocal,
    generate: async (request) => {
      request.signal?.throwIfAborted();
      const { ai, model } = await load();
      return attempt(request, () => generateOnce(ai, model, request, learned));
    },
    stream: async function* (request): AsyncGenerator<StreamPart> {
      request.signal?.throwIfAborted();
      const { ai, model } = await load();
      // Retried only until the first part: what was yielded cannot be taken back.
      const { first, rest } = await attempt(request, async () => {
        const parts = streamOnce(ai, model, request, learned);
        return { first: await parts.next(), rest: parts };
      });
      if (first.done === true) return;
      yield first.value;
      try {
        yield* rest;
      } catch (thrown) {
        request.signal?.throwIfAborted();
        throw judgeProviderFailure(thrown, options.place).error;
      }
    },
    countTokens: async (text) => estimateTokens(text),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Tries once more, differently, when the server says what it does not take. */
async function adapting<T>(
  run: () => Promise<T>,
  learned: Learned,
  request: GenerateRequest,
  place: ProviderPlace,
): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const failure = judgeProviderFailure(thrown, place);
    if (failure.refusesSampling && !learned.samplingRefused) learned.samplingRefused = true;
    else if (failure.refusesSchema && request.schema !== undefined && !learned.schemaRefused)
      learned.schemaRefused = true;
    else throw thrown;
    return run();
  }
}

async function generateOnce(
  ai: typeof import("ai"),
  model: SdkModel,
  request: GenerateRequest,
  learned: Learned,
): Promise<Generation> {
  const settings = settingsOf(ai, model, request, learned);
  try {
    const result = await ai.generateText(settings);
    return asGeneration(result.text, result.finishReason, result.usage);
  } catch (thrown) {
    // The SDK refuses a JSON answer that does not parse; judging and repairing it is `generateJson`'s work.
    if (!ai.NoObjectGeneratedError.isInstance(thrown) || thrown.text === undefined) throw thrown;
    return asGeneration(thrown.text, thrown.finishReason, thrown.usage);
  }
}

async function* streamOnce(
  ai: typeof import("ai"),
  model: SdkModel,
  request: GenerateRequest,
  learned: Learned,
): AsyncGenerator<StreamPart> {
  const result = ai.streamText({ ...settingsOf(ai, model, request, learned), onError: () => {} });
  // Asking for a JSON output makes this promise; nobody else would handle its rejection.
  Promise.resolve(result.output).catch(() => {});
  let text = "";
  for await (const part of result.fullStream) {
    if (part.type === "text-delta") {
      text += part.text;
      yield { kind: "text", text: part.text };
    } else if (part.type === "error") {
      throw part.error;
    } else if (part.type === "abort") {
      request.signal?.throwIfAborted();
    } else if (part.type === "finish") {
      yield { kind: "end", generation: asGeneration(text, part.finishReason, part.totalUsage) };
      return;
    }
  }
  request.signal?.throwIfAborted();
  throw new ModelError("model-failed", "the answer broke off before its end", { hint: "run it again" });
}

function settingsOf(
  ai: typeof import("ai"),
  model: SdkModel,
  request: GenerateRequest,
  learned: Learned,
): Parameters<typeof generateText>[0] {
  const { schema } = request;
  const asInstruction = schema !== undefined && (learned.schemaRefused || !hasObjectRoot(schema));
  const system = request.messages
    .filter((message) => message.role === "system")
    .map((message) => message.content);
  if (schema !== undefined && asInstruction) system.push(schemaInstruction(schema));
  const vendorOptions = {
    ...(schema === undefined ? {} : { strictJsonSchema: fitsStrictMode(schema) }),
    ...(learned.samplingRefused ? { forceReasoning: true } : {}),
  };
  return {
    model,
    ...(system.length === 0 ? {} : { system: system.join("\n\n") }),
    messages: turnsOf(request),
    ...(schema === undefined || asInstruction
      ? {}
      : { output: ai.Output.object({ schema: ai.jsonSchema(schema) }) }),
    maxRetries: 0,
    ...(request.maxTokens === undefined ? {} : { maxOutputTokens: request.maxTokens }),
    ...(learned.samplingRefused ? {} : samplingOf(request)),
    ...(request.signal === undefined ? {} : { abortSignal: request.signal }),
    providerOptions: { openai: vendorOptions, azure: vendorOptions, openaiCompatible: vendorOptions },
  };
}

function samplingOf(request: GenerateRequest): { temperature: number; topP?: number; seed?: number } {
  return {
    temperature: request.temperature ?? 0,
    ...(request.topP === undefined ? {} : { topP: request.topP }),
    ...(request.seed === undefined ? {} : { seed: request.seed }),
  };
}

function turnsOf(request: GenerateRequest): { role: "user" | "assistant"; content: string }[] {
  const turns = request.messages.flatMap(({ role, content }) =>
    role === "system" ? [] : [{ role, content }],
  );
  // Servers refuse a chat of instructions alone.
  return turns.length > 0 ? turns : [{ role: "user", content: "Go on." }];
}

function asGeneration(
  text: string,
  finishReason: string | undefined,
  usage: LanguageModelUsage | undefined,
): Generation {
  return { text, finishReason: asFinishReason(finishReason), usage: asUsage(usage) };
}

function asFinishReason(reason: string | undefined): FinishReason {
  return reason === "stop" || reason === "length" || reason === "content-filter" ? reason : "other";
}

function asUsage(usage: LanguageModelUsage | undefined): Usage {
  return { inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 };
}
