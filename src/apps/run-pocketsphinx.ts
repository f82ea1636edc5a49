import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelError } from "../errors.ts";
import type { RunPocketsphinx } from "../models/speech/pocketsphinx-command.ts";
import { runProgram } from "./run-program.ts";

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
  return runProgram("pocketsphinx_continuous", ["-infile", path], {
    signal,
    notInstalled,
    failed: (said, code) => {
      const line = said.split("\n").findLast((each) => /^(ERROR|FATAL)/.test(each));
      return new ModelError("model-failed", `pocketsphinx failed: ${line ?? `it ended with ${code}`}`);
    },
  });
}

function notInstalled(cause: Error): ModelError {
  return new ModelError("no-model", "the program pocketsphinx_continuous is not installed", {
    hint: "on Debian and Ubuntu: apt install pocketsphinx pocketsphinx-en-us, or name another recogniser: --speech sherpa:FOLDER",
    cause,
  });
}
