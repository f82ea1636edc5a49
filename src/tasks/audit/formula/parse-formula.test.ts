import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shiftFormula } from "../../../files/xlsx/read/shift-formula.ts";
import { callsOf, cellsMeant, parseFormula } from "./parse-formula.ts";

const kinds = (formula: string): string[] =>
  parseFormula(formula, 5, 2).tokens.map(({ kind, text }) => `${kind} ${text}`);

describe("reading a formula", () => {
  it("tells references from functions, names, tables and texts", () => {
    expect(kinds(`LOG10(A1)+"A1"&'My ''sheet'!$B$2:C3*rate-Orders[[#This Row],[Net amount]]`)).toEqual([
      "function LOG10",
      "sign (",
      "reference A1",
      "sign )",
      "sign +",
      'text "A1"',
      "sign &",
      "reference $B$2:C3",
      "sign *",
      "name rate",
      "sign -",
      "table Orders[[#This Row],[Net amount]]",
    ]);
    expect(kinds("_xlfn.XLOOKUP(A:A,2:3,TRUE)<>#REF!")).toEqual([
      "function XLOOKUP",
      "sign (",
      "reference A:A",
      "sign ,",
      "reference 2:3",
      "sign ,",
      "boolean TRUE",
      "sign )",
      "sign <>",
      "error #REF!",
    ]);
  });

  it("knows references to other files, to several sheets, and to sheets that are gone", () => {
    const [other, several] = parseFormula("[1]Data!A1+Jan:Mar!B2", 1, 0).references;
    expect(other).toMatchObject({ isExternal: true, sheet: "[1]Data" });
    expect(several).toMatchObject({ isExternal: false, sheet: "Jan", lastSheet: "Mar" });
    expect(parseFormula("Data!#REF!", 1, 0).tokens).toEqual([
      { kind: "error", text: "#REF!", sheet: "Data" },
    ]);
  });

  it("says which cells are meant wherever the formula stands", () => {
    const [reference] = parseFormula("SUM(B$2:B5)", 6, 1).references;
    expect(cellsMeant(reference!, 10, 3)).toEqual({ firstRow: 2, lastRow: 9, firstColumn: 3, lastColumn: 3 });
    expect(cellsMeant(parseFormula("A1", 2, 0).references[0]!, 1, 0)).toBeUndefined();
  });

  it("gives a copied formula the same key, and another one a different key", () => {
    const part = fc.constantFrom(
      "A5",
      "$B7",
      "C$9",
      "$D$3",
      "SUM(E5:F9)",
      "Data!G$6",
      "1.5",
      '"x A1"',
      "G:G",
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.nat(40),
        fc.nat(20),
        (parts, rows, columns) => {
          const formula = parts.join("+");
          const copy = shiftFormula(formula, rows, columns);
          expect(parseFormula(copy, 10 + rows, 8 + columns).key).toBe(parseFormula(formula, 10, 8).key);
        },
      ),
    );
    expect(parseFormula("A1+1", 2, 1).key).not.toBe(parseFormula("A1+2", 2, 1).key);
  });

  it("never throws, and keeps what it can't read as unknown", () => {
    expect(kinds("A1 ~ ?")).toEqual(["reference A1", "unknown ~", "unknown ?"]);
    const text = fc.string({ unit: fc.constantFrom(..."AZ19$:!'\"[](),+#REF!.é{};@ \\"), maxLength: 40 });
    fc.assert(
      fc.property(text, (formula) => {
        const parsed = parseFormula(formula, 3, 3);
        callsOf(parsed, () => true);
        const written = parsed.tokens.reduce((length, each) => length + each.text.length, 0);
        expect(written).toBeLessThanOrEqual(formula.length);
      }),
      { numRuns: 500 },
    );
  });

  it("finds the arguments of a call, calls inside them and empty ones", () => {
    const calls = callsOf(parseFormula("VLOOKUP(A1,IF(B1,C1:D9,E1:F9),2,)+PI()", 1, 0), () => true);
    expect(calls.map(({ name, arguments: given }) => [name, given.length])).toEqual([
      ["VLOOKUP", 4],
      ["IF", 3],
      ["PI", 0],
    ]);
    expect(callsOf(parseFormula("SUM(A1,", 1, 0), () => true)[0]!.arguments).toHaveLength(2);
  });
});
