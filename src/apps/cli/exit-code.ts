import { type ErrorCode, TandemError } from "../../errors.ts";

/** What a command's exit code says. The meanings are public and stay. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  nothing: 3,
  model: 4,
  refused: 5,
  interrupted: 130,
} as const;

const byError: Readonly<Record<ErrorCode, number>> = {
  "bad-request": exitCodes.usage,
  "file-damaged": exitCodes.failed,
  "file-unsupported": exitCodes.failed,
  "file-too-large": exitCodes.failed,
  "not-found": exitCodes.nothing,
  ambiguous: exitCodes.refused,
  refused: exitCodes.refused,
  "round-trip": exitCodes.failed,
  "no-model": exitCodes.model,
  "model-failed": exitCodes.model,
  "model-output": exitCodes.model,
  "download-failed": exitCodes.model,
  "query-failed": exitCodes.usage,
  "query-refused": exitCodes.refused,
  "query-timeout": exitCodes.failed,
  "query-memory": exitCodes.failed,
  "engine-failed": exitCodes.failed,
  "server-failed": exitCodes.failed,
  aborted: exitCodes.interrupted,
};

/** The exit code for a failure; 1 for everything that no rule names. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TandemError ? byError[error.code] : exitCodes.failed;
}

/** A failure as data: what `--json` prints under `error`. */
export type ErrorReport = { readonly code: string; readonly message: string; readonly hint?: string };

/** The failure in words for a person or a program. System errors get a sentence instead of `ENOENT`. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof TandemError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  const system = error as NodeJS.ErrnoException;
  if (error instanceof Error && system.syscall !== undefined && system.code !== undefined) {
    return { code: "failed", message: `${systemMessage(system.code)}: ${system.path ?? error.message}` };
  }
  return {
    code: "failed",
    message: error instanceof Error ? error.message : String(error),
    hint: "this looks like a fault in Tandem; set TANDEM_DEBUG=1 to see where",
  };
}

function systemMessage(code: string): string {
  switch (code) {
    case "ENOENT":
      return "there is no such file or folder";
    case "EACCES":
    case "EPERM":
      return "this may not be read or written";
    case "EISDIR":
      return "this is a folder, not a file";
    case "ENOTDIR":
      return "a folder in this path is a file";
    case "ENOSPC":
      return "the disk is full";
    case "EROFS":
      return "this disk can only be read";
    default:
      return `the system says ${code}`;
  }
}
