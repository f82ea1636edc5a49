/** What went wrong, in a word that programs can match on. Stable across releases. */
export type ErrorCode =
  | "bad-request"
  | "file-damaged"
  | "file-unsupported"
  | "file-too-large"
  | "not-found"
  | "ambiguous"
  | "refused"
  | "round-trip"
  | "no-model"
  | "model-failed"
  | "model-output"
  | "download-failed"
  | "query-refused"
  | "query-failed"
  | "query-timeout"
  | "query-memory"
  | "engine-failed"
  | "server-failed"
  | "aborted";

export type TandemErrorOptions = {
  /** What the reader can do about it, as one sentence or a command. */
  readonly hint?: string;
  readonly cause?: unknown;
};

/**
 * A broken promise: the thing asked for could not be done.
 * `code` is for programs, `message` says what is wrong, `hint` says what to do about it.
 */
export class TandemError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: TandemErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

/** A file that is not what it claims to be, is cut off, or tries a trick. */
export class FileDamagedError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("file-damaged", message, options);
  }
}

/** A file that may be fine but that Tandem does not read (encrypted, another format). */
export class FileUnsupportedError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("file-unsupported", message, options);
  }
}

/** A file that would take more memory than the limits allow once inflated. */
export class FileTooLargeError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("file-too-large", message, options);
  }
}

/** A section, quote, paragraph, comment or change that the document does not have. */
export class TargetNotFoundError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("not-found", message, options);
  }
}

/** A quote that occurs more than once, so that no single place is meant. */
export class TargetAmbiguousError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("ambiguous", message, options);
  }
}

/** Our own output failed its check; nothing was written. Always a bug of ours, never of the document. */
export class RoundTripError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("round-trip", message, options);
  }
}

/** Input from a person or a program that does not have the shape asked for. */
export class BadRequestError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("bad-request", message, options);
  }
}

/** A model, provider or download that could not be reached or answered wrongly. */
export class ModelError extends TandemError {
  constructor(
    code: "no-model" | "model-failed" | "model-output" | "download-failed",
    message: string,
    options?: TandemErrorOptions,
  ) {
    super(code, message, options);
  }
}

/** The codes of a `QueryError`. */
export type QueryErrorCode = Extract<ErrorCode, `query-${string}` | "engine-failed">;

/** A query that was not admitted, is wrong, took too much time or memory, or took its engine down. */
export class QueryError extends TandemError {
  declare readonly code: QueryErrorCode;

  constructor(code: QueryErrorCode, message: string, options?: TandemErrorOptions) {
    super(code, message, options);
  }
}

/** A database server that can't be reached, doesn't let the user in, or doesn't let the user read what is asked. */
export class ServerError extends TandemError {
  constructor(message: string, options?: TandemErrorOptions) {
    super("server-failed", message, options);
  }
}
