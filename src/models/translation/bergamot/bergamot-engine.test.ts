import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TranslateItem, TranslationEngine } from "../translation-engine.ts";
import { bergamotEngine, defaultWorkers } from "./bergamot-engine.ts";
import { writeTinyModel } from "./tiny-marian.fixture.ts";

const item = (text: string, id = text): TranslateItem => ({ id, text });
const SENTENCES = Array.from({ length: 60 }, (_, index) =>
  item(`The report of day ${index} is here.`, `${index}`),
);

describe("the Bergamot engine", () => {
  let folder = "";
  let engine: TranslationEngine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-bergamot-"));
    await writeTinyModel(folder, "en-pt", 7);
    await writeTinyModel(folder, "de-en", 8);
    engine = bergamotEngine({ folders: [join(folder, "none"), folder], workers: 2 });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("translates a batch in several threads and gives every item its own text", async () => {
    const request = { source: "en", target: "pt", items: SENTENCES };
    const { items, failed } = await engine.translate(request);
    expect(failed).toEqual([]);
    expect(items.map(({ id }) => id)).toEqual(SENTENCES.map(({ id }) => id));
    expect(new Set(items.map(({ text }) => text)).size).toBeGreaterThan(10);
    const alone = await engine.translate({ ...request, items: [SENTENCES[17]!] });
    expect(alone.items[0]).toEqual(items.find(({ id }) => id === "17"));
  });

  it("answers in the order of the request, though texts of one length are translated together", async () => {
    const items = ["One.", "A much longer sentence than the others.", " ", "Two three."].map((text) =>
      item(text),
    );
    const answer = await engine.translate({ source: "en", target: "pt", items });
    expect(answer.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });

  it("carries every tag over, through English as well", async () => {
    const marked = item('See <b id="1">page</b> two<br id="2">or <a id="3">the <i id="4">last</i></a>.', "a");
    for (const source of ["en", "de"]) {
      const { items, failed } = await engine.translate({ source, target: "pt-BR", items: [marked] });
      expect(failed).toEqual([]);
      for (const id of ["1", "2", "3", "4"]) expect(items[0]?.text).toContain(`id="${id}"`);
    }
  });

  it("gives back markup that is safe to parse, whatever the model wrote", async () => {
    const items = ["R&amp;D", "a &lt;b&gt; c", "&#233;t&eacute; &#x41; &#0; &#xD800;", "5 > 4", ""].map(
      (text) => item(text),
    );
    const answer = await engine.translate({ source: "en", target: "pt", items });
    expect(answer.failed).toEqual([]);
    expect(answer.items).toHaveLength(items.length);
    for (const { text } of answer.items)
      expect(text.replace(/&(amp|lt|gt|quot|apos);/g, "")).not.toMatch(/[<&]/);
  });

  it("fails only the item whose markup is broken, in the engine's words, and goes on working", async () => {
    const items = [item("One."), item("two <b>x</i> three"), item("Four.")];
    const { items: done, failed } = await engine.translate({ source: "en", target: "pt", items });
    expect(done.map(({ id }) => id)).toEqual(["One.", "Four."]);
    expect(failed).toEqual([
      { id: "two <b>x</i> three", reason: expect.stringMatching(/unexpected closing tag <\/i>/) },
    ]);
    expect(failed[0]?.reason).not.toMatch(/Callstack|Aborted/);
    const again = await engine.translate({ source: "en", target: "pt", items: [item("One.")] });
    expect(again.items[0]?.text).toBe(done[0]?.text);
  });

  it("refuses what is too long, and nothing else", async () => {
    const { items, failed } = await engine.translate({
      source: "en",
      target: "pt",
      items: [item("x".repeat(30_000), "long"), item("Short.", "short")],
    });
    expect(items.map(({ id }) => id)).toEqual(["short"]);
    expect(failed[0]).toEqual({ id: "long", reason: expect.stringContaining("20000") });
  });

  it("stops at once with the signal's reason, and can be used afterwards", async () => {
    const aborted = new AbortController();
    const reason = new Error("changed my mind");
    const many = Array.from({ length: 50 }, (_, round) =>
      SENTENCES.map(({ id, text }) => item(text, `${round}.${id}`)),
    ).flat();
    const running = engine.translate({ source: "en", target: "pt", items: many, signal: aborted.signal });
    setTimeout(() => aborted.abort(reason), 50);
    await expect(running).rejects.toBe(reason);
    const { items } = await engine.translate({ source: "en", target: "pt", items: [item("Back.")] });
    expect(items).toHaveLength(1);
    await expect(
      engine.translate({ source: "en", target: "pt", items: [], signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });

  it("says what to fetch when a model is not on this machine", async () => {
    expect(await engine.missing("en", "pt")).toBeUndefined();
    expect(await engine.missing("de-AT", "pt-BR")).toBeUndefined();
    expect(await engine.missing("en-GB", "fi")).toMatch(/\(36 MB\): tandem models pull translation:en-fi$/);
    expect(await engine.missing("fr", "it")).toMatch(
      /through English.*translation:fr-en and .*translation:en-it/,
    );
    expect(await engine.missing("en", "cy")).toMatch(/cy is not among its languages/);
    expect(await engine.missing("en", "en-GB")).toMatch(/one language/);
    await expect(
      engine.translate({ source: "en", target: "fi", items: [item("One.")] }),
    ).rejects.toMatchObject({ code: "no-model", hint: expect.stringMatching(/copy its folder/) });
  });

  it("reports a damaged model as a failure of the engine", async () => {
    const place = await writeTinyModel(folder, "en-it");
    await writeFile(join(place, "model.enit.intgemm.alphas.bin"), "not a model");
    const failing = engine.translate({ source: "en", target: "it", items: [item("One."), item("Two.")] });
    await expect(failing).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/en-it does not load: ./),
      hint: expect.stringMatching(/tandem models pull translation:en-it/),
    });
    expect(
      (await engine.translate({ source: "en", target: "pt", items: [item("One.")] })).items,
    ).toHaveLength(1);
  });

  it("survives more directions than a thread holds", async () => {
    const pairs = ["en-aa", "en-bb", "en-cc", "en-dd", "en-ee"];
    for (const pair of pairs) await writeTinyModel(folder, pair);
    for (const pair of [...pairs, ...pairs]) {
      const { items } = await engine.translate({
        source: "en",
        target: pair.slice(3),
        items: [item("One.")],
      });
      expect(items).toHaveLength(1);
    }
  });

  it("rejects what waits when it is closed", async () => {
    const closing = bergamotEngine({ folders: [folder], workers: 1 });
    const running = closing.translate({ source: "en", target: "pt", items: SENTENCES });
    await Promise.all([
      expect(running).rejects.toMatchObject({ code: "model-failed" }),
      closing[Symbol.asyncDispose](),
    ]);
  });
});

describe("the number of threads", () => {
  it("follows cores and memory", () => {
    expect(defaultWorkers(8, 16e9)).toBe(2);
    expect(defaultWorkers(1, 16e9)).toBe(1);
    expect(defaultWorkers(8, 700e6)).toBe(1);
    expect(defaultWorkers(8, 0)).toBe(1);
  });
});
