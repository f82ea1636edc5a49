import type { PinoLoggerOptions } from "fastify/types/logger.js";

/** Where the lines of the log go, each one JSON object. */
export type LogTarget = { readonly write: (line: string) => void };

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Pino's options as Fastify takes them. */
export type LogOptions = PinoLoggerOptions & { readonly stream: LogTarget };

/** All that a line may hold besides its level, time and sentence. Names, texts, tokens and addresses have no place in it. */
const FIELDS: ReadonlySet<string> = new Set([
  "code",
  "count",
  "err",
  "method",
  "ms",
  "room",
  "route",
  "status",
]);

/**
 * The server's log. Whatever a caller hands over, only known fields are written, and of an error its name, its code and where
 * it arose, never its message: that may quote what somebody said.
 */
export function logOptions(target: LogTarget, level: LogLevel): LogOptions {
  return {
    level,
    stream: target,
    base: null,
    serializers: { err: describeError },
    formatters: {
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => FIELDS.has(key))),
    },
    hooks: {
      // An error without a sentence would lend its own, and so would the values for a sentence's placeholders.
      logMethod([first, second], method) {
        if (typeof first === "string") return method.call(this, {}, first);
        const fields = (first as unknown) instanceof Error ? { err: first } : (first ?? {});
        const isFailure = "err" in (fields as object);
        return method.call(this, fields, isFailure || typeof second !== "string" ? "failed" : second);
      },
    },
  };
}

type ErrorEntry = { readonly [key: string]: unknown; type: string; message: string; stack: string };

function describeError(error: unknown): ErrorEntry {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { code } = error as { code?: unknown };
  const isWord = typeof code === "string" && /^[\w-]{1,60}$/.test(code);
  const lines = (error.stack ?? "").replaceAll(error.message, "").split("\n");
  const places = lines.filter((line) => /^ {4}at [^"'`]+:\d+:\d+\)?$/.test(line)).slice(0, 8);
  return {
    type: error.constructor.name,
    message: "",
    stack: places.map((line) => line.trim()).join("\n"),
    ...(isWord && { code }),
  };
}
