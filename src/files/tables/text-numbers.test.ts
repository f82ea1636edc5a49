import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textNumber, unitOfFormat } from "./text-numbers.ts";

describe("textNumber", () => {
  it.each([
    ["1,234", 1234, undefined],
    ["$ 1,452.4", 1452.4, "$"],
    ["(99.0)", -99, undefined],
    ["$(31.5)", -31.5, "$"],
    ["$ (0.66)", -0.66, "$"],
    ["(4.3)%", -0.043, "%"],
    ["12 %", 0.12, "%"],
    ["1.234,56 €", 1234.56, "€"],
    ["−7", -7, undefined],
  ])("reads %s", (text, value, unit) => {
    expect(textNumber(text)).toEqual(unit === undefined ? { value } : { value, unit });
  });

  it.each(["", "n/a", "31,", "A12", "00417", "12 (b)", "1-0", "5 or 6", "(", "$"])(
    "leaves %j alone",
    (text) => {
      expect(textNumber(text)).toBeUndefined();
    },
  );

  it("follows the sign that the column has", () => {
    expect(textNumber("1.234", ",")?.value).toBe(1234);
    expect(textNumber("1.234", ".")?.value).toBe(1.234);
  });

  it("reads back what was written with thousands, brackets and a currency", () => {
    const amounts = fc.integer({ min: -999_999_999, max: 999_999_999 });
    fc.assert(
      fc.property(amounts, fc.constantFrom("", "$", "€"), (cents, currency) => {
        const value = cents / 100;
        const digits = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2 });
        const text = value < 0 ? `${currency}(${digits})` : `${currency}${digits}`;
        expect(textNumber(text)?.value).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe("unitOfFormat", () => {
  it.each([
    ["#,##0.00\\ [$€-407]", "€"],
    ["0.0%", "%"],
    ['"$"#,##0', "$"],
    ['0.0 "kg"', "kg"],
    ["General", undefined],
    ["#,##0;[Red]-#,##0", undefined],
    ["yyyy-mm-dd", undefined],
  ])("finds the unit of %s", (code, unit) => expect(unitOfFormat(code)).toBe(unit));
});
