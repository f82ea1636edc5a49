import { describe, expect, it } from "vitest";
import { classifyCells } from "./cell-classes.ts";
import { findBlocks } from "./find-blocks.ts";
import type { GridOptions } from "./grid.fixture.ts";
import { grid } from "./grid.fixture.ts";
import { headerRows } from "./header-rows.ts";

function countOf(drawing: string, options?: GridOptions): number {
  const classes = classifyCells(grid(drawing, options));
  return headerRows(classes, findBlocks(classes)[0]!).count;
}

describe("headerRows", () => {
  it("counts the rows of labels above numbers", () => {
    expect(countOf("a | b\nx | 1\ny | 2")).toBe(1);
    expect(countOf(" | Q1 | \nname | plan | real\nx | 1 | 2\ny | 3 | 4")).toBe(2);
  });

  it("takes years over numbers for names, and years in a column for values", () => {
    expect(countOf(" | 2023 | 2024\nx | 1 | 2\ny | 3 | 4")).toBe(1);
    expect(countOf(" | 2023 | 2024\nx | 1999 | 2005\ny | 2001 | 1950")).toBe(1);
    expect(countOf("1999 | Bob\n2000 | Al\n2001 | Cy")).toBe(0);
    expect(countOf("Year | Winner\n1999 | Bob\n2000 | Al")).toBe(1);
  });

  it("takes a lone year below a name for a value", () => {
    expect(countOf("maker | n\nAlpha | 1925\nBeta | 307\nGamma | 3")).toBe(1);
  });

  it("takes years over words for names", () => {
    expect(countOf("prize | 2004 | 2005\nfilm | Dawn | Harbour\nrole | Ines | Tomas")).toBe(1);
  });

  it("takes dates over numbers for names, and dates over dates for values", () => {
    expect(countOf("x | @2024-01 | @2024-02\na | 1 | 2\nb | 3 | 4")).toBe(1);
    expect(countOf("from | to\n2024-01-01 | 2024-02-01\n2024-03-01 | 2024-04-01")).toBe(1);
    expect(countOf("2024-01-01 | 2024-02-01\n2024-03-01 | 2024-04-01")).toBe(0);
  });

  it("counts on over day numbers", () => {
    expect(countOf("name | 1 | 2 | 3 | 4 | 5\nx | 7 | 9 | 7 | 3 | 1\ny | 3 | 3 | 1 | 0 | 2")).toBe(1);
    expect(countOf("k | a | b | c | d | e\nx | 1 | 2 | 3 | 4 | 5\ny | 3 | 3 | 1 | 0 | 2")).toBe(1);
    expect(countOf("x | 1 | 2 | 3 | 4\ny | 2 | 3 | 4 | 5\nz | 3 | 4 | 5 | 6")).toBe(0);
  });

  it("adds a row of units, also a lone one at the left", () => {
    expect(countOf("m | n\nkg | cm\n1 | 2\n3 | 4")).toBe(2);
    expect(countOf(" | '2019 | '2018\n(in thousands) | |\nx | '1 | '2\ny | '3 | '4")).toBe(2);
  });

  it("stops before a section and before a row that merely lacks numbers", () => {
    expect(countOf("item | n\nFruit |\napple | 1\npear | 2")).toBe(1);
    expect(countOf("name | city | n\nAnn | Rome | n/a\nBob | Bonn | 3\nCid | Rome | 4")).toBe(1);
  });

  it("lets a header hold a computed cell", () => {
    expect(countOf("a | b | c | =5456 | e | f\n1 | 2 | 3 | 4 | 5 | 6\n2 | 3 | 4 | 5 | 6 | 7")).toBe(1);
  });

  it("wants distinct names that come but once where all is text", () => {
    expect(countOf("a | b\nx | y\nz | y")).toBe(1);
    expect(countOf("x | y\nx | z\nz | y")).toBe(0);
    expect(countOf("a | a | b\nx | y | q\nz | y | q")).toBe(0);
  });

  it("finds none in numbers, in a single row and among errors", () => {
    expect(countOf("1 | 2\n3 | 4")).toBe(0);
    expect(countOf("a | b")).toBe(0);
    expect(countOf("a | #N/A\nb | 1\nc | 2")).toBe(0);
  });
});
