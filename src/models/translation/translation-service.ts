import { ModelError } from "../../errors.ts";
import { CallFailure, callJson, type JsonCall } from "../call-json.ts";
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

/**
 * Calls a translation service and gives its JSON. Tries again where that can help and as long as the server asks; then
 * throws `ModelError`. An abort rejects with the signal's reason.
 */
export async function callService(call: JsonCall, options: ServiceOptions): Promise<unknown> {
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
  return withRetry(() => callJson(call, scrub), {
    judge: (thrown) => {
      const failure = judgeProviderFailure(thrown, place);
      return { ...failure, error: forTranslation(failure.error, thrown, options) };
    },
    attempts: options.attempts ?? 3,
    pauseMs: options.pauseMs ?? 500,
    signal,
  });
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
