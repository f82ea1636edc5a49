import { describe, expect, it } from "vitest";
import { findPersonalData } from "./find-personal-data.ts";
import { SAMPLERS, seededRandom } from "./id-samples.fixture.ts";

const texts = (text: string, options = {}): string[] =>
  findPersonalData(text, options).map(({ start, end }) => text.slice(start, end));

/** The same number with one character changed to another of its kind. */
function spoilt(value: string, random: () => number): string {
  const places = [...value.matchAll(/\d/g)].map(({ index }) => index);
  const place = places[Math.floor(random() * places.length)] ?? 0;
  const other = (Number(value[place]) + 1 + Math.floor(random() * 8)) % 10;
  return value.slice(0, place) + other + value.slice(place + 1);
}

const SAMPLES = 400;
// By form alone: no digit can be wrong. An IBAN's country has no say in its form's letters.
const WITHOUT_CHECKSUM = new Set(["US SSN", "UK NINO", "e-mail"]);

describe("personal data", () => {
  it.each(SAMPLERS)("finds every valid $rule, whole and nothing else", ({ rule, before, write }) => {
    const random = seededRandom(rule.length * 31);
    for (let index = 0; index < SAMPLES; index += 1) {
      const value = write(random);
      const text = `Name of the person, ${before}${value}, as agreed on 12 March 2026.`;
      const found = findPersonalData(text);
      expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([value]);
    }
  });

  it.each(SAMPLERS.filter(({ rule }) => !WITHOUT_CHECKSUM.has(rule)))(
    "takes few $rule with a wrong digit",
    ({ rule, before, write }) => {
      const random = seededRandom(rule.length * 17);
      let wrong = 0;
      for (let index = 0; index < SAMPLES; index += 1) {
        const value = spoilt(write(random), random);
        if (findPersonalData(`${before}${value}, as agreed`).some((span) => span.rule === rule)) wrong += 1;
      }
      // One check digit of eleven lets some pass; a wrong digit must be noticed in nearly all.
      expect(wrong / SAMPLES).toBeLessThan(0.03);
    },
  );

  it("leaves figures, dates, versions, references and codes of business texts alone", () => {
    const random = seededRandom(5);
    const number = (digits: number): string =>
      Array.from({ length: digits }, () => Math.floor(random() * 10)).join("");
    let found = 0;
    const texts = [
      () => `Revenue of ${number(3)},${number(3)},${number(3)} EUR in 2026, up ${number(1)}.${number(2)} %.`,
      () => `Invoice ${number(9)} of 2026-03-${10 + Math.floor(random() * 18)}, order INV-${number(6)}.`,
      () => `Version 1.${number(2)}.${number(1)}, build ${number(7)}, see section 3.${number(1)}.`,
      () =>
        `Item ${number(8)} costs ${number(4)}.${number(2)}; weight ${number(3)} kg; ratio ${number(1)}:${number(2)}.`,
      () =>
        `ISO ${number(4)}-${number(1)}, part no. ${number(5)}-${number(3)}-${number(2)}, room ${number(3)}.`,
    ];
    for (let index = 0; index < 2_000; index += 1) {
      const text = texts[index % texts.length]!();
      found += findPersonalData(text).length;
    }
    expect(found / 2_000).toBeLessThan(0.005);
  });

  it("finds telephone numbers with their country, and national ones where the country is known", () => {
    expect(texts("call +34 612 34 56 78 or (+1) 415-555-2671.")).toHaveLength(2);
    expect(texts("ligue 912 345 678 hoje")).toEqual([]);
    expect(texts("ligue 912 345 678 hoje", { country: "PT" })).toEqual(["912 345 678"]);
    expect(texts("a + 3 = 4 and 2 + 2 = 4")).toEqual([]);
  });

  it("needs a label for nine digits that could be anything", () => {
    expect(texts("the total is 123456789 euros")).toEqual([]);
    expect(texts("contribuinte n.º 123456789")).toEqual(["123456789"]);
  });

  it("finds addresses of machines only when it is asked to", () => {
    const text = "from 192.168.0.1 and 2001:db8::8a2e:370:7334 at 10:42:11, version 1.2.3";
    expect(texts(text)).toEqual([]);
    expect(texts(text, { ipAddresses: true })).toEqual(["192.168.0.1", "2001:db8::8a2e:370:7334"]);
  });

  it("cuts an IBAN where its country says, not at the words behind it", () => {
    expect(texts("GB82 WEST 1234 5698 7654 32 AND MORE WORDS")).toEqual(["GB82 WEST 1234 5698 7654 32"]);
    expect(texts("GB82WEST12345698765432X")).toEqual([]);
  });

  it.each([
    ["a".repeat(100_000)],
    ["1 ".repeat(50_000)],
    ["a@".repeat(50_000)],
    ["a.".repeat(50_000)],
    ["+1 ".repeat(30_000)],
    [":a".repeat(50_000)],
    ["GB82 ".repeat(20_000)],
    ["-----BEGIN PRIVATE KEY-----".repeat(3_000)],
  ])("is done in reasonable time with hostile text (%#)", (text) => {
    const started = performance.now();
    findPersonalData(text, { ipAddresses: true });
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
