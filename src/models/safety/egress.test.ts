import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectTarget } from "../deployments/connect-target.ts";
import { routedModel } from "../deployments/routed-model.ts";
import { createRouter } from "../deployments/router.ts";
import type { DataPolicy, Deployment } from "../deployments/types.ts";
import { generateJson } from "../generate-json.ts";
import type { LanguageModel, StreamPart } from "../language-model.ts";
import { openaiCompatibleModel } from "../openai-compatible.ts";
import { withEgress } from "./egress.ts";
import { type EgressRecord, recordingFetch } from "./egress-ledger.ts";

const SECRET_TEXT = "Ann (ann@example.org, card 4111 1111 1111 1111) asks for the key AKIAIOSFODNN7EXAMPLE.";

describe("what leaves", () => {
  let server: Server;
  let base = "";
  let received: Buffer[] = [];
  let answer = (_body: string): string => "fine";

  beforeEach(async () => {
    received = [];
    answer = () => "fine";
    server = createServer(async (incoming, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of incoming) pieces.push(piece as Buffer);
      const bytes = Buffer.concat(pieces);
      received.push(bytes);
      const { stream } = JSON.parse(bytes.toString()) as { stream?: boolean };
      const content = answer(bytes.toString());
      if (stream === true) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        // Tokens are cut wherever it hurts.
        for (const letter of content)
          response.write(`data: ${JSON.stringify(chunk({ content: letter }, null))}\n\n`);
        response.end(`data: ${JSON.stringify(chunk({}, "stop"))}\n\ndata: [DONE]\n\n`);
        return;
      }
      const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ id: "c", object: "chat.completion", created: 1, model: "m", choices }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const chunk = (delta: object, finish: string | null): object => ({
    id: "c",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const ask = (content: string): { messages: { role: "user"; content: string }[] } => ({
    messages: [{ role: "user", content }],
  });
  const guarded = (policy: DataPolicy, more: { fetch?: typeof fetch } = {}): LanguageModel =>
    withEgress(openaiCompatibleModel({ baseUrl: base, model: "m", ...more }), { policy, isLocal: false });
  /** The part of the request that the answer repeats. */
  const echo = (body: string): string =>
    (JSON.parse(body) as { messages: { content: string }[] }).messages.at(-1)!.content;

  it("is nothing under local-only: refused before any connection", async () => {
    const spy = vi.fn(fetch);
    const model = guarded("local-only", { fetch: spy });
    await expect(model.generate(ask(SECRET_TEXT))).rejects.toMatchObject({ code: "refused" });
    await expect(collect(model.stream(ask(SECRET_TEXT)))).rejects.toMatchObject({ code: "refused" });
    await expect(model.embed!({ texts: [SECRET_TEXT] })).rejects.toMatchObject({ code: "refused" });
    expect(spy).not.toHaveBeenCalled();
    expect(received).toEqual([]);
  });

  it("is everything to a local model, and under any", async () => {
    answer = echo;
    for (const model of [
      withEgress(openaiCompatibleModel({ baseUrl: base, model: "m" }), { policy: "local-only" }),
      guarded("any"),
    ]) {
      expect((await model.generate(ask(SECRET_TEXT))).text).toBe(SECRET_TEXT);
      expect(received.at(-1)!.toString()).toContain("ann@example.org");
    }
  });

  it("has no personal data and no secrets under redact, and the answer has them again", async () => {
    answer = echo;
    const model = guarded("redact");
    expect((await model.generate(ask(SECRET_TEXT))).text).toBe(SECRET_TEXT);
    const parts = await collect(model.stream(ask(SECRET_TEXT)));
    expect(parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("")).toBe(SECRET_TEXT);
    expect(parts.at(-1)).toMatchObject({ kind: "end", generation: { text: SECRET_TEXT } });
    expect(received).toHaveLength(2);
    for (const bytes of received) {
      expect(bytes.toString()).not.toMatch(/ann@|4111|AKIA/);
      expect(bytes.toString()).toContain("[EMAIL-1]");
    }
  });

  it("is masked in schemas too, and JSON answers stay JSON", async () => {
    const key = `-----BEGIN PRIVATE KEY-----\nMIIEvQ"IBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----`;
    answer = () => JSON.stringify({ who: "[EMAIL-1]", key: "[SECRET-1]" });
    const schema = {
      type: "object",
      properties: { who: { enum: ["ann@example.org", "nobody"] }, key: { type: "string" } },
      required: ["who", "key"],
      additionalProperties: false,
    };
    const value = await generateJson(guarded("redact"), { ...ask(`ann@example.org has ${key}`), schema });
    expect(value).toEqual({ who: "ann@example.org", key });
    expect(received[0]!.toString()).not.toContain("ann@example.org");
  });

  it("is written down to the byte, for each job and target", async () => {
    const records: EgressRecord[] = [];
    const at = new Date("2026-11-23T10:00:00Z");
    const sending = recordingFetch({
      ledger: { record: (entry) => void records.push(entry) },
      now: () => at,
      job: "job-1",
      provider: "openai-compatible",
      target: "eu",
    });
    const model = guarded("redact", { fetch: sending });
    await model.generate(ask(SECRET_TEXT));
    await collect(model.stream(ask("zwei Wörter – ☕")));
    await sending(base, { method: "POST", body: new Blob(['{"messages":[{"content":"a blob"}]}']) });
    expect(records).toEqual(
      received.map((bytes) => ({
        job: "job-1",
        provider: "openai-compatible",
        target: "eu",
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        at,
      })),
    );
    expect(records).toHaveLength(3);
  });

  it("is not sent when it cannot be written down", async () => {
    const sending = recordingFetch({
      ledger: { record: () => Promise.reject(new Error("disk full")) },
      now: () => new Date(0),
      job: "j",
      provider: "p",
      target: "t",
    });
    await expect(sending(base, { method: "POST", body: "{}" })).rejects.toThrow("disk full");
    expect(received).toEqual([]);
  });

  it("follows a deployment's policy without anybody asking", async () => {
    answer = echo;
    const deployment: Deployment = {
      name: "writer",
      operations: ["chat"],
      dataPolicy: "redact",
      targets: [{ id: "a", provider: "openai-compatible", model: "m", baseUrl: base, isLocal: false }],
    };
    const router = createRouter([deployment], { now: Date.now });
    const model = routedModel(router, deployment, connectTarget);
    expect((await model.generate(ask(SECRET_TEXT))).text).toBe(SECRET_TEXT);
    expect(received[0]!.toString()).not.toMatch(/ann@|4111|AKIA/);
    expect(() => routedModel(router, deployment, connectTarget, { dataPolicy: "local-only" })).toThrow(
      expect.objectContaining({ code: "no-model" }),
    );
  });
});

async function collect(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
