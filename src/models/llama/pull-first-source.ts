import { mkdir, rm } from "node:fs/promises";
import type { ModelError } from "../../errors.ts";
import { withFileLock } from "./file-lock.ts";

export type PullFirstOptions<Source, Pulled> = {
  /** What is wanted, where it is on this machine already. */
  readonly find: () => Promise<Pulled | undefined>;
  /** Tried in this order. */
  readonly sources: readonly Source[];
  readonly describe: (source: Source) => string;
  /** Brings it from one source, checked and under its name. */
  readonly bring: (source: Source) => Promise<Pulled>;
  /** Kept between attempts; removed when all is well. */
  readonly partFolder: string;
  /** Made of every attempt and why it failed. */
  readonly failed: (attempts: readonly string[]) => ModelError;
  readonly signal: AbortSignal | undefined;
};

/**
 * Brings something from the first source that has it, once, however many processes ask at the same time. An abort rejects
 * with the signal's reason.
 */
export async function pullFirstSource<Source, Pulled>(
  options: PullFirstOptions<Source, Pulled>,
): Promise<Pulled> {
  const { find, partFolder, signal } = options;
  signal?.throwIfAborted();
  const present = await find();
  if (present !== undefined) return present;
  await mkdir(partFolder, { recursive: true });
  return withFileLock(`${partFolder}.lock`, signal, async () => {
    // Whoever held the lock before us may have brought it.
    const brought = await find();
    if (brought !== undefined) return brought;
    const pulled = await tryEach(options);
    await rm(partFolder, { recursive: true, force: true });
    return pulled;
  });
}

async function tryEach<Source, Pulled>(options: PullFirstOptions<Source, Pulled>): Promise<Pulled> {
  const { sources, describe, bring, signal } = options;
  const attempts: string[] = [];
  for (const source of sources) {
    try {
      return await bring(source);
    } catch (error) {
      signal?.throwIfAborted();
      attempts.push(`${describe(source)}: ${rootMessage(error)}`);
    }
  }
  throw options.failed(attempts);
}

/** The innermost reason of a failed download, in one line. */
export function rootMessage(error: unknown): string {
  let current: unknown = error;
  let message = "no reason given";
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current.message !== "") message = current.message;
    current = current.cause;
  }
  return message.split("\n", 1)[0]?.trim() ?? message;
}
