import type { TokenUsage } from "../../../models/deployments/types.ts";

const NAME = Buffer.from('"usage"');

/**
 * Finds the last `usage` object in the JSON of an answer and reads it, without parsing the rest. Text of a model cannot
 * be mistaken for it: inside a string a quotation mark has a backslash before it. Understands the names of chat
 * completions, responses, embeddings and images. Undefined where there is none or it is `null`.
 */
export function readUsage(json: Buffer): TokenUsage | undefined {
  for (let at = json.lastIndexOf(NAME); at >= 0; at = at === 0 ? -1 : json.lastIndexOf(NAME, at - 1)) {
    const text = json.toString("utf8", at + NAME.length);
    const open = /^\s*:\s*\{/.exec(text);
    if (open === null) continue;
    const object = balanced(text, open[0].length - 1);
    const usage = object === undefined ? undefined : parsed(object);
    if (usage !== undefined) return usage;
  }
  return undefined;
}

/** The object that opens at `start`. No string in a usage object holds a brace. */
function balanced(text: string, start: number): string | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

function parsed(json: string): TokenUsage | undefined {
  try {
    return usageOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** A provider's usage object in our names; undefined where it counts nothing. */
export function usageOf(value: unknown): TokenUsage | undefined {
  const usage = objectOf(value);
  const input = count(usage.prompt_tokens) ?? count(usage.input_tokens);
  const output = count(usage.completion_tokens) ?? count(usage.output_tokens);
  const total = count(usage.total_tokens);
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const cached = count(objectOf(usage.prompt_tokens_details ?? usage.input_tokens_details).cached_tokens);
  const reasoning = count(
    objectOf(usage.completion_tokens_details ?? usage.output_tokens_details).reasoning_tokens,
  );
  return {
    inputTokens: input ?? Math.max(0, (total ?? 0) - (output ?? 0)),
    outputTokens: output ?? 0,
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
}
