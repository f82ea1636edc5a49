import { describe, expect, it } from "vitest";
import { estimateTokens } from "./estimate-tokens.ts";

describe("estimateTokens", () => {
  it("stays above what common tokenizers need", () => {
    // Counts of o200k_base for the same texts.
    expect(estimateTokens("The quick brown fox jumps over the lazy dog.")).toBeGreaterThanOrEqual(10);
    expect(estimateTokens("")).toBe(0);
    expect(estimateTokens("1234567890")).toBeGreaterThanOrEqual(4);
    expect(estimateTokens("今天天气很好")).toBeGreaterThanOrEqual(5);
    expect(estimateTokens("Über die Größe")).toBeGreaterThanOrEqual(5);
  });

  it("grows with the text and never counts a part above the whole", () => {
    const text = "Meeting at 14:30, owner: Zoë — «agreed».\n\n\tNext: 第二";
    for (let end = 1; end < text.length; end += 1) {
      expect(estimateTokens(text.slice(0, end))).toBeLessThanOrEqual(estimateTokens(text) + 1);
    }
  });
});
