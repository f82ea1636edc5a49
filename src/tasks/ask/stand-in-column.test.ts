import { describe, expect, it } from "vitest";
import { profileColumn } from "./profile.ts";
import { exactColumn, standInColumn } from "./stand-in-column.ts";

const heading = { name: "fare", column: 0, type: "decimal" } as const;

describe("a column of which only distinct values are known", () => {
  it("has its range, its gaps and its kinds", () => {
    const known = Array.from({ length: 500 }, (_, index) => index / 2);
    const column = standInColumn(heading, [...known, -7, 9_999], { length: 2_000, filled: 1_500 });
    expect(profileColumn(column)).toMatchObject({
      filledCount: 1_500,
      distinctCount: 502,
      range: { min: -7, max: 9_999 },
    });
  });

  it("has no text that stands alone, as no row is known", () => {
    const texts = Array.from({ length: 90 }, (_, index) => `order ${index}`);
    const column = standInColumn({ ...heading, type: "text" }, texts, { length: 101, filled: 101 });
    const counts = Map.groupBy(column.values, (value) => value);
    expect([...counts.values()].every((rows) => rows.length > 1)).toBe(true);
    expect(profileColumn(column).distinctCount).toBe(90);
  });

  it("keeps its range where more values are known than rows are filled", () => {
    const column = standInColumn(heading, [5, 6, 7, 1, 9], { length: 4, filled: 4 });
    expect(profileColumn(column).range).toEqual({ min: 1, max: 9 });
  });

  it("knows all its texts, and is empty where nothing is known", () => {
    const text = standInColumn({ ...heading, type: "text" }, ["a", "b", "c"], { length: 2, filled: 2 });
    expect(text.strings).toEqual(["a", "b", "c"]);
    const none = standInColumn(heading, [null, null], { length: 3, filled: 0 });
    expect([...none.present]).toEqual([0, 0, 0]);
  });
});

describe("a column of known values", () => {
  it("is as a sheet's would be", () => {
    expect(exactColumn({ ...heading, type: "text" }, ["a", null, "b", "a"])).toMatchObject({
      strings: ["a", "b"],
      values: new Float64Array([0, 0, 1, 0]),
      present: new Uint8Array([1, 0, 1, 1]),
    });
    const days = exactColumn({ ...heading, type: "date" }, ["1970-01-02", "infinity", null]);
    expect([...days.values, ...days.present]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(exactColumn({ ...heading, type: "time" }, ["01:00:00"]).values[0]).toBe(3600);
  });
});
