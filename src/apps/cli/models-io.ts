import { TandemError } from "../../errors.ts";
import type { Environment } from "../model-config.ts";

/** What a command needs of the terminal. */
export type CommandIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether stderr is a terminal, so that progress may rewrite its line. */
  readonly isTty: boolean;
  readonly env: Environment;
  /** One JSON object on stdout instead of text. */
  readonly json: boolean;
};

export const DONE = 0;
const FAILED = 1;
const USAGE = 2;
const MODEL_FAILED = 4;
const INTERRUPTED = 130;

/** Runs a command; a `TandemError` becomes a line on stderr and its exit code. */
export async function guarded(
  io: CommandIo,
  signal: AbortSignal | undefined,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (signal?.aborted === true) return INTERRUPTED;
    if (!(error instanceof TandemError)) throw error;
    fail(io, error.code, error.message, error.hint);
    switch (error.code) {
      case "bad-request":
        return USAGE;
      case "no-model":
      case "model-failed":
      case "model-output":
      case "download-failed":
        return MODEL_FAILED;
      default:
        return FAILED;
    }
  }
}

/** Says what went wrong, and what to do about it. */
export function fail(io: CommandIo, code: string, message: string, hint?: string): void {
  if (io.json) printJson(io, { error: { code, message, hint: hint ?? null } });
  io.stderr(`${message}\n`);
  if (hint !== undefined) io.stderr(`  ${hint}\n`);
}

/** One JSON object on a line. */
export function printJson(io: CommandIo, value: object): void {
  io.stdout(`${JSON.stringify({ schemaVersion: 1, ...value })}\n`);
}

/** How far a download is; the source in words. */
export type Progress = { readonly source: string; readonly doneBytes: number; readonly totalBytes: number };

/** Shows a download on one line of a terminal, and nothing elsewhere. */
export function progressLine(io: CommandIo): { show: (progress: Progress) => void; end: () => void } {
  let lastShown = 0;
  let hasLine = false;
  return {
    show: ({ source, doneBytes, totalBytes }) => {
      const now = performance.now();
      if (!io.isTty || now - lastShown < 100) return;
      lastShown = now;
      hasLine = true;
      const percent = totalBytes > 0 ? ` ${Math.min(100, Math.floor((100 * doneBytes) / totalBytes))} %` : "";
      io.stderr(`\r\u001b[K${megabytes(doneBytes)} of ${megabytes(totalBytes)}${percent} from ${source}`);
    },
    end: () => {
      if (hasLine) io.stderr("\r\u001b[K");
    },
  };
}

/** A size for people. */
export function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}
