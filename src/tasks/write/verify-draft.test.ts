import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractSection } from "./extract/extract-section.ts";
import { requestFor, SMALL, sectionOf, sourcesOf, textSource } from "./sources.fixture.ts";
import type { Draft, DraftSection, DraftSentence, Figure } from "./types.ts";
import { verifyDraft } from "./verify-draft.ts";

const COST = { source: "proposal.docx", passage: 11, quote: "The pilot costs EUR 18,500 without VAT." };
const START = { source: "call.vtt", passage: 3, quote: "the pilot starts on 10 May 2027 with six carriers" };

const figure: Figure = {
  id: "f1",
  name: "Total of bookings",
  text: "1,204",
  value: 1204,
  workbook: "b.xlsx",
  sha256: "",
  cells: [],
  query: "",
};

const sentence = (text: string, more: Partial<DraftSentence> = {}): DraftSentence => ({
  text,
  basis: "source",
  citations: [],
  isVerbatim: false,
  ...more,
});

function verified(one: DraftSentence, more: Partial<DraftSection> = {}): DraftSection {
  const section = sectionOf("Costs", { purpose: "Say that Delta Line pays nothing." });
  const draft: Draft = {
    outline: { title: "Harbour pilot", language: "en-GB", sections: [section] },
    sections: [
      {
        section,
        figures: [figure],
        tables: [],
        refused: [],
        blocks: [{ kind: "paragraph", sentences: [one] }],
        ...more,
      },
    ],
    engine: "",
  };
  return verifyDraft(draft, { prompt: "Write about the 3 carriers.", sources: SMALL }).sections[0]!;
}

/** What is printed, and why the sentence was refused. */
function outcome(one: DraftSentence): string {
  const { blocks, refused } = verified(one);
  const [block] = blocks;
  const text =
    block === undefined || block.kind === "table" ? "" : block.sentences.map((each) => each.text).join(" ");
  if (refused.length === 0) return `kept: ${text}`;
  expect(text).toBe("[to be supplied: Costs]");
  return refused[0]!.reason;
}

describe("verifyDraft", () => {
  it("takes nothing as said by the person that only a plan says", () => {
    const lie = sentence("Delta Line pays nothing.", { basis: "prompt" });
    expect(outcome(lie)).toMatch(/^kept/u);
    const planned = sectionOf("Costs", { purpose: "Say that Delta Line pays nothing.", isPlanned: true });
    expect(verified(lie, { section: planned }).refused[0]?.reason).toContain("Delta");
  });

  it("keeps a sentence whose names and numbers stand in its quote", () => {
    expect(outcome(sentence("The pilot costs €18,500, VAT left out.", { citations: [COST] }))).toMatch(
      /^kept/u,
    );
    expect(outcome(sentence("Six carriers begin on 10 May 2027.", { citations: [START] }))).toMatch(/^kept/u);
    expect(outcome(sentence("Anna says the pilot starts in May.", { citations: [START] }))).toMatch(/^kept/u);
  });

  it("refuses a number, a name or a date that its quote does not have", () => {
    expect(outcome(sentence("The pilot costs EUR 19,500.", { citations: [COST] }))).toContain("19,500");
    expect(outcome(sentence("The pilot costs twelve thousand euros.", { citations: [COST] }))).toContain(
      "twelve",
    );
    expect(outcome(sentence("The pilot of Maersk costs EUR 18,500.", { citations: [COST] }))).toContain(
      "Maersk",
    );
    expect(outcome(sentence("It starts on 10 June 2027.", { citations: [START] }))).toContain("June");
    expect(outcome(sentence("It costs EUR 18,500 plus 3 carriers.", { citations: [COST] }))).toContain("3");
    expect(outcome(sentence("It costs 18,500 % more.", { citations: [COST] }))).toContain("%");
    expect(outcome(sentence("Vorthane says the pilot starts in May.", { citations: [START] }))).toContain(
      "Vorthane",
    );
    expect(outcome(sentence("Bruno says the pilot starts in May.", { citations: [START] }))).toContain(
      "Bruno",
    );
    expect(outcome(sentence("Write to b@c.example about EUR 18,500.", { citations: [COST] }))).toContain(
      "b@c.example",
    );
  });

  it("refuses a quote that does not stand in its passage to the letter", () => {
    const wrong = (quote: string, passage = 11): string =>
      outcome(
        sentence("The pilot has a price.", { citations: [{ source: "proposal.docx", passage, quote }] }),
      );
    expect(wrong("The pilot costs EUR 18,600 without VAT.")).toContain("does not stand");
    expect(wrong("the pilot costs EUR 18,500")).toContain("does not stand");
    expect(wrong("costs EUR 18")).toContain("does not stand");
    expect(wrong("pilot cost")).toContain("does not stand");
    expect(wrong("…")).toContain("quote is empty");
    expect(wrong("The pilot", 99)).toContain("no passage 99");
  });

  it("refuses a sentence of a source without one", () => {
    expect(outcome(sentence("The pilot is a success."))).toContain("names no source");
  });

  it("holds words said to be the source's own against the quote", () => {
    const own = (text: string, citations = [START]): string =>
      outcome(sentence(text, { citations, isVerbatim: true }));
    expect(own(START.quote)).toMatch(/^kept/u);
    expect(own(`Anna: “${START.quote}”`)).toMatch(/^kept/u);
    expect(own(`Bruno: “${START.quote}”`)).toContain("own words");
    expect(own("the pilot starts with six carriers")).toContain("own words");
    const row = { source: "proposal.docx", passage: 14, quote: "Total without VAT | 19 | 18,500" };
    const header = { source: "proposal.docx", passage: 12, quote: "Position | Days | EUR" };
    expect(own("Total without VAT: Days 19, EUR 18,500", [row, header])).toMatch(/^kept/u);
    expect(own("Total without VAT: EUR 19, Days 18,500", [row, header])).toContain("own words");
  });

  it("lets the person's words stand only where the person said them", () => {
    const said = (text: string): string => outcome(sentence(text, { basis: "prompt" }));
    expect(said("Delta Line pays nothing.")).toMatch(/^kept/u);
    expect(said("Delta Line pays 500 euros.")).toContain("500");
    expect(said("Omega Line pays nothing.")).toContain("Omega");
    expect(said("Nothing speaks against a quick extension of all berths.")).toContain("did not say");
  });

  it("lets no fact in through a gap or a placeholder", () => {
    const gap = (text: string): string => outcome(sentence(text, { basis: "missing" }));
    expect(gap("[to be supplied: what Delta Line pays]")).toMatch(/^kept/u);
    expect(gap("[to be supplied: the 5 million of Omega]")).toContain("Omega");
    expect(gap("The price is open.")).toContain("a gap is written");
    expect(outcome(sentence("There were [[f1]] bookings in total."))).toMatch(/^kept/u);
    expect(outcome(sentence("There were [[f2]] bookings in total."))).toContain("[[f2]]");
    expect(outcome(sentence("There were [[f1]] bookings, far more than any rival ever managed."))).toContain(
      "nothing but a number",
    );
    expect(outcome(sentence("The pilot costs EUR 18,500.\nAnd more.", { citations: [COST] }))).toContain(
      "line break",
    );
  });

  it("leaves out a table the section does not have", () => {
    const { blocks, refused } = verified(sentence("x"), { blocks: [{ kind: "table", table: "t9" }] });
    expect(blocks).toEqual([]);
    expect(refused[0]!.reason).toContain("no such table");
  });

  it("marks one gap once", () => {
    const bad = sentence("Omega pays 5.", { citations: [COST] });
    const { blocks, refused } = verified(bad, { blocks: [{ kind: "paragraph", sentences: [bad, bad] }] });
    expect(refused).toHaveLength(2);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ sentences: [{ text: "[to be supplied: Costs]" }] });
  });
});

