import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openLiveRoom } from "./live-room.ts";
import {
  ann,
  type LogFailure,
  type MemoryLog,
  memoryLog,
  rui,
  sides,
  tagEngine,
  turn,
  until,
} from "./room.fixture.ts";
import type { CaptionMode, LiveEvent, LiveRoom, LoggedEvent } from "./types.ts";

const speakers = ["ann", "rui", "eva", "max"] as const;
const modes = ["responsive", "balanced", "steady"] as const;

type Step =
  | { readonly kind: "say"; readonly speaker: string; readonly line: number; readonly isFinal: boolean }
  | { readonly kind: "read"; readonly person: string; readonly mode: CaptionMode; readonly drop: number }
  | { readonly kind: "language"; readonly person: string; readonly language: string }
  | { readonly kind: "come-or-go"; readonly person: string }
  | { readonly kind: "break-log"; readonly when: LogFailure }
  | { readonly kind: "crash" | "wait" };

const speaker = fc.constantFrom(...speakers);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      speaker,
      line: fc.nat(6),
      isFinal: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      person: speaker,
      mode: fc.constantFrom(...modes),
      drop: fc.nat(10),
    }),
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("language" as const),
      person: speaker,
      language: fc.constantFrom("en", "pt", "de"),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant("come-or-go" as const), person: speaker }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant("break-log" as const),
      when: fc.constantFrom<LogFailure[]>("before", "after", "late"),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constantFrom("crash" as const, "wait" as const) }), weight: 2 },
);

/** A connection that remembers what it got, and goes on from there when it is opened again. */
type Client = { readonly person: string; readonly got: LoggedEvent[]; generation: number };

/** Engines by what is drawn: some fail now and then, some are slow, one gives nothing. */
function drawnEngine(side: string, seed: number) {
  let count = seed;
  return tagEngine({
    id: side,
    wait: () => turn(count++ % 3),
    answer: (text, to) => {
      count++;
      if (count % 11 === 0) throw new Error("the engine is down");
      return count % 7 === 0 ? undefined : `[${to}] ${text}`;
    },
  });
}

class Play {
  readonly log: MemoryLog = memoryLog();
  readonly clients = new Map<string, Client>();
  readonly said = new Map<string, number>();
  readonly #seed: number;
  room!: LiveRoom;
  isOld = { value: false };

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The old room object, if any, is dropped as a crash would: it can write and send no more. */
  async open(): Promise<void> {
    this.isOld.value = true;
    const isOld = { value: false };
    this.isOld = isOld;
    const { log } = this;
    this.room = await openLiveRoom({
      sides,
      engineOf: async (side) => drawnEngine(side, this.#seed),
      now: () => new Date(),
      log: {
        read: (after, limit) => log.read(after, limit),
        append: async (events) => (isOld.value ? new Promise(() => {}) : log.append(events)),
      },
    });
    for (const person of this.clients.keys()) this.read(person, "balanced", 0);
  }

  read(person: string, mode: CaptionMode, drop: number): void {
    const client = this.clients.get(person) ?? { person, got: [], generation: 0 };
    this.clients.set(person, client);
    client.got.splice(Math.max(0, client.got.length - drop));
    const generation = ++client.generation;
    const { isOld } = this;
    if (
      !this.log.events.some((event) => event.kind === "participant-joined" && event.participant.id === person)
    )
      return;
    this.room.read({
      participant: person,
      mode,
      after: client.got.length,
      send: async (event: LiveEvent) => {
        if (isOld.value || client.generation !== generation) throw new Error("the connection is gone");
        if ("seq" in event) client.got.push(event);
        if (generation % 2 === 0) await turn();
      },
    });
  }

  async take(one: Step): Promise<void> {
    const { room } = this;
    switch (one.kind) {
      case "say": {
        const line = String(one.line);
        const text = `Line ${line} of ${one.speaker}. And more`;
        const seq = await room.say(one.speaker, { line, text, isFinal: one.isFinal });
        if (seq === undefined) return;
        const key = `${one.speaker} ${line}`;
        expect(this.said.get(key) ?? seq).toBe(seq);
        this.said.set(key, seq);
        return;
      }
      case "read":
        return this.read(one.person, one.mode, one.drop);
      case "language":
        return room.setLanguage(one.person, one.language);
      case "come-or-go": {
        const isThere = room.participants.some(({ id }) => id === one.person);
        return isThere ? room.leave(one.person) : room.join(personOf(one.person));
      }
      case "break-log":
        this.log.fail = one.when;
        return;
      case "crash":
        return this.open();
      default:
        return turn(2);
    }
  }
}

function personOf(id: string) {
  if (id === "ann") return ann;
  return id === "rui" ? rui : { id, name: id, side: id === "eva" ? "ota" : "acme", language: "de" };
}

describe("a room", () => {
  it("loses and doubles nothing, whatever comes between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50 }), fc.nat(20), async (steps, seed) => {
        const play = new Play(seed);
        await play.open();
        for (const person of speakers) await play.room.join(personOf(person));
        const pending: Promise<unknown>[] = [];
        for (const one of steps) {
          const done = play.take(one).catch((error: Error) => {
            expect(error.message).toMatch(/disk is full|nobody called|connection was lost|there already/);
          });
          // Some wait for each other and some don't.
          if (one.kind === "crash" || pending.length % 3 === 0) await Promise.race([done, turn(20)]);
          pending.push(done);
        }
        play.log.fail = undefined;
        await turn(5);
        await play.open();
        await play.room.close();
        const { events } = play.log;
        await until(() => [...play.clients.values()].every(({ got }) => got.length === events.length));
        check(play, events);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

function check(play: Play, events: readonly LoggedEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  for (const { got } of play.clients.values()) expect(got).toEqual(events);
  const said = events.flatMap((event) => (event.kind === "line-said" ? [event] : []));
  expect(new Set(said.map(({ speaker, line }) => `${speaker} ${line}`)).size).toBe(said.length);
  for (const [key, seq] of play.said)
    expect(said.find((event) => `${event.speaker} ${event.line}` === key)?.seq).toBe(seq);
  const done = events.flatMap((event) => (event.kind === "line-translated" ? [event] : []));
  const keys = done.map((event) => `${event.said} ${event.side} ${event.language}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const event of done) expect((event.text === undefined) !== (event.reason === undefined)).toBe(true);
  for (const { seq, language } of said)
    for (const side of sides) {
      const own = done.filter((event) => event.said === seq && event.side === side.id);
      for (const each of own) expect(each.language).not.toBe(language);
      const readsIt = readersOf(events.slice(0, seq), side.id, side.language);
      for (const each of readsIt)
        if (each !== language) expect(own.map((event) => event.language)).toContain(each);
    }
}

/** Languages of the people of a side who were there at the end of some events. */
function readersOf(events: readonly LoggedEvent[], side: string, usual: string): string[] {
  const there = new Map<string, string>();
  for (const event of events) {
    if (event.kind === "participant-joined" && event.participant.side === side)
      there.set(event.participant.id, event.participant.language);
    if (event.kind === "participant-left") there.delete(event.participant);
  }
  return there.size === 0 ? [usual] : [...new Set(there.values())];
}
