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
  const context = target.contextTokens === undefined ? {} : { contextTokens: target.contextTokens };
  const { apiKey = "", baseUrl, model } = target;
  const sending = options.fetch === undefined ? {} : { fetch: options.fetch };
  switch (target.provider) {
    case "openai": {
      const address = baseUrl === undefined ? {} : { baseUrl };
      return openaiModel({ model, apiKey, attempts: 1, ...sending, ...address, ...context });
    }
    case "azure": {
      const dated = target.apiVersion === undefined ? {} : { apiVersion: target.apiVersion };
      const endpoint = baseUrl ?? "";
      return azureOpenAIModel({
        deployment: model,
        apiKey,
        endpoint,
        attempts: 1,
        ...sending,
        ...dated,
        ...context,
      });
    }
    case "openai-compatible":
    case "vllm": {
      if (baseUrl === undefined) {
        throw new ModelError("no-model", `the target ${target.id} has no address`, {
          hint: "give it a baseUrl",
        });
      }
      const { structuredOutputs } = target;
      const connected = openaiCompatibleModel({
        model,
        baseUrl,
        attempts: 1,
        ...sending,
        ...context,
        ...(apiKey === "" ? {} : { apiKey }),
        ...(structuredOutputs === undefined ? {} : { structuredOutputs }),
      });
      return { ...connected, isLocal: isLocalTarget(target) };
    }
    case "embedded": {
      const path = options.path ?? (/\.gguf$/i.test(model) ? model : undefined);
      const signal = options.signal === undefined ? {} : { signal: options.signal };
      return connectModel(
        { provider: "embedded", model, ...context, ...(path === undefined ? {} : { path }) },
        signal,
      );
    }
    default:
      return target.provider satisfies never;
  }
}
