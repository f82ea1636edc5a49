import OpenAI, { AzureOpenAI, toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptedModel } from "../../models/scripted.ts";
import { openStore } from "../store/open-store.ts";
import { chatAnswer, sendJson, startUpstream, type Upstream } from "./gateway.fixture.ts";
import { deploymentOf, startService, type TestService, targetAt } from "./open-gateway.fixture.ts";
import { usageReport } from "./usage/usage-report.ts";

let upstream: Upstream;
let service: TestService | undefined;

beforeEach(async () => {
  upstream = await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi")));
});

afterEach(async () => {
  await service?.close();
  service = undefined;
  await upstream.close();
});

const ask = { model: "gpt", messages: [{ role: "user" as const, content: "Hello" }] };

async function clientOf({ url, newKey }: TestService, scopes?: readonly string[]): Promise<OpenAI> {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: await newKey(scopes), maxRetries: 0 });
}

describe("a whole gateway", () => {
  it("serves both shapes with keys of the store, and writes what was used when it ends", async () => {
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const { url, newKey, store } = service;
    const client = await clientOf(service);
    expect((await client.chat.completions.create(ask)).choices[0]?.message.content).toBe("Hi");
    const azure = new AzureOpenAI({
      endpoint: url,
      apiKey: await newKey(),
      apiVersion: "2024-10-21",
      deployment: "gpt",
      maxRetries: 0,
    });
    expect((await azure.chat.completions.create(ask)).choices[0]?.message.content).toBe("Hi");
    await expect(
      new OpenAI({ baseURL: `${url}/v1`, apiKey: "no", maxRetries: 0 }).models.list(),
    ).rejects.toThrow(OpenAI.AuthenticationError);
    await service.stop();
    const [sum] = await usageReport(store, { by: ["deployment"] });
    expect(sum).toMatchObject({ calls: 2, inputTokens: 22, outputTokens: 6 });
  });

  it("loads an embedded model once and unloads it at the end", async () => {
    let [opened, closed] = [0, 0];
    const embedded = deploymentOf({ id: "here", provider: "embedded", model: "tiny" });
    service = await startService([embedded], {
      openTarget: async () => {
        opened++;
        const dispose = async (): Promise<void> => {
          closed++;
        };
        return { ...scriptedModel(() => "From here"), [Symbol.asyncDispose]: dispose };
      },
    });
    const client = await clientOf(service);
    const answers = await Promise.all([1, 2].map(() => client.chat.completions.create(ask)));
    expect(answers.map((each) => each.choices[0]?.message.content)).toEqual(["From here", "From here"]);
    await service.stop();
    expect([opened, closed]).toEqual([1, 1]);
  });

  it("puts a batch back when it ends, and the next process goes on with it", async () => {
    const store = await openStore(":memory:");
    try {
      let hold = true;
      upstream.answer = ({ body }, response) => {
        if (hold && body.includes("slow")) return;
        sendJson(response, 200, chatAnswer("done"));
      };
      const deployments = [deploymentOf(targetAt(upstream.url))];
      const first = await startService(deployments, { store });
      const secret = await first.newKey();
      const client = new OpenAI({ baseURL: `${first.url}/v1`, apiKey: secret, maxRetries: 0 });
      const lines = ["fast", "slow"].map((content) =>
        JSON.stringify({
          custom_id: content,
          method: "POST",
          url: "/v1/chat/completions",
          body: { model: "gpt", messages: [{ role: "user", content }] },
        }),
      );
      const file = await client.files.create({
        file: await toFile(Buffer.from(lines.join("\n")), "in.jsonl"),
        purpose: "batch",
      });
      const made = await client.batches.create({
        input_file_id: file.id,
        endpoint: "/v1/chat/completions",
        completion_window: "24h",
      });
      const state = (): Promise<OpenAI.Batch> => client.batches.retrieve(made.id);
      await expect.poll(async () => (await state()).request_counts?.completed, { timeout: 10_000 }).toBe(1);
      await first.stop();
      hold = false;
      service = await startService(deployments, { store });
      const again = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: secret, maxRetries: 0 });
      await expect
        .poll(async () => (await again.batches.retrieve(made.id)).status, { timeout: 10_000 })
        .toBe("completed");
      expect(upstream.seen.filter(({ body }) => body.includes("fast"))).toHaveLength(1);
      await service.close();
      service = undefined;
    } finally {
      await store.close();
    }
  });

  it("counts what an answer used that was cut off by the end of the server", async () => {
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "a" } }] })}\n\n`);
    };
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const client = await clientOf(service);
    const stream = await client.chat.completions.create({ ...ask, stream: true });
    const reading = (async () => {
      for await (const _ of stream);
    })().catch(() => "cut");
    await expect.poll(() => upstream.seen.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await service.stop();
    await reading;
    const [sum] = await usageReport(service.store, {});
    expect(sum).toMatchObject({ calls: 1, estimatedCalls: 1, outputTokens: 1 });
  });
});

describe("usage of the organisation", () => {
  it("is for keys with the admin scope, in OpenAI's pages", async () => {
    service = await startService([
      { ...deploymentOf(targetAt(upstream.url, { price: { input: 2, output: 10 } })), currency: "USD" },
    ]);
    const client = await clientOf(service);
    await client.chat.completions.create(ask);
    const admin = new OpenAI({
      baseURL: `${service.url}/v1`,
      apiKey: "unused",
      adminAPIKey: await service.newKey(["admin"]),
      maxRetries: 0,
    });
    const start_time = Math.floor(Date.now() / 1_000) - 3_600;
    const page = await admin.admin.organization.usage.completions({
      start_time,
      bucket_width: "1d",
      group_by: ["model", "project_id"],
    });
    const results = page.data.flatMap((bucket) => bucket.results);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      input_tokens: 11,
      output_tokens: 3,
      num_model_requests: 1,
      model: "gpt",
    });
    const costs = await admin.admin.organization.usage.costs({ start_time });
    const [cost] = costs.data.flatMap((bucket) => bucket.results) as { amount?: { value?: number } }[];
    expect(cost?.amount?.value).toBeCloseTo((11 * 2 + 3 * 10) / 1e6, 9);
    const get = async (path: string, scopes?: readonly string[]): Promise<number> => {
      const headers = { authorization: `Bearer ${await service?.newKey(scopes)}` };
      return (await fetch(`${service?.url}${path}`, { headers })).status;
    };
    const query = `start_time=${start_time}`;
    expect(await get(`/v1/organization/usage/completions?${query}`)).toBe(403);
    expect(await get(`/v1/organization/usage/completions?${query}`, ["chat"])).toBe(403);
    expect(await get(`/v1/organization/usage/completions`, ["admin"])).toBe(400);
    expect(await get(`/v1/organization/usage/completions?${query}&limit=0`, ["admin"])).toBe(400);
    expect(await get(`/v1/organization/usage/completions?${query}&group_by=text`, ["admin"])).toBe(400);
    expect(await get(`/v1/organization/costs?${query}&bucket_width=1h`, ["admin"])).toBe(400);
    expect(await get(`/v1/organization/usage/completions?page=x`, ["admin"])).toBe(400);
    for (const path of [
      "/v1/organization",
      "/v1/organization/usage",
      "/v1/organization/users",
      "/openai/v1/organization/costs",
    ])
      expect(await get(`${path}?${query}`, ["admin"])).toBe(404);
  });

  it("goes on from page to page without a gap", async () => {
    service = await startService([deploymentOf(targetAt(upstream.url))]);
    const key = await service.newKey(["admin"]);
    const end = Math.floor(Date.now() / 3_600_000) * 3_600;
    const starts: number[] = [];
    let query = `start_time=${end - 7 * 3_600}`;
    for (let pages = 0; pages < 5; pages++) {
      const address = `${service.url}/v1/organization/usage/completions?${query}&bucket_width=1h&limit=3&end_time=${end}`;
      const page = (await (await fetch(address, { headers: { "api-key": key } })).json()) as {
        data: { start_time: number }[];
        has_more: boolean;
        next_page: string | null;
      };
      starts.push(...page.data.map(({ start_time }) => start_time));
      if (!page.has_more) break;
      query = `page=${page.next_page}`;
    }
    expect(starts).toEqual([7, 6, 5, 4, 3, 2, 1].map((back) => end - back * 3_600));
  });
});
