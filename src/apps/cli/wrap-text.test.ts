import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, type Segment, wrapText } from "./wrap-text.ts";

const plain = (_: unknown, text: string): string => text;
const tagged = (format: unknown, text: string): string => `<${format}>${text}</${format}>`;
const wrap = (text: string, width: number, indent = ""): string[] =>
  wrapText([{ text }], { width, indent, paint: plain });

describe("wrapText", () => {
  it("breaks between words and at line feeds", () => {
    expect(wrap("one two three four\nfive", 10)).toEqual(["one two", "three four", "five"]);
  });

  it("cuts a word that is longer than a line", () => {
    expect(wrap("a 0123456789abcdef b", 10)).toEqual(["a", "0123456789", "abcdef b"]);
  });

  it("indents every line within the width", () => {
    expect(wrap("one two three four", 14, "    ")).toEqual(["    one two", "    three four"]);
  });

  it("keeps a word together that changes its look midway", () => {
    const segments: Segment[] = [{ text: "aaaa bb" }, { text: "cc dd", format: "red" }];
    expect(wrapText(segments, { width: 8, paint: tagged })).toEqual(["aaaa", "bb<red>cc dd</red>"]);
  });

  it("repeats a style on each line it reaches", () => {
    const segments: Segment[] = [{ text: "one two three", format: "red" }];
    expect(wrapText(segments, { width: 8, paint: tagged })).toEqual([
      "<red>one two </red>",
      "<red>three</red>",
    ]);
  });

  it("counts wide characters twice and combining marks not at all", () => {
    expect(displayWidth("漢字")).toBe(4);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(wrap("漢字漢字漢字", 8)).toEqual(["漢字漢字", "漢字"]);
  });

  it("never exceeds the width nor loses a character that is not space", () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1 })
      .map((list) => list.join(" "));
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});
