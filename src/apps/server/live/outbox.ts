import type { WebSocket } from "@fastify/websocket";
import type { ServerMessage } from "../protocol/live-messages.ts";

export type Outbox = {
  /** Sends a message. A promise means that the reader is slow: it is resolved when there is room again, or no reader any more. */
  readonly send: (message: ServerMessage) => Promise<void> | undefined;
  /** Sends the last message and closes; a reader that doesn't take it is cut off. */
  readonly end: (code: number, last: ServerMessage) => void;
};

/** So much may wait inside the process for each reader. */
const MOST_WAITING = 16 * 1024;
const CLOSE_WITHIN = 2_000;

/** What one socket is sent. Cuts off a reader that takes nothing for `readWithin` milliseconds. */
export function openOutbox(socket: WebSocket, readWithin: number): Outbox {
  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  const send = (message: ServerMessage): Promise<void> | undefined => {
    if (!isOpen()) return undefined;
    const frame = JSON.stringify(message);
    if (socket.bufferedAmount <= MOST_WAITING) {
      socket.send(frame);
      return undefined;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => socket.terminate(), readWithin);
      const done = (): void => {
        clearTimeout(timer);
        socket.off("close", done);
        resolve();
      };
      socket.once("close", done);
      socket.send(frame, done);
    });
  };

  return {
    send,
    end: (code, last) => {
      if (!isOpen()) return;
      void send(last);
      socket.close(code);
      // A paused socket would not read the other end's close.
      socket.resume();
      setTimeout(() => socket.terminate(), CLOSE_WITHIN).unref();
    },
  };
}
