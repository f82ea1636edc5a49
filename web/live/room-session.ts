import type {
  ClientMessage,
  LiveCaptionMode,
  LiveSlot,
  ServerMessage,
} from "../../src/apps/server/protocol/live-messages.ts";
import { type LiveSocket, openLiveSocket, type SocketLike, type SocketStatus } from "./live-socket.ts";
import type { KeptStore, UnsentLine } from "./outbox.ts";
import { emptyRoom, type RoomState, reduceRoom } from "./room-state.ts";

export type RoomSnapshot = {
  readonly room: RoomState;
  readonly status: SocketStatus;
  /** Lines of this person that the server has not confirmed yet. */
  readonly unsent: readonly UnsentLine[];
  /** The name of the line that is being typed: its partials come back and are not shown to their author. */
  readonly typing: string | undefined;
};

export type RoomSession = {
  snapshot(): RoomSnapshot;
  /** Calls `listener` after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** Sends a whole line, now or when the connection is back. */
  say(text: string): void;
  /** Shows the others the line so far. At most one in 300 ms goes out. */
  sayPartial(text: string): void;
  update(change: { readonly language?: string; readonly mode?: LiveCaptionMode }): void;
  /** Sends a line again that was not confirmed after all tries. */
  sayAgain(line: string): void;
  /** Drops a line that was not confirmed. */
  discard(line: string): void;
  choose(slot: LiveSlot): void;
  sendAudio(audio: string): void;
  commitAudio(): void;
  dismissError(): void;
  reconnect(): void;
  /** For when the network comes back: an open connection is left alone. */
  reconnectIfWaiting(): void;
  leave(): void;
};

export type RoomSessionOptions = {
  readonly url: string;
  readonly token: string;
  readonly kept: KeptStore;
  readonly mode: LiveCaptionMode;
  /** Opens a connection. Defaults to the browser's WebSocket. */
  readonly open?: (url: string) => SocketLike;
  /** Names a line. Defaults to 96 random bits. */
  readonly newLine?: () => string;
};

type ErrorMessage = Extract<ServerMessage, { readonly type: "error" }>;

const partialEvery = 300;
/** A line that is not confirmed by then shows that the connection is dead, whatever the browser says. */
const confirmWithin = 8_000;
/** After so many the person decides whether the line is sent again or dropped. */
export const mostTries = 3;

