import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APIError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { LanguageModel } from "../../src/models/language-model.ts";
import { openEmbeddedModel } from "../../src/models/llama/embedded-model.ts";
import { tinyGguf } from "../../src/models/llama/tiny-gguf.fixture.ts";
import { type Script, type ScriptedModel, scriptedModel } from "../../src/models/scripted.ts";
import { clientOf } from "./in-process-client.ts";
import { openaiProblems } from "./openai-schemas.ts";

const say = (script: Script): { model: ScriptedModel; client: ReturnType<typeof clientOf> } => {
  const model = scriptedModel(script);
  return { model, client: clientOf(model) };
};
const hello = [{ role: "user" as const, content: "hello" }];

const weather = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "The weather of a town",
    parameters: {
      type: "object",
      properties: { town: { type: "string" }, days: { type: "integer" } },
      required: ["town", "days"],
      additionalProperties: false,
    },
  },
};
const callsWeather: Script = () => ({
  json: {
    reply: { calls: [{ name: "get_weather", arguments: { town: "São Paulo – 🌧 town of rain", days: 2 } }] },
  },
});

describe("the schemas of OpenAI's description", () => {
  it("refuse what is wrong", () => {
    expect(openaiProblems("CreateChatCompletionResponse", { object: "chat.completion" })).not.toEqual([]);
    expect(openaiProblems("ResponseStreamEvent", { type: "response.created" })).not.toEqual([]);
    expect(openaiProblems("ErrorResponse", { error: { message: "x" } })).not.toEqual([]);
  });
});

