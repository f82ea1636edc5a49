import { describe, expect, it } from "vitest";
import { languageOf } from "./language.ts";
import { readSentences } from "./read-sentence.ts";

const figures = (text: string): [string, number, string, string][] =>
  readSentences(text, languageOf(text)).flatMap(({ pieces }) =>
    pieces.flatMap((piece): [string, number, string, string][] =>
      piece.kind === "figure"
        ? [[piece.figure.text, piece.figure.value, piece.figure.form, piece.figure.bound]]
        : [],
    ),
  );

describe("the figures of a sentence", () => {
  it("have any grouping, scale and currency", () => {
    expect(figures("Revenue was 1,234.5 € or about $1.2 million, costs 4bn.")).toEqual([
      ["1,234.5 €", 1234.5, "number", "exact"],
      ["$1.2 million", 1_200_000, "number", "about"],
      ["4bn", 4_000_000_000, "number", "exact"],
    ]);
    expect(figures("Der Umsatz lag im März 2026 bei 1.234,5 € und rund 1,2 Mio. Euro.")).toEqual([
      ["1.234,5 €", 1234.5, "number", "exact"],
      ["1,2 Mio. Euro", 1_200_000, "number", "about"],
    ]);
    expect(figures("Les ventes ont atteint 1 234 567 € et la marge 3,5 points de pourcentage.")).toEqual([
      ["1 234 567 €", 1_234_567, "number", "exact"],
      ["3,5 points de pourcentage", 3.5, "points", "exact"],
    ]);
  });

  it("may be words", () => {
    expect(figures("Half of the twelve customers doubled their orders.")).toEqual([
      ["Half", 50, "fraction", "exact"],
      ["twelve", 12, "number", "exact"],
      ["doubled", 2, "multiple", "exact"],
    ]);
  });

  it("are no dates, sections, ids, versions, times, phone numbers or list numbers", () => {
    expect(figures("See Section 2.1, Table 3 and INV-2024-001 of 12.03.2026 at 10:30.")).toEqual([]);
    expect(figures("1. Revenue")).toEqual([]);
    expect(figures("Version 2.4.1 of 2025-03-04 [7] supports ISO 9001 (§ 5).")).toEqual([]);
  });

  it("end with their sentence, which an abbreviation does not", () => {
    expect(
      readSentences("Es waren 5 Mio. Euro im 3. Quartal. Das ist gut.", "de").map(({ text }) => text),
    ).toEqual(["Es waren 5 Mio. Euro im 3. Quartal.", "Das ist gut."]);
  });

  it("are shares where one number is said out of another, and multiples with times", () => {
    expect(figures("Four out of ten calls and one in four orders are late.")).toEqual([
      ["Four out of ten", 40, "fraction", "exact"],
      ["one in four", 25, "fraction", "exact"],
    ]);
    expect(figures("Der Umsatz war 1,4-mal so hoch wie im Süden.")[0]).toEqual([
      "1,4-mal",
      1.4,
      "multiple",
      "exact",
    ]);
    expect(figures("We met 3 times a week.")[0]?.[2]).toBe("number");
  });

  it("are no numbers of pages", () => {
    expect(figures("18 November 2026, confidential Page 1 of 5")).toEqual([]);
    expect(figures("Seite 2 von 5")).toEqual([]);
  });
});
