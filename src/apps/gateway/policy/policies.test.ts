import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { DataPolicy, FilterPolicy, Target } from "../../../models/deployments/types.ts";
import { openJobs } from "../../store/jobs/open-jobs.ts";
import { openStore } from "../../store/open-store.ts";
import { batchesPart } from "../batches/batches-part.ts";
import { runBatch } from "../batches/run-batch.ts";
import { fileContent } from "../files/file-shelf.ts";
import { filesPart } from "../files/files-part.ts";
import { chatAnswer, sendJson, startGateway, startUpstream, type Upstream } from "../gateway.fixture.ts";
import { maskSessions } from "./mask-sessions.ts";

const opened: { readonly close: () => Promise<unknown> }[] = [];
const keep = <T extends { readonly close: () => Promise<unknown> }>(each: T): T => {
  opened.push(each);
  return each;
};
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const CANARY = "canary.4f1c@example.org";
const KEY = "AKIAIOSFODNN7EXAMPLE";
const EVIL = "https://evil.example/?q=1";
const GIVEN = "https://given.example/a";
const PROMPT = `Mail ${CANARY}, key ${KEY}, see ${GIVEN} now. Done.`;

const target = ({ url }: Upstream): Target => ({
  id: "a",
  provider: "openai-compatible",
  model: "m",
  baseUrl: `${url}/v1`,
  isLocal: false,
});

/** Repeats what it was told and adds a link, whole or letter by letter, as text and as arguments of a tool call. */
const parrot = (): Promise<Upstream> =>
  startUpstream((request, response) => {
    const body = JSON.parse(Buffer.from(request.body, "latin1").toString());
    const said = body.prompt ?? body.input ?? body.messages.at(-1).content;
    const text = `${said} ${EVIL} end`;
    const args = JSON.stringify({ text });
    const [isChat, isResponse] = [body.messages !== undefined, body.input !== undefined];
    const content = [{ type: "output_text", text, annotations: [] }];
    const output = [{ id: "i", type: "message", role: "assistant", status: "completed", content }];
    const whole = { id: "resp", object: "response", created_at: 1, model: "m", status: "completed", output };
    if (body.stream !== true) {
      const answer = chatAnswer(text) as { choices: { message: object }[] };
      const tool_calls = [{ id: "t", type: "function", function: { name: "go", arguments: args } }];
      answer.choices[0]!.message = { ...answer.choices[0]!.message, tool_calls };
      const choices = [{ index: 0, text, finish_reason: "stop", logprobs: null }];
      sendJson(
        response,
        200,
        isChat
          ? answer
          : isResponse
            ? whole
            : { id: "c", object: "text_completion", created: 1, model: "m", choices },
      );
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (isResponse) {
      const place = { item_id: "i", output_index: 0, content_index: 0 };
      const events = [
        { type: "response.created", response: { ...whole, status: "in_progress", output: [] } },
        ...[...text].map((delta) => ({ type: "response.output_text.delta", ...place, delta })),
        { type: "response.output_text.done", ...place, text },
        { type: "response.completed", response: whole },
      ];
      for (const [at, event] of events.entries()) {
        response.write(
          `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`,
        );
      }
      response.end();
      return;
    }
    const send = (choice: object): void => {
      const object = isChat ? "chat.completion.chunk" : "text_completion";
      response.write(
        `data: ${JSON.stringify({ id: "c", object, created: 1, model: "m", choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`,
      );
    };
    if (isChat) send({ delta: { role: "assistant", content: "" } });
    for (const letter of text) send(isChat ? { delta: { content: letter } } : { text: letter });
    if (isChat) {
      send({
        delta: {
          tool_calls: [{ index: 0, id: "t", type: "function", function: { name: "go", arguments: "" } }],
        },
      });
      for (const letter of args)
        send({ delta: { tool_calls: [{ index: 0, function: { arguments: letter } }] } });
    }
    send(isChat ? { delta: {}, finish_reason: "stop" } : { text: "", finish_reason: "stop" });
    response.end("data: [DONE]\n\n");
  });

const combinations = (["any", "redact"] as const).flatMap((dataPolicy) =>
  (["off", "annotate", "block"] as const).flatMap((filterPolicy) =>
    [undefined, [], ["evil.example"]].map((allowedLinks) => ({ dataPolicy, filterPolicy, allowedLinks })),
  ),
);

type Combination = {
  readonly dataPolicy: DataPolicy;
  readonly filterPolicy: FilterPolicy;
  readonly allowedLinks: string[] | undefined;
};

describe("the official client", () => {
  it.each(combinations)(
    "reads every answer under $dataPolicy, $filterPolicy, links $allowedLinks",
    async ({ dataPolicy, filterPolicy, allowedLinks }: Combination) => {
      const upstream = keep(await parrot());
      const lines: string[] = [];
      const gateway = keep(
        await startGateway([target(upstream)], {
          deployment: { dataPolicy, filterPolicy, ...(allowedLinks && { allowedLinks }) },
          gateway: { openFilters: () => ({ texts: { judge: async (texts) => texts.map(() => []) } }) },
          log: { write: (line) => void lines.push(line) },
        }),
      );
      const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 });
      const link = allowedLinks?.length === 0 ? "hxxps://evil[.]example/?q=1" : EVIL;
      const wanted = `${PROMPT} ${link} end`;
      const messages = [{ role: "user" as const, content: PROMPT }];
      const chat = await client.chat.completions.create({ model: "gpt", messages });
      const [choice] = chat.choices;
      expect(choice?.message.content).toBe(wanted);
      const [call] = choice?.message.tool_calls ?? [];
      expect(call?.type === "function" && JSON.parse(call.function.arguments)).toEqual({ text: wanted });
      const final = await client.chat.completions.stream({ model: "gpt", messages }).finalChatCompletion();
      expect(final.choices[0]?.message.content).toBe(wanted);
      const [streamed] = final.choices[0]?.message.tool_calls ?? [];
      expect(streamed?.type === "function" && JSON.parse(streamed.function.arguments)).toEqual({
        text: wanted,
      });
      const completion = await client.completions.create({ model: "gpt", prompt: PROMPT });
      expect(completion.choices[0]?.text).toBe(wanted);
      let text = "";
      for await (const chunk of await client.completions.create({
        model: "gpt",
        prompt: PROMPT,
        stream: true,
      })) {
        text += chunk.choices[0]?.text ?? "";
      }
      expect(text).toBe(wanted);
      expect((await client.responses.create({ model: "gpt", input: PROMPT })).output_text).toBe(wanted);
      let deltas = "";
      let last: OpenAI.Responses.ResponseStreamEvent | undefined;
      for await (const event of await client.responses.create({
        model: "gpt",
        input: PROMPT,
        stream: true,
      })) {
        if (event.type === "response.output_text.delta") deltas += event.delta;
        if (event.type === "response.output_text.done") expect(event.text).toBe(wanted);
        last = event;
      }
      expect(deltas).toBe(wanted);
      expect(last?.type).toBe("response.completed");
      for (const { body } of upstream.seen) {
        expect(body.includes(CANARY) || body.includes(KEY)).toBe(dataPolicy === "any");
      }
      expect(lines.length).toBeGreaterThan(5);
      expect(lines.join("")).not.toMatch(/canary|AKIA|evil|given|good|\[EMAIL/);
    },
  );
});

