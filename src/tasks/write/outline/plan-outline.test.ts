import { describe, expect, it } from "vitest";
import { readDelimited } from "../../../files/csv/read-delimited.ts";
import { readTables } from "../../../files/tables/read-tables.ts";
import { extractSection } from "../extract/extract-section.ts";
import { rankPassages } from "../rank/rank-passages.ts";
import { requestFor, SMALL, sourcesOf, textSource } from "../sources.fixture.ts";
import type { Outline, SourceTables } from "../types.ts";
import { planOutline } from "./plan-outline.ts";
import { printUses } from "./print-outline.ts";

const headings = ({ sections }: Outline): string[] => sections.map(({ id, heading }) => `${id} ${heading}`);

async function orders(): Promise<SourceTables> {
  const bytes = new TextEncoder().encode(
    "Month,Carrier,Amount EUR\nMay,Delta,12\nJune,Delta,14\nJuly,Alfa,9\n",
  );
  const { tables } = await readTables(await readDelimited(bytes), { file: "orders.csv" });
  return { name: "orders.csv", sha256: "0", bytes, tables: tables.map(({ table }) => table) };
}

describe("planOutline", () => {
  it("names the document by its subject or a source's title, never by a name that says nothing", () => {
    const titled = (prompt: string, name: string, title?: string): string =>
      planOutline({
        prompt,
        sources: sourcesOf({
          ...textSource(name, ["The port is large."]),
          ...(title !== undefined && { title }),
        }),
      }).title;
    const prompt = "Write a brief of 500 words for the board that meets on 14 May.";
    expect(titled(prompt, "notes.md", "Notes")).toBe("Brief");
    expect(titled(prompt, "harbour-pilot_v2.md", "Notes 1")).toBe("Brief: Harbour pilot");
    expect(titled(prompt, "notes.md", "The harbour")).toBe("Brief: The harbour");
    expect(
      titled("Write a brief of 500 words for the board about the harbour gates.", "notes.md", "Notes"),
    ).toBe("Brief: Harbour gates");
  });

  it("gives each source of a long document a chapter, also a call without headings", () => {
    const call = (name: string) =>
      textSource(
        name,
        Array.from(
          { length: 40 },
          (_, at) => `Anna: The harbour project${at} needs berth${at} for carrier${at} in May.`,
        ),
      );
    const sources = sourcesOf(call("monday-harbour.vtt"), call("tuesday-berths.vtt"));
    const long = planOutline({ prompt: "Write a report.", words: 4000, sources });
    expect(headings(long)).toEqual(["1 Monday harbour", "2 Tuesday berths"]);
    expect(long.sections.map(({ uses }) => new Set(uses.map(({ source }) => source)).size)).toEqual([1, 1]);
    const [first] = long.sections;
    const draft = extractSection(requestFor({ ...first!, words: 100 }, { sources }));
    expect(JSON.stringify(draft.blocks)).toContain("The harbour project");
    const named = planOutline({ prompt: "Write a report on the tuesday berths.", words: 4000, sources });
    expect(headings(named)).not.toContain("1 Monday harbour");
  });

  it("takes the sections the prompt asks for, with lengths and passages", () => {
    const outline = planOutline({
      prompt: "Write a 600-word project brief with sections on scope, costs and insurance.",
      sources: SMALL,
    });
    expect(headings(outline)).toEqual(["1 Scope", "2 Costs", "3 Insurance"]);
    expect(outline.sections.map(({ words }) => words)).toEqual([200, 200, 200]);
    const [scope, costs, insurance] = outline.sections;
    expect(scope!.uses).toEqual(expect.arrayContaining([{ source: "proposal.docx", passage: 6 }]));
    expect(printUses(costs!.uses)).toContain("11-14");
    expect(scope!.purpose).toBe("Say what is part of it and what is not.");
    expect(insurance!.uses).toEqual([]);
  });

  it("leaves out usual sections that nothing speaks of", () => {
    const outline = planOutline({ prompt: "Write a project brief.", sources: SMALL });
    expect(headings(outline)).toContain("2 Scope");
    expect(planOutline({ prompt: "Write a brief.", sources: sourcesOf() }).sections).toHaveLength(7);
    const one = sourcesOf(
      textSource("a.docx", ["The total price of it all is EUR 500 and not a cent more."]),
    );
    expect(headings(planOutline({ prompt: "Write a brief.", sources: one }))).toContain("1 Costs");
  });

  it("takes over the headings of the sources, but not their number, title or bibliography", () => {
    const source = textSource("a.docx", [
      "# The harbour study",
      "## 1 Ships",
      "Forty ships call at the harbour each week.",
      "## 2 Berths",
      "There are nine berths for ships.",
      "## 3 Tides",
      "The tides of the harbour reach four metres.",
      "## Bibliography",
      "Somebody, Some book about ships, 1999.",
    ]);
    const outline = planOutline({ prompt: "Write a report of one page.", sources: sourcesOf(source) });
    expect(headings(outline)).toEqual(["1 Ships", "2 Berths", "3 Tides"]);
    expect(outline.sections.map(({ uses }) => uses[0]!.passage)).toEqual([3, 5, 7]);
  });

  it("writes one section about one thing where no kind of document is asked for", () => {
    const outline = planOutline({ prompt: "Write about the booking form.", sources: SMALL });
    expect(headings(outline)).toEqual(["1 Booking form"]);
    expect(outline.sections[0]!.uses).toContainEqual({ source: "proposal.docx", passage: 6 });
  });

  it("takes headings and lengths of a document it is to be like", () => {
    const like = textSource("old.docx", [
      "# Old brief",
      "## 1 What it costs",
      `It costs much. ${"Word ".repeat(97)}`,
      "## 2 Where it may fail",
      `It may fail. ${"Word ".repeat(197)}`,
    ]);
    const outline = planOutline({ prompt: "Write a brief.", sources: SMALL, like });
    expect(headings(outline)).toEqual(["1 What it costs", "2 Where it may fail"]);
    expect(outline.sections.map(({ words }) => words)).toEqual([100, 210]);
    expect(outline.sections.flatMap(({ uses }) => uses).some(({ source }) => source === "old.docx")).toBe(
      false,
    );
  });

  it("puts each passage into one section, calls behind what is written", () => {
    const { sections } = planOutline({ prompt: "A brief with sections on risks and costs.", sources: SMALL });
    const all = sections.flatMap(({ uses }) => uses.map(({ source, passage }) => `${source} ${passage}`));
    expect(new Set(all).size).toBe(all.length);
    expect(printUses(sections[0]!.uses)).toMatch(/proposal\.docx 16, call\.vtt .*6/u);
  });

  it("puts a table and a figure where they are spoken of", async () => {
    const sources = { ...SMALL, workbooks: [await orders()] };
    const { sections } = planOutline({
      prompt: "A brief with sections on risks and carriers. Include the total amount in May (orders.csv).",
      sources,
    });
    expect(sections[1]!.tables).toEqual([{ workbook: "orders.csv", range: "A1:C4", caption: "Orders" }]);
    expect(sections.flatMap(({ figures }) => figures)).toEqual([
      { name: "Total amount in May", workbook: "orders.csv", asked: "total amount in May" },
    ]);
  });

  it("names the document after what it is about", () => {
    const title = (prompt: string): string => planOutline({ prompt, sources: SMALL }).title;
    expect(title("Write a project brief about the harbour pilot from the call")).toBe(
      "Project brief: Harbour pilot",
    );
    expect(title('A memo titled "Berths"')).toBe("Berths");
    expect(title("Write a project brief")).toBe("Project brief: Proposal");
  });

  it("speaks the sources' language", () => {
    const source = textSource("angebot.docx", [
      "Das Projekt kostet 18.500 Euro, und die Hälfte ist am 3. Mai fällig.",
      "Es besteht das Risiko, dass die Behörde nicht vor Juni zustimmt, und dann verschiebt sich der Termin.",
    ]);
    const outline = planOutline({
      prompt: "Schreibe einen Projektsteckbrief auf zwei Seiten",
      sources: sourcesOf(source),
    });
    expect(outline.language).toBe("de");
    expect(headings(outline)).toEqual(expect.arrayContaining([expect.stringContaining("Kosten")]));
  });

  it("lets a model propose headings while code finds the passages", () => {
    const proposed = {
      title: "Berth pilot",
      sections: [
        { level: 1 as const, heading: "What it costs", purpose: "Say the price", words: 300 },
        { level: 1 as const, heading: "Weather on Mars", purpose: "Say the climate", words: 100 },
      ],
    };
    const outline = planOutline({ prompt: "Write something.", sources: SMALL, proposed });
    expect(outline.title).toBe("Berth pilot");
    expect(headings(outline)).toEqual(["1 What it costs"]);
  });
});

