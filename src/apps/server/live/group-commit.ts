import type { DatabaseSync } from "node:sqlite";

export type GroupCommit = {
  /** Runs a job in a transaction that it shares with others; resolves with its result once that is on disk. */
  readonly commit: <T>(job: () => T) => Promise<T>;
  /** Runs what is waiting; afterwards `commit` rejects. */
  readonly close: () => void;
};

type Waiting = {
  readonly run: () => void;
  readonly resolve: () => void;
  readonly reject: (e: unknown) => void;
};

/**
 * Writes of one turn of the event loop go to disk together, so that a busy server syncs once for many lines. Where such a
 * transaction fails, each job gets one of its own, so that one bad job fails alone.
 */
export function groupCommit(database: DatabaseSync): GroupCommit {
  let waiting: Waiting[] = [];
  let isClosed = false;

  const transact = (jobs: readonly Waiting[]): void => {
    database.exec("BEGIN IMMEDIATE");
    try {
      for (const job of jobs) job.run();
      database.exec("COMMIT");
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
    for (const job of jobs) job.resolve();
  };

  const attempt = (jobs: readonly Waiting[]): void => {
    try {
      transact(jobs);
    } catch (error) {
      if (jobs.length === 1) jobs[0]!.reject(error);
      else for (const job of jobs) attempt([job]);
    }
  };

  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    if (jobs.length > 0) attempt(jobs);
  };

  return {
    commit: <T>(job: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (isClosed) return reject(new Error("the store is closed"));
        let result: T;
        const run = (): void => {
          result = job();
        };
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ run, resolve: () => resolve(result), reject });
      }),
    close: () => {
      flush();
      isClosed = true;
    },
  };
}
