import { ModelError } from "../errors.ts";
import { aiSdkModel } from "./ai-sdk-model.ts";
import type { LanguageModel } from "./language-model.ts";

export type OpenAIModelOptions = {
  /** For example `gpt-5-mini`. */
  readonly model: string;
  readonly apiKey: string;
  /** Defaults to OpenAI's own address, which the vendor's package knows. */
  readonly baseUrl?: string;
  /** Defaults to 128,000. */
  readonly contextTokens?: number;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** Sends the requests; one that writes down what leaves, for example. Defaults to the global one. */
  readonly fetch?: typeof fetch;
};

/**
 * A model at OpenAI, through chat completions: that API keeps nothing on the server unless asked to,
 * which the newer Responses API does by default.
 */
export function openaiModel(options: OpenAIModelOptions): LanguageModel {
  const keyHint = "set OPENAI_API_KEY to a key of your account";
  if (options.apiKey === "") throw new ModelError("no-model", "OpenAI needs a key", { hint: keyHint });
  return aiSdkModel({
    id: options.model,
    provider: "openai",
    contextTokens: options.contextTokens ?? 128_000,
    isLocal: false,
    structuredOutputs: true,
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
    place: {
      name: "OpenAI",
      model: options.model,
      keyHint,
      modelHint: "check the model's name and that the key's project may use it",
    },
    load: async () => {
      const { createOpenAI } = await import("@ai-sdk/openai");
      const { apiKey, baseUrl, fetch } = options;
      return createOpenAI({
        apiKey,
        ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
        ...(fetch === undefined ? {} : { fetch }),
      }).chat(options.model);
    },
  });
}
