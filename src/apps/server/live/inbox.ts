import type { WebSocket } from "@fastify/websocket";
import type { LiveLimits } from "./live-limits.ts";
import { tokenBucket } from "./token-bucket.ts";

export type InboxOptions = {
  readonly limits: Pick<LiveLimits, "messages" | "bytes">;
  /** One frame at a time, in order. Must not reject. */
  readonly handle: (data: Buffer, isBinary: boolean) => Promise<void>;
};

export type Inbox = {
  /** True while more waits than is taken in: what the other end sends, pongs too, stays in the network. */
  readonly isFull: () => boolean;
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>;
};

type Frame = { readonly data: Buffer; readonly isBinary: boolean };

const MOST_FRAMES = 32;
const MOST_BYTES = 1_000_000;

/**
 * Takes a socket's frames one after the other and no faster than the limits allow. Nothing is dropped: a sender that is too
 * fast isn't read from, so that it is its own network that waits, and what waits here is bounded.
 */
export function openInbox(socket: WebSocket, { limits, handle }: InboxOptions): Inbox {
  const spend = { messages: tokenBucket(limits.messages), bytes: tokenBucket(limits.bytes) };
  const waiting: Frame[] = [];
  let bytes = 0;
  let working: Promise<void> | undefined;
  const isFull = (): boolean => waiting.length > MOST_FRAMES || bytes > MOST_BYTES;

  const work = async (): Promise<void> => {
    for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
      const { data, isBinary } = frame;
      await pause(Math.max(spend.messages(1), spend.bytes(data.length)));
      await handle(data, isBinary);
      bytes -= data.length;
      if (socket.isPaused && !isFull()) socket.resume();
    }
    working = undefined;
  };

  socket.on("message", (raw: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
    const data = Buffer.isBuffer(raw)
      ? raw
      : Buffer.concat([raw].flat().map((part) => Buffer.from(part as Buffer)));
    waiting.push({ data, isBinary });
    bytes += data.length;
    if (isFull()) socket.pause();
    working ??= work();
  });
  return {
    isFull,
    idle: async () => {
      while (working !== undefined) await working;
    },
  };
}

/** Waits so many milliseconds; not at all for 0. */
export async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
