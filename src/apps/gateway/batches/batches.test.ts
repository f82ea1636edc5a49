import OpenAI, { AzureOpenAI, toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../../json.ts";
import { openJobs } from "../../store/jobs/open-jobs.ts";
import { workJobs } from "../../store/jobs/work-jobs.ts";
import { openStore, type Store } from "../../store/open-store.ts";
import { filesPart } from "../files/files-part.ts";
import {
  chatAnswer,
  sendJson,
  startGateway,
  startUpstream,
  type TestGateway,
  type Upstream,
} from "../gateway.fixture.ts";
import { BATCH_QUEUE } from "./batch-job.ts";
import { batchesPart } from "./batches-part.ts";
import { runBatch } from "./run-batch.ts";

let store: Store;
let upstream: Upstream;
let gateway: TestGateway;
let stop = new AbortController();
let worker: Promise<void> | undefined;
const now = (): Date => new Date();

beforeEach(async () => {
  store = await openStore(":memory:");
  upstream = await startUpstream((request, response) => {
    const { messages } = JSON.parse(request.body) as { messages: { content: string }[] };
    const text = messages[0]?.content ?? "";
    if (text.includes("bad"))
      sendJson(response, 400, { error: { message: "bad", type: "x", param: null, code: "x" } });
    else sendJson(response, 200, chatAnswer(`re: ${text}`));
  });
  const jobs = openJobs(store);
  gateway = await startGateway(
    [{ id: "a", provider: "openai-compatible", model: "m", baseUrl: `${upstream.url}/v1` }],
    { parts: { files: filesPart(store, { now }), batches: batchesPart({ store, jobs, now }) } },
  );
});

afterEach(async () => {
  stop.abort();
  await worker;
  worker = undefined;
  await gateway.close();
  await upstream.close();
  await store.close();
});

function startWorker(leaseMs?: number): void {
  stop = new AbortController();
  const jobs = openJobs(store, leaseMs === undefined ? {} : { leaseMs });
  worker = workJobs(jobs, {
    queues: [BATCH_QUEUE],
    signal: stop.signal,
    pollMs: 10,
    handle: async (claim, signal) =>
      (await runBatch(claim, signal, {
        store,
        jobs,
        gateway: gateway.gateway,
        now,
        concurrency: 2,
      })) as unknown as Json,
  });
}

const client = (): OpenAI => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 });

function inputOf(texts: readonly string[]): string {
  return texts
    .map((content, index) =>
      JSON.stringify({
        custom_id: `line-${index}`,
        method: "POST",
        url: "/v1/chat/completions",
        body: { model: "gpt", messages: [{ role: "user", content }] },
      }),
    )
    .join("\n");
}

async function startBatch(openai: OpenAI, input: string): Promise<OpenAI.Batch> {
  const file = await openai.files.create({
    file: await toFile(Buffer.from(input), "in.jsonl"),
    purpose: "batch",
  });
  return openai.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
    metadata: { who: "test" },
  });
}

async function ended(openai: OpenAI, id: string): Promise<OpenAI.Batch> {
  await expect
    .poll(async () => (await openai.batches.retrieve(id)).status, { timeout: 8_000 })
    .not.toMatch(/validating|in_progress/);
  return openai.batches.retrieve(id);
}

type Row = {
  custom_id: string;
  response: { status_code: number; body: { choices: { message: { content: string } }[] } };
};

