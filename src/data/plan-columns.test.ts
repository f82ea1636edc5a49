import { describe, expect, it } from "vitest";
import { planColumn } from "./plan-columns.ts";
import { sheetRanges } from "./sheet-rows.ts";
import { quoteName, sqlNames } from "./sql-names.ts";
import { column } from "./tables.fixture.ts";

const typeOf = (values: readonly (number | null)[]) => planColumn(column("x", "decimal", values)).sqlType;

describe("a column of numbers", () => {
  it("is exact where its values have few digits", () => {
    expect(typeOf([1, 2, null, -3])).toBe("BIGINT");
    expect(typeOf([1.5, 2.25, 3])).toBe("DECIMAL(18,2)");
    expect(typeOf([0.1 + 0.2, 1])).toBe("DOUBLE");
    expect(typeOf([0.123456])).toBe("DECIMAL(18,6)");
    expect(typeOf([0.1234567])).toBe("DOUBLE");
    expect(typeOf([1e300, 2])).toBe("DOUBLE");
    expect(typeOf([Number.MAX_SAFE_INTEGER])).toBe("BIGINT");
    expect(typeOf([Number.MAX_SAFE_INTEGER, 0.5])).toBe("DOUBLE");
    expect(typeOf([123_456_789_012.345])).toBe("DECIMAL(18,3)");
    expect(typeOf([Number.NaN, 1])).toBe("DOUBLE");
    expect(typeOf([])).toBe("BIGINT");
  });

  it("sends small numbers as 32 bits", () => {
    expect(planColumn(column("x", "decimal", [1.25])).encoding).toBe("INTEGER");
    expect(planColumn(column("x", "decimal", [99_999_999.25])).encoding).toBe("DOUBLE");
  });
});

describe("a column of times", () => {
  it("holds durations where one is a day or longer", () => {
    expect(planColumn(column("x", "time", [0, 86_399])).sqlType).toBe("TIME");
    expect(planColumn(column("x", "time", [0, 86_400])).sqlType).toBe("INTERVAL");
    expect(planColumn(column("x", "time", [null, -1])).sqlType).toBe("INTERVAL");
  });
});

describe("names in SQL", () => {
  it("are one line, never empty, unique ignoring case, and never rowid", () => {
    expect(sqlNames(["Total\nEUR", "  a  b ", "", "A B", "rowid", "ROWID"])).toEqual([
      ...["Total EUR", "a b", "column 3", "A B 2", "rowid 2", "ROWID 3"],
    ]);
  });

  it("are quoted whatever they hold", () => {
    expect(quoteName('a"b')).toBe('"a""b"');
  });
});

describe("ranges of sheet rows", () => {
  const ranges = (bounds: number[], sheetRows?: number[]) =>
    sheetRanges({ bounds, count: 0, isExact: true }, sheetRows && Uint32Array.from(sheetRows));

  it("split where the sheet has a gap and join where it has none", () => {
    expect(ranges([0, 4], [4, 5, 6, 9, 10])).toEqual([
      [4, 6],
      [9, 10],
    ]);
    expect(ranges([0, 1, 2, 2], [4, 5, 6, 9, 10])).toEqual([[4, 6]]);
    expect(ranges([1, 2])).toEqual([[2, 3]]);
  });
});
