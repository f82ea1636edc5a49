import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { defaultCacheFolder } from "../../models/llama/index.ts";
import type { Checkpoint } from "../../tasks/task.ts";
import type { CliIo } from "./cli-io.ts";

/** What one job has done so far, kept in the cache folder so that the same command goes on after an abort. */
export type JobCheckpoint = Checkpoint & {
  /** How many steps are finished, those of earlier runs included. */
  readonly size: () => number;
  /** Forgets everything; called when the result is written. */
  readonly discard: () => Promise<void>;
};

type Steps = Record<string, string>;

/**
 * Opens the checkpoint of a job: the same `identity` gives the same one. Each step is written at once, whole or not at
 * all; a file that can't be read counts as none. What a step holds is the task's own business to trust or not.
 */
export async function openJobCheckpoint(
  io: CliIo,
  task: string,
  identity: readonly (string | Uint8Array)[],
): Promise<JobCheckpoint> {
  const folder = path.join(defaultCacheFolder(io.env, process.platform, os.homedir()), "jobs");
  const file = path.join(folder, `${task}-${digest(identity)}.json`);
  let steps = await readSteps(io, file);
  return {
    size: () => Object.keys(steps).length,
    read: async (step) => (Object.hasOwn(steps, step) ? steps[step] : undefined),
    write: async (step, text) => {
      steps = { ...steps, [step]: text };
      await io.files.makeFolder(folder);
      await io.files.write(file, new TextEncoder().encode(JSON.stringify(steps)));
    },
    discard: () => io.files.remove(file),
  };
}

function digest(identity: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of identity) {
    hash.update(`${part.length}\0`);
    hash.update(part);
  }
  return hash.digest("hex").slice(0, 24);
}

async function readSteps(io: CliIo, file: string): Promise<Steps> {
  if ((await io.files.kind(file)) !== "file") return {};
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(await io.files.read(file)));
    if (typeof found !== "object" || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}