describe("chat completions", () => {
  it("answer with text, finish reason and usage", async () => {
    const { model, client } = say(["Good day."]);
    const answer = await client.chat.completions.create({
      model: "writer",
      messages: [
        { role: "developer", content: "be brief" },
        {
          role: "user",
          content: [
            { type: "text", text: "hello" },
            { type: "text", text: "there" },
          ],
        },
      ],
      max_completion_tokens: 20,
      temperature: 0.5,
      top_p: 0.9,
      seed: 4,
      user: "someone",
      metadata: { a: "b" },
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: "Good day." }, finish_reason: "stop" });
    expect(answer.model).toBe("writer");
    expect(answer.usage!.total_tokens).toBe(answer.usage!.prompt_tokens + answer.usage!.completion_tokens);
    expect(model.requests[0]).toMatchObject({
      messages: [
        { role: "system", content: "be brief" },
        { role: "user", content: "hello\nthere" },
      ],
      maxTokens: 20,
      temperature: 0.5,
      topP: 0.9,
      seed: 4,
    });
  });

  it("stream the same text, with the usage last when it is asked for", async () => {
    const { client } = say(() => "one two three");
    const plain = await client.chat.completions.create({ model: "m", messages: hello, stream: true });
    for await (const chunk of plain) expect(chunk.usage).toBeUndefined();
    const counted = await client.chat.completions.create({
      model: "m",
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    const chunks = [];
    for await (const chunk of counted) {
      chunks.push(chunk);
      text += chunk.choices[0]?.delta.content ?? "";
    }
    expect(text).toBe("one two three");
    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it("draw n answers with other seeds and count the prompt once", async () => {
    const { model, client } = say((_, index) => `answer ${index}`);
    const answer = await client.chat.completions.create({ model: "m", messages: hello, n: 3, seed: 10 });
    expect(answer.choices.map(({ message }) => message.content)).toEqual([
      "answer 0",
      "answer 1",
      "answer 2",
    ]);
    expect(model.requests.map(({ seed }) => seed)).toEqual([10, 11, 12]);
    expect(model.requests.map(({ temperature }) => temperature)).toEqual([1, 1, 1]);
    const one = await say(["answer 0"]).client.chat.completions.create({ model: "m", messages: hello });
    expect(answer.usage!.prompt_tokens).toBe(one.usage!.prompt_tokens);
    expect(answer.usage!.completion_tokens).toBe(3 * one.usage!.completion_tokens);
  });

  it.each([true, false])(
    "stop at a stop sequence, also one that comes in two pieces (stream %s)",
    async (stream) => {
      const { client } = say(() => "first line END OF second");
      const body = { model: "m", messages: hello, stop: ["END OF", "zzz"] };
      let text = "";
      if (stream) {
        for await (const chunk of await client.chat.completions.create({ ...body, stream }))
          text += chunk.choices[0]?.delta.content ?? "";
      } else text = (await client.chat.completions.create(body)).choices[0]?.message.content ?? "";
      expect(text).toBe("first line ");
    },
  );

  it("say length and content_filter as OpenAI does", async () => {
    for (const [ours, theirs] of [
      ["length", "length"],
      ["content-filter", "content_filter"],
    ] as const) {
      const { client } = say([
        { text: "cut", finishReason: ours, usage: { inputTokens: 1, outputTokens: 1 } },
      ]);
      const answer = await client.chat.completions.create({ model: "m", messages: hello });
      expect(answer.choices[0]?.finish_reason).toBe(theirs);
    }
  });

  it("give JSON of a schema, after one repair where it is needed, and count both rounds", async () => {
    const { model, client } = say([{ json: { name: 1 } }, { json: { name: "Ann" } }]);
    const answer = await client.chat.completions.parse({
      model: "m",
      messages: hello,
      response_format: zodResponseFormat(z.object({ name: z.string() }), "person"),
    });
    expect(answer.choices[0]?.message.parsed).toEqual({ name: "Ann" });
    expect(model.requests).toHaveLength(2);
    expect(model.requests[0]?.schema).toMatchObject({ type: "object" });
    expect(answer.usage!.completion_tokens).toBeGreaterThan(5);
  });

  it("give any JSON object for json_object, and an error when none comes", async () => {
    const { client } = say(['```json\n{"a": [1]}\n```']);
    const answer = await client.chat.completions.create({
      model: "m",
      messages: hello,
      response_format: { type: "json_object" },
    });
    expect(JSON.parse(answer.choices[0]!.message.content!)).toEqual({ a: [1] });
    const failing = say(() => "no JSON at all").client.chat.completions.create({
      model: "m",
      messages: hello,
      response_format: { type: "json_object" },
    });
    await expect(failing).rejects.toMatchObject({ status: 502, code: "model_output" });
  });

  it("call functions", async () => {
    const { model, client } = say(callsWeather);
    const answer = await client.chat.completions.create({ model: "m", messages: hello, tools: [weather] });
    const [call] = answer.choices[0]!.message.tool_calls!;
    expect(answer.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    expect(call).toMatchObject({ type: "function", id: expect.stringMatching(/^call_/) });
    if (call?.type !== "function") throw new TypeError("not a function");
    expect(JSON.parse(call.function.arguments)).toEqual({ town: "São Paulo – 🌧 town of rain", days: 2 });
    expect(model.requests[0]?.messages[0]?.content).toContain("get_weather");
  });

  it("stream calls of functions in fragments that join to the same", async () => {
    const { client } = say(callsWeather);
    const runner = client.chat.completions.stream({ model: "m", messages: hello, tools: [weather] });
    let fragments = 0;
    runner.on("tool_calls.function.arguments.delta", () => {
      fragments += 1;
    });
    const final = await runner.finalChatCompletion();
    const [call] = final.choices[0]!.message.tool_calls!;
    if (call?.type !== "function") throw new TypeError("not a function");
    expect(JSON.parse(call.function.arguments)).toEqual({ town: "São Paulo – 🌧 town of rain", days: 2 });
    expect(fragments).toBeGreaterThan(1);
    expect(final.choices[0]?.finish_reason).toBe("tool_calls");
  });

  it("answer in words when tools are there but not needed, and after a tool's result", async () => {
    const { model, client } = say(() => ({ json: { reply: { text: "It rains." } } }));
    const answer = await client.chat.completions.create({
      model: "m",
      tools: [weather],
      messages: [
        ...hello,
        {
          role: "assistant",
          content: null,
          tool_calls: [
            { id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } },
          ],
        },
        { role: "tool", tool_call_id: "call_1", content: "rain" },
      ],
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: "It rains." }, finish_reason: "stop" });
    const [, , called, result] = model.requests[0]!.messages;
    expect(called).toMatchObject({ role: "assistant", content: expect.stringContaining("call_1") });
    expect(result).toMatchObject({ role: "user", content: expect.stringMatching(/call_1.*data.*\nrain/s) });
  });

  it("obey tool_choice", async () => {
    const forced = say(callsWeather);
    await forced.client.chat.completions.create({
      model: "m",
      messages: hello,
      tools: [weather],
      tool_choice: { type: "function", function: { name: "get_weather" } },
    });
    expect(JSON.stringify(forced.model.requests[0]?.schema)).not.toContain('"text"');
    const none = say(["words"]);
    const body = { model: "m", messages: hello, tools: [weather], tool_choice: "none" as const };
    expect((await none.client.chat.completions.create(body)).choices[0]?.message.content).toBe("words");
    expect(none.model.requests[0]?.schema).toBeUndefined();
  });

  it.each([
    [{ logprobs: true }, "logprobs", "unsupported_parameter"],
    [{ top_logprobs: 2 }, "top_logprobs", "unsupported_parameter"],
    [{ logit_bias: { "50256": -100 } }, "logit_bias", "unsupported_parameter"],
    [{ presence_penalty: 0.5 }, "presence_penalty", "unsupported_parameter"],
    [{ modalities: ["text", "audio"] }, "modalities", "unsupported_parameter"],
    [{ functions: [{ name: "f" }] }, "functions", "unsupported_parameter"],
    [{ tools: [{ type: "custom", custom: { name: "x" } }] }, "tools[0].type", "unsupported_parameter"],
    [{ colour: "red" }, "colour", "unknown_parameter"],
    [{ temperature: 3 }, "temperature", "invalid_value"],
    [{ n: 0 }, "n", "invalid_value"],
    [{ messages: [] }, "messages", "invalid_value"],
    [{ messages: "hello" }, "messages", "invalid_type"],
    [{ messages: [{ role: "boss", content: "x" }] }, "messages[0].role", "invalid_value"],
    [
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] },
      "messages[0].content[0]",
      "invalid_value",
    ],
    [{ tool_choice: "required" }, "tool_choice", "invalid_value"],
    [
      { response_format: { type: "json_schema", json_schema: { name: "x" } } },
      "response_format.json_schema.schema",
      "missing_required_parameter",
    ],
    [
      { response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "wrong" } } } },
      "response_format.json_schema.schema",
      "invalid_value",
    ],
  ])("refuse %j, naming the parameter", async (more, param, code) => {
    const { model, client } = say(["never"]);
    const body = { model: "m", messages: hello, ...more } as never;
    const failure = await (client.chat.completions.create(body) as Promise<unknown>).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(APIError);
    expect(failure).toMatchObject({ status: 400, param, code, type: "invalid_request_error" });
    expect(model.requests).toEqual([]);
  });

  it("take parameters that ask for nothing", async () => {
    const { client } = say(["fine"]);
    const answer = await client.chat.completions.create({
      model: "m",
      messages: hello,
      logprobs: false,
      frequency_penalty: 0,
      presence_penalty: null,
      logit_bias: {},
      modalities: ["text"],
      max_tokens: null,
      store: false,
    });
    expect(answer.choices[0]?.message.content).toBe("fine");
  });

  it("name a missing parameter", async () => {
    const { client } = say([]);
    const body = { messages: hello } as never;
    await expect(client.chat.completions.create(body) as Promise<unknown>).rejects.toMatchObject({
      param: "model",
      code: "missing_required_parameter",
    });
  });
});

