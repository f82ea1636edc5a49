import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { FilterVerdict } from "../../../models/safety/filter-annotations.ts";
import type { TextFilter } from "../../../models/safety/text-filter.ts";
import { scriptedModel } from "../../../models/scripted.ts";
import {
  chatAnswer,
  sendJson,
  startGateway,
  startUpstream,
  type TestGateway,
  type Upstream,
} from "../gateway.fixture.ts";
import { answerHere } from "../here/answer-here.ts";
import type { Filters } from "./judge-call.ts";

const opened: { readonly close: () => Promise<unknown> }[] = [];
const keep = <T extends { readonly close: () => Promise<unknown> }>(each: T): T => {
  opened.push(each);
  return each;
};
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const safe = (category: "hate" | "violence"): FilterVerdict => ({ category, severity: "safe" });
/** Finds whatever holds the word "knife" violent, and remembers what it was asked. */
function watcher(): TextFilter & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    judge: async (texts) => {
      asked.push(...texts);
      return texts.map((text) => [
        safe("hate"),
        text.includes("knife") ? { category: "violence", severity: "high" } : safe("violence"),
      ]);
    },
  };
}
const noPersonalData = { filtered: false, detected: false, redacted: false };
const personalData = { filtered: false, detected: true, redacted: false };
const PII = "personally_identifiable_information";

