import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidenceIn } from "./confidence.ts";

describe("confidenceIn", () => {
  it("is a share of right answers that grows with the certainty, and nothing where there is no answer", () => {
    const outcome = fc.constantFrom("pending", "accepted", "rejected", "modified", "partial", "removed");
    const certainty = fc.double({ min: -1, max: 3, noNaN: true });
    fc.assert(
      fc.property(outcome, certainty, certainty, (of, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map((each) =>
          confidenceIn(of, each),
        );
        expect(less).toBeGreaterThan(0.9);
        expect(more).toBeGreaterThanOrEqual(less!);
        expect(more).toBeLessThan(1);
      }),
    );
    expect(confidenceIn("unsure", 1)).toBe(0);
  });
});
