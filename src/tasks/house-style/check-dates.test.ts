import fc from "fast-check";
import { expect, test } from "vitest";
import { openIn, styled } from "./style.fixture.ts";
import type { DateStyle } from "./types.ts";
import { formatDate, writtenDates } from "./written-date.ts";

const LONG = ["## Dates", "D1: dates as 17 November 2026"];
const ISO = ["## Dates", "D1: dates as 2026-11-17"];

test.each([
  ["We met on 2026-11-17 and on 17.11.2026.", "We met on 17 November 2026 and on 17 November 2026."],
  [
    "On November 3rd, 2026, and on 17th Nov. 2026, we met.",
    "On 3 November 2026, and on 17 November 2026, we met.",
  ],
  ["On 17/11/2026 or 11/17/2026 or 05/05/2026.", "On 17 November 2026 or 17 November 2026 or 5 May 2026."],
  ["Es war am 17.11.2026 und nicht im Mai.", "Es war am 17. November 2026 und nicht im Mai."],
  ["Le 01.03.2026 la réunion est dans la salle.", "Le 1er mars 2026 la réunion est dans la salle."],
  ["El 17/11/2026 la reunión es en la sala.", "El 17 de noviembre de 2026 la reunión es en la sala."],
  ["A reunião do dia 17/11/2026 não é na sala.", "A reunião do dia 17 de novembro de 2026 não é na sala."],
])("%s becomes the house's date", (before, after) => {
  expect(styled(before, ...LONG)).toBe(after);
});

test("the house's date may be in numbers", () => {
  expect(styled("We met on 17 November 2026 and on 3 May 2026.", ...ISO)).toBe(
    "We met on 2026-11-17 and on 2026-05-03.",
  );
});

test("a date that can be read in two ways is left", () => {
  const text = "We met on 03/04/2026 and 17/11/26.";
  expect(styled(text, ...LONG)).toBe(text);
  expect(openIn(text, ...LONG)).toEqual(["D1: 03/04/2026", "D1: 17/11/26"]);
});

test.each([
  "Version 1.2.2026a, 192.168.10.2026, file-2026-11-17.docx, 2026-11-17T10:00:00Z.",
  "31.02.2026 and 2026-13-01 are no dates.",
  "“We met on 2026-11-17” and https://a.eu/2026-11-17/x.",
  "It was on 17\u00a0November 2026.",
])("%s stays as it is", (text) => {
  expect(styled(text, ...LONG)).toBe(text);
});

test("the end of a range is left", () => {
  expect(styled("From 3–5 May 2026.", ...ISO)).toBe("From 3–5 May 2026.");
  expect(openIn("From 3 to 5 May 2026.", ...ISO)).toEqual(["D1: 5 May 2026"]);
});

test("a date in any style is read back as the same day", () => {
  const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  const styles: DateStyle[] = [
    { order: "ymd", month: "number", sign: "-", isPadded: true },
    { order: "dmy", month: "number", sign: ".", isPadded: true },
    { order: "dmy", month: "name", sign: "", isPadded: false },
  ];
  fc.assert(
    fc.property(
      day,
      fc.constantFrom(...styles),
      fc.constantFrom("en", "de", "fr", "es", "pt"),
      (date, style, language) => {
        const wanted = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(writtenDates(formatDate(wanted, style, language) ?? "").map((each) => each.readings)).toEqual([
          [wanted],
        ]);
      },
    ),
  );
});
