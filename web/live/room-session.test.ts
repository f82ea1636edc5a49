import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerMessage } from "../../src/apps/server/protocol/live-messages.ts";
import { type FakeNetwork, fakeNetwork, sessionCreated } from "./fake-socket.fixture.ts";
import { type KeptStore, openKeptStore } from "./outbox.ts";
import { openRoomSession, type RoomSession } from "./room-session.ts";

let network: FakeNetwork;
let storage: ReturnType<typeof memoryStorage>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  network = fakeNetwork();
  storage = memoryStorage();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

function kept(): KeptStore {
  const store = openKeptStore(storage, "token");
  store.write({ name: "Ana", language: "pt" });
  return store;
}

/** As after a reload: the same storage, everything else new. */
function enter(): RoomSession {
  let count = 0;
  const prefix = `${network.sockets.length}`;
  const newLine = (): string => {
    count += 1;
    return `${prefix}-${count}`;
  };
  return openRoomSession({
    url: "ws://room",
    token: "token",
    kept: kept(),
    mode: "balanced",
    open: network.open,
    newLine,
  });
}

function letIn(part: Parameters<typeof sessionCreated>[0] = {}): void {
  network.last().accept();
  network.last().receive(sessionCreated(part));
}

const said = (seq: number, line: string, speaker = "a"): ServerMessage => ({
  type: "line.said",
  seq,
  at: "2026-03-02T09:30:00Z",
  speaker,
  line,
  language: "pt",
  text: "olá",
});
const linesSent = (): unknown[] =>
  network.last().sent.flatMap((each) => (each.type === "input_text.line" ? [[each.line, each.text]] : []));

describe("a stay in a room", () => {
  it("keeps a line until the server has confirmed it", () => {
    const session = enter();
    letIn();
    session.say("olá");
    expect(session.snapshot().unsent).toMatchObject([{ line: "0-1", text: "olá", tries: 1 }]);
    network.last().receive(said(1, "0-1", "b"));
    expect(session.snapshot().unsent).toHaveLength(1);
    network.last().receive(said(2, "0-1"));
    expect(session.snapshot().unsent).toEqual([]);
    expect(session.snapshot().room.lines.filter(({ speaker }) => speaker === "a")).toHaveLength(1);
  });

  it("sends a line that was written without a connection when it is back, under its own name", () => {
    const session = enter();
    session.say("um");
    session.say("dois");
    expect(linesSent()).toEqual([]);
    letIn();
    expect(linesSent()).toEqual([
      ["0-1", "um"],
      ["0-2", "dois"],
    ]);
  });

  it("loses nothing in a reload: the line, its name and who I am", () => {
    enter().say("olá");
    letIn();
    const again = enter();
    expect(again.snapshot().unsent).toMatchObject([{ line: "0-1", text: "olá", tries: 0 }]);
    letIn();
    expect(network.last().sent).toEqual([
      {
        type: "session.join",
        token: "token",
        name: "Ana",
        language: "pt",
        mode: "balanced",
        after: 0,
        participantToken: "secret-of-ana",
      },
      { type: "input_text.line", line: "0-1", text: "olá" },
    ]);
  });

  it("asks after a reconnect only for what is new", () => {
    enter();
    letIn();
    network.last().receive(said(5, "z", "b"));
    network.last().lose();
    vi.advanceTimersByTime(500);
    network.last().accept();
    expect(network.last().sent[0]).toMatchObject({ type: "session.join", after: 5 });
  });

  it("takes a connection for dead on which lines are not confirmed, and asks the person after three tries", () => {
    const session = enter();
    letIn();
    session.say("olá");
    for (const count of [2, 3]) {
      vi.advanceTimersByTime(8_000);
      expect(network.sockets).toHaveLength(count);
      letIn();
      expect(linesSent()).toEqual([["0-1", "olá"]]);
    }
    vi.advanceTimersByTime(60_000);
    expect(network.sockets).toHaveLength(3);
    expect(session.snapshot().unsent).toMatchObject([{ tries: 3 }]);
    session.sayAgain("0-1");
    expect(session.snapshot().unsent).toMatchObject([{ tries: 1 }]);
    session.discard("0-1");
    expect(session.snapshot().unsent).toEqual([]);
  });

  it("shows words on the way at most every 300 ms, then the line under the same name", () => {
    const session = enter();
    letIn();
    for (const text of ["o", "ol", "olá"]) session.sayPartial(text);
    vi.advanceTimersByTime(300);
    session.sayPartial("olá!");
    session.say("olá!");
    vi.advanceTimersByTime(1_000);
    expect(network.last().sent.slice(1)).toEqual([
      { type: "input_text.partial", line: "0-1", text: "o" },
      { type: "input_text.partial", line: "0-1", text: "olá" },
      { type: "input_text.line", line: "0-1", text: "olá!" },
    ]);
    session.sayPartial("e");
    expect(network.last().sent.at(-1)).toMatchObject({ line: "0-2" });
  });

  it("joins again in the language that was chosen meanwhile", () => {
    const session = enter();
    session.update({ language: "en", mode: "steady" });
    letIn();
    expect(network.last().sent[0]).toMatchObject({ language: "en", mode: "steady" });
  });

  it("tells its listeners until they go", () => {
    const session = enter();
    const listener = vi.fn();
    const stop = session.subscribe(listener);
    letIn();
    const count = listener.mock.calls.length;
    expect(count).toBeGreaterThan(0);
    stop();
    session.say("olá");
    expect(listener).toHaveBeenCalledTimes(count);
  });
});

