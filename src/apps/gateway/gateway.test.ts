import { once } from "node:events";
import { connect } from "node:net";
import OpenAI, { AzureOpenAI } from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { Target } from "../../models/deployments/types.ts";
import {
  chatAnswer,
  sendJson,
  startGateway,
  startUpstream,
  type TestGateway,
  type Upstream,
} from "./gateway.fixture.ts";

const opened: { readonly close: () => Promise<void> }[] = [];
const keep = <T extends { readonly close: () => Promise<void> }>(each: T): T => {
  opened.push(each);
  return each;
};
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const target = (upstream: Upstream, more: Partial<Target> = {}): Target => ({
  id: "a",
  provider: "openai-compatible",
  model: "upstream-model",
  baseUrl: `${upstream.url}/v1`,
  apiKey: "provider-secret",
  ...more,
});

const post = (gateway: TestGateway, path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(`${gateway.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer good" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });

const ask = { model: "gpt", messages: [{ role: "user", content: "Hello" }] } as const;

describe("a call that passes through", () => {
  it("reaches the provider with its own model and key, and nothing else changed", async () => {
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const gateway = keep(await startGateway([target(upstream)]));
    const body = '{"model":"gpt", "seed":12345678901234567890,"messages":[{"role":"user","content":"Hé"}]}';
    const response = await post(gateway, "/v1/chat/completions", body);
    expect(await response.json()).toEqual(chatAnswer("Hi"));
    const [seen] = upstream.seen;
    expect(seen?.body).toBe(Buffer.from(body.replace('"gpt"', '"upstream-model"')).toString("latin1"));
    expect(seen?.headers.authorization).toBe("Bearer provider-secret");
    expect(JSON.stringify(seen?.headers)).not.toContain("good");
    expect(response.headers.get("x-ratelimit-remaining-requests")).toBe("9");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.settled).toMatchObject([
      { usage: { inputTokens: 11, outputTokens: 3 }, target: "a", isEstimate: false, status: 200 },
    ]);
  });

  it.each(["openai", "azure-v1", "azure-dated"])(
    "works for the official client in the %s shape",
    async (shape) => {
      const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
      const gateway = keep(await startGateway([target(upstream)]));
      const client =
        shape === "azure-dated"
          ? new AzureOpenAI({
              endpoint: gateway.url,
              apiKey: "good",
              apiVersion: "2024-10-21",
              maxRetries: 0,
            })
          : new OpenAI({
              baseURL: `${gateway.url}/${shape === "openai" ? "v1" : "openai/v1"}`,
              apiKey: "good",
              maxRetries: 0,
            });
      const { data, request_id } = await client.chat.completions
        .create({ ...ask, messages: [...ask.messages] })
        .withResponse();
      expect(data.choices[0]?.message.content).toBe("Hi");
      expect(request_id).toBeTruthy();
      expect(gateway.admitted[0]).toMatchObject({ secret: "good", operation: "chat", deployment: "gpt" });
    },
  );

  it("streams the provider's bytes, counts them and keeps the usage from who didn't ask", async () => {
    const frames = ["one", "two"].map(
      (text) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`,
    );
    const usage =
      'data: {"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}\n\n';
    const upstream = keep(
      await startUpstream((_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (const frame of frames) response.write(frame);
        response.end(`${usage}data: [DONE]\n\n`);
      }),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const plain = await post(gateway, "/v1/chat/completions", { ...ask, stream: true });
    expect(await plain.text()).toBe(`${frames.join("")}data: [DONE]\n\n`);
    expect(JSON.parse(upstream.seen[0]?.body ?? "").stream_options).toEqual({ include_usage: true });
    const asked = { ...ask, stream: true, stream_options: { include_usage: true } };
    expect(await (await post(gateway, "/v1/chat/completions", asked)).text()).toBe(
      `${frames.join("")}${usage}data: [DONE]\n\n`,
    );
    expect(gateway.settled.map((each) => each.usage)).toEqual([
      { inputTokens: 4, outputTokens: 2 },
      { inputTokens: 4, outputTokens: 2 },
    ]);
  });

  it("gives up the provider's answer when the caller leaves, and settles on what came", async () => {
    let closed: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const upstream = keep(
      await startUpstream((_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('data: {"choices":[{"index":0,"delta":{"content":"one"}}]}\n\n');
        response.on("close", () => closed?.());
      }),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const abort = new AbortController();
    const response = await post(gateway, "/v1/chat/completions", { ...ask, stream: true }, abort.signal);
    await response.body?.getReader().read();
    abort.abort();
    await isClosed;
    await expect.poll(() => gateway.settled.length).toBe(1);
    expect(gateway.settled[0]).toMatchObject({ isEstimate: true, usage: { outputTokens: 1 } });
    expect(gateway.released).toEqual([]);
  });
});

