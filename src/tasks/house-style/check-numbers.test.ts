import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openIn, styled } from "./style.fixture.ts";
import { formatNumber, writtenNumbers } from "./written-number.ts";

const THIN = "\u202f";
const NBSP = "\u00a0";
const GERMAN = "Das ist der Betrag, und die Summe ist mit der Liste: ";

describe("thousands", () => {
  test.each([
    [
      "We sold 12345 items for 1,234,567.89 dollars.",
      `We sold 12${THIN}345 items for 1${THIN}234${THIN}567.89 dollars.`,
    ],
    ["It is 12,345 and 1.234.567,89 €.", `It is 12${THIN}345 and 1${THIN}234${THIN}567,89 €.`],
    ["€ 50000 in 2026.", `€ 50${THIN}000 in 2026.`],
  ])("are parted in %s", (before, after) => {
    expect(styled(before, "## Numbers", "thousands with a thin space")).toBe(after);
  });

  test.each([
    "In 2026 and since 1999 under ISO 9001, RFC 20500, order 123456, room 40120.",
    "Version 1.234.5, 2026-11-17, 10:30, file12345, A12345, 12345-678, +49 30 1234567, Tel. 12 345 678.",
    "Postcode 10115, page 12345, Section 12345 applies.",
    "Pages 10000–20000 are missing, and a ratio of 1.234 is fine.",
    "“We sold 12345 items” and https://a.eu/12345 and [12345].",
    "Set new Dimension(700,800) and f(12345 items); the code is\n  x = size(12345);\t",
    `${GERMAN}4020 Linz und 10115 Berlin.`,
  ])("are no business of %s", (text) => {
    expect(styled(text, "## Numbers", "thousands with a comma")).toBe(text);
  });

  test("are read by the language of the text", () => {
    const rule = ["## Numbers", "thousands with a comma"];
    expect(styled(`${GERMAN}1.750 Euro und 1.234,56 €.`, ...rule)).toBe(
      `${GERMAN}1,750 Euro und 1,234.56 €.`,
    );
    expect(openIn("12 345 people are here and there.", "## Numbers", "N1: thousands with a comma")).toEqual([
      "N1: 12 345",
    ]);
  });
});

test("a number's own signs come before the space of its unit", () => {
  expect(
    styled("It is 13,000 km.", "## Numbers", "thousands with a point", "no space between number and unit"),
  ).toBe("It is 13.000km.");
});

test("decimal signs change where the number is an amount", () => {
  const rule = ["## Numbers", "decimal comma"];
  expect(styled("It is 3.5 % and 1,234.5 km, see 3.5 and version 3.5.", ...rule)).toBe(
    "It is 3,5 % and 1.234,5 km, see 3.5 and version 3.5.",
  );
});

test("spaces before percent signs and units follow the rules", () => {
  const rules = [
    "## Numbers",
    "percent sign after a no-break space",
    "a no-break space between number and unit",
  ];
  expect(styled("5%, 5 %, 50%-ige, 5km, 5 kg, 5m, A5 kg, 100 % of 3 h.", ...rules)).toBe(
    `5${NBSP}%, 5${NBSP}%, 50%-ige, 5${NBSP}km, 5${NBSP}kg, 5m, A5 kg, 100${NBSP}% of 3${NBSP}h.`,
  );
  expect(styled("5 % and 5%.", "## Numbers", "no space before the percent sign")).toBe("5% and 5%.");
});

test("currency signs change sides, except where words go with them", () => {
  const rule = ["## Numbers", "N1: euro sign after the amount"];
  expect(styled("It costs €5 or €1,234.50 and US$5.", ...rule)).toBe(
    `It costs 5${NBSP}€ or 1,234.50${NBSP}€ and US$5.`,
  );
  expect(openIn("It costs €5 million.", ...rule)).toEqual(["N1: €5"]);
});

describe("small numbers", () => {
  const rule = ["## Numbers", "N1: spell out one to nine"];
  test.each([
    ["The 5 people met 3 times.", "The five people met three times."],
    ["5 people met. 9 of them stayed.", "Five people met. 9 of them stayed."],
    [`${GERMAN}3 Wochen und 4 Monate.`, `${GERMAN}drei Wochen und vier Monate.`],
    [
      "Il y a 3 projets dans la liste et 2 autres sur le site.",
      "Il y a trois projets dans la liste et deux autres sur le site.",
    ],
  ])("are words in %s", (before, after) => {
    expect(styled(before, ...rule)).toBe(after);
  });

  test.each([
    "See Section 5 below, page 3 above, step 2 here and Phase 2 results.",
    "It is 5 km, 5 %, 5 million, 5 May 2026 and 5 pm.",
    "From 3 to 5 people, 2 or 3 people, 5 of 9 people, 3.5 people, 1,5 people.",
    "The 5 people met 12 others.",
    "Version 5 is here; v5 too; COVID 5 waves; 5-year plan; 5th floor; x = 5 units.",
  ])("stay in %s", (text) => {
    expect(styled(text, ...rule)).toBe(text);
  });

  test("are left where the word depends on its noun", () => {
    expect(openIn(`${GERMAN}1 Woche.`, ...rule)).toEqual(["N1: 1"]);
  });
});

test("a number written in other signs is read back as the same value", () => {
  const number = fc.record({
    integer: fc.nat(999_999_999).map(String),
    fraction: fc.stringMatching(/^\d{0,2}$/u),
  });
  const signs = fc.constantFrom(
    { grouping: ",", decimal: "." },
    { grouping: ".", decimal: "," },
    { grouping: THIN, decimal: "," },
    { grouping: "’", decimal: "." },
    { grouping: "", decimal: "." },
  );
  fc.assert(
    fc.property(number, signs, (value, sign) => {
      const text = formatNumber(value, { ...sign, from: 1000 });
      const language = sign.decimal === "," ? "de" : "en";
      expect(writtenNumbers(text, language)).toMatchObject([value]);
    }),
  );
});
