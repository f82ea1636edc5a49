/** Work in order within a lane, whatever other lanes do. */
export type Lanes<Job> = {
  readonly add: (lane: string, job: Job) => void;
  /** Returns when no lane has anything left. */
  readonly idle: () => Promise<void>;
};

/**
 * Lanes whose jobs are done in the order in which they came. What waits in a lane is handed over together: `work` does as
 * many from the front as it likes, says how many, and must not throw.
 */
export function createLanes<Job>(work: (jobs: readonly Job[]) => Promise<number>): Lanes<Job> {
  const lanes = new Map<string, Job[]>();
  let whenIdle: (() => void)[] = [];

  const run = async (lane: string, jobs: Job[]): Promise<void> => {
    await Promise.resolve();
    while (jobs.length > 0) jobs.splice(0, Math.max(1, await work([...jobs])));
    lanes.delete(lane);
    if (lanes.size > 0) return;
    const told = whenIdle;
    whenIdle = [];
    for (const tell of told) tell();
  };

  return {
    add: (lane, job) => {
      const waiting = lanes.get(lane);
      if (waiting) {
        waiting.push(job);
        return;
      }
      const jobs = [job];
      lanes.set(lane, jobs);
      void run(lane, jobs);
    },
    idle: () =>
      lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(() => resolve())),
  };
}
