/** How a failed attempt should be treated. */
export type Failure = {
  /** What is thrown when there is no further attempt. */
  readonly error: Error;
  readonly isRetryable: boolean;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs?: number;
};

export type RetryOptions = {
  /** Turns what an attempt threw into a verdict. */
  readonly judge: (thrown: unknown) => Failure;
  /** All attempts together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause without a `retry-after`; it doubles. Milliseconds, defaults to 500. */
  readonly pauseMs?: number;
  /** A server that asks for a longer pause is not waited for. Milliseconds, defaults to 60,000. */
  readonly longestPauseMs?: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs `attempt` until it succeeds, its failure is final, or the attempts are used up. The only layer that
 * retries: the clients below have their own retries switched off. An abort rejects with the signal's reason.
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts = 3, pauseMs = 500, longestPauseMs = 60_000, signal } = options;
  for (let number = 1; ; number += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (thrown) {
      signal?.throwIfAborted();
      const failure = options.judge(thrown);
      // Spread by up to a quarter, so that many callers do not come back at the same moment.
      const pause = failure.retryAfterMs ?? pauseMs * 2 ** (number - 1) * (1 + Math.random() / 4);
      if (!failure.isRetryable || number >= attempts || pause > longestPauseMs) throw failure.error;
      await sleep(pause, signal);
    }
  }
}

/** Waits; an abort rejects with the signal's reason. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
