import { describe, expect, it } from "vitest";
import { tableCells } from "./table-cells.ts";

const grid = (text: string): Parameters<typeof tableCells>[0] =>
  text
    .trim()
    .split("\n")
    .map((line, row) =>
      line.split("|").map((cell, column) => ({ id: `${row}:${column}`, text: cell.trim(), offset: 0 })),
    );

describe("the cells of a table in a text", () => {
  it("stand with the words of their row and column", () => {
    const cells = tableCells(grid("Region | Revenue 2025 (€)\nNorth | 1,200\nTotal | 3,400"), []);
    expect(cells.map(({ text, cell }) => `${cell?.before}${text}${cell?.after}`)).toEqual([
      "Revenue 2025, North = 1,200",
      "Revenue 2025, Total = 3,400",
    ]);
  });

  it("take the scale from their column", () => {
    const [cell] = tableCells(grid("Region | Umsatz (T€)\nNord | 1.200"), []);
    expect(cell?.cell?.after).toBe(" thousand");
  });

  it("are left out without headers, and where they hold words", () => {
    expect(tableCells(grid("North | 1,200\nSouth | 3,400"), [])).toEqual([]);
    expect(tableCells(grid("Region | Contact\nNorth | call 1,200"), [])).toEqual([]);
    expect(tableCells([], [])).toEqual([]);
    expect(tableCells([[], []], [])).toEqual([]);
  });
});
