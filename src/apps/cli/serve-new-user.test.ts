import { type ChildProcess, execFile, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import OpenAI, { AzureOpenAI } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatAnswer, sendJson, startUpstream, type Upstream } from "../gateway/gateway.fixture.ts";
import type { ApiDocument } from "../gateway/openapi/document-types.ts";

const CLI = fileURLToPath(new URL("run-cli.fixture.ts", import.meta.url));
const CANARY = "sk-canary-93b1";
const run = promisify(execFile);

/** Ends the process at SIGTERM where it alone listens, as signal-exit does once an embedded model is loaded. */
const LAST_LISTENER = `data:text/javascript,${encodeURIComponent(`
  const timer = setInterval(() => {
    if (process.listenerCount("SIGTERM") === 0) return;
    clearInterval(timer);
    process.on("SIGTERM", () => {
      if (process.listenerCount("SIGTERM") === 1) process.kill(process.pid, "SIGKILL");
    });
  }, 20);
  timer.unref();
`)}`;

let folder: string;
let upstream: Upstream;
let child: ChildProcess | undefined;
let finishStream: (() => void) | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandem-new-user-"));
  upstream = await startUpstream(({ body }, response) => {
    if ((JSON.parse(body) as { stream?: boolean }).stream === true) streamAnswer(response);
    else sendJson(response, 200, chatAnswer("Good morning"));
  });
  const target = {
    provider: "openai-compatible",
    model: "m",
    baseUrl: `${upstream.url}/v1`,
    apiKeyEnv: "UP_KEY",
  };
  const config = { deployments: { gpt: { targets: [{ ...target, price: { input: 1, output: 2 } }] } } };
  await writeFile(join(folder, "tandem.config.json"), JSON.stringify(config));
});

afterEach(async () => {
  child?.kill("SIGKILL");
  child = undefined;
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two words at once, the rest when the test says so. */
function streamAnswer(response: ServerResponse): void {
  const send = (fields: object): void => {
    response.write(`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", ...fields })}\n\n`);
  };
  const delta = (content: string): object => ({
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  });
  response.writeHead(200, { "content-type": "text/event-stream" });
  send(delta("Good "));
  finishStream = () => {
    send(delta("morning"));
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    send({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } });
    response.end("data: [DONE]\n\n");
  };
}

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  TANDEM_DATA: join(folder, "data"),
  TANDEM_CACHE: join(folder, "cache"),
  TANDEM_CONFIG: join(folder, "none.json"),
  UP_KEY: CANARY,
});

async function tandem(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [CLI, ...args], { cwd: folder, env: environment() });
  return stdout;
}

type Serving = {
  readonly url: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
};

async function serve(): Promise<Serving> {
  const args = ["--import", LAST_LISTENER, CLI, "serve", "--port", "0", "--json", "--verbose"];
  const started = spawn(process.execPath, args, {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  let [out, all] = ["", ""];
  started.stdout.on("data", (data: Buffer) => {
    out += data;
    all += data;
  });
  started.stderr.on("data", (data: Buffer) => {
    all += data;
  });
  const ended = new Promise<number | null>((resolve) => started.once("exit", resolve));
  await expect.poll(() => out, { timeout: 30_000 }).toContain("\n}");
  const { url, deployments } = JSON.parse(out) as { url: string; deployments: string[] };
  expect(deployments).toEqual(["gpt"]);
  return { url, output: () => all, ended };
}

describe("tandem serve, as a new user has it", () => {
  it("serves OpenAI's and Azure's clients with a key just made, and loses nothing when it ends", async () => {
    const { url, output, ended } = await serve();
    const { secret } = JSON.parse(await tandem("keys", "create", "app", "--json")) as { secret: string };
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: secret, maxRetries: 0 });
    const ask = { model: "gpt", messages: [{ role: "user" as const, content: "Hello" }] };
    expect((await openai.chat.completions.create(ask)).choices[0]?.message.content).toBe("Good morning");
    const azure = new AzureOpenAI({
      endpoint: url,
      apiKey: secret,
      apiVersion: "2024-10-21",
      deployment: "gpt",
      maxRetries: 0,
    });
    expect((await azure.chat.completions.create(ask)).choices[0]?.message.content).toBe("Good morning");
    expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
    await expectServed(url);

    let text = "";
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? "";
      if (text !== "Good ") continue;
      // The server is told to end in the middle of an answer, and the answer still comes whole.
      child?.kill("SIGTERM");
      await expect.poll(output, { timeout: 5_000 }).toContain("closing:");
      await expect(fetch(`${url}/healthz`, { headers: { connection: "close" } })).rejects.toThrow();
      finishStream?.();
    }
    expect(text).toBe("Good morning");
    const waiting = performance.now();
    expect(await ended).toBe(0);
    // Once the last answer is out, nothing is waited for: not for the ten seconds that it might have taken.
    expect(performance.now() - waiting).toBeLessThan(8_000);
    expect(output()).not.toContain(CANARY);
    expect(output()).not.toContain(secret);

    const { egress } = JSON.parse(await tandem("egress", "--json")) as { egress: { sha256: string }[] };
    const sent = upstream.seen.map(({ body }) => hash("sha256", Buffer.from(body, "latin1"), "hex"));
    expect(egress.map(({ sha256 }) => sha256).sort()).toEqual(sent.sort());
    const { usage } = JSON.parse(await tandem("usage", "--by", "deployment", "--json")) as {
      usage: object[];
    };
    expect(usage).toEqual([
      expect.objectContaining({
        calls: 3,
        inputTokens: 11 + 11 + 7,
        outputTokens: 3 + 3 + 2,
        estimatedCalls: 0,
      }),
    ]);
  }, 90_000);

  it("says plainly when its port is taken or its store can't be opened", async () => {
    const taken = new URL(upstream.url).port;
    const failure = async (
      env: NodeJS.ProcessEnv,
      ...args: string[]
    ): Promise<{ code: number; stderr: string }> =>
      run(process.execPath, [CLI, "serve", ...args], {
        cwd: folder,
        env: { ...environment(), ...env },
        timeout: 30_000,
      }).then(
        () => ({ code: 0, stderr: "" }),
        (error: { code: number; stderr: string }) => error,
      );
    const port = await failure({}, "--port", taken);
    expect(port.code).toBe(5);
    expect(port.stderr).toContain(`something else listens at 127.0.0.1:${taken}`);
    expect(port.stderr).toContain("hint: name another port with --port");
    const store = await failure({ TANDEM_STORE: join(folder, "tandem.config.json") }, "--port", "0");
    expect(store.code).toBe(1);
    expect(store.stderr).toMatch(/can't be opened as a store/);
    expect(store.stderr).not.toContain("    at ");
  }, 90_000);
});

/** What the document says is there is there: rooms, pages, probes. */
async function expectServed(url: string): Promise<void> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      const address = `${url}${path.replace(/\{\w+\}/g, "x")}?api-version=2024-10-21`;
      const { status } = await fetch(address, {
        method: method.toUpperCase(),
        ...(method === "post" && {
          body: '{"model":"gpt"}',
          headers: { "content-type": "application/json" },
        }),
      });
      expect(status, `${method} ${path}`).toBe(/^\/(v1|openai|api)\//.test(path) ? 401 : 200);
    }
  }
}
