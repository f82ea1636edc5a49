import { ModelError } from "../../../errors.ts";
import { RequestShapeError } from "../../../models/openai-shapes/request-error.ts";
import { readRetryAfter } from "../../../models/provider-failure.ts";
import type { Call } from "../read-call.ts";
import { RelayFailure } from "../upstream/relay.ts";
import { WireError } from "./wire-error.ts";

/** The error that a caller gets for what an attempt, or all of them, threw. Providers' keys and addresses stay here. */
export function callFailure(
  thrown: unknown,
  call: Call,
  headers: Readonly<Record<string, string>>,
): WireError {
  if (thrown instanceof WireError) return thrown;
  if (thrown instanceof RequestShapeError) {
    const { message, param, shapeCode: code } = thrown;
    return new WireError({ status: 400, code, message, headers, ...(param === null ? {} : { param }) });
  }
  if (thrown instanceof RelayFailure) return providerFailure(thrown, call, headers);
  if (thrown instanceof ModelError && thrown.code === "no-model") {
    return new WireError({ status: 403, code: "no_permitted_target", message: thrown.message, headers });
  }
  if (thrown instanceof ModelError) {
    return new WireError({
      status: 503,
      code: "no_target_available",
      message: thrown.message,
      retryAfterMs: 1_000,
      headers,
    });
  }
  return new WireError({ status: 500, code: "internal_error", message: "The server had an error.", headers });
}

function providerFailure(
  failure: RelayFailure,
  { deployment }: Call,
  headers: Readonly<Record<string, string>>,
): WireError {
  const { statusCode: status, responseHeaders, responseBody } = failure;
  const about = { headers, cause: failure };
  if (status === 429) {
    return new WireError({
      status,
      code: "rate_limit_exceeded",
      message: `The providers of the deployment ${deployment} limit its calls; try again later.`,
      retryAfterMs: readRetryAfter(responseHeaders) ?? 1_000,
      ...about,
    });
  }
  // What the provider says of the request itself is for the caller, word for word.
  const isOfRequest =
    status !== undefined && status >= 400 && status < 500 && ![401, 403, 404, 408].includes(status);
  if (isOfRequest && isErrorBody(responseBody)) {
    return new WireError({
      status,
      code: "provider_refused",
      message: "The provider refused the request.",
      body: Buffer.from(responseBody),
      ...about,
    });
  }
  return new WireError({
    status: 502,
    code: "provider_failed",
    message: `No provider of the deployment ${deployment} could answer: ${failure.message}.`,
    ...about,
  });
}

function isErrorBody(text: string): boolean {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    return typeof error === "object" && error !== null;
  } catch {
    return false;
  }
}