/** One person's stay in a room: the messages reduced to a state, and what was not confirmed yet. */
export function openRoomSession(options: RoomSessionOptions): RoomSession {
  const { kept, newLine = randomLine } = options;
  const listeners = new Set<() => void>();
  let snapshot: RoomSnapshot = {
    room: { ...emptyRoom, mode: options.mode },
    status: { kind: "connecting" },
    unsent: kept.read().outbox,
    typing: undefined,
  };
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;

  function change(part: Partial<RoomSnapshot>): void {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  }

  function keepUnsent(unsent: readonly UnsentLine[]): void {
    kept.write({ outbox: unsent });
    change({ unsent });
  }

  function watchForConfirmation(): void {
    clearTimeout(confirmTimer);
    if (snapshot.unsent.some(({ tries }) => tries > 0 && tries < mostTries)) {
      confirmTimer = setTimeout(() => socket.reconnect(), confirmWithin);
    }
  }

  const socket: LiveSocket = openLiveSocket({
    url: options.url,
    ...(options.open === undefined ? {} : { open: options.open }),
    join() {
      const { name, language, participantToken } = kept.read();
      return {
        type: "session.join",
        token: options.token,
        name,
        mode: snapshot.room.mode,
        after: snapshot.room.seq,
        // Without one it is the side's.
        ...(language === "" ? {} : { language }),
        ...(participantToken === "" ? {} : { participantToken }),
      };
    },
    onStatus(status) {
      change({ status });
      if (status.kind !== "open") clearTimeout(confirmTimer);
    },
    onMessage(message) {
      if (message.type === "error" && !message.fatal && isAboutUnsent(message)) return refuseLine(message);
      change({ room: reduceRoom(snapshot.room, message) });
      if (message.type === "session.created") {
        kept.write({ participantToken: message.participantToken ?? kept.read().participantToken });
        sendUnsent();
      }
      if (message.type !== "line.said" || message.speaker !== snapshot.room.me?.id) return;
      const rest = snapshot.unsent.filter(({ line }) => line !== message.line);
      if (rest.length === snapshot.unsent.length) return;
      keepUnsent(rest);
      watchForConfirmation();
    },
  });

  const isAboutUnsent = ({ line: refused }: ErrorMessage): boolean =>
    snapshot.unsent.some(({ line }) => line === refused);

  /** A line that is refused for what it is would be refused again; one that the server failed at is tried again. */
  function refuseLine({ line, error }: ErrorMessage): void {
    if (error.code === "failed") return;
    keepUnsent(
      snapshot.unsent.map((each) =>
        each.line === line ? { ...each, tries: mostTries, refusal: error } : each,
      ),
    );
    watchForConfirmation();
  }

  /** Sends what is not confirmed, or only one line of it. */
  function sendUnsent(only?: string): void {
    const sent = snapshot.unsent.map((each) => {
      const isDue = only === undefined ? each.tries < mostTries : each.line === only;
      if (!isDue) return each;
      const isSent = socket.send({ type: "input_text.line", line: each.line, text: each.text });
      return isSent ? { ...each, tries: each.tries + 1 } : each;
    });
    keepUnsent(sent);
    watchForConfirmation();
  }

  const partials = throttled(partialEvery, (message: ClientMessage) => socket.send(message));

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say(text) {
      partials.cancel();
      const line = snapshot.typing ?? newLine();
      change({ typing: undefined });
      keepUnsent([...snapshot.unsent, { line, text, at: new Date().toISOString(), tries: 0 }]);
      sendUnsent(line);
    },
    sayAgain(line) {
      keepUnsent(
        snapshot.unsent.map((each) => {
          const { refusal: _, ...rest } = each;
          return each.line === line ? { ...rest, tries: 0 } : each;
        }),
      );
      sendUnsent(line);
    },
    discard: (line) => keepUnsent(snapshot.unsent.filter((each) => each.line !== line)),
    sayPartial(text) {
      if (snapshot.typing === undefined) change({ typing: newLine() });
      partials.call({ type: "input_text.partial", line: snapshot.typing!, text });
    },
    update(part) {
      if (part.language !== undefined) kept.write({ language: part.language });
      // Without a connection the next join carries it.
      if (part.mode !== undefined) change({ room: { ...snapshot.room, mode: part.mode } });
      socket.send({ type: "session.update", ...part });
    },
    choose: (slot) => void socket.send({ type: "meeting.choose", slot }),
    sendAudio: (audio) => void socket.send({ type: "input_audio_buffer.append", audio }),
    commitAudio: () => void socket.send({ type: "input_audio_buffer.commit" }),
    dismissError: () => change({ room: { ...snapshot.room, error: undefined } }),
    reconnect: () => socket.reconnect(),
    reconnectIfWaiting() {
      if (snapshot.status.kind === "waiting") socket.reconnect();
    },
    leave() {
      clearTimeout(confirmTimer);
      partials.cancel();
      socket.close();
    },
  };
}

/** Lets the first call through at once and the last one of each interval after it. */
function throttled<Value>(milliseconds: number, act: (value: Value) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly value: Value } | undefined;
  function tick(): void {
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    act(value);
    timer = setTimeout(tick, milliseconds);
  }
  return {
    call(value: Value): void {
      waiting = { value };
      if (timer === undefined) tick();
    },
    cancel(): void {
      clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
    },
  };
}

/** `crypto.randomUUID` is missing on pages that come over plain http. */
function randomLine(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
