import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuseUnboundSlots, statementOf } from "./statement.ts";

describe("a statement", () => {
  it("binds each number to a value and writes it rounded, with its unit", () => {
    const values = { sum: 1_234_567.8, share: 0.1234, count: 12_345 };
    const { text, slots } = statementOf(
      [
        { name: "Amount" },
        " is ",
        { value: "sum", unit: "€" },
        " (",
        { value: "share", as: "percent" },
        ") in ",
        { value: "count", as: "count" },
        " rows.",
      ],
      values,
    );
    expect(text).toBe("Amount is €1.23 million (12 %) in 12,345 rows.");
    expect(slots.map(({ start, end, value }) => [text.slice(start, end), value])).toEqual([
      ["€1.23 million", "sum"],
      ["12 %", "share"],
      ["12,345", "count"],
    ]);
  });

  it("refuses a number in our own words and a slot without a value", () => {
    expect(() => statementOf(["it rose by 12 %"], {})).toThrow(/12 is bound to no value/);
    expect(() => statementOf([{ value: "slope" }], {})).toThrow(/no value slope/);
  });

  it("refuses words of cause", () => {
    for (const words of [
      "sales fell because of rain",
      "driven by North",
      "due to prices",
      "it led to a rise",
    ])
      expect(() => statementOf([words], {})).toThrow(/more than was computed/);
  });

  it("lets a text of the workbook hold numbers", () => {
    expect(statementOf([{ name: "Model 500" }, " leads."], {}).text).toBe("Model 500 leads.");
  });

  it("refuses a slot that is written as another number than its value", () => {
    const statement = { text: "rises by 12.5", slots: [{ start: 9, end: 13, value: "slope" }] };
    expect(() => refuseUnboundSlots(statement, { slope: 12.49 })).not.toThrow();
    expect(() => refuseUnboundSlots(statement, { slope: 12.7 })).toThrow(/not the value of slope/);
  });

  it("reads back every number that it writes", () => {
    const size = fc.double({ min: -1e14, max: 1e14, noNaN: true });
    const unit = fc.constantFrom(undefined, "€", "kg", "m", "%");
    fc.assert(
      fc.property(size, unit, (value, unit) => {
        statementOf([{ value: "it", unit }], { it: value });
      }),
    );
  });
});
