import { CATALOGUE } from "../../models/catalogue.ts";
import type { MissingKey } from "../../models/deployments/parse-deployments.ts";
import { parseDeployments } from "../../models/deployments/parse-deployments.ts";
import type { Deployment } from "../../models/deployments/types.ts";
import { cachedModelPath } from "../../models/llama/index.ts";
import { parseModelSpec } from "../../models/model-spec.ts";
import { type ConfigSource, readDeployments } from "../deployments-config.ts";
import { type Environment, isSet, type ModelConfig } from "../model-config.ts";

export type GatheredDeployments = {
  readonly deployments: readonly Deployment[];
  readonly missingKeys: readonly MissingKey[];
  /** What was found in the environment and is of no use as it is, in sentences for whoever starts the server. */
  readonly notes: readonly string[];
};

export type GatherOptions = {
  /** Read with `readModelConfigs`, nearest first. */
  readonly configs: readonly ConfigSource[];
  readonly env: Environment;
  readonly cacheFolder: string;
};

/** Deployments as a config file has them. */
type Found = { [name: string]: { operations?: readonly string[]; targets: object[] } };

/**
 * The deployments of config files and TANDEM_DEPLOYMENTS. Where those have none, what is there makes some: the model that
 * was chosen (`tandem models use`, TANDEM_MODEL), providers whose keys are in the environment, models in the cache folder.
 */
export async function gatherDeployments(options: GatherOptions): Promise<GatheredDeployments> {
  const { configs, env } = options;
  const configured = await readDeployments(configs, env);
  if (configured.deployments.length > 0) return { ...configured, notes: [] };
  const notes: string[] = [];
  const found: Found = {
    ...(await cachedModels(options)),
    ...fromEnvironment(env, notes),
    ...chosenModel(configs, env),
  };
  const parsed = parseDeployments(found, { from: "the environment", key: (name) => env[name] });
  return { ...parsed, notes };
}

async function cachedModels({ cacheFolder }: GatherOptions): Promise<Found> {
  const found: Found = {};
  for (const entry of CATALOGUE) {
    if ((await cachedModelPath(entry, cacheFolder)) === undefined) continue;
    const operations = ["chat", "responses", "completions", "embeddings"];
    found[entry.id] = { operations, targets: [{ id: "embedded", provider: "embedded", model: entry.id }] };
  }
  return found;
}

function fromEnvironment(env: Environment, notes: string[]): Found {
  const {
    OPENAI_API_KEY: openaiKey,
    OPENAI_BASE_URL: baseUrl,
    OPENAI_MODEL: model,
    AZURE_OPENAI_ENDPOINT: endpoint,
    AZURE_OPENAI_API_KEY: azureKey,
    AZURE_OPENAI_DEPLOYMENT: azureDeployment,
    AZURE_OPENAI_API_VERSION: apiVersion,
  } = env;
  const found: Found = {};
  if (isSet(baseUrl)) {
    const key = isSet(openaiKey) ? { apiKeyEnv: "OPENAI_API_KEY" } : {};
    if (isSet(model))
      found[nameOf(model)] = { targets: [{ provider: "openai-compatible", model, baseUrl, ...key }] };
    else
      notes.push("OPENAI_BASE_URL is set, but not which model of that server is meant: set OPENAI_MODEL too");
  } else if (isSet(openaiKey)) {
    const name = isSet(model) ? model : "gpt-5-mini";
    found[nameOf(name)] = { targets: [{ provider: "openai", model: name }] };
    const small = "text-embedding-3-small";
    found[small] = { operations: ["embeddings"], targets: [{ provider: "openai", model: small }] };
  }
  if (!isSet(azureKey) || !isSet(endpoint)) return found;
  const dated = isSet(apiVersion) ? { apiVersion } : {};
  if (isSet(azureDeployment))
    found[nameOf(azureDeployment)] = {
      targets: [{ provider: "azure", model: azureDeployment, baseUrl: endpoint, ...dated }],
    };
  else
    notes.push(
      "AZURE_OPENAI_ENDPOINT is set, but not which deployment is meant: set AZURE_OPENAI_DEPLOYMENT",
    );
  return found;
}

/** The model that a person chose for Tandem's own work serves callers as well. */
function chosenModel(configs: readonly ConfigSource[], env: Environment): Found {
  const config: ModelConfig | undefined = isSet(env.TANDEM_MODEL)
    ? { model: env.TANDEM_MODEL }
    : configs.find((each) => isSet(each.config.model))?.config;
  if (config?.model === undefined) return {};
  const setting = parseModelSpec(config.model);
  const key = config.apiKeyEnv === undefined ? {} : { apiKeyEnv: config.apiKeyEnv };
  const context = config.contextTokens === undefined ? {} : { contextTokens: config.contextTokens };
  switch (setting.provider) {
    case "none":
    case "deployment":
      return {};
    case "embedded": {
      const model = setting.path ?? setting.model;
      const operations = ["chat", "responses", "completions", "embeddings"];
      const target = { id: "embedded", provider: "embedded", model, ...context };
      return { [nameOf(setting.model)]: { operations, targets: [target] } };
    }
    case "openai":
      return {
        [nameOf(setting.model)]: {
          targets: [{ provider: "openai", model: setting.model, ...key, ...context }],
        },
      };
    case "openai-compatible": {
      const { model, baseUrl } = setting;
      return {
        [nameOf(model)]: { targets: [{ provider: "openai-compatible", model, baseUrl, ...key, ...context }] },
      };
    }
    case "azure": {
      const baseUrl = config.endpoint ?? env.AZURE_OPENAI_ENDPOINT;
      const apiVersion = config.apiVersion ?? env.AZURE_OPENAI_API_VERSION;
      if (!isSet(baseUrl)) return {};
      const dated = isSet(apiVersion) ? { apiVersion } : {};
      const target = {
        provider: "azure",
        model: setting.deployment,
        baseUrl,
        ...dated,
        ...key,
        ...context,
      };
      return { [nameOf(setting.deployment)]: { targets: [target] } };
    }
    default:
      return setting satisfies never;
  }
}

/** `qwen/qwen3:8b` is a model, `qwen-qwen3-8b` can stand in an address. */
function nameOf(model: string): string {
  return (
    model
      .replace(/\.gguf$/i, "")
      .replace(/[^\w.-]+/g, "-")
      .slice(-64) || "model"
  );
}
