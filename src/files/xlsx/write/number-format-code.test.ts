import { describe, expect, it } from "vitest";
import { refuseNumberFormat } from "./number-format-code.ts";

describe("a number format", () => {
  it.each([
    "General",
    "0.0%",
    "#,##0.00 €",
    "yyyy\\-mm\\-dd\\ hh:mm",
    "[$-409]d-mmm-yy;@",
    '_("$"* #,##0_);[Red]\\($#,##0\\)',
    "h:mm AM/PM",
    "0.00E+00",
    '0.0" km"',
  ])("is taken when Excel takes it: %s", (code) => {
    expect(refuseNumberFormat(code)).toBeUndefined();
  });

  it.each(["", '0" km', "[Red", "0 km", "0;0;0;0;0", "x".repeat(300), "0\\", "0\n"])(
    "is refused when Excel would call the file damaged: %j",
    (code) => {
      expect(refuseNumberFormat(code)?.refusal.code).toBe("invalid");
    },
  );
});
