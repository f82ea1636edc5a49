import { ModelError } from "../../errors.ts";
import { azureOpenAIModel } from "../azure-openai.ts";
import { connectModel } from "../connect-model.ts";
import type { LanguageModel } from "../language-model.ts";
import { openaiModel } from "../openai.ts";
import { openaiCompatibleModel } from "../openai-compatible.ts";
import { isLocalTarget } from "./permitted-targets.ts";
import type { Target } from "./types.ts";

export type ConnectTargetOptions = {
  /** The GGUF file of an embedded target; `apps` knows the cache folder. Defaults to the target's model as a path. */
  readonly path?: string;
  /** Sends the requests; one that writes down what leaves, for example. Defaults to the global one. */
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
};

/** A target's model. It makes one attempt a call: retries are the routed model's. An embedded model is loaded. */
export async function connectTarget(
  target: Target,
  options: ConnectTargetOptions = {},
): Promise<LanguageModel> {
  const { apiKey = "", baseUrl, model } = target;
  const more = {
    attempts: 1,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...contextOf(target),
  };
  switch (target.provider) {
    case "openai":
      return openaiModel({ model, apiKey, ...more, ...(baseUrl === undefined ? {} : { baseUrl }) });
    case "azure": {
      const dated = target.apiVersion === undefined ? {} : { apiVersion: target.apiVersion };
      return azureOpenAIModel({ deployment: model, apiKey, endpoint: baseUrl ?? "", ...more, ...dated });
    }
    case "openai-compatible":
    case "vllm":
      return connectServer(target, more);
    case "embedded":
      return connectEmbedded(target, options);
    default:
      return target.provider satisfies never;
  }
}

function connectServer(
  target: Target,
  more: { readonly attempts: number; readonly fetch?: typeof fetch; readonly contextTokens?: number },
): LanguageModel {
  const { apiKey, baseUrl, model, structuredOutputs } = target;
  if (baseUrl === undefined) {
    throw new ModelError("no-model", `the target ${target.id} has no address`, { hint: "give it a baseUrl" });
  }
  const connected = openaiCompatibleModel({
    model,
    baseUrl,
    ...more,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(structuredOutputs === undefined ? {} : { structuredOutputs }),
  });
  return { ...connected, isLocal: isLocalTarget(target) };
}

function connectEmbedded(target: Target, options: ConnectTargetOptions): Promise<LanguageModel> {
  const { model } = target;
  const path = options.path ?? (/\.gguf$/i.test(model) ? model : undefined);
  const setting = {
    provider: "embedded",
    model,
    ...contextOf(target),
    ...(path === undefined ? {} : { path }),
  } as const;
  return connectModel(setting, options.signal === undefined ? {} : { signal: options.signal });
}

function contextOf({ contextTokens }: Target): { readonly contextTokens?: number } {
  return contextTokens === undefined ? {} : { contextTokens };
}
