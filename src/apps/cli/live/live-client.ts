import { ServerError, TandemError } from "../../../errors.ts";
import {
  type ClientMessage,
  type LiveCaptionMode,
  MAX_LINE_LENGTH,
  type ServerMessage,
  serverMessage,
} from "../../server/protocol/live-messages.ts";
import { LastingSocket } from "./lasting-socket.ts";
import type { LiveLink } from "./live-link.ts";
import type { LiveMemory, LiveState } from "./live-state.ts";

export type Session = Extract<ServerMessage, { readonly type: "session.created" }>;

export type LiveClientOptions = {
  readonly link: LiveLink;
  /** Defaults to the side's name. */
  readonly name?: string | undefined;
  /** Defaults to the side's language. */
  readonly language?: string | undefined;
  /** Defaults to "balanced". */
  readonly mode?: LiveCaptionMode | undefined;
  readonly state: LiveState;
  /** Called in order; what is remembered (it has a `seq`) comes once. The state counts it as shown when this returns. */
  readonly onMessage: (message: ServerMessage) => void;
  /** Told when the connection is lost, in words, and when it is back (`undefined`). */
  readonly onTrouble?: (sentence: string | undefined) => void;
  readonly signal: AbortSignal;
};

/** How a stay ended: the call is over, or we left. */
export type LiveEnd = "room-closed" | "left";

/** Attempts before the first welcome: an address that nobody answers at is said soon. */
const FIRST_ATTEMPTS = 5;
/** Of lines whose translation has yet to come. */
const MOST_UNTRANSLATED = 100;
/** For a server to say goodbye, in milliseconds. */
const LEAVE_WITHIN = 2_000;

/** Joins a call and stays in it, over lost connections and restarts on either end. */
export function openLiveClient(options: LiveClientOptions): LiveClient {
  const client = new LiveClient(options);
  client.start();
  return client;
}