describe("verifyDraft, in other languages", () => {
  const source = textSource("angebot.docx", [
    "Die Einführung kostet 24.500 Euro, und die Firma Holm zahlt 40 Prozent im Mai.",
  ]);
  const quote = source.passages[0]!.text;
  const check = (text: string): string | undefined => {
    const section = sectionOf("Kosten");
    const one: DraftSentence = sentence(text, { citations: [{ source: source.name, passage: 1, quote }] });
    const draft: Draft = {
      outline: { title: "Lager", language: "de", sections: [section] },
      sections: [
        { section, blocks: [{ kind: "paragraph", sentences: [one] }], figures: [], tables: [], refused: [] },
      ],
      engine: "",
    };
    return verifyDraft(draft, { prompt: "Schreibe.", sources: sourcesOf(source) }).sections[0]!.refused[0]
      ?.reason;
  };

  it("takes nouns for nouns and signs for their words", () => {
    expect(check("Holm zahlt im Mai 40 % der Einführung.")).toBeUndefined();
    expect(check("Die Einführung kostet 24.500 €.")).toBeUndefined();
  });

  it("refuses other numbers, months and names", () => {
    expect(check("Die Einführung kostet 24.900 €.")).toContain("24.900");
    expect(check("Die Firma Holm zahlt 40 Prozent im Juni.")).toContain("Juni");
    expect(check("Die Einführung bezahlt Zorblax mit 40 Prozent.")).toContain("Zorblax");
    expect(check("Die Einführung kostet 24.500 Dollar.")).toContain("Dollar");
  });
});

describe("an extracted draft", () => {
  const section = sectionOf("Costs", {
    words: 200,
    uses: SMALL.texts.flatMap(({ name, passages }) =>
      passages.map(({ number }) => ({ source: name, passage: number })),
    ),
  });
  const request = requestFor(section);
  const draft: Draft = { outline: request.outline, sections: [extractSection(request)], engine: "" };
  const options = { prompt: request.prompt, sources: SMALL };

  it("passes as it is", () => {
    expect(verifyDraft(draft, options)).toEqual(draft);
  });

  it("loses every sentence in which a digit or a letter of text or quote is changed", () => {
    const sentences = draft.sections[0]!.blocks.flatMap((block) =>
      block.kind === "table" ? [] : block.sentences,
    );
    expect(sentences.length).toBeGreaterThan(2);
    const other = (sign: string): string => (/\d/u.test(sign) ? String((Number(sign) + 1) % 10) : "x");
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (which, at, inQuote) => {
        const one = sentences[which % sentences.length]!;
        const target = inQuote ? one.citations[0]!.quote : one.text;
        const places = [...target.matchAll(/[\p{L}\d]/gu)].map(({ index }) => index);
        const place = places[at % places.length]!;
        const changed = target.slice(0, place) + other(target[place]!) + target.slice(place + 1);
        fc.pre(changed !== target);
        const [first, ...rest] = one.citations;
        const forged = inQuote
          ? { ...one, citations: [{ ...first!, quote: changed }, ...rest] }
          : { ...one, text: changed };
        const blocks = [{ kind: "paragraph" as const, sentences: [forged] }];
        const checked = verifyDraft({ ...draft, sections: [{ ...draft.sections[0]!, blocks }] }, options);
        expect(checked.sections[0]!.refused).toHaveLength(1);
        expect(JSON.stringify(checked.sections[0]!.blocks)).not.toContain(changed);
      }),
    );
  });
});
