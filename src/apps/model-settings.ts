import { BadRequestError, TandemError } from "../errors.ts";
import { CATALOGUE, type CatalogueEntry, findEntry, smallestEntry } from "../models/catalogue.ts";
import { connectModel } from "../models/connect-model.ts";
import { routedModel } from "../models/deployments/routed-model.ts";
import { createRouter } from "../models/deployments/router.ts";
import type { DataPolicy, Router } from "../models/deployments/types.ts";
import type { LanguageModel } from "../models/language-model.ts";
import { cachedModelPath, type PullProgress, pullModel } from "../models/llama/index.ts";
import { type ModelSetting, parseModelSpec } from "../models/model-spec.ts";
import { withEgress } from "../models/safety/egress.ts";
import { readDeployments, targetOpener } from "./deployments-config.ts";
import { type Environment, isSet, type ModelConfig } from "./model-config.ts";

export type ResolveModelOptions = {
  /** The `--model` of the command line. */
  readonly flag?: string | undefined;
  readonly env: Environment;
  /** Read with `readModelConfigs`, nearest first. */
  readonly configs?: readonly { readonly from: string; readonly config: ModelConfig }[];
  readonly cacheFolder: string;
  /** Bytes free; a cached model that needs more is not chosen unasked. Defaults to what the process may use. */
  readonly memory?: number;
  /** Fetches the smallest model when nothing else is to be had, or the embedded model that was asked for. Defaults to false. */
  readonly allowDownload?: boolean;
  readonly onProgress?: (progress: PullProgress) => void;
  /** The router of this process, for `deployment:NAME`. Defaults to one over the config's deployments. */
  readonly router?: Router;
  /** Calls of one job keep to one target while it works. */
  readonly affinity?: string;
  /** The strictest that the documents of the job ask for. Defaults to `any`; a deployment's own is added. */
  readonly dataPolicy?: DataPolicy;
  readonly signal?: AbortSignal;
};

export type ResolvedModel = {
  /** Absent when none is to be had. */
  readonly model?: LanguageModel;
  /** Which model and who chose it, or why there is none and what to do: one or two sentences for a person. */
  readonly reason: string;
};

type Choice = { readonly setting: ModelSetting; readonly from: string };

/**
 * Finds the model to use: flag, then environment (TANDEM_MODEL, Azure, OPENAI_BASE_URL, OPENAI_API_KEY), project and
 * user config, a cached embedded model, at last a download where allowed. Does not throw for want of a model: the
 * reason says why. A choice that cannot be read or used is not silently replaced by another one.
 */
export async function resolveModel(options: ResolveModelOptions): Promise<ResolvedModel> {
  try {
    const choice = chosen(options);
    if (choice === undefined) return await unasked(options);
    if (choice.setting.provider === "none") return { reason: `no model: ${choice.from} says none` };
    if (choice.setting.provider === "deployment") {
      const model = await openDeployment(choice.setting.name, options);
      return { model, reason: `${describe(model)}, chosen by ${choice.from}` };
    }
    const setting = await located(choice.setting, options);
    const connected = await connectModel(
      setting,
      options.signal === undefined ? {} : { signal: options.signal },
    );
    const model = withEgress(connected, { policy: options.dataPolicy ?? "any" });
    return { model, reason: `${describe(model)}, chosen by ${choice.from}` };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof TandemError)) throw error;
    return { reason: error.hint === undefined ? error.message : `${error.message}. ${capital(error.hint)}` };
  }
}

async function openDeployment(name: string, options: ResolveModelOptions): Promise<LanguageModel> {
  const { deployments } = options.router ?? (await readDeployments(options.configs ?? [], options.env));
  const router = options.router ?? createRouter(deployments, { now: Date.now });
  const deployment = router.find(name);
  if (deployment === undefined) {
    const known = deployments.map((each) => each.name).join(", ");
    throw new BadRequestError(`there is no deployment "${name}"`, {
      hint: known === "" ? "none is configured: docs/deployments.md shows how" : `the config has ${known}`,
    });
  }
  const { affinity, dataPolicy } = options;
  return routedModel(router, deployment, targetOpener(options.cacheFolder), {
    ...(affinity === undefined ? {} : { affinity }),
    ...(dataPolicy === undefined ? {} : { dataPolicy }),
  });
}

function chosen(options: ResolveModelOptions): Choice | undefined {
  const { flag, env } = options;
  const empty: ModelConfig = {};
  if (isSet(flag)) return { setting: complete(parseModelSpec(flag), empty, env), from: "--model" };
  const named = env.TANDEM_MODEL;
  if (isSet(named)) return { setting: complete(parseModelSpec(named), empty, env), from: "TANDEM_MODEL" };
  const fromEnvironment = settingFromEnvironment(env);
  if (fromEnvironment !== undefined) return fromEnvironment;
  for (const { from, config } of options.configs ?? []) {
    if (isSet(config.model)) return { setting: complete(parseModelSpec(config.model), config, env), from };
  }
  return undefined;
}

