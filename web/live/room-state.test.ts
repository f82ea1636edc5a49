import { describe, expect, it } from "vitest";
import type { LiveParticipant, ServerMessage } from "../../src/apps/server/protocol/live-messages.ts";
import { emptyRoom, type RoomState, reduceRoom } from "./room-state.ts";

const at = "2026-03-02T09:30:00.000Z";
const ana: LiveParticipant = { id: "a", name: "Ana", side: "1", organisation: "Norte", language: "pt" };
const ben: LiveParticipant = { id: "b", name: "Ben", side: "2", organisation: "South", language: "en" };

const created = (seq: number, participants: readonly LiveParticipant[] = [ana, ben]): ServerMessage => ({
  type: "session.created",
  room: { id: "r", title: "Harvest" },
  participant: ana,
  participants,
  seq,
  retention: { kind: "days", days: 1, text: "Lines are kept for a day." },
  engine: { id: "pseudo", isLocal: true },
  hears: false,
});
const said = (seq: number, line: string, text: string, speaker = "b"): ServerMessage => ({
  type: "line.said",
  seq,
  at,
  speaker,
  line,
  language: "en",
  text,
});
const final = (seq: number, of: number, tgt?: string): ServerMessage => ({
  type: "line.final",
  seq,
  at,
  said: of,
  language: "pt",
  tgt,
  engine: "pseudo",
  ms: 3,
  doubts: [],
});
const heard = (line: string, rev: number, stable: string, text: string, speaker = "b"): ServerMessage => ({
  type: "input_transcript.delta",
  speaker,
  line,
  rev,
  stable,
  text,
});
const translating = (line: string, rev: number, stable: string, text: string): ServerMessage => ({
  type: "output_transcript.delta",
  speaker: "b",
  line,
  rev,
  stable,
  text,
});
const roomAfter = (...messages: readonly ServerMessage[]): RoomState =>
  messages.reduce(reduceRoom, emptyRoom);
const texts = (state: RoomState): unknown[] =>
  state.lines.map((line) => [line.line, line.said?.text, line.translation?.text]);

