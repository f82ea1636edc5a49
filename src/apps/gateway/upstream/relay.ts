import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { TokenUsage } from "../../../models/deployments/types.ts";
import { StreamMeter } from "../stream/meter-stream.ts";
import { readUsage } from "../stream/read-usage.ts";
import type { CallerResponse } from "./caller-response.ts";
import type { TargetRequest } from "./target-request.ts";

/** An answer that was passed on: whole, or as much of it as came. */
export type Relayed = {
  readonly status: number;
  readonly usage?: TokenUsage;
  /** Events of a stream that were passed on. */
  readonly events: number;
  readonly firstByteMs: number;
  /** False when the answer broke off, on either side. */
  readonly isWhole: boolean;
  readonly isCallerGone: boolean;
};

/** An attempt that sent nothing to the caller, so that another target can be tried. */
export class RelayFailure extends Error {
  readonly statusCode: number | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;

  constructor(
    reason: string,
    answer?: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer },
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = "RelayFailure";
    this.statusCode = answer?.status;
    const headers = Object.entries(answer?.headers ?? {});
    this.responseHeaders = Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
    this.responseBody = answer?.body.toString("utf8") ?? "";
  }
}

/** The caller left before the first byte: nobody's fault. */
export class CallerGone extends Error {
  constructor() {
    super("the caller has left");
    this.name = "CallerGone";
  }
}

export type RelayOptions = {
  readonly dispatcher: Dispatcher;
  /** Headers of ours that every answer has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isStream: boolean;
  /** True when the caller asked for the usage of the stream. */
  readonly keepsUsage: boolean;
  /** Most milliseconds to the first byte of the answer. */
  readonly firstByteTimeoutMs: number;
  /** Most milliseconds between two bytes of it. */
  readonly idleTimeoutMs: number;
};

const PASSED_ON = ["content-type", "content-length", "openai-processing-ms", "location", "x-ms-region"];
/** An error's text is short; what is longer is cut. */
const MAX_ERROR_BYTES = 64 * 1024;
/** The usage stands at an answer's end. */
const MAX_KEPT_BYTES = 1024 * 1024;

/**
 * Sends a request to a provider and its answer to the caller, byte by byte, as fast as the caller reads. Rejects with
 * `RelayFailure`, the caller's response untouched, for an error status and a failure before the first byte.
 */
export function relay(
  request: TargetRequest,
  response: CallerResponse,
  options: RelayOptions,
): Promise<Relayed> {
  return new Promise((resolve, reject) => new Relay(response, options, resolve, reject).start(request));
}

class Relay implements Dispatcher.DispatchHandler {
  readonly #response: CallerResponse;
  readonly #options: RelayOptions;
  readonly #resolve: (relayed: Relayed) => void;
  readonly #reject: (failure: RelayFailure | CallerGone) => void;
  readonly #meter: StreamMeter;
  readonly #started = performance.now();
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #firstByteMs = 0;
  #failure: IncomingHttpHeaders | undefined;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #isOver = false;

  constructor(
    response: CallerResponse,
    options: RelayOptions,
    resolve: (relayed: Relayed) => void,
    reject: (failure: RelayFailure | CallerGone) => void,
  ) {
    this.#response = response;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#meter = new StreamMeter({ keepsUsage: options.keepsUsage });
  }

  start({ origin, path, headers, body }: TargetRequest): void {
    const { dispatcher, firstByteTimeoutMs, idleTimeoutMs } = this.#options;
    this.#response.on("close", this.#callerLeft).on("drain", this.#resume);
    dispatcher.dispatch(
      {
        origin,
        path,
        method: "POST",
        headers,
        body,
        headersTimeout: firstByteTimeoutMs,
        bodyTimeout: idleTimeoutMs,
      },
      this,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#response.destroyed) this.#callerLeft();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#firstByteMs = performance.now() - this.#started;
    if (status >= 400) {
      this.#failure = headers;
      return;
    }
    if (this.#response.destroyed) return;
    const answer: Record<string, string | string[]> = {};
    for (const name of PASSED_ON) {
      const value = headers[name];
      // The usage may be left out of a stream.
      if (value === undefined || (name === "content-length" && this.#options.isStream)) continue;
      answer[name] = value;
    }
    this.#response.writeHead(status, Object.assign(answer, this.#options.headers));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#failure !== undefined) this.#keep(chunk, MAX_ERROR_BYTES);
    else if (this.#isEventStream) this.#sendFrames(this.#meter.push(chunk), controller);
    else {
      this.#keep(chunk, MAX_KEPT_BYTES);
      this.#send(chunk, controller);
    }
  }

  onResponseEnd(): void {
    if (this.#failure !== undefined) {
      const answer = { status: this.#status, headers: this.#failure, body: whole(this.#kept) };
      this.#fail(new RelayFailure(`it answered ${this.#status}`, answer));
      return;
    }
    if (this.#isEventStream) this.#sendFrames([this.#meter.end()], undefined);
    this.#response.end();
    this.#serve(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver) return;
    if (this.#response.headersSent) this.#breakOff("the provider's answer broke off");
    else this.#fail(new RelayFailure(reasonOf(error), undefined, { cause: error }));
  }

  get #isEventStream(): boolean {
    return this.#options.isStream && this.#status < 300;
  }

  readonly #callerLeft = (): void => {
    if (this.#isOver || this.#response.writableFinished) return;
    if (this.#firstByteMs > 0 && this.#failure === undefined) this.#serve(false, true);
    else this.#fail(new CallerGone());
    // Only now: the abort comes back as an error, which would look like the provider's.
    this.#controller?.abort(new CallerGone());
  };

  readonly #resume = (): void => this.#controller?.resume();

  #sendFrames(frames: readonly Buffer[], controller: Dispatcher.DispatchController | undefined): void {
    const bytes = whole(frames);
    if (bytes.length > 0) this.#send(bytes, controller);
  }

  #send(bytes: Buffer, controller: Dispatcher.DispatchController | undefined): void {
    if (this.#response.destroyed) return;
    if (!this.#response.write(bytes)) controller?.pause();
  }

  /** Keeps the end of the answer: there stands the usage. */
  #keep(chunk: Buffer, most: number): void {
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    while (this.#kept.length > 1 && this.#keptBytes - this.#kept[0]!.length >= most) {
      this.#keptBytes -= this.#kept.shift()!.length;
    }
  }

  /** Says in the stream that it is not whole: an answer that just ends would look like one that is. */
  #breakOff(message: string): void {
    if (this.#options.isStream && !this.#response.destroyed) {
      const error = { message, type: "server_error", param: null, code: "stream_broken" };
      this.#response.end(`data: ${JSON.stringify({ error })}\n\n`);
    } else this.#response.destroy();
    this.#serve(false);
  }

  #serve(isWhole: boolean, isCallerGone = false): void {
    const usage = this.#options.isStream ? this.#meter.usage : readUsage(whole(this.#kept));
    this.#end();
    this.#resolve({
      status: this.#status,
      ...(usage === undefined ? {} : { usage }),
      events: this.#meter.events,
      firstByteMs: this.#firstByteMs,
      isWhole,
      isCallerGone,
    });
  }

  #fail(failure: RelayFailure | CallerGone): void {
    this.#end();
    this.#reject(failure);
  }

  #end(): void {
    this.#isOver = true;
    this.#response.off("close", this.#callerLeft).off("drain", this.#resume);
  }
}

/** The pieces as one; a single one, which is the rule, is not copied. */
function whole(pieces: readonly Buffer[]): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** What kind of failure it was, without addresses or text of the request. */
function reasonOf(error: Error): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === "string" ? code : error.name;
}
