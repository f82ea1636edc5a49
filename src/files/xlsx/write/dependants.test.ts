import { describe, expect, it } from "vitest";
import { parseRange } from "../address.ts";
import type { DefinedName } from "../types.ts";
import { dependsOn } from "./dependants.ts";

const range = (text: string) => parseRange(text)!;
const named = (name: string, formula: string, ranges: DefinedName["ranges"]): DefinedName => ({
  name,
  formula,
  ranges,
  isHidden: false,
});
const definedNames = [
  named("rates", "Data!$B$2:$B$5", [{ sheet: "Data", range: range("B2:B5") }]),
  named("last", "OFFSET(Data!$A$1,1,1)", []),
  named("vat", "0.2", []),
];
const tables = [
  {
    name: "Orders",
    sheet: "Data",
    range: range("A1:B5"),
    headerRows: 1,
    totalsRows: 0,
    columns: ["Item", "Net"],
  },
];

/** Whether a formula of the sheet Sums depends on the cell B3 of the sheet Data. */
const isReached = (formula: string, rows = 0): boolean =>
  dependsOn(
    formula,
    "Sums",
    { rows, columns: 0 },
    { changed: [{ sheet: "Data", row: 3, column: 1 }], definedNames, tables },
  );

describe("a formula depends on a changed cell", () => {
  it.each([
    "data!B3",
    "SUM('Data'!$A$1:C9)",
    "Data!B:B+1",
    "Data!2:4",
    "SUM(Jan:Mar!B3)",
    "SUM(Data!A1:Data!C9)",
    "A1:INDEX(A:A,2)",
    "INDIRECT(A1)",
    "rates*2",
    "[0]!rates",
    "last",
    "SUM(Orders[Net])",
    "Orders",
    "A1~B2",
  ])("%s", (formula) => {
    expect(isReached(formula)).toBe(true);
  });

  it.each([
    "B3",
    "Data!B4",
    '"Data!B3"',
    "[1]Data!B3",
    "'[1]Data'!B3",
    "[1]!rates",
    "vat*2",
    "Data!A:A",
    "1+TRUE",
  ])("but %s doesn't", (formula) => {
    expect(isReached(formula)).toBe(false);
  });

  it("through the copies of a shared formula", () => {
    expect(isReached("Data!B1", 1)).toBe(false);
    expect(isReached("Data!B1", 2)).toBe(true);
  });
});
