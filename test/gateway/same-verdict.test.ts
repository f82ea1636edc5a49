import fc from "fast-check";
import OpenAI, { APIError, AzureOpenAI } from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { estimateTokens } from "../../src/apps/gateway/estimate-tokens.ts";
import {
  chatAnswer,
  sendJson,
  startUpstream,
  type Upstream,
} from "../../src/apps/gateway/gateway.fixture.ts";
import type { LimitSettings } from "../../src/apps/gateway/limits/limit-settings.ts";
import type { Deployment } from "../../src/models/deployments/types.ts";
import { type ServedGateway, serveGateway } from "./served-gateway.fixture.ts";

/** One call: how much it says, and in which of all the ways it comes. */
type Asked = {
  readonly model: "gpt" | "mini";
  readonly length: number;
  readonly maxTokens: number | undefined;
  readonly way: Way;
  readonly isStream: boolean;
};
type Way = (typeof ways)[number];

const ways = [
  "fetch, /v1, bearer",
  "fetch, /v1, api-key",
  "fetch, /openai/v1, bearer",
  "fetch, /openai/v1, api-key",
  "fetch, deployment, bearer",
  "fetch, deployment, api-key",
  "OpenAI",
  "OpenAI at /openai/v1",
  "AzureOpenAI",
  "AzureOpenAI with a deployment",
] as const;

let upstream: Upstream;
let gateway: ServedGateway;

beforeAll(async () => {
  // Uses exactly what is estimated, so that nothing is learnt from one way's calls for another's.
  upstream = await startUpstream((request, response) => {
    const body = JSON.parse(request.body) as Record<string, unknown>;
    const { inputTokens: prompt_tokens } = estimateTokens(body, 0);
    const usage = { prompt_tokens, completion_tokens: 7, total_tokens: prompt_tokens + 7 };
    if (body.stream !== true) {
      sendJson(response, 200, { ...chatAnswer("Hi"), usage });
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const choices of [[{ index: 0, delta: { content: "Hi" } }], []])
      response.write(`data: ${JSON.stringify({ choices, ...(choices.length === 0 && { usage }) })}\n\n`);
    response.end("data: [DONE]\n\n");
  });
  const deploymentOf = (name: string): Deployment => ({
    name,
    operations: ["chat"],
    defaultOutputTokens: 50,
    targets: [
      {
        id: "a",
        provider: "openai-compatible",
        model: name,
        baseUrl: `${upstream.url}/v1`,
        price: { input: 2, output: 10 },
      },
    ],
  });
  gateway = await serveGateway([deploymentOf("gpt"), deploymentOf("mini")]);
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await upstream.close();
});

/** What the gateway said: a status and, where it refused, the code. */
async function verdictOf(asked: Asked, secret: string): Promise<string> {
  return asked.way.startsWith("fetch") ? byFetch(asked, secret) : byClient(asked, secret);
}

const bodyOf = ({ model, length, maxTokens, isStream }: Asked): OpenAI.ChatCompletionCreateParams => ({
  model,
  messages: [{ role: "user", content: "a".repeat(length) }],
  ...(maxTokens !== undefined && { max_tokens: maxTokens }),
  stream: isStream,
});

async function byFetch(asked: Asked, secret: string): Promise<string> {
  const [, place, header] = asked.way.split(", ");
  const dated = `/openai/deployments/${asked.model}/chat/completions?api-version=2024-10-21`;
  const path = place === "deployment" ? dated : `${place}/chat/completions`;
  const answer = await fetch(`${gateway.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(header === "bearer" ? { authorization: `Bearer ${secret}` } : { "api-key": secret }),
    },
    body: JSON.stringify(bodyOf(asked)),
  });
  const text = await answer.text();
  if (answer.ok) return "200";
  return `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
}

async function byClient(asked: Asked, apiKey: string): Promise<string> {
  const { url } = gateway;
  const client = asked.way.startsWith("Azure")
    ? new AzureOpenAI({
        endpoint: url,
        apiKey,
        apiVersion: "2024-10-21",
        maxRetries: 0,
        ...(asked.way.endsWith("deployment") && { deployment: asked.model }),
      })
    : new OpenAI({
        baseURL: `${url}${asked.way === "OpenAI" ? "/v1" : "/openai/v1"}`,
        apiKey,
        maxRetries: 0,
      });
  try {
    const answer = await client.chat.completions.create(bodyOf(asked));
    if (Symbol.asyncIterator in answer) for await (const _chunk of answer);
    return "200";
  } catch (error) {
    if (error instanceof APIError) return `${error.status} ${error.code}`;
    throw error;
  }
}

const tokens = fc.integer({ min: 50, max: 1_500 });
const money = fc.integer({ min: 1, max: 50 }).map((each) => each / 1e4);
const rates = fc.record<LimitSettings>(
  { requestsPerMinute: fc.integer({ min: 0, max: 8 }), tokensPerMinute: tokens },
  { requiredKeys: [] },
);
const budgets = fc.record<LimitSettings>(
  { tokensPerDay: tokens, tokensPerMonth: tokens, budgetPerDay: money, budgetPerMonth: money },
  { requiredKeys: [] },
);
// Where a rate and a budget are both short, either may be named: only one kind at a time, so that codes can be compared.
const limits = fc.oneof(rates, budgets);
const scopes = fc.oneof(
  { weight: 5, arbitrary: fc.constant<readonly string[]>([]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(["chat"], ["embeddings"], ["deployment:gpt"], ["deployment:mini", "chat"]),
  },
);
const sequences = fc.array(
  fc.record({
    model: fc.constantFrom("gpt" as const, "mini" as const),
    length: fc.integer({ min: 0, max: 900 }),
    maxTokens: fc.option(fc.integer({ min: 7, max: 300 }), { nil: undefined }),
    way: fc.constantFrom(...ways),
    isStream: fc.boolean(),
  }),
  { minLength: 3, maxLength: 12 },
);

it("gives the same verdict whatever the address, the header, the client and the mode", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(limits, scopes, sequences, async (settings, allowed, sequence) => {
      const [varied, plain] = [
        await gateway.newKey(settings, allowed),
        await gateway.newKey(settings, allowed),
      ];
      for (const asked of sequence) {
        const one = await verdictOf(asked, varied);
        const other = await verdictOf({ ...asked, way: "fetch, /v1, bearer", isStream: false }, plain);
        expect(one, `${asked.way}, ${asked.isStream ? "stream" : "whole"}`).toBe(other);
        seen.set(one, (seen.get(one) ?? 0) + 1);
      }
    }),
    { numRuns: 40, seed: 20_261_123 },
  );
  // Every verdict was among them, or nothing was compared.
  const wanted = ["200", "403 permission_denied", "429 insufficient_quota", "429 rate_limit_exceeded"];
  expect([...seen.keys()].sort()).toEqual(wanted);
  for (const each of wanted) expect(seen.get(each), each).toBeGreaterThan(10);
}, 240_000);

it("refuses a key that is not known in the same way everywhere", async () => {
  for (const way of ways)
    for (const isStream of [true, false])
      expect(
        await verdictOf({ model: "gpt", length: 5, maxTokens: 9, way, isStream }, `tdm_${"A".repeat(43)}`),
      ).toBe("401 invalid_api_key");
});
