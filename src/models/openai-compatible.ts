import { BadRequestError } from "../errors.ts";
import { aiSdkModel } from "./ai-sdk-model.ts";
import type { LanguageModel } from "./language-model.ts";

export type OpenAICompatibleModelOptions = {
  readonly model: string;
  /** With the version, for example `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Defaults to 8,192, which most local servers are started with or above. */
  readonly contextTokens?: number;
  /** False for servers that refuse `response_format: json_schema`. Defaults to true, and is learnt from a refusal. */
  readonly structuredOutputs?: boolean;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** Sends the requests; one that writes down what leaves, for example. Defaults to the global one. */
  readonly fetch?: typeof fetch;
};

/** A model behind any server that speaks OpenAI's chat completions. Local when its host is this machine. */
export function openaiCompatibleModel(options: OpenAICompatibleModelOptions): LanguageModel {
  if (!URL.canParse(options.baseUrl)) {
    throw new BadRequestError(`"${options.baseUrl}" is not the address of a server`, {
      hint: "write it with its version, for example http://localhost:8080/v1",
    });
  }
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const structuredOutputs = options.structuredOutputs ?? true;
  return aiSdkModel({
    id: options.model,
    provider: "openai-compatible",
    contextTokens: options.contextTokens ?? 8_192,
    isLocal: isLoopback(baseUrl),
    structuredOutputs,
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
    place: {
      name: `the server at ${new URL(baseUrl).origin}`,
      model: options.model,
      keyHint: "give the key it expects, for example in OPENAI_API_KEY",
      modelHint: `check the model's name and the address ${baseUrl}, which most servers end in /v1`,
    },
    load: async () => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const server = createOpenAICompatible({
        name: "openaiCompatible",
        baseURL: baseUrl,
        // Both are off by default: without them the schema is dropped and streams report no usage.
        supportsStructuredOutputs: structuredOutputs,
        includeUsage: true,
        ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
        ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      });
      return server.chatModel(options.model);
    },
  });
}

/** Whether an address is this machine's own (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\])\.?$/i.test(
    hostname,
  );
}
