import { z } from "zod";
import { BadRequestError } from "../../errors.ts";
import { parseModelSpec } from "../model-spec.ts";
import { isLoopback } from "../openai-compatible.ts";
import { OPERATIONS } from "./operations.ts";
import type { Deployment, Operation, Target } from "./types.ts";

export type ParseDeploymentsOptions = {
  /** The value of an environment variable that holds a key. */
  readonly key: (variable: string) => string | undefined;
  /** Where the data came from, for messages: a path. */
  readonly from?: string;
};

/** A key that a target needs and the environment lacks. */
export type MissingKey = { readonly deployment: string; readonly target: string; readonly variable: string };

export type ParsedDeployments = {
  readonly deployments: readonly Deployment[];
  readonly missingKeys: readonly MissingKey[];
};

const USUAL_KEY: Partial<Record<Target["provider"], string>> = {
  openai: "OPENAI_API_KEY",
  azure: "AZURE_OPENAI_API_KEY",
};

const DEFAULT_OPERATIONS: readonly Operation[] = ["chat", "responses", "completions"];

const count = z.int().positive();
const amount = z.number().nonnegative();
const price = z.strictObject({ input: amount, output: amount, cachedInput: amount.optional() });
const limits = z.strictObject({ requestsPerMinute: count.optional(), tokensPerMinute: count.optional() });
const name = z.string().regex(/^[\w.-]{1,64}$/, "letters, digits, dots, hyphens and underscores, at most 64");
const address = z.string().refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
  error: "an address that begins with https:// or http://",
});

const host = z.string().regex(/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)*[\p{L}\p{N}-]+$/u, {
  error: "the name of a host, such as example.org",
});

const target = z.strictObject({
  id: name.optional(),
  provider: z.enum(["embedded", "openai", "azure", "openai-compatible", "vllm"]),
  model: z.string().min(1),
  baseUrl: address.optional(),
  apiKeyEnv: z.string().min(1).optional(),
  apiVersion: z.string().min(1).optional(),
  order: z.int().nonnegative().optional(),
  weight: amount.optional(),
  price: price.optional(),
  limits: limits.optional(),
  contextTokens: count.optional(),
  region: z.string().min(1).optional(),
  isLocal: z.boolean().optional(),
  structuredOutputs: z.boolean().optional(),
});

const deployment = z.strictObject({
  operations: z.array(z.enum(OPERATIONS)).min(1).optional(),
  targets: z.array(z.union([z.string().min(1), target])).min(1),
  defaultOutputTokens: count.optional(),
  limits: limits.optional(),
  dataPolicy: z.enum(["local-only", "redact", "any"]).optional(),
  filterPolicy: z.enum(["off", "annotate", "block"]).optional(),
  allowedLinks: z.array(host).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "three capital letters (ISO 4217)")
    .optional(),
});

const config = z.record(name, deployment);

type TargetConfig = z.infer<typeof target>;
type DeploymentConfig = z.infer<typeof deployment>;

/**
 * Reads deployments from plain data, an object by name. A target is an object, or a line as `--model` takes it. Keys are
 * not in the data: `apiKeyEnv` names the variable. Throws `BadRequestError` that names the place in the data.
 */
export function parseDeployments(value: unknown, options: ParseDeploymentsOptions): ParsedDeployments {
  const parsed = config.safeParse(value);
  if (!parsed.success) throw refusal(value, parsed.error, options.from);
  const missingKeys: MissingKey[] = [];
  const deployments = Object.entries(parsed.data).map(([deploymentName, each]) => {
    const targets = each.targets.map((one, index) => {
      const where = `deployments.${deploymentName}.targets[${index}]`;
      const full = typeof one === "string" ? targetFromLine(one, where, options.from) : one;
      return readTarget(full, index, where, options, (id, variable) =>
        missingKeys.push({ deployment: deploymentName, target: id, variable }),
      );
    });
    return asDeployment(deploymentName, each, withUniqueIds(targets, deploymentName, options.from));
  });
  return { deployments, missingKeys };
}

