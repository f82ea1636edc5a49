import { afterEach, describe, expect, it } from "vitest";
import { startGateway, startUpstream, type TestGateway, type Upstream } from "../gateway.fixture.ts";

const opened: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const chunk = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

async function open(answer: Upstream["answer"]): Promise<TestGateway> {
  const upstream = await startUpstream(answer);
  const gateway = await startGateway(
    [{ id: "a", provider: "openai-compatible", model: "m", baseUrl: `${upstream.url}/v1`, isLocal: false }],
    { deployment: { dataPolicy: "redact", filterPolicy: "annotate" } },
  );
  opened.push(upstream, gateway);
  return gateway;
}

const ask = ({ url }: TestGateway, more: object = {}, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer good", "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt", messages: [{ role: "user", content: "ann@example.org" }], ...more }),
    ...(signal && { signal }),
  });

describe("an answer behind policies", () => {
  it("is given up when the caller leaves, and settled on what came", async () => {
    const closed = Promise.withResolvers<void>();
    const gateway = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("one "));
      response.on("close", () => closed.resolve());
    });
    const abort = new AbortController();
    const response = await ask(gateway, { stream: true }, abort.signal);
    await response.body?.getReader().read();
    abort.abort();
    await closed.promise;
    await expect.poll(() => gateway.settled.length).toBe(1);
    expect(gateway.settled[0]).toMatchObject({ isEstimate: true, usage: { outputTokens: 1 } });
  });

  it("says in a stream that it broke off, after all that came", async () => {
    const gateway = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("to [EMAIL-1] and [EMA"));
      setTimeout(() => response.destroy(), 20);
    });
    const text = await (await ask(gateway, { stream: true })).text();
    expect(text).toContain("to ann@example.org and [EMA");
    expect(text.indexOf("stream_broken")).toBeGreaterThan(text.indexOf("[EMA"));
    expect(text).not.toContain("[DONE]");
  });

  it("that breaks off whole is broken off for the caller too", async () => {
    const gateway = await open((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"choices":[');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(ask(gateway).then((response) => response.text())).rejects.toThrow();
  });

  it("that is called JSON and is none is no answer", async () => {
    const gateway = await open((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"choices":[');
    });
    expect((await ask(gateway)).status).toBe(502);
    expect(gateway.settled).toHaveLength(1);
  });

  it("comes whole to a caller who reads slowly", async () => {
    const count = 2_000;
    const gateway = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let at = 0; at < count; at++) response.write(chunk(`${at} [EMAIL-1] ${"x".repeat(2_000)}`));
      response.end(`${chunk("end")}data: [DONE]\n\n`);
    });
    const response = await ask(gateway, { stream: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const text = await response.text();
    expect(text.split("ann@example.org").length - 1).toBe(count);
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    expect(text).not.toContain("[EMAIL-1]");
  });
});
