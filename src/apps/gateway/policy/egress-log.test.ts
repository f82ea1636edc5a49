import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Target } from "../../../models/deployments/types.ts";
import { openaiModerations } from "../../../models/safety/hosted-filters.ts";
import { openStore, type Store } from "../../store/open-store.ts";
import { startGateway, type TestGateway } from "../gateway.fixture.ts";
import { type EgressLog, openEgressLog } from "./egress-log.ts";
import { listEgress } from "./list-egress.ts";
import { maskSessions } from "./mask-sessions.ts";

let store: Store;
let log: EgressLog;
const received: Buffer[] = [];
const closing: (() => Promise<unknown>)[] = [];
let status = 200;
let url = "";

beforeEach(async () => {
  received.length = 0;
  status = 200;
  store = await openStore(":memory:");
  log = openEgressLog(store, { now: () => new Date("2026-11-23T09:00:00Z") });
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    received.push(Buffer.concat(pieces));
    if (request.url?.includes("broken")) {
      response.writeHead(500).end("{}");
    } else if (request.url?.includes("cut")) {
      response.destroy();
    } else if (received.at(-1)!.includes('"stream":true')) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(
        'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      );
    } else {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          choices: [],
          data: [],
          output: [],
          results: [{}, {}, {}],
          object: "list",
          text: "",
        }),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await log.close();
  await store.close();
});

const target = (id: string, path = ""): Target => ({
  id,
  provider: "openai-compatible",
  model: "upstream-model",
  baseUrl: `${url}${path}/v1`,
  isLocal: false,
  region: "westeurope",
});
async function gatewayOf(
  targets: readonly Target[],
  more: Parameters<typeof startGateway>[1] = {},
): Promise<TestGateway> {
  const gateway = await startGateway(targets, {
    ...more,
    gateway: { record: log.record, sessions: maskSessions({ now: Date.now }), ...more.gateway },
  });
  closing.push(gateway.close);
  return gateway;
}
const clientOf = ({ url: base }: TestGateway): OpenAI =>
  new OpenAI({ baseURL: `${base}/v1`, apiKey: "good", maxRetries: 0 });
const hashes = (pieces: readonly Buffer[]): string[] =>
  pieces.map((each) => createHash("sha256").update(each).digest("hex"));

describe("the egress ledger", () => {
  it("has the exact bytes that left, for every operation, stream and attempt", async () => {
    const gateway = await gatewayOf([
      target("broken", "/broken"),
      { ...target("cut", "/cut"), order: 1 },
      { ...target("eu"), order: 2 },
    ]);
    const client = clientOf(gateway);
    const messages = [{ role: "user" as const, content: "zwei Wörter – ☕" }];
    const sound = await toFile(Buffer.from([0xff, 0x00, 0x0d, 0x0a]), "a.mp3");
    await client.chat.completions.create({ model: "gpt", messages });
    for await (const _ of await client.chat.completions.create({ model: "gpt", messages, stream: true }));
    await client.completions.create({ model: "gpt", prompt: "x" });
    await client.responses.create({ model: "gpt", input: "x" });
    await client.embeddings.create({ model: "gpt", input: "x", encoding_format: "float" });
    await client.moderations.create({ model: "gpt", input: "x" });
    await client.images.generate({ model: "gpt", prompt: "x" });
    await client.images.edit({ model: "gpt", prompt: "x", image: sound });
    await client.audio.transcriptions.create({ model: "gpt", file: sound });
    await client.audio.translations.create({ model: "gpt", file: sound });
    await client.audio.speech.create({ model: "gpt", input: "x", voice: "alloy" });
    await log.flush();
    const entries = await listEgress(store, {});
    // Two targets fail until their breakers open.
    expect(received.length).toBeGreaterThan(15);
    expect(entries.map(({ sha256, bytes }) => [sha256, Number(bytes)]).sort()).toEqual(
      received.map((each, at) => [hashes(received)[at], each.length]).sort(),
    );
    expect(new Set(entries.map(({ operation }) => operation)).size).toBe(10);
    expect(entries.find((each) => each.target === "eu")).toMatchObject({
      at: "2026-11-23T09:00:00.000Z",
      keyId: "key-1",
      projectId: "project-1",
      deployment: "gpt",
      provider: "openai-compatible",
      region: "westeurope",
      policy: "any",
      masked: 0,
      job: null,
    });
  });

  it("tells masked calls and their jobs apart, and what went to filters", async () => {
    const gateway = await gatewayOf([target("eu")], {
      deployment: { dataPolicy: "redact", filterPolicy: "annotate" },
      gateway: {
        openFilters: (send) => ({
          texts: openaiModerations({ apiKey: "k", baseUrl: `${url}/v1`, fetch: send }),
        }),
      },
    });
    await clientOf(gateway).chat.completions.create(
      { model: "gpt", messages: [{ role: "user", content: "ann@example.org and bob@example.org" }] },
      { headers: { "x-tandem-job": "job-1" } },
    );
    await log.flush();
    const entries = await listEgress(store, { job: "job-1" });
    expect(entries.map(({ sha256 }) => sha256).sort()).toEqual(hashes(received).sort());
    expect(entries.map(({ provider, policy, masked }) => [provider, policy, masked]).sort()).toEqual([
      ["content-filter", "redact", 0],
      ["openai-compatible", "redact", 2],
    ]);
    expect(Buffer.concat(received).toString()).not.toContain("@example.org");
    expect(await listEgress(store, { job: "other" })).toEqual([]);
    expect(await listEgress(store, { since: new Date("2026-11-24") })).toEqual([]);
    const table = JSON.stringify((await sql`select * from egress`.execute(store.db)).rows);
    expect(table).not.toMatch(/example|and bob/);
  });

  it("keeps rows while the store is away, and lets nothing leave that it could not keep", async () => {
    await log.close();
    log = openEgressLog(store, { now: () => new Date(), mostWaiting: 3, pauseMs: 60_000 });
    const gateway = await gatewayOf([target("eu")]);
    const ask = (): Promise<unknown> =>
      clientOf(gateway).chat.completions.create({ model: "gpt", messages: [{ role: "user", content: "x" }] });
    await sql`alter table egress rename to away`.execute(store.db);
    for (let at = 0; at < 3; at++) await ask();
    await expect(log.flush()).rejects.toThrow();
    await expect(ask()).rejects.toMatchObject({ status: 500 });
    expect(received).toHaveLength(3);
    expect(gateway.gateway.router.states("gpt")[0]).toMatchObject({ breaker: "closed", failures: 0 });
    await sql`alter table away rename to egress`.execute(store.db);
    await log.flush();
    await ask();
    await log.close();
    expect(await listEgress(store, {})).toHaveLength(4);
  });
});
