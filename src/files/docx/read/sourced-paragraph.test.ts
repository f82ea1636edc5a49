import { describe, expect, it } from "vitest";
import { p, wordDocument } from "../word.fixture.ts";
import { sourceOf } from "./read-paragraphs.ts";

describe("a paragraph and its source", () => {
  it("knows where it comes from, and a copy does not", () => {
    const [paragraph] = wordDocument(p("One")).paragraphs;
    expect(sourceOf(paragraph!).inline.finalText).toBe("One");
    expect(() => sourceOf({ ...paragraph! })).toThrow(RangeError);
  });

  it("has its spans in copies, in JSON, and as one list each time", () => {
    const [paragraph] = wordDocument(p("One")).paragraphs;
    const spans = [{ text: "One", marks: {} }];
    expect({ ...paragraph! }.spans).toEqual(spans);
    expect(JSON.parse(JSON.stringify(paragraph))).toMatchObject({ id: "document:0", spans });
    expect(paragraph!.spans).toBe(paragraph!.spans);
  });

  it("has no field for what the file does not say", () => {
    const [paragraph] = wordDocument(p("One")).paragraphs;
    expect(Object.keys(paragraph!).sort()).toEqual([
      "id",
      "isInTextBox",
      "ordinal",
      "part",
      "spans",
      "story",
    ]);
  });
});
