import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRange } from "../address.ts";
import { quoteSheetName } from "../write/formula-text.ts";
import { type FormulaToken, tokenizeFormula } from "./tokenize-formula.ts";

const kinds = (formula: string): string[] =>
  tokenizeFormula(formula).map(({ kind, text }) => `${kind} ${text}`);
const sheetOf = (formula: string): FormulaToken["sheet"] => tokenizeFormula(formula)[0]?.sheet;

describe("the pieces of a formula", () => {
  it("are references, functions, names, tables, texts, numbers, errors and signs", () => {
    expect(kinds(`LOG10(A1)+"A1 ""x"""&$B$2:C3*rate-Orders[[#This Row],[Net amount]]/1.5E-3`)).toEqual([
      "function LOG10",
      "sign (",
      "reference A1",
      "sign )",
      "sign +",
      'text "A1 ""x"""',
      "sign &",
      "reference $B$2:C3",
      "sign *",
      "name rate",
      "sign -",
      "table Orders[[#This Row],[Net amount]]",
      "sign /",
      "number 1.5E-3",
    ]);
    expect(kinds("_xlfn.XLOOKUP(A:$A,2:3,TRUE)<>#REF!=#DIV/0!")).toEqual([
      "function _xlfn.XLOOKUP",
      "sign (",
      "reference A:$A",
      "sign ,",
      "reference 2:3",
      "sign ,",
      "boolean TRUE",
      "sign )",
      "sign <>",
      "error #REF!",
      "sign =",
      "error #DIV/0!",
    ]);
  });

  it("tell cells from names and functions that look like them", () => {
    expect(kinds("XFD1048576+XFE1+A1048577+A0+TAXES2024+A1.b+Müller1")).toEqual([
      "reference XFD1048576",
      "sign +",
      "name XFE1",
      "sign +",
      "name A1048577",
      "sign +",
      "name A0",
      "sign +",
      "name TAXES2024",
      "sign +",
      "name A1.b",
      "sign +",
      "name Müller1",
    ]);
    expect(kinds("ATAN2 (B1)")[0]).toBe("function ATAN2");
  });

  it("have the sheet in front of them with its place", () => {
    expect(sheetOf("'It''s: no'!A1")).toMatchObject({ start: 0, end: 11, name: "It's", lastName: " no" });
    expect(sheetOf("Data!#REF!")).toEqual({ start: 0, end: 4, name: "Data" });
    expect(sheetOf("Data!rate")).toEqual({ start: 0, end: 4, name: "Data" });
    expect(sheetOf("2024!A1")).toEqual({ start: 0, end: 4, name: "2024" });
    expect(sheetOf("Jan:Mar!B2")).toEqual({ start: 0, end: 7, name: "Jan", lastName: "Mar" });
    expect(sheetOf("A1+1")).toBeUndefined();
  });

  it("name the other workbook, and none where the formula means its own", () => {
    expect(sheetOf("[1]Data!A1")).toEqual({ start: 0, end: 7, name: "Data", book: "1" });
    expect(sheetOf("'[2]Jan:Mar 1'!A1")).toMatchObject({ name: "Jan", lastName: "Mar 1", book: "2" });
    expect(sheetOf(String.raw`'C:\a\[b.xlsx]Data'!A1`)).toMatchObject({
      name: "Data",
      book: String.raw`C:\a\b.xlsx`,
    });
    expect(sheetOf(String.raw`'C:\a\b.xls'!rate`)).toMatchObject({ name: "", book: String.raw`C:\a\b.xls` });
    expect(sheetOf("[0]!rate")).toEqual({ start: 0, end: 3, name: "" });
  });

  it("keep an operator between two references apart from them", () => {
    expect(kinds("A1:Data!B2")).toEqual(["reference A1", "sign :", "reference B2"]);
    expect(kinds("Data!A1:INDEX(B:B,2)").slice(0, 3)).toEqual(["reference A1", "sign :", "function INDEX"]);
    expect(kinds("A1:B2 B1:C3")).toEqual(["reference A1:B2", "reference B1:C3"]);
    expect(kinds("A1#")).toEqual(["reference A1", "sign #"]);
  });

  it("give the cells of a reference, however it is written", () => {
    const ranges = tokenizeFormula("B$9:$A2+C:A+$3:2").flatMap((token) =>
      token.kind === "reference" ? [formatRange(token.range)] : [],
    );
    expect(ranges).toEqual(["A2:B9", "A1:C1048576", "A2:XFD3"]);
  });

  it("find every sheet by its name as formulas write it", () => {
    const name = fc
      .string({ unit: fc.constantFrom(..."Aa1 '.!é&-$(,#+\"{;<=%"), minLength: 1, maxLength: 31 })
      .filter((each) => !each.startsWith("'") && !each.endsWith("'"));
    fc.assert(
      fc.property(name, (sheet) => {
        const formula = `SUM(${quoteSheetName(sheet)}!A1)`;
        const found = tokenizeFormula(formula)[2];
        expect(found).toMatchObject({ kind: "reference", sheet: { name: sheet } });
        expect(formula.slice(found?.sheet?.start, found?.sheet?.end)).toBe(quoteSheetName(sheet));
      }),
    );
  });

  it("cover the whole formula but for spaces, whatever it holds", () => {
    const text = fc.string({ unit: fc.constantFrom(..."AZ19$:!'\"[](),+#REF!.é{};@ \\/"), maxLength: 60 });
    fc.assert(
      fc.property(text, (formula) => {
        let at = 0;
        for (const { start, end, text: own, sheet } of tokenizeFormula(formula)) {
          expect(formula.slice(at, start).trim()).toBe("");
          const prefix = sheet === undefined ? "" : `${formula.slice(sheet.start, sheet.end)}!`;
          expect(prefix + own).toBe(formula.slice(start, end));
          at = end;
        }
        expect(formula.slice(at).trim()).toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["'", '"', "[", "[a", "'a", "a:", "((", "A1:", "'[", '""a', "a[[", "!", "é"])(
    "are found quickly where %s comes again and again",
    (piece) => {
      const formula = piece.repeat(20_000);
      expect(tokenizeFormula(formula).at(-1)!.end).toBe(formula.length);
      expect(tokenizeFormula(`"${formula}`).at(-1)!.end).toBe(formula.length + 1);
    },
  );
});
