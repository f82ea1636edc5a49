import { describe, expect, it } from "vitest";
import { requestFor, sectionOf, sourcesOf, textSource, uses } from "../sources.fixture.ts";
import type { DraftSection } from "../types.ts";
import { extractSection } from "./extract-section.ts";

const lines = ({ blocks }: DraftSection): string[] =>
  blocks.map((block) =>
    block.kind === "table"
      ? block.table
      : `${block.kind === "list-item" ? "- " : ""}${block.sentences.map(({ text }) => text).join(" ")}`,
  );
const from = (count: number) => uses("a.docx", ...Array.from({ length: count }, (_, at) => at + 1));
const extract = (passages: readonly string[], heading: string, words: number, written: DraftSection[] = []) =>
  extractSection(
    requestFor(sectionOf(heading, { uses: from(passages.length), words }), {
      sources: sourcesOf(textSource("a.docx", passages)),
      written,
    }),
  );

const team = [
  "# Team",
  "Three people form the team.",
  "- Anna Berg leads the team.",
  "- Bruno Costa looks after the form.",
  "- Carla Dias writes the guide.",
];
const steps = [
  "# Risks",
  "The risks are:",
  ...Array.from(
    { length: 12 },
    (_, at) => `- Risk number${at} is that port${at} closes for days${at} in winter.`,
  ),
];

describe("a list of a source", () => {
  it("comes whole with the sentence that tells its number, also where one point alone fits best", () => {
    expect(lines(extract(team, "Team", 20))).toEqual([
      "Three people form the team.",
      "- Anna Berg leads the team.",
      "- Bruno Costa looks after the form.",
      "- Carla Dias writes the guide.",
    ]);
  });

  it("has no line that announces it where only a part of it fits", () => {
    const made = lines(extract(steps, "Risks", 30));
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(12);
    expect(made.every((line) => line.startsWith("- Risk"))).toBe(true);
  });

  it("keeps what it announces from standing alone when the list is too long", () => {
    const twelve = ["# Risks", "Twelve risks are known to us.", ...steps.slice(2)];
    expect(lines(extract(twelve, "Risks", 30)).join("\n")).not.toContain("Twelve");
  });

  it("goes on behind the footnote of an item", () => {
    const withNote = [...team.slice(0, 3), "A note.", ...team.slice(3)];
    const source = textSource("a.docx", withNote);
    const passages = source.passages.map((each) =>
      each.text === "A note." ? { ...each, kind: "note" as const } : each,
    );
    const draft = extractSection(
      requestFor(sectionOf("Team", { uses: from(6), words: 30 }), {
        sources: sourcesOf({ ...source, passages }),
      }),
    );
    expect(lines(draft)).toHaveLength(4);
  });

  it("is announced once in a document", () => {
    const first = extract(team, "Team", 30);
    expect(lines(extract(team, "Team", 30, [first])).join("\n")).not.toContain("Three people");
  });

  it("has no line above a single point", () => {
    const one = ["# Risks", "The main risk is:", "- The risk that the port closes in winter."];
    expect(lines(extract(one, "Risks", 60))).toEqual(["- The risk that the port closes in winter."]);
  });

  it("is a table where it is rows, with each row under the names of its columns", () => {
    const rows = ["# Price", "| Position | Days", "| Form | 12", "| Guide | 7", "| Total | 19"];
    const { blocks } = extract(rows, "Price", 40);
    expect(blocks).toMatchObject([{ kind: "rows", sentences: [{}, {}, {}] }]);
  });
});

describe("what is no sentence", () => {
  it("stays out: notes of tables, code, single lines, capitals, what a figure shows", () => {
    const passages = [
      "# Risks",
      "(1) Represents the risk of a write-off of certain spare parts.",
      '<attribute name="risk" type="ST_Lang" use="optional"/>',
      "The risk register of the port",
      "RISKS AND CONCERNS OF THE PORT.",
      "The risks grow each year, as shown in the figure below.",
      "- The risk grows as the diagram below makes clear.",
    ];
    expect(lines(extract(passages, "Risks", 100))).toEqual(["[to be supplied: Risks]"]);
  });

  it("stays out where it only brushes what the section is about", () => {
    const blurb = [
      "# Product",
      "Our editor solves the storage problem with a logic that every developer likes.",
      "Developers do not worry about the models.",
    ];
    expect(lines(extract(blurb, "Risks", 100))).toEqual(["[to be supplied: Risks]"]);
  });
});
