import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adversarialEngine } from "./adversarial.fixture.ts";
import { echoEngine } from "./echo.ts";
import { escapeMarkup, simplifyReferences, visibleText } from "./markup-text.ts";
import { pseudoEngine } from "./pseudo.ts";
import type { TranslationEngine } from "./translation-engine.ts";

const tags = (markup: string): string[] => markup.match(/<[^>]*>/g) ?? [];

async function one(engine: TranslationEngine, text: string, target = "de"): Promise<string> {
  const { items } = await engine.translate({ source: "en", target, items: [{ id: "a", text }] });
  return items[0]!.text;
}

describe("the pseudo engine", () => {
  it("accents the letters, marks the ends and keeps tags and references in their places", async () => {
    const text = await one(pseudoEngine(), "The <g1>cat</g1> &amp; <x2/>a dog", "en");
    expect(text).toBe("«Thé <g1>çát</g1> &amp; <x2/>á ďóg»");
  });

  it("is as long as a translation usually is", async () => {
    const source = "The committee will meet again on Tuesday morning to discuss the report of the auditors.";
    const german = await one(pseudoEngine(), source, "de");
    expect(german.length / source.length).toBeGreaterThan(1.25);
    expect(german.length / source.length).toBeLessThan(1.35);
    expect((await one(pseudoEngine(), source, "ja")).length).toBe(source.length + 2);
    expect(await one(pseudoEngine(), source, "de")).toBe(german);
  });

  it("keeps every tag of any text, in order, and never gives the text back unchanged", async () => {
    const piece = fc.oneof(fc.string().map(escapeMarkup), fc.constantFrom("<g1>", "</g1>", "<x2/>", "&lt;"));
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => {
        const text = pieces.join("");
        const answer = await one(pseudoEngine(), text);
        expect(tags(answer)).toEqual(tags(text));
        if (text.trim() !== "") expect(answer).toMatch(/^«[\s\S]*»$/);
      }),
    );
  });
});

describe("the echo engine", () => {
  it("gives back what it was given", async () => {
    expect(await one(echoEngine(), "a <b> c")).toBe("a <b> c");
  });
});

describe("the adversarial engine", () => {
  it("damages tags, the same way for the same seed, and leaves the words", async () => {
    const text = "<g1>one</g1> two <x2/> three <g3>four <g4>five</g4></g3>".repeat(5);
    const spoilt = await one(adversarialEngine({ seed: 3 }), text);
    expect(spoilt).toBe(await one(adversarialEngine({ seed: 3 }), text));
    expect(tags(spoilt)).not.toEqual(tags(text));
    expect(await one(adversarialEngine({ damage: 0 }), text)).toBe(text);
    const words = (markup: string): string[] => visibleText(markup).match(/\w+/g)!.sort();
    expect(words(spoilt)).toEqual(words(text));
  });

  it("lets items fail when told", async () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, text: "one" }));
    const answer = await adversarialEngine({ failing: 0.5 }).translate({ source: "en", target: "de", items });
    expect(answer.items.length + answer.failed.length).toBe(40);
    expect(answer.failed.length).toBeGreaterThan(5);
  });
});

describe("text in markup", () => {
  it("comes back from its escaped form", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(visibleText(escapeMarkup(text))).toBe(text);
      }),
    );
  });

  it("keeps only the references that markup needs", () => {
    expect(simplifyReferences("&#233;&#x41;&quot;&nbsp;&amp;&lt;&#60;&#0;&unknown;")).toBe(
      'éA"\u00a0&amp;&lt;&lt;&#0;&unknown;',
    );
  });
});
