import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitScale, fitScales, lineCount, textHeight, textWidth } from "./fit-text.ts";

describe("the estimate of a text's size", () => {
  it("takes narrow letters, wide letters and Chinese ones for what they are", () => {
    expect(textWidth("ill", 10)).toBeLessThan(textWidth("own", 10));
    expect(textWidth("漢字", 10)).toBe(20);
    expect(textWidth("e\u0301", 10)).toBe(textWidth("e", 10));
  });

  it("breaks lines between words, behind each Chinese character, and inside words too long for a line", () => {
    expect(lineCount("one two three", 200, 10)).toBe(1);
    expect(lineCount("one two three", 40, 10)).toBe(2);
    expect(lineCount("漢字漢字漢字", 30, 10)).toBe(2);
    expect(lineCount("x".repeat(100), 60, 10)).toBe(9);
    expect(lineCount("a\nb", 200, 10)).toBe(2);
  });

  it("finds the first step at which a text fits, and none where it never does", () => {
    const text = [{ text: "word ".repeat(40), fontSize: 20 }];
    const box = { width: 200, height: 200 };
    const scale = fitScale(text, box)!;
    expect(textHeight(text, box.width, scale)).toBeLessThanOrEqual(box.height);
    const before = fitScales[fitScales.indexOf(scale) - 1]!;
    expect(textHeight(text, box.width, before)).toBeGreaterThan(box.height);
    expect(fitScale(text, { width: 200, height: 20 })).toBeUndefined();
  });

  it("is finite and never shrinks with more text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 1, max: 400 }),
        (a, b, width) => {
          const height = (text: string): number => textHeight([{ text, fontSize: 12 }], width);
          expect(Number.isFinite(height(a))).toBe(true);
          expect(height(`${a}\n${b}`)).toBeGreaterThanOrEqual(height(a));
        },
      ),
    );
  });
});
