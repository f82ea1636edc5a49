import { once } from "node:events";
import type { OutgoingHttpHeaders } from "node:http";
import { Writable } from "node:stream";
import { EventFrames } from "../stream/event-frames.ts";
import type { CallerResponse } from "../upstream/caller-response.ts";
import { WireError } from "../wire/wire-error.ts";
import type { AnswerTransform } from "./answer-transform.ts";

type Done = (error?: Error | null) => void;

/**
 * Stands between whoever answers and the caller, and changes the answer on its way; it looks like the caller's response,
 * so that every provider and the embedded model are treated alike. What is neither JSON nor a stream of events passes.
 */
export class PolicyResponse extends Writable implements CallerResponse {
  headersSent = false;
  readonly #response: CallerResponse;
  readonly #transform: AnswerTransform;
  readonly #frames = new EventFrames();
  #kind: "stream" | "json" | "other" = "other";
  #status = 200;
  #headers: OutgoingHttpHeaders = {};
  #kept: Buffer[] = [];
  #failure: unknown;
  #isOver = false;

  constructor(response: CallerResponse, transform: AnswerTransform) {
    super({ autoDestroy: true });
    this.#response = response;
    this.#transform = transform;
    response.once("close", this.#callerLeft);
    // A failure is told by `finished`.
    this.on("error", () => {});
  }

  writeHead(status: number, headers: OutgoingHttpHeaders): this {
    this.headersSent = true;
    const type = String(headers["content-type"] ?? "");
    this.#kind = /event-stream/i.test(type) ? "stream" : /\bjson\b/i.test(type) ? "json" : "other";
    this.#status = status;
    this.#headers = headers;
    if (this.#kind === "other") this.#response.writeHead(status, headers);
    else if (this.#kind === "stream") {
      const { "content-length": _length, ...rest } = headers;
      this.#headers = rest;
    }
    return this;
  }

  /** Resolves when the caller has got all; rejects with what the transform threw while nothing had been sent. */
  async finished(): Promise<void> {
    if (!this.headersSent) return;
    if (!this.closed) await once(this, "close").catch(() => {});
    if (this.#failure !== undefined && !this.#response.headersSent) throw this.#failure;
  }

  /** Takes its hands off the caller's response, after an attempt that sent nothing. */
  release(): void {
    this.#response.off("close", this.#callerLeft);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    if (this.#kind === "json") {
      this.#kept.push(chunk);
      done();
    } else if (this.#kind === "other") this.#send([chunk]).then(() => done(), done);
    else this.#pass(this.#frames.push(chunk)).then(() => done(), done);
  }

  override _final(done: Done): void {
    this.#finish().then(() => {
      this.release();
      done();
    }, done);
  }

  override _destroy(error: Error | null, done: Done): void {
    this.release();
    if (error !== null || !this.#isOver) this.#breakOff(error);
    done(null);
  }

  readonly #callerLeft = (): void => {
    if (!this.#isOver) this.destroy();
  };

  async #finish(): Promise<void> {
    if (this.#kind === "json") {
      const json = Buffer.concat(this.#kept).toString("utf8");
      checkJson(json);
      const body = Buffer.from(await this.#transform.answer(json));
      if (this.#response.destroyed) return;
      this.#response.writeHead(this.#status, { ...this.#headers, "content-length": String(body.length) });
      this.#isOver = true;
      this.#response.end(body);
      return;
    }
    if (this.#kind === "stream") {
      const rest = this.#frames.end();
      if (rest.length > 0) await this.#pass([rest]);
      await this.#send(await this.#transform.end());
      this.#begin();
    }
    this.#isOver = true;
    this.#response.end();
  }

  async #pass(frames: readonly Buffer[]): Promise<void> {
    if (frames.length > 0) await this.#send(await this.#transform.frames(frames));
  }

  async #send(frames: readonly Buffer[]): Promise<void> {
    if (frames.length === 0 || this.#response.destroyed) return;
    this.#begin();
    const isRoomLeft = this.#response.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
    if (!isRoomLeft) await this.#drained();
  }

  /** The head of a stream goes out with its first frame: until then a failure can still be told as one. */
  #begin(): void {
    if (this.#kind === "stream" && !this.#response.headersSent)
      this.#response.writeHead(this.#status, this.#headers);
  }

  async #drained(): Promise<void> {
    const response = this.#response;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off("drain", go).off("close", go);
        resolve();
      };
      response.on("drain", go).on("close", go);
    });
  }

  #breakOff(error: Error | null): void {
    this.#failure = error ?? undefined;
    if (!this.#response.headersSent || this.#response.destroyed || this.#isOver) {
      // The one who answered has broken off: so does this.
      if (error === null && this.headersSent && !this.#isOver) this.#response.destroy();
      return;
    }
    this.#isOver = true;
    if (this.#kind === "stream" && error !== null) {
      const about = { message: "the answer could not be checked", type: "server_error", param: null };
      this.#response.end(`data: ${JSON.stringify({ error: { ...about, code: "stream_broken" } })}\n\n`);
    } else this.#response.destroy();
  }
}

/** What can't be read can't be checked. */
function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    const message = "The provider's answer is not valid JSON.";
    throw new WireError({ status: 502, code: "provider_failed", message, cause });
  }
}
