import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  columnIndex,
  columnName,
  formatAddress,
  formatRange,
  parseAddress,
  parseRange,
  parseRanges,
} from "./address.ts";
import { shiftFormula } from "./read/shift-formula.ts";

const anyRow = fc.integer({ min: 1, max: 1_048_576 });
const anyColumn = fc.integer({ min: 0, max: 16_383 });

describe("addresses", () => {
  it("name columns as Excel does", () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    expect(["a", "XFD", "XFE", "", "A1", "AAAA"].map(columnIndex)).toEqual([
      0,
      16_383,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("are read back as they were written", () => {
    fc.assert(
      fc.property(anyRow, anyColumn, (row, column) => {
        expect(parseAddress(formatAddress(row, column))).toEqual({ row, column });
      }),
    );
    fc.assert(
      fc.property(anyRow, anyRow, anyColumn, anyColumn, (one, two, left, right) => {
        const range = {
          firstRow: Math.min(one, two),
          lastRow: Math.max(one, two),
          firstColumn: Math.min(left, right),
          lastColumn: Math.max(left, right),
        };
        expect(parseRange(formatRange(range))).toEqual(range);
      }),
    );
  });

  it.each(["A0", "A1048577", "XFE1", "1A", "A1B", "", "A-1"])(
    "are refused where there is no such cell: %s",
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it("may name whole columns and rows, with dollar signs and from any corner", () => {
    expect(parseRange("$C$9:A2")).toEqual({ firstRow: 2, lastRow: 9, firstColumn: 0, lastColumn: 2 });
    expect(parseRange("B:C")).toEqual({ firstRow: 1, lastRow: 1_048_576, firstColumn: 1, lastColumn: 2 });
    expect(parseRange("$3:4")).toEqual({ firstRow: 3, lastRow: 4, firstColumn: 0, lastColumn: 16_383 });
    expect(["B", "3", "A1:B", "A:3", "A1:B2:C3", "Rate"].map(parseRange)).toEqual(Array(6).fill(undefined));
  });

  it("stand in lists with sheet names in any quotes", () => {
    expect(parseRanges("'It''s, 1'!$A$1:$B$2,Costs!C3,D:D").map(({ sheet }) => sheet)).toEqual([
      "It's, 1",
      "Costs",
      undefined,
    ]);
    expect(
      ["SUM(A1:A3)", "0.19", '"A1"', "#REF!", "Sheet1!#REF!", "OFFSET(A1,1,1)", ""].map(
        (text) => parseRanges(text).length,
      ),
    ).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("a formula that is copied", () => {
  it.each([
    ["A1+$B1+C$1+$D$1", "B3+$B3+D$1+$D$1"],
    ['IF(A1="A1 and ""B2""",LOG10(B2),A1)', 'IF(B3="A1 and ""B2""",LOG10(C4),B3)'],
    ["'A1 B2'!C3+Sheet1!C3+A1!C3", "'A1 B2'!D5+Sheet1!D5+A1!D5"],
    ["SUM(A:B,$A:B,2:3,$2:3)", "SUM(B:C,$A:C,4:5,$2:5)"],
    ["Table1[[#This Row],[A1]]*Table1[B2]", "Table1[[#This Row],[A1]]*Table1[B2]"],
    ["[1]Sheet1!A1+AB12_x+x_A1+1E5+ABCD1", "[1]Sheet1!B3+AB12_x+x_A1+1E5+ABCD1"],
    ["SUM(A1:OFFSET(A1,1,1))+DEC2BIN(A1)", "SUM(B3:OFFSET(B3,1,1))+DEC2BIN(B3)"],
  ])("moves only its relative references: %s", (formula, moved) => {
    expect(shiftFormula(formula, 2, 1)).toBe(moved);
  });

  it("is itself again when moved back", () => {
    const formula = 'A5*$B6+SUM(C7:D8)-E$9/Sheet1!F10&"A1"';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 99 }), (rows, columns) => {
        expect(shiftFormula(shiftFormula(formula, rows, columns), -rows, -columns)).toBe(formula);
      }),
    );
  });
});
