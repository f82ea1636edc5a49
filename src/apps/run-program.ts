import { spawn } from "node:child_process";
import type { ModelError } from "../errors.ts";

export type RunProgramOptions = {
  readonly signal: AbortSignal | undefined;
  /** Made where the machine has no such program. */
  readonly notInstalled: (cause: Error) => ModelError;
  /** Made of the end of what it said, and its exit status. */
  readonly failed: (said: string, code: number | null) => Error;
};

/** What a program of this machine prints, in UTF-8. An abort ends it and rejects with the signal's reason. */
export function runProgram(
  program: string,
  args: readonly string[],
  { signal, notInstalled, failed }: RunProgramOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      // Filters of text read bytes by the locale.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    let out = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2_000);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (signal?.aborted === true) reject(signal.reason);
      else reject(error.code === "ENOENT" ? notInstalled(error) : error);
    });
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(failed(said, code));
    });
  });
}
