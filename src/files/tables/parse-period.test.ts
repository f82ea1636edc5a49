import { describe, expect, it } from "vitest";
import { parsePeriod } from "./parse-period.ts";

describe("parsePeriod", () => {
  it.each([
    ["2024", "year", "2024"],
    ["FY 2024", "year", "2024"],
    ["2023/24", "year", "2023/2024"],
    ["2024*", "year", "2024"],
    ["Q1", "quarter", "Q1"],
    ["Q3 2024", "quarter", "2024-Q3"],
    ["1Q24", "quarter", "2024-Q1"],
    ["2. Quartal 2023", "quarter", "2023-Q2"],
    ["2024-Q4", "quarter", "2024-Q4"],
    ["Jan", "month", "01"],
    ["März 2024", "month", "2024-03"],
    ["Dec-23", "month", "2023-12"],
    ["2024-07", "month", "2024-07"],
    ["août", "month", "08"],
    ["Dec 31, 2019", "day", "2019-12-31"],
    ["31 December 2019 ", "day", "2019-12-31"],
    ["2019-12-31", "day", "2019-12-31"],
  ])("reads %s", (text, kind, period) => expect(parsePeriod(text)).toEqual({ kind, text: period }));

  it.each([
    "",
    "Note",
    "marketing",
    "Mayor",
    "2023/25",
    "Q5",
    "12345",
    "Total",
    "Decimal",
    "1999 to 2004",
    "Jan Smit",
  ])("finds none in %j", (text) => expect(parsePeriod(text)).toBeUndefined());
});
