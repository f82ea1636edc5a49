import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { BadRequestError } from "../errors.ts";

/** The environment as the process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What `tandem.config.json` and the user's config file may say about the model. Never a key, only where to find it. */
export type ModelConfig = {
  /** As `parseModelSpec` reads it. */
  readonly model?: string;
  /** Name of the environment variable that holds the provider's key. */
  readonly apiKeyEnv?: string;
  /** Address of an Azure OpenAI resource. */
  readonly endpoint?: string;
  /** Dated Azure API version. */
  readonly apiVersion?: string;
  readonly threads?: number;
  readonly contextTokens?: number;
  /** Deployments by name, read by `readDeployments`. */
  readonly deployments?: unknown;
  /** Content filters besides our own rules, read by `readFilters`. */
  readonly filters?: unknown;
};

/** The user's own config file: TANDEM_CONFIG, else the platform's place for settings (XDG on Linux). */
export function userConfigPath(
  env: Environment,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  const own = env.TANDEM_CONFIG;
  if (isSet(own)) return own;
  if (platform === "win32")
    return join(env.APPDATA ?? join(home, "AppData", "Roaming"), "tandem", "config.json");
  const xdg = env.XDG_CONFIG_HOME;
  return join(isSet(xdg) ? xdg : join(home, ".config"), "tandem", "config.json");
}

/**
 * Reads `tandem.config.json` of a project folder and the user's config, nearest first; absent files are left out.
 * A file that is not JSON, or that holds a key in plain text, is a `bad-request`.
 */
export async function readModelConfigs(
  projectFolder: string,
  env: Environment,
): Promise<{ from: string; config: ModelConfig }[]> {
  const configs: { from: string; config: ModelConfig }[] = [];
  for (const from of [join(projectFolder, "tandem.config.json"), userConfigPath(env)]) {
    const config = await readConfig(from);
    if (config !== undefined) configs.push({ from, config });
  }
  return configs;
}

/** Stores the choice of model in the user's config file, keeping what else is there. Returns the file's path. */
export async function writeUserModel(config: ModelConfig, env: Environment): Promise<string> {
  const path = userConfigPath(env);
  const {
    model: _model,
    apiKeyEnv: _key,
    endpoint: _end,
    apiVersion: _version,
    ...rest
  } = (await readConfig(path)) ?? {};
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify({ ...rest, ...config }, null, 2)}\n`, { mode: 0o600 });
  await rename(part, path);
  return path;
}

async function readConfig(path: string): Promise<ModelConfig | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new BadRequestError(`${path} cannot be read`, { cause: error });
  });
  if (text === undefined) return undefined;
  try {
    return checkedConfig(JSON.parse(text), path);
  } catch (cause) {
    if (cause instanceof BadRequestError) throw cause;
    throw new BadRequestError(`${path} is not JSON`, { hint: "correct it or delete it", cause });
  }
}

function checkedConfig(value: unknown, path: string): ModelConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequestError(`${path} does not hold an object`, {
      hint: 'write for example {"model": "none"}',
    });
  }
  const config = value as Record<string, unknown>;
  if ("apiKey" in config) {
    throw new BadRequestError(`${path} holds a key in plain text`, {
      hint: 'put the key into an environment variable and write its name: "apiKeyEnv": "OPENAI_API_KEY"',
    });
  }
  for (const name of ["model", "apiKeyEnv", "endpoint", "apiVersion"]) {
    if (name in config && typeof config[name] !== "string")
      throw new BadRequestError(`${path}: "${name}" is not a text`);
  }
  for (const name of ["threads", "contextTokens"]) {
    const number = config[name];
    if (name in config && !(Number.isInteger(number) && Number(number) > 0)) {
      throw new BadRequestError(`${path}: "${name}" is not a whole number above 0`);
    }
  }
  return config;
}

/** Whether a variable or option holds anything. */
export function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}
