import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNumber, formatText, generalText } from "./format-number.ts";
import { formatKind } from "./number-format.ts";
import { parseDecimal } from "./parse-decimal.ts";
import { millisecondsOfSerial, serialOfIsoDate, serialOfMilliseconds } from "./serial-date.ts";

describe("a number as its format shows it", () => {
  it.each([
    [1234.5, "General", "1234.5"],
    [0.1 + 0.2, "General", "0.3"],
    [123456789012, "General", "1.23457E+11"],
    [1234567890.123, "General", "1234567890"],
    [0.00001, "General", "0.00001"],
    [0.0000123456, "General", "1.23456E-05"],
    [-7, "General", "-7"],
    [1.005, "0.00", "1.01"],
    [-1.5, "0", "-2"],
    [-0.2, "0", "0"],
    [1234567.891, "#,##0.00", "1,234,567.89"],
    [0.5, "#.##", ".5"],
    [5, "000", "005"],
    [0.125, "0.0%", "12.5%"],
    [0.57, "0%", "57%"],
    [-1234, "#,##0;[Red]\\(#,##0\\)", "(1,234)"],
    [0, '0;-0;"none"', "none"],
    [1234567, '0.0,,"M"', "1.2M"],
    [1234.5, "[$€-407] #,##0.00", "€ 1,234.50"],
    [-5, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "$(5.00)"],
    [0, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "$-"],
    [5551234567, "(000) 000-0000", "(555) 123-4567"],
    [12345, "0.00E+00", "1.23E+04"],
    [9.996, "0.00E+00", "1.00E+01"],
    [12345, "##0.0E+0", "12.3E+3"],
    [1.25, "# ?/?", "1 1/4"],
    [0.3333, "?/8", "3/8"],
    [150, '[>100]"high";"low"', "high"],
    [50, '[>100]"high";"low"', "low"],
    [45443, "yyyy-mm-dd", "2024-05-31"],
    [45443, "dddd, mmmm d, yyyy", "Friday, May 31, 2024"],
    [45443, "d.m.yy", "31.5.24"],
    [45443.75, "m/d/yyyy h:mm AM/PM", "5/31/2024 6:00 PM"],
    [0.5, "h AM/PM", "12 PM"],
    [1.5, "[h]:mm:ss", "36:00:00"],
    [0.0423, "mm:ss.0", "00:54.7"],
    [0.9999999, "hh:mm:ss", "00:00:00"],
    [60, "d/m/yyyy", "29/2/1900"],
    [0, "m/d/yyyy", "1/0/1900"],
    [-1, "yyyy-mm-dd", "########"],
    [45443, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Friday, May 31, 2024"],
  ])("%s in %s is %s", (value, code, text) => {
    expect(formatNumber(value, code)).toBe(text);
  });

  it("shows texts by the section for texts", () => {
    expect(formatText("x", '0;-0;0;"<"@">"')).toBe("<x>");
    expect(formatText("x", "0.00")).toBe("x");
    expect(formatText("x", "@")).toBe("x");
  });

  it.each([
    ["General", "general"],
    ['0.00" days"', "number"],
    ["[Red]0", "number"],
    ["0.0%", "percent"],
    ["@", "text"],
    ["mmm yyyy", "date"],
    ["[h]:mm", "time"],
    ["mm:ss", "time"],
    ["m/d/yy h:mm", "timestamp"],
    ['"Quarter" 0', "number"],
    ["\\d0", "number"],
    ["[$-409]h:mm AM/PM;@", "time"],
  ])("knows what %s makes of a number: %s", (code, kind) => {
    expect(formatKind(code)).toBe(kind);
  });

  it("never fails, whatever the code and the number", () => {
    const anyCode = fc.string({
      unit: fc.constantFrom(...'0#?,.%/E+-ymdhs[]"\\_*@;<>=$ General1234AMPM/'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(anyCode, fc.double({ noNaN: true, noDefaultInfinity: true }), (code, value) => {
        expect(typeof formatNumber(value, code)).toBe("string");
        expect(typeof formatText("x", code)).toBe("string");
      }),
      { numRuns: 2000 },
    );
  });

  it("shows whole numbers of up to eleven digits whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (value) => {
        expect(generalText(value)).toBe(String(value));
      }),
    );
  });
});

describe("reading decimal numbers from bytes", () => {
  it("rounds as Number does, or leaves the number to it", () => {
    const result = { value: 0, end: 0 };
    const anyDigits = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 19n }), fc.integer({ min: 0, max: 22 }))
      .map(([digits, places]) => {
        const text = digits.toString().padStart(places + 1, "0");
        return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
      });
    const anyNumber = fc.oneof(
      anyDigits,
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(String),
    );
    let read = 0;
    fc.assert(
      fc.property(anyNumber, (text) => {
        const isRead = parseDecimal(new TextEncoder().encode(`${text}<`), 0, result);
        if (!isRead) return;
        read++;
        expect(result).toEqual({ value: Number(text), end: text.length });
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(8_000);
  });

  it.each([".", "", "x", "1.2.3", "1e5", "12345678901234567890"])("leaves %j alone", (text) => {
    expect(parseDecimal(new TextEncoder().encode(`${text}<`), 0, { value: 0, end: 0 })).toBe(false);
  });
});

describe("day numbers", () => {
  it("are the inverse of dates, in both systems", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_900_000 }), fc.boolean(), (serial, date1904) => {
        fc.pre(serial !== 60 || date1904);
        expect(serialOfMilliseconds(millisecondsOfSerial(serial, date1904)!, date1904)).toBe(serial);
      }),
    );
  });

  it("know the first days, the day that never was, and the last one", () => {
    const day = (serial: number): string =>
      new Date(millisecondsOfSerial(serial, false)!).toISOString().slice(0, 10);
    expect([1, 59, 61, 2_958_465].map(day)).toEqual(["1900-01-01", "1900-02-28", "1900-03-01", "9999-12-31"]);
    expect([millisecondsOfSerial(-1, false), millisecondsOfSerial(2_958_466, false)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(serialOfIsoDate("1904-01-02", true)).toBe(1);
    expect(
      ["2024-13-01", "2024-02-30", "x", "", "25:00"].map((text) => serialOfIsoDate(text, false)),
    ).toEqual(Array(5).fill(undefined));
  });
});