function asDeployment(
  deploymentName: string,
  each: DeploymentConfig,
  targets: readonly Target[],
): Deployment {
  const { operations = DEFAULT_OPERATIONS, targets: _targets, ...rest } = each;
  return { ...(rest as Partial<Deployment>), name: deploymentName, operations, targets };
}

function readTarget(
  given: TargetConfig,
  index: number,
  where: string,
  options: ParseDeploymentsOptions,
  onMissing: (id: string, variable: string) => void,
): Target {
  const { apiKeyEnv, ...rest } = given;
  const id = given.id ?? (index === 0 ? given.provider : `${given.provider}-${index + 1}`);
  const needsAddress =
    given.provider === "azure" || given.provider === "openai-compatible" || given.provider === "vllm";
  if (needsAddress && given.baseUrl === undefined) {
    throw bad(`${where}.baseUrl is missing: ${given.provider} has no address of its own`, options.from);
  }
  const variable = apiKeyEnv ?? USUAL_KEY[given.provider];
  const key = variable === undefined ? undefined : options.key(variable)?.trim();
  if (variable !== undefined && (key === undefined || key === "")) onMissing(id, variable);
  const isServer = given.provider === "openai-compatible" || given.provider === "vllm";
  const isLocal = given.isLocal ?? (isServer && isLoopback(given.baseUrl ?? "") ? true : undefined);
  return {
    ...(rest as Omit<Target, "id">),
    id,
    ...(key === undefined || key === "" ? {} : { apiKey: key }),
    ...(isLocal === undefined ? {} : { isLocal }),
  };
}

function targetFromLine(line: string, where: string, from: string | undefined): TargetConfig {
  const setting = parseModelSpec(line);
  switch (setting.provider) {
    case "openai":
      return { provider: "openai", model: setting.model };
    case "openai-compatible":
      return { provider: "openai-compatible", model: setting.model, baseUrl: setting.baseUrl };
    case "embedded":
      return { provider: "embedded", model: setting.path ?? setting.model };
    case "azure":
      throw bad(`${where} needs the resource's address: write it as an object with a baseUrl`, from);
    case "none":
    case "deployment":
      throw bad(`${where} is "${line}", which is no place for calls`, from);
    default:
      return setting satisfies never;
  }
}

function withUniqueIds(
  targets: readonly Target[],
  deploymentName: string,
  from: string | undefined,
): readonly Target[] {
  const seen = new Set<string>();
  for (const { id } of targets) {
    if (seen.has(id)) throw bad(`deployments.${deploymentName}.targets has "${id}" twice`, from);
    seen.add(id);
  }
  return targets;
}

function refusal(value: unknown, error: z.ZodError, from: string | undefined): BadRequestError {
  if (holdsKey(value)) {
    return bad("deployments holds a key in plain text", from, {
      hint: 'put the key into an environment variable and write its name: "apiKeyEnv": "OPENAI_API_KEY"',
    });
  }
  const [issue] = error.issues.map(deepest);
  const path = (issue?.path ?? []).map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`,
  );
  return bad(`deployments${path.join("")}: ${issue?.message ?? "has another form"}`, from);
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Of a union's alternatives, the complaint that reached furthest says what is meant. */
function deepest(issue: z.core.$ZodIssue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flat().map(deepest);
  const found = inner.filter((each) => !/expected string/.test(each.message))[0] ?? inner[0];
  return found === undefined ? issue : { path: [...issue.path, ...found.path], message: found.message };
}

function holdsKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === "apiKey" || holdsKey(inner));
}

function bad(message: string, from: string | undefined, more: { hint?: string } = {}): BadRequestError {
  const hint = more.hint ?? "docs/deployments.md has an example";
  return new BadRequestError(from === undefined ? message : `${from}: ${message}`, { hint });
}
