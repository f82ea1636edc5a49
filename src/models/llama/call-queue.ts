/** Runs one piece of work at a time, in the order of asking: a llama.cpp sequence holds one conversation. */
export class CallQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Waits for its turn, then runs. An abort while waiting rejects at once and gives the turn away. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const turn = this.#tail;
    let done = (): void => {};
    this.#tail = new Promise<void>((resolve) => {
      done = resolve;
    });
    try {
      await orAborted(turn, signal);
      return await work();
    } finally {
      // Later callers still wait for the one before us when we leave early.
      void turn.then(done);
    }
  }

  /** Settles when everything asked for so far has run. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}

function orAborted(turn: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
  if (signal === undefined) return turn;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    void turn.then(() => {
      signal.removeEventListener("abort", stop);
      resolve(undefined);
    });
  });
}
