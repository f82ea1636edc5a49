import { describe, expect, it } from "vitest";
import { periodFrom } from "./periods.ts";
import { wordsOf } from "./words.ts";

const read = (text: string, today?: string) => {
  const words = wordsOf(text).map((word) => word.text);
  return periodFrom(words, 0, today);
};
const days = (grain: string, from: string, to: string, length: number) => ({
  period: { kind: "days", grain, from, to },
  length,
});

describe("a time in words", () => {
  it.each([
    ["2024-02-29", days("day", "2024-02-29", "2024-02-29", 1)],
    ["31.12.2023", days("day", "2023-12-31", "2023-12-31", 1)],
    ["25/12/2023", days("day", "2023-12-25", "2023-12-25", 1)],
    ["5 March 2024", days("day", "2024-03-05", "2024-03-05", 3)],
    ["March 5th, 2024", days("day", "2024-03-05", "2024-03-05", 3)],
    ["February 2024", days("month", "2024-02-01", "2024-02-29", 2)],
    ["März 2023", days("month", "2023-03-01", "2023-03-31", 2)],
    ["enero de 2024", undefined],
    ["Q3 2023", days("quarter", "2023-07-01", "2023-09-30", 2)],
    ["2023 Q3", days("quarter", "2023-07-01", "2023-09-30", 2)],
    ["first quarter of 2024", days("quarter", "2024-01-01", "2024-03-31", 4)],
    ["second half of 2024", days("half", "2024-07-01", "2024-12-31", 4)],
    ["fiscal year 2019", days("year", "2019-01-01", "2019-12-31", 3)],
    ["2019", days("year", "2019-01-01", "2019-12-31", 1)],
    ["weekends", { period: { kind: "weekday", days: [6, 7] }, length: 1 }],
    ["Fridays", { period: { kind: "weekday", days: [5] }, length: 1 }],
    ["october", { period: { kind: "month-of-year", months: [10] }, length: 1 }],
    ["Q2", { period: { kind: "month-of-year", months: [4, 5, 6] }, length: 1 }],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected ?? { period: { kind: "month-of-year", months: [1] }, length: 1 });
  });

  it.each(["31.02.2024", "2024-13-01", "order 5", "9999", "may"])("%s is none", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("is unclear where day and month may be either", () => {
    expect(read("03/04/2024")?.period.kind).toBe("unclear");
  });

  it.each([
    ["last month", "2024-01-15", days("month", "2023-12-01", "2023-12-31", 2)],
    ["this quarter", "2024-05-31", days("quarter", "2024-04-01", "2024-06-30", 2)],
    ["previous quarter", "2024-02-29", days("quarter", "2023-10-01", "2023-12-31", 2)],
    ["last year", "2024-02-29", days("year", "2023-01-01", "2023-12-31", 2)],
    ["yesterday", "2024-03-01", days("day", "2024-02-29", "2024-02-29", 1)],
  ])("%s, said on %s", (text, today, expected) => {
    expect(read(text, today)).toEqual(expected);
  });

  it("that counts from today is unclear where nobody says which day that is", () => {
    expect(read("last month")?.period.kind).toBe("unclear");
  });
});
