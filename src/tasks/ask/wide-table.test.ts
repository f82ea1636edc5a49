import { describe, expect, it } from "vitest";
import { tableOf } from "./question/business.fixture.ts";
import { unpivotOf, unpivotsOf } from "./wide-table.ts";

const withHeads = (...heads: string[]) =>
  tableOf(
    "t",
    [["Item", "text"], ...heads.map((head) => [head, "integer"] as const)],
    `a|${heads.map(() => 1).join("|")}`,
  );

describe("a wide table", () => {
  it.each([
    [["2022", "2023"], "integer", [2022, 2023]],
    [["FY 2022", "FY 2023"], "integer", [2022, 2023]],
    [["Years ended December 31, / 2019", "Years ended December 31, / 2018"], "integer", [2019, 2018]],
    [["Jan", "Feb", "Mar"], "text", ["Jan", "Feb", "Mar"]],
    [["Januar", "Februar"], "text", ["Januar", "Februar"]],
    [["Jan 2024", "Feb 2024"], "date", ["2024-01-01", "2024-02-01"]],
    [["Q1 2024", "Q2 2024"], "text", ["Q1 2024", "Q2 2024"]],
    [["2024-01-31", "2024-02-29"], "date", ["2024-01-31", "2024-02-29"]],
  ] as const)("is known by its heads %j", (heads, type, periods) => {
    const unpivot = unpivotOf(withHeads(...heads));
    expect(unpivot?.type).toBe(type);
    expect(unpivot?.columns.map(({ as }) => as)).toEqual(periods);
  });

  it.each([
    [["2024"]],
    [["Price", "Amount"]],
    [["2024 plan", "2024 actual"]],
    [["Change 2018 to 2019", "Change 2017 to 2018"]],
  ])("is none with the heads %j", (heads) => {
    expect(unpivotOf(withHeads(...heads))).toBeUndefined();
  });

  it("gives its new columns names that no other column has", () => {
    const table = tableOf(
      "t",
      [
        ["Year", "text"],
        ["Value", "text"],
        ["2023", "integer"],
        ["2024", "integer"],
      ],
      "a|b|1|2",
    );
    expect(unpivotOf(table)).toMatchObject({ name: "Year *", value: "Value *" });
  });
});

describe("a wide table of several series", () => {
  const series = (...heads: string[]) =>
    unpivotsOf(withHeads(...heads)).map(({ value, columns }) => [value, columns.map(({ as }) => as)]);

  it("is one view for each of them, named after it", () => {
    expect(series("2023 / Sales", "2023 / Costs", "2024 / Sales", "2024 / Costs")).toEqual([
      ["Sales", [2023, 2024]],
      ["Costs", [2023, 2024]],
    ]);
    expect(series("Q1 plan", "Q1 actual", "Q2 plan", "Q2 actual")).toEqual([
      ["plan", ["Q1", "Q2"]],
      ["actual", ["Q1", "Q2"]],
    ]);
  });

  it("leaves out what has one time only, and headings that name nothing", () => {
    expect(series("2023 / Sales", "2024 / Sales", "2024 / Forecast")).toEqual([["Sales", [2023, 2024]]]);
    expect(series("2023", "2023 *", "2024", "2024 *")).toEqual([]);
  });

  it("is the plain view where each time stands once", () => {
    expect(series("2023", "2024")).toEqual([["Value", [2023, 2024]]]);
  });
});
