import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { openFile } from "../../open-file.ts";
import type { ContentBlock } from "../create/content.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { WordDocument } from "../types.ts";
import { expectEdit, p, planQuoted, r, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { table, tc } from "./tables.fixture.ts";

const run = (text: string) => [{ text }] as const;
const section: readonly ContentBlock[] = [
  { kind: "heading", level: 2, runs: run("Risks"), bookmark: "risks" },
  {
    kind: "paragraph",
    runs: [
      { text: "The cost is " },
      { text: "48,000 €", bookmark: "tandem_f1" },
      { text: ", see " },
      { text: "Table 1", reference: "tandem_t1" },
      { text: ".", note: [{ text: "costs.xlsx, Costs!B2:B9" }], comment: "Computed" },
    ],
  },
  { kind: "list-item", ordered: false, runs: run("late chargers") },
  { kind: "list-item", ordered: true, runs: [{ text: "a plan", link: "https://a.example/plan" }] },
  { kind: "caption", label: "table", runs: run("Costs"), bookmark: "tandem_t1" },
  {
    kind: "table",
    widths: [2, 1],
    header: [run("Item"), run("Cost")],
    rows: [[run("Charger"), run("48,000 €")]],
    align: ["left", "right"],
  },
  { kind: "paragraph", runs: run("That is all.") },
];
const lines = [
  "Risks",
  "The cost is 48,000 €, see Table 1.",
  "late chargers",
  "a plan",
  "Table 1: Costs",
  "Item",
  "Cost",
  "Charger",
  "48,000 €",
  "That is all.",
];

const style = (id: string, name: string, inner = ""): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inner}</w:style>`;
const styles =
  style("Normal", "Normal") + style("H2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>');
const heading = (text: string): string => p('<w:pPr><w:pStyle w:val="H2"/></w:pPr>', r(text));
const body = heading("Scope") + p("Before") + heading("End") + p("After");

function bodyTexts(document: WordDocument): string[] {
  return texts(openFile(document.package.archive.bytes)).filter((text) => text !== "");
}

describe("whole blocks in an existing document", () => {
  it("come in after a paragraph as one refusable insertion, in its styles", async () => {
    const before = wordDocument(body, { styles });
    const plan = planQuoted(before, [{ kind: "insert-content", quote: "Before", blocks: section }]);
    expect(plan.refused).toEqual([]);
    const { bytes } = plan.save();
    const edited = openFile(bytes);
    expect(xmlOf(edited)).toContain('<w:pStyle w:val="H2"/><w:rPr><w:ins ');
    const accepted = openFile(settleChanges(edited, { action: "accept" }));
    expect(bodyTexts(accepted).slice(0, 2 + lines.length + 2)).toEqual([
      "Scope",
      "Before",
      ...lines,
      "End",
      "After",
    ]);
    const rejected = openFile(settleChanges(edited, { action: "reject" }));
    expect(bodyTexts(rejected)).toEqual(["Scope", "Before", "End", "After"]);
    expect(xmlOf(rejected)).toBe(xmlOf(before));
    for (const each of [bytes, accepted.package.archive.bytes, rejected.package.archive.bytes])
      expect(await validateOffice(each)).toEqual([]);
  });

  it("take the style of the text around them", () => {
    const own = styles + style("Body", "Body Text");
    const text = (words: string): string => p('<w:pPr><w:pStyle w:val="Body"/></w:pPr>', r(words));
    const edited = expectEdit(
      wordDocument(heading("Scope") + text("Before") + heading("End"), { styles: own }),
      [{ kind: "insert-content", quote: "End", side: "before", blocks: section.slice(-1) }],
      ["Scope", "Before", "That is all.", "End"],
    );
    expect(xmlOf(edited).match(/w:val="Body"/g)).toHaveLength(2);
  });

  it("come in before a paragraph", () => {
    const before = wordDocument(body, { styles });
    expectEdit(
      before,
      [{ kind: "insert-content", quote: "End", side: "before", blocks: section.slice(0, 1) }],
      ["Scope", "Before", "Risks", "End", "After"],
    );
  });

  it("come in before a table's follower when the table ends the section before", () => {
    const before = wordDocument(p("Before") + table([tc("cell")]) + heading("End"), { styles });
    expectEdit(
      before,
      [{ kind: "insert-content", quote: "End", side: "before", blocks: section.slice(5) }],
      ["Before", "cell", ...lines.slice(5), "End"],
    );
  });

  it("come in at the document's end", () => {
    const before = wordDocument(p("Before"), { styles });
    expectEdit(
      before,
      [{ kind: "insert-content", quote: "Before", blocks: section.slice(2) }],
      ["Before", ...lines.slice(2), ""],
    );
  });

  it("keep to the section that the paragraph ends", () => {
    const ends = p('<w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>', r("Before"));
    const edited = expectEdit(
      wordDocument(ends + p("After"), { styles }),
      [{ kind: "insert-content", quote: "Before", blocks: section.slice(0, 1) }],
      ["Before", "Risks", "", "After"],
    );
    expect(xmlOf(edited).indexOf("Risks")).toBeLessThan(xmlOf(edited).indexOf("w:sectPr"));
  });

  it("count their captions on from those before them", () => {
    const caption = p(
      '<w:r><w:t>Table </w:t></w:r><w:fldSimple w:instr=" SEQ Table \\* ARABIC "><w:r><w:t>3</w:t></w:r></w:fldSimple>',
    );
    expectEdit(
      wordDocument(caption + p("Before") + p("After"), { styles }),
      [{ kind: "insert-content", quote: "Before", blocks: section.slice(4, 5) }],
      ["Table 3", "Before", "Table 4: Costs", "After"],
    );
  });

  it("can be refused in a document of other prefixes", async () => {
    const uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const documentXml = `<document xmlns="${uri}"><body><p><r><t>Before</t></r></p><p><r><t>After</t></r></p><sectPr/></body></document>`;
    const before = wordDocument("", { documentXml, styles });
    const plan = planQuoted(before, [{ kind: "insert-content", quote: "Before", blocks: section }]);
    const { bytes } = plan.save();
    expect(xmlOf(openFile(settleChanges(openFile(bytes), { action: "reject" })))).toBe(xmlOf(before));
    expect(await validateOffice(bytes)).toEqual([]);
  });

  it("stand there at once in direct mode", () => {
    const before = wordDocument(body, { styles });
    const plan = planQuoted(before, [{ kind: "insert-content", quote: "Before", blocks: section }], {
      mode: "direct",
    });
    const edited = openFile(plan.save().bytes);
    expect(xmlOf(edited)).not.toContain("<w:ins ");
    expect(bodyTexts(edited).slice(0, 12)).toEqual(["Scope", "Before", ...lines]);
  });

  it("are refused where they can't stand", () => {
    const inCell = wordDocument(table([tc("cell")]) + p("After"), { styles });
    const refusals = [
      planQuoted(inCell, [{ kind: "insert-content", quote: "cell", blocks: section }]),
      planQuoted(wordDocument(body, { styles }), [{ kind: "insert-content", quote: "Before", blocks: [] }]),
      planQuoted(wordDocument(body, { styles }), [
        { kind: "insert-content", quote: "Before", blocks: [{ kind: "contents" }] },
      ]),
      planQuoted(wordDocument(body, { styles }), [
        { kind: "insert-content", quote: "Before", blocks: section },
        { kind: "insert-content", quote: "After", blocks: section },
      ]),
    ].map(({ refused }) => refused.map(({ code }) => code));
    expect(refusals).toEqual([["unsupported"], ["no-change"], ["unsupported"], ["unsupported"]]);
  });
});
