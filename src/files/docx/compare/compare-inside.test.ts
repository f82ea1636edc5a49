import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import { at, p, r, texts, type WordParts, wordDocument, xmlOf } from "../word.fixture.ts";
import { type DiffResult, diffDocuments } from "./diff-documents.ts";

type Compared = DiffResult & { readonly markup: string[]; readonly xml: string };

function bodies(before: string, after: string, parts: WordParts = {}): Compared {
  const [old, fresh] = [wordDocument(before, parts), wordDocument(after, parts)];
  const result = diffDocuments(old, fresh, at);
  const document = openFile(result.bytes);
  const settled = (action: "accept" | "reject"): string[] =>
    texts(openFile(settleChanges(document, { action })));
  expect(settled("reject")).toEqual(texts(old));
  expect(result.refused).toEqual([]);
  expect(settled("accept")).toEqual(texts(fresh));
  return { ...result, markup: texts(document, "markup"), xml: xmlOf(document) };
}

const links = { links: { rId9: "http://a.example/", rId8: "http://b.example/" } };
const link = (text: string, id = "rId9"): string => `<w:hyperlink r:id="${id}">${r(text)}</w:hyperlink>`;
const control = (text: string, properties = '<w:alias w:val="x"/>'): string =>
  `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${r(text)}</w:sdtContent></w:sdt>`;
const field = (code: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;

describe("comparing inside what holds text", () => {
  it("edits the words of a hyperlink inside it", () => {
    const { markup, xml } = bodies(
      p("See ", link("the old page"), " now."),
      p("See ", link("the new page"), " now."),
      links,
    );
    expect(markup).toEqual(["See the {--old--}{++new++} page now."]);
    expect(xml.match(/<w:hyperlink/g)).toHaveLength(1);
  });

  it("replaces a hyperlink whose address is another", () => {
    const { xml } = bodies(p("See ", link("the page"), "."), p("See ", link("the page", "rId8"), "."), links);
    expect(xml.match(/<w:hyperlink/g)).toHaveLength(2);
  });

  it("pairs the hyperlinks of a paragraph by what they say", () => {
    const { markup } = bodies(
      p("See ", link("the first page"), " and ", link("the second page"), "."),
      p("See ", link("the second new page"), "."),
      links,
    );
    expect(markup).toEqual(["See {--the first page--}{-- and --}the second {++new ++}page."]);
  });

  it("edits the words of a content control, and replaces one that is filled in from elsewhere", () => {
    const plain = bodies(p("To ", control("the old buyer"), "."), p("To ", control("the new buyer"), "."));
    expect(plain.markup).toEqual(["To the {--old--}{++new++} buyer."]);
    for (const filled of [
      '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>',
      '<w:lock w:val="sdtContentLocked"/>',
      "<w:dropDownList/>",
    ]) {
      const { markup } = bodies(
        p("To ", control("the old buyer", filled), "."),
        p("To ", control("the new buyer", filled), "."),
      );
      expect(markup).toEqual(["To {--the old buyer--}{++the new buyer++}."]);
    }
  });

  it("edits the result of a field whose code stays", () => {
    const { markup, xml } = bodies(
      p("See clause ", field("REF a", "3.1"), " of it."),
      p("See clause ", field("REF a", "4.1"), " of it."),
    );
    expect(markup).toEqual(["See clause {--3.1--}{++4.1++} of it."]);
    expect(xml.match(/instrText>/g)).toHaveLength(2);
    bodies(p(field("REF a", "3.1"), r(" and more")), p(field("REF b", "3.1"), r(" and more")));
    bodies(p(field("REF a", "")), p(field("REF a", "3.1"), " more"));
  });

  it("edits hyperlinks in content controls in hyperlinks' fields", () => {
    const nested = (word: string): string =>
      p(
        "A ",
        `<w:sdt><w:sdtPr><w:alias w:val="o"/></w:sdtPr><w:sdtContent>${r("in ")}${link(`some ${word} page`)}</w:sdtContent></w:sdt>`,
        " z.",
      );
    expect(bodies(nested("old"), nested("new"), links).markup).toEqual([
      "A in some {--old--}{++new++} page z.",
    ]);
  });

  it("keeps a wrapper that is empty in one version whole", () => {
    const empty = '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent/></w:sdt>';
    bodies(p("To ", control("the buyer"), "."), p("To ", empty, "."));
    bodies(p("To ", empty, "."), p("To ", control("the buyer"), "."));
    bodies(
      p("To ", '<w:hyperlink w:anchor="a"/>', "."),
      p("To ", `<w:hyperlink w:anchor="a">${r("b")}</w:hyperlink>`, "."),
    );
  });

  it("edits a text box in both copies alike, at the same time", () => {
    const box = (...content: string[]): string =>
      p(
        r("Before "),
        `<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${content.join("")}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Choice><mc:Fallback><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${content.join("")}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
        r(" after."),
      );
    const { xml, bytes, counts } = bodies(
      box(p("The old seal"), p("of it")) + p("End."),
      box(p("The new seal"), p("of it")) + p("End."),
    );
    expect(xml.match(/>old<\/w:delText>/g)).toHaveLength(2);
    expect(xml.match(/<w:pict/g)).toHaveLength(2);
    expect(counts).toMatchObject({ insertedCharacters: 3, deletedCharacters: 3 });
    expect(new Set([...xml.matchAll(/<w:(?:ins|del) [^>]*w:id="(\d+)"/g)].map(([, id]) => id)).size).toBe(4);
    expect(trackedChanges(openFile(bytes)).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "deletion old",
      "insertion new",
    ]);
  });

  it("replaces a text box whose copies say different things", () => {
    const box = (one: string, two: string): string =>
      p(
        `<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:pict><w:txbxContent>${p(one)}</w:txbxContent></w:pict></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${p(two)}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
        " after.",
      );
    const { xml } = bodies(box("One here", "Two here"), box("One there", "Two there"));
    expect(xml.match(/<w:pict/g)).toHaveLength(4);
  });
});
