import type { LanguageModel, Usage } from "../language-model.ts";
import { answerParts, type Finish } from "./answer-parts.ts";
import { piecesOf } from "./chat-answer.ts";
import type { ResponseCall } from "./responses-request.ts";
import { newId, type ShapeContext, seconds } from "./shaped-call.ts";

type OutputText = {
  readonly type: "output_text";
  readonly text: string;
  readonly annotations: readonly [];
  readonly logprobs: readonly [];
};

type Status = "in_progress" | "completed" | "incomplete";

/** An item of a response's output: a message or a call of a function. */
export type ResponseItem =
  | {
      readonly id: string;
      readonly type: "message";
      readonly role: "assistant";
      readonly status: Status;
      readonly content: readonly OutputText[];
    }
  | {
      readonly id: string;
      readonly type: "function_call";
      readonly call_id: string;
      readonly name: string;
      readonly arguments: string;
      readonly status: Status;
    };

/** OpenAI's `response`. */
export type ShapedResponse = ResponseCall["echoed"] & {
  readonly id: string;
  readonly object: "response";
  readonly created_at: number;
  readonly model: string;
  readonly status: Status;
  readonly error: null;
  readonly incomplete_details: { readonly reason: "max_output_tokens" | "content_filter" } | null;
  readonly output: readonly ResponseItem[];
  readonly previous_response_id: null;
  readonly store: false;
  readonly usage?: {
    readonly input_tokens: number;
    readonly input_tokens_details: { readonly cached_tokens: number };
    readonly output_tokens: number;
    readonly output_tokens_details: { readonly reasoning_tokens: number };
    readonly total_tokens: number;
  };
};

/** An event of a response's stream; `type` names it, as the `event:` line of the stream does too. */
export type ResponseEvent = {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
};

type EventBody = { readonly type: string; readonly [field: string]: unknown };

/** Answers a call of `POST /responses` as a whole. */
export async function shapedResponse(
  model: LanguageModel,
  call: ResponseCall,
  context: ShapeContext,
): Promise<ShapedResponse> {
  for await (const event of responseEvents(model, call, context)) {
    if (event.type === "response.completed" || event.type === "response.incomplete") {
      return event.response as ShapedResponse;
    }
  }
  throw new TypeError("a response has an end");
}

/** Answers a call as the events of its stream, numbered from 0. */
export async function* responseEvents(
  model: LanguageModel,
  call: ResponseCall,
  context: ShapeContext,
): AsyncGenerator<ResponseEvent> {
  let number = 0;
  for await (const event of eventBodies(model, call, context)) {
    yield { ...event, sequence_number: number };
    number += 1;
  }
}

async function* eventBodies(
  model: LanguageModel,
  call: ResponseCall,
  context: ShapeContext,
): AsyncGenerator<EventBody> {
  const base = { id: newId("resp_", context), created: seconds(context.now()), call };
  const started = responseOf(base, { status: "in_progress", output: [] });
  yield { type: "response.created", response: started };
  yield { type: "response.in_progress", response: started };
  const output: ResponseItem[] = [];
  let open: { readonly id: string; text: string } | undefined;
  for await (const part of answerParts(model, call, context)) {
    if (part.kind === "text") {
      if (open === undefined) {
        open = { id: newId("msg_", context), text: "" };
        yield* messageBegins(open.id, output.length);
      }
      open.text += part.text;
      yield {
        ...placeOf(open.id, output.length),
        type: "response.output_text.delta",
        delta: part.text,
        logprobs: [],
      };
    } else if (part.kind === "call") {
      const item = functionItem(part, context);
      yield* callEvents(item, output.length);
      output.push(item);
    } else {
      if (open !== undefined) {
        const item = messageItem(open.id, open.text, part.finish === "stop" ? "completed" : "incomplete");
        yield* messageEnds(item, open.text, output.length);
        output.push(item);
      }
      yield endOf(responseOf(base, { ...outcomeOf(part.finish), output, usage: part.usage }));
    }
  }
}

type ResponseBase = { readonly id: string; readonly created: number; readonly call: ResponseCall };
type ResponseEnd = {
  readonly status: Status;
  readonly reason?: "max_output_tokens" | "content_filter";
  readonly output: readonly ResponseItem[];
  readonly usage?: Usage;
};

function responseOf({ id, created, call }: ResponseBase, end: ResponseEnd): ShapedResponse {
  const { status, reason, output, usage } = end;
  return {
    id,
    object: "response",
    created_at: created,
    model: call.model,
    status,
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    output,
    previous_response_id: null,
    store: false,
    ...call.echoed,
    ...(usage === undefined
      ? {}
      : {
          usage: {
            input_tokens: usage.inputTokens,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: usage.outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: usage.inputTokens + usage.outputTokens,
          },
        }),
  };
}

function outcomeOf(finish: Finish): Pick<ResponseEnd, "status" | "reason"> {
  if (finish === "length") return { status: "incomplete", reason: "max_output_tokens" };
  if (finish === "content_filter") return { status: "incomplete", reason: "content_filter" };
  return { status: "completed" };
}

function endOf(response: ShapedResponse): EventBody {
  return { type: response.status === "completed" ? "response.completed" : "response.incomplete", response };
}

function placeOf(
  id: string,
  index: number,
): { item_id: string; output_index: number; content_index: number } {
  return { item_id: id, output_index: index, content_index: 0 };
}

function outputText(text: string): OutputText {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}

function messageItem(id: string, text: string | undefined, status: Status): ResponseItem {
  const content = text === undefined ? [] : [outputText(text)];
  return { id, type: "message", role: "assistant", status, content };
}

function functionItem(
  part: { readonly name: string; readonly arguments: string },
  context: ShapeContext,
): ResponseItem & { type: "function_call" } {
  return {
    id: newId("fc_", context),
    type: "function_call",
    call_id: newId("call_", context),
    name: part.name,
    arguments: part.arguments,
    status: "completed",
  };
}

function* messageBegins(id: string, index: number): Generator<EventBody> {
  const item = messageItem(id, undefined, "in_progress");
  yield { type: "response.output_item.added", output_index: index, item };
  yield { ...placeOf(id, index), type: "response.content_part.added", part: outputText("") };
}

function* messageEnds(item: ResponseItem, text: string, index: number): Generator<EventBody> {
  const place = placeOf(item.id, index);
  yield { ...place, type: "response.output_text.done", text, logprobs: [] };
  yield { ...place, type: "response.content_part.done", part: outputText(text) };
  yield { type: "response.output_item.done", output_index: index, item };
}

function* callEvents(item: ResponseItem & { type: "function_call" }, index: number): Generator<EventBody> {
  const place = { item_id: item.id, output_index: index };
  const begun = { ...item, arguments: "", status: "in_progress" };
  yield { type: "response.output_item.added", output_index: index, item: begun };
  for (const delta of piecesOf(item.arguments)) {
    yield { ...place, type: "response.function_call_arguments.delta", delta };
  }
  const done = { name: item.name, arguments: item.arguments };
  yield { ...place, type: "response.function_call_arguments.done", ...done };
  yield { type: "response.output_item.done", output_index: index, item };
}
