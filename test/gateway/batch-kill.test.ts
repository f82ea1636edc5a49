import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  chatAnswer,
  sendJson,
  startUpstream,
  type Upstream,
} from "../../src/apps/gateway/gateway.fixture.ts";
import { createKey } from "../../src/apps/gateway/keys/keys.ts";
import { createProject } from "../../src/apps/gateway/keys/projects.ts";
import { openStore } from "../../src/apps/store/open-store.ts";
import { openaiProblems } from "./openai-schemas.ts";

let folder: string;
let secret: string;
let upstream: Upstream;
/** How often each text was asked for. */
let asked: Map<string, number>;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tandem-batch-"));
  asked = new Map();
  await using store = await openStore(join(folder, "store.sqlite"));
  const now = new Date();
  await createProject(store, { name: "test", now });
  ({ secret } = await createKey(store, { project: "test", name: "key", now }));
  upstream = await startUpstream(async (request, response) => {
    const { messages } = JSON.parse(request.body) as { messages: { content: string }[] };
    const text = messages[0]!.content;
    asked.set(text, (asked.get(text) ?? 0) + 1);
    await pause(10);
    sendJson(response, 200, chatAnswer(`re: ${text}`));
  });
});

afterEach(async () => {
  for (const child of children) await kill(child);
  await upstream.close();
  rmSync(folder, { recursive: true, force: true });
});

type Started = { readonly child: ChildProcess; readonly openai: OpenAI };

async function start(): Promise<Started> {
  const file = join(import.meta.dirname, "batch-server.fixture.ts");
  const child = fork(file, [join(folder, "store.sqlite"), upstream.url], { execArgv: [] });
  children.add(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(String(message)));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, openai: new OpenAI({ baseURL: `${url}/v1`, apiKey: secret, maxRetries: 2 }) };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

async function startBatch(openai: OpenAI, texts: readonly string[]): Promise<OpenAI.Batch> {
  const lines = texts.map((content, index) =>
    JSON.stringify({
      custom_id: `line-${index}`,
      method: "POST",
      url: "/v1/chat/completions",
      body: { model: "gpt", messages: [{ role: "user", content }] },
    }),
  );
  const file = await openai.files.create({
    file: await toFile(Buffer.from(lines.join("\n")), "in.jsonl"),
    purpose: "batch",
  });
  expect(openaiProblems("OpenAIFile", file)).toEqual([]);
  return openai.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
}

/** The answers of a batch once it is over, in the order of its output. */
async function answersOf(openai: OpenAI, id: string): Promise<readonly [id: string, answer: string][]> {
  const settings = { timeout: 60_000, interval: 200 };
  await expect.poll(async () => (await openai.batches.retrieve(id)).status, settings).toBe("completed");
  const batch = await openai.batches.retrieve(id);
  // The service, and the description's own examples, have null where its schema has nothing.
  const present = Object.fromEntries(Object.entries(batch).filter(([, value]) => value !== null));
  expect(openaiProblems("Batch", present)).toEqual([]);
  const content = await (await openai.files.content(batch.output_file_id!)).text();
  return content
    .trim()
    .split("\n")
    .map((line) => {
      const row = JSON.parse(line) as {
        custom_id: string;
        response: { body: OpenAI.ChatCompletion };
      };
      return [row.custom_id, row.response.body.choices[0]?.message.content ?? ""];
    });
}

const wanted = (texts: readonly string[]): readonly [string, string][] =>
  texts.map((text, index) => [`line-${index}`, `re: ${text}`]);
const textsOf = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

it("finishes a batch whose server was killed three times, each line once in its output", async () => {
  const texts = textsOf("text", 120);
  let { child, openai } = await start();
  const { id } = await startBatch(openai, texts);
  for (const many of [15, 50, 90]) {
    await expect.poll(() => asked.size, { timeout: 30_000, interval: 5 }).toBeGreaterThan(many);
    await kill(child);
    ({ child, openai } = await start());
  }
  expect(await answersOf(openai, id)).toEqual(wanted(texts));
  expect((await openai.batches.retrieve(id)).request_counts).toEqual({
    total: 120,
    completed: 120,
    failed: 0,
  });
  // Only a line under way when the server was killed may have been asked for again: four at a time.
  const again = [...asked.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(again).toBeLessThanOrEqual(3 * 4);
  const files = [];
  for await (const file of openai.files.list({ purpose: "batch_output" })) files.push(file.id);
  expect(files).toHaveLength(1);
}, 120_000);

it("is shared by two processes on one store that work on two batches, no line asked for twice", async () => {
  const [one, other] = [await start(), await start()];
  const [first, second] = [textsOf("first", 60), textsOf("second", 60)];
  const batches = [await startBatch(one.openai, first), await startBatch(one.openai, second)];
  // Either server tells of both.
  expect(await answersOf(other.openai, batches[0]!.id)).toEqual(wanted(first));
  expect(await answersOf(one.openai, batches[1]!.id)).toEqual(wanted(second));
  expect(asked.size).toBe(120);
  expect([...asked].filter(([, times]) => times > 1)).toEqual([]);
}, 120_000);
