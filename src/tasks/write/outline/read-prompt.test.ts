import { describe, expect, it } from "vitest";
import { subjectOf } from "./document-title.ts";
import { figuresAsked } from "./figures-asked.ts";
import { lengthAsked } from "./length-asked.ts";
import { readPrompt } from "./read-prompt.ts";

const headings = (prompt: string): string[] => readPrompt(prompt).sections.map(({ heading }) => heading);

describe("readPrompt", () => {
  it("finds the sections a sentence asks for", () => {
    expect(headings("Write a two-page brief with sections on scope, risks and costs.")).toEqual([
      "Scope",
      "Risks",
      "Costs",
    ]);
    expect(
      headings("Write a report covering the budget, the open issues, and next steps from the files"),
    ).toEqual(["Budget", "Open issues", "Next steps"]);
    expect(headings('Sections: Background, "Data protection", Costs')).toEqual([
      "Background",
      "Data protection",
      "Costs",
    ]);
    expect(headings("Schreibe einen Bericht mit Abschnitten zu Umfang, Risiken und Kosten.")).toEqual([
      "Umfang",
      "Risiken",
      "Kosten",
    ]);
    expect(headings("Rédige une note avec des sections sur le périmètre, les risques et les coûts.")).toEqual(
      ["Périmètre", "Risques", "Coûts"],
    );
  });

  it("finds the sections of a list, with what each has to do", () => {
    expect(
      readPrompt("A report:\n1. Scope: what is in and what is out\n2. Risks\n2.1 Supply\n3. The costs")
        .sections,
    ).toEqual([
      { heading: "Scope", level: 1, purpose: "what is in and what is out" },
      { heading: "Risks", level: 1, purpose: "" },
      { heading: "Supply", level: 2, purpose: "" },
      { heading: "Costs", level: 1, purpose: "" },
    ]);
  });

  it("finds the sections that questions stand for", () => {
    expect(headings("A status report: what was decided, what is open, what happens next")).toEqual([
      "Decisions",
      "Open questions",
      "Next steps",
    ]);
  });

  it("finds none where the prompt asks for none", () => {
    expect(headings("Write a two-page project brief from the call and the proposal")).toEqual([]);
    expect(headings("Sum up section 4 of the contract")).toEqual([]);
  });

  it("finds title, kind and length", () => {
    const read = readPrompt(
      'Write a 500-word memo titled "Pilot in Dublin" from the proposal and the report.',
    );
    expect(read).toMatchObject({ title: "Pilot in Dublin", kindWords: "memo", words: 500 });
    expect(read.kind?.id).toBe("memo");
    expect(readPrompt("Write a project brief about the customs pilot from the call").kindWords).toBe(
      "project brief",
    );
    expect(
      subjectOf("Write a project brief about the customs pilot from the call", {
        kindWords: "project brief",
      }),
    ).toBe("customs pilot");
    expect(readPrompt("Sum up the call for my manager")).toMatchObject({ kindWords: "summary of the call" });
    expect(subjectOf("Write a brief for the board", { kindWords: "brief" })).toBeUndefined();
  });
});

describe("lengthAsked", () => {
  it("reads pages and words, as digits and as words", () => {
    expect(lengthAsked("a two-page brief")).toBe(600);
    expect(lengthAsked("half a page")).toBe(150);
    expect(lengthAsked("in 1,500 words")).toBe(1500);
    expect(lengthAsked("400-500 words")).toBe(450);
    expect(lengthAsked("a one-pager")).toBe(300);
    expect(lengthAsked("auf zwei Seiten")).toBe(600);
    expect(lengthAsked("en 3 páginas")).toBe(900);
    expect(lengthAsked("a brief on the 12 customers")).toBeUndefined();
    expect(lengthAsked("use page 3 of the report")).toBeUndefined();
  });
});

describe("figuresAsked", () => {
  it("reads measures and the workbook they come from", () => {
    expect(figuresAsked("Include the total amount in March (orders.xlsx) and the number of orders.")).toEqual(
      [
        { name: "Total amount in March", asked: "total amount in March", workbook: "orders.xlsx" },
        { name: "Number of orders", asked: "number of orders" },
      ],
    );
    expect(figuresAsked("A report.\nFigures: sales = total Amount in March, average price")).toEqual([
      { name: "Sales", asked: "total Amount in March" },
      { name: "Average price", asked: "average price" },
    ]);
    expect(figuresAsked("Write a brief with the whole team in mind")).toEqual([]);
  });
});
