import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findQuoteIn, quoteAt } from "./find-quote-in.ts";
import type { Passage, Place, SourceText } from "./passage.ts";
import { createPassageList } from "./passage-list.ts";
import { placeLabel } from "./place-label.ts";

const passage = (text: string): Passage => ({ number: 1, kind: "paragraph", text, headings: [], place: {} });

describe("a quote", () => {
  it("stands there to the letter, and comes back in the passage's own characters", () => {
    const own = passage("She said “it’s 5–6 days” and left… at once.");
    expect(findQuoteIn(own, `"it's  5-6\ndays"`)).toBe("“it’s 5–6 days”");
    expect(findQuoteIn(own, "left... at")).toBe("left… at");
    expect(findQuoteIn(own, "it\u00ad's 5\u20116")).toBe("it’s 5–6");
    expect(findQuoteIn(own, "It's")).toBeUndefined();
    expect(findQuoteIn(own, " ")).toBeUndefined();
  });

  it("cuts no word and no number", () => {
    const own = passage("In 2012 the rate was 12.5 per cent, or 1,250 of them.");
    for (const quote of ["12", "5", "250", "1", "rat", "n 2012"])
      expect(findQuoteIn(own, quote), quote).toBeUndefined();
    for (const quote of ["2012", "12.5", "1,250", "them", "them."])
      expect(findQuoteIn(own, quote)).toBe(quote);
    expect(findQuoteIn(passage("rates 12.5 and 12"), "12")).toBe("12");
    expect(findQuoteIn(passage("the document¹ says 10⁶"), "document")).toBe("document");
    expect(findQuoteIn(passage("the document¹ says 10⁶"), "10")).toBeUndefined();
    expect(findQuoteIn(passage("我们在北京见面"), "北京")).toBe("北京");
  });

  it("is found whether letters are composed or not", () => {
    expect(findQuoteIn(passage("café noir"), "cafe\u0301")).toBe("café");
    expect(findQuoteIn(passage("cafe\u0301 noir"), "café")).toBe("cafe\u0301");
  });

  it("of a passage's whole text is always found", () => {
    const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.lorem());
    fc.assert(
      fc.property(texts, (text) => {
        const list = createPassageList();
        list.add({ kind: "paragraph", text });
        for (const each of list.passages) expect(findQuoteIn(each, each.text)).toBe(each.text);
      }),
    );
  });

  it("is asked for by the number of its passage", () => {
    const source: SourceText = {
      name: "a.txt",
      format: "text",
      passages: [passage("We pay 12.")],
      warnings: [],
    };
    expect(quoteAt(source, 1, "pay 12")).toBe(true);
    expect(quoteAt(source, 2, "pay 12")).toBe(false);
  });
});

it("names the place of a passage for people", () => {
  const label = (name: string, place: Place, more: Partial<Passage> = {}): string => {
    const own = { ...passage("words"), number: 7, place, ...more };
    return placeLabel({ name, format: "text", passages: [], warnings: [] }, own);
  };
  expect(label("brief.docx", {}, { headings: ["3 Costs", "3.1 Hosting"] })).toBe('brief.docx, "3.1 Hosting"');
  expect(label("brief.docx", {}, { kind: "heading", text: "3 Costs" })).toBe('brief.docx, "3 Costs"');
  expect(label("brief.docx", {}, { headings: ["long ".repeat(20)] })).toHaveLength(74);
  expect(label("brief.docx", {})).toBe("brief.docx, paragraph 7");
  expect(label("report.pdf", { page: 4 }, { headings: ["Costs"] })).toBe("report.pdf, p. 4");
  expect(label("notes.md", { line: 12 }, { headings: ["Costs"] })).toBe("notes.md, line 12");
  const cue = { kind: "cue" as const };
  expect(label("call.vtt", { time: 751, speaker: "Anna" }, cue)).toBe("call.vtt, 12:31 Anna");
  expect(label("call.vtt", { time: 3751 }, cue)).toBe("call.vtt, 1:02:31");
  expect(label("chat.txt", { time: 5, clock: "09:14:05", speaker: "Bo" }, cue)).toBe("chat.txt, 09:14:05 Bo");
  expect(label("call.txt", { speaker: "Bo" }, cue)).toBe("call.txt, turn 7, Bo");
  expect(label("call.txt", { line: 231, speaker: "Bo" }, cue)).toBe("call.txt, line 231, Bo");
});
