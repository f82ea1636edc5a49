import { ModelError } from "../errors.ts";
import type { Failure } from "./retry.ts";

/** What a failure's message and hint need to know about the place the call went to. */
export type ProviderPlace = {
  /** For example `OpenAI`, `Azure OpenAI`, `the server at http://localhost:8080`. */
  readonly name: string;
  readonly model: string;
  /** How a key is given, as a sentence for the hint. */
  readonly keyHint: string;
  /** What to check when the model is not found. */
  readonly modelHint: string;
};

/** A failed call, judged, with what the next attempt could do differently. */
export type ProviderFailure = Failure & {
  readonly error: ModelError;
  /** The model takes no temperature or wants `max_completion_tokens`: it reasons. */
  readonly refusesSampling: boolean;
  /** The server does not take `response_format: json_schema`. */
  readonly refusesSchema: boolean;
};

/** The parts of an AI SDK call error that we read; its classes change between major versions, these have not. */
type CallError = {
  readonly message?: string;
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
  readonly isRetryable?: boolean;
  readonly url?: string;
  readonly cause?: unknown;
};

/** Turns what the AI SDK or `fetch` threw into a `ModelError` with a hint, and says whether to try again. */
export function judgeProviderFailure(thrown: unknown, place: ProviderPlace): ProviderFailure {
  if (thrown instanceof ModelError) {
    return { error: thrown, isRetryable: false, refusesSampling: false, refusesSchema: false };
  }
  const call: CallError =
    typeof thrown === "object" && thrown !== null ? thrown : { message: String(thrown) };
  const status = call.statusCode;
  const body = readErrorBody(call.responseBody);
  const said = body.message ?? call.message ?? "no message";
  const { message, hint } = describe(status, body.code, said, call, place);
  const retryAfterMs = readRetryAfter(call.responseHeaders);
  const isBadRequest = status === 400 || status === 422;
  return {
    error: new ModelError("model-failed", message, { hint, cause: thrown }),
    isRetryable: body.code !== "insufficient_quota" && isRetryable(status, call),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    refusesSampling:
      isBadRequest &&
      /temperature|top_p|seed|max_tokens|max_completion_tokens/.test(said) &&
      /support|instead|unknown|unrecogni[sz]ed/i.test(said),
    refusesSchema: isBadRequest && /response_format|json_schema|structured output/i.test(said),
  };
}

function isRetryable(status: number | undefined, call: CallError): boolean {
  if (status !== undefined) return status === 408 || status === 409 || status === 429 || status >= 500;
  // Without a status: the connection failed, or the answer broke off.
  return call.url !== undefined || call.cause instanceof Error || call instanceof TypeError;
}

function describe(
  status: number | undefined,
  code: string | undefined,
  said: string,
  call: CallError,
  place: ProviderPlace,
): { message: string; hint: string } {
  if (code === "content_filter" || code === "content_policy_violation") {
    return {
      message: `the content filter of ${place.name} refused the request: ${said}`,
      hint: "leave out the passage it objects to, or use another model: tandem models list",
    };
  }
  if (code === "context_length_exceeded") {
    return {
      message: `the text is too long for ${place.model}: ${said}`,
      hint: "give a shorter document or section, or a model with a longer context",
    };
  }
  if (code === "insufficient_quota") {
    return {
      message: `the account at ${place.name} has no quota left: ${said}`,
      hint: "check its plan and billing",
    };
  }
  switch (status) {
    case undefined:
      return {
        message: `${place.name} could not be reached: ${rootCause(call)}`,
        hint: "check the network and the address, or work without it: --model embedded:smollm2-135m-instruct",
      };
    case 401:
    case 403:
      return { message: `${place.name} did not accept the key: ${said}`, hint: place.keyHint };
    case 404:
      return { message: `${place.name} does not know "${place.model}": ${said}`, hint: place.modelHint };
    case 429:
      return {
        message: `${place.name} is limiting requests: ${said}`,
        hint: "wait a little and run it again; what was asked for is safe to repeat",
      };
    default:
      return status >= 500
        ? {
            message: `${place.name} failed (${status}): ${said}`,
            hint: "try again later or use another model",
          }
        : { message: `${place.name} refused the request (${status}): ${said}`, hint: place.modelHint };
  }
}

/** Message and code of an error's body, in OpenAI's shape or near it. */
export function readErrorBody(body: string | undefined): { message?: string; code?: string } {
  if (body === undefined) return {};
  try {
    const parsed = JSON.parse(body) as { error?: unknown; message?: unknown; detail?: unknown } | null;
    const error = (typeof parsed?.error === "object" ? parsed.error : parsed) as Record<
      string,
      unknown
    > | null;
    const message =
      error?.message ?? parsed?.detail ?? (typeof parsed?.error === "string" ? parsed.error : undefined);
    const code = error?.code ?? error?.type;
    return {
      ...(typeof message === "string" ? { message } : {}),
      ...(typeof code === "string" ? { code } : {}),
    };
  } catch {
    return {};
  }
}

/** What a server asks to wait, in milliseconds: `retry-after-ms` first; `retry-after` is seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(headers: Readonly<Record<string, string>> | undefined): number | undefined {
  const milliseconds = Number(headers?.["retry-after-ms"] ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const text = headers?.["retry-after"];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds >= 0) return seconds * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function rootCause(call: CallError): string {
  let current: unknown = call;
  let message = call.message ?? "no answer";
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const code = (current as { code?: unknown }).code;
    message = typeof code === "string" && current.message === "" ? code : current.message;
    current = current.cause;
  }
  return message;
}