describe("computed tables", () => {
  const lines = ["North,Chair,12", "South,Chair,9", "North,Desk,4", "South,Desk,7"].join("\n");

  async function sales(): Promise<SourceTables> {
    const bytes = new TextEncoder().encode(`Region,Product,Amount\n${lines}\n${lines}\n`);
    const { tables } = await readTables(await readDelimited(bytes), { file: "sales.csv" });
    return { name: "sales.csv", sha256: "0", bytes, tables: tables.map(({ table }) => table) };
  }

  it("are what the prompt asks for by groups; a single number stays a figure", async () => {
    const outline = planOutline({
      prompt: "Write a brief with the total amount by product and the number of sales.",
      sources: { texts: SMALL.texts, workbooks: [await sales()] },
    });
    const tables = outline.sections.flatMap((section) => section.tables);
    expect(tables.map(({ range }) => range)).toContain("total amount by product");
    expect(outline.sections.flatMap(({ figures }) => figures).map(({ asked }) => asked)).toEqual([
      "number of sales",
    ]);
  });
});

describe("rankPassages", () => {
  it("gives statements before questions and leaves out headings", () => {
    const ranked = rankPassages({ heading: "Risks" }, SMALL);
    expect(ranked[0]!.reference).toEqual({ source: "proposal.docx", passage: 16 });
    expect(ranked.every(({ passage }) => passage.kind !== "heading")).toBe(true);
    expect(ranked.map(({ score }) => score)).toEqual(
      [...ranked.map(({ score }) => score)].sort((a, b) => b - a),
    );
  });

  it("gives the same words once, and no more than asked for", () => {
    const twice = sourcesOf(
      textSource("a.docx", ["The risk of delay is real in May."]),
      textSource("b.docx", [
        "The risk of delay is real in May!",
        "Another risk is the loss of data in June.",
      ]),
    );
    expect(rankPassages({ heading: "Risks" }, twice)).toHaveLength(2);
    expect(rankPassages({ heading: "Risks" }, twice, { limit: 1 })).toHaveLength(1);
    const without = [{ source: "a.docx", passage: 1 }];
    expect(rankPassages({ heading: "Risks" }, twice, { without })[0]!.reference.source).toBe("b.docx");
  });
});
