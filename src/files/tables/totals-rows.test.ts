import { describe, expect, it } from "vitest";
import { classifyCells } from "./cell-classes.ts";
import { grid } from "./grid.fixture.ts";
import { totalsRows } from "./totals-rows.ts";

/** Numbers of the rows, from 1, that sum others up in a body without header. */
function sumsOf(drawing: string): number[] {
  const classes = classifyCells(grid(drawing));
  const body = { top: 0, bottom: classes.rowCount - 1, left: 0, right: classes.columnCount - 1 };
  return totalsRows(classes, body).map((row) => row + 1);
}

describe("totalsRows", () => {
  it.each([
    "Total",
    "TOTAL:",
    "Grand Total",
    "Subtotal",
    "Sub-total",
    "Summe",
    "Gesamtsumme",
    "Total général",
    "Totale",
    "Suma",
    "Razem",
    "Celkem",
    "Итого",
    "合計",
    "i alt",
    "Összesen",
  ])("knows the word %s", (word) => {
    expect(sumsOf(`a | 1\nb | 2\n${word} | 3`)).toEqual([3]);
  });

  it("finds sums of groups and the sum of them all", () => {
    expect(sumsOf("a | 1\nb | 2\nTotal x | 3\nc | 4\nd | 5\nTotal y | 9\nAll | 12\nTotal | 12")).toEqual([
      3, 6, 8,
    ]);
  });

  it("finds a sum without a label by its arithmetic alone", () => {
    expect(sumsOf("a | 1 | 2\nb | 2 | 3\nc | 4 | 1\n | 7 | 6")).toEqual([4]);
    expect(sumsOf("a | 1 | 2\nb | 2 | 3\nc | 4 | 1\n | 8 | 9\nd | 1 | 1")).toEqual([]);
  });

  it("doesn't drop a row because its name begins like a sum", () => {
    expect(sumsOf("Total Wine | 5\nAcme | 9\nTotal Gym | 4\nZeta | 1")).toEqual([]);
    expect(sumsOf("totally new | 5\nAcme | 9\nSummer | 4")).toEqual([]);
  });

  it("never takes the first row for a sum", () => {
    expect(sumsOf("Total | 5\na | 2\nb | 3")).toEqual([]);
  });

  it("follows rounded and bracketed numbers that are written as text", () => {
    expect(sumsOf("a | '1,000.4\nb | '(200.2)\nc | '50.1\n | '850.3")).toEqual([4]);
  });

  it("leaves out averages at the end only", () => {
    expect(sumsOf("a | 2\nb | 4\nAverage | 3\nMax | 4")).toEqual([3, 4]);
    expect(sumsOf("a | 2\nAverage | 4\nb | 3")).toEqual([]);
  });

  it("leaves out tax on the way from one sum to the next", () => {
    expect(sumsOf("1 | x | 10\n2 | y | 30\n | Subtotal | 40\n | Tax | 8\n | Total due | 48")).toEqual([
      3, 4, 5,
    ]);
  });

  it("finds the sum at the end of a long table", () => {
    const rows = Array.from({ length: 25_000 }, (_, index) => `r${index} | 2`);
    expect(sumsOf([...rows, "Total | 50000"].join("\n"))).toEqual([25_001]);
    expect(sumsOf([...rows, " | 50000"].join("\n"))).toEqual([25_001]);
    expect(sumsOf([...rows, " | 50001"].join("\n"))).toEqual([]);
  });
});
