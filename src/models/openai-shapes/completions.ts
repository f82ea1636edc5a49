import { z } from "zod";
import type { LanguageModel, Usage } from "../language-model.ts";
import { answerParts, type Finish } from "./answer-parts.ts";
import { type CompletionUsage, completionUsage } from "./chat-answer.ts";
import { refuseWhatAsks } from "./chat-request.ts";
import { parseBody, RequestShapeError, unsupported } from "./request-error.ts";
import { newId, type ShapeContext, type ShapedCall, seconds } from "./shaped-call.ts";

const refused = {
  frequency_penalty: z.unknown().optional(),
  logit_bias: z.unknown().optional(),
  logprobs: z.unknown().optional(),
  presence_penalty: z.unknown().optional(),
  suffix: z.unknown().optional(),
  echo: z.unknown().optional(),
} as const;

const body = z.strictObject({
  model: z.string().min(1),
  prompt: z.union([z.string(), z.array(z.union([z.string(), z.number(), z.array(z.number())])).min(1)]),
  best_of: z.int().positive().optional(),
  max_tokens: z.int().positive().optional(),
  n: z.int().min(1).max(16).optional(),
  seed: z.int().optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).optional(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  user: z.unknown().optional(),
  ...refused,
});

/** OpenAI's `text_completion`; as a chunk, `finish_reason` is null until the end. */
export type TextCompletion = {
  readonly id: string;
  readonly object: "text_completion";
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly text: string;
    readonly logprobs: null;
    readonly finish_reason: Finish | null;
  }[];
  readonly usage?: CompletionUsage | null;
};

/** One call for each prompt; the choices of the later ones are counted on. */
export type CompletionCall = { readonly prompts: readonly ShapedCall[] };

/**
 * Reads the body of `POST /completions`. The models here are chat models: a prompt is the one message of a chat. Prompts
 * in tokens are refused, since they would be another tokenizer's.
 */
export function completionFromRequest(given: unknown): CompletionCall {
  const parsed = parseBody(body, given);
  refuseWhatAsks(parsed, refused);
  const choices = parsed.n ?? 1;
  if ((parsed.best_of ?? choices) !== choices) throw unsupported("best_of");
  const prompts = [parsed.prompt].flat().map((prompt) => {
    if (typeof prompt === "string") return prompt;
    const message = "Invalid value for 'prompt': token arrays are not supported, send text.";
    throw new RequestShapeError(message, "prompt", "invalid_value");
  });
  return {
    prompts: prompts.map((content) => ({
      model: parsed.model,
      messages: [{ role: "user", content }],
      choices,
      stop: parsed.stop === undefined ? [] : [parsed.stop].flat(),
      // As OpenAI has it for this older shape.
      maxTokens: parsed.max_tokens ?? 16,
      isStream: parsed.stream ?? false,
      includeUsage: parsed.stream_options?.include_usage ?? false,
      ...(parsed.temperature === undefined ? {} : { temperature: parsed.temperature }),
      ...(parsed.top_p === undefined ? {} : { topP: parsed.top_p }),
      ...(parsed.seed === undefined ? {} : { seed: parsed.seed }),
    })),
  };
}

/** Answers a call of `POST /completions` as a whole. */
export async function textCompletion(
  model: LanguageModel,
  call: CompletionCall,
  context: ShapeContext,
): Promise<TextCompletion> {
  const choices: { index: number; text: string; logprobs: null; finish_reason: Finish }[] = [];
  const usages: CompletionUsage[] = [];
  for (const [number, prompt] of call.prompts.entries()) {
    const used: Usage[] = [];
    for await (const part of answerParts(model, prompt, context)) {
      const index = number * prompt.choices + part.choice;
      choices[index] ??= { index, text: "", logprobs: null, finish_reason: "stop" };
      if (part.kind === "text") choices[index].text += part.text;
      if (part.kind !== "end") continue;
      choices[index].finish_reason = part.finish;
      used.push(part.usage);
    }
    usages.push(completionUsage(used));
  }
  return { ...headOf(call, context), choices, usage: addUp(usages) };
}

/** Answers a call as chunks, the usage last where it is wanted. No `[DONE]`. */
export async function* textCompletionChunks(
  model: LanguageModel,
  call: CompletionCall,
  context: ShapeContext,
): AsyncGenerator<TextCompletion> {
  const head = headOf(call, context);
  const isCounted = call.prompts[0]?.includeUsage === true;
  const usages: CompletionUsage[] = [];
  for (const [number, prompt] of call.prompts.entries()) {
    const used: Usage[] = [];
    for await (const part of answerParts(model, prompt, context)) {
      if (part.kind === "call") continue;
      if (part.kind === "end") used.push(part.usage);
      const choice = {
        index: number * prompt.choices + part.choice,
        text: part.kind === "text" ? part.text : "",
        logprobs: null,
        finish_reason: part.kind === "end" ? part.finish : null,
      };
      yield { ...head, choices: [choice], ...(isCounted ? { usage: null } : {}) };
    }
    usages.push(completionUsage(used));
  }
  if (isCounted) yield { ...head, choices: [], usage: addUp(usages) };
}

function headOf(
  call: CompletionCall,
  context: ShapeContext,
): Pick<TextCompletion, "id" | "object" | "created" | "model"> {
  return {
    id: newId("cmpl-", context),
    object: "text_completion",
    created: seconds(context.now()),
    model: call.prompts[0]?.model ?? "",
  };
}

function addUp(usages: readonly CompletionUsage[]): CompletionUsage {
  const sum = (of: (usage: CompletionUsage) => number): number =>
    usages.reduce((total, usage) => total + of(usage), 0);
  return {
    prompt_tokens: sum((usage) => usage.prompt_tokens),
    completion_tokens: sum((usage) => usage.completion_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
  };
}
