import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  contentFilterError,
  contentFilterResults,
  promptFilterResults,
  worstVerdicts,
} from "./filter-annotations.ts";
import { azurePromptShield, openaiModerations } from "./hosted-filters.ts";
import { injectionVerdicts } from "./text-filter.ts";

type Call = {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
};

describe("hosted filters", () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const serve = async (
    answer: (body: Record<string, unknown>) => { status?: number; json: unknown },
  ): Promise<{ root: string; calls: Call[] }> => {
    const calls: Call[] = [];
    const server = createServer(async (incoming, response) => {
      let text = "";
      for await (const piece of incoming) text += String(piece);
      const body = JSON.parse(text) as Record<string, unknown>;
      calls.push({ url: incoming.url ?? "", headers: incoming.headers, body });
      const { status = 200, json } = answer(body);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof json === "string" ? json : JSON.stringify(json));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
  };

  const shieldAnswer = (body: Record<string, unknown>): { json: unknown } => ({
    json: {
      userPromptAnalysis: { attackDetected: String(body.userPrompt).includes("DAN") },
      documentsAnalysis: (body.documents as string[]).map((each) => ({
        attackDetected: each.includes("ignore all"),
      })),
    },
  });

  it("asks Azure's prompt shield, long documents in pieces that overlap", async () => {
    const { root, calls } = await serve(shieldAnswer);
    const shield = azurePromptShield({ endpoint: `${root}/`, apiKey: "k" });
    const long = `${"x".repeat(9_995)}ignore all${"y".repeat(9_000)}`;
    const verdict = await shield.classify({ prompt: "be brief", documents: ["fine", long] });
    expect(verdict).toEqual({ prompt: false, documents: [false, true] });
    expect(calls[0]).toMatchObject({
      url: "/contentsafety/text:shieldPrompt?api-version=2024-09-01",
      headers: { "ocp-apim-subscription-key": "k" },
      body: { userPrompt: "be brief", documents: [] },
    });
    for (const { body } of calls) expect(JSON.stringify(body).length).toBeLessThan(10_100);
    expect(injectionVerdicts(verdict)).toEqual([
      { category: "jailbreak", detected: false },
      { category: "indirect_attack", detected: true },
    ]);
  });

  it("reads OpenAI's moderations as severities", async () => {
    const { root, calls } = await serve(() => ({
      json: {
        results: [
          {
            flagged: true,
            categories: { violence: true, hate: false },
            category_scores: { violence: 0.9, hate: 0.3 },
          },
          {
            flagged: true,
            categories: { "self-harm/intent": true },
            category_scores: { "self-harm/intent": 0.4 },
          },
        ],
      },
    }));
    const filter = openaiModerations({ apiKey: "k", baseUrl: `${root}/v1` });
    const [first, second] = await filter.judge(["a", "b"]);
    expect(first).toContainEqual({ category: "violence", severity: "high" });
    expect(first).toContainEqual({ category: "hate", severity: "low" });
    expect(second).toContainEqual({ category: "self_harm", severity: "medium" });
    expect(calls[0]).toMatchObject({
      url: "/v1/moderations",
      headers: { authorization: "Bearer k" },
      body: { input: ["a", "b"] },
    });
  });

  it("fail instead of letting a text pass unjudged", async () => {
    const down = await serve(() => ({ status: 500, json: {} }));
    const odd = await serve(() => ({ json: "not json" }));
    const short = await serve(() => ({ json: { results: [] } }));
    for (const { root } of [down, odd, short]) {
      const filter = openaiModerations({ apiKey: "k", baseUrl: root });
      await expect(filter.judge(["a"])).rejects.toMatchObject({ code: "model-failed" });
    }
    const gone = azurePromptShield({
      endpoint: down.root,
      apiKey: "k",
      fetch: () => Promise.reject(new TypeError("x")),
    });
    await expect(gone.classify({ prompt: "a", documents: [] })).rejects.toMatchObject({
      code: "model-failed",
    });
  });
});

describe("Azure's annotations", () => {
  const verdicts = [
    { category: "hate", severity: "low" },
    { category: "violence", severity: "medium" },
    { category: "jailbreak", detected: true },
    { category: "personally_identifiable_information", detected: true, redacted: true },
  ] as const;

  it("say what was found, and filter only where the policy blocks", () => {
    expect(contentFilterResults(verdicts, "annotate")).toEqual({
      hate: { filtered: false, severity: "low" },
      violence: { filtered: false, severity: "medium" },
      jailbreak: { filtered: false, detected: true },
      personally_identifiable_information: { filtered: false, detected: true, redacted: true },
    });
    expect(contentFilterResults(verdicts, "block")).toMatchObject({
      hate: { filtered: false },
      violence: { filtered: true },
      jailbreak: { filtered: true },
      personally_identifiable_information: { filtered: false },
    });
    expect(promptFilterResults([verdicts, []], "annotate")).toMatchObject([
      { prompt_index: 0 },
      { prompt_index: 1, content_filter_results: {} },
    ]);
  });

  it("carry both spellings in the error, and the worst verdict of each category", () => {
    const { error } = contentFilterError(verdicts) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      code: "content_filter",
      inner_error: {
        code: "ResponsibleAIPolicyViolation",
        content_filter_results: { violence: { filtered: true } },
      },
      innererror: { content_filter_result: { violence: { filtered: true } } },
    });
    expect(
      worstVerdicts([
        { category: "hate", severity: "low" },
        { category: "hate", severity: "high" },
        { category: "hate", severity: "safe" },
      ]),
    ).toEqual([{ category: "hate", severity: "high" }]);
  });
});
