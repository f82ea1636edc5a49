import type { Operation } from "../../../models/deployments/types.ts";
import type { LanguageModel } from "../../../models/language-model.ts";
import { chatCompletion, chatCompletionChunks } from "../../../models/openai-shapes/chat-answer.ts";
import { chatFromRequest } from "../../../models/openai-shapes/chat-request.ts";
import {
  completionFromRequest,
  textCompletion,
  textCompletionChunks,
} from "../../../models/openai-shapes/completions.ts";
import { embeddingList, embeddingsFromRequest } from "../../../models/openai-shapes/embeddings.ts";
import { RequestShapeError } from "../../../models/openai-shapes/request-error.ts";
import { responseEvents, shapedResponse } from "../../../models/openai-shapes/responses-answer.ts";
import { responseFromRequest } from "../../../models/openai-shapes/responses-request.ts";
import type { ShapeContext } from "../../../models/openai-shapes/shaped-call.ts";

/** An answer of the embedded model: a body, or the frames of a stream. */
export type EmbeddedAnswer =
  | { readonly kind: "whole"; readonly body: () => Promise<object> }
  | { readonly kind: "stream"; readonly frames: AsyncIterable<string> };

type Body = Readonly<Record<string, unknown>>;

/** How the embedded model answers a body. Throws `RequestShapeError` at once for what it cannot serve. */
export function embeddedAnswer(
  operation: Operation,
  body: Body,
  model: LanguageModel,
  context: ShapeContext,
): EmbeddedAnswer {
  switch (operation) {
    case "chat": {
      const call = chatFromRequest(body);
      if (!call.isStream) return { kind: "whole", body: () => chatCompletion(model, call, context) };
      const counted = { ...call, includeUsage: true };
      return { kind: "stream", frames: dataFrames(chatCompletionChunks(model, counted, context)) };
    }
    case "completions": {
      const call = completionFromRequest(body);
      if (call.prompts[0]?.isStream !== true) {
        return { kind: "whole", body: () => textCompletion(model, call, context) };
      }
      const prompts = call.prompts.map((prompt) => ({ ...prompt, includeUsage: true }));
      return { kind: "stream", frames: dataFrames(textCompletionChunks(model, { prompts }, context)) };
    }
    case "responses": {
      const call = responseFromRequest(body);
      return call.isStream
        ? { kind: "stream", frames: eventFrames(responseEvents(model, call, context)) }
        : { kind: "whole", body: () => shapedResponse(model, call, context) };
    }
    case "embeddings": {
      const call = embeddingsFromRequest(body);
      return { kind: "whole", body: () => embeddingList(model, call, context.signal) };
    }
    default:
      throw new RequestShapeError(
        `The ${operation} operation does not work with an embedded model.`,
        "model",
        "OperationNotSupported",
      );
  }
}

async function* dataFrames(chunks: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield `data: ${JSON.stringify(chunk)}\n\n`;
  yield "data: [DONE]\n\n";
}

async function* eventFrames(events: AsyncIterable<{ readonly type: string }>): AsyncGenerator<string> {
  for await (const event of events) yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