/** One participant's stay in a call. */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #socket: LastingSocket;
  readonly #joined = Promise.withResolvers<Session>();
  readonly #ended = Promise.withResolvers<LiveEnd>();
  #waiters: (() => void)[] = [];
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** True between the welcome and the end of a connection. */
  #isIn = false;
  #isLeaving = false;
  #isOver = false;

  constructor(options: LiveClientOptions) {
    this.#options = options;
    this.#socket = new LastingSocket({
      url: options.link.socketUrl,
      hello: () => JSON.stringify(this.#hello()),
      onText: (text) => {
        const message = readMessage(text);
        if (message !== undefined && !this.#isOver) this.#take(message);
      },
      onLost: (losses) => this.#lost(losses),
    });
    // Not every caller waits for both.
    this.joined.catch(() => undefined);
    this.ended.catch(() => undefined);
  }

  /** The first welcome. Rejects when the server refuses or is not there. */
  get joined(): Promise<Session> {
    return this.#joined.promise;
  }

  /** Rejects when the server refuses us for good. */
  get ended(): Promise<LiveEnd> {
    return this.#ended.promise;
  }

  start(): void {
    const { signal } = this.#options;
    signal.addEventListener("abort", this.leave, { once: true });
    if (signal.aborted) this.leave();
    else this.#socket.connect();
  }

  /** Says a whole line; it is kept and sent again until the server has it. */
  say(line: string, text: string): void {
    for (const piece of pieces(line, text)) {
      const { unsafe } = this.#memory;
      // One that is kept from an earlier process has been sent already.
      if (unsafe.some((each) => each.line === piece.line)) continue;
      this.#remember({ unsafe: [...unsafe, piece] });
      this.send({ type: "input_text.line", ...piece });
    }
  }

  /** Says what there is of a line so far; lost when there is no connection. */
  partial(line: string, text: string): void {
    this.send({ type: "input_text.partial", line, text: text.slice(0, MAX_LINE_LENGTH) });
  }

  /** Sends what only makes sense now; false when there is no connection. */
  send(message: ClientMessage): boolean {
    return this.#isIn && this.#socket.send(JSON.stringify(message));
  }

  /** Resolves when every line is safe with the server, or the stay has ended. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#wake();
    });
  }

  readonly leave = (): void => {
    if (this.#isLeaving || this.#isOver) return;
    this.#isLeaving = true;
    // A server that does not answer must not keep us.
    if (this.send({ type: "session.close" }))
      this.#timer = setTimeout(() => this.#finish("left"), LEAVE_WITHIN);
    else this.#finish("left");
  };

  get #memory(): LiveMemory {
    return this.#options.state.memory();
  }

  #remember(change: Partial<LiveMemory>): void {
    this.#options.state.save({ ...this.#memory, ...change });
  }

  #hello(): ClientMessage {
    const { participantToken, after } = this.#memory;
    const { link, name, language, mode } = this.#options;
    return { type: "session.join", token: link.token, ...{ participantToken, after, name, language, mode } };
  }

  #take(message: ServerMessage): void {
    const { state, onMessage } = this.#options;
    if ("at" in message) {
      if (message.seq <= this.#memory.after) return;
      state.save(remembered(this.#memory, message, this.#session?.participant.id, onMessage));
      this.#wake();
    } else {
      if (message.type === "session.created") this.#welcome(message);
      onMessage(message);
      if (message.type === "error") this.#giveUp(message);
    }
    if (message.type === "room.closed") this.#finish("room-closed");
    if (message.type === "error" && message.fatal && message.error.code !== "too-slow") {
      const { message: said, hint } = message.error;
      this.#finish(
        new TandemError("refused", `the server refused: ${said}`, hint === undefined ? {} : { hint }),
      );
    }
  }

  /** A line that is refused for what it is would be refused again; one that the server failed at is kept. */
  #giveUp({ line, error }: Extract<ServerMessage, { readonly type: "error" }>): void {
    if (line === undefined || error.code === "failed") return;
    this.#remember({ unsafe: this.#memory.unsafe.filter((each) => each.line !== line) });
    this.#wake();
  }

  #welcome(message: Session): void {
    this.#session = message;
    this.#isIn = true;
    this.#socket.settle();
    const { participantToken } = message;
    if (participantToken !== undefined && participantToken !== this.#memory.participantToken)
      this.#remember({ participantToken });
    this.#options.onTrouble?.(undefined);
    this.#joined.resolve(message);
    for (const { line, text } of this.#memory.unsafe) this.send({ type: "input_text.line", line, text });
  }

  #lost(losses: number): boolean {
    this.#isIn = false;
    if (this.#isLeaving) this.#finish("left");
    if (this.#isOver) return false;
    const { origin } = new URL(this.#options.link.socketUrl.replace(/^ws/, "http"));
    if (this.#session === undefined && losses >= FIRST_ATTEMPTS) {
      const hint = "check the link, and that the server runs";
      this.#finish(new ServerError(`the server at ${origin} cannot be reached`, { hint }));
      return false;
    }
    this.#options.onTrouble?.(`the connection to ${origin} is lost; trying again`);
    return true;
  }

  #finish(end: LiveEnd | TandemError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#socket.close();
    this.#options.signal.removeEventListener("abort", this.leave);
    if (end === "room-closed" && this.#memory.unsafe.length === 0) this.#options.state.remove();
    if (typeof end === "string") this.#ended.resolve(end);
    else this.#ended.reject(end);
    const early = new TandemError("aborted", "the call ended before it was joined");
    this.#joined.reject(typeof end === "string" ? early : end);
    this.#wake();
  }

  #wake(): void {
    if (!this.#isOver && this.#memory.unsafe.length > 0) return;
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}

/** What is to be remembered once a message has been shown, which happens here: all of it is written in one go. */
function remembered(
  memory: LiveMemory,
  message: Extract<ServerMessage, { readonly seq: number; readonly at: string }>,
  me: string | undefined,
  show: (message: ServerMessage) => void,
): LiveMemory {
  show(message);
  const next = { ...memory, after: message.seq };
  if (message.type === "line.said") {
    const own = message.speaker === me && {
      unsafe: memory.unsafe.filter(({ line }) => line !== message.line),
      lastSafe: message.line,
    };
    return { ...next, ...own, untranslated: [...memory.untranslated, message].slice(-MOST_UNTRANSLATED) };
  }
  if (message.type !== "line.final") return next;
  return { ...next, untranslated: memory.untranslated.filter(({ seq }) => seq !== message.said) };
}

/** A line that is longer than the server takes, in pieces cut at spaces; each has a name of its own. */
function pieces(line: string, text: string): readonly { readonly line: string; readonly text: string }[] {
  const found: { line: string; text: string }[] = [];
  for (let rest = text; rest !== ""; ) {
    const space = rest.length > MAX_LINE_LENGTH ? rest.lastIndexOf(" ", MAX_LINE_LENGTH) : -1;
    const length = rest.length <= MAX_LINE_LENGTH ? rest.length : space > 0 ? space : MAX_LINE_LENGTH;
    found.push({ line: found.length === 0 ? line : `${line}.${found.length}`, text: rest.slice(0, length) });
    rest = rest.slice(length).trimStart();
  }
  return found;
}

/** Messages of a newer server that this version does not know are passed over. */
function readMessage(data: string): ServerMessage | undefined {
  try {
    const read = serverMessage.safeParse(JSON.parse(data));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
