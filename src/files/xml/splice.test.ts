import { describe, expect, it } from "vitest";
import { RoundTripError } from "../../errors.ts";
import { applySplices } from "./splice.ts";

describe("applySplices", () => {
  it("makes splices in any order, and keeps the order of insertions at one place", () => {
    const splices = [
      { start: 4, end: 5, text: "E" },
      { start: 1, end: 1, text: "x" },
      { start: 1, end: 1, text: "y" },
      { start: 1, end: 2, text: "" },
    ];
    expect(applySplices("abcdef", splices)).toBe("axycdEf");
    expect(applySplices("abc", [])).toBe("abc");
  });

  it("refuses splices that overlap or run backwards", () => {
    const overlap = [
      { start: 0, end: 3, text: "" },
      { start: 2, end: 4, text: "" },
    ];
    expect(() => applySplices("abcdef", overlap)).toThrow(RoundTripError);
    expect(() => applySplices("abcdef", [{ start: 3, end: 2, text: "" }])).toThrow(RoundTripError);
  });
});
