import { describe, expect, it } from "vitest";
import { azureTranslatorEngine } from "./azure-translator.ts";
import { deeplEngine } from "./deepl.ts";
import { libreTranslateEngine } from "./libretranslate.ts";
import { type ServiceAnswer, type ServiceRequest, testService } from "./service.fixture.ts";
import type { TranslateItem, TranslationEngine } from "./translation-engine.ts";

const KEY = "secret-key-1234";
const item = (text: string, more: Partial<TranslateItem> = {}): TranslateItem => ({
  id: text,
  text,
  ...more,
});
const loud = (text: unknown): string => String(text).toUpperCase();

type Service = {
  readonly open: (url: string) => TranslationEngine;
  /** A correct answer. */
  readonly answer: (request: ServiceRequest) => ServiceAnswer;
  /** The texts of a request. */
  readonly texts: (request: ServiceRequest) => readonly string[];
  /** The answer with one text less. */
  readonly short: (request: ServiceRequest) => ServiceAnswer;
  readonly isTranslate: (request: ServiceRequest) => boolean;
  readonly limits: { readonly items: number; readonly characters: number };
};

const LANGUAGES = ["en", "de", "pt", "zh"];
const quick = { attempts: 3, pauseMs: 5 };

const libreTexts = ({ body }: ServiceRequest): readonly string[] => (body as { q: string[] }).q;
const deeplTexts = ({ body }: ServiceRequest): readonly string[] => (body as { text: string[] }).text;
const azureTexts = ({ body }: ServiceRequest): readonly string[] =>
  (body as { Text: string }[]).map(({ Text }) => Text);

const SERVICES: Readonly<Record<string, Service>> = {
  libretranslate: {
    open: (url) => libreTranslateEngine({ url, apiKey: KEY, ...quick }),
    answer: (request) =>
      request.path === "/languages"
        ? { body: LANGUAGES.map((code) => ({ code, name: code, targets: LANGUAGES })) }
        : { body: { translatedText: libreTexts(request).map(loud) } },
    short: (request) => ({ body: { translatedText: libreTexts(request).slice(1) } }),
    texts: libreTexts,
    isTranslate: ({ path }) => path === "/translate",
    limits: { items: 50, characters: 20_000 },
  },
  deepl: {
    open: (url) => deeplEngine({ url, apiKey: KEY, ...quick }),
    answer: (request) =>
      request.path.startsWith("/v2/languages")
        ? { body: ["EN", "DE", "PT-BR", "ZH-HANS"].map((language) => ({ language, name: language })) }
        : {
            body: {
              translations: deeplTexts(request).map((text) => ({
                detected_source_language: "EN",
                text: loud(text),
              })),
            },
          },
    short: () => ({ body: { translations: [] } }),
    texts: deeplTexts,
    isTranslate: ({ path }) => path === "/v2/translate",
    limits: { items: 50, characters: 120_000 },
  },
  azure: {
    open: (url) => azureTranslatorEngine({ url, apiKey: KEY, region: "westeurope", ...quick }),
    answer: (request) =>
      request.path.startsWith("/languages")
        ? { body: { translation: { en: {}, de: {}, pt: {}, "zh-Hans": {} } } }
        : { body: azureTexts(request).map((text) => ({ translations: [{ text: loud(text), to: "de" }] })) },
    short: (request) => ({
      body: azureTexts(request)
        .slice(1)
        .map((text) => ({ translations: [{ text }] })),
    }),
    texts: azureTexts,
    isTranslate: ({ path }) => path.startsWith("/translate?"),
    limits: { items: 1_000, characters: 50_000 },
  },
};

