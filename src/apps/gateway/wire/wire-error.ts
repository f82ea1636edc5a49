import { contentFilterError, type FilterVerdict } from "../../../models/safety/filter-annotations.ts";

/** An error as OpenAI's and Azure's clients read it; both want all four fields. */
export type WireErrorBody = {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
};

export type WireErrorOptions = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly param?: string;
  /** For `retry-after` and `retry-after-ms`. */
  readonly retryAfterMs?: number;
  /** Headers that the answer has besides. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A provider's own error, sent as it is. */
  readonly body?: Buffer;
  readonly cause?: unknown;
};

/** An answer that is an error; thrown where the call cannot go on. */
export class WireError extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;

  constructor(options: WireErrorOptions) {
    const { status, code, message, param, retryAfterMs, headers = {}, body, cause } = options;
    super(message, { cause });
    this.name = "WireError";
    this.status = status;
    this.code = code;
    this.param = param;
    this.retryAfterMs = retryAfterMs;
    this.headers = headers;
    this.body = body;
  }

  /** A refused prompt, in Azure's form for every provider. */
  static contentFilter(verdicts: readonly FilterVerdict[]): WireError {
    const whole = contentFilterError(verdicts);
    const { status, code, message, param } = whole.error;
    return new WireError({ status, code, message, param, body: Buffer.from(JSON.stringify(whole)) });
  }
}

const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "invalid_request_error",
  413: "invalid_request_error",
  429: "rate_limit_error",
  501: "not_supported_error",
};

/** The body that is sent for an error. */
export function wireErrorBody({ status, code, message, param }: WireError): WireErrorBody {
  const type = code === "insufficient_quota" ? code : (TYPES[status] ?? "server_error");
  return { error: { message, type, param: param ?? null, code } };
}

/** The headers of an error. `retry-after` is whole seconds (RFC 9110, 10.2.3). */
export function wireErrorHeaders({ retryAfterMs, headers }: WireError): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined) return headers;
  const milliseconds = Math.max(1, Math.ceil(retryAfterMs));
  return {
    ...headers,
    "retry-after": String(Math.ceil(milliseconds / 1_000)),
    "retry-after-ms": String(milliseconds),
  };
}
