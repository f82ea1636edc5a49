import { describe, expect, it } from "vitest";
import { describeCalculation } from "./describe-plan.ts";
import type { Plan } from "./plan.ts";

const base = { table: "Orders" };
const sum: Plan = { ...base, measures: [{ fn: "sum", column: "Amount" }] };
const largestFirst = [{ by: 0, direction: "descending" }] as const;

describe("a plan in words", () => {
  it("says which place is meant", () => {
    const plan: Plan = {
      ...sum,
      groupBy: [{ column: "Region" }],
      orderBy: largestFirst,
      limit: 1,
      offset: 1,
    };
    expect(describeCalculation(plan)).toBe(
      "sum of Amount, by Region, highest sum of Amount first, only number 2 (Orders)",
    );
    expect(describeCalculation({ ...plan, limit: 3 })).toContain("only numbers 2 to 4");
  });

  it("says that groups are counted, and which", () => {
    const plan: Plan = {
      ...sum,
      groupBy: [{ column: "Region" }],
      having: { measure: 0, is: ">", value: 1000 },
    };
    expect(describeCalculation({ ...plan, count: "groups" })).toBe(
      "the number of Region, where sum of Amount > 1000 (Orders)",
    );
  });

  it("says from when to when a time is counted", () => {
    const side = (fn: "min" | "max"): Plan => ({ ...base, measures: [{ fn, column: "Day" }] });
    expect(
      describeCalculation({ op: "difference", left: side("max"), right: side("min"), unit: "months" }),
    ).toBe("the months from (smallest Day (Orders)) to (largest Day (Orders))");
  });
});