describe.each(Object.entries(SERVICES))("the %s engine", (name, service) => {
  /** Answers correctly but where `special` does. */
  const serve = (special?: (request: ServiceRequest, index: number) => ServiceAnswer | undefined) => {
    let calls = 0;
    return testService((request) =>
      service.isTranslate(request)
        ? (special?.(request, calls++) ?? service.answer(request))
        : service.answer(request),
    );
  };
  const two = { source: "en", target: "de", items: [item("one"), item("two")] };

  it("gives every text its translation", async () => {
    await using server = await serve();
    const engine = service.open(server.url);
    expect(engine.id).toBe(name);
    const items = [...two.items, item("  ")];
    expect(await engine.translate({ ...two, items })).toEqual({
      items: expect.arrayContaining([
        { id: "one", text: "ONE" },
        { id: "two", text: "TWO" },
        { id: "  ", text: "  " },
      ]),
      failed: [],
    });
  });

  it("keeps to the service's limits, and refuses alone what is too long", async () => {
    await using server = await serve();
    const many = Array.from({ length: 1_100 }, (_, index) => item(`${index} ${"x".repeat(200)}`));
    const long = item("y".repeat(200_000));
    const { items, failed } = await service.open(server.url).translate({ ...two, items: [...many, long] });
    expect(items.map(({ id, text }) => [id, text])).toEqual(many.map(({ id, text }) => [id, loud(text)]));
    expect(failed).toEqual([{ id: long.id, reason: expect.stringMatching(/longer than/) }]);
    const sent = server.requests.filter(service.isTranslate).map(service.texts);
    expect(sent.length).toBeGreaterThan(1);
    for (const texts of sent) {
      expect(texts.length).toBeLessThanOrEqual(service.limits.items);
      expect(texts.join("").length).toBeLessThanOrEqual(service.limits.characters);
    }
  });

  it("waits as long as the server asks and tries again", async () => {
    await using server = await serve((_request, call) =>
      call === 0
        ? { status: 429, headers: { "retry-after": "0" }, body: { message: "slow down" } }
        : undefined,
    );
    expect((await service.open(server.url).translate(two)).items).toHaveLength(2);
    expect(server.requests.filter(service.isTranslate)).toHaveLength(2);
  });

  it("gives up on a server that wants too long a pause, without a word of the key", async () => {
    await using server = await serve((request) => ({
      status: 429,
      headers: { "retry-after": "3600" },
      body: { message: `too many for ${JSON.stringify(request.headers)} ${JSON.stringify(request.body)}` },
    }));
    const error = await service
      .open(server.url)
      .translate(two)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/limiting requests/),
    });
    expect(server.requests.filter(service.isTranslate)).toHaveLength(1);
    let cause: unknown = error;
    for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
      expect(JSON.stringify({ ...cause, message: cause.message, stack: cause.stack })).not.toContain(KEY);
      cause = cause.cause;
    }
  });

  it.each([401, 403])("says how the key is given after %i, and asks once", async (status) => {
    await using server = await serve(() => ({ status, body: { message: `bad key ${KEY}` } }));
    const failing = service.open(server.url).translate(two);
    await expect(failing).rejects.toMatchObject({
      message: expect.not.stringContaining(KEY),
      hint: expect.stringMatching(/[A-Z_]+KEY/),
    });
    expect(server.requests.filter(service.isTranslate)).toHaveLength(1);
  });

  it("does not repeat a refused request, and repeats a failed one", async () => {
    await using refusing = await serve(() => ({
      status: 400,
      body: { error: { message: "no such language" } },
    }));
    await expect(service.open(refusing.url).translate(two)).rejects.toThrow(/no such language/);
    expect(refusing.requests.filter(service.isTranslate)).toHaveLength(1);
    await using failing = await serve(() => ({ status: 503, body: "<html>" }));
    await expect(service.open(failing.url).translate(two)).rejects.toThrow(/failed \(503\)/);
    expect(failing.requests.filter(service.isTranslate)).toHaveLength(3);
  });

  it("tries again when an answer is cut off", async () => {
    await using server = await serve((request, call) =>
      call === 0 ? { ...service.answer(request), cut: true } : undefined,
    );
    expect((await service.open(server.url).translate(two)).items).toHaveLength(2);
  });

  it("takes nothing from an answer of another form or length", async () => {
    for (const body of [
      null,
      [],
      {},
      "[1,",
      { translations: "x", translatedText: "y" },
      [{ translations: [{ text: 7 }] }, {}],
    ]) {
      await using server = await serve(() => ({ body }));
      await expect(service.open(server.url).translate(two)).rejects.toMatchObject({
        code: expect.stringMatching(/^model-(output|failed)$/),
      });
    }
    await using server = await serve(service.short);
    await expect(service.open(server.url).translate(two)).rejects.toMatchObject({ code: "model-output" });
  });

  it("stops with the signal's reason", async () => {
    const aborted = new AbortController();
    const reason = new Error("changed my mind");
    await using server = await testService((request) => {
      if (!service.isTranslate(request)) return service.answer(request);
      aborted.abort(reason);
      return undefined;
    });
    const running = service.open(server.url).translate({ ...two, signal: aborted.signal });
    await expect(running).rejects.toBe(reason);
  });

  it("says what is out of reach, and what to do", async () => {
    const failing = service.open("http://127.0.0.1:9").translate(two);
    await expect(failing).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/could not be reached/),
      hint: expect.stringMatching(/--engine bergamot/),
    });
  });

  it("knows which pairs it has", async () => {
    await using server = await serve();
    const engine = service.open(server.url);
    expect(await engine.missing("en-GB", "pt-BR")).toBeUndefined();
    expect(await engine.missing("en", "zh-CN")).toBeUndefined();
    expect(await engine.missing("en", "fi")).toMatch(/fi/);
    expect(await engine.missing("fi", "en")).toMatch(/fi/);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });
});