describe("a provider that fails", () => {
  it("is passed over before the first byte", async () => {
    const broken = keep(await startUpstream((_, response) => sendJson(response, 500, { error: {} })));
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const gateway = keep(await startGateway([target(broken), target(upstream, { id: "b", order: 1 })]));
    const response = await post(gateway, "/v1/chat/completions", ask);
    expect(response.status).toBe(200);
    expect([broken.seen.length, upstream.seen.length]).toEqual([1, 1]);
    expect(gateway.settled).toMatchObject([{ target: "b" }]);
  });

  it("is not passed over when it refuses the request itself", async () => {
    const refusal = { error: { message: "too long", type: "invalid_request_error", param: null, code: "x" } };
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 422, refusal)));
    const other = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const gateway = keep(await startGateway([target(upstream), target(other, { id: "b", order: 1 })]));
    const response = await post(gateway, "/v1/chat/completions", ask);
    expect([response.status, await response.json()]).toEqual([422, refusal]);
    expect(other.seen).toEqual([]);
    expect(gateway.released).toEqual([1]);
  });

  it("says so in a stream that breaks off", async () => {
    const upstream = keep(
      await startUpstream((_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('data: {"choices":[{"index":0,"delta":{"content":"one"}}]}\n\n');
        setTimeout(() => response.destroy(), 20);
      }),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const text = await (await post(gateway, "/v1/chat/completions", { ...ask, stream: true })).text();
    expect(text).toContain('"content":"one"');
    expect(text).toContain("stream_broken");
    expect(text).not.toContain("[DONE]");
  });

  it("never shows its key, address or refusal of our key", async () => {
    const upstream = keep(
      await startUpstream((_, response) =>
        sendJson(response, 401, { error: { message: "Incorrect API key provided: provider-secret" } }),
      ),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const response = await post(gateway, "/v1/chat/completions", ask);
    const text = await response.text();
    expect(response.status).toBe(502);
    expect(text).not.toContain("provider-secret");
    expect(text).not.toContain(upstream.url);
  });

  it("that limits its calls is told to the caller with its time", async () => {
    const upstream = keep(
      await startUpstream((_, response) =>
        sendJson(response, 429, { error: {} }, { "retry-after-ms": "900" }),
      ),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const response = await post(gateway, "/v1/chat/completions", ask);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after-ms")).toBe("900");
    expect(response.headers.get("retry-after")).toBe("1");
  });
});

describe("a request that cannot be served", () => {
  it("is refused in OpenAI's error shape", async () => {
    const gateway = keep(await startGateway([]));
    const bad = await post(gateway, "/v1/chat/completions", "{");
    expect(bad.status).toBe(400);
    expect(Object.keys((await bad.json()).error)).toEqual(["message", "type", "param", "code"]);
    const unknown = await post(gateway, "/v1/chat/completions", { ...ask, model: "other" });
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, "model_not_found"]);
    const wrong = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify(ask),
    });
    expect([wrong.status, (await wrong.json()).error.code]).toEqual([401, "invalid_api_key"]);
    const tuning = await post(gateway, "/v1/fine_tuning/jobs", {});
    expect([tuning.status, (await tuning.json()).error.code]).toEqual([501, "not_implemented"]);
    const nowhere = await post(gateway, "/v1/threads", {});
    expect(nowhere.status).toBe(404);
  });
});

describe("a large body", () => {
  it("is not read for a caller without a key", async () => {
    const gateway = keep(await startGateway([]));
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (data) => {
      answer += String(data);
    });
    socket.write("POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-length: 150000000\r\n\r\n");
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).toContain('"code":"invalid_api_key"');
  });
});

describe("callers that leave", () => {
  it("are not held against the provider", async () => {
    const waiting: (() => void)[] = [];
    const upstream = keep(
      await startUpstream((_, response) => {
        waiting.push(() => sendJson(response, 200, chatAnswer("Hi")));
      }),
    );
    const gateway = keep(await startGateway([target(upstream)]));
    const abort = new AbortController();
    const calls = Array.from({ length: 20 }, () => post(gateway, "/v1/chat/completions", ask, abort.signal));
    const settled = Promise.allSettled(calls);
    await expect.poll(() => upstream.seen.length).toBe(20);
    abort.abort();
    expect((await settled).map(({ status }) => status)).toEqual(calls.map(() => "rejected"));
    await expect.poll(() => gateway.released.length).toBe(20);
    const next = post(gateway, "/v1/chat/completions", ask);
    await expect.poll(() => upstream.seen.length).toBe(21);
    waiting.at(-1)?.();
    expect((await next).status).toBe(200);
  });
});
