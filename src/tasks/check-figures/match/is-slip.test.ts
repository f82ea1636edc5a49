import { describe, expect, it } from "vitest";
import { drawing } from "../proof/workbooks.fixture.ts";
import { isSlip } from "./is-slip.ts";

describe("a number mistyped", () => {
  it("has swapped neighbours, one other digit, or a moved mark", () => {
    expect(isSlip("12,435", "12,345")).toBe(true);
    expect(isSlip("12,375", "12,345")).toBe(true);
    expect(isSlip("123,450", "12,345")).toBe(true);
    expect(isSlip("1.45", "14.5")).toBe(true);
  });

  it("is no other number", () => {
    expect(isSlip("12,345", "12,345")).toBe(false);
    expect(isSlip("22,345", "12,345")).toBe(false);
    expect(isSlip("145", "149")).toBe(false);
    expect(isSlip("21", "12")).toBe(false);
    expect(isSlip("", "12")).toBe(false);
  });

  it("is rare among numbers that have nothing to do with each other", () => {
    const draw = drawing(3);
    const pairs = Array.from({ length: 5000 }, () => [10_000 + draw(90_000), 10_000 + draw(90_000)] as const);
    const slips = pairs.filter(([one, two]) => isSlip(String(one), String(two))).length;
    expect(slips).toBeLessThan(15);
  });
});