describe("what the services are asked", () => {
  it("DeepL gets strict tags, the neighbours as context, and a formality that no language refuses", async () => {
    await using server = await testService(SERVICES.deepl!.answer);
    const items = [
      item("<g1>one</g1>", { before: "What was before." }),
      item("two", { after: "What comes after." }),
    ];
    await deeplEngine({ url: server.url, apiKey: KEY }).translate({
      source: "en-US",
      target: "pt",
      items,
      formality: "formal",
      summary: "A contract.",
    });
    expect(server.requests[0]?.headers.authorization).toBe(`DeepL-Auth-Key ${KEY}`);
    expect(server.requests[0]?.body).toEqual({
      text: ["<g1>one</g1>", "two"],
      source_lang: "EN",
      target_lang: "PT-BR",
      tag_handling: "xml",
      tag_handling_version: "v2",
      outline_detection: false,
      context: "A contract.\nWhat was before.\nWhat comes after.",
      formality: "prefer_more",
    });
  });

  it("Azure gets markup as HTML, its own codes, and the region beside the key", async () => {
    await using server = await testService(SERVICES.azure!.answer);
    const engine = azureTranslatorEngine({ url: server.url, apiKey: KEY, region: "westeurope" });
    await engine.translate({ source: "zh-TW", target: "pt-PT", items: [item("<b>one</b>")] });
    const [request] = server.requests;
    expect(request?.path).toBe("/translate?api-version=3.0&from=zh-Hant&to=pt-pt&textType=html");
    expect(request?.headers).toMatchObject({
      "ocp-apim-subscription-key": KEY,
      "ocp-apim-subscription-region": "westeurope",
    });
    expect(request?.body).toEqual([{ Text: "<b>one</b>" }]);
  });

  it("LibreTranslate gets HTML, its key in the body, and its own old codes", async () => {
    await using server = await testService((request) =>
      request.path === "/languages"
        ? { body: ["en", "zt", "pb"].map((code) => ({ code, name: code, targets: ["en", "zt", "pb"] })) }
        : SERVICES.libretranslate!.answer(request),
    );
    const engine = libreTranslateEngine({ url: `${server.url}/`, apiKey: KEY });
    await engine.translate({ source: "zh-Hant", target: "pt-BR", items: [item("one")] });
    expect(server.requests[1]?.body).toEqual({
      q: ["one"],
      source: "zt",
      target: "pb",
      format: "html",
      api_key: KEY,
    });
    expect(engine.isLocal).toBe(true);
    expect(libreTranslateEngine({ url: "https://translate.example" }).isLocal).toBe(false);
  });

  it("keys and addresses are asked for", () => {
    expect(() => deeplEngine({ apiKey: "" })).toThrow(expect.objectContaining({ code: "no-model" }));
    expect(() => azureTranslatorEngine({ apiKey: "" })).toThrow(
      expect.objectContaining({ code: "no-model" }),
    );
    expect(() => libreTranslateEngine({ url: "localhost" })).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});