function settingFromEnvironment(env: Environment): Choice | undefined {
  const deployment = env.AZURE_OPENAI_DEPLOYMENT;
  if (isSet(env.AZURE_OPENAI_API_KEY) && isSet(env.AZURE_OPENAI_ENDPOINT)) {
    if (!isSet(deployment)) {
      throw new BadRequestError("AZURE_OPENAI_ENDPOINT is set, but not which deployment is meant", {
        hint: "set AZURE_OPENAI_DEPLOYMENT, or give --model azure:DEPLOYMENT",
      });
    }
    return { setting: complete({ provider: "azure", deployment }, {}, env), from: "AZURE_OPENAI_ENDPOINT" };
  }
  const baseUrl = env.OPENAI_BASE_URL;
  const model = env.OPENAI_MODEL;
  if (isSet(baseUrl)) {
    if (!isSet(model)) {
      throw new BadRequestError("OPENAI_BASE_URL is set, but not which model of that server is meant", {
        hint: `set OPENAI_MODEL, or give --model ${baseUrl}#NAME`,
      });
    }
    return {
      setting: complete({ provider: "openai-compatible", baseUrl, model }, {}, env),
      from: "OPENAI_BASE_URL",
    };
  }
  if (!isSet(env.OPENAI_API_KEY)) return undefined;
  const setting = complete({ provider: "openai", model: isSet(model) ? model : "gpt-5-mini" }, {}, env);
  return { setting, from: "OPENAI_API_KEY" };
}

/** Adds to a setting what its line does not carry: the key from the environment, the address, the limits. */
function complete(setting: ModelSetting, config: ModelConfig, env: Environment): ModelSetting {
  const key = (usual: string): { apiKey?: string } => {
    const value = env[config.apiKeyEnv ?? usual];
    return isSet(value) ? { apiKey: value } : {};
  };
  const context = config.contextTokens === undefined ? {} : { contextTokens: config.contextTokens };
  switch (setting.provider) {
    case "none":
    case "deployment":
      return setting;
    case "embedded":
      return { ...setting, ...context, ...(config.threads === undefined ? {} : { threads: config.threads }) };
    case "openai":
      return { ...setting, ...context, ...key("OPENAI_API_KEY") };
    case "openai-compatible":
      return { ...setting, ...context, ...compatibleKey(setting.baseUrl, config, env) };
    case "azure": {
      const endpoint = config.endpoint ?? env.AZURE_OPENAI_ENDPOINT;
      const apiVersion = config.apiVersion ?? env.AZURE_OPENAI_API_VERSION;
      return {
        ...setting,
        ...context,
        ...key("AZURE_OPENAI_API_KEY"),
        ...(isSet(endpoint) ? { endpoint } : {}),
        ...(isSet(apiVersion) ? { apiVersion } : {}),
      };
    }
    default:
      return setting satisfies never;
  }
}

/** A key goes only to the server it was given for: OPENAI_API_KEY to OPENAI_BASE_URL, others by `apiKeyEnv`. */
function compatibleKey(baseUrl: string, config: ModelConfig, env: Environment): { apiKey?: string } {
  const own = config.apiKeyEnv === undefined ? env.TANDEM_API_KEY : env[config.apiKeyEnv];
  if (isSet(own)) return { apiKey: own };
  const usual = env.OPENAI_API_KEY;
  const meant = env.OPENAI_BASE_URL;
  const bare = (url: string): string => url.replace(/\/+$/, "");
  return config.apiKeyEnv === undefined && isSet(usual) && isSet(meant) && bare(meant) === bare(baseUrl)
    ? { apiKey: usual }
    : {};
}

/** Fills in the file of an embedded model that was asked for, by a download where allowed. */
async function located(setting: ModelSetting, options: ResolveModelOptions): Promise<ModelSetting> {
  if (setting.provider !== "embedded" || setting.path !== undefined) return setting;
  const entry = findEntry(setting.model);
  if (entry === undefined) return setting;
  const path =
    (await cachedModelPath(entry, options.cacheFolder)) ??
    (options.allowDownload === true ? await download(entry, options) : undefined);
  return path === undefined ? setting : { ...setting, path };
}

async function unasked(options: ResolveModelOptions): Promise<ResolvedModel> {
  const memory = options.memory ?? process.availableMemory();
  for (const entry of CATALOGUE.toReversed()) {
    const path = entry.memoryBytes <= memory ? await cachedModelPath(entry, options.cacheFolder) : undefined;
    if (path !== undefined) return open(entry, path, "found in the cache", options);
  }
  if (options.allowDownload === true) {
    const entry = smallestEntry();
    return open(entry, await download(entry, options), "fetched just now", options);
  }
  const reason =
    "no model is configured. Fetch a small one with: tandem models pull, " +
    "set OPENAI_API_KEY or AZURE_OPENAI_API_KEY, or give a file: --model path/to/file.gguf";
  return { reason };
}

async function open(
  entry: CatalogueEntry,
  path: string,
  how: string,
  options: ResolveModelOptions,
): Promise<ResolvedModel> {
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const model = await connectModel({ provider: "embedded", model: entry.id, path }, signal);
  return { model, reason: `${describe(model)}, ${how}` };
}

async function download(entry: CatalogueEntry, options: ResolveModelOptions): Promise<string> {
  const { cacheFolder, signal, onProgress } = options;
  const pulled = await pullModel(entry, {
    cacheFolder,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return pulled.path;
}

function describe(model: LanguageModel): string {
  return `${model.id} (${model.provider}${model.isLocal ? ", on this machine" : ""})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
