import { ModelError } from "../../errors.ts";
import { judgeProviderFailure, type ProviderPlace } from "../provider-failure.ts";
import { withRetry } from "../retry.ts";

export type ServiceOptions = {
  /** For messages: `DeepL`, `the server at http://localhost:5000`. */
  readonly name: string;
  readonly keyHint: string;
  /** What to check when the request is refused or the place not found. */
  readonly requestHint: string;
  /** Taken out of everything that may reach a person, also where the server repeats it. */
  readonly secret?: string;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

export type ServiceCall = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly json?: unknown;
  /** Sent as a form by POST. */
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/** A failed answer in the form that the room's judge of failures reads. */
class CallFailure extends Error {
  readonly url: string;
  readonly statusCode: number | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | undefined;

  constructor(message: string, url: string, response?: Response, body?: string, cause?: unknown) {
    super(message, { cause });
    this.url = url;
    this.statusCode = response?.ok === false ? response.status : undefined;
    this.responseHeaders = response === undefined ? {} : Object.fromEntries(response.headers);
    this.responseBody = body;
  }
}

/**
 * Calls a translation service and gives its JSON. Tries again where that can help and as long as the server asks; then
 * throws `ModelError`. An abort rejects with the signal's reason.
 */
export async function callService(call: ServiceCall, options: ServiceOptions): Promise<unknown> {
  const { signal } = call;
  const { secret } = options;
  const scrub = (text: string): string =>
    secret === undefined || secret === "" ? text : text.replaceAll(secret, "[key]");
  const place: ProviderPlace = {
    name: options.name,
    model: options.name,
    keyHint: options.keyHint,
    modelHint: options.requestHint,
  };
  return withRetry(() => callOnce(call, scrub), {
    judge: (thrown) => {
      const failure = judgeProviderFailure(thrown, place);
      return { ...failure, error: forTranslation(failure.error, thrown, options) };
    },
    attempts: options.attempts ?? 3,
    pauseMs: options.pauseMs ?? 500,
    signal,
  });
}

async function callOnce(call: ServiceCall, scrub: (text: string) => string): Promise<unknown> {
  const { url, headers = {}, json, form, signal } = call;
  const type = json === undefined ? "application/x-www-form-urlencoded" : "application/json";
  const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? headers : { "content-type": type, ...headers },
      redirect: "error",
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    text = scrub(await response.text());
  } catch (thrown) {
    const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : String(thrown);
    throw new CallFailure(scrub(reason), bare(url));
  }
  if (!response.ok) throw new CallFailure(response.statusText, bare(url), response, text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CallFailure("its answer was cut off or is not JSON", bare(url), response, text.slice(0, 200));
  }
}

function bare(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** The room's messages speak of models; a service has none to choose. */
function forTranslation(error: ModelError, thrown: unknown, options: ServiceOptions): ModelError {
  if (!(thrown instanceof CallFailure)) return error;
  const { statusCode } = thrown;
  if (statusCode === undefined) {
    return new ModelError("model-failed", `${options.name} could not be reached: ${thrown.message}`, {
      hint: "check the network and the address, or translate on this machine: --engine bergamot",
      cause: thrown,
    });
  }
  if (statusCode === 456) {
    return new ModelError("model-failed", `the account at ${options.name} has no characters left`, {
      hint: "check its plan, or translate on this machine: --engine bergamot",
      cause: thrown,
    });
  }
  if (statusCode >= 500 || statusCode === 404) {
    const said =
      thrown.responseBody === undefined
        ? ""
        : (/"(?:error|message)"\s*:\s*"([^"]*)"/.exec(thrown.responseBody)?.[1] ?? "");
    return new ModelError(
      "model-failed",
      `${options.name} failed (${statusCode})${said === "" ? "" : `: ${said}`}`,
      {
        hint: statusCode === 404 ? options.requestHint : "try again later or use another engine",
        cause: thrown,
      },
    );
  }
  return error;
}

/** The error for an answer that is JSON, but not of the documented form. */
export function unexpectedAnswer(name: string, what: string): ModelError {
  return new ModelError("model-output", `${name} answered in another form than it documents: ${what}`, {
    hint: "check the address and the version of the server, or use another engine",
  });
}