async function rowsOf(openai: OpenAI, id: string | null | undefined): Promise<Row[]> {
  const text = await (await openai.files.content(id!)).text();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

describe("a batch", () => {
  it.each(["OpenAI", "AzureOpenAI"])("is made, run and read by the client %s", async (name) => {
    const openai =
      name === "OpenAI"
        ? client()
        : new AzureOpenAI({
            endpoint: gateway.url,
            apiKey: "good",
            apiVersion: "2025-04-01-preview",
            maxRetries: 0,
          });
    const batch = await startBatch(openai, inputOf(["one", "bad", "three"]));
    expect(batch.status).toBe("validating");
    startWorker();
    const done = await ended(openai, batch.id);
    expect(done).toMatchObject({
      status: "completed",
      request_counts: { total: 3, completed: 2, failed: 1 },
      metadata: { who: "test" },
    });
    const rows = await rowsOf(openai, done.output_file_id);
    expect(rows.map((each) => [each.custom_id, each.response.body.choices[0]?.message.content])).toEqual([
      ["line-0", "re: one"],
      ["line-2", "re: three"],
    ]);
    expect(await rowsOf(openai, done.error_file_id)).toMatchObject([
      { custom_id: "line-1", response: { status_code: 400 } },
    ]);
    const listed = [];
    for await (const each of openai.batches.list()) listed.push(each.id);
    expect(listed).toEqual([batch.id]);
    expect(gateway.settled.length).toBe(2);
  });

  it("goes on where its worker stopped, with each line once", async () => {
    const openai = client();
    const texts = Array.from({ length: 30 }, (_, index) => `text ${index}`);
    const batch = await startBatch(openai, inputOf(texts));
    const { answer } = upstream;
    upstream.answer = (request, response) => setTimeout(() => answer(request, response), 15);
    startWorker();
    await expect.poll(() => upstream.seen.length).toBeGreaterThan(8);
    stop.abort();
    await worker;
    const before = await openai.batches.retrieve(batch.id);
    expect(before.request_counts?.completed).toBeLessThan(30);
    startWorker();
    const done = await ended(openai, batch.id);
    const rows = await rowsOf(openai, done.output_file_id);
    expect(rows.map((each) => each.response.body.choices[0]?.message.content)).toEqual(
      texts.map((each) => `re: ${each}`),
    );
    expect(upstream.seen.length).toBeLessThanOrEqual(30 + 2);
  });

  it("with a line that is wrong is not run at all", async () => {
    const openai = client();
    const input = `${inputOf(["one"])}\n{"custom_id":"x","method":"GET"}\nnot json`;
    const batch = await startBatch(openai, input);
    startWorker();
    const done = await ended(openai, batch.id);
    expect(done.status).toBe("failed");
    expect(done.errors?.data?.map((each) => [each.line, each.code])).toEqual([
      [2, "invalid_method"],
      [3, "invalid_json_line"],
    ]);
    expect(upstream.seen).toEqual([]);
  });

  it("that is cancelled keeps what was answered", async () => {
    const openai = client();
    const batch = await startBatch(openai, inputOf(["one", "two"]));
    expect((await openai.batches.cancel(batch.id)).status).toBe("cancelled");
    startWorker();
    expect((await ended(openai, batch.id)).status).toBe("cancelled");
    expect(upstream.seen).toEqual([]);
  });

  it("is nobody else's", async () => {
    const openai = client();
    await expect(openai.batches.retrieve("batch_other")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(
      openai.batches.create({
        input_file_id: "file-x",
        endpoint: "/v1/chat/completions",
        completion_window: "24h",
      }),
    ).rejects.toThrow(/No such File/);
  });
});

describe("files", () => {
  it("are kept to the byte, listed and deleted", async () => {
    const openai = client();
    const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));
    const file = await openai.files.create({ file: await toFile(content, "ä b.bin"), purpose: "user_data" });
    expect(file).toMatchObject({ bytes: 3_000_000, filename: "ä b.bin", purpose: "user_data" });
    const read = Buffer.from(await (await openai.files.content(file.id)).arrayBuffer());
    expect(read.equals(content)).toBe(true);
    const listed = [];
    for await (const each of openai.files.list({ purpose: "user_data" })) listed.push(each.id);
    expect(listed).toEqual([file.id]);
    expect(await openai.files.delete(file.id)).toMatchObject({ deleted: true });
    await expect(openai.files.retrieve(file.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });
});