type Setting = {
  readonly policy: "annotate" | "block";
  readonly filters?: Filters;
  readonly data?: "redact" | "local-only";
};
async function gatewayOf(upstream: Upstream, { policy, filters, data }: Setting): Promise<TestGateway> {
  return keep(
    await startGateway(
      [
        {
          id: "a",
          provider: "openai-compatible",
          model: "m",
          baseUrl: `${upstream.url}/v1`,
          isLocal: data === "local-only",
        },
      ],
      {
        deployment: { filterPolicy: policy, ...(data && { dataPolicy: data }) },
        ...(filters && { gateway: { openFilters: () => filters } }),
      },
    ),
  );
}
const clientOf = ({ url }: TestGateway): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: "good", maxRetries: 0 });
const ask = (content: string): { model: string; messages: { role: "user"; content: string }[] } => ({
  model: "gpt",
  messages: [{ role: "user", content }],
});
const chunks = (texts: readonly string[]): string =>
  `${texts
    .map(
      (content) =>
        `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`,
    )
    .join(
      "",
    )}data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;
const streaming = (texts: readonly string[]): Promise<Upstream> =>
  startUpstream((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(chunks(texts));
  });

// biome-ignore lint/suspicious/noExplicitAny: Azure's members are not in the client's types
type Any = any;

describe("annotate", () => {
  it("adds what was judged, and nothing that was not", async () => {
    const upstream = keep(
      await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Write to ann@example.org"))),
    );
    const own = await clientOf(await gatewayOf(upstream, { policy: "annotate" })).chat.completions.create(
      ask("Hello"),
    );
    expect((own as Any).prompt_filter_results).toEqual([
      { prompt_index: 0, content_filter_results: { [PII]: noPersonalData } },
    ]);
    expect((own.choices[0] as Any).content_filter_results).toEqual({ [PII]: personalData });
    const filters = {
      texts: watcher(),
      injections: { classify: async () => ({ prompt: true, documents: [] }) },
    };
    const judged = await clientOf(
      await gatewayOf(upstream, { policy: "annotate", filters }),
    ).chat.completions.create(ask("a knife"));
    expect((judged as Any).prompt_filter_results[0].content_filter_results).toEqual({
      hate: { filtered: false, severity: "safe" },
      violence: { filtered: false, severity: "high" },
      jailbreak: { filtered: false, detected: true },
      [PII]: noPersonalData,
    });
    expect(judged.choices[0]?.finish_reason).toBe("stop");
  });

  it("says nothing for a filter that fails, or that may not be sent the text", async () => {
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const broken: TextFilter = { judge: () => Promise.reject(new Error("away")) };
    const one = await clientOf(
      await gatewayOf(upstream, { policy: "annotate", filters: { texts: broken } }),
    ).chat.completions.create(ask("Hi"));
    expect(Object.keys((one.choices[0] as Any).content_filter_results)).toEqual([PII]);
    const texts = watcher();
    const local = await gatewayOf(upstream, { policy: "annotate", filters: { texts }, data: "local-only" });
    const two = await clientOf(local).chat.completions.create(ask("Hi"));
    expect(Object.keys((two.choices[0] as Any).content_filter_results)).toEqual([PII]);
    expect(texts.asked).toEqual([]);
  });

  it("shows filters elsewhere only masked text under redact, and tells that it was", async () => {
    const upstream = keep(
      await startUpstream((_, response) => sendJson(response, 200, chatAnswer("to [EMAIL-1]"))),
    );
    const texts = watcher();
    const gateway = await gatewayOf(upstream, { policy: "annotate", filters: { texts }, data: "redact" });
    const answer = await clientOf(gateway).chat.completions.create(ask("ann@example.org"));
    expect(answer.choices[0]?.message.content).toBe("to ann@example.org");
    expect(texts.asked.join("\n")).not.toContain("ann@");
    expect((answer as Any).prompt_filter_results[0].content_filter_results[PII]).toEqual({
      ...personalData,
      redacted: true,
    });
  });

  it("opens a stream as Azure does and closes each choice with its results", async () => {
    const upstream = keep(await streaming(["Write to ", "ann@exam", "ple.org"]));
    const gateway = await gatewayOf(upstream, { policy: "annotate" });
    const got: Any[] = [];
    for await (const chunk of await clientOf(gateway).chat.completions.create({ ...ask("Hi"), stream: true }))
      got.push(chunk);
    expect(got[0]).toMatchObject({ id: "c", choices: [], prompt_filter_results: [{ prompt_index: 0 }] });
    expect(
      got.slice(1, -1).every(({ choices: [choice] }) => choice.content_filter_results === undefined),
    ).toBe(true);
    expect(got.at(-1).choices[0]).toMatchObject({
      finish_reason: "stop",
      content_filter_results: { [PII]: personalData },
    });
    expect(got.map(({ choices: [choice] }) => choice?.delta.content ?? "").join("")).toBe(
      "Write to ann@example.org",
    );
  });

  it("keeps an Azure provider's own results and does not double them", async () => {
    const theirs = { hate: { filtered: false, severity: "low" } };
    const prompt = [{ prompt_index: 0, content_filter_results: theirs }];
    const upstream = keep(
      await startUpstream(({ body }, response) => {
        if (!body.includes('"stream":true')) {
          const answer: Any = chatAnswer("Hi");
          answer.choices[0].content_filter_results = theirs;
          sendJson(response, 200, { ...answer, prompt_filter_results: prompt });
          return;
        }
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(
          `data: ${JSON.stringify({ id: "", model: "", choices: [], prompt_filter_results: prompt })}\n\n`,
        );
        response.end(chunks(["Hi"]));
      }),
    );
    const client = clientOf(await gatewayOf(upstream, { policy: "annotate", filters: { texts: watcher() } }));
    const whole: Any = await client.chat.completions.create(ask("Hi"));
    expect(whole.prompt_filter_results).toHaveLength(1);
    expect(whole.prompt_filter_results[0].content_filter_results.hate).toEqual(theirs.hate);
    expect(whole.choices[0].content_filter_results).toMatchObject({ ...theirs, [PII]: noPersonalData });
    const got: Any[] = [];
    for await (const chunk of await client.chat.completions.create({ ...ask("Hi"), stream: true }))
      got.push(chunk);
    expect(got.filter((chunk) => chunk.prompt_filter_results !== undefined)).toHaveLength(1);
    expect(got[0].prompt_filter_results[0].content_filter_results).toMatchObject({
      ...theirs,
      [PII]: noPersonalData,
    });
  });

  it("annotates the embedded model's answers alike, whole, streamed and as responses", async () => {
    const model = scriptedModel(() => "Fine, ann@example.org");
    const gateway = keep(
      await startGateway([{ id: "here", provider: "embedded", model: "tiny" }], {
        deployment: { filterPolicy: "annotate" },
        gateway: { answerHere: answerHere({ openModel: async () => model, now: () => new Date(0) }) },
      }),
    );
    const client = clientOf(gateway);
    const whole: Any = await client.chat.completions.create(ask("Hi"));
    expect(whole.choices[0].content_filter_results).toEqual({ [PII]: personalData });
    const got: Any[] = [];
    for await (const chunk of await client.chat.completions.create({ ...ask("Hi"), stream: true }))
      got.push(chunk);
    expect(got[0].prompt_filter_results).toHaveLength(1);
    expect(got.at(-1).choices[0].content_filter_results).toEqual({ [PII]: personalData });
    const completion: Any = await client.completions.create({
      model: "gpt",
      prompt: ["one", "ann@example.org"],
    });
    expect(
      completion.prompt_filter_results.map((each: Any) => each.content_filter_results[PII].detected),
    ).toEqual([false, true]);
    const response: Any = await client.responses.create({ model: "gpt", input: "Hi" });
    const wanted = [
      { blocked: false, source_type: "prompt", content_filter_results: { [PII]: noPersonalData } },
      { blocked: false, source_type: "completion", content_filter_results: { [PII]: personalData } },
    ];
    expect(response.content_filters).toEqual(wanted);
    const events: Any[] = [];
    for await (const event of await client.responses.create({ model: "gpt", input: "Hi", stream: true }))
      events.push(event);
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: { content_filters: wanted },
    });
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
  });
});

describe("block", () => {
  it("refuses a prompt in Azure's form, with both spellings, before anything is sent", async () => {
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const gateway = await gatewayOf(upstream, { policy: "block", filters: { texts: watcher() } });
    for (const [path, body] of [
      ["chat/completions", ask("a knife")],
      [
        "responses",
        { model: "gpt", input: [{ role: "user", content: [{ type: "input_text", text: "a knife" }] }] },
      ],
      ["completions", { model: "gpt", prompt: ["fine", "a knife"] }],
      ["embeddings", { model: "gpt", input: ["a knife"] }],
      ["images/generations", { model: "gpt", prompt: "a knife" }],
    ] as const) {
      const response = await fetch(`${gateway.url}/v1/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Bearer good" },
        body: JSON.stringify(body),
      });
      const { error } = (await response.json()) as Any;
      expect([path, response.status]).toEqual([path, 400]);
      expect(error).toMatchObject({
        code: "content_filter",
        param: "prompt",
        type: "invalid_request_error",
        status: 400,
      });
      const violence = { filtered: true, severity: "high" };
      expect(error.innererror.content_filter_result.violence).toEqual(violence);
      expect(error.inner_error.content_filter_results.violence).toEqual(violence);
      expect(error.inner_error.code).toBe("ResponsibleAIPolicyViolation");
    }
    expect(upstream.seen).toEqual([]);
    expect(gateway.released).toHaveLength(5);
  });

  it("withholds an answer, and says so", async () => {
    const answer: Any = chatAnswer("take the knife");
    answer.choices[0].logprobs = { content: [{ token: "knife" }] };
    answer.choices.push({
      index: 1,
      message: { role: "assistant", content: "a spoon" },
      finish_reason: "stop",
    });
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, answer)));
    const gateway = await gatewayOf(upstream, { policy: "block", filters: { texts: watcher() } });
    const got = await clientOf(gateway).chat.completions.create(ask("Hi"));
    expect(got.choices.map((choice) => [choice.finish_reason, choice.message.content])).toEqual([
      ["content_filter", null],
      ["stop", "a spoon"],
    ]);
    expect((got.choices[0] as Any).content_filter_results.violence).toEqual({
      filtered: true,
      severity: "high",
    });
    expect(JSON.stringify(got)).not.toContain("knife");
    expect(gateway.settled).toHaveLength(1);
  });

  it("holds one sentence of a stream, then cuts", async () => {
    const upstream = keep(await streaming(["All is w", "ell. ", "Take the kn", "ife now", ". And ", "run."]));
    const gateway = await gatewayOf(upstream, { policy: "block", filters: { texts: watcher() } });
    const got: Any[] = [];
    for await (const chunk of await clientOf(gateway).chat.completions.create({ ...ask("Hi"), stream: true }))
      got.push(chunk);
    expect(got.map(({ choices: [choice] }) => choice?.delta.content ?? "").join("")).toBe("All is well. ");
    expect(JSON.stringify(got)).not.toMatch(/kn|ife|run/);
    expect(got.at(-1).choices[0]).toMatchObject({
      finish_reason: "content_filter",
      content_filter_results: { violence: { filtered: true, severity: "high" } },
    });
  });

  it("cuts a stream of responses, whole texts and items too, and keeps its events in order", async () => {
    const model = scriptedModel(() => "All is well. Take the knife now. And run.");
    const gateway = keep(
      await startGateway([{ id: "here", provider: "embedded", model: "tiny" }], {
        deployment: { filterPolicy: "block" },
        gateway: {
          openFilters: () => ({ texts: watcher() }),
          answerHere: answerHere({ openModel: async () => model, now: () => new Date(0) }),
        },
      }),
    );
    const events: Any[] = [];
    for await (const event of await clientOf(gateway).responses.create({
      model: "gpt",
      input: "Hi",
      stream: true,
    }))
      events.push(event);
    expect(JSON.stringify(events)).not.toMatch(/knife|run\./);
    expect(
      events
        .map((event) => event.delta ?? "")
        .join("")
        .trim(),
    ).toBe("All is well.");
    expect(events.at(-1)).toMatchObject({
      type: "response.incomplete",
      response: { status: "incomplete", incomplete_details: { reason: "content_filter" }, output: [] },
    });
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
  });

  it("passes nothing on that could not be judged", async () => {
    const upstream = keep(await startUpstream((_, response) => sendJson(response, 200, chatAnswer("Hi"))));
    const broken: TextFilter = { judge: () => Promise.reject(new Error("away")) };
    const gateway = await gatewayOf(upstream, { policy: "block", filters: { texts: broken } });
    await expect(clientOf(gateway).chat.completions.create(ask("Hi"))).rejects.toMatchObject({
      status: 503,
      code: "filter_unavailable",
    });
    expect(upstream.seen).toEqual([]);
    let asked = 0;
    const once: TextFilter = {
      judge: async (texts) => (asked++ === 0 ? texts.map(() => []) : Promise.reject(new Error("away"))),
    };
    const later = await gatewayOf(upstream, { policy: "block", filters: { texts: once } });
    await expect(clientOf(later).chat.completions.create(ask("Hi"))).rejects.toMatchObject({ status: 503 });
    expect(later.settled).toHaveLength(1);
  });
});
