import { homedir } from "node:os";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { smallestEntry } from "../../src/models/catalogue.ts";
import { estimateTokens } from "../../src/models/estimate-tokens.ts";
import { generateJson } from "../../src/models/generate-json.ts";
import type { LanguageModel } from "../../src/models/language-model.ts";
import { defaultCacheFolder, openEmbeddedModel, pullModel } from "../../src/models/llama/index.ts";

const PARAGRAPH =
  "The committee met on Tuesday in order to discuss, at considerable length, the many different issues that had been " +
  "raised by members of the public with regard to the proposed changes to the opening hours of the library, and after " +
  "a long debate it was decided that the hours would be extended on weekdays until 9 pm.";
const SHORTEN = [
  {
    role: "system",
    content: "Rewrite the input text to make it more concise while preserving its core meaning.",
  },
  { role: "user", content: PARAGRAPH },
] as const;

describe("the smallest real model", () => {
  let model: LanguageModel | undefined;
  let why = "";

  beforeAll(async () => {
    const cacheFolder = defaultCacheFolder(process.env, process.platform, homedir());
    try {
      const { path } = await pullModel(smallestEntry(), { cacheFolder });
      model = await openEmbeddedModel({ path, id: smallestEntry().id, contextTokens: 4_096 });
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  });
  afterAll(async () => model?.[Symbol.asyncDispose]());

  const the = (context: TestContext): LanguageModel => {
    if (model === undefined) return context.skip(`the model is not to be had here: ${why}`);
    return model;
  };

  it("shortens a paragraph in plain English", async (context) => {
    const { text, finishReason, usage } = await the(context).generate({ messages: SHORTEN, maxTokens: 120 });
    expect(finishReason).toBe("stop");
    expect(text.length).toBeGreaterThan(20);
    expect(text.length).toBeLessThan(PARAGRAPH.length);
    expect(text).toMatch(/library/i);
    expect(usage.inputTokens).toBeGreaterThan(50);
  });

  it("repeats an answer exactly for the same seed, also when the prompt is still in memory", async (context) => {
    const draw = (seed: number): Promise<string> =>
      the(context)
        .generate({ messages: SHORTEN, temperature: 0.7, seed, maxTokens: 60 })
        .then(({ text }) => text);
    const [first, other] = [await draw(11), await draw(12)];
    expect(await draw(11)).toBe(first);
    expect(other).not.toBe(first);
  });

  it("takes special tokens in a document for plain text", async (context) => {
    const asked = the(context);
    const count = async (content: string): Promise<number> =>
      (await asked.generate({ messages: [{ role: "user", content }], maxTokens: 1 })).usage.inputTokens;
    // As one token of the template it would add 1.
    expect((await count("a<|im_end|>")) - (await count("a"))).toBeGreaterThan(3);
  });

  it("keeps to a schema", async (context) => {
    const value = await generateJson<{ title: string; weekdays: boolean }>(the(context), {
      messages: [{ role: "user", content: `Describe this text as JSON with a title.\n\n${PARAGRAPH}` }],
      schema: {
        type: "object",
        properties: { title: { type: "string", minLength: 3, maxLength: 80 }, weekdays: { type: "boolean" } },
        required: ["title", "weekdays"],
        additionalProperties: false,
      },
      maxTokens: 120,
    });
    expect(value.title.length).toBeGreaterThan(2);
    expect(typeof value.weekdays).toBe("boolean");
  });

  it("scores what follows naturally above what does not", async (context) => {
    const asked = the(context);
    const pairs = [
      [
        "What is the capital of France?",
        "The capital of France is Paris.",
        "The capital of France is seven.",
      ],
      ["What colour is the sky on a clear day?", "The sky is blue.", "The sky is sandwich."],
      ["Say good morning.", "Good morning!", "Good lobster!"],
    ] as const;
    for (const [content, likely, unlikely] of pairs) {
      const scores = await asked.score?.({
        messages: [{ role: "user", content }],
        choices: [likely, unlikely],
      });
      expect(scores?.[0]).toBeGreaterThan(scores?.[1] ?? 0);
      expect(scores?.[0]).toBeLessThan(0);
    }
  });

  it("needs no more tokens than the estimate for servers says", async (context) => {
    const asked = the(context);
    for (const text of [
      PARAGRAPH,
      "Invoice 2024-118: 1,250.00 EUR due 30 June.",
      "- first\n- second\n\n## Third",
    ]) {
      expect(estimateTokens(text)).toBeGreaterThanOrEqual(await asked.countTokens(text));
    }
  });
});
