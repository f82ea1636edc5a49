import { describe, expect, it } from "vitest";
import { checkConsistency } from "./check-consistency.ts";
import { checkLanguage } from "./check-language.ts";
import { checkSegment } from "./check-segment.ts";
import { termsIn } from "./check-terms.ts";
import { type CheckedPair, ratingOf } from "./check-types.ts";
import { localiseNumbers } from "./localise-numbers.ts";

const found = (source: string, target: string, more: Partial<CheckedPair> = {}): string[] =>
  checkSegment({ source, target, from: "en", to: "pt", ...more }).map(({ kind, text }) => `${kind}: ${text}`);

describe("checkSegment", () => {
  it.each([
    ["In 2026 we sold 1,234.5 tonnes.", "Em 2026 vendemos 1.234,5 toneladas."],
    ["It costs $1.2 billion.", "Custa 1,2 mil milhões de dólares."],
    ["It costs $1.2 billion.", "Custa 1200 milhões de dólares."],
    ["Call us at 3 p.m. today.", "Ligue-nos às 15:00 de hoje."],
    ["There are three reasons.", "Há 3 razões."],
    ["There are 3 reasons.", "Há três razões."],
    ["Music of the 19th century", "Música do século XIX"],
    ["Version 2.1.10 of 2026-11-23", "Versão 2.1.10 de 23/11/2026"],
    ["The year 1998 was good.", "O ano de 1998 foi bom."],
  ])("takes the numbers of %j and %j for the same", (source, target) => {
    expect(found(source, target)).toEqual([]);
  });

  it.each([
    ["We sold 1,234.5 tonnes.", "Vendemos 1,234.5 toneladas.", /form/],
    ["We sold 4,000 pieces.", "Vendemos 4,000 peças.", /form/],
    ["We sold 125 pieces.", "Vendemos 152 peças.", /says 125, the translation 152/],
    ["We sold 125 pieces.", "Vendemos peças.", /125 is not in the translation/],
    ["We sold pieces.", "Vendemos 30 peças.", /30 is not in the source/],
    ["It grew by 12.5 %.", "Cresceu 125 %.", /12.5/],
  ])("sees the wrong number between %j and %j", (source, target, text) => {
    expect(found(source, target).join()).toMatch(text);
  });

  it("takes a number in a name and that of a section for no wrong number", () => {
    const ratings = (source: string, target: string) =>
      checkSegment({ source, target, from: "en", to: "pt" })
        .filter(({ kind }) => kind === "numbers")
        .map(({ severity }) => severity);
    expect(ratings("1.1. Scope of work", "1.1. Âmbito do trabalho")).toEqual([]);
    expect(ratings("It needs Windows 8.1 or docx4j 8.0.", "É preciso Windows 8.1 ou docx4j 8.0.")).toEqual([
      "minor",
      "minor",
    ]);
    expect(ratings("It needs Windows 8.1.", "É preciso Windows 8.2.")).toEqual(["serious"]);
    expect(ratings("Revenue 5.3", "Receita 5.3")).toEqual(["serious"]);
    expect(ratings("Total 4,000", "Total 4,000")).toEqual(["serious"]);
  });

  it("finds a term by its own forms: not in longer terms, not in words that only begin like it", () => {
    const terms = [
      { source: "state", targets: ["estado"], kind: "approved" },
      { source: "minister", targets: ["governante"], kind: "approved" },
      { source: "vice-president (acting)", targets: ["vice"], kind: "approved" },
    ] as const;
    const used = (text: string) =>
      termsIn(text, [...terms, { source: "prime minister", targets: ["x"], kind: "approved" }], "en").map(
        ({ term, words }) => `${term.source}: ${words.join(", ")}`,
      );
    expect(used("The station's status")).toEqual([]);
    expect(used("States of the State")).toEqual(["state: States, State"]);
    expect(used("The prime minister")).toEqual(["prime minister: prime minister"]);
    expect(used("Ministers and the Prime Minister")).toEqual([
      "minister: Ministers",
      "prime minister: Prime Minister",
    ]);
    expect(used("The vice-president (acting) spoke")).toEqual([
      "vice-president (acting): vice-president (acting)",
    ]);
    expect(
      found("x-y", "x-y", {
        glossary: { terms: [{ source: "a-b/c", targets: ["d-e"], kind: "approved" }], skipped: [] },
      }),
    ).toEqual([]);
  });

  it("blocks what is no translation", () => {
    const blocked = (target: string): boolean =>
      checkSegment({ source: "Please sign the contract by Friday.", target, from: "en", to: "pt" }).some(
        ({ severity }) => severity === "blocking",
      );
    expect(blocked("")).toBe(true);
    expect(blocked("I'm sorry, I can't translate this.")).toBe(true);
    expect(blocked("Here is the translation: Assine o contrato até sexta.")).toBe(true);
    expect(blocked("Assine o o o o o o o o o contrato o contrato o contrato o contrato")).toBe(true);
    expect(blocked("Assine o contrato até sexta-feira.")).toBe(false);
  });

  it("holds a translation to its glossary, inflected words included", () => {
    const glossary = {
      skipped: [],
      terms: [
        { source: "contract", targets: ["contrato"], kind: "approved" },
        { source: "contract", targets: ["convénio"], kind: "forbidden" },
        { source: "Booking Portal", targets: [], kind: "keep" },
      ],
    } as const;
    const check = (source: string, target: string): string[] => found(source, target, { glossary });
    expect(check("Both contracts are signed.", "Ambos os contratos estão assinados.")).toEqual([]);
    expect(check("Both contracts are signed.", "Ambos os acordos estão assinados.")).toEqual([
      "terms: “contract” should be “contrato”",
    ]);
    expect(check("The contract is signed.", "O contrato ou convénio foi assinado.")).toEqual([
      "forbidden-term: “convénio” must not be used",
    ]);
    expect(check("Open the Booking Portal now.", "Abra já o portal de reservas.")).toEqual([
      "terms: “Booking Portal” must stay as it is",
    ]);
  });

  it("asks the language of the translation where it can tell", async () => {
    const identify = async (text: string) => ({ language: /the/.test(text) ? "en" : "es", isReliable: true });
    const pair = { source: "This is the report for all the people.", from: "en", to: "pt" };
    const target = "Este es el informe para toda la gente de la ciudad.";
    const [finding] = await checkLanguage({ ...pair, target }, identify);
    expect(finding?.text).toBe("looks like Spanish");
    expect(await checkLanguage({ ...pair, target: "Este es el informe" }, identify)).toEqual([]);
  });

  it("rates by the worst finding", () => {
    expect(ratingOf([])).toBe("green");
    expect(ratingOf(checkSegment({ source: "Hello there!", target: "Olá.", from: "en", to: "pt" }))).toBe(
      "amber",
    );
    expect(ratingOf(checkSegment({ source: "It is 5.", target: "São 50.", from: "en", to: "pt" }))).toBe(
      "red",
    );
  });
});

