import { readFile } from "node:fs/promises";
import { BadRequestError } from "../errors.ts";
import { findEntry } from "../models/catalogue.ts";
import { connectTarget } from "../models/deployments/connect-target.ts";
import { type ParsedDeployments, parseDeployments } from "../models/deployments/parse-deployments.ts";
import type { OpenTarget } from "../models/deployments/routed-model.ts";
import { cachedModelPath } from "../models/llama/index.ts";
import { type Environment, isSet, type ModelConfig } from "./model-config.ts";

/** Config files as `readModelConfigs` gives them, nearest first. */
export type ConfigSource = { readonly from: string; readonly config: ModelConfig };

/**
 * The deployments of the config files, where a nearer file's deployment replaces a further one's of that name, and over them
 * those of TANDEM_DEPLOYMENTS: a file, or the JSON itself. Keys come from the environment.
 */
export async function readDeployments(
  configs: readonly ConfigSource[],
  env: Environment,
): Promise<ParsedDeployments> {
  const own = env.TANDEM_DEPLOYMENTS;
  const sources: { from: string; value: unknown }[] = configs.flatMap(({ from, config }) =>
    config.deployments === undefined ? [] : [{ from, value: config.deployments }],
  );
  if (isSet(own)) sources.unshift(await fromVariable(own));
  const seen = new Set<string>();
  const parsed = sources.map(({ from, value }) => {
    const { deployments, missingKeys } = parseDeployments(value, { from, key: (name) => env[name] });
    const fresh = deployments.filter(({ name }) => !seen.has(name));
    for (const { name } of fresh) seen.add(name);
    const names = new Set(fresh.map(({ name }) => name));
    return { fresh, missing: missingKeys.filter(({ deployment }) => names.has(deployment)) };
  });
  return {
    deployments: parsed.flatMap(({ fresh }) => fresh),
    missingKeys: parsed.flatMap(({ missing }) => missing),
  };
}

async function fromVariable(own: string): Promise<{ from: string; value: unknown }> {
  const isJson = own.trimStart().startsWith("{");
  const from = isJson ? "TANDEM_DEPLOYMENTS" : own;
  const text = isJson
    ? own
    : await readFile(own, "utf8").catch((cause: unknown) => {
        throw new BadRequestError(`TANDEM_DEPLOYMENTS names ${own}, which cannot be read`, { cause });
      });
  try {
    const value: unknown = JSON.parse(text);
    // A whole config file does as well as its part.
    return { from, value: (value as { deployments?: unknown }).deployments ?? value };
  } catch (cause) {
    throw new BadRequestError(`${from} is not JSON`, { cause });
  }
}

/** Opens targets on this machine: the catalogue's embedded models are looked for in the cache folder. */
export function targetOpener(cacheFolder: string): OpenTarget {
  return async (target) => {
    const entry = target.provider === "embedded" ? findEntry(target.model) : undefined;
    const path = entry === undefined ? undefined : await cachedModelPath(entry, cacheFolder);
    return connectTarget(target, path === undefined ? {} : { path });
  };
}
