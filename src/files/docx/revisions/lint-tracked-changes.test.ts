import { describe, expect, it } from "vitest";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { lintComments } from "./lint-comments.ts";
import { type LintRule, lintTree, newFindings } from "./lint-tracked-changes.ts";

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ' +
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const tree = (body: string): XmlTree => scanXml(`<w:body ${namespaces}>${body}</w:body>`);
const rules = (body: string): LintRule[] => lintTree(tree(body)).map(({ rule }) => rule);

const run = (content: string): string => `<w:r>${content}</w:r>`;
const text = run("<w:t>a</w:t>");
const struck = run("<w:delText>a</w:delText>");
const ins = (id: number, content: string): string => `<w:ins w:id="${id}" w:author="A">${content}</w:ins>`;
const del = (id: number, content: string): string => `<w:del w:id="${id}" w:author="A">${content}</w:del>`;
const paragraph = (content: string, attributes = ""): string => `<w:p${attributes}>${content}</w:p>`;
const character = (type: string): string => run(`<w:fldChar w:fldCharType="${type}"/>`);
const code = run("<w:instrText> PAGE </w:instrText>");
const deletedCode = run("<w:delInstrText> PAGE </w:delInstrText>");

describe("lintTree", () => {
  it("finds nothing in a plain replacement, a tracked paragraph mark, a move or a deleted field", () => {
    expect(rules(paragraph(text + del(1, struck) + ins(2, text)))).toEqual([]);
    expect(
      rules(paragraph(`<w:pPr><w:rPr>${ins(1, "")}${del(2, "")}</w:rPr></w:pPr>${ins(3, text)}`)),
    ).toEqual([]);
    const half = (name: string, id: number): string =>
      `<w:${name}RangeStart w:id="${id}" w:name="m"/><w:${name} w:id="${id + 1}">${text}</w:${name}><w:${name}RangeEnd w:id="${id}"/>`;
    expect(rules(paragraph(half("moveFrom", 1)) + paragraph(half("moveTo", 5)))).toEqual([]);
    const field = character("begin") + deletedCode + character("separate") + struck + character("end");
    expect(rules(paragraph(del(1, field)))).toEqual([]);
  });

  it.each<[string, string, LintRule[]]>([
    ["w:t in a deletion", paragraph(del(1, text)), ["text-in-deletion"]],
    ["w:delText outside a deletion", paragraph(struck), ["deleted-text-outside-deletion"]],
    [
      "w:instrText in a deletion",
      paragraph(del(1, character("begin") + code + character("end"))),
      ["instruction-in-deletion"],
    ],
    [
      "a field without its begin deleted",
      paragraph(character("begin") + code + del(1, character("separate") + struck + character("end"))),
      ["half-deleted-field", "half-deleted-field"],
    ],
    [
      "one id on a deletion and an insertion",
      paragraph(del(1, struck) + ins(1, text)),
      ["duplicate-revision-id"],
    ],
    [
      "one paragraph id twice",
      paragraph("", ' w14:paraId="0000000a"') + paragraph("", ' w14:paraId="0000000A"'),
      ["duplicate-paragraph-id"],
    ],
    ["an insertion in an insertion", paragraph(ins(1, ins(2, text))), ["insertion-in-insertion"]],
    ["an insertion in a deletion", paragraph(del(1, ins(2, struck))), ["insertion-in-deletion"]],
    ["a bookmark without end", paragraph('<w:bookmarkStart w:id="1" w:name="b"/>'), ["unpaired-range"]],
    ["a comment range without start", paragraph('<w:commentRangeEnd w:id="1"/>'), ["unpaired-range"]],
    [
      "a move without its other half",
      paragraph('<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFromRangeEnd w:id="1"/>'),
      ["unpaired-move"],
    ],
  ])("finds %s", (_, body, expected) => {
    expect(rules(body)).toEqual(expected);
  });

  it("allows an edited field result", () => {
    const result = del(1, struck) + ins(2, text);
    expect(
      rules(paragraph(character("begin") + code + character("separate") + result + character("end"))),
    ).toEqual([]);
  });

  it("allows w:delText in a move, and w:t in a text box that is deleted", () => {
    const range = (name: string): string =>
      `<w:${name}RangeStart w:id="9" w:name="m"/><w:${name}RangeEnd w:id="9"/>`;
    expect(
      rules(paragraph(`<w:moveFrom w:id="1">${struck}</w:moveFrom>${range("moveFrom")}${range("moveTo")}`)),
    ).toEqual([]);
    expect(
      rules(paragraph(del(1, run(`<w:pict><w:txbxContent>${paragraph(text)}</w:txbxContent></w:pict>`)))),
    ).toEqual([]);
  });

  it("allows the same ids in the choice and the fallback of one alternate content", () => {
    const copy = paragraph(ins(5, text), ' w14:paraId="0000000A"');
    const both = `<mc:AlternateContent><mc:Choice Requires="wps">${copy}</mc:Choice><mc:Fallback>${copy}</mc:Fallback></mc:AlternateContent>`;
    expect(rules(both)).toEqual([]);
    expect(rules(both + both)).toContain("duplicate-paragraph-id");
  });

  it("ignores old properties", () => {
    expect(
      rules(
        paragraph(
          `<w:pPr><w:rPr><w:rPrChange w:id="1"><w:rPr>${ins(1, "")}</w:rPr></w:rPrChange></w:rPr></w:pPr>`,
        ),
      ),
    ).toEqual([]);
  });
});

describe("newFindings", () => {
  it("counts only what an edit brought", () => {
    const before = lintTree(tree(paragraph(del(1, text))));
    const after = lintTree(tree(paragraph(text) + paragraph(del(1, text)) + paragraph(del(2, text))));
    expect(newFindings(before, before)).toEqual([]);
    expect(newFindings(before, after)).toHaveLength(1);
  });
});

describe("lintComments", () => {
  const comments = tree(`<w:comment w:id="0">${paragraph(text, ' w14:paraId="0000000A"')}</w:comment>`);
  const extended = (attributes: string): XmlTree =>
    scanXml(`<w15:commentsEx ${namespaces}><w15:commentEx ${attributes}/></w15:commentsEx>`);

  it("accepts an entry of a comment's paragraph", () => {
    expect(lintComments(comments, extended('w15:paraId="0000000a" w15:done="0"'))).toEqual([]);
  });

  it("finds an entry, and a parent, that no comment has", () => {
    expect(lintComments(comments, extended('w15:paraId="0000000B"'))).toHaveLength(1);
    expect(
      lintComments(comments, extended('w15:paraId="0000000A" w15:paraIdParent="0000000C"')),
    ).toHaveLength(1);
  });
});