describe("completions", () => {
  it("answer each prompt n times", async () => {
    const { client } = say((request, index) => `${request.messages[0]?.content}-${index}`);
    const answer = await client.completions.create({ model: "m", prompt: ["a", "b"], n: 2, max_tokens: 5 });
    expect(answer.choices.map(({ index, text }) => [index, text])).toEqual([
      [0, "a-0"],
      [1, "a-1"],
      [2, "b-2"],
      [3, "b-3"],
    ]);
  });

  it("stream", async () => {
    const { client } = say(["one two"]);
    let text = "";
    const finishes: unknown[] = [];
    for await (const chunk of await client.completions.create({ model: "m", prompt: "a", stream: true })) {
      text += chunk.choices[0]?.text ?? "";
      finishes.push(chunk.choices[0]?.finish_reason);
    }
    expect(text).toBe("one two");
    expect(finishes.at(-1)).toBe("stop");
  });

  it.each([
    { prompt: [1, 2, 3] },
    { prompt: "a", echo: true },
    { prompt: "a", suffix: "z" },
    { prompt: "a", best_of: 3 },
  ])("refuse %j", async (more) => {
    const create = say([]).client.completions.create({ model: "m", ...more });
    await expect(create).rejects.toMatchObject({ status: 400 });
  });
});

