import Ajv2020 from "ajv/dist/2020.js";
import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../store/open-store.ts";
import { chatAnswer, sendJson, startUpstream, type Upstream } from "./gateway.fixture.ts";
import { deploymentOf, startService, type TestService, targetAt } from "./open-gateway.fixture.ts";
import { apiDocument } from "./openapi/api-document.ts";
import type { ApiOperation } from "./openapi/document-types.ts";
import type { StatusReport } from "./status/status-report.ts";

const SECRETS = ["sk-canary-1f", "user-canary-2e", "pass-canary-3d", "text-canary-4c"];
let upstream: Upstream;
let service: TestService;

beforeEach(async () => {
  upstream = await startUpstream((_, response) => sendJson(response, 200, chatAnswer("text-canary-4c")));
});

afterEach(async () => {
  await service.close();
  await upstream.close();
});

const read = async (
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${service.url}${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};

const client = async (): Promise<OpenAI> =>
  new OpenAI({ baseURL: `${service.url}/v1`, apiKey: await service.newKey(), maxRetries: 0 });

const chat = (openai: OpenAI, content = "Hello"): Promise<unknown> =>
  openai.chat.completions.create({ model: "gpt", messages: [{ role: "user", content }] });

describe("/readyz", () => {
  it("says why calls can't be answered", async () => {
    const store = await openStore(":memory:");
    service = await startService([], { store });
    const none = await read("/readyz");
    expect(none.status).toBe(503);
    expect(JSON.parse(none.text)).toMatchObject({
      status: "not ready",
      checks: [
        { name: "store", ok: true },
        { name: "migrations", ok: true },
        { name: "deployments", ok: false, reason: "none is configured" },
        { name: "running", ok: true },
      ],
    });
    await service.close();
    service = await startService([deploymentOf(targetAt(upstream.url))], { store });
    expect((await read("/readyz")).status).toBe(200);
    await store.close();
    const gone = await read("/readyz");
    expect(gone.status).toBe(503);
    expect(JSON.parse(gone.text).checks[0]).toEqual({
      name: "store",
      ok: false,
      reason: "it does not answer",
    });
    await service.close().catch(() => {});
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    await service.store.db.deleteFrom("migration").where("version", ">", 1).execute();
    const old = await read("/readyz");
    expect(old.status).toBe(503);
    expect(JSON.parse(old.text).checks[1].reason).toContain("the schema is at 1");
  });

  it("is not ready while the only target has no key or fails", async () => {
    upstream.answer = (_, response) => sendJson(response, 503, { error: { message: "x" } });
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const openai = await client();
    const calls = [1, 2, 3, 4, 5].map(() => chat(openai).catch(() => {}));
    await expect.poll(async () => (await read("/readyz")).status, { timeout: 5_000 }).toBe(503);
    const report = JSON.parse((await read("/status.json")).text) as StatusReport;
    expect(report.deployments[0]?.targets[0]).toMatchObject({ state: "failing", reason: "HTTP 503" });
    expect(report.incidents).toEqual([
      expect.objectContaining({ deployment: "gpt", target: "a", ended: null, reason: "HTTP 503" }),
    ]);
    expect((await read("/status")).text).toContain("Not available: gpt.");
    await service.close();
    await Promise.all(calls);
    const problemOf = (): string => "its key is not set";
    service = await startService([deploymentOf(targetAt(upstream.url))], { problemOf });
    expect((await read("/readyz")).status).toBe(503);
    expect((await read("/status")).text).toContain("its key is not set");
  });
});

describe("/metrics", () => {
  it("is for admin keys, and for this machine only where no proxy stands in front", async () => {
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    await chat(await client());
    const { status, text } = await read("/metrics");
    expect(status).toBe(200);
    expect(text).toContain('tandem_calls_total{deployment="gpt",target="a",operation="chat",status="200"} 1');
    expect((await read("/metrics", { "x-forwarded-for": "10.0.0.1" })).status).toBe(401);
    expect((await read("/metrics", { "api-key": await service.newKey() })).status).toBe(403);
    expect((await read("/status")).status).toBe(200);
    await service.close();
    service = await startService([], { isBehindProxy: true, isStatusPrivate: true });
    for (const path of ["/metrics", "/status", "/status.json"]) {
      expect((await read(path)).status).toBe(401);
      expect((await read(path, { "api-key": await service.newKey(["chat"]) })).status).toBe(403);
      const admin = `Bearer ${await service.newKey(["admin"])}`;
      expect((await read(path, { authorization: admin })).status).toBe(200);
    }
    expect((await read("/readyz")).status).toBe(503);
    expect((await read("/docs")).status).toBe(200);
  });
});

describe("pages and answers about the server", () => {
  it("hold no key, no address with credentials and no text; neither does the log", async () => {
    const [key = "", user, password, text] = SECRETS;
    const odd = targetAt(upstream.url, {
      id: "odd",
      apiKey: key,
      baseUrl: `http://${user}:${password}@127.0.0.1:9/v1`,
      order: 0,
    });
    const good = targetAt(upstream.url, { apiKey: key, order: 1 });
    service = await startService([deploymentOf(odd, good)]);
    const secret = await service.newKey();
    const openai = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: secret, maxRetries: 0 });
    for (let call = 0; call < 3; call++) await chat(openai, text);
    await openai.chat.completions.create({ model: text!, messages: [] }).catch(() => {});
    const pages = ["/status", "/status.json", "/metrics", "/docs", "/openapi.json", "/readyz"];
    const seen = await Promise.all(pages.map((path) => read(path)));
    expect(seen.map(({ status }) => status)).toEqual(pages.map(() => 200));
    const everything = [...seen.map((each) => each.text), service.log()].join("\n");
    for (const canary of [...SECRETS, secret, secret.slice(4)]) expect(everything).not.toContain(canary);
    expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it("ask nothing of anybody else and have no script or style in their text", async () => {
    service = await startService([{ ...deploymentOf(targetAt(upstream.url)), name: `<b>"x"&` }]);
    for (const path of ["/status", "/docs"]) {
      const { text } = await read(path);
      const loaded = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!);
      expect(loaded.length).toBeGreaterThan(3);
      for (const address of loaded) expect(address).toMatch(/^(\/|#|data:,)/);
      expect(text).not.toMatch(/<style|<script(?! src="\/pages\/page\.js" defer><)| on\w+="| style="/);
      expect(text).not.toContain("<b>");
      expect(text).toContain('<html lang="en">');
    }
    expect((await read("/status")).text).toContain("&lt;b&gt;&quot;x&quot;&amp;");
    expect((await read("/pages/page.css")).text).toContain("prefers-color-scheme: dark");
    expect((await read("/pages/page.js")).text).toContain("clipboard");
  });
});

describe("/openapi.json", () => {
  it("describes what is served: each address answers, and its answers have the form it says", async () => {
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const document = JSON.parse((await read("/openapi.json")).text) as ReturnType<typeof apiDocument>;
    expect(document).toEqual(JSON.parse(JSON.stringify(apiDocument(service.url))));
    for (const [path, methods] of Object.entries(document.paths)) {
      if (path.startsWith("/api/live/")) continue;
      for (const method of Object.keys(methods)) {
        const address = `${service.url}${path.replace(/\{\w+\}/g, "x")}?api-version=2024-10-21`;
        const { status } = await fetch(address, {
          method: method.toUpperCase(),
          ...(method === "post" && {
            body: '{"model":"gpt"}',
            headers: { "content-type": "application/json" },
          }),
        });
        expect(status, `${method} ${path}`).toBe(/^\/(v1|openai)\//.test(path) ? 401 : 200);
      }
    }
    const openai = await client();
    const admin = { authorization: `Bearer ${await service.newKey(["admin"])}` };
    const file = await openai.files.create({
      file: await toFile(Buffer.from("{}"), "a.jsonl"),
      purpose: "batch",
    });
    const batch = await openai.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    const answers: readonly (readonly [schema: string, answer: unknown])[] = [
      ["ChatCompletion", await chat(openai)],
      ["File", file],
      ["Batch", batch],
      ...(await Promise.all(
        (
          [
            ["ModelList", "/v1/models"],
            ["Model", "/openai/v1/models/gpt"],
            ["FileList", "/v1/files"],
            ["BatchList", "/v1/batches"],
            ["Error", "/v1/files/none"],
            ["UsagePage", "/v1/organization/usage/completions?start_time=1"],
            ["CostPage", "/v1/organization/costs?start_time=1&limit=180"],
            ["Status", "/status.json"],
            ["Readiness", "/readyz"],
            ["Health", "/healthz"],
          ] as const
        ).map(async ([schema, path]) => [schema, JSON.parse((await read(path, admin)).text)] as const),
      )),
    ];
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "https://tandem.invalid/api", ...document });
    for (const [schema, answer] of answers) {
      const validate = ajv.compile({ $ref: `https://tandem.invalid/api#/components/schemas/${schema}` });
      expect(validate(answer), `${schema}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
    const operations = Object.values(document.paths).flatMap((each) => Object.values(each) as ApiOperation[]);
    expect(operations.length).toBeGreaterThan(80);
  });
});

describe("pages of other origins", () => {
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${service.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-stainless-os",
      },
    });

  it("may not call unless they are named; an OPTIONS is answered all the same", async () => {
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const answer = await preflight("https://docs.acme.example");
    expect(answer.status).toBe(204);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("may call with a key when they are named, and read limits and ids", async () => {
    const origin = "https://docs.acme.example";
    service = await startService([deploymentOf(targetAt(upstream.url))], { origins: [origin] });
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    expect(asked.headers.get("access-control-allow-headers")).toContain("x-stainless-os");
    expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
    expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
    expect(asked.headers.get("vary")).toBe("Origin");
    const other = await preflight("https://docs.acme.example.evil.example");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    const key = await service.newKey();
    const call = (auth: string): Promise<Response> =>
      fetch(`${service.url}/v1/chat/completions`, {
        method: "POST",
        headers: { origin, authorization: auth, "content-type": "application/json" },
        body: JSON.stringify({ model: "gpt", messages: [{ role: "user", content: "Hi" }] }),
      });
    for (const [auth, status] of [[`Bearer ${key}`, 200] as const, ["Bearer no", 401] as const]) {
      const answer = await call(auth);
      expect(answer.status).toBe(status);
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer.headers.get("access-control-expose-headers")).toContain("x-request-id");
    }
    expect(
      (await fetch(`${service.url}/status`, { headers: { origin } })).headers.has(
        "access-control-allow-origin",
      ),
    ).toBe(false);
  });
});
