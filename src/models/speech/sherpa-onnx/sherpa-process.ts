import { type ChildProcess, fork } from "node:child_process";
import { ModelError } from "../../../errors.ts";
import type { SherpaReply, SherpaRequest } from "./sherpa-protocol.ts";

/** Told what the process answers to one question or stream, and of its end. */
export type SherpaListener = {
  readonly onReply: (reply: SherpaReply) => void;
  readonly onEnd: (error: ModelError) => void;
};

/** The process that holds the models, started when it is needed and again after it has died. */
export class SherpaProcess {
  #child: ChildProcess | undefined;
  #said = "";
  #nextId = 1;
  readonly #listeners = new Map<number, SherpaListener>();
  readonly #id: string;

  /** @param id Names the recogniser in messages. */
  constructor(id: string) {
    this.#id = id;
  }

  /** Sends a first message under a number of its own, and gives the number. */
  ask(request: (id: number) => SherpaRequest, listener: SherpaListener): number {
    const id = this.#nextId++;
    this.#listeners.set(id, listener);
    this.#child ??= this.#start();
    this.#child.send(request(id), (error) => {
      if (error !== null) this.#end(id, `it cannot be reached: ${error.message}`);
    });
    return id;
  }

  /** Sends more to a stream; nothing happens when the process is gone. */
  tell(request: SherpaRequest): void {
    if (this.#listeners.has(request.id)) this.#child?.send(request, () => undefined);
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    for (const id of [...this.#listeners.keys()]) this.#end(id, "it was closed");
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  }

  #start(): ChildProcess {
    const url = new URL("./sherpa-program.ts", import.meta.url);
    // The build renames the file, and TypeScript does not rewrite addresses.
    if (!import.meta.url.endsWith(".ts")) url.pathname = url.pathname.replace(/\.ts$/, ".js");
    this.#said = "";
    const child = fork(url, [], {
      execArgv: [],
      // Samples travel as they are, not as text.
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-2_000);
    });
    child.on("message", (reply: SherpaReply) => this.#listeners.get(reply.id)?.onReply(reply));
    child.on("error", () => child.kill("SIGKILL"));
    child.on("close", (code, signal) => {
      if (this.#child === child) this.#child = undefined;
      const reason = lastLine(this.#said) ?? `it ended with ${code ?? signal}`;
      for (const id of [...this.#listeners.keys()]) this.#end(id, reason);
    });
    return child;
  }

  #end(id: number, reason: string): void {
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    listener?.onEnd(
      new ModelError("model-failed", `${this.#id} failed: ${reason}`, {
        hint: "check that the folder holds a whole model made for sherpa-onnx",
      }),
    );
  }
}

/** Sherpa-onnx puts the place in its source before what it says. */
function lastLine(said: string): string | undefined {
  const line = said
    .split("\n")
    .map((each) => each.trim())
    .filter((each) => each !== "" && !each.startsWith("at "))
    .at(-1);
  return line?.replace(/^\S*\.(cc|h):\S+\s*/, "");
}
