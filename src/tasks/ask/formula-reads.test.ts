import { describe, expect, it } from "vitest";
import { formatRange } from "../../files/index.ts";
import { formulaReads } from "./formula-reads.ts";

describe("the cells that a formula reads", () => {
  it("are the ranges it names, of its own sheet where it names none", () => {
    const read = formulaReads(`SUMIFS('My ''data'!$B$2:$B$9,A:A,"x A1")+IF(C4>1.5,TRUE,-2%)`, "Result");
    expect(read?.map(({ sheet, range }) => `${sheet} ${formatRange(range)}`)).toEqual([
      "My 'data B2:B9",
      "Result A1:A1048576",
      "Result C4",
    ]);
    expect(formulaReads("1+PI()", "Result")).toEqual([]);
  });

  it.each([
    "rate*2",
    "Orders[Net]",
    "[1]Data!A1",
    "SUM(Jan:Mar!A1)",
    "INDIRECT(A1)",
    "offset(A1,1,1)",
    "A1:INDEX(B:B,2)",
    "SUM(A1:Data!B2)",
    "{1,2}",
    "A1#",
    "#REF!+1",
    "A1?",
    "[1]!Twice(A1)",
  ])("are unknown for %s", (formula) => {
    expect(formulaReads(formula, "Result")).toBeUndefined();
  });
});