describe("responses", () => {
  it("answer with text", async () => {
    const { model, client } = say(["Good day."]);
    const answer = await client.responses.create({
      model: "m",
      instructions: "be brief",
      input: [
        { role: "user", content: [{ type: "input_text", text: "hello" }] },
        { role: "assistant", content: "yes?" },
        { type: "message", role: "user", content: "again" },
      ],
      max_output_tokens: 9,
    });
    expect(answer.output_text).toBe("Good day.");
    expect(answer).toMatchObject({ status: "completed", max_output_tokens: 9, instructions: "be brief" });
    expect(model.requests[0]?.messages).toEqual([
      { role: "system", content: "be brief" },
      { role: "user", content: "hello" },
      { role: "assistant", content: "yes?" },
      { role: "user", content: "again" },
    ]);
  });

  it("stream numbered events", async () => {
    const { client } = say(["one two three"]);
    const types: string[] = [];
    let text = "";
    let expected = 0;
    for await (const event of await client.responses.create({ model: "m", input: "hello", stream: true })) {
      expect(event.sequence_number).toBe(expected);
      expected += 1;
      if (types.at(-1) !== event.type) types.push(event.type);
      if (event.type === "response.output_text.delta") text += event.delta;
    }
    expect(text).toBe("one two three");
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
  });

  it("give JSON of a schema, and call functions", async () => {
    const { client } = say([{ json: { name: "Ann" } }]);
    const schema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
    const json = await client.responses.create({
      model: "m",
      input: "x",
      text: { format: { type: "json_schema", name: "p", schema } },
    });
    expect(JSON.parse(json.output_text)).toEqual({ name: "Ann" });
    const { name, description, parameters } = weather.function;
    const tool = { type: "function" as const, name, description, parameters, strict: true };
    const called = await say(callsWeather).client.responses.create({ model: "m", input: "x", tools: [tool] });
    expect(called.output).toMatchObject([{ type: "function_call", name: "get_weather" }]);
    const streamed = say(callsWeather).client.responses.stream({ model: "m", input: "x", tools: [tool] });
    let values = "";
    streamed.on("response.function_call_arguments.delta", ({ delta }) => {
      values += delta;
    });
    await streamed.finalResponse();
    expect(JSON.parse(values)).toEqual({ town: "São Paulo – 🌧 town of rain", days: 2 });
  });

  it("say that an answer is incomplete", async () => {
    const { client } = say([
      { text: "cut", finishReason: "length", usage: { inputTokens: 1, outputTokens: 1 } },
    ]);
    const answer = await client.responses.create({ model: "m", input: "x" });
    expect(answer).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
  });

  it.each([
    [{ previous_response_id: "resp_1" }, "previous_response_id"],
    [{ background: true }, "background"],
    [{ reasoning: { effort: "high" } }, "reasoning"],
    [{ tools: [{ type: "web_search" }] }, "tools[0].type"],
    [{ input: [{ type: "item_reference", id: "x" }] }, "input[0].type"],
    [
      { input: [{ role: "user", content: [{ type: "input_image", image_url: "x" }] }] },
      "input[0].content[0]",
    ],
  ])("refuse %j", async (more, param) => {
    const body = { model: "m", input: "x", ...more } as never;
    const failure = say([]).client.responses.create(body) as Promise<unknown>;
    await expect(failure).rejects.toMatchObject({ status: 400, param });
  });
});

