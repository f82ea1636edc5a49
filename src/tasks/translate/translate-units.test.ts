import { describe, expect, it } from "vitest";
import type { TextUnit } from "../../files/units/types.ts";
import type { TranslateRequest, TranslationEngine } from "../../models/translation/translation-engine.ts";
import type { Checkpoint } from "../task.ts";
import type { TranslateUnitsOptions } from "./translate-options.ts";
import { translateUnits } from "./translate-units.ts";

const unit = (id: string, text: string, more: Partial<TextUnit> = {}): TextUnit => ({
  id,
  kind: "paragraph",
  place: `paragraph ${id}`,
  text,
  spans: [],
  atoms: [],
  ...more,
});

/** An engine that answers by a function and remembers what it was asked. */
function engineOf(
  answer: (text: string, complaint?: string) => string | undefined,
  capabilities: Partial<TranslationEngine["capabilities"]> = {},
): TranslationEngine & { readonly asked: TranslateRequest[] } {
  const asked: TranslateRequest[] = [];
  return {
    id: "test",
    isLocal: true,
    asked,
    capabilities: {
      tags: "xml",
      glossary: false,
      context: false,
      maxCharacters: 5000,
      batchSize: 1,
      ...capabilities,
    },
    missing: async () => undefined,
    translate: async (request) => {
      asked.push(request);
      request.signal?.throwIfAborted();
      const answers = request.items.map(({ id, text, complaint }) => ({ id, text: answer(text, complaint) }));
      return {
        items: answers.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }])),
        failed: answers.flatMap(({ id, text }) => (text === undefined ? [{ id, reason: "no answer" }] : [])),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const options = (
  engine: TranslationEngine,
  more: Partial<TranslateUnitsOptions> = {},
): TranslateUnitsOptions => ({
  from: "en",
  to: "pt",
  engine,
  now: new Date("2026-01-01T00:00:00Z"),
  emit: () => {},
  ...more,
});

const texts = (request: TranslateRequest): string[] => request.items.map(({ text }) => text);

