import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelError } from "../../errors.ts";
import type { RunApertium } from "../../models/translation/apertium/apertium-ports.ts";
import { runProgram } from "../run-program.ts";

/** Runs the program `apertium`. Rejects with its last words when it fails, and says how to install it when it is not there. */
export const runApertium: RunApertium = async (args, input, signal) => {
  signal?.throwIfAborted();
  if (input === "") return run(args, signal);
  // The program is a script that opens /dev/stdin, which is not possible on the socket that Node gives a child.
  const folder = await mkdtemp(join(tmpdir(), "tandem-apertium-"));
  try {
    const path = join(folder, "text");
    await writeFile(path, input, { mode: 0o600 });
    return await run([...args, path], signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function run(args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  return runProgram("apertium", args, {
    signal,
    notInstalled,
    failed: (said, code) => new Error(said.trim().split("\n").at(-1) || `it ended with ${code}`),
  });
}

function notInstalled(cause: Error): ModelError {
  return new ModelError("no-model", "the program apertium is not installed", {
    hint: "on Debian and Ubuntu: apt install apertium-eng-spa (or another pair), or name a server: --engine apertium:URL",
    cause,
  });
}
