import type { ClientMessage, ServerMessage } from "../../src/apps/server/protocol/live-messages.ts";

type JoinMessage = Extract<ClientMessage, { readonly type: "session.join" }>;

export type SocketStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** Lost; the next try comes by itself. */
  | { readonly kind: "waiting"; readonly milliseconds: number }
  /** Ended on purpose: no further try. */
  | { readonly kind: "ended" };

/** The part of a browser's WebSocket that is used. */
export type SocketLike = {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onclose: ((event: never) => void) | null;
};

export type LiveSocketOptions = {
  readonly url: string;
  /** Asked at every connection, because `after` grows. */
  readonly join: () => JoinMessage;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onStatus: (status: SocketStatus) => void;
  /** Opens a connection. Defaults to the browser's WebSocket. */
  readonly open?: (url: string) => SocketLike;
  /** Between 0 and 1; spreads the tries of many pages after a restart. Defaults to Math.random. */
  readonly random?: () => number;
};

export type LiveSocket = {
  /** False when there is no connection: nothing is kept here, the caller decides what is worth sending again. */
  send(message: ClientMessage): boolean;
  /** Connects now, whatever the state: a fresh try instead of a wait, a new connection instead of a dead one. */
  reconnect(): void;
  /** Ends for good. */
  close(): void;
};

const shortestWait = 500;
const longestWait = 15_000;
/** A connection that does not answer the join by then is given up. */
const answerWithin = 10_000;

/** How long to wait before try number `attempt` (from 0): doubling up to 15 s, between half and the whole of it. */
export function reconnectDelay(attempt: number, random: number): number {
  const whole = Math.min(longestWait, shortestWait * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** A connection to the room that comes back by itself until it is closed, refused, or the room is over. */
export function openLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { url, join, onMessage, onStatus, random = Math.random } = options;
  const open = options.open ?? ((address: string): SocketLike => new WebSocket(address));
  let socket: SocketLike | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let isJoined = false;
  let isEnded = false;

  function drop(): void {
    clearTimeout(timer);
    isJoined = false;
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = undefined;
  }

  function end(): void {
    drop();
    isEnded = true;
    onStatus({ kind: "ended" });
  }

  function waitAndRetry(): void {
    drop();
    const milliseconds = reconnectDelay(attempt, random());
    attempt += 1;
    timer = setTimeout(connect, milliseconds);
    onStatus({ kind: "waiting", milliseconds });
  }

  function receive(data: unknown): void {
    const message = readMessage(data);
    if (message.type === "session.created") {
      clearTimeout(timer);
      isJoined = true;
      attempt = 0;
      onStatus({ kind: "open" });
    }
    onMessage(message);
    if (isLast(message)) end();
  }

  function connect(): void {
    if (isEnded) return;
    drop();
    onStatus({ kind: "connecting" });
    socket = open(url);
    timer = setTimeout(waitAndRetry, answerWithin);
    socket.onopen = () => socket?.send(JSON.stringify(join()));
    socket.onmessage = (event) => receive(event.data);
    socket.onclose = waitAndRetry;
  }

  connect();
  return {
    send(message) {
      if (!isJoined || socket?.readyState !== 1) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    reconnect: connect,
    close() {
      if (isEnded) return;
      if (isJoined && socket?.readyState === 1) socket.send(JSON.stringify({ type: "session.close" }));
      end();
    },
  };
}

/** A server that restarts, or that dropped a slow reader, is asked again; one that refuses is not. */
const isLast = (message: ServerMessage): boolean =>
  message.type === "room.closed" ||
  (message.type === "error" && message.fatal && message.error.code !== "too-slow");

function readMessage(data: unknown): ServerMessage {
  try {
    const message: unknown = JSON.parse(String(data));
    if (typeof message === "object" && message !== null && "type" in message) return message as ServerMessage;
  } catch {
    // Told below, as for every other frame that is no message.
  }
  return {
    type: "error",
    error: { code: "unreadable_frame", message: "the server sent a frame that is no message" },
    fatal: false,
  };
}
