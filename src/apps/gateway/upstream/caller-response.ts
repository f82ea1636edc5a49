import type { OutgoingHttpHeaders } from "node:http";
import { Writable } from "node:stream";

/** Where a call's answer goes: a caller's connection, or memory. */
export type CallerResponse = Pick<Writable, "write" | "on" | "once" | "off" | "destroy"> & {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly headersSent: boolean;
  writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
  end(bytes?: Uint8Array | string): unknown;
};

/** An answer that is kept in memory, for calls that nobody waits for at the other end of a connection. */
export class CapturedResponse extends Writable implements CallerResponse {
  status = 0;
  headersSent = false;
  readonly #chunks: Buffer[] = [];

  writeHead(status: number): this {
    this.status = status;
    this.headersSent = true;
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#chunks.push(chunk);
    done();
  }

  /** What came so far. */
  get body(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