describe("the embedded engine behind OpenAI's shapes", () => {
  let folder = "";
  let model: LanguageModel;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-shapes-"));
    await writeFile(join(folder, "tiny.gguf"), tinyGguf());
    model = await openEmbeddedModel({ path: join(folder, "tiny.gguf"), threads: 1, contextTokens: 512 });
  }, 60_000);
  afterAll(async () => {
    await model?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("gives unit vectors, the same as numbers and as base64, and shorter ones", async () => {
    const client = clientOf(model);
    const input = ["the plan", "the team agreed", "the plan"];
    const floats = await client.embeddings.create({ model: "tiny", input, encoding_format: "float" });
    const [one, two, three] = floats.data.map(({ embedding }) => embedding);
    expect(one).toHaveLength(64);
    expect(Math.hypot(...one!)).toBeCloseTo(1, 5);
    expect(one).toEqual(three);
    expect(one).not.toEqual(two);
    expect(floats.usage.prompt_tokens).toBeGreaterThan(3);
    // The client asks for base64 by itself and decodes it.
    const packed = await client.embeddings.create({ model: "tiny", input });
    for (const [index, number] of packed.data[0]!.embedding.entries())
      expect(number).toBeCloseTo(one![index]!, 6);
    const short = await client.embeddings.create({ model: "tiny", input: "the plan", dimensions: 8 });
    expect(short.data[0]!.embedding).toHaveLength(8);
    expect(Math.hypot(...short.data[0]!.embedding)).toBeCloseTo(1, 5);
  });

  it("refuses embeddings that it cannot make", async () => {
    const client = clientOf(model);
    const long = "the plan ".repeat(600);
    await expect(client.embeddings.create({ model: "tiny", input: long })).rejects.toMatchObject({
      status: 400,
      code: "context_length_exceeded",
    });
    for (const [more, param] of [
      [{ input: "x", dimensions: 65 }, "dimensions"],
      [{ input: "" }, "input"],
      [{ input: [[1, 2]] }, "input[0]"],
    ] as const) {
      const body = { model: "tiny", ...more } as never;
      const failure = client.embeddings.create(body) as Promise<unknown>;
      await expect(failure).rejects.toMatchObject({ status: 400, param });
    }
    const other = say([]).client.embeddings.create({ model: "m", input: "x" });
    await expect(other).rejects.toMatchObject({ status: 400, param: "model" });
  });

  it("answers, streams, and keeps to a schema and to tools even with random weights", async () => {
    const client = clientOf(model);
    const answer = await client.chat.completions.create({ model: "tiny", messages: hello, max_tokens: 8 });
    expect(answer).toMatchObject({ choices: [{ finish_reason: "length" }], usage: { completion_tokens: 8 } });
    const streamed = client.chat.completions.stream({ model: "tiny", messages: hello, max_tokens: 8 });
    expect((await streamed.finalChatCompletion()).choices[0]?.message.content).toBe(
      answer.choices[0]?.message.content,
    );
    const schema = {
      type: "object",
      properties: { kind: { enum: ["decision", "action"] }, done: { type: "boolean" } },
      required: ["kind", "done"],
      additionalProperties: false,
    };
    const json = await client.chat.completions.create({
      model: "tiny",
      messages: hello,
      max_tokens: 60,
      response_format: { type: "json_schema", json_schema: { name: "k", strict: true, schema } },
    });
    expect(["decision", "action"]).toContain(JSON.parse(json.choices[0]!.message.content!).kind);
    const tool = { type: "function" as const, function: { name: "file_it", parameters: schema } };
    const called = await client.chat.completions.create({
      model: "tiny",
      messages: hello,
      max_tokens: 250,
      tools: [tool],
      tool_choice: "required",
      parallel_tool_calls: false,
    });
    expect(called.choices[0]?.message.tool_calls).toMatchObject([{ function: { name: "file_it" } }]);
  });

  it("says in OpenAI's words that a prompt is too long", async () => {
    const messages = [{ role: "user" as const, content: "the plan ".repeat(600) }];
    await expect(clientOf(model).chat.completions.create({ model: "tiny", messages })).rejects.toMatchObject({
      status: 400,
      code: "context_length_exceeded",
    });
  });
});
