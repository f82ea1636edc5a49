import { describe, expect, it } from "vitest";
import { roomOfTwo, turn, until } from "./room.fixture.ts";
import type { CaptionMode, LiveEvent, LiveRoom } from "./types.ts";

const words = "We have two rooms for the whole week in May".split(" ");

/** Says a line word by word and then whole. */
async function speak(room: LiveRoom, line: string): Promise<void> {
  for (let count = 1; count < words.length; count++) {
    await room.say("ann", { line, text: words.slice(0, count).join(" "), isFinal: false });
    await turn(1);
  }
  await room.say("ann", { line, text: words.join(" "), isFinal: true });
}

function open(room: LiveRoom, mode: CaptionMode, wait?: () => Promise<void>, participant = "rui") {
  const events: LiveEvent[] = [];
  const reader = room.read({
    participant,
    mode,
    after: room.seq,
    send: (event) => {
      events.push(event);
      return wait?.();
    },
  });
  return { events, reader };
}

describe("a reader", () => {
  it("sees every change, what stays, or whole lines", async () => {
    const { room } = await roomOfTwo();
    const [responsive, balanced, steady] = (["responsive", "balanced", "steady"] as const).map((mode) =>
      open(room, mode),
    );
    await speak(room, "1");
    await room.close();
    await until(() => steady!.events.length === 3);
    expect(steady!.events.map(({ kind }) => kind)).toEqual(["line-said", "line-translated", "room-closed"]);
    const passing = balanced!.events.flatMap((event) => ("seq" in event ? [] : [event]));
    expect(passing.map(({ unstable }) => unstable).join("")).toBe("");
    expect(new Set(passing.map(({ kind, stable }) => kind + stable)).size).toBe(passing.length);
    expect(responsive!.events.length).toBeGreaterThan(balanced!.events.length);
    for (const { kind } of [{ kind: "source-changed" }, { kind: "target-changed" }] as const) {
      const texts = passing.flatMap((event) => (event.kind === kind ? [event.stable] : []));
      expect(texts.length).toBeGreaterThan(3);
      texts.forEach((text, index) => {
        expect(text.startsWith(texts[index - 1] ?? "")).toBe(true);
      });
    }
  });

  it("that is slow misses passing events, no logged one, and holds nobody back", async () => {
    const { room, log } = await roomOfTwo();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = open(room, "responsive", () => promise);
    const quick = open(room, "responsive");
    for (const line of ["1", "2", "3"]) await speak(room, line);
    await until(() => quick.events.filter((event) => "seq" in event).length === 6);
    expect(slow.events).toHaveLength(1);
    resolve();
    await room.close();
    await until(() => slow.events.at(-1)?.kind === "room-closed");
    expect(slow.events.filter((event) => "seq" in event)).toEqual(log.events.slice(2));
    expect(slow.events.length).toBeLessThan(10);
    expect(quick.events.length).toBeGreaterThan(40);
  });

  it("gets the newest of a line once it can take more", async () => {
    const { room } = await roomOfTwo();
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const slow = open(room, "responsive", () => promise, "ann");
    for (const text of ["We", "We have", "We have two"]) {
      await room.say("ann", { line: "1", text, isFinal: false });
      await turn(3);
    }
    release();
    await turn(3);
    expect(
      slow.events.map((event) => (event.kind === "source-changed" ? event.stable + event.unstable : "")),
    ).toEqual(["We", "We have two"]);
    slow.reader.close();
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("gone");
      },
    ],
    ["rejects", () => Promise.reject(new Error("gone"))],
  ] as const)("whose connection %s is closed, with a word to the room's owner", async (_, send) => {
    const warnings: string[] = [];
    const { room } = await roomOfTwo({ warn: (sentence) => void warnings.push(sentence) });
    let sent = 0;
    room.read({
      participant: "rui",
      mode: "steady",
      send: () => {
        sent += 1;
        return send();
      },
    });
    await room.say("ann", { line: "1", text: "Hello.", isFinal: true });
    await room.close();
    expect(sent).toBe(1);
    expect(warnings).toEqual(["a reader was closed: gone"]);
  });

  it("gets nothing after it is closed", async () => {
    const { room } = await roomOfTwo();
    const { events, reader } = open(room, "responsive");
    await room.say("ann", { line: "1", text: "Hello.", isFinal: true });
    await until(() => events.length > 0);
    reader.close();
    const { length } = events;
    await speak(room, "2");
    await room.close();
    expect(events).toHaveLength(length);
  });

  it("may change what it sees", async () => {
    const { room } = await roomOfTwo();
    const { events, reader } = open(room, "steady");
    await room.say("ann", { line: "1", text: "We have", isFinal: false });
    reader.setMode("responsive");
    await room.say("ann", { line: "1", text: "We have two", isFinal: false });
    await until(() => events.length === 2);
    expect(events.map(({ kind }) => kind).sort()).toEqual(["source-changed", "target-changed"]);
    reader.close();
  });

  it("who comes late gets a long past from the log, page by page", async () => {
    const { room, log } = await roomOfTwo();
    const all = Array.from({ length: 1500 }, (_, line) =>
      room.say("ann", { line: String(line), text: "5", isFinal: true }),
    );
    await Promise.all(all);
    await room.close();
    const events: LiveEvent[] = [];
    room.read({ participant: "rui", mode: "steady", after: 7, send: (event) => void events.push(event) });
    await until(() => events.length === log.events.length - 7);
    expect(events).toEqual(log.events.slice(7));
  });
});
