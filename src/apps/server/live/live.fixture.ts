import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { echoEngine } from "../../../models/translation/echo.ts";
import { pseudoEngine } from "../../../models/translation/pseudo.ts";
import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { openLiveRoom } from "../../../tasks/translate/live/live-room.ts";
import type { Mount } from "../mount.ts";
import { openServer, type Server } from "../open-server.ts";
import type { ClientMessage, ServerMessage } from "../protocol/live-messages.ts";
import type { CreateRoomAnswer, CreateRoomRequest } from "../protocol/live-requests.ts";
import { openRoomKey } from "../room-key.ts";
import { type LiveMountOptions, liveMount } from "./live-mount.ts";

export const ROOM_KEY = "room-key-of-the-tests";

export type TestLive = {
  readonly server: Server;
  readonly folder: string;
  /** All that the server logged. */
  readonly log: () => string;
  readonly request: (path: string, init?: RequestInit & { readonly token?: string }) => Promise<Response>;
  /** The most that waits in the process for one reader, in bytes. */
  readonly mostWaiting: () => number;
  /** A room of Acme (en, `pseudo`) and Beta (pt, `pseudo`), and the tokens of its links by side. */
  readonly room: (
    changes?: object,
  ) => Promise<{ readonly id: string; readonly tokens: Readonly<Record<string, string>> }>;
  readonly client: (token: string, join?: Partial<JoinMessage>) => Promise<TestClient>;
  /** Ends the server; the folder stays for another one. */
  readonly stop: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

type JoinMessage = Extract<ClientMessage, { readonly type: "session.join" }>;
type Of<Type extends ServerMessage["type"]> = Extract<ServerMessage, { readonly type: Type }>;

export type TestLiveOptions = Partial<LiveMountOptions> & {
  readonly folder?: string;
  readonly port?: number;
};

export async function testEngine(spec: string): Promise<TranslationEngine> {
  if (spec === "echo") return echoEngine();
  if (spec === "pseudo") return pseudoEngine();
  throw new Error(`no engine ${spec}`);
}

/** A server on a free port with a folder of its own, which goes with it. */
export async function testLive(options: TestLiveOptions = {}): Promise<TestLive> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "tandem-live-"));
  const lines: string[] = [];
  const mount = liveMount({
    dataFolder: folder,
    roomKey: await openRoomKey(folder, ROOM_KEY),
    ...{ openLiveRoom, openEngine: testEngine, checkEngine: () => {} },
    ...options,
  });
  let clients: ReadonlySet<{ readonly bufferedAmount: number }> = new Set();
  const watch: Mount = async (app) => {
    clients = app.websocketServer.clients;
  };
  const server = await openServer({
    ...{ mounts: [mount, watch], log: { write: (line) => void lines.push(line) }, logLevel: "debug" },
    ...(options.port !== undefined && { port: options.port }),
  });
  const request: TestLive["request"] = (path, { token = ROOM_KEY, ...init } = {}) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body !== undefined && { "content-type": "application/json" }),
        ...init.headers,
      },
    });
  return {
    ...{ server, folder, request },
    log: () => lines.join(""),
    mostWaiting: () => Math.max(0, ...[...clients].map(({ bufferedAmount }) => bufferedAmount)),
    room: async (changes = {}) => {
      const body = JSON.stringify({ ...testRoom, ...changes });
      const answer = (await (
        await request("/api/live/rooms", { method: "POST", body })
      ).json()) as CreateRoomAnswer;
      const tokens = answer.links.map(({ side, url }) => [side, url.slice(url.indexOf("#") + 1)]);
      return { id: answer.id, tokens: Object.fromEntries(tokens) };
    },
    client: (token, join) => testClient(server.url, token, join),
    stop: () => server.close(),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const testRoom: CreateRoomRequest = {
  title: "Call",
  sides: [
    {
      id: "acme",
      name: "Acme",
      domain: "acme.example",
      language: "en",
      engine: "pseudo",
      retention: "forever",
    },
    { id: "beta", name: "Beta", language: "pt", engine: "pseudo", retention: { days: 7 } },
  ],
};

/** Both sides speak English: nothing is translated. */
export const plainRoom: CreateRoomRequest = {
  title: "Plain",
  sides: testRoom.sides.map((side) => ({ ...side, language: "en", engine: "echo" })),
};

export type TestClient = {
  readonly socket: WebSocket;
  /** Everything that came. */
  readonly messages: readonly ServerMessage[];
  readonly created: Of<"session.created">;
  readonly send: (message: object) => void;
  readonly say: (line: string, text: string) => void;
  /** The first message that fits and that no earlier call of `next` gave; within 15 seconds. */
  readonly next: <Type extends ServerMessage["type"]>(
    type: Type,
    fits?: (message: Of<Type>) => boolean,
  ) => Promise<Of<Type>>;
  /** The code with which the server closed. */
  readonly closed: Promise<number>;
  readonly close: () => Promise<unknown>;
};

/** A client that has not sent anything. */
export function rawClient(
  url: string,
  options: { readonly origin?: string } = {},
): Omit<TestClient, "created"> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/live/socket`, options);
  const messages: ServerMessage[] = [];
  const taken = new Set<ServerMessage>();
  const listeners = new Set<() => void>();
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)) as ServerMessage);
    for (const listener of listeners) listener();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  socket.on("error", () => {});
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const next: TestClient["next"] = (type, fits = () => true) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        listeners.delete(look);
        const had = messages.map((each) => each.type).join(", ");
        reject(new Error(`no ${type} came, but: ${had.slice(-500)}`));
      }, 15_000);
      const look = (): void => {
        const found = messages.find((each) => each.type === type && !taken.has(each) && fits(each as never));
        if (found === undefined) return;
        taken.add(found);
        clearTimeout(timer);
        listeners.delete(look);
        resolve(found as never);
      };
      listeners.add(look);
      look();
    });
  return {
    ...{ socket, messages, send, next, closed },
    say: (line, text) => send({ type: "input_text.line", line, text }),
    close: () => {
      socket.close();
      return closed;
    },
  };
}

/** A client that has joined. */
export async function testClient(
  url: string,
  token: string,
  join: Partial<JoinMessage> = {},
): Promise<TestClient> {
  const client = rawClient(url);
  await opened(client.socket);
  client.send({ type: "session.join", token, name: "Ana", ...join });
  return { ...client, created: await client.next("session.created") };
}

/** Resolves when the socket is open. */
export function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
}
