import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRange } from "../xlsx/address.ts";
import { findRegions, type Region } from "./find-regions.ts";
import { type GridOptions, grid } from "./grid.fixture.ts";

function find(drawing: string, options?: GridOptions): Region[] {
  return findRegions(grid(drawing, options));
}

function ranges(regions: readonly Region[]): string[] {
  return regions.filter(({ confidence }) => confidence >= 0.5).map(({ range }) => formatRange(range));
}

const people = "name | age\nAnn | 31\nBob | 45\nCid | 28";

describe("findRegions", () => {
  it("finds nothing in an empty sheet, in blank texts and in single cells", () => {
    expect(find("")).toEqual([]);
    expect(find("' | '  \n'   |")).toEqual([]);
    expect(ranges(find("a"))).toEqual([]);
    expect(ranges(find("a\n\n\n\n | | | 5"))).toEqual([]);
  });

  it("keeps what stands above and below as title and notes", () => {
    const [region] = find(`Club\nall members\n${people}\n\n* as of May`);
    expect(region).toMatchObject({ title: ["Club", "all members"], notes: ["* as of May"], headerRows: 1 });
  });

  it("says why it took the range", () => {
    expect(find(people)[0]).toMatchObject({ reasons: ["labels above columns of numbers or dates"] });
  });

  it("takes a table that somebody made in Excel as it is, and looks for others beside it", () => {
    const cells = grid("a | b | | x | y\n1 | 2 | | p | 5\n3 | 4 | | q | 6\nTotal | 6 | | r | 7");
    const table = {
      name: "Costs",
      sheet: "Sheet1",
      range: { firstRow: 1, firstColumn: 0, lastRow: 4, lastColumn: 1 },
      headerRows: 1,
      totalsRows: 1,
      columns: ["a", "b"],
    };
    const regions = findRegions(cells, { sheetTables: [table] });
    expect(regions[0]).toMatchObject({ confidence: 1, tableName: "Costs", totalsRows: [4] });
    expect(ranges(regions)).toEqual(["A1:B3", "D1:E4"]);
  });

  it("drops empty rows that Excel keeps at the end of a table", () => {
    const range = { firstRow: 1, firstColumn: 0, lastRow: 9, lastColumn: 1 };
    const table = {
      name: "t",
      sheet: "Sheet1",
      range,
      headerRows: 1,
      totalsRows: 0,
      columns: ["name", "age"],
    };
    expect(ranges(findRegions(grid(people), { sheetTables: [table] }))).toEqual(["A1:B4"]);
  });

  it("trusts a filter over its own eyes", () => {
    const [region] = find("1 | 2\n3 | 4\n5 | 6", { autoFilter: "A1:B3" });
    expect(region).toMatchObject({ headerRows: 1, confidence: 0.97 });
    expect(ranges(find(people, { autoFilter: "A40:B50" }))).toEqual(["A1:B4"]);
  });

  it("reads only the range that a person names", () => {
    const cells = grid(`${people}\nTotal | 104\n\nx | y\n1 | 2`);
    const [region, ...more] = findRegions(cells, { range: "A2:B5" });
    expect(more).toEqual([]);
    expect(region).toMatchObject({ confidence: 1, headerRows: 0, totalsRows: [5] });
    expect(() => findRegions(cells, { range: "Z40:Z50" })).toThrow("holds no cells");
    expect(() => findRegions(cells, { range: "nonsense" })).toThrow("no range of cells");
  });

  it("cuts where names come anew, but not at a word among numbers", () => {
    expect(ranges(find(`${people}\ncity | people\nRome | 2800\nBonn | 330`))).toEqual(["A1:B4", "A5:B7"]);
    expect(ranges(find("k | a | b\nx | 1 | 2\ny | '3:4~ | '5:6~\nz | 7 | 8\nw | 9 | 1"))).toEqual(["A1:C5"]);
    expect(ranges(find("a | b | c\nx | 1 | k\ny | closed | k\nz | 3 | l"))).toEqual(["A1:C4"]);
  });

  it("joins over one empty row when columns agree, and not over two", () => {
    expect(ranges(find(`${people}\n\nDot | 33\nEla | 52`))).toEqual(["A1:B7"]);
    expect(ranges(find(`${people}\n\n\nDot | 33\nEla | 52`))[0]).toBe("A1:B4");
    expect(ranges(find(`${people}\n\n4 | high\n5 | low`))[0]).toBe("A1:B4");
  });

  it("never throws, and never leaves the sheet, whatever the cells are", () => {
    const cell = fc.constantFrom(
      "",
      "a",
      "b:",
      "Total",
      "1",
      "-2.5",
      "'12 %",
      "2024-01-01",
      "2023",
      "TRUE",
      "#N/A",
      "*x*",
      "n/a",
    );
    const drawings = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 14 });
    const merge = fc.constantFrom("A1:C1", "A2:A4", "B1:B9", "C3:F5", "A1:F20");
    fc.assert(
      fc.property(drawings, fc.array(merge, { maxLength: 2 }), (rows, merges) => {
        const cells = grid(rows.map((row) => row.join("|")).join("\n"), { merges });
        for (const { range, headerRows, confidence } of findRegions(cells)) {
          expect(range.firstRow).toBeGreaterThan(0);
          expect(range.lastRow).toBeLessThanOrEqual(cells.rows.at(-1)!);
          expect(range.lastColumn).toBeLessThan(cells.columns.length);
          expect(headerRows).toBeLessThanOrEqual(range.lastRow - range.firstRow + 1);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