describe("policies that are off", () => {
  it("pass every byte of answers and streams as it came", async () => {
    const odd =
      'data: {"choices":[{"index":0,  "delta":{"content":"[EMAIL-1] \\u00e9 https://evil.example"}}]}\r\n\r\n: ping\n\ndata: [DONE]\n\n';
    const upstream = keep(
      await startUpstream((_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(odd);
      }),
    );
    for (const deployment of [{}, { dataPolicy: "any", filterPolicy: "off" }] as const) {
      const gateway = keep(await startGateway([target(upstream)], { deployment }));
      const response = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: "Bearer good", "content-type": "application/json" },
        body: JSON.stringify({ model: "gpt", stream: true, messages: [{ role: "user", content: CANARY }] }),
      });
      expect(await response.text()).toBe(odd);
    }
  });
});

describe("failures of ours", () => {
  it("are logged without any text", async () => {
    const upstream = keep(await parrot());
    const lines: string[] = [];
    const gateway = keep(
      await startGateway([target(upstream)], {
        deployment: { filterPolicy: "block" },
        gateway: {
          openFilters: () => ({ texts: { judge: async ([text]) => Promise.reject(new Error(text)) } }),
        },
        log: { write: (line) => void lines.push(line) },
      }),
    );
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 });
    const asked = client.chat.completions.create({
      model: "gpt",
      messages: [{ role: "user", content: PROMPT }],
    });
    await expect(asked).rejects.toMatchObject({ status: 503 });
    expect(lines.join("")).toContain("filter_unavailable");
    expect(lines.join("")).not.toMatch(/canary|AKIA|given/);
  });
});

describe("a batch", () => {
  it("keeps the policy that it was made with, for every line", async () => {
    const upstream = keep(await parrot());
    const store = keep(await openStore(":memory:"));
    const jobs = openJobs(store);
    const now = (): Date => new Date();
    const gateway = keep(
      await startGateway([target(upstream)], {
        parts: { files: filesPart(store, { now }), batches: batchesPart({ store, jobs, now }) },
        gateway: { sessions: maskSessions({ now: Date.now }) },
      }),
    );
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 });
    const line = (at: number): string =>
      JSON.stringify({
        custom_id: `line-${at}`,
        method: "POST",
        url: "/v1/chat/completions",
        body: { model: "gpt", messages: [{ role: "user", content: PROMPT }] },
      });
    for (const policy of ["redact", "local-only"]) {
      const file = await client.files.create({
        purpose: "batch",
        file: new File([`${line(1)}\n${line(2)}\n`], "a.jsonl"),
      });
      const batch = await client.batches.create(
        { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" },
        { headers: { "x-tandem-data-policy": policy } },
      );
      const claim = await jobs.claim(["batch"]);
      const output = await runBatch(claim!, new AbortController().signal, {
        store,
        jobs,
        gateway: gateway.gateway,
        now,
      });
      expect(output.status).toBe("completed");
      const kind = policy === "redact" ? "output" : "errors";
      let text = "";
      for await (const piece of fileContent(store, `file-${batch.id.slice(6)}-${kind}`))
        text += piece.toString();
      const rows = text
        .trim()
        .split("\n")
        .map((each) => JSON.parse(each));
      expect(rows).toHaveLength(2);
      for (const { response } of rows) {
        if (policy === "redact")
          expect(response.body.choices[0].message.content).toBe(`${PROMPT} ${EVIL} end`);
        else expect(response.body.error.code).toBe("data_policy");
      }
    }
    expect(upstream.seen).toHaveLength(2);
    for (const { body } of upstream.seen) expect(body).not.toContain(CANARY);
  });
});
