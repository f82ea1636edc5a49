import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { azureBaseUrl, azureOpenAIModel } from "./azure-openai.ts";
import { connectModel } from "./connect-model.ts";
import { generateJson } from "./generate-json.ts";
import type { GenerateRequest, LanguageModel, StreamPart } from "./language-model.ts";
import { openaiModel } from "./openai.ts";
import { isLoopback, openaiCompatibleModel } from "./openai-compatible.ts";

type Call = { url: string; headers: IncomingHttpHeaders; body: Record<string, unknown>; wasCutOff: boolean };
type Answer = (call: Call, response: ServerResponse, number: number) => void;

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const SCHEMA = {
  type: "object",
  properties: { title: { type: "string" } },
  required: ["title"],
  additionalProperties: false,
};
const request: GenerateRequest = {
  messages: [
    { role: "system", content: "be brief" },
    { role: "user", content: "hello" },
  ],
};

let server: Server;
let base = "";
let calls: Call[] = [];
let answer: Answer;

const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
const refusal = (code: string, message: string): unknown => ({
  error: { message, type: "x", param: null, code },
});
const completion = (content: string, finish = "stop"): unknown => ({
  id: "c1",
  object: "chat.completion",
  created: 1,
  model: "m",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: finish }],
  usage: USAGE,
});

