import { expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { ParagraphFormat } from "../types.ts";
import { expectEdit, p, planQuoted, r, revision, texts, wordDocument, xmlOf } from "../word.fixture.ts";

const styles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
  '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>';

function format(body: string, set: ParagraphFormat): { xml: string; accepted: string } {
  const before = wordDocument(body, { styles });
  const edited = expectEdit(before, [{ kind: "format-paragraph", quote: "Text", set }], texts(before));
  const accepted = openFile(settleChanges(edited, { action: "accept" }));
  return { xml: xmlOf(edited), accepted: xmlOf(accepted) };
}

it("changes the style by the name people see, and keeps the old properties in the tracked change", () => {
  const body = `<w:p><w:pPr><w:keepNext/><w:jc w:val="center"/><w:rPr><w:b/></w:rPr></w:pPr>${r("Text")}</w:p>`;
  const { xml, accepted } = format(body, { style: "Heading 2" });
  expect(accepted).toContain(
    '<w:pPr><w:pStyle w:val="berschrift2"/><w:keepNext/><w:jc w:val="center"/><w:rPr><w:b/></w:rPr></w:pPr>',
  );
  expect(xml).toMatch(
    /<\/w:rPr><w:pPrChange [^>]*><w:pPr><w:keepNext\/><w:jc w:val="center"\/><\/w:pPr><\/w:pPrChange><\/w:pPr>/,
  );
});

it("goes back to the default style by taking the style away", () => {
  const body = `<w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr>${r("Text")}</w:p>`;
  expect(format(body, { style: "Normal" }).accepted).not.toContain("pStyle");
});

it("merges spacing and indents with what is there, dropping what would win over them", () => {
  const body =
    '<w:p><w:pPr><w:spacing w:before="100" w:beforeAutospacing="1" w:line="300" w:lineRule="exact"/>' +
    `<w:ind w:left="720" w:hanging="360"/></w:pPr>${r("Text")}</w:p>`;
  const { accepted } = format(body, { spaceBefore: 12, indentFirstLine: 18, alignment: "justify" });
  expect(accepted).toContain('<w:spacing w:before="240" w:line="300" w:lineRule="exact"/>');
  expect(accepted).toContain('<w:ind w:firstLine="360" w:left="720"/>');
  expect(accepted).toContain('<w:jc w:val="both"/>');
  expect(format(p("Text"), { lineSpacing: 1.5 }).accepted).toContain('w:line="360" w:lineRule="auto"');
});

it("writes properties where there are none and together with an edit of the text", () => {
  const before = wordDocument(p("Text one") + p("End"), { styles });
  expectEdit(
    before,
    [
      { kind: "format-paragraph", quote: "Text one", set: { pageBreakBefore: true, keepWithNext: false } },
      { kind: "replace", quote: "one", text: "two" },
    ],
    ["Text two", "End"],
  );
});

it("says what differs by the names people know", () => {
  const plan = planQuoted(wordDocument(p("Text"), { styles }), [
    { kind: "format-paragraph", quote: "Text", set: { style: "heading 2", alignment: "right" } },
  ]);
  expect(plan.applied[0]).toMatchObject({
    before: "style Normal, alignment as in the style",
    after: "style heading 2, alignment right",
  });
});

it("refuses an unknown style, a senseless length, what is so already, and a pending change of formatting", () => {
  const refusal = (body: string, set: ParagraphFormat): unknown =>
    planQuoted(wordDocument(body, { styles }), [{ kind: "format-paragraph", quote: "Text", set }]).refused[0];
  expect(refusal(p("Text"), { style: "Fancy" })).toMatchObject({
    code: "not-found",
    fix: "It has: Normal, heading 2.",
  });
  expect(refusal(p("Text"), { spaceBefore: -3 })).toMatchObject({ code: "unsupported" });
  expect(refusal(p("Text"), { style: "Normal" })).toMatchObject({ code: "no-change" });
  const pending = `<w:p><w:pPr><w:jc w:val="right"/><w:pPrChange w:id="3" ${revision}><w:pPr/></w:pPrChange></w:pPr>${r("Text")}</w:p>`;
  expect(refusal(pending, { alignment: "left" })).toMatchObject({ code: "locked" });
});

it("writes the new look at once in direct mode", () => {
  const plan = planQuoted(
    wordDocument(p("Text"), { styles }),
    [{ kind: "format-paragraph", quote: "Text", set: { alignment: "center" } }],
    { mode: "direct" },
  );
  expect(xmlOf(openFile(plan.save().bytes))).toContain('<w:pPr><w:jc w:val="center"/></w:pPr>');
});
