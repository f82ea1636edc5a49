import type { LoggedEvent, RoomLog } from "./types.ts";

type WithoutPlace<T> = T extends unknown ? Omit<T, "seq" | "at"> : never;
/** An event that has no number yet. */
export type NewEvent = WithoutPlace<LoggedEvent>;

export type LogWriterOptions = {
  readonly log: RoomLog;
  readonly now: () => Date;
  /** `seq` of the last event that the log holds. */
  readonly seq: number;
  /** Told of each event in order, once the log has it and before `append` returns. */
  readonly onLogged: (event: LoggedEvent) => void;
  /** `seq` under which an event happened already; asked right before it is written. */
  readonly known: (event: NewEvent) => number | undefined;
};

export type LogWriter = {
  /** Returns its `seq` when the log has the event; what comes at once or while the log is busy is written together. */
  readonly append: (event: NewEvent) => Promise<number>;
};

type Waiting = {
  readonly event: NewEvent;
  readonly at: Date;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: unknown) => void;
};

/** Numbers events and writes them, one `append` of the log at a time. Where that fails, the numbers are used again. */
export function logWriter({ log, now, seq: first, onLogged, known }: LogWriterOptions): LogWriter {
  let seq = first;
  let isUncertain = false;
  let isWriting = false;
  let waiting: Waiting[] = [];

  const take = (event: LoggedEvent): void => {
    seq = event.seq;
    onLogged(event);
  };

  /** What a write that was reported as failed left in the log all the same. */
  const readBack = async (): Promise<readonly LoggedEvent[]> => {
    const found = await log.read(seq);
    for (const event of found) if (event.seq === seq + 1) take(event);
    isUncertain = false;
    return found;
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    if (isUncertain) await readBack();
    const open = batch.filter(({ event, resolve }) => {
      const seqOfKnown = known(event);
      if (seqOfKnown !== undefined) resolve(seqOfKnown);
      return seqOfKnown === undefined;
    });
    if (open.length === 0) return;
    const events = open.map(
      ({ event, at }, index) => ({ ...event, at, seq: seq + 1 + index }) as LoggedEvent,
    );
    try {
      await log.append(events);
      events.forEach(take);
    } catch (error) {
      isUncertain = true;
      const found = await readBack();
      if (found.length === 0) throw error;
      const kept = new Set(found.map(plainly));
      if (!events.every((event) => kept.has(plainly(event)))) return write(open);
    }
    open.forEach(({ resolve }, index) => {
      resolve(events[index]!.seq);
    });
  };

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    isWriting = false;
  };

  return {
    append: (event) =>
      new Promise((resolve, reject) => {
        waiting.push({ event, at: now(), resolve, reject });
        if (!isWriting) void writeAll();
      }),
  };
}

/** An event as text that is the same whatever order its fields have. */
function plainly(event: LoggedEvent): string {
  return JSON.stringify(event, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
