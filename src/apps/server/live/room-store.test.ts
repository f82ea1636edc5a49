import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoggedEvent } from "../../../tasks/translate/live/types.ts";
import { hashToken } from "../token.ts";
import { readEvent, writeEvent } from "./event-json.ts";
import type { Retention } from "./retention.ts";
import { openRoomStore, type RoomRecord, type RoomStore } from "./room-store.ts";

const START = new Date("2026-03-02T09:00:00Z");
const later = (hours: number): Date => new Date(START.getTime() + hours * 3_600_000);

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tandem-rooms-"));
  file = join(folder, "rooms.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function record(id: string, retention: Readonly<Record<"a" | "b", Retention>>): RoomRecord {
  return {
    id,
    title: `Room ${id}`,
    created: START,
    sides: [
      {
        id: "a",
        name: "Acme",
        domain: "acme.example",
        language: "en",
        engine: "echo",
        retention: retention.a,
      },
      { id: "b", name: "Beta", language: "pt", engine: "pseudo", retention: retention.b },
    ],
  };
}

async function fill(
  store: RoomStore,
  id = "r",
  retention: Readonly<Record<"a" | "b", Retention>> = { a: "until-closed", b: { days: 2 } },
): Promise<void> {
  await store.create(record(id, retention), new Map(["a", "b"].map((side) => [side, hashToken(id + side)])));
  await store.log(id).append([said(1), translated(2, "a"), translated(3, "b")]);
}

const said = (seq: number): LoggedEvent => ({
  ...{ seq, at: START, kind: "line-said", line: `l${seq}`, speaker: "p", language: "en" },
  text: "canary of both",
});
const translated = (seq: number, side: string): LoggedEvent => ({
  ...{ seq, at: START, kind: "line-translated", said: 1, side, language: "pt", text: `canary of ${side}` },
  ...{ engine: "echo", milliseconds: 1, findings: [] },
});
const closed = (seq: number): LoggedEvent => ({ seq, at: later(1), kind: "room-closed" });

const copy = (store: RoomStore, room: string, side: string): Promise<readonly LoggedEvent[]> =>
  store.copy(room, side).read(0);
const bytes = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join();

