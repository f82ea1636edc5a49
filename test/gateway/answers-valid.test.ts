import { afterAll, beforeAll, expect, it } from "vitest";
import { scriptedModel } from "../../src/models/scripted.ts";
import { openaiProblems } from "./openai-schemas.ts";
import { type ServedGateway, serveGateway } from "./served-gateway.fixture.ts";

let gateway: ServedGateway;
let secret: string;

beforeAll(async () => {
  gateway = await serveGateway(
    [
      {
        name: "gpt",
        operations: ["chat", "responses", "completions", "embeddings"],
        targets: [{ id: "here", provider: "embedded", model: "scripted" }],
      },
    ],
    async () => scriptedModel(() => "Good morning to you"),
  );
  secret = await gateway.newKey({}, ["admin"]);
});

afterAll(() => gateway[Symbol.asyncDispose]());

type Asked = { readonly method?: string; readonly body?: unknown; readonly key?: string };

async function ask(path: string, { method = "GET", body, key = secret }: Asked = {}): Promise<Response> {
  const isForm = body instanceof FormData;
  return fetch(`${gateway.url}${path}`, {
    method: body === undefined ? method : "POST",
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && !isForm && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  });
}

/** The service, and the description's own examples, have null where the schemas of batches have nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutNulls(each)]));
}

async function valid(
  schema: string,
  answer: Response,
  status: number,
): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(status);
  expect(answer.headers.get("x-request-id")).toBeTruthy();
  const checked = /Batch/.test(schema) ? withoutNulls(body) : body;
  expect(openaiProblems(schema, checked), `${schema}: ${JSON.stringify(body)}`).toEqual([]);
  return body as Readonly<Record<string, unknown>>;
}

async function eventsOf(answer: Response): Promise<readonly unknown[]> {
  expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const frames = (await answer.text()).split("\n\n").filter((frame) => frame !== "");
  const data = frames.map((frame) => frame.slice(frame.indexOf("data: ") + 6));
  return data.filter((each) => each !== "[DONE]").map((each) => JSON.parse(each) as unknown);
}

const messages = [{ role: "user", content: "Good day" }];

it("answers calls to the embedded model as the description says, whole and streamed", async () => {
  const chat = { model: "gpt", messages };
  await valid("CreateChatCompletionResponse", await ask("/v1/chat/completions", { body: chat }), 200);
  await valid(
    "CreateCompletionResponse",
    await ask("/v1/completions", { body: { model: "gpt", prompt: "Good" } }),
    200,
  );
  await valid("Response", await ask("/v1/responses", { body: { model: "gpt", input: "Good" } }), 200);
  const streamed = { ...chat, stream: true, stream_options: { include_usage: true } };
  const chunks = await eventsOf(await ask("/v1/chat/completions", { body: streamed }));
  expect(chunks.length).toBeGreaterThan(2);
  for (const chunk of chunks) expect(openaiProblems("CreateChatCompletionStreamResponse", chunk)).toEqual([]);
  const events = await eventsOf(
    await ask("/v1/responses", { body: { model: "gpt", input: "Good", stream: true } }),
  );
  expect(events.length).toBeGreaterThan(4);
  for (const event of events) expect(openaiProblems("ResponseStreamEvent", event)).toEqual([]);
});

it("lists models, keeps files and makes batches as the description says", async () => {
  await valid("ListModelsResponse", await ask("/v1/models"), 200);
  await valid("Model", await ask("/v1/models/gpt"), 200);
  const form = new FormData();
  form.set("purpose", "batch");
  const body = { model: "gpt", messages };
  const line = { custom_id: "a", method: "POST", url: "/v1/chat/completions", body };
  form.set("file", new Blob([JSON.stringify(line)]), "in.jsonl");
  const { id } = await valid("OpenAIFile", await ask("/v1/files", { body: form }), 200);
  await valid("OpenAIFile", await ask(`/v1/files/${id}`), 200);
  await valid("ListFilesResponse", await ask("/v1/files"), 200);
  const order = { input_file_id: id, endpoint: "/v1/chat/completions", completion_window: "24h" };
  const batch = await valid("Batch", await ask("/v1/batches", { body: order }), 200);
  await valid("Batch", await ask(`/v1/batches/${batch.id}`), 200);
  await valid("ListBatchesResponse", await ask("/v1/batches"), 200);
  await valid("Batch", await ask(`/v1/batches/${batch.id}/cancel`, { method: "POST" }), 200);
  await valid("DeleteFileResponse", await ask(`/v1/files/${id}`, { method: "DELETE" }), 200);
});

it("tells usage and costs as the description says", async () => {
  await ask("/v1/chat/completions", { body: { model: "gpt", messages } });
  const since = Math.floor(Date.now() / 1_000) - 3_600;
  for (const path of ["usage/completions", "usage/embeddings", "costs"]) {
    const page = await valid(
      "UsageResponse",
      await ask(`/v1/organization/${path}?start_time=${since}&bucket_width=1d`),
      200,
    );
    expect(page.object).toBe("page");
  }
});

it("refuses as the description says", async () => {
  const refused: readonly [status: number, path: string, asked: Asked][] = [
    [401, "/v1/models", { key: "wrong" }],
    [401, "/openai/models?api-version=2024-10-21", { key: "wrong" }],
    [404, "/v1/nothing", {}],
    [404, "/v1/models/none", {}],
    [404, "/v1/files/file-none", {}],
    [404, "/v1/batches/batch_none", {}],
    [404, "/v1/chat/completions", { body: { model: "none", messages } }],
    [404, "/openai/deployments/gpt/chat/completions", { body: { messages } }],
    [400, "/v1/chat/completions", { body: [] }],
    [400, "/v1/chat/completions", { body: { model: "gpt", messages: "x" } }],
    [400, "/v1/chat/completions", { body: { messages } }],
    [400, "/v1/images/generations", { body: { model: "gpt", prompt: "x" } }],
    [400, "/v1/files", { body: {} }],
    [400, "/v1/batches", { body: {} }],
  ];
  for (const [status, path, asked] of refused) await valid("ErrorResponse", await ask(path, asked), status);
});