describe("localiseNumbers", () => {
  const repaired = (source: string, target: string, to = "pt"): string => {
    let text = target;
    for (const { start, end, text: form } of localiseNumbers(source, target, "en", to).toReversed())
      text = text.slice(0, start) + form + text.slice(end);
    return text;
  };

  it("changes the signs of numbers that surely are numbers, and no others", () => {
    expect(repaired("EUR 43,920 or 12.5% in 4.2", "EUR 43,920 ou 12.5% em 4.2")).toBe(
      "EUR 43.920 ou 12,5% em 4.2",
    );
    expect(repaired("1,234,567.89 of them", "1,234,567.89 deles", "de")).toBe("1.234.567,89 deles");
    expect(repaired("version 2.1 of 1.2 million", "versão 2.1 de 1.2 milhões")).toBe(
      "versão 2.1 de 1,2 milhões",
    );
    expect(repaired("at 10,000 m", "a 10,000 m", "ja")).toBe("a 10,000 m");
  });

  it("puts back the signs between thousands that an engine left out", () => {
    expect(repaired("The price is 4,850.00 euros", "O preço é de 4850.00 euros")).toBe(
      "O preço é de 4.850,00 euros",
    );
    expect(repaired("built in 1,850 places", "em 1850 lugares")).toBe("em 1850 lugares");
  });
});

describe("checkConsistency", () => {
  it("names the usual translation where another one is used", () => {
    const pairs = ["Preço", "Preço", "Custo"].map((target) => ({ source: "Price", target }));
    expect(checkConsistency(pairs).map((finding) => finding?.text)).toEqual([
      undefined,
      undefined,
      "elsewhere translated as “Preço”",
    ]);
  });
});
