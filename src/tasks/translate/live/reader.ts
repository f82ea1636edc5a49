import type { CaptionMode, LiveEvent, LoggedEvent, PassingEvent, Reader, ReaderOptions } from "./types.ts";

/** Where a reader gets the events that it hasn't seen. */
export type EventSource = {
  /** Some events after a number, in order; none when there are none. */
  readonly after: (seq: number) => readonly LoggedEvent[] | Promise<readonly LoggedEvent[]>;
  /** `seq` of the last event. */
  readonly seq: () => number;
};

export type OpenReader = Reader & {
  readonly participant: string;
  readonly mode: () => CaptionMode;
  /** There are new logged events. */
  readonly wake: () => void;
  /** Takes a passing event, in the place of an older one of its line that wasn't sent. */
  readonly offer: (event: PassingEvent, hasNewStable: boolean) => void;
  /** The line is over: what waits of it is no longer sent. */
  readonly forget: (kind: PassingEvent["kind"], speaker: string, line: string) => void;
};

/** Sends one reader what happens, logged events first; nothing waits for it, and it keeps one passing event a line. */
export function openReader(
  { participant, mode: first, after = 0, send }: ReaderOptions,
  source: EventSource,
  onClosed: (reason?: unknown) => void,
): OpenReader {
  const passing = new Map<string, PassingEvent>();
  let mode = first;
  let seq = after;
  let [isClosed, isSending] = [false, false];

  const close = (reason?: unknown): void => {
    if (isClosed) return;
    isClosed = true;
    passing.clear();
    onClosed(reason);
  };

  const sendOne = async (event: LiveEvent): Promise<void> => {
    const sent = send(event);
    if (sent !== undefined) await sent;
  };

  const sendLogged = async (): Promise<void> => {
    for (const event of await source.after(seq)) {
      if (isClosed) return;
      if (event.seq !== seq + 1) throw new Error(`the log has no event ${seq + 1}`);
      seq = event.seq;
      await sendOne(event);
    }
  };

  const sendAll = async (): Promise<void> => {
    while (!isClosed) {
      const [key] = passing.keys();
      if (seq < source.seq()) await sendLogged();
      else if (key !== undefined) {
        const event = passing.get(key)!;
        passing.delete(key);
        await sendOne(event);
      } else return;
    }
  };

  const wake = (): void => {
    if (isClosed || isSending) return;
    isSending = true;
    sendAll()
      .catch(close)
      .finally(() => {
        isSending = false;
        if (seq < source.seq() || passing.size > 0) wake();
      });
  };

  return {
    participant,
    mode: () => mode,
    wake,
    offer: (event, hasNewStable) => {
      if (isClosed || mode === "steady" || (mode === "balanced" && !hasNewStable)) return;
      const key = keyOf(event.kind, event.speaker, event.line);
      passing.set(key, mode === "balanced" ? { ...event, unstable: "" } : event);
      wake();
    },
    forget: (kind, speaker, line) => void passing.delete(keyOf(kind, speaker, line)),
    setMode: (next) => {
      mode = next;
      if (next === "steady") passing.clear();
    },
    close: () => close(),
  };
}

const keyOf = (kind: PassingEvent["kind"], speaker: string, line: string): string =>
  `${kind}\0${speaker}\0${line}`;
