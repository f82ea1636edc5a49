import { Worker } from "node:worker_threads";
import type { InstalledModel } from "./model-folder.ts";
import { type CompiledEngine, compileWasm } from "./wasm-module.ts";
import type { WorkerReply, WorkerRequest, WorkerText } from "./worker-protocol.ts";

/** What a worker is asked to do; the models are loaded when they are not there yet. */
export type Job = {
  readonly route: readonly InstalledModel[];
  readonly texts: readonly WorkerText[];
};

/** The engine's own words about a job it could not do. */
export class WorkerFailure extends Error {
  /** True when the model itself could not be loaded, so that other texts fail as well. */
  readonly isModelFault: boolean;

  constructor(message: string, isModelFault: boolean) {
    super(message);
    this.name = "WorkerFailure";
    this.isModelFault = isModelFault;
  }
}

type Waiting = {
  readonly job: Job;
  readonly resolve: (texts: readonly string[]) => void;
  readonly reject: (reason: unknown) => void;
};

type Request =
  | Omit<Extract<WorkerRequest, { kind: "load" }>, "id">
  | Omit<Extract<WorkerRequest, { kind: "translate" }>, "id">;

/** A model takes about 200 MB in a worker and is never given back to the system, so a crowded worker starts afresh. */
const MODELS_PER_WORKER = 4;

/** One thread, started when it is needed, replaced when it breaks. */
class Slot {
  #worker: Worker | undefined;
  readonly #loaded = new Set<string>();
  #count = 0;
  isBusy = false;

  async run({ route, texts }: Job, compiled: CompiledEngine): Promise<readonly string[]> {
    const missing = route.filter(({ key }) => !this.#loaded.has(key));
    if (this.#loaded.size + missing.length > MODELS_PER_WORKER && missing.length > 0) await this.stop();
    this.#worker ??= this.#start(compiled);
    for (const { key, files } of route) {
      if (this.#loaded.has(key)) continue;
      const reply = await this.#ask({ kind: "load", key, files });
      if ("error" in reply) throw new WorkerFailure(`the model ${key} does not load: ${reply.error}`, true);
      this.#loaded.add(key);
    }
    const reply = await this.#ask({ kind: "translate", keys: route.map(({ key }) => key), texts });
    if ("error" in reply) throw new WorkerFailure(reply.error, false);
    return reply.texts;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#loaded.clear();
    await worker?.terminate();
  }

  #start(compiled: CompiledEngine): Worker {
    const url = new URL("./worker.ts", import.meta.url);
    // The build renames the file, and TypeScript does not rewrite addresses.
    if (!import.meta.url.endsWith(".ts")) url.pathname = url.pathname.replace(/\.ts$/, ".js");
    const worker = new Worker(url, { workerData: compiled, name: "translation" });
    // Between two requests as well, a thread that dies must not take the program with it.
    worker.on("error", () => this.#forget(worker)).on("exit", () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#loaded.clear();
  }

  async #ask(request: Request): Promise<WorkerReply> {
    const worker = this.#worker;
    if (worker === undefined) throw new WorkerFailure("the engine was closed", false);
    this.#count += 1;
    const id = this.#count;
    worker.ref();
    try {
      const reply = await replyTo(worker, { ...request, id });
      if ("error" in reply && reply.isFatal) await this.stop();
      return reply;
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      // An idle engine does not keep a program running.
      worker.unref();
    }
  }
}

function replyTo(worker: Worker, request: WorkerRequest): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off("message", answered).off("error", crashed).off("exit", ended);
    };
    const answered = (reply: WorkerReply): void => {
      if (reply.id !== request.id) return;
      done();
      resolve(reply);
    };
    const crashed = (error: Error): void => {
      done();
      reject(new WorkerFailure(error.message, false));
    };
    const ended = (code: number): void => {
      done();
      reject(new WorkerFailure(`its thread ended with ${code}`, false));
    };
    worker.on("message", answered).on("error", crashed).on("exit", ended);
    worker.postMessage(request);
  });
}

/** Threads that translate, each with its own copy of the engine, and the jobs that wait for one. */
export class WorkerPool {
  readonly #slots: readonly Slot[];
  #waiting: Waiting[] = [];
  #compiled: Promise<CompiledEngine> | undefined;
  #isClosed = false;

  constructor(workers: number) {
    this.#slots = Array.from({ length: workers }, () => new Slot());
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Runs a job when a thread is free. An abort rejects at once; what a thread is at is then finished in vain. */
  run(job: Job, signal?: AbortSignal): Promise<readonly string[]> {
    if (this.#isClosed) return Promise.reject(new WorkerFailure("the engine was closed", true));
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        reject(signal?.reason);
      };
      const settled = (): void => signal?.removeEventListener("abort", stop);
      const waiting: Waiting = {
        job,
        resolve: (texts) => {
          settled();
          resolve(texts);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0))
      reject(new WorkerFailure("the engine was closed", true));
    await Promise.all(this.#slots.map((slot) => slot.stop()));
  }

  #next(): void {
    const slot = this.#slots.find((each) => !each.isBusy);
    const waiting = slot === undefined ? undefined : this.#waiting.shift();
    if (slot === undefined || waiting === undefined) return;
    slot.isBusy = true;
    this.#compiled ??= compileWasm();
    this.#compiled
      .then((compiled) => slot.run(waiting.job, compiled))
      .then(waiting.resolve, waiting.reject)
      .finally(() => {
        slot.isBusy = false;
        this.#next();
      });
  }
}
