import OpenAI, { AzureOpenAI, toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../models/deployments/operations.ts";
import { createRouter } from "../../models/deployments/router.ts";
import {
  chatAnswer,
  type SeenRequest,
  sendJson,
  startGateway,
  startUpstream,
  type TestGateway,
  type Upstream,
} from "./gateway.fixture.ts";
import { modelsPart } from "./models/models-part.ts";

const sound = Buffer.from([0xff, 0xfb, 0x90, 0x00, 0x0d, 0x0a, 0x2d, 0x2d, 0x00]);
const usage = { input_tokens: 5, output_tokens: 2, total_tokens: 7 };

const answers: Readonly<Record<string, object | Buffer>> = {
  "chat/completions": chatAnswer("Hi"),
  completions: {
    id: "cmpl-1",
    object: "text_completion",
    created: 1,
    model: "m",
    choices: [{ text: "Hi", index: 0, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 },
  },
  responses: {
    id: "resp_1",
    object: "response",
    created_at: 1,
    status: "completed",
    model: "m",
    output: [
      {
        id: "msg_1",
        type: "message",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: "Hi", annotations: [] }],
      },
    ],
    usage,
  },
  embeddings: {
    object: "list",
    model: "m",
    // The client asks for base64 and decodes it: two numbers, 1 and 2.
    data: [
      {
        object: "embedding",
        index: 0,
        embedding: Buffer.from(new Float32Array([1, 2]).buffer).toString("base64"),
      },
    ],
    usage: { prompt_tokens: 4, total_tokens: 4 },
  },
  moderations: {
    id: "modr-1",
    model: "m",
    results: [{ flagged: false, categories: {}, category_scores: {} }],
  },
  "images/generations": { created: 1, data: [{ b64_json: "AAAA" }], usage },
  "images/edits": { created: 1, data: [{ b64_json: "AAAA" }], usage },
  "audio/transcriptions": { text: "good morning", usage: { type: "tokens", ...usage } },
  "audio/translations": { text: "good morning" },
  "audio/speech": sound,
};

let upstream: Upstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    const body = answers[request.url.replace(/^\/v1\//, "")];
    if (body === undefined) sendJson(response, 500, { error: { message: `no answer for ${request.url}` } });
    else if (Buffer.isBuffer(body)) {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.end(body);
    } else sendJson(response, 200, body);
  });
  const target = {
    id: "a",
    provider: "openai-compatible",
    model: "m",
    baseUrl: `${upstream.url}/v1`,
  } as const;
  const router = createRouter([{ name: "gpt", operations: OPERATIONS, targets: [target] }], {
    now: Date.now,
  });
  gateway = await startGateway([target], {
    parts: { models: modelsPart(router, { since: new Date(1_000) }) },
  });
});

afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const clients: readonly (readonly [name: string, make: () => OpenAI])[] = [
  ["OpenAI", () => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 })],
  [
    "OpenAI at Azure's v1 address",
    () => new OpenAI({ baseURL: `${gateway.url}/openai/v1`, apiKey: "good", maxRetries: 0 }),
  ],
  [
    "AzureOpenAI",
    () =>
      new AzureOpenAI({
        endpoint: gateway.url,
        apiKey: "good",
        apiVersion: "2025-04-01-preview",
        maxRetries: 0,
      }),
  ],
  [
    "AzureOpenAI with a deployment",
    () =>
      new AzureOpenAI({
        endpoint: gateway.url,
        apiKey: "good",
        apiVersion: "2025-04-01-preview",
        deployment: "gpt",
        maxRetries: 0,
      }),
  ],
];

const last = (): SeenRequest => upstream.seen.at(-1)!;
const recording = (): Promise<File> => toFile(Buffer.from("RIFF\r\n--x\r\n"), "a.wav");

describe.each(clients)("the client %s", (_name, make) => {
  it("chats, completes and responds", async () => {
    const client = make();
    const chat = await client.chat.completions.create({
      model: "gpt",
      messages: [{ role: "user", content: "Hello" }],
      tools: [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }],
      response_format: { type: "json_schema", json_schema: { name: "s", schema: { type: "object" } } },
      logprobs: true,
    });
    expect(chat.choices[0]?.message.content).toBe("Hi");
    expect(JSON.parse(last().body)).toMatchObject({
      model: "m",
      logprobs: true,
      tools: [{ type: "function" }],
    });
    const completion = await client.completions.create({ model: "gpt", prompt: "Hello" });
    expect(completion.choices[0]?.text).toBe("Hi");
    const response = await client.responses.create({ model: "gpt", input: "Hello" });
    expect(response.output_text).toBe("Hi");
  });

  it("embeds and moderates", async () => {
    const client = make();
    const { data } = await client.embeddings.create({ model: "gpt", input: "Hello" });
    expect(data[0]?.embedding).toEqual([1, 2]);
    const { results } = await client.moderations.create({ model: "gpt", input: "Hello" });
    expect(results[0]?.flagged).toBe(false);
  });

  it("makes and edits pictures", async () => {
    const client = make();
    const made = await client.images.generate({ model: "gpt", prompt: "a cat" });
    expect(made.data?.[0]?.b64_json).toBe("AAAA");
    const edited = await client.images.edit({
      model: "gpt",
      image: await toFile(sound, "a.png"),
      prompt: "a dog",
    });
    expect(edited.data?.[0]?.b64_json).toBe("AAAA");
    expect(last().body).toContain('name="model"\r\n\r\nm\r\n');
  });

  it("hears and speaks", async () => {
    const client = make();
    const heard = await client.audio.transcriptions.create({ model: "gpt", file: await recording() });
    expect(heard.text).toBe("good morning");
    expect(last().body).toContain("RIFF\r\n--x\r\n");
    expect(last().body).toContain('name="model"\r\n\r\nm\r\n');
    const translated = await client.audio.translations.create({ model: "gpt", file: await recording() });
    expect(translated.text).toBe("good morning");
    const spoken = await client.audio.speech.create({ model: "gpt", voice: "alloy", input: "Hello" });
    expect(Buffer.from(await spoken.arrayBuffer())).toEqual(sound);
  });

  it("lists the deployments as models", async () => {
    const client = make();
    const models = [];
    for await (const model of client.models.list()) models.push(model);
    expect(models).toMatchObject([{ id: "gpt", object: "model", created: 1, owned_by: "tandem" }]);
    expect((await client.models.retrieve("gpt")).id).toBe("gpt");
    await expect(client.models.retrieve("other")).rejects.toThrow(/does not exist/);
  });

  it("is told of a wrong key and a wrong name in errors it knows", async () => {
    const client = make();
    const wrong = client.withOptions({ apiKey: "bad" });
    await expect(wrong.moderations.create({ model: "gpt", input: "x" })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    await expect(client.moderations.create({ model: "none", input: "x" })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    );
  });
});
