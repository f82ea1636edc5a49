import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedModel } from "../../models/scripted.ts";
import { writeTinyModel } from "../../models/translation/bergamot/tiny-marian.fixture.ts";
import type { TranslationEngine } from "../../models/translation/translation-engine.ts";
import { parseEngineSpec } from "./engine-spec.ts";
import { openEngine } from "./open-engine.ts";
import { runApertium } from "./open-engine-apertium.ts";

describe("the line that names an engine", () => {
  it.each([
    ["bergamot", { kind: "bergamot" }],
    [" Bergamot:/my/models ", { kind: "bergamot", folder: "/my/models" }],
    ["apertium", { kind: "apertium" }],
    ["apertium:http://localhost:2737", { kind: "apertium", url: "http://localhost:2737" }],
    ["libretranslate:https://host/path", { kind: "libretranslate", url: "https://host/path" }],
    ["deepl", { kind: "deepl" }],
    ["azure", { kind: "azure" }],
    ["model", { kind: "model" }],
    ["model:http://host/v1#m:q", { kind: "model", model: "http://host/v1#m:q" }],
    ["pseudo", { kind: "pseudo" }],
    ["echo", { kind: "echo" }],
  ])("is read: %s", (line, spec) => {
    expect(parseEngineSpec(line)).toEqual(spec);
  });

  it.each([
    "",
    "google",
    "bergamot:",
    "libretranslate",
    "libretranslate:localhost",
    "apertium:ftp://x",
    "deepl:key",
    "a b",
  ])("is refused with the known forms: %j", (line) => {
    expect(() => parseEngineSpec(line)).toThrow(
      expect.objectContaining({ code: "bad-request", hint: expect.stringMatching(/\w/) }),
    );
  });
});

describe("opening an engine", () => {
  let folder = "";
  const said: string[] = [];
  const open = (
    spec: string | undefined,
    env: Readonly<Record<string, string>> = {},
    openModel = async () => undefined as ReturnType<typeof scriptedModel> | undefined,
  ): Promise<TranslationEngine> =>
    openEngine(spec, {
      io: {
        env: { TANDEM_CACHE: folder, ...env },
        cwd: folder,
        openModel,
        signal: new AbortController().signal,
      },
      terminal: { say: (text) => said.push(text) },
    });
  const request = { source: "en", target: "pt", items: [{ id: "a", text: "One." }] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-engine-"));
    await writeTinyModel(join(folder, "translation"), "en-pt");
    await writeTinyModel(join(folder, "own"), "en-de");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("takes Bergamot with the cache folder when nothing is named, and a folder of one's own before it", async () => {
    await using engine = await open(undefined);
    expect(engine.id).toBe("bergamot");
    expect((await engine.translate(request)).items).toHaveLength(1);
    expect(await engine.missing("en", "de")).toMatch(/tandem models pull translation:en-de/);
    await using own = await open("bergamot:own");
    expect(await own.missing("en", "de")).toBeUndefined();
    expect(await own.missing("en", "pt")).toBeUndefined();
  });

  it("follows the environment, and the option before it", async () => {
    expect((await open(undefined, { TANDEM_TRANSLATION_ENGINE: "echo" })).id).toBe("echo");
    expect((await open("pseudo", { TANDEM_TRANSLATION_ENGINE: "echo" })).id).toBe("pseudo");
    expect((await open("deepl", { DEEPL_API_KEY: "k" })).isLocal).toBe(false);
    expect((await open("azure", { AZURE_TRANSLATOR_KEY: "k" })).id).toBe("azure");
    expect((await open("libretranslate:http://127.0.0.1:1")).isLocal).toBe(true);
  });

  it.each([
    ["deepl", "DEEPL_API_KEY"],
    ["azure", "AZURE_TRANSLATOR_KEY"],
    ["model", "--engine bergamot"],
  ])("says what %s lacks", async (spec, hint) => {
    await expect(open(spec, { DEEPL_API_KEY: " " })).rejects.toMatchObject({
      code: "no-model",
      hint: expect.stringContaining(hint),
    });
  });

  it("opens a language model and closes it with the engine", async () => {
    let isClosed = false;
    const model = {
      ...scriptedModel([{ json: { 1: { source: "One.", target: "Um." } } }]),
      [Symbol.asyncDispose]: async () => {
        isClosed = true;
      },
    };
    {
      await using engine = await open("model:scripted", {}, async () => model);
      expect((await engine.translate(request)).items).toEqual([{ id: "a", text: "Um." }]);
      expect(isClosed).toBe(false);
    }
    expect(isClosed).toBe(true);
  });
});

const hasApertium = spawnSync("apertium", ["-l"], { encoding: "utf8" }).stdout?.includes("eng-spa") === true;

describe.skipIf(!hasApertium)("the program apertium", () => {
  it("translates with tags kept", async () => {
    await using engine = await openEngine("apertium", {
      io: { env: {}, cwd: ".", openModel: async () => undefined, signal: new AbortController().signal },
      terminal: { say: () => {} },
    });
    const { items, failed } = await engine.translate({
      source: "en-GB",
      target: "es",
      items: [
        { id: "a", text: 'The <span id="g1">cat</span> sleeps &amp; eats.<img id="x2"/>' },
        { id: "b", text: "I have a xyzzybicycle." },
        { id: "c", text: "unclosed <b>tag" },
        { id: "d", text: " a house " },
      ],
    });
    expect(failed).toEqual([]);
    const text = new Map(items.map((item) => [item.id, item.text]));
    expect(text.get("a")).toMatch(/<span id="g1">gato<\/span>.* &amp; come\.\s?<img id="x2"/);
    expect(text.get("b")).toMatch(/xyzzybicycle/);
    expect(text.get("b")).not.toMatch(/[*@#]/);
    expect(text.get("d")).toMatch(/^ una casa $/i);
  });

  it("reports a pair that is not there and stops when told", async () => {
    await expect(runApertium(["xxx-yyy"], "a")).rejects.toThrow(/./);
    const reason = new Error("enough");
    const aborted = new AbortController();
    const running = runApertium(["-f", "html", "eng-spa"], "a ".repeat(100_000), aborted.signal);
    aborted.abort(reason);
    await expect(running).rejects.toBe(reason);
  });
});
