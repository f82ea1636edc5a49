import { describe, expect, it } from "vitest";
import type { Calculation } from "./plan.ts";
import type { QuestionReading } from "./read-question.ts";
import { settleReading } from "./settle-reading.ts";

const calculation: Calculation = { table: "t", measures: [{ fn: "count" }] };
const alternative: Calculation = { table: "t", measures: [{ fn: "count-distinct", column: "a" }] };
const reading: QuestionReading = { calculation, coverage: 1, assumptions: [], doubts: [], alternatives: [] };

describe("a reading that was run", () => {
  it("is sure where something was found", async () => {
    const settled = await settleReading(reading, async () => ({ rows: [[3]] }));
    expect(settled).toEqual({ result: { rows: [[3]] }, doubts: [] });
  });

  it("is sure of a count of nothing", async () => {
    expect((await settleReading(reading, async () => ({ rows: [[0]] }))).doubts).toEqual([]);
  });

  it.each([[[]], [[[null]]], [[["n/a"]]], [[["–", null]]]])(
    "is in doubt where %j was found",
    async (rows) => {
      expect((await settleReading(reading, async () => ({ rows }))).doubts).toEqual([
        "nothing in the table fits",
      ]);
    },
  );

  it("is in doubt where another way to take the question gives another answer", async () => {
    const both = { ...reading, alternatives: [alternative] };
    const differing = await settleReading(both, async (each) => ({ rows: [[each === calculation ? 3 : 2]] }));
    expect(differing.doubts).toHaveLength(1);
    const agreeing = await settleReading(both, async (each) => ({
      rows: [[3, each === calculation ? 1 : 9]],
    }));
    expect(agreeing.doubts).toEqual([]);
  });
});
