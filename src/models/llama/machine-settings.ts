import { availableParallelism } from "node:os";

/**
 * Threads for generation when nobody says: all cores but one. Memory bandwidth is the limit, and a thread that
 * waits for a busy core stalls the others: on two shared cores one thread writes faster than two.
 */
export function defaultThreads(cores: number = availableParallelism()): number {
  return Math.max(1, cores - 1);
}

/** Tokens of context when nobody says: 8,192 where memory is plenty, less below 4 GB free, at most the model's own. */
export function defaultContextTokens(
  trainedTokens: number,
  freeMemoryBytes: number = process.availableMemory(),
): number {
  const affordable =
    freeMemoryBytes < 2_000_000_000 ? 2_048 : freeMemoryBytes < 4_000_000_000 ? 4_096 : 8_192;
  return Math.min(trainedTokens, affordable);
}
