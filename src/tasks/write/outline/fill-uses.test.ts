import { describe, expect, it } from "vitest";
import { SMALL, sectionOf, uses } from "../sources.fixture.ts";
import { fillUses } from "./fill-uses.ts";

const outlineOf = (...sections: ReturnType<typeof sectionOf>[]): Parameters<typeof fillUses>[0] => ({
  title: "Harbour pilot",
  language: "en-GB",
  sections,
});

describe("an edited outline", () => {
  it("gets passages for a section that names nothing to write from", () => {
    const own = uses("proposal.docx", 3);
    const filled = fillUses(
      outlineOf(sectionOf("Background", { uses: own }), sectionOf("Price", { id: "2" })),
      SMALL,
      "A brief.",
    );
    expect(filled.sections[0]!.uses).toEqual(own);
    expect(filled.sections[1]!.uses).toContainEqual({ source: "proposal.docx", passage: 11 });
  });

  it("is left as it is where a section has a figure, holds only others, or finds nothing", () => {
    const figure = { name: "Total", workbook: "orders.xlsx", asked: "total amount" };
    const outline = outlineOf(
      sectionOf("Price", { figures: [figure] }),
      sectionOf("Price", { id: "2", words: 0 }),
      sectionOf("Zoology", { id: "3" }),
    );
    expect(fillUses(outline, SMALL, "A brief.")).toEqual(outline);
  });
});
