import { ModelError } from "../../errors.ts";
import { generateJson } from "../generate-json.ts";
import type { FinishReason, GenerateRequest, Generation, LanguageModel, Usage } from "../language-model.ts";
import type { ShapeContext, ShapedCall } from "./shaped-call.ts";
import { stopFilter } from "./stop-filter.ts";
import { type ToolReply, toolInstruction, toolReplySchema } from "./tool-calls.ts";

/** OpenAI's words for why an answer ended. */
export type Finish = "stop" | "length" | "tool_calls" | "content_filter";

/** What comes of a call, in the order of coming; each choice ends with its `end`. */
export type AnswerPart =
  | { readonly kind: "text"; readonly choice: number; readonly text: string }
  | { readonly kind: "call"; readonly choice: number; readonly name: string; readonly arguments: string }
  | { readonly kind: "end"; readonly choice: number; readonly finish: Finish; readonly usage: Usage };

/**
 * Asks the model and gives its answers on. Plain text comes as it is written where the caller streams; JSON and calls of
 * functions come when they are whole and fit their schema.
 */
export async function* answerParts(
  model: LanguageModel,
  call: ShapedCall,
  context: ShapeContext,
): AsyncGenerator<AnswerPart> {
  for (let choice = 0; choice < call.choices; choice += 1) {
    const request = requestOf(call, choice, context.signal);
    if (call.tools !== undefined) yield* toolAnswer(model, call, request, choice);
    else if (call.schema !== undefined) yield* jsonAnswer(model, request, call.schema, choice);
    else if (call.isStream || call.stop.length > 0) yield* writtenAnswer(model, call, request, choice);
    else {
      const { text, finishReason, usage } = await model.generate(request);
      yield { kind: "text", choice, text };
      yield { kind: "end", choice, finish: finishOf(finishReason), usage };
    }
  }
}

function requestOf(call: ShapedCall, choice: number, signal: AbortSignal | undefined): GenerateRequest {
  // Several answers that are all the most likely one would be the same.
  const temperature = call.temperature ?? (call.choices > 1 ? 1 : undefined);
  const seed = call.seed === undefined ? undefined : call.seed + choice;
  return {
    messages: call.messages,
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(call.topP === undefined ? {} : { topP: call.topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(signal === undefined ? {} : { signal }),
  };
}

async function* writtenAnswer(
  model: LanguageModel,
  call: ShapedCall,
  request: GenerateRequest,
  choice: number,
): AsyncGenerator<AnswerPart> {
  const filter = stopFilter(call.stop);
  let written = "";
  for await (const part of model.stream(request)) {
    if (part.kind === "text") {
      written += part.text;
      const { text, isStopped } = filter.push(part.text);
      if (text !== "") yield { kind: "text", choice, text };
      if (!isStopped) continue;
      // Leaving the stream ends the work; the usage is then counted here.
      const usage = await countUsage(model, request, written);
      yield { kind: "end", choice, finish: "stop", usage };
      return;
    }
    const rest = filter.end();
    if (rest !== "") yield { kind: "text", choice, text: rest };
    const { finishReason, usage } = part.generation;
    yield { kind: "end", choice, finish: finishOf(finishReason), usage };
  }
}

async function countUsage(model: LanguageModel, request: GenerateRequest, written: string): Promise<Usage> {
  const prompt = request.messages.map(({ content }) => content).join("\n");
  return { inputTokens: await model.countTokens(prompt), outputTokens: await model.countTokens(written) };
}

async function* jsonAnswer(
  model: LanguageModel,
  request: GenerateRequest,
  schema: NonNullable<ShapedCall["schema"]>,
  choice: number,
): AsyncGenerator<AnswerPart> {
  const { counted, last, usage } = counting(model);
  try {
    const value = await generateJson(counted, { ...request, schema });
    yield { kind: "text", choice, text: JSON.stringify(value) };
    yield { kind: "end", choice, finish: "stop", usage: usage() };
  } catch (error) {
    yield* cutAnswer(error, last(), usage(), choice);
  }
}

async function* toolAnswer(
  model: LanguageModel,
  call: ShapedCall,
  request: GenerateRequest,
  choice: number,
): AsyncGenerator<AnswerPart> {
  const tools = call.tools!;
  const { counted, last, usage } = counting(model);
  const messages = [toolInstruction(tools), ...request.messages];
  try {
    const schema = toolReplySchema(tools);
    const { reply } = await generateJson<{ reply: ToolReply }>(counted, { ...request, messages, schema });
    if ("text" in reply) {
      const { text } = stopFilter(call.stop).push(reply.text);
      yield { kind: "text", choice, text };
    } else {
      for (const { name, arguments: values } of reply.calls) {
        yield { kind: "call", choice, name, arguments: JSON.stringify(values) };
      }
    }
    yield { kind: "end", choice, finish: "text" in reply ? "stop" : "tool_calls", usage: usage() };
  } catch (error) {
    yield* cutAnswer(error, last(), usage(), choice);
  }
}

/** An answer that ran out of tokens or was stopped by a filter is an answer, as it is at OpenAI; anything else fails. */
function* cutAnswer(
  error: unknown,
  last: Generation | undefined,
  usage: Usage,
  choice: number,
): Generator<AnswerPart> {
  const isCut = last?.finishReason === "length" || last?.finishReason === "content-filter";
  if (!(error instanceof ModelError) || last === undefined || !isCut) throw error;
  yield { kind: "text", choice, text: last.text };
  yield { kind: "end", choice, finish: finishOf(last.finishReason), usage };
}

/** The model, and what its answers used together: a repaired answer costs both rounds. */
function counting(model: LanguageModel): {
  readonly counted: LanguageModel;
  readonly last: () => Generation | undefined;
  readonly usage: () => Usage;
} {
  const generations: Generation[] = [];
  const sum = (of: (usage: Usage) => number): number =>
    generations.reduce((total, { usage }) => total + of(usage), 0);
  const counted: LanguageModel = {
    id: model.id,
    provider: model.provider,
    contextTokens: model.contextTokens,
    isLocal: model.isLocal,
    generate: async (request) => {
      const generation = await model.generate(request);
      generations.push(generation);
      return generation;
    },
    stream: (request) => model.stream(request),
    countTokens: (text) => model.countTokens(text),
    [Symbol.asyncDispose]: async () => {},
  };
  return {
    counted,
    last: () => generations.at(-1),
    usage: () => ({
      inputTokens: sum((each) => each.inputTokens),
      outputTokens: sum((each) => each.outputTokens),
    }),
  };
}

function finishOf(reason: FinishReason): Finish {
  if (reason === "length") return "length";
  return reason === "content-filter" ? "content_filter" : "stop";
}
