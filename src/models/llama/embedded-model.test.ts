import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ModelError } from "../../errors.ts";
import { generateJson } from "../generate-json.ts";
import type { LanguageModel, Message } from "../language-model.ts";
import { openEmbeddedModel } from "./embedded-model.ts";
import { loadEngine } from "./load-engine.ts";
import { tinyGguf } from "./tiny-gguf.fixture.ts";

const ask = (content: string): readonly Message[] => [
  { role: "system", content: "be brief" },
  { role: "user", content },
];

describe("the embedded model, on llama.cpp with random weights", () => {
  let folder = "";
  let model: LanguageModel;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-tiny-"));
    await writeFile(join(folder, "tiny.gguf"), tinyGguf());
    model = await openEmbeddedModel({ path: join(folder, "tiny.gguf"), threads: 1, contextTokens: 512 });
  }, 60_000);

  afterAll(async () => {
    await model?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("answers a chat and counts its tokens", async () => {
    const generation = await model.generate({ messages: ask("the plan"), maxTokens: 12 });
    expect(generation.text).not.toBe("");
    expect(generation.finishReason).toBe("length");
    expect(generation.usage.outputTokens).toBe(12);
    expect(generation.usage.inputTokens).toBeGreaterThan(10);
    expect(model).toMatchObject({ id: "tiny", provider: "embedded", isLocal: true, contextTokens: 512 });
  });

  it("gives the same answer for the same seed and another for another", async () => {
    const draw = async (seed: number): Promise<string> =>
      (await model.generate({ messages: ask("the team"), maxTokens: 16, temperature: 1, seed })).text;
    const first = await draw(1);
    expect(await draw(1)).toBe(first);
    expect(await draw(2)).not.toBe(first);
  });

  it("keeps to a JSON schema", async () => {
    const schema = {
      type: "object",
      properties: {
        kind: { enum: ["decision", "action"] },
        done: { type: "boolean" },
        owner: { anyOf: [{ type: "null" }, { type: "string", maxLength: 6 }] },
      },
      required: ["kind", "done", "owner"],
      additionalProperties: false,
    };
    const value = await generateJson<{ kind: string; done: boolean }>(model, {
      messages: ask("sort it"),
      schema,
      maxTokens: 100,
    });
    expect(["decision", "action"]).toContain(value.kind);
    expect(typeof value.done).toBe("boolean");
  });

  it("streams the text that it returns at the end", async () => {
    const request = { messages: ask("a plan"), maxTokens: 20 };
    let streamed = "";
    let end: string | undefined;
    for await (const part of model.stream(request)) {
      if (part.kind === "text") streamed += part.text;
      else end = part.generation.text;
    }
    expect(streamed).toBe(end);
    expect(end).toBe((await model.generate(request)).text);
  });

  it("rejects with the signal's reason when aborted, and works again afterwards", async () => {
    const reason = new Error("enough");
    const aborted = new AbortController();
    const reading = (async () => {
      for await (const part of model.stream({
        messages: ask("on"),
        maxTokens: 400,
        signal: aborted.signal,
      })) {
        if (part.kind === "text") aborted.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    await expect(model.generate({ messages: ask("on"), signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect((await model.generate({ messages: ask("on"), maxTokens: 4 })).usage.outputTokens).toBe(4);
  });

  it("stops working when the reader of a stream leaves", async () => {
    for await (const part of model.stream({ messages: ask("leave"), maxTokens: 400 })) {
      if (part.kind === "text") break;
    }
    expect((await model.generate({ messages: ask("next"), maxTokens: 3 })).usage.outputTokens).toBe(3);
  });

  it("serves concurrent callers one after the other with the answers they would have had alone", async () => {
    const texts = ["the plan", "a team", "in the plan", "report on"];
    const answer = async (text: string): Promise<string> =>
      (await model.generate({ messages: ask(text), maxTokens: 10 })).text;
    const alone: string[] = [];
    for (const text of texts) alone.push(await answer(text));
    expect(await Promise.all(texts.map(answer))).toEqual(alone);
  });

  it("scores choices as the log-probabilities that sampling follows", async () => {
    const messages = ask("which letter");
    const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
    const score = model.score?.bind(model);
    if (score === undefined) throw new Error("the embedded model scores");
    const scores = await score({ messages, choices: letters });
    expect(scores).toHaveLength(letters.length);
    const total = scores.reduce((sum, value) => sum + Math.exp(value), 0);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(1.001);
    // The mean of a longer choice follows from its parts by the chain rule.
    const [pair, first] = await score({ messages, choices: ["ab", "a"] });
    expect((pair ?? 0) * 2).toBeLessThan(first ?? 0);
    expect(await score({ messages, choices: ["ab", "a"] })).toEqual([pair, first]);
    // The letter that greedy generation writes is the best scored one.
    for (let index = 0; index < 80; index += 1) {
      const other = ask(`which letter ${index}`);
      const written = (await model.generate({ messages: other, maxTokens: 1 })).text;
      if (!letters.includes(written)) continue;
      const ranked = await score({ messages: other, choices: letters });
      expect(letters[ranked.indexOf(Math.max(...ranked))]).toBe(written);
      return;
    }
    throw new Error("no prompt was answered by a letter");
  });

  it("says how long a prompt is that does not fit, and what to do", async () => {
    const failure = model.generate({ messages: ask("plan ".repeat(600)) });
    await expect(failure).rejects.toThrow(/has \d+ tokens, and tiny holds 512/);
    await expect(failure).rejects.toMatchObject({
      code: "model-failed",
      hint: expect.stringContaining("shorter"),
    });
  });

  it("counts tokens exactly", async () => {
    // A space is put before the text, and no two of these letters merge.
    expect(await model.countTokens("zzz")).toBe(4);
    expect(await model.countTokens("")).toBe(0);
  });

  it("does not grow over hundreds of calls", async () => {
    const round = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const schema = {
          type: "object",
          properties: { [`k${index % 40}`]: { type: "boolean" } },
          required: [],
        };
        await model.generate({
          messages: ask(`call ${index}`),
          maxTokens: 4,
          ...(index % 3 === 0 ? { schema } : {}),
        });
        if (index % 5 === 0) await model.score?.({ messages: ask(`call ${index}`), choices: ["a", "b"] });
      }
    };
    await round(150);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    await round(300);
    globalThis.gc?.();
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  }, 60_000);
});

describe("opening an embedded model", () => {
  it("does not cut JSON at a line break when the template ends turns with one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tandem-tiny-"));
    try {
      const path = join(folder, "newline.gguf");
      const chatTemplate =
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}";
      for (const seed of [1, 2, 3, 4]) {
        await writeFile(path, tinyGguf({ chatTemplate, seed }));
        await using model = await openEmbeddedModel({ path, threads: 1, contextTokens: 512 });
        const item = { type: "object", properties: { a: { type: "boolean" }, b: { type: "null" } } };
        const schema = { type: "array", items: item, minItems: 2, maxItems: 3 };
        const { text } = await model.generate({ messages: ask("list"), schema, maxTokens: 400 });
        expect(() => JSON.parse(text)).not.toThrow();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it("refuses a file that is not a model", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tandem-tiny-"));
    try {
      const whole = tinyGguf();
      for (const [name, bytes] of [
        ["text.gguf", new TextEncoder().encode("not a model")],
        ["cut.gguf", whole.subarray(0, whole.length / 2)],
      ] as const) {
        await writeFile(join(folder, name), bytes);
        const opening = openEmbeddedModel({ path: join(folder, name), threads: 1 });
        await expect(opening).rejects.toMatchObject({
          code: "model-failed",
          hint: expect.stringContaining("GGUF"),
        });
      }
      await expect(openEmbeddedModel({ path: join(folder, "absent.gguf") })).rejects.toBeInstanceOf(
        ModelError,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it("says how to install the engine when it is missing", async () => {
    const missing = loadEngine(async () => {
      throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    });
    await expect(missing).rejects.toMatchObject({
      code: "no-model",
      hint: expect.stringContaining("npm i node-llama-cpp"),
    });
  });
});