describe("a room", () => {
  it("knows who I am, who is here and what is kept", () => {
    const room = roomAfter(created(4));
    expect(room).toMatchObject({ phase: "joined", title: "Harvest", me: ana, present: ["a", "b"] });
    expect(room.retention).toMatchObject({ kind: "days", days: 1 });
  });

  it("joins a translation to the line it was made from", () => {
    expect(
      texts(roomAfter(created(0), said(1, "x", "hello"), said(2, "y", "bye"), final(3, 1, "olá"))),
    ).toEqual([
      ["x", "hello", "olá"],
      ["y", "bye", undefined],
    ]);
  });

  it("changes nothing when messages come twice", () => {
    const messages = [created(0), said(1, "x", "hello"), final(2, 1, "olá"), said(3, "y", "bye")];
    expect(roomAfter(...messages, ...messages.slice(1))).toEqual(roomAfter(...messages));
  });

  it("keeps a line in its place from its first words to its translation", () => {
    const drafts = roomAfter(created(0), heard("x", 1, "", "hel"), heard("y", 1, "", "bye"));
    const done = [said(1, "y", "bye"), said(2, "x", "hello")].reduce(reduceRoom, drafts);
    expect(done.lines.map(({ line }) => line)).toEqual(["x", "y"]);
    expect(done.lines.map(({ heard: draft }) => draft)).toEqual([undefined, undefined]);
  });

  it("does not go back to older words", () => {
    const room = roomAfter(created(0), heard("x", 2, "good", " morning"), heard("x", 1, "", "good"));
    expect(room.lines[0]?.heard).toEqual({ rev: 2, stable: "good", tail: " morning" });
  });

  it("passes over words that come after their line is final", () => {
    const done = roomAfter(created(0), said(1, "x", "hello"), final(2, 1, "olá"));
    expect([heard("x", 9, "he", "l"), translating("x", 9, "ol", "")].reduce(reduceRoom, done)).toEqual(done);
  });

  it("shows a translation in the making until it is final, also after the line was said", () => {
    const room = roomAfter(created(0), translating("x", 1, "bom", " dia"), said(1, "x", "good morning"));
    expect(room.lines[0]?.translating).toEqual({ rev: 1, stable: "bom", tail: " dia" });
    expect(reduceRoom(room, final(2, 1, "bom dia")).lines[0]).toMatchObject({
      translating: undefined,
      translation: { text: "bom dia" },
    });
  });

  it("drops a line whose words were taken back, and the words of somebody who left", () => {
    expect(roomAfter(created(0), heard("x", 1, "", "hm"), heard("x", 2, "", "")).lines).toEqual([]);
    const left: ServerMessage = { type: "participant.left", seq: 3, at, participant: "b" };
    const room = roomAfter(created(0), said(1, "x", "hello"), heard("y", 1, "", "and"), left);
    expect(texts(room)).toEqual([["x", "hello", undefined]]);
    expect(room.present).toEqual(["a"]);
    expect(room.known.b).toEqual(ben);
  });

  it("takes nobody out or in on the word of history", () => {
    const gone: LiveParticipant = { ...ben, id: "c", name: "Cara" };
    const joined: ServerMessage = { type: "participant.joined", seq: 1, at, participant: gone };
    const left: ServerMessage = { type: "participant.left", seq: 2, at, participant: "b" };
    const room = roomAfter(created(5), joined, left);
    expect(room.present).toEqual(["a", "b"]);
    expect(room.known.c).toEqual(gone);
  });

  it("asks again from what it saw, not from what was announced", () => {
    expect(roomAfter(created(9)).seq).toBe(0);
    expect(roomAfter(created(9), said(3, "x", "hello")).seq).toBe(3);
    expect(roomAfter(created(9), said(3, "x", "hello"), said(2, "y", "before")).seq).toBe(3);
  });

  it("keeps what was said and drops half lines when it is joined again", () => {
    const room = roomAfter(created(0), said(1, "x", "hello"), heard("y", 1, "", "and"), created(1, [ana]));
    expect(texts(room)).toEqual([["x", "hello", undefined]]);
    expect(room).toMatchObject({ present: ["a"], historySeq: 0, joinedAtSeq: 1, error: undefined });
  });

  it("is refused by a fatal error, but not by one for slow readers", () => {
    const error = (code: string, fatal: boolean): ServerMessage => ({
      type: "error",
      error: { code, message: "no" },
      fatal,
    });
    expect(roomAfter(error("bad-token", true)).phase).toBe("refused");
    expect(roomAfter(created(0), error("too-slow", true)).phase).toBe("joined");
    expect(roomAfter(created(0), error("bad-message", false))).toMatchObject({
      phase: "joined",
      error: { code: "bad-message" },
    });
  });

  it("is over when it is closed", () => {
    expect(roomAfter(created(0), heard("x", 1, "", "a"), { type: "room.closed", seq: 1, at })).toMatchObject({
      phase: "closed",
      lines: [],
    });
  });

  it("shows proposed times and the one that was chosen", () => {
    const slot = { start: at, end: "2026-03-02T10:00:00.000Z" };
    const room = roomAfter(
      created(0),
      { type: "meeting.proposed", seq: 1, at, slots: [slot] },
      { type: "meeting.chosen", seq: 2, at, slot, participant: "b" },
    );
    expect(room).toMatchObject({ slots: [slot], chosen: { slot, participant: "b" } });
  });

  it("prefers the translation into the language that I read now", () => {
    const older: ServerMessage = { ...final(2, 1, "hallo"), language: "de" } as ServerMessage;
    const lines = [created(0), said(1, "x", "hello")];
    for (const order of [
      [older, final(3, 1, "olá")],
      [final(3, 1, "olá"), older],
    ]) {
      expect(texts(roomAfter(...lines, ...order))).toEqual([["x", "hello", "olá"]]);
    }
  });

  it("passes over messages of a later protocol and translations of unknown lines", () => {
    const room = roomAfter(created(0), said(1, "x", "hello"));
    expect(reduceRoom(room, { type: "weather", seq: 2 } as unknown as ServerMessage).lines).toBe(room.lines);
    expect(reduceRoom(room, final(2, 77, "?")).lines).toBe(room.lines);
  });
});