describe("the store of rooms", () => {
  it("gives back a room, its sides by their tokens, and what was said, after it was opened again", async () => {
    const first = openRoomStore(file);
    await fill(first);
    first.close();
    const store = openRoomStore(file);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
    expect(store.rooms()).toEqual([record("r", { a: "until-closed", b: { days: 2 } })]);
    expect(store.sideOfToken(hashToken("rb"))).toMatchObject({ room: { id: "r" }, side: { id: "b" } });
    expect(store.sideOfToken(hashToken("rc"))).toBeUndefined();
    expect((await store.log("r").read(0)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await store.log("r").read(1, 1)).map(({ seq }) => seq)).toEqual([2]);
    store.close();
  });

  it("keeps each side's copy apart", async () => {
    const store = openRoomStore(file);
    await fill(store);
    expect(await copy(store, "r", "a")).toEqual([said(1), translated(2, "a")]);
    expect(await copy(store, "r", "b")).toEqual([said(1), translated(3, "b")]);
    expect(await copy(store, "other", "b")).toEqual([]);
    store.close();
  });

  it("wipes each copy when its own time is over, from the disk too", async () => {
    const store = openRoomStore(file);
    await fill(store);
    await store.wipe(later(1_000), START);
    expect(await copy(store, "r", "a")).toHaveLength(2);
    await store.log("r").append([closed(4)]);
    expect(store.room("r")?.closed).toEqual(later(1));
    expect(bytes()).toContain("canary of a");

    await store.wipe(later(2), START);
    expect(await copy(store, "r", "a")).toHaveLength(0);
    expect(await copy(store, "r", "b")).toHaveLength(3);
    expect(bytes()).not.toContain("canary of a");
    expect(bytes()).toContain("canary of b");

    await store.wipe(later(1 + 48), START);
    expect(await copy(store, "r", "b")).toEqual([]);
    expect(bytes()).not.toContain("canary");
    expect(store.rooms()).toHaveLength(1);
    await store.wipe(later(1_000), later(2));
    expect(store.rooms()).toEqual([]);
    store.close();
  });

  it("keeps what is to be kept for ever", async () => {
    const store = openRoomStore(file);
    await fill(store, "r", { a: "forever", b: "until-closed" });
    await store.log("r").append([closed(4)]);
    await store.wipe(later(1e6), later(1e6));
    expect(await copy(store, "r", "a")).toHaveLength(3);
    store.close();
  });

  it("leaves nothing of a room that is removed, and all of the others", async () => {
    const store = openRoomStore(file);
    await fill(store, "r");
    await fill(store, "s");
    expect(await store.remove("r")).toBe(true);
    expect(await store.remove("r")).toBe(false);
    expect(await copy(store, "r", "a")).toEqual([]);
    expect(await copy(store, "s", "a")).toHaveLength(2);
    await store.remove("s");
    expect(bytes()).not.toContain("canary");
    store.close();
  });

  it("lets one bad write of a group fail alone", async () => {
    const store = openRoomStore(file);
    await fill(store);
    const log = store.log("r");
    const results = await Promise.allSettled([
      log.append([said(4)]),
      log.append([said(1)]),
      log.append([said(5)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await log.read(3)).map(({ seq }) => seq)).toEqual([4, 5]);
    // Half of a write is none.
    await expect(log.append([said(6), said(1)])).rejects.toThrow();
    expect(await log.read(5)).toEqual([]);
    store.close();
    await expect(log.append([said(7)])).rejects.toThrow(/closed/);
  });

  it("writes what is still waiting when it is closed", async () => {
    const store = openRoomStore(file);
    await fill(store);
    const writing = store.log("r").append([said(4)]);
    store.close();
    await writing;
    const again = openRoomStore(file);
    expect(await again.log("r").read(3)).toEqual([said(4)]);
    again.close();
  });

  it("gives people of one side different names", async () => {
    const store = openRoomStore(file);
    await fill(store);
    const add = (id: string, side: string, name: string): Promise<{ readonly name: string }> =>
      store.addParticipant({ room: "r", id, side, name, language: "en", secretHash: hashToken(id) });
    const names = await Promise.all([add("1", "a", "Ana"), add("2", "a", "ana"), add("3", "b", "Ana")]);
    expect(names.map(({ name }) => name)).toEqual(["Ana", "ana (2)", "Ana"]);
    expect(store.participantOfSecret("r", "a", hashToken("2"))).toMatchObject({ id: "2", name: "ana (2)" });
    expect(store.participantOfSecret("r", "b", hashToken("2"))).toBeUndefined();
    expect(store.participantOfSecret("s", "a", hashToken("2"))).toBeUndefined();
    store.close();
  });

  it("finds open rooms in which nothing happens", async () => {
    const store = openRoomStore(file);
    await fill(store, "r");
    await fill(store, "s");
    await store.log("s").append([{ ...said(4), at: later(5) }]);
    expect(store.abandoned(later(1))).toEqual(["r"]);
    await store.log("r").append([closed(4)]);
    expect(store.abandoned(later(2))).toEqual([]);
    store.close();
  });

  it("refuses a file that another server holds, that is newer, or that is none", () => {
    const store = openRoomStore(file);
    expect(() => openRoomStore(file)).toThrow(expect.objectContaining({ code: "refused" }));
    store.close();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => openRoomStore(file)).toThrow(expect.objectContaining({ code: "file-unsupported" }));
    writeFileSync(join(folder, "bad"), "x".repeat(5_000));
    expect(() => openRoomStore(join(folder, "bad"))).toThrow(
      expect.objectContaining({ code: "file-damaged" }),
    );
  });

  it("reads any event as it was written", () => {
    const text = fc.string({ unit: "binary" });
    const slot = fc.record({ start: fc.constant(START), end: fc.constant(later(1)) });
    const event = fc.oneof(
      fc.record({ kind: fc.constant("line-said"), line: text, speaker: text, language: text, text }),
      fc.record({ kind: fc.constant("slots-proposed"), slots: fc.array(slot) }),
      fc.record({ kind: fc.constant("slot-chosen"), slot, participant: text }),
    );
    fc.assert(
      fc.property(event, (body) => {
        const whole = { seq: 7, at: START, ...body } as LoggedEvent;
        expect(readEvent(7, START.toISOString(), writeEvent(whole))).toEqual(whole);
      }),
    );
  });
});
