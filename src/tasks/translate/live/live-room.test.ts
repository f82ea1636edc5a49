import { describe, expect, it } from "vitest";
import { openLiveRoom } from "./live-room.ts";
import { ann, memoryLog, readAll, roomOfTwo, rui, sides, tagEngine, turn, until } from "./room.fixture.ts";
import type { LiveEvent, LoggedEvent } from "./types.ts";

const final = (line: string, text: string) => ({ line, text, isFinal: true });
const logged = (events: readonly LiveEvent[]): LoggedEvent[] => events.filter((event) => "seq" in event);
const translated = (events: readonly LiveEvent[]) =>
  logged(events).flatMap((event) => (event.kind === "line-translated" ? [event] : []));

describe("openLiveRoom", () => {
  it("translates a line for the side that speaks another language, with that side's engine", async () => {
    const engines = { acme: tagEngine({ id: "a" }), ota: tagEngine({ id: "o" }) };
    const { room, log } = await roomOfTwo({ engineOf: async (side) => engines[side as "acme"] });
    expect(await room.say("ann", final("1", "Good morning."))).toBe(3);
    await room.say("rui", final("1", "Bom dia."));
    await until(() => translated(log.events).length === 2);
    expect(translated(log.events).map(({ said, side, text, engine }) => [said, side, text, engine])).toEqual([
      [3, "ota", "[pt] Good morning.", "o"],
      [4, "acme", "[en] Bom dia.", "a"],
    ]);
    await room.close();
  });

  it("says a line once, however often it is sent", async () => {
    const { room, log } = await roomOfTwo();
    const seqs = await Promise.all([1, 2, 3].map(() => room.say("ann", final("1", "Hello."))));
    expect([...seqs, await room.say("ann", final("1", "Hello, changed."))]).toEqual([3, 3, 3, 3]);
    await room.close();
    expect(log.events.filter(({ kind }) => kind === "line-said")).toHaveLength(1);
  });

  it("tells nobody of an event before the log has it", async () => {
    const log = memoryLog();
    const { room } = await roomOfTwo({ log });
    const early: number[] = [];
    room.read({
      participant: "rui",
      mode: "responsive",
      send: (event) => {
        if ("seq" in event && log.events.length < event.seq) early.push(event.seq);
      },
    });
    for (let line = 0; line < 20; line++) await room.say("ann", final(String(line), "Hello."));
    await room.close();
    expect(early).toEqual([]);
  });

  it("writes together what comes together", async () => {
    const { room, log } = await roomOfTwo();
    await Promise.all(
      Array.from({ length: 50 }, (_, line) => room.say("ann", final(String(line), "Hello."))),
    );
    expect(Math.max(...log.appends)).toBe(50);
    await room.close();
  });

  it("says why where an engine fails, after one more try", async () => {
    const engine = tagEngine({
      answer: () => {
        throw new Error("the engine is down");
      },
    });
    const { room, log } = await roomOfTwo({ engineOf: async () => engine });
    await room.say("ann", final("1", "Hello."));
    await room.close();
    expect(translated(log.events)).toMatchObject([{ said: 3, reason: "the engine is down" }]);
    expect(translated(log.events)[0]).not.toHaveProperty("text");
    expect(engine.asked).toHaveLength(2);
  });

  it("gives up on an engine that never answers", async () => {
    const engine = tagEngine({ wait: () => new Promise(() => {}) });
    const { room, log } = await roomOfTwo({ engineOf: async () => engine, timeLimit: 20 });
    await room.say("ann", final("1", "Hello."));
    await until(() => translated(log.events).length === 1);
    expect(translated(log.events)[0]!.reason).toMatch(/took longer/);
  });

  it("says why where a side has no engine, and asks again for the next line", async () => {
    let asked = 0;
    const { room, log } = await roomOfTwo({
      engineOf: async () => {
        asked++;
        if (asked === 1) throw new Error("no model is configured");
        return tagEngine();
      },
    });
    await room.say("ann", final("1", "Hello."));
    await until(() => translated(log.events).length === 1);
    await room.say("ann", final("2", "Hello."));
    await room.close();
    expect(translated(log.events).map(({ reason }) => reason)).toEqual(["no model is configured", undefined]);
  });

  it("doesn't let a slow engine hold back the other side", async () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const slow = tagEngine({ wait: () => promise });
    const { room, log } = await roomOfTwo({
      engineOf: async (side) => (side === "ota" ? slow : tagEngine()),
    });
    await room.say("ann", final("1", "Good morning."));
    await room.say("rui", final("1", "Bom dia."));
    await until(() => translated(log.events).length === 1);
    expect(translated(log.events)[0]).toMatchObject({ side: "acme", text: "[en] Bom dia." });
    release();
    await room.close();
  });

  it("keeps the order of a speaker's lines", async () => {
    const engine = tagEngine({ wait: () => turn(Math.random() * 4) });
    const { room, log } = await roomOfTwo({ engineOf: async () => engine });
    for (let line = 0; line < 30; line++) {
      await room.say("ann", final(String(line), `Line ${line}.`));
      if (line % 7 === 0) await turn(3);
    }
    await room.close();
    const said = translated(log.events).map((event) => event.said);
    expect(said).toEqual([...said].sort((a, b) => a - b));
    expect(said).toHaveLength(30);
  });

  it("translates for whoever comes later, in their language", async () => {
    const { room, log } = await roomOfTwo();
    await room.say("ann", final("1", "Hello."));
    await room.join({ id: "eva", name: "Eva", side: "ota", language: "de-AT" });
    const events = readAll(room, "eva");
    await room.close();
    await until(() => logged(events).length === log.events.length);
    expect(translated(events).map(({ language, text }) => [language, text])).toEqual([
      ["pt", "[pt] Hello."],
      ["de-AT", "[de-AT] Hello."],
    ]);
    expect(logged(events)).toEqual(log.events);
  });

  it("translates later lines into a language that somebody changes to", async () => {
    const { room, log } = await roomOfTwo();
    await room.say("ann", final("1", "One."));
    await room.setLanguage("rui", "fr");
    await room.say("ann", final("2", "Two."));
    await room.close();
    expect(translated(log.events).map(({ text }) => text)).toEqual(["[pt] One.", "[fr] Two."]);
  });

  it("keeps a side's own language while nobody of it is there", async () => {
    const engine = tagEngine();
    const log = memoryLog();
    const room = await openLiveRoom({ sides, engineOf: async () => engine, log, now: () => new Date() });
    await room.join(ann);
    await room.say("ann", final("1", "Hello."));
    await room.join(rui);
    await room.close();
    expect(translated(log.events).map(({ text }) => text)).toEqual(["[pt] Hello."]);
    expect((await room.lines("ota"))[0]).toMatchObject({
      text: "Hello.",
      translations: { pt: "[pt] Hello." },
    });
    expect((await room.lines("acme"))[0]!.translations).toEqual({});
  });

  it("translates on opening what was said before and not translated", async () => {
    const log = memoryLog();
    const dead = tagEngine({ wait: () => new Promise(() => {}) });
    const { room } = await roomOfTwo({ log, engineOf: async () => dead });
    await room.say("ann", final("1", "One."));
    await room.say("ann", final("2", "Two."));
    const again = await openLiveRoom({
      sides,
      engineOf: async () => tagEngine(),
      log,
      now: () => new Date(),
    });
    expect(await again.say("ann", final("2", "Two."))).toBe(4);
    await again.close();
    expect(translated(log.events).map(({ said, text }) => [said, text])).toEqual([
      [3, "[pt] One."],
      [4, "[pt] Two."],
    ]);
    expect(again.participants).toEqual([ann, rui]);
  });

  it.each(["before", "after", "late"] as const)(
    "loses and doubles nothing when a write fails (%s)",
    async (fail) => {
      const { room, log } = await roomOfTwo();
      log.fail = fail;
      const said = await room.say("ann", final("1", "Hello.")).catch(() => undefined);
      expect(said).toBe(fail === "after" ? 3 : undefined);
      expect(await room.say("ann", final("1", "Hello."))).toBe(3);
      await room.close();
      expect(log.events.map(({ kind }) => kind)).toEqual([
        "participant-joined",
        "participant-joined",
        "line-said",
        "line-translated",
        "room-closed",
      ]);
    },
  );

  it("finishes what is being translated before it closes, and says nothing more", async () => {
    const { room, log } = await roomOfTwo({ engineOf: async () => tagEngine({ wait: () => turn(20) }) });
    void room.say("ann", final("1", "Hello."));
    const closed = room.close();
    await expect(room.say("ann", final("2", "Hello."))).rejects.toThrow("closed");
    await closed;
    expect(log.events.map(({ kind }) => kind).slice(-3)).toEqual([
      "line-said",
      "line-translated",
      "room-closed",
    ]);
    expect(room.isClosed).toBe(true);
  });

  it("shows a line as it is said and its translation, and then no more of it", async () => {
    const { room } = await roomOfTwo();
    const events = readAll(room, "rui");
    for (const text of ["We", "We have", "We have two", "We have two rooms"]) {
      await room.say("ann", { line: "1", text, isFinal: false });
      await turn(2);
    }
    await room.say("ann", final("1", "We have two rooms."));
    await room.say("ann", { line: "1", text: "We have two rooms left", isFinal: false });
    await room.close();
    await until(() => logged(events).length === room.seq);
    const source = events.flatMap((event) => (event.kind === "source-changed" ? [event] : []));
    expect(source.map(({ stable, unstable }) => `${stable}|${unstable}`)).toEqual([
      "|We",
      "We| have",
      "We have| two",
      "We have two| rooms",
    ]);
    expect(events.some(({ kind }) => kind === "target-changed")).toBe(true);
    const end = events.findIndex(({ kind }) => kind === "line-said");
    expect(events.slice(end).every((event) => "seq" in event)).toBe(true);
  });

  it("refuses people of no side, people who aren't there, and slots that nobody proposed", async () => {
    const { room } = await roomOfTwo();
    await expect(room.join({ ...ann, id: "x", side: "nobody" })).rejects.toThrow("no side");
    await expect(room.join({ ...ann, side: "ota" })).rejects.toThrow("another side");
    await expect(room.join({ ...ann, id: "x", language: "??" })).rejects.toThrow("no language");
    await expect(room.say("eve", final("1", "Hello."))).rejects.toThrow("nobody called eve");
    expect(() => room.read({ participant: "eve", mode: "steady", send: () => {} })).toThrow("nobody");
    const slot = { start: new Date(1000), end: new Date(2000) };
    await expect(room.chooseSlot("ann", slot)).rejects.toThrow("not proposed");
    await room.proposeSlots([slot]);
    await room.chooseSlot("ann", { start: new Date(1000), end: new Date(2000) });
    await room.close();
  });

  it("refuses a log with a gap", async () => {
    const { room, log } = await roomOfTwo();
    await room.close();
    const torn = memoryLog(log.events.filter(({ seq }) => seq !== 2));
    await expect(roomOfTwo({ log: torn })).rejects.toThrow("event 3 after 1");
  });
});
