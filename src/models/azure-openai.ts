import { ModelError } from "../errors.ts";
import { aiSdkModel } from "./ai-sdk-model.ts";
import type { LanguageModel } from "./language-model.ts";

export type AzureOpenAIModelOptions = {
  /** The deployment's name, which is not the model's. */
  readonly deployment: string;
  readonly apiKey: string;
  /** The resource (`https://name.openai.azure.com`) or a v1 base, also of a gateway (`https://host/openai/v1`). */
  readonly endpoint: string;
  /** A dated version such as `2024-10-21` selects `/openai/deployments/{name}` URLs. Defaults to the v1 API. */
  readonly apiVersion?: string;
  /** Defaults to 128,000. */
  readonly contextTokens?: number;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** Sends the requests; one that writes down what leaves, for example. Defaults to the global one. */
  readonly fetch?: typeof fetch;
};

/** A deployment at Azure OpenAI, by the v1 API or by dated deployment URLs. */
export function azureOpenAIModel(options: AzureOpenAIModelOptions): LanguageModel {
  const keyHint = "set AZURE_OPENAI_API_KEY to a key of the resource at AZURE_OPENAI_ENDPOINT";
  if (options.apiKey === "") throw new ModelError("no-model", "Azure OpenAI needs a key", { hint: keyHint });
  if (!URL.canParse(options.endpoint)) {
    throw new ModelError("no-model", `"${options.endpoint}" is not the address of an Azure OpenAI resource`, {
      hint: "set AZURE_OPENAI_ENDPOINT, for example to https://name.openai.azure.com",
    });
  }
  return aiSdkModel({
    id: options.deployment,
    provider: "azure",
    contextTokens: options.contextTokens ?? 128_000,
    isLocal: false,
    structuredOutputs: true,
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
    place: {
      name: "Azure OpenAI",
      model: options.deployment,
      keyHint,
      modelHint: "check the name of the deployment (not of the model), the endpoint and the api-version",
    },
    load: async () => {
      const { createAzure } = await import("@ai-sdk/azure");
      const isDated = options.apiVersion !== undefined && options.apiVersion !== "v1";
      const azure = createAzure({
        apiKey: options.apiKey,
        baseURL: azureBaseUrl(options.endpoint, isDated),
        ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
        ...(isDated ? { useDeploymentBasedUrls: true, apiVersion: options.apiVersion } : {}),
      });
      return azure.chat(options.deployment);
    },
  });
}

/** `…/openai` for dated URLs, `…/openai/v1` for the v1 API, whatever of it the endpoint already has. */
export function azureBaseUrl(endpoint: string, isDated: boolean): string {
  const bare = endpoint.replace(/[?#].*$/, "").replace(/\/+$/, "");
  const root = bare.replace(/\/v1$/, "").replace(/\/openai$/, "");
  return isDated ? `${root}/openai` : `${root}/openai/v1`;
}