/** Speaks server-sent events as Azure does: first a frame without choices, last one with the usage. */
async function sendStream(
  call: Call,
  response: ServerResponse,
  pieces: readonly string[],
  pause = 0,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const frame = (more: object): void => {
    const chunk = { id: "c1", object: "chat.completion.chunk", created: 1, model: "m", ...more };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  frame({ choices: [], prompt_filter_results: [] });
  for (const content of pieces) {
    frame({ choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] });
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (response.destroyed) return;
  }
  frame({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  const options = call.body.stream_options as { include_usage?: boolean } | undefined;
  if (options?.include_usage === true) frame({ choices: [], usage: USAGE });
  response.end("data: [DONE]\n\n");
}

async function collect(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

beforeAll(async () => {
  server = createServer((incoming, response) => {
    let raw = "";
    incoming.on("data", (piece) => {
      raw += String(piece);
    });
    incoming.on("end", () => {
      const body = JSON.parse(raw === "" ? "{}" : raw) as Record<string, unknown>;
      const call: Call = { url: incoming.url ?? "", headers: incoming.headers, body, wasCutOff: false };
      response.on("close", () => {
        call.wasCutOff = !response.writableFinished;
      });
      answer(call, response, calls.push(call));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  calls = [];
  answer = (call, response) => {
    if (call.body.stream === true) void sendStream(call, response, ["Hel", "lo ", "you"]);
    else send(response, 200, completion("Hello you"));
  };
});

const makers: Record<string, () => LanguageModel> = {
  openai: () => openaiModel({ model: "gpt-test", apiKey: "k", baseUrl: `${base}/v1` }),
  "azure v1": () => azureOpenAIModel({ deployment: "dep", apiKey: "k", endpoint: base }),
  "azure dated": () =>
    azureOpenAIModel({ deployment: "dep", apiKey: "k", endpoint: `${base}/`, apiVersion: "2024-10-21" }),
  compatible: () => openaiCompatibleModel({ model: "m", baseUrl: `${base}/v1/`, apiKey: "k" }),
};
const make = (name: string): LanguageModel => {
  const maker = makers[name];
  if (maker === undefined) throw new Error(name);
  return maker();
};

describe.each(Object.keys(makers))("%s", (name) => {
  it("answers with text, reason and usage", async () => {
    expect(await make(name).generate({ ...request, maxTokens: 50 })).toEqual({
      text: "Hello you",
      finishReason: "stop",
      usage: { inputTokens: 11, outputTokens: 7 },
    });
    expect(calls[0]?.body.messages).toEqual([
      { role: "system", content: "be brief" },
      { role: "user", content: "hello" },
    ]);
    expect(calls[0]?.body).toMatchObject({ temperature: 0, max_tokens: 50 });
  });

  it("streams text and ends with the whole and its usage", async () => {
    const parts = await collect(make(name).stream(request));
    expect(parts.filter((part) => part.kind === "text")).toHaveLength(3);
    expect(parts.at(-1)).toEqual({
      kind: "end",
      generation: { text: "Hello you", finishReason: "stop", usage: { inputTokens: 11, outputTokens: 7 } },
    });
  });

  it("sends a JSON schema and validates the answer", async () => {
    answer = (_call, response) => send(response, 200, completion('{"title":"Q3"}'));
    expect(await generateJson(make(name), { ...request, schema: SCHEMA })).toEqual({ title: "Q3" });
    const format = calls[0]?.body.response_format as { type: string; json_schema: { schema: unknown } };
    expect(format.type).toBe("json_schema");
    expect(format.json_schema.schema).toMatchObject(SCHEMA);
  });

  it("waits as long as a 429 asks, and retries in one layer only", async () => {
    answer = (_call, response, number) => {
      if (number < 3)
        send(response, 429, refusal("rate_limit_exceeded", "slow down"), { "retry-after-ms": "40" });
      else send(response, 200, completion("at last"));
    };
    const started = performance.now();
    expect((await make(name).generate(request)).text).toBe("at last");
    expect(calls).toHaveLength(3);
    expect(performance.now() - started).toBeGreaterThan(75);
    calls = [];
    answer = (_call, response) =>
      send(response, 429, refusal("rate_limit_exceeded", "slow down"), { "retry-after-ms": "1" });
    await expect(make(name).generate(request)).rejects.toMatchObject({ code: "model-failed" });
    expect(calls).toHaveLength(3);
  });

  it("explains a refused key, an unknown model, a filtered prompt and a used-up quota without retrying", async () => {
    for (const [status, code, message, hint] of [
      [401, "invalid_api_key", /did not accept the key: nope/, /key/],
      [404, "model_not_found", /does not know "(gpt-test|dep|m)": nope/, /name/],
      [400, "content_filter", /content filter of .* refused the request/, /passage/],
      [400, "context_length_exceeded", /too long/, /shorter/],
      [429, "insufficient_quota", /no quota left/, /billing/],
    ] as const) {
      calls = [];
      answer = (_call, response) => send(response, status, refusal(code, "nope"));
      const failure: unknown = await make(name)
        .generate(request)
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: "model-failed",
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      expect(calls).toHaveLength(1);
    }
  });

  it("closes the connection when aborted in the middle of a stream", async () => {
    answer = (call, response) =>
      void sendStream(call, response, ["a", "b", "c", "d", "e", "f", "g", "h"], 30);
    const reason = new Error("enough");
    const aborted = new AbortController();
    const reading = (async () => {
      for await (const part of make(name).stream({ ...request, signal: aborted.signal })) {
        if (part.kind === "text") aborted.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    await expect.poll(() => calls[0]?.wasCutOff).toBe(true);
    await expect(make(name).generate({ ...request, signal: aborted.signal })).rejects.toBe(reason);
  });
});

describe("the wire", () => {
  it("uses each vendor's address and header", async () => {
    for (const name of Object.keys(makers)) await make(name).generate(request);
    expect(calls.map(({ url }) => url)).toEqual([
      "/v1/chat/completions",
      "/openai/v1/chat/completions",
      "/openai/deployments/dep/chat/completions?api-version=2024-10-21",
      "/v1/chat/completions",
    ]);
    expect(calls.map(({ headers }) => headers.authorization ?? headers["api-key"])).toEqual([
      "Bearer k",
      "k",
      "k",
      "Bearer k",
    ]);
  });

  it("promises strictness only for schemas that allow it", async () => {
    answer = (_call, response) => send(response, 200, completion("{}"));
    const strictOf = async (schema: Record<string, never>): Promise<unknown> => {
      calls = [];
      await make("openai").generate({ ...request, schema });
      const format = calls[0]?.body.response_format as { json_schema: { strict: boolean } } | undefined;
      return format?.json_schema.strict;
    };
    expect(await strictOf(SCHEMA as never)).toBe(true);
    expect(await strictOf({ ...SCHEMA, required: [] } as never)).toBe(false);
  });

  it("sends a schema whose root is no object as an instruction", async () => {
    answer = (_call, response) => send(response, 200, completion("[1,2]"));
    const schema = { type: "array", items: { type: "integer" } };
    expect(await generateJson(make("openai"), { ...request, schema })).toEqual([1, 2]);
    expect(calls[0]?.body.response_format).toBeUndefined();
    expect(JSON.stringify(calls[0]?.body.messages)).toContain("JSON Schema");
  });

  it("learns that a server takes no schema, and tells the model instead", async () => {
    answer = (call, response) => {
      if (call.body.response_format !== undefined)
        send(response, 400, refusal("bad", "response_format json_schema is not supported"));
      else send(response, 200, completion('{"title":"x"}'));
    };
    const model = make("compatible");
    expect(await generateJson(model, { ...request, schema: SCHEMA })).toEqual({ title: "x" });
    await generateJson(model, { ...request, schema: SCHEMA });
    expect(calls).toHaveLength(3);
  });

  it("learns that a deployment of unknown name is a reasoning model", async () => {
    answer = (call, response) => {
      if (call.body.temperature !== undefined || call.body.max_tokens !== undefined)
        send(
          response,
          400,
          refusal(
            "unsupported_parameter",
            "'max_tokens' is not supported, use 'max_completion_tokens' instead",
          ),
        );
      else send(response, 200, completion("thought"));
    };
    const model = make("azure v1");
    expect((await model.generate({ ...request, maxTokens: 9 })).text).toBe("thought");
    expect(calls[1]?.body.max_completion_tokens).toBe(9);
    await model.generate(request);
    expect(calls).toHaveLength(3);
  });

  it("retries a stream only before its first part", async () => {
    answer = (call, response, number) => {
      if (number === 1) send(response, 503, refusal("busy", "busy"), { "retry-after-ms": "1" });
      else void sendStream(call, response, ["ok"]);
    };
    expect(await collect(make("compatible").stream(request))).toHaveLength(2);
    calls = [];
    answer = (_call, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const chunk = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
      const choices = [{ index: 0, delta: { content: "half" }, finish_reason: null }];
      response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`, () => response.destroy());
    };
    await expect(collect(make("compatible").stream(request))).rejects.toMatchObject({ code: "model-failed" });
    expect(calls).toHaveLength(1);
  });

  it("says that a server cannot be reached, and where", async () => {
    const model = openaiCompatibleModel({ model: "m", baseUrl: "http://127.0.0.1:9/v1", attempts: 1 });
    await expect(model.generate(request)).rejects.toThrow(
      /the server at http:\/\/127\.0\.0\.1:9 could not be reached: .*(ECONNREFUSED|bad port)/,
    );
  });

  it("reports an answer that the filter stopped as such", async () => {
    answer = (_call, response) => send(response, 200, completion("cut", "content_filter"));
    expect((await make("azure v1").generate(request)).finishReason).toBe("content-filter");
  });
});

describe("connecting", () => {
  it("knows which servers are on this machine", () => {
    const local = [
      "http://localhost:1/v1",
      "http://127.0.0.1/v1",
      "http://[::1]:8/v1",
      "http://llm.localhost/v1",
    ];
    const remote = [
      "https://api.example.com/v1",
      "http://10.0.0.1/v1",
      "http://127.0.0.1.example.com/v1",
      "http://localhost.example.com",
    ];
    expect(local.map(isLoopback)).toEqual(local.map(() => true));
    expect(remote.map(isLoopback)).toEqual(remote.map(() => false));
  });

  it("completes an Azure endpoint to what the API wants", () => {
    for (const endpoint of [
      "https://n.openai.azure.com",
      "https://n.openai.azure.com/openai/",
      "https://n.openai.azure.com/openai/v1",
    ]) {
      expect(azureBaseUrl(endpoint, false)).toBe("https://n.openai.azure.com/openai/v1");
      expect(azureBaseUrl(endpoint, true)).toBe("https://n.openai.azure.com/openai");
    }
  });

  it("makes the model a setting describes, or says what it lacks", async () => {
    const model = await connectModel({ provider: "openai-compatible", model: "m", baseUrl: `${base}/v1` });
    expect(model).toMatchObject({ provider: "openai-compatible", id: "m", isLocal: true });
    for (const setting of [
      { provider: "none" },
      { provider: "openai", model: "m" },
      { provider: "azure", deployment: "d", apiKey: "k" },
      { provider: "embedded", model: "smollm2-135m-instruct" },
    ] as const) {
      await expect(connectModel(setting)).rejects.toMatchObject({
        code: "no-model",
        hint: expect.any(String),
      });
    }
  });
});
