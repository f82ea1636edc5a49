import { ModelError } from "../errors.ts";
import { azureOpenAIModel } from "./azure-openai.ts";
import { findEntry } from "./catalogue.ts";
import type { LanguageModel } from "./language-model.ts";
import type { ModelSetting } from "./model-spec.ts";
import { openaiModel } from "./openai.ts";
import { openaiCompatibleModel } from "./openai-compatible.ts";

export type ConnectModelOptions = {
  readonly signal?: AbortSignal;
};

/**
 * Makes a model from a plain setting. Nothing is called yet at a provider; an embedded model is loaded.
 * Throws `ModelError` `no-model` when the setting lacks a key, an address or a file, or says `none`.
 */
export async function connectModel(
  setting: ModelSetting,
  options: ConnectModelOptions = {},
): Promise<LanguageModel> {
  switch (setting.provider) {
    case "none":
      throw new ModelError("no-model", "no model is wanted", { hint: "leave out --model none to use one" });
    case "deployment":
      throw new ModelError("no-model", `the deployment ${setting.name} needs a router`, {
        hint: "open it with routedModel",
      });
    case "openai":
      return openaiModel({ ...setting, apiKey: setting.apiKey ?? "" });
    case "azure":
      return azureOpenAIModel({ ...setting, apiKey: setting.apiKey ?? "", endpoint: setting.endpoint ?? "" });
    case "openai-compatible":
      return openaiCompatibleModel(setting);
    case "embedded":
      return connectEmbedded(setting, options);
    default:
      return setting satisfies never;
  }
}

async function connectEmbedded(
  setting: Extract<ModelSetting, { provider: "embedded" }>,
  options: ConnectModelOptions,
): Promise<LanguageModel> {
  const { path, threads, contextTokens, gpu } = setting;
  if (path === undefined) {
    throw new ModelError("no-model", `the embedded model ${setting.model} is not on this machine yet`, {
      hint: `fetch it with: tandem models pull ${setting.model}`,
    });
  }
  const entry = findEntry(setting.model);
  // Imported only here, so that the rest of the room also runs in a browser.
  const { openEmbeddedModel } = await import("./llama/embedded-model.ts");
  return openEmbeddedModel({
    path,
    id: setting.model,
    ...(entry === undefined ? {} : { parametersInBillions: entry.parametersInBillions }),
    ...(threads === undefined ? {} : { threads }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(gpu === undefined ? {} : { gpu }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}
