import { expect, it } from "vitest";
import { composeAnswer, formatValue, type ResultTable } from "./compose-answer.ts";

function result(
  columns: readonly string[],
  rows: ResultTable["rows"],
  types: readonly string[] = [],
): ResultTable {
  return {
    columns: columns.map((name, index) => ({ name, type: types[index] ?? "VARCHAR" })),
    rows,
    isTruncated: false,
  };
}

it("says a single value with its name and keeps where it comes from", () => {
  const answer = composeAnswer(result(["sum of Amount"], [["12345.50"]], ["DECIMAL(18,2)"]));
  expect(answer.text).toBe("sum of Amount: 12,345.50");
  expect(answer.slots).toEqual([{ start: 15, end: 24, row: 0, column: 0 }]);
});

it("lists names, and groups a line each", () => {
  expect(composeAnswer(result(["Team"], [["A"], ["B"], ["C"]])).text).toBe("Team: A, B and C");
  const groups = result(
    ["Region", "number of rows"],
    [
      ["North", 12],
      ["South 3", 4],
    ],
    ["VARCHAR", "BIGINT"],
  );
  expect(composeAnswer(groups).text).toBe("Region · number of rows\nNorth · 12\nSouth 3 · 4");
});

it("says so when nothing fits, and stops after a dozen", () => {
  expect(composeAnswer(result(["Team"], [])).text).toBe("Nothing in the table fits.");
  const many = Array.from({ length: 20 }, (_, index) => [`T${index}`]);
  expect(composeAnswer(result(["Team"], many)).text).toMatch(/T11, …$/);
});

it("writes values as people do", () => {
  expect(formatValue(0.1 + 0.2, { type: "DOUBLE" })).toBe("0.3");
  expect(formatValue(1999, { type: "BIGINT" })).toBe("1999");
  expect(formatValue("9007199254740993", { type: "BIGINT" })).toBe("9,007,199,254,740,993");
  expect(formatValue(12.5, { type: "DOUBLE", unit: "€" })).toBe("€12.5");
  expect(formatValue(0.125, { type: "DOUBLE", unit: "%" })).toBe("12.5 %");
  expect(formatValue(null, { type: "DOUBLE" })).toBe("(empty)");
});

it("takes a number with a unit that is a scale elsewhere for the number it is", () => {
  const metres = {
    columns: [{ name: "length", type: "DOUBLE", unit: "m" }],
    rows: [[83.2]],
    isTruncated: false,
  };
  expect(composeAnswer(metres).text).toBe("length: 83.2 m");
});

it("can say numbers that are too large to be written out", () => {
  expect(composeAnswer(result(["value"], [[1.2345678e200]])).text).toBe("value: 1.2345678e+200");
});
