import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { openLiveRoom } from "./live-room.ts";
import type { LiveEvent, LiveRoom, LiveRoomOptions, LoggedEvent, RoomLog } from "./types.ts";

/** A log in memory whose writes take a turn of the event loop; `append` can be made to fail. */
export type MemoryLog = RoomLog & {
  readonly events: LoggedEvent[];
  readonly appends: number[];
  /** How the next write fails: nothing is written, all of it is, or it is once the next write begins. */
  fail?: LogFailure | undefined;
};

export type LogFailure = "before" | "after" | "late";

export function memoryLog(events: LoggedEvent[] = []): MemoryLog {
  let late: readonly LoggedEvent[] = [];
  const write = (added: readonly LoggedEvent[]): void => {
    if (added.some(({ seq }, index) => seq !== events.length + 1 + index))
      throw new Error("one of these events is there already");
    events.push(...added);
  };
  const log: MemoryLog = {
    events,
    appends: [],
    append: async (added) => {
      await turn();
      const { fail } = log;
      log.fail = undefined;
      const [first] = late;
      if (first?.seq === events.length + 1) write(late);
      late = fail === "late" ? added : [];
      if (fail === "before" || fail === "late") throw new Error("the disk is full");
      write(added);
      log.appends.push(added.length);
      if (fail === "after") throw new Error("the connection was lost");
    },
    read: async (after, limit) => {
      await turn();
      return events.slice(after, limit === undefined ? undefined : after + limit);
    },
  };
  return log;
}

export const turn = (milliseconds = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `[pt] text` for every text, after `wait`; `answer` may throw or leave texts out. */
export function tagEngine(
  options: {
    readonly id?: string;
    readonly wait?: () => Promise<void>;
    readonly answer?: (text: string, to: string) => string | undefined;
    readonly context?: boolean;
  } = {},
): TranslationEngine & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const answer = options.answer ?? ((text: string, to: string) => `[${to}] ${text}`);
  return {
    id: options.id ?? "tag",
    isLocal: true,
    asked,
    capabilities: {
      tags: "none",
      glossary: false,
      context: options.context ?? false,
      maxCharacters: 10_000,
      batchSize: 100,
    },
    missing: async () => undefined,
    translate: async ({ items, target }) => {
      asked.push(items.map(({ text }) => text));
      await options.wait?.();
      return {
        items: items.flatMap(({ id, text }) => {
          const translated = answer(text, target);
          return translated === undefined ? [] : [{ id, text: translated }];
        }),
        failed: [],
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

export const sides = [
  { id: "acme", name: "Acme", domain: "acme.example", language: "en" },
  { id: "ota", name: "Ota", domain: "ota.example", language: "pt" },
] as const;

export const ann = { id: "ann", name: "Ann", side: "acme", language: "en" } as const;
export const rui = { id: "rui", name: "Rui", side: "ota", language: "pt" } as const;

/** A room with Ann, who speaks English, and Rui, who speaks Portuguese. */
export async function roomOfTwo(
  options: Partial<LiveRoomOptions> = {},
): Promise<{ room: LiveRoom; log: MemoryLog }> {
  const log = (options.log as MemoryLog | undefined) ?? memoryLog();
  const engine = tagEngine();
  const room = await openLiveRoom({
    sides,
    engineOf: async () => engine,
    now: () => new Date(),
    log,
    ...options,
  });
  await room.join(ann);
  await room.join(rui);
  return { room, log };
}

/** What a reader gets, as it comes. */
export function readAll(room: LiveRoom, participant: string, more: { after?: number } = {}): LiveEvent[] {
  const events: LiveEvent[] = [];
  room.read({ participant, mode: "responsive", ...more, send: (event) => void events.push(event) });
  return events;
}

/** Waits until something is so, at most two seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tried = 0; tried < 400; tried++) {
    if (isSo()) return;
    await turn(5);
  }
  throw new Error("it never was so");
}