describe("what a tab keeps of a room", () => {
  it("does not hold the token of the link, and is another for another link", () => {
    const store = openKeptStore(storage, "a-very-secret-token");
    store.write({ draft: "half a" });
    expect(JSON.stringify([...storage.values])).not.toContain("secret");
    expect(openKeptStore(storage, "a-very-secret-token").read().draft).toBe("half a");
    expect(openKeptStore(storage, "another").read().draft).toBe("");
  });

  it.each(["{", "null", "[1]", '{"outbox":[{"line":1}],"name":7}', '{"outbox":{}}'])(
    "starts anew from %s",
    (text) => {
      openKeptStore(storage, "token").write({});
      for (const key of storage.values.keys()) storage.values.set(key, text);
      expect(openKeptStore(storage, "token").read()).toMatchObject({ outbox: [], name: "" });
    },
  );

  it("works in memory where the browser refuses storage", () => {
    const refusing = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
    };
    const store = openKeptStore(refusing, "token");
    store.write({ draft: "half a" });
    expect(store.read().draft).toBe("half a");
  });

  it("gives up a line that the server refuses, says why, and sends the others", () => {
    const session = enter();
    letIn();
    session.say("one");
    session.say("two");
    const [first] = session.snapshot().unsent;
    const error = { code: "bad-message", message: "text: too long" };
    network.last().receive({ type: "error", error, line: first!.line, fatal: false });
    expect(session.snapshot().unsent).toMatchObject([{ text: "one", refusal: error }, { text: "two" }]);
    expect(session.snapshot().room.error).toBeUndefined();
    vi.advanceTimersByTime(8_000);
    letIn();
    const again = network.last().sent.filter(({ type }) => type === "input_text.line");
    expect(again).toMatchObject([{ text: "two" }]);
    session.sayAgain(first!.line);
    expect(session.snapshot().unsent[0]).not.toHaveProperty("refusal");
    expect(network.last().sent.at(-1)).toMatchObject({ text: "one" });
  });

  it("keeps a line that the server failed at, and shows errors that are about no line", () => {
    const session = enter();
    letIn();
    session.say("one");
    const line = session.snapshot().unsent[0]!.line;
    network.last().receive({ type: "error", error: { code: "failed", message: "no" }, line, fatal: false });
    expect(session.snapshot().unsent).toMatchObject([{ tries: 1 }]);
    network.last().receive({ type: "error", error: { code: "slot-past", message: "no" }, fatal: false });
    expect(session.snapshot().room.error).toMatchObject({ code: "slot-past" });
  });
});
