import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelError } from "../../errors.ts";
import type { RunApertium } from "../../models/translation/apertium/apertium-ports.ts";

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
  return new Promise((resolve, reject) => {
    const child = spawn("apertium", args, {
      // Its filters read bytes by the locale.
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
      else reject(new Error(said.trim().split("\n").at(-1) || `it ended with ${code}`));
    });
  });
}

function notInstalled(cause: Error): ModelError {
  return new ModelError("no-model", "the program apertium is not installed", {
    hint: "on Debian and Ubuntu: apt install apertium-eng-spa (or another pair), or name a server: --engine apertium:URL",
    cause,
  });
}
