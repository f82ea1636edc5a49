import OpenAI from "openai";
import type { LanguageModel } from "../../src/models/language-model.ts";
import { chatCompletion, chatCompletionChunks } from "../../src/models/openai-shapes/chat-answer.ts";
import { chatFromRequest } from "../../src/models/openai-shapes/chat-request.ts";
import {
  completionFromRequest,
  textCompletion,
  textCompletionChunks,
} from "../../src/models/openai-shapes/completions.ts";
import { embeddingList, embeddingsFromRequest } from "../../src/models/openai-shapes/embeddings.ts";
import { openaiError } from "../../src/models/openai-shapes/request-error.ts";
import { responseEvents, shapedResponse } from "../../src/models/openai-shapes/responses-answer.ts";
import { responseFromRequest } from "../../src/models/openai-shapes/responses-request.ts";
import { openaiProblems } from "./openai-schemas.ts";

/** OpenAI's own client over a model in this process. Every answer is checked against OpenAI's schemas on its way. */
export function clientOf(model: LanguageModel): OpenAI {
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(url)).pathname;
    try {
      return await answer(model, path, JSON.parse(String(init?.body)));
    } catch (error) {
      const { status, body } = openaiError(error);
      return Response.json(checked("ErrorResponse", body), { status });
    }
  };
  return new OpenAI({ apiKey: "k", baseURL: "http://in.process/v1", maxRetries: 0, fetch });
}

const context = { now: () => new Date("2026-11-23T10:00:00Z") };

async function answer(model: LanguageModel, path: string, body: unknown): Promise<Response> {
  switch (path) {
    case "/v1/chat/completions": {
      const call = chatFromRequest(body);
      if (!call.isStream) {
        return Response.json(
          checked("CreateChatCompletionResponse", await chatCompletion(model, call, context)),
        );
      }
      return stream(chatCompletionChunks(model, call, context), "CreateChatCompletionStreamResponse");
    }
    case "/v1/completions": {
      const call = completionFromRequest(body);
      if (call.prompts[0]?.isStream !== true) {
        return Response.json(checked("CreateCompletionResponse", await textCompletion(model, call, context)));
      }
      return stream(textCompletionChunks(model, call, context), undefined);
    }
    case "/v1/responses": {
      const call = responseFromRequest(body);
      if (!call.isStream)
        return Response.json(checked("Response", await shapedResponse(model, call, context)));
      return stream(responseEvents(model, call, context), "ResponseStreamEvent");
    }
    case "/v1/embeddings": {
      const call = embeddingsFromRequest(body);
      const list = await embeddingList(model, call);
      // The schema knows numbers only, though the service sends base64 when it is asked for.
      return Response.json(call.encoding === "base64" ? list : checked("CreateEmbeddingResponse", list));
    }
    default:
      return new Response(null, { status: 404 });
  }
}

async function stream(chunks: AsyncIterable<object>, schema: string | undefined): Promise<Response> {
  let text = "";
  for await (const chunk of chunks) {
    if (schema !== undefined) checked(schema, chunk);
    if (schema === "ResponseStreamEvent") text += `event: ${(chunk as { type: string }).type}\n`;
    text += `data: ${JSON.stringify(chunk)}\n\n`;
  }
  if (schema !== "ResponseStreamEvent") text += "data: [DONE]\n\n";
  return new Response(text, { headers: { "content-type": "text/event-stream" } });
}

function checked<T>(schema: string, value: T): T {
  const problems = openaiProblems(schema, value);
  if (problems.length > 0) throw new TypeError(`${schema}: ${problems.join("; ")}`);
  return value;
}
