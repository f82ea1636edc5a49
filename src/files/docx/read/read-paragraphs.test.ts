import { describe, expect, it } from "vitest";
import { p, r, revision, texts, wordDocument } from "../word.fixture.ts";
import { comments } from "./comments.ts";
import { findQuote } from "./find-quote.ts";
import { findSection, outline } from "./outline.ts";
import { paragraphText } from "./paragraph-text.ts";

const styles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
  '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>' +
  '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>';
const level = (index: number, format: string, text: string): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const numbering =
  `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "%1")}${level(1, "decimal", "%1.%2")}</w:abstractNum>` +
  `<w:abstractNum w:abstractNumId="1">${level(0, "lowerLetter", "(%1)")}${level(1, "bullet", "\uf0b7")}</w:abstractNum>` +
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>' +
  '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>';
const heading = (style: string, text: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${r(text)}</w:p>`;
const item = (list: number, depth: number, text: string): string =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${r(text)}</w:p>`;

describe("the outline", () => {
  const body =
    heading("H1", "Scope") +
    p("in scope") +
    heading("H1", "Costs") +
    heading("H2", "Licences") +
    p("cheap") +
    heading("H2", "Hosting") +
    p("dear") +
    heading("H1", "Costs of delay");
  const document = wordDocument(body, { styles, numbering });

  it("has the headings with the numbers that Word prints", () => {
    expect(outline(document).map((entry) => `${entry.numbering} ${entry.text}`)).toEqual([
      "1 Scope",
      "2 Costs",
      "2.1 Licences",
      "2.2 Hosting",
      "3 Costs of delay",
    ]);
  });

  it("finds a section by number, title or part of it, with its subsections", () => {
    for (const wanted of ["2", "Costs", "2 costs"]) {
      expect(findSection(document, wanted).paragraphs.map((each) => paragraphText(each))).toEqual([
        "Licences",
        "cheap",
        "Hosting",
        "dear",
      ]);
    }
    expect(findSection(document, "host").paragraphs.map((each) => paragraphText(each))).toEqual(["dear"]);
  });

  it("lists the headings when none fits", () => {
    expect(() => findSection(document, "Budget")).toThrow(/"Budget" not found/);
  });
});

it("counts lists by letter, bullet and restart", () => {
  const body = item(2, 0, "a") + item(2, 1, "b") + item(2, 0, "c") + item(3, 0, "d") + item(3, 0, "e");
  expect(wordDocument(body, { numbering }).paragraphs.map((each) => each.numbering)).toEqual([
    "(a)",
    "•",
    "(b)",
    "(d)",
    "(e)",
  ]);
});

it("gives text by view", () => {
  const body = p(
    "one ",
    `<w:ins w:id="1" ${revision}>${r("new ")}</w:ins>`,
    `<w:del w:id="2" ${revision}><w:r><w:delText>old </w:delText></w:r></w:del>`,
    "end",
  );
  const document = wordDocument(body);
  expect(texts(document, "final")).toEqual(["one new end"]);
  expect(texts(document, "original")).toEqual(["one old end"]);
  expect(texts(document, "markup")).toEqual(["one {++new ++}{--old --}end"]);
});

it("says where a paragraph stands in a table, also in a nested one", () => {
  const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
  const nested = `<w:tbl><w:tr>${cell(p("inner"))}</w:tr></w:tbl>`;
  const body = `<w:tbl><w:tr>${cell(p("a"))}${cell(nested + p("b"))}</w:tr><w:tr>${cell(p("c"))}</w:tr></w:tbl>`;
  expect(wordDocument(body).paragraphs.map((each) => each.cell)).toEqual([
    { table: 0, row: 0, column: 0 },
    { table: 1, row: 0, column: 0 },
    { table: 0, row: 0, column: 1 },
    { table: 0, row: 1, column: 0 },
  ]);
});

it("reads every story", () => {
  const document = wordDocument(p("body"), {
    header: p("head"),
    footnotes: `<w:footnote w:id="2">${p("note")}</w:footnote>`,
    comments: `<w:comment w:id="0" ${revision}>${p("remark")}</w:comment>`,
  });
  expect(document.paragraphs.map((each) => [each.story.kind, paragraphText(each)])).toEqual([
    ["body", "body"],
    ["header", "head"],
    ["footnote", "note"],
    ["comment", "remark"],
  ]);
  expect(comments(document)).toMatchObject([{ id: "0", author: "Ann", text: "remark" }]);
});

it("knows the text of a HYPERLINK field as the author's own and other results as computed", () => {
  const char = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const field = (code: string, result: string): string =>
    `${char("begin")}<w:r><w:instrText>${code}</w:instrText></w:r>${char("separate")}${r(result)}${char("end")}`;
  const spans = wordDocument(p(field(' HYPERLINK "https://a.example" ', "site"), field(" REF b ", "4.2")))
    .paragraphs[0]!.spans;
  expect(spans.find((span) => span.text === "site")).toMatchObject({ link: "https://a.example" });
  expect(spans.find((span) => span.text === "site")?.lock).toBeUndefined();
  expect(spans.find((span) => span.text === "4.2")?.lock).toBe("field");
});

it("keeps a field open over paragraphs locked, and text boxes apart from it", () => {
  const begin =
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>';
  const body =
    p(begin, r("first entry")) +
    p("second entry") +
    p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("after"));
  const locks = wordDocument(body).paragraphs.flatMap((each) =>
    each.spans.filter((span) => span.text !== "").map((span) => span.lock),
  );
  expect(locks).toEqual(["field", "field", undefined]);
});

describe("finding a quote", () => {
  const document = wordDocument(p("The “price” is 10\u00a0euros.") + p("It is the price."));

  it("takes quotation marks, dashes and spaces as alike when nothing fits to the letter", () => {
    expect(findQuote(document, '"price" is 10 euros')).toMatchObject({
      paragraph: "document:0",
      start: 4,
      quote: "“price” is 10\u00a0euros",
    });
  });

  it("asks for more when a quote occurs twice, and takes an occurrence", () => {
    expect(() => findQuote(document, "price")).toThrow(/occurs 2 times/);
    expect(findQuote(document, "price", { occurrence: 2 })).toMatchObject({ paragraph: "document:1" });
    expect(() => findQuote(document, "price", { occurrence: 3 })).toThrow(/occurs 2 times, not 3/);
  });

  it("says when a quote runs over paragraphs or is not there", () => {
    expect(() => findQuote(document, "euros.\nIt is")).toThrow(/runs over 2 paragraphs/);
    expect(() => findQuote(document, "cost")).toThrow(/is not in the document/);
    expect(() => findQuote(document, " ")).toThrow(/empty/);
  });
});
