import { TandemError } from "../../errors.ts";
import type { CliIo, OpenModel } from "./cli-io.ts";
import { nodeFiles } from "./node-files.ts";

const DEFAULT_COLUMNS = 80;

/** The world of a real process: its streams, files, clock and environment. */
export function processIo(signal: AbortSignal, openModel: OpenModel): CliIo {
  const { stdin, stdout, stderr, env } = process;
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
  return {
    stdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
      return new Uint8Array(Buffer.concat(chunks));
    },
    input: () => stdin,
    stdout: (data) => void stdout.write(data),
    stderr: (text) => void stderr.write(text),
    isTty: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
    env,
    cwd: process.cwd(),
    now: () => new Date(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    columns: stdout.columns ?? stderr.columns ?? DEFAULT_COLUMNS,
    files: nodeFiles(process.cwd()),
    openModel,
    signal,
  };
}

/** A signal that Ctrl+C aborts; a second Ctrl+C ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new TandemError("aborted", "interrupted; nothing was written"));
  });
  return controller.signal;
}

/** Resolves once everything written so far has left the process. */
export async function flushOutput(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write("", () => resolve())),
    ),
  );
}
