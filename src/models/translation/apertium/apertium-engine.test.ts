import { describe, expect, it } from "vitest";
import { type ServiceRequest, testService } from "../service.fixture.ts";
import type { TranslateItem } from "../translation-engine.ts";
import { apertiumEngine } from "./apertium-engine.ts";
import { choosePair, parseMode } from "./apertium-modes.ts";
import { apertiumCommand, apertiumServer, type RunApertium } from "./apertium-ports.ts";

const item = (text: string, id = text): TranslateItem => ({ id, text });
const MODES = "  eng-spa\n  spa-eng\n  spa-eng_US\n";

/** Answers like the program: paragraphs kept, words in capitals, spaces where none were. */
const program: RunApertium = async (args, input) =>
  args[0] === "-l"
    ? MODES
    : input.replace(
        /(<p[^>]*>)([^<]*)/g,
        (_whole, open: string, text: string) => `${open}  ${text.toUpperCase()}`,
      );

describe("the Apertium program as an engine", () => {
  it("translates many texts in one run, without marks for unknown words and without stray spaces", async () => {
    const runs: (readonly string[])[] = [];
    const engine = apertiumEngine(
      apertiumCommand((args, input, signal) => {
        runs.push(args);
        return program(args, input, signal);
      }),
    );
    const items = [item("one"), item(" two "), item("R&amp;D"), item("  ")];
    const { items: done, failed } = await engine.translate({ source: "en", target: "es", items });
    expect(failed).toEqual([]);
    expect(new Map(done.map(({ id, text }) => [id, text]))).toEqual(
      new Map([
        ["one", "ONE"],
        [" two ", " TWO "],
        ["R&amp;D", "R&AMP;D"],
        ["  ", "  "],
      ]),
    );
    expect(runs).toEqual([["-l"], ["-u", "-f", "html", "eng-spa"]]);
  });

  it("asks again alone for a text whose paragraph did not come back, and fails only that", async () => {
    const engine = apertiumEngine(
      apertiumCommand(async (args, input, signal) =>
        (await program(args, input, signal)).replace(/<p data-i="\d">\s*BAD<\/p>/, ""),
      ),
    );
    const response = await engine.translate({
      source: "en",
      target: "es",
      items: [item("good"), item("bad"), item("x".repeat(20_000), "long")],
    });
    expect(response.items).toEqual([{ id: "good", text: "GOOD" }]);
    expect(response.failed.map(({ id }) => id)).toEqual(["long", "bad"]);
  });

  it("says which pairs there are and how another is had", async () => {
    const engine = apertiumEngine(apertiumCommand(program));
    expect(await engine.missing("en-GB", "es-MX")).toBeUndefined();
    expect(await engine.missing("en", "fr")).toMatch(
      /it has en to es, es to en, es to en-US\. .*apt install/,
    );
    await expect(engine.translate({ source: "en", target: "fr", items: [] })).rejects.toMatchObject({
      code: "no-model",
    });
  });

  it("reports a failure of the program, and stops with the signal's reason", async () => {
    const failing = apertiumEngine(
      apertiumCommand(async (args) => {
        if (args[0] === "-l") return MODES;
        throw new Error("lt-proc: no such file");
      }),
    );
    const request = { source: "en", target: "es", items: [item("one")] };
    await expect(failing.translate(request)).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/lt-proc/),
    });
    const reason = new Error("enough");
    const aborted = new AbortController();
    const engine = apertiumEngine(
      apertiumCommand(async (args, _input, signal) => {
        if (args[0] === "-l") return MODES;
        aborted.abort(reason);
        signal?.throwIfAborted();
        return "";
      }),
    );
    await expect(engine.translate({ ...request, signal: aborted.signal })).rejects.toBe(reason);
  });
});

describe("Apertium's server as an engine", () => {
  const answer = ({ path, body }: ServiceRequest) => ({
    body: path.startsWith("/listPairs")
      ? { responseData: [{ sourceLanguage: "eng", targetLanguage: "spa" }], responseStatus: 200 }
      : {
          responseData: {
            translatedText: (body as { q: string }).q
              .toUpperCase()
              .replaceAll("P DATA-I", "p data-i")
              .replaceAll("</P>", "</p>"),
          },
        },
  });

  it("is asked for HTML of the pair by a form", async () => {
    await using server = await testService(answer);
    const engine = apertiumEngine(apertiumServer({ url: `${server.url}/` }));
    const { items } = await engine.translate({
      source: "en",
      target: "es",
      items: [item("one"), item("two")],
    });
    expect(items).toEqual([
      { id: "one", text: "ONE" },
      { id: "two", text: "TWO" },
    ]);
    expect(server.requests[1]?.body).toEqual({
      langpair: "eng|spa",
      q: '<p data-i="0">one</p>\n<p data-i="1">two</p>',
      format: "html",
      markUnknown: "no",
    });
    expect(engine.isLocal).toBe(true);
  });

  it("is not believed when it answers otherwise", async () => {
    for (const body of [
      null,
      {},
      { responseData: 1 },
      { responseData: [{}] },
      { responseData: { translatedText: 2 } },
    ]) {
      await using server = await testService(() => ({ body }));
      const engine = apertiumEngine(apertiumServer({ url: server.url, attempts: 1 }));
      await expect(
        engine.translate({ source: "en", target: "es", items: [item("one")] }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(model-output|no-model)$/) });
    }
    expect(() => apertiumServer({ url: "localhost" })).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});

describe("Apertium's names of pairs", () => {
  const pairs = ["eng-spa", "spa-eng", "spa-eng_US", "es-pt", "nob-nno", "por_BR-spa"].flatMap(
    (mode) => parseMode(mode) ?? [],
  );

  it.each([
    ["en", "es", "eng-spa"],
    ["es", "en-US", "spa-eng_US"],
    ["es-AR", "en-GB", "spa-eng"],
    ["es", "pt", "es-pt"],
    ["no", "nn", "nob-nno"],
    ["pt-BR", "es", "por_BR-spa"],
  ])("finds %s to %s", (source, target, mode) => {
    expect(choosePair(pairs, source, target)).toEqual(parseMode(mode));
  });

  it("finds nothing where there is nothing", () => {
    expect(choosePair(pairs, "en", "fr")).toBeUndefined();
    expect(parseMode("not a mode")).toBeUndefined();
    expect(parseMode("eng-spa; rm")).toBeUndefined();
  });
});
