import type { ClientMessage, ServerMessage } from "../../src/apps/server/protocol/live-messages.ts";
import type { SocketLike } from "./live-socket.ts";

/** A connection whose other end is the test. */
export type FakeSocket = SocketLike & {
  readonly sent: ClientMessage[];
  accept(): void;
  receive(message: ServerMessage): void;
  receiveText(text: string): void;
  lose(): void;
};

export type FakeNetwork = {
  readonly open: (url: string) => SocketLike;
  readonly sockets: FakeSocket[];
  readonly last: () => FakeSocket;
};

export function fakeNetwork(): FakeNetwork {
  const sockets: FakeSocket[] = [];
  return {
    sockets,
    last: () => sockets.at(-1)!,
    open() {
      const socket = fakeSocket();
      sockets.push(socket);
      return socket;
    },
  };
}

function fakeSocket(): FakeSocket {
  const sent: ClientMessage[] = [];
  let state = 0;
  const socket: FakeSocket = {
    sent,
    get readyState() {
      return state;
    },
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => void sent.push(JSON.parse(text)),
    close() {
      state = 3;
    },
    accept() {
      state = 1;
      socket.onopen?.(undefined as never);
    },
    receive: (message) => socket.receiveText(JSON.stringify(message)),
    receiveText: (text) => socket.onmessage?.({ data: text } as MessageEvent<unknown>),
    lose() {
      state = 3;
      socket.onclose?.(undefined as never);
    },
  };
  return socket;
}

/** What the server answers to a join. */
export function sessionCreated(
  part: Partial<Extract<ServerMessage, { type: "session.created" }>> = {},
): ServerMessage {
  const participant = { id: "a", name: "Ana", side: "1", organisation: "Norte", language: "pt" };
  return {
    type: "session.created",
    room: { id: "r", title: "Harvest" },
    participant,
    participants: [participant],
    seq: 0,
    retention: { kind: "days", days: 1, text: "Nothing is kept." },
    engine: { id: "pseudo", isLocal: true },
    hears: false,
    participantToken: "secret-of-ana",
    ...part,
  };
}
