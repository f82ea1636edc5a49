import { z } from "zod";
import { BadRequestError } from "../errors.ts";
import { isLoopback } from "../models/openai-compatible.ts";
import { azurePromptShield, openaiModerations } from "../models/safety/hosted-filters.ts";
import type { ConfigSource } from "./deployments-config.ts";
import type { OpenFilters } from "./gateway/policy/judge-call.ts";
import { type Environment, isSet } from "./model-config.ts";

const address = z.string().refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
  error: "an address that begins with https:// or http://",
});

const config = z.strictObject({
  /** OpenAI's moderations, or a server that speaks like them. */
  moderations: z
    .strictObject({
      baseUrl: address.default("https://api.openai.com/v1"),
      apiKeyEnv: z.string().min(1).default("OPENAI_API_KEY"),
      model: z.string().min(1).optional(),
    })
    .optional(),
  /** Azure AI Content Safety's prompt shield. */
  promptShield: z
    .strictObject({
      endpoint: address,
      apiKeyEnv: z.string().min(1).default("AZURE_CONTENT_SAFETY_KEY"),
      apiVersion: z.string().min(1).optional(),
    })
    .optional(),
});

/**
 * The content filters that the nearest config file with `filters` names; undefined where none does. Keys come from the
 * environment; one that is missing is a `bad-request`, since texts would go on unfiltered.
 */
export function readFilters(configs: readonly ConfigSource[], env: Environment): OpenFilters | undefined {
  const source = configs.find(({ config: { filters } }) => filters !== undefined);
  if (source === undefined) return undefined;
  const parsed = config.safeParse(source.config.filters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ["filters", ...(issue?.path ?? [])].map(String).join(".");
    throw new BadRequestError(`${source.from}: ${place}: ${issue?.message ?? "has another form"}`);
  }
  const { moderations, promptShield } = parsed.data;
  const key = (variable: string): string => {
    const value = env[variable];
    if (isSet(value)) return value.trim();
    throw new BadRequestError(`${source.from}: filters need the key in ${variable}, which is not set`);
  };
  const judging =
    moderations === undefined ? undefined : { ...moderations, apiKey: key(moderations.apiKeyEnv) };
  const shielding =
    promptShield === undefined ? undefined : { ...promptShield, apiKey: key(promptShield.apiKeyEnv) };
  const addresses = [judging?.baseUrl, shielding?.endpoint].filter((each) => each !== undefined);
  const areLocal = addresses.every(isLoopback);
  return (send) => ({
    ...(judging !== undefined && {
      texts: openaiModerations({
        apiKey: judging.apiKey,
        baseUrl: judging.baseUrl,
        ...(judging.model !== undefined && { model: judging.model }),
        fetch: send,
      }),
    }),
    ...(shielding !== undefined && {
      injections: azurePromptShield({
        endpoint: shielding.endpoint,
        apiKey: shielding.apiKey,
        ...(shielding.apiVersion !== undefined && { apiVersion: shielding.apiVersion }),
        fetch: send,
      }),
    }),
    areLocal,
  });
}
