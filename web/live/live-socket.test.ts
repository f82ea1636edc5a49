import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerMessage } from "../../src/apps/server/protocol/live-messages.ts";
import { type FakeNetwork, fakeNetwork, sessionCreated } from "./fake-socket.fixture.ts";
import { type LiveSocket, openLiveSocket, reconnectDelay, type SocketStatus } from "./live-socket.ts";

let network: FakeNetwork;
let statuses: SocketStatus[];
let messages: ServerMessage[];
let after: number;

beforeEach(() => {
  vi.useFakeTimers();
  network = fakeNetwork();
  statuses = [];
  messages = [];
  after = 0;
});
afterEach(() => vi.useRealTimers());

const open = (): LiveSocket =>
  openLiveSocket({
    url: "ws://room",
    join: () => ({ type: "session.join", token: "t", after }),
    onMessage: (message) => messages.push(message),
    onStatus: (status) => statuses.push(status),
    open: network.open,
    random: () => 1,
  });

const kinds = (): string[] => statuses.map(({ kind }) => kind);

describe("the connection to a room", () => {
  it("joins first and is open when the server has let it in", () => {
    const socket = open();
    expect(socket.send({ type: "session.close" })).toBe(false);
    network.last().accept();
    expect(network.last().sent).toEqual([{ type: "session.join", token: "t", after: 0 }]);
    expect(socket.send({ type: "session.close" })).toBe(false);
    network.last().receive(sessionCreated());
    expect(kinds()).toEqual(["connecting", "open"]);
    expect(socket.send({ type: "input_text.line", line: "x", text: "hello" })).toBe(true);
    expect(network.last().sent).toHaveLength(2);
  });

  it("comes back by itself, later each time, and asks for what it missed", () => {
    open();
    network.last().accept();
    network.last().receive(sessionCreated());
    after = 7;
    network.last().lose();
    expect(statuses.at(-1)).toEqual({ kind: "waiting", milliseconds: 500 });
    vi.advanceTimersByTime(500);
    network.last().lose();
    expect(statuses.at(-1)).toEqual({ kind: "waiting", milliseconds: 1_000 });
    vi.advanceTimersByTime(999);
    expect(network.sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    network.last().accept();
    expect(network.last().sent).toEqual([{ type: "session.join", token: "t", after: 7 }]);
    network.last().receive(sessionCreated());
    network.last().lose();
    expect(statuses.at(-1)).toEqual({ kind: "waiting", milliseconds: 500 });
  });

  it("gives up a connection that opens and then says nothing", () => {
    open();
    network.last().accept();
    vi.advanceTimersByTime(10_000);
    expect(kinds()).toEqual(["connecting", "waiting"]);
    vi.advanceTimersByTime(500);
    expect(network.sockets).toHaveLength(2);
  });

  it("hears nothing any more from a connection that it gave up", () => {
    open();
    const first = network.last();
    vi.advanceTimersByTime(10_500);
    first.accept();
    first.receive(sessionCreated());
    first.lose();
    expect(messages).toEqual([]);
    expect(network.sockets).toHaveLength(2);
  });

  it.each([
    ["a refusal", { type: "error", error: { code: "bad-token", message: "no" }, fatal: true }],
    ["the end of the room", { type: "room.closed", seq: 3, at: "2026-03-02T09:30:00Z" }],
  ] as const)("does not come back after %s", (_, message) => {
    open();
    network.last().accept();
    network.last().receive(message);
    expect(messages).toEqual([message]);
    expect(kinds()).toEqual(["connecting", "ended"]);
    network.last().lose();
    vi.advanceTimersByTime(60_000);
    expect(network.sockets).toHaveLength(1);
  });

  it.each([
    { type: "error", error: { code: "too-slow", message: "behind" }, fatal: true },
    { type: "error", error: { code: "bad-message", message: "odd" }, fatal: false },
    { type: "session.closed" },
  ] as const)("comes back after $type $error.code when the server hangs up", (message) => {
    open();
    network.last().accept();
    network.last().receive(sessionCreated());
    network.last().receive(message);
    network.last().lose();
    vi.advanceTimersByTime(500);
    expect(network.sockets).toHaveLength(2);
  });

  it("ends when it is asked to, in words first", () => {
    const socket = open();
    network.last().accept();
    network.last().receive(sessionCreated());
    socket.close();
    socket.close();
    expect(network.last().sent.at(-1)).toEqual({ type: "session.close" });
    expect(kinds()).toEqual(["connecting", "open", "ended"]);
    socket.reconnect();
    vi.advanceTimersByTime(60_000);
    expect(network.sockets).toHaveLength(1);
  });

  it("can be asked not to wait", () => {
    const socket = open();
    network.last().lose();
    socket.reconnect();
    expect(network.sockets).toHaveLength(2);
    vi.advanceTimersByTime(600);
    expect(network.sockets).toHaveLength(2);
  });

  it.each(["{", "null", "7", '"text"', "[]", '{"kind":1}'])("says so when a frame is %s", (frame) => {
    open();
    network.last().accept();
    network.last().receiveText(frame);
    expect(messages).toMatchObject([{ type: "error", error: { code: "unreadable_frame" }, fatal: false }]);
  });
});

describe("the wait before the next try", () => {
  it("doubles up to 15 seconds and is spread over half of itself", () => {
    expect([0, 1, 2, 3].map((attempt) => reconnectDelay(attempt, 1))).toEqual([500, 1_000, 2_000, 4_000]);
    expect(reconnectDelay(0, 0)).toBe(250);
    expect(reconnectDelay(10_000, 1)).toBe(15_000);
    expect(reconnectDelay(10_000, 0)).toBe(7_500);
  });
});
