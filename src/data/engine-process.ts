import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { QueryError } from "../errors.ts";
import { type EngineCommand, engineCommand, engineEnvironment } from "./engine-command.ts";
import { createFrameReader, encodeFrame } from "./frames.ts";
import type { EngineReply, EngineRequest } from "./messages.ts";

type Waiting = { readonly resolve: (reply: EngineReply) => void; readonly reject: (error: unknown) => void };

const START_MS = 20_000;
/** Characters of the engine's standard error that are kept to tell why it died. */
const KEPT_ERRORS = 4000;

/** One engine process: requests go to it one at a time, and it may die at any moment. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  #waiting: Waiting | undefined;
  #death: QueryError | undefined;
  #errors = "";
  readonly #exited: Promise<void>;

  private constructor(command: EngineCommand) {
    this.#child = spawn(command.program, command.arguments, {
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      cwd: tmpdir(),
      env: engineEnvironment(),
      windowsHide: true,
    });
    this.#input = this.#child.stdin!;
    const read = createFrameReader<EngineReply>();
    const output = this.#child.stdio[3] as Readable;
    output.on("data", (chunk: Uint8Array) => {
      for (const { message } of read(chunk)) this.#settle(message);
    });
    output.on("error", () => {});
    this.#input.on("error", () => {});
    this.#child.stderr!.on("data", (chunk: Uint8Array) => {
      this.#errors = (this.#errors + new TextDecoder().decode(chunk)).slice(-KEPT_ERRORS);
    });
    this.#exited = new Promise((resolve) => {
      const end = (signal: string | null) => {
        this.#death ??= deathError(signal, this.#errors);
        this.#waiting?.reject(this.#death);
        this.#waiting = undefined;
        resolve();
      };
      this.#child.once("error", (error) => {
        this.#death = new QueryError("engine-failed", "the data engine can't be started", { cause: error });
        end(null);
      });
      // After `close` its last words have been read too.
      this.#child.once("close", (_code, signal) => end(signal));
    });
  }

  /** Starts an engine; without the operating system's limit where it does not come up under it. */
  static async start(memoryMb: number): Promise<EngineProcess> {
    const command = engineCommand(memoryMb, true);
    try {
      return await EngineProcess.#startWith(command);
    } catch (error) {
      if (!command.isLimited) throw error;
      return EngineProcess.#startWith(engineCommand(memoryMb, false));
    }
  }

  static async #startWith(command: EngineCommand): Promise<EngineProcess> {
    const engine = new EngineProcess(command);
    const failure = new QueryError("engine-failed", "the data engine does not answer");
    const timer = setTimeout(() => engine.#kill(failure), START_MS);
    try {
      await engine.#reply();
    } finally {
      clearTimeout(timer);
    }
    engine.#setIdle();
    return engine;
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  /** Sends a request and waits for its reply; kills the process where none comes within `killAfterMs`. */
  async request(message: EngineRequest, killAfterMs?: number): Promise<EngineReply> {
    if (this.#death) throw this.#death;
    const timeout = new QueryError("query-timeout", "the query took too long and was stopped", {
      hint: "filter or aggregate earlier, or allow more time",
    });
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => this.#kill(timeout), killAfterMs);
    try {
      const reply = this.#reply();
      this.#write(message, []);
      return await reply;
    } finally {
      clearTimeout(timer);
      this.#setIdle();
    }
  }

  /** Sends a message that has no reply; resolves when the pipe takes more, or when the process is gone. */
  async send(message: EngineRequest, parts: readonly ArrayBufferView[] = []): Promise<void> {
    if (this.#death || this.#write(message, parts)) return;
    let drained = () => {};
    const drain = new Promise<void>((resolve) => {
      drained = resolve;
      this.#input.once("drain", drained);
    });
    await Promise.race([drain, this.#exited]);
    this.#input.off("drain", drained);
  }

  /** Asks the running query to stop and kills the process if it does not within `killAfterMs`. */
  cancel(killAfterMs: number): void {
    if (!this.isAlive || !this.#waiting) return;
    const waiting = this.#waiting;
    this.#write({ kind: "cancel" }, []);
    setTimeout(() => {
      if (this.#waiting === waiting) this.#kill(new QueryError("query-timeout", "the query was cancelled"));
    }, killAfterMs).unref();
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.ref();
    this.#kill(new QueryError("engine-failed", "the database is closed"));
    await this.#exited;
  }

  #write(message: EngineRequest, parts: readonly ArrayBufferView[]): boolean {
    this.#child.ref();
    this.#input.cork();
    let hasRoom = true;
    for (const piece of encodeFrame(message, parts)) hasRoom = this.#input.write(piece);
    this.#input.uncork();
    return hasRoom;
  }

  #reply(): Promise<EngineReply> {
    return new Promise((resolve, reject) => {
      if (this.#death) reject(this.#death);
      else this.#waiting = { resolve, reject };
    });
  }

  #settle(reply: EngineReply): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(reply);
  }

  /** Whoever waits is answered now: a large process takes a while to be gone. */
  #kill(reason: QueryError): void {
    this.#death ??= reason;
    this.#waiting?.reject(this.#death);
    this.#waiting = undefined;
    this.#child.kill("SIGKILL");
  }

  /** An engine that nobody waits for must not keep the program running. */
  #setIdle(): void {
    this.#child.unref();
    for (const stream of [this.#child.stdin, this.#child.stderr, this.#child.stdio[3]]) {
      (stream as unknown as { unref?: () => void } | null)?.unref?.();
    }
  }
}

/** The engine kills itself when it grows too large, and V8 aborts when it gets no memory: both are the same to a user. */
function deathError(signal: string | null, errors: string): QueryError {
  const isMemory = signal === "SIGKILL" || /out of memory|allocation failed|bad_alloc/i.test(errors);
  if (isMemory) {
    return new QueryError(
      "query-memory",
      "the data engine needed more memory than it may take, and was stopped",
      {
        hint: "filter or aggregate earlier, or raise the memory limit",
      },
    );
  }
  return new QueryError("engine-failed", "the data engine stopped unexpectedly", {
    hint: "ask the question in another way; the tables are loaded again for the next query",
    ...(errors ? { cause: new Error(errors) } : {}),
  });
}
