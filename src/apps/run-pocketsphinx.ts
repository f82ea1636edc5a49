import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelError } from "../errors.ts";
import type { RunPocketsphinx } from "../models/speech/pocketsphinx-command.ts";

/** Runs the program on this machine. Says how to install it when it is not there. */
export const runPocketsphinx: RunPocketsphinx = async (wav, signal) => {
  // The program is handed a file: it opens /dev/stdin by name, which is not possible on the socket that Node gives a child.
  const folder = await mkdtemp(join(tmpdir(), "tandem-speech-"));
  try {
    const path = join(folder, "speech.wav");
    await writeFile(path, wav, { mode: 0o600 });
    return await run(path, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function run(path: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("pocketsphinx_continuous", ["-infile", path], {
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
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
      if (signal.aborted) reject(signal.reason);
      else reject(error.code === "ENOENT" ? notInstalled(error) : error);
    });
    child.on("close", (code) => {
      if (code === 0) return resolve(out);
      const reason =
        said.split("\n").findLast((line) => /^(ERROR|FATAL)/.test(line)) ?? `it ended with ${code}`;
      reject(new ModelError("model-failed", `pocketsphinx failed: ${reason}`));
    });
  });
}

function notInstalled(cause: Error): ModelError {
  return new ModelError("no-model", "the program pocketsphinx_continuous is not installed", {
    hint: "on Debian and Ubuntu: apt install pocketsphinx pocketsphinx-en-us, or name another recogniser: --speech sherpa:FOLDER",
    cause,
  });
}
