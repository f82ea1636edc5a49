import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { ChangePlan, WordDocument } from "../types.ts";
import { at, p, revision, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

/** Puts words into the paragraph with that number. */
function fill(document: WordDocument, paragraph: number, mode: "tracked" | "direct" = "tracked"): ChangePlan {
  const { id } = document.paragraphs[paragraph]!;
  const place = { paragraph: id, start: 0, end: 0, quote: "" };
  return planChanges(document, [{ kind: "replace", at: place, text: "New words" }], { ...at, mode });
}

describe("filling an empty paragraph", () => {
  it.each([
    ["without anything", "<w:p/>"],
    ["with properties", '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>'],
    ["in a cell", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"],
    [
      "whose words somebody deletes",
      `<w:p><w:del w:id="1" ${revision}><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>`,
    ],
  ])("puts words into one %s, and gives it back when they are refused", (_, xml) => {
    const document = wordDocument(p("Before") + xml + p("After"));
    const plan = fill(document, 1);
    expect(plan.refused).toEqual([]);
    const edited = openFile(plan.save().bytes);
    expect(texts(edited)).toEqual(["Before", "New words", "After"]);
    const ours = ({ revision: { author } }: { revision: { author: string } }): boolean =>
      author === at.author;
    const rejected = openFile(settleChanges(edited, { action: "reject", which: ours }));
    expect(texts(rejected, "markup")).toEqual(texts(document, "markup"));
  });

  it("takes the formatting of the paragraph's mark", () => {
    const mark = `<w:pPr><w:rPr><w:ins w:id="7" ${revision}/><w:b/><w:vanish/></w:rPr></w:pPr>`;
    const edited = openFile(fill(wordDocument(`<w:p>${mark}</w:p>${p("After")}`), 0).save().bytes);
    expect(xmlOf(edited)).toMatch(/<w:r><w:rPr><w:b\/><\/w:rPr><w:t [^>]*>New words/);
  });

  it("writes them without markup in direct mode", () => {
    const edited = openFile(fill(wordDocument(`${p("Before")}<w:p/>`), 1, "direct").save().bytes);
    expect(xmlOf(edited)).toContain('<w:p><w:r><w:t xml:space="preserve">New words</w:t></w:r></w:p>');
  });

  it.each([
    [
      "in a locked control",
      '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
    ],
    [
      "inside a field",
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC </w:instrText><w:fldChar w:fldCharType="separate"/></w:r></w:p><w:p/><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ],
  ])("refuses one %s", (_, xml) => {
    const document = wordDocument(xml);
    const empty = document.paragraphs.findIndex(({ spans }) => spans.length === 0);
    expect(fill(document, empty).refused).toHaveLength(1);
  });
});
