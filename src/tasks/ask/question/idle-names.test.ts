import { describe, expect, it } from "vitest";
import { column, table } from "../../../data/tables.fixture.ts";
import type { Calculation } from "../plan.ts";
import { profileTable } from "../profile.ts";
import { readQuestion } from "../read-question.ts";

function read(name: string, question: string): Calculation | undefined {
  const orders = table("Orders", [
    column("Region", "text", ["North", "South", "North"]),
    column(name, "integer", [10, 20, 5]),
    column("Quantity", "integer", [1, 2, 1]),
  ]);
  const reading = readQuestion(question, profileTable(orders));
  return reading?.doubts.length === 0 ? reading.calculation : undefined;
}

describe("a column whose name is made of words that say little", () => {
  it.each([
    ["Total Amount", "total amount by region"],
    ["Total Amount", "sum of total amount by region"],
    ["total_amount", "what is the total amount by region?"],
    ["Total amount (€)", "total amount by region"],
  ])("%s is meant by: %s", (name, question) => {
    expect(read(name, question)).toMatchObject({
      groupBy: [{ column: "Region" }],
      measures: [{ fn: "sum", column: name }],
    });
  });

  it("is no count of rows in a share of it", () => {
    expect(read("Total Amount", "share of North in total amount")).toMatchObject({
      op: "share",
      left: { measures: [{ fn: "sum", column: "Total Amount" }] },
    });
  });
});
