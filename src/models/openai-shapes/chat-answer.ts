import type { LanguageModel, Usage } from "../language-model.ts";
import { answerParts, type Finish } from "./answer-parts.ts";
import { newId, type ShapeContext, type ShapedCall, seconds } from "./shaped-call.ts";

/** OpenAI's `usage`. */
export type CompletionUsage = {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
};

export type ChatToolCall = {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
};

/** OpenAI's `chat.completion`. */
export type ChatCompletion = {
  readonly id: string;
  readonly object: "chat.completion";
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly message: {
      readonly role: "assistant";
      readonly content: string | null;
      readonly refusal: null;
      readonly tool_calls?: readonly ChatToolCall[];
    };
    readonly logprobs: null;
    readonly finish_reason: Finish;
  }[];
  readonly usage: CompletionUsage;
};

type Delta = {
  readonly role?: "assistant";
  readonly content?: string;
  readonly tool_calls?: readonly {
    readonly index: number;
    readonly id?: string;
    readonly type?: "function";
    readonly function: { readonly name?: string; readonly arguments: string };
  }[];
};

/** OpenAI's `chat.completion.chunk`. */
export type ChatCompletionChunk = {
  readonly id: string;
  readonly object: "chat.completion.chunk";
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly delta: Delta;
    readonly logprobs: null;
    readonly finish_reason: Finish | null;
  }[];
  /** Null on all chunks but the last where the caller wants it, otherwise absent. */
  readonly usage?: CompletionUsage | null;
};

/** Answers a call of `POST /chat/completions` as a whole. */
export async function chatCompletion(
  model: LanguageModel,
  call: ShapedCall,
  context: ShapeContext,
): Promise<ChatCompletion> {
  const choices = Array.from({ length: call.choices }, () => ({
    text: "",
    calls: [] as ChatToolCall[],
    finish: "stop" as Finish,
  }));
  const usages: Usage[] = [];
  for await (const part of answerParts(model, call, context)) {
    const choice = choices[part.choice]!;
    if (part.kind === "text") choice.text += part.text;
    else if (part.kind === "call") choice.calls.push(asToolCall(part, context));
    else {
      choice.finish = part.finish;
      usages.push(part.usage);
    }
  }
  return {
    id: newId("chatcmpl-", context),
    object: "chat.completion",
    created: seconds(context.now()),
    model: call.model,
    choices: choices.map(({ text, calls, finish }, index) => ({
      index,
      message: {
        role: "assistant",
        content: calls.length > 0 ? null : text,
        refusal: null,
        ...(calls.length > 0 ? { tool_calls: calls } : {}),
      },
      logprobs: null,
      finish_reason: finish,
    })),
    usage: completionUsage(usages),
  };
}

/** Answers a call as chunks: first the role, last a finish reason, then the usage where it is wanted. No `[DONE]`. */
export async function* chatCompletionChunks(
  model: LanguageModel,
  call: ShapedCall,
  context: ShapeContext,
): AsyncGenerator<ChatCompletionChunk> {
  const head = {
    id: newId("chatcmpl-", context),
    object: "chat.completion.chunk",
    created: seconds(context.now()),
    model: call.model,
  } as const;
  const chunk = (index: number, delta: Delta, finish: Finish | null = null): ChatCompletionChunk => ({
    ...head,
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
    ...(call.includeUsage ? { usage: null } : {}),
  });
  const usages: Usage[] = [];
  const calls = new Map<number, number>();
  let begun = -1;
  for await (const part of answerParts(model, call, context)) {
    const { choice } = part;
    if (choice > begun) yield chunk(choice, { role: "assistant", content: "" });
    begun = Math.max(begun, choice);
    if (part.kind === "text") yield chunk(choice, { content: part.text });
    else if (part.kind === "end") {
      usages.push(part.usage);
      yield chunk(choice, {}, part.finish);
    } else {
      const index = calls.get(choice) ?? 0;
      calls.set(choice, index + 1);
      const { id, function: called } = asToolCall(part, context);
      const first = { index, id, type: "function", function: { name: called.name, arguments: "" } } as const;
      yield chunk(choice, { tool_calls: [first] });
      for (const piece of piecesOf(called.arguments)) {
        yield chunk(choice, { tool_calls: [{ index, function: { arguments: piece } }] });
      }
    }
  }
  if (call.includeUsage) yield { ...head, choices: [], usage: completionUsage(usages) };
}

function asToolCall(
  part: { readonly name: string; readonly arguments: string },
  context: ShapeContext,
): ChatToolCall {
  const { name, arguments: values } = part;
  return { id: newId("call_", context), type: "function", function: { name, arguments: values } };
}

/** A text in pieces of a few words, never through the middle of a letter that takes two units. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/[\s\S]{1,24}(?![\uDC00-\uDFFF])/gu) ?? [];
}

/** Usage of all answers of a call together. */
export function completionUsage(usages: readonly Usage[]): CompletionUsage {
  // The prompt is the same for all; providers count it once.
  const prompt = Math.max(0, ...usages.map(({ inputTokens }) => inputTokens));
  const completion = usages.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
