import { type EventTail, eventTail, readLog } from "./event-tail.ts";
import { type FinalLine, type FinalLines, finalLines } from "./final-lines.ts";
import { type LiveLines, liveLines, type WatchedTarget } from "./live-lines.ts";
import { type LogWriter, logWriter, type NewEvent } from "./log-writer.ts";
import type { OpenReader } from "./reader.ts";
import { applyEvent, isSameLanguage, lineKey, type RoomState, type Wanted, wantedKey } from "./room-state.ts";
import type { LineOutcome } from "./translate-lines.ts";
import type { LiveRoomOptions, LoggedEvent } from "./types.ts";

/** What a room is made of while it is open. */
export type RoomParts = {
  readonly options: LiveRoomOptions;
  readonly state: RoomState;
  readonly tail: EventTail;
  readonly readers: Set<OpenReader>;
  readonly saying: Map<string, Promise<number>>;
  readonly live: LiveLines;
  readonly final: FinalLines;
  readonly writer: LogWriter;
  /** Lines that are being looked up for somebody who came later. */
  readonly lookups: Set<Promise<void>>;
  closing?: Promise<void>;
};

/** Puts a room together around what its log adds up to. */
export function assembleRoom(options: LiveRoomOptions, state: RoomState): RoomParts {
  const { log, now } = options;
  const tail = eventTail(log, state.seq);
  const engineOf = onceEach(options.engineOf);
  const readers = new Set<OpenReader>();
  const parts: RoomParts = {
    options,
    state,
    tail,
    readers,
    saying: new Map(),
    lookups: new Set(),
    writer: logWriter({
      log,
      now,
      seq: state.seq,
      known: (event) => knownSeq(event, state),
      onLogged: (event) => {
        onLogged(event, parts);
      },
    }),
    final: finalLines({
      now,
      engineOf,
      glossaryOf: onceEach(async (side: string) => options.glossaryOf?.(side)),
      timeLimit: options.timeLimit ?? 60_000,
      recent: state.recent,
      onDone: (line, engine, outcome) => keepTranslation(line, engine, outcome, parts),
    }),
    live: liveLines({
      now,
      engineOf,
      watched: (language) => watchedTargets(language, parts),
      show: (event, hasNewStable, target) => {
        for (const reader of readers)
          if (target === undefined || reads(reader, target, state)) reader.offer(event, hasNewStable);
      },
    }),
  };
  return parts;
}

/** Asks once for each side; a refusal isn't kept. */
function onceEach<T>(open: (side: string) => Promise<T>): (side: string) => Promise<T> {
  const opened = new Map<string, Promise<T>>();
  return (side) => {
    const known = opened.get(side);
    if (known) return known;
    const made = Promise.resolve().then(() => open(side));
    opened.set(side, made);
    made.catch(() => opened.delete(side));
    return made;
  };
}

function knownSeq(event: NewEvent, state: RoomState): number | undefined {
  if (event.kind === "line-said") return state.said.get(lineKey(event.speaker, event.line));
  if (event.kind === "line-translated" && !state.wanted.has(wantedKey(event))) return state.seq;
  return undefined;
}

function onLogged(event: LoggedEvent, parts: RoomParts): void {
  const wanted = applyEvent(parts.state, event);
  parts.tail.add(event);
  if (event.kind === "line-said") {
    parts.live.over(event.speaker, event.line);
    for (const reader of parts.readers) {
      reader.forget("source-changed", event.speaker, event.line);
      reader.forget("target-changed", event.speaker, event.line);
    }
    for (const each of wanted) parts.final.add(finalLine(each, event), false);
  } else if (wanted.length > 0) {
    const lookup = translateWanted(wanted, parts, true);
    parts.lookups.add(lookup);
    void lookup.then(() => parts.lookups.delete(lookup));
  }
  for (const reader of parts.readers) reader.wake();
}

function finalLine(wanted: Wanted, said: LoggedEvent & { readonly kind: "line-said" }): FinalLine {
  const { language: from, speaker, text, at } = said;
  return { ...wanted, from, speaker, text, at };
}

/** Looks the lines up in the log and has them translated. */
export async function translateWanted(
  wanted: readonly Wanted[],
  parts: RoomParts,
  isLate: boolean,
): Promise<void> {
  if (wanted.length === 0) return;
  const bySaid = Map.groupBy(wanted, ({ said }) => said);
  const first = Math.min(...bySaid.keys());
  try {
    for await (const event of readLog(parts.options.log, first - 1)) {
      const own = bySaid.get(event.seq);
      if (own && event.kind === "line-said")
        for (const each of own) parts.final.add(finalLine(each, event), isLate);
      bySaid.delete(event.seq);
      if (bySaid.size === 0) return;
    }
  } catch (error) {
    warn(parts, "earlier lines could not be read", error);
  }
}

const TRIES = 4;

async function keepTranslation(
  line: FinalLine,
  engine: string,
  outcome: LineOutcome,
  parts: RoomParts,
): Promise<void> {
  const { said, side, language, at } = line;
  const milliseconds = Math.max(0, parts.options.now().getTime() - at.getTime());
  const event = { kind: "line-translated", said, side, language, engine, milliseconds, ...outcome } as const;
  for (let tried = 1; ; tried++) {
    try {
      await parts.writer.append(event);
      return;
    } catch (error) {
      // The room goes on without it; it is translated again when the room is opened next.
      if (tried === TRIES) return warn(parts, "a translation could not be kept", error);
      await new Promise((resolve) => setTimeout(resolve, 100 * 4 ** (tried - 1)));
    }
  }
}

/** Tells the room's owner, without any text of the call. */
export function warn({ options }: RoomParts, what: string, error: unknown): void {
  options.warn?.(`${what}: ${error instanceof Error ? error.message : "unknown failure"}`);
}

function watchedTargets(language: string, { readers, state }: RoomParts): WatchedTarget[] {
  const targets = new Map<string, WatchedTarget>();
  for (const reader of readers) {
    const person = state.people.get(reader.participant)?.participant;
    if (reader.mode() === "steady" || !person || isSameLanguage(person.language, language)) continue;
    const target = { side: person.side, language: person.language };
    targets.set(`${target.side}\0${target.language}`, target);
  }
  return [...targets.values()];
}

function reads(reader: OpenReader, { side, language }: WatchedTarget, { people }: RoomState): boolean {
  const person = people.get(reader.participant)?.participant;
  return person?.side === side && person.language === language;
}
