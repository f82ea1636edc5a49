import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../../errors.ts";
import type { Outline, OutlineSection } from "../types.ts";
import { parseOutline } from "./parse-outline.ts";
import { printOutline } from "./print-outline.ts";
import { sectionIds, tidyLevels } from "./section-seed.ts";

const section = (over: Partial<OutlineSection> = {}): OutlineSection => ({
  id: "1",
  level: 1,
  heading: "Scope",
  purpose: "",
  words: 150,
  uses: [],
  tables: [],
  figures: [],
  ...over,
});

const outline: Outline = {
  title: "Pilot brief",
  language: "en-GB",
  sections: [
    section({
      purpose: "Say what is part of it.",
      uses: [
        { source: "brief.docx", passage: 3 },
        { source: "brief.docx", passage: 4 },
        { source: "brief.docx", passage: 9 },
        { source: "call, part 2.vtt", passage: 12 },
      ],
    }),
    section({
      id: "2",
      heading: "Costs",
      tables: [{ workbook: "orders.xlsx", range: "Orders!A3:D15", caption: "Orders" }],
      figures: [{ name: "total sales", workbook: "orders.xlsx", asked: "total Amount in March" }],
    }),
  ],
};

function problemOf(text: string): string {
  try {
    parseOutline(text);
  } catch (error) {
    expect(error).toBeInstanceOf(BadRequestError);
    return `${(error as BadRequestError).message} | ${(error as BadRequestError).hint}`;
  }
  throw new Error("no problem");
}

describe("an outline as text", () => {
  it("reads like something a person can edit", () => {
    expect(printOutline(outline)).toBe(`# Pilot brief

language: en-GB

## 1 Scope
purpose: Say what is part of it.
length: 150 words
uses: brief.docx 3-4, 9, "call, part 2.vtt" 12

## 2 Costs
length: 150 words
table: Orders = orders.xlsx Orders!A3:D15
figure: total sales = orders.xlsx total Amount in March
`);
  });

  it("shows how each passage begins, in comments that are not read back", () => {
    const passages = [3, 4, 9].map((number) => ({
      number,
      kind: "paragraph" as const,
      text: `Passage ${number} --> says ${"much ".repeat(40)}`,
      headings: [],
      place: { speaker: "Anna" },
    }));
    const sources = {
      texts: [{ name: "brief.docx", format: "docx" as const, passages, warnings: [] }],
      workbooks: [],
    };
    const text = printOutline(outline, sources);
    expect(text).toContain("<!-- brief.docx 3: Anna: Passage 3 – says much");
    expect(parseOutline(text)).toEqual(outline);
  });

  it("takes what people write: list items, bold keys, pages, a purpose without a key, sections without numbers", () => {
    const read = parseOutline(
      "# T\n\n##Scope\nSay it all.\n- **Length:** half a page\n- uses: a.docx 1 - 2; 5\n\n### In detail\n\n## 2026 outlook for C# ##\nlength: ~80\ntable: o.xlsx A1:B2",
    );
    expect(read.sections.map(({ id, heading, words }) => [id, heading, words])).toEqual([
      ["1", "Scope", 150],
      ["1.1", "In detail", 150],
      ["2", "2026 outlook for C#", 80],
    ]);
    expect(read.sections[0]).toMatchObject({
      purpose: "Say it all.",
      uses: [1, 2, 5].map((passage) => ({ source: "a.docx", passage })),
    });
    expect(read.sections[2]!.tables).toEqual([{ workbook: "o.xlsx", range: "A1:B2" }]);
  });

  it("says which line is wrong and what to do", () => {
    expect(problemOf("# T\n## A\nlenght: 20 words")).toBe(
      'line 3 of the outline: "lenght" is not known | did you mean "length:"?',
    );
    expect(problemOf("# T\n## A\nlength: long")).toContain('line 3 of the outline: "long" is no length');
    expect(problemOf("# T\n## A\nuses: brief.docx")).toContain('"brief.docx" names no passages');
    expect(problemOf("# T\n## A\nuses: brief.docx 7-3")).toContain("is no range of passages");
    expect(problemOf("# T\n## A\nfigure: total = 12")).toContain("names no workbook");
    expect(problemOf("## A")).toContain("has no title");
    expect(problemOf("# A")).toContain("has no section");
    expect(problemOf("# A\n# B")).toContain("line 2 of the outline: there are two titles");
    expect(problemOf("# A\nlanguage: 12\n## B")).toContain("is no language");
  });

  it("holds files and passages against the sources", () => {
    const sources = {
      texts: [{ name: "A.docx", format: "docx" as const, passages: [], warnings: [] }],
      workbooks: [],
    };
    expect(() => parseOutline("# T\n## A\nuses: b.docx 1", { sources })).toThrow(
      'there is no source "b.docx"',
    );
    expect(() => parseOutline("# T\n## A\nuses: a.docx 1", { sources })).toThrow("A.docx has no passage 1");
    expect(() => parseOutline("# T\n## A\ntable: b.xlsx A1:B2", { sources })).toThrow("no workbook");
  });

  it("is read back as it was printed, whatever it holds", () => {
    const line = fc
      .string({ minLength: 1, unit: "grapheme" })
      .map((text) => text.replace(/\s+/gu, " ").trim())
      .filter((text) => text !== "");
    const name = fc.oneof(
      fc.constantFrom(
        "a.docx",
        "my call.vtt",
        "a, b.md",
        'say "x".txt',
        "12 - 3.pdf",
        "v1.2 final.docx",
        "notes",
        "a=b.xlsx",
      ),
      line,
    );
    const heading = line.filter((text) => !/(?:^#|\s#+$)/u.test(text));
    // A key in front would be read as a key: that is what a person means by it.
    const purpose = fc.oneof(fc.constant(""), line);
    const one = fc.record({
      level: fc.constantFrom(1 as const, 2 as const, 3 as const),
      heading,
      purpose,
      words: fc.nat(9999),
      uses: fc.array(fc.record({ source: name, passage: fc.integer({ min: 1, max: 400 }) }), {
        maxLength: 6,
      }),
      tables: fc.array(
        fc.record(
          { workbook: name, range: fc.constantFrom("Orders!A3:D15", "A1:B2", "'A=B'!A1:B2"), caption: line },
          { requiredKeys: ["workbook", "range"] },
        ),
        { maxLength: 2 },
      ),
      figures: fc.array(fc.record({ name: line, workbook: name, asked: line }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(
        line.filter((text) => !/(?:^#|\s#+$)/u.test(text)),
        fc.array(one, { minLength: 1, maxLength: 5 }),
        (title, raw) => {
          const tidy = tidyLevels(raw);
          const ids = sectionIds(tidy.map(({ level }) => level));
          const sections = tidy.map((each, index) => ({ id: ids[index]!, ...each })) as OutlineSection[];
          const given: Outline = { title, language: "en-GB", sections };
          expect(parseOutline(printOutline(given))).toEqual(given);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
