import { BadRequestError, ModelError, ServerError } from "../../errors.ts";
import { readErrorBody, readRetryAfter } from "../provider-failure.ts";
import type { AttemptOutcome } from "./types.ts";

/** What a failed attempt means for the router, for the caller and for the bill. */
export type AttemptFailure = {
  readonly outcome: Extract<AttemptOutcome, { kind: "failed" }>;
  /** Another target may do better. False when the request itself is refused. */
  readonly canGoElsewhere: boolean;
  /** The same target may do better in a moment. */
  readonly isTransient: boolean;
  /** The provider may have begun to work, and so to count tokens. */
  readonly mayBeBilled: boolean;
};

type CallError = {
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
};

const NEVER_CONNECTED =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|UND_ERR_CONNECT_TIMEOUT/;

/** Judges what a model threw. A content filter's refusal is final: no other provider is asked behind its back. */
export function judgeAttempt(thrown: unknown): AttemptFailure {
  if (thrown instanceof BadRequestError || thrown instanceof ServerError) return refused(undefined);
  if (thrown instanceof ModelError && thrown.code === "no-model") return unusable(undefined);
  const call: CallError =
    thrown instanceof ModelError && isObject(thrown.cause) ? thrown.cause : isObject(thrown) ? thrown : {};
  const status = call.statusCode;
  const { code } = readErrorBody(call.responseBody);
  const retryAfterMs = readRetryAfter(call.responseHeaders);
  if (code === "content_filter" || code === "content_policy_violation") return refused(status);
  if (code === "context_length_exceeded" || status === 413)
    return { ...refused(status), canGoElsewhere: true };
  if (code === "insufficient_quota" || status === 401 || status === 403 || status === 404) {
    return unusable(status, retryAfterMs);
  }
  if (status === 429) return failure({ status, isTargetFault: false, retryAfterMs });
  if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 409) {
    return refused(status);
  }
  // A status below 400 is that of an answer that broke off.
  const isBilled = (status === undefined || status < 400) && !NEVER_CONNECTED.test(codesOf(thrown));
  return { ...failure({ status, isTargetFault: true, retryAfterMs }), mayBeBilled: isBilled };
}

function failure(of: {
  readonly status: number | undefined;
  readonly isTargetFault: boolean;
  readonly retryAfterMs: number | undefined;
}): AttemptFailure {
  const { status, isTargetFault, retryAfterMs } = of;
  return {
    outcome: {
      kind: "failed",
      isTargetFault,
      ...(status === undefined || status < 400 ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    canGoElsewhere: true,
    isTransient: true,
    mayBeBilled: false,
  };
}

function refused(status: number | undefined): AttemptFailure {
  const of = failure({ status, isTargetFault: false, retryAfterMs: undefined });
  return { ...of, canGoElsewhere: false, isTransient: false };
}

/** The target cannot serve, and will not in a moment: no key, no model of that name, no quota. */
function unusable(status: number | undefined, retryAfterMs?: number): AttemptFailure {
  return { ...failure({ status, isTargetFault: true, retryAfterMs }), isTransient: false };
}

function codesOf(thrown: unknown): string {
  const codes: string[] = [];
  let current: unknown = thrown;
  for (let depth = 0; depth < 6 && isObject(current); depth += 1) {
    codes.push(String((current as { code?: unknown }).code ?? ""));
    current = (current as { cause?: unknown }).cause;
  }
  return codes.join(" ");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
