export type LastingSocketOptions = {
  readonly url: string;
  /** The first thing that is sent on each connection. */
  readonly hello: () => string;
  readonly onText: (text: string) => void;
  /** Told of each loss with how many there were in a row. Gives false when there is to be no other attempt. */
  readonly onLost: (losses: number) => boolean;
};

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;

/** A WebSocket that is opened again whenever it ends, after pauses that grow. */
export class LastingSocket {
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #losses = 0;
  #isClosed = false;
  readonly #options: LastingSocketOptions;

  constructor(options: LastingSocketOptions) {
    this.#options = options;
  }

  connect(): void {
    if (this.#isClosed) return;
    const { url, hello, onText } = this.#options;
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => socket.send(hello());
    socket.onmessage = ({ data }) => {
      if (!this.#isClosed && typeof data === "string") onText(data);
    };
    socket.onclose = () => this.#lose();
    // A close follows.
    socket.onerror = () => undefined;
  }

  /** The connection works: the next loss is a first one. */
  settle(): void {
    this.#losses = 0;
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #lose(): void {
    if (this.#isClosed) return;
    this.#losses += 1;
    if (!this.#options.onLost(this.#losses)) {
      this.close();
      return;
    }
    const pause = Math.min(FIRST_PAUSE * 2 ** (this.#losses - 1), LONGEST_PAUSE);
    // Spread, so that a server that comes back is not met by everybody at once.
    this.#timer = setTimeout(() => this.connect(), pause * (0.75 + Math.random() / 2));
  }
}