describe("translateUnits", () => {
  it("leaves what only machines read as it is, and asks for words beside it", async () => {
    const engine = engineOf((text) => text.toUpperCase(), { batchSize: 50 });
    const kept = ["SharedStringPart", "rId3", "net_cash", "C:\\files\\a.xml", "PivotTable, iPhone"];
    const asked = ["The rId3 part", "1st", "PARTS", "Part"];
    await translateUnits(
      [...kept, ...asked].map((text, index) => unit(String(index), text)),
      options(engine),
    );
    expect(
      engine.asked
        .flatMap(texts)
        .map((text) => text.toLowerCase())
        .sort(),
    ).toEqual(asked.map((text) => text.toLowerCase()).sort());
  });

  it("asks again with short numbers where an engine broke long ones, and never shows a short one", async () => {
    const breaks = engineOf((text) => text.replace(/(\d),(\d)\d\d,/, "$1,$2,"), { batchSize: 50 });
    const text = "They sold 5,973,700 shares in 2019.";
    const { targets, segments } = await translateUnits([unit("1", text)], options(breaks));
    expect(targets[0]!.text).toBe("They sold 5.973.700 shares in 2019.");
    expect(segments[0]!.findings.filter(({ kind }) => kind === "numbers")).toEqual([]);
    const loses = engineOf((each) => each.replace(/[\d,]+ shares/, "some shares"), { batchSize: 50 });
    const lost = await translateUnits([unit("1", text)], options(loses));
    expect(lost.targets[0]!.text).toBe("They sold some shares in 2019.");
    expect(lost.segments[0]!.rating).toBe("red");
  });

  it("asks for a sentence once, however often it stands in the file", async () => {
    const engine = engineOf((text) => `${text}`.toUpperCase(), { batchSize: 50 });
    const units = [unit("1", "Good morning. How are you?"), unit("2", "Good morning.")];
    const { targets } = await translateUnits(units, options(engine));
    expect(engine.asked.flatMap(texts)).toEqual(["Good morning.", "How are you?"]);
    expect(targets.map(({ text }) => text)).toEqual(["GOOD MORNING. HOW ARE YOU?", "GOOD MORNING."]);
  });

  it("gives a copy the target of its original, by its own codes", async () => {
    const bold = (id: string) => [{ id, kind: "format", start: 0, end: 4, canCopy: true }] as const;
    const units = [
      unit("1", "Good morning", { spans: bold("1") }),
      unit("2", "Good morning", { spans: bold("7"), sameAs: "1" }),
    ];
    const engine = engineOf(() => "<g1>Bom</g1> dia");
    const { targets } = await translateUnits(units, options(engine));
    expect(targets[1]).toMatchObject({ unit: "2", text: "Bom dia", spans: [{ id: "7", start: 0, end: 3 }] });
    expect(engine.asked).toHaveLength(1);
  });

  it("keeps the source where no answer can be used, and says so", async () => {
    const engine = engineOf((text) =>
      /first/.test(text) ? undefined : "I'm sorry, I can't translate this.",
    );
    const { segments } = await translateUnits([unit("1", "The first one. The other one.")], options(engine));
    expect(segments.map(({ origin, rating, target }) => [origin, rating, target.text])).toEqual([
      ["source", "red", "The first one."],
      ["source", "red", "The other one."],
    ]);
    expect(segments.map(({ findings }) => findings[0]?.text)).toEqual([
      "no answer",
      "the engine speaks of itself",
    ]);
  });

  it("tells an engine that reads it what was wrong, and takes the better answer", async () => {
    const answer = (_: string, complaint?: string): string =>
      complaint ? "Vendemos 125 peças." : "Vendemos 152 peças.";
    const engine = engineOf(answer, { context: true });
    const { segments } = await translateUnits([unit("1", "We sold 125 pieces.")], options(engine));
    expect(engine.asked[1]?.items[0]?.complaint).toMatch(/says 125, the translation 152/);
    expect(segments[0]).toMatchObject({ rating: "green", target: { text: "Vendemos 125 peças." } });
  });

  it("loses no code, whatever the engine does with its tags", async () => {
    const coded = unit("1", "See the manual for help", {
      spans: [{ id: "1", kind: "link", start: 8, end: 14, canCopy: false }],
      atoms: [{ id: "2", kind: "note", offset: 23 }],
    });
    for (const answer of [
      "Veja o manual para ajuda",
      "<g1></g1>Veja<x2/><x2/> <g9>o</g1>",
      "<g1>Veja</g1> o <g1>manual</g1>",
    ]) {
      const { targets } = await translateUnits([coded], options(engineOf(() => answer)));
      expect(targets[0]!.spans.filter(({ id }) => id === "1")).toHaveLength(1);
      expect(targets[0]!.atoms).toHaveLength(1);
    }
  });

  it("goes on where an aborted run stopped", async () => {
    const kept = new Map<string, string>();
    const checkpoint: Checkpoint = {
      read: async (step) => kept.get(step),
      write: async (step, text) => void kept.set(step, text),
    };
    const units = Array.from({ length: 12 }, (_, index) =>
      unit(`${index}`, `This is sentence ${"abcdefghijkl"[index]} of all.`),
    );
    const controller = new AbortController();
    const first = engineOf((text) => {
      if (text.includes("sentence g")) controller.abort(new Error("stopped"));
      return text.replace("This is", "Esta é");
    });
    const { signal } = controller;
    await expect(translateUnits(units, options(first, { checkpoint, signal }))).rejects.toThrow("stopped");
    expect(kept.size).toBeGreaterThan(0);
    const second = engineOf((text) => text.replace("This is", "Esta é"));
    const { targets } = await translateUnits(units, options(second, { checkpoint }));
    expect(second.asked.flatMap(texts).length).toBeLessThan(12);
    expect(targets.every(({ text }) => text.startsWith("Esta é"))).toBe(true);
  });

  it("brings numbers into the target language's form and cuts what the format has no room for", async () => {
    const engine = engineOf((text) => (/Sales/.test(text) ? "Resumo das vendas do trimestre passado" : text));
    const units = [
      unit("1", "EUR 1,250.50 a year"),
      unit("2", "Sales", { kind: "sheet-name", maxLength: 31 }),
    ];
    const { targets, segments } = await translateUnits(units, options(engine));
    expect(targets.map(({ text }) => text)).toEqual([
      "EUR 1.250,50 a year",
      "Resumo das vendas do trimestre",
    ]);
    expect(segments[1]?.findings.map(({ kind }) => kind)).toContain("too-long");
  });

  it("asks an engine for capitals as a sentence, and gives capitals back", async () => {
    const engine = engineOf((text) => text.replace("Overview of", "Visão geral do"));
    const { targets } = await translateUnits([unit("1", "OVERVIEW OF MARKETS")], options(engine));
    expect(engine.asked.flatMap(texts)).toEqual(["Overview of markets"]);
    expect(targets[0]?.text).toBe("VISÃO GERAL DO MARKETS");
  });
});
