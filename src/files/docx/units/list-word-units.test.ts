import { describe, expect, it } from "vitest";
import type { ListUnitsOptions } from "../../units/types.ts";
import { p, r, revision } from "../word.fixture.ts";
import { listWordUnits } from "./list-word-units.ts";
import { field, namespaces, shown, unitFile } from "./units.fixture.ts";

function listed(bytes: Uint8Array, options: ListUnitsOptions = {}): string[] {
  return listWordUnits(bytes, options).map((unit) => shown(unit));
}

const bold = "<w:b/>";
const sdt = (properties: string, content: string): string =>
  `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
const style = (type: string, id: string, name: string, more = ""): string =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
const box = (text: string): string =>
  `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>${p(text)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt="A box"><v:textbox><w:txbxContent>${p(text)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>`;

const paragraphs: readonly (readonly [what: string, content: string, expected: readonly string[]])[] = [
  ["plain text", r("Hello"), ["Hello"]],
  ["no text to translate", r("12.5 %"), []],
  [
    "runs that differ in nothing visible",
    `${r("One ", '<w:lang w:val="en-US"/>')}<w:proofErr w:type="spellStart"/>${r("two", "<w:noProof/>")}`,
    ["One two"],
  ],
  ["bold in the middle", r("A ") + r("bold", bold) + r(" word"), ["A <1f>bold</1> word"]],
  [
    "white space between bold words",
    r("A long text ") + r("b", bold) + r(" ") + r("c", bold),
    ["A long text <1f>b c</1>"],
  ],
  ["mostly bold text", r("All of it ", bold) + r("but"), ["All of it <1f>but</1>"]],
  [
    "a hyperlink with its own look",
    `${r("See ")}<w:hyperlink r:id="rId9">${r("this", '<w:rStyle w:val="Hyperlink"/>')}</w:hyperlink>`,
    ["See <1l>this</1>"],
  ],
  [
    "the tip of a link",
    `<w:hyperlink w:anchor="x" w:tooltip="Go there">${r("x")}</w:hyperlink>`,
    ["<1l>x</1>", "Go there"],
  ],
  ["a HYPERLINK field", r("See ") + field('HYPERLINK "http://a.b"', r("this")), ["See <1c!>this</1>"]],
  ["a REF to words", r("As in ") + field("REF _Ref1 \\h", r("Chapter one")), ["As in <1c!>Chapter one</1>"]],
  ["a REF to a number", r("As in ") + field("REF _Ref1 \\r", r("3.2")), ["As in <1:field=3.2/>"]],
  ["a page number", r("Page ") + field("PAGE", r("7")), ["Page <1:field=7/>"]],
  ["a date", r("On ") + field("DATE", r("1 May 2020")), ["On <1:field=1 May 2020/>"]],
  [
    "a simple field with words",
    `<w:fldSimple w:instr=" TITLE ">${r("Plan")}</w:fldSimple>`,
    ["<1c!>Plan</1>"],
  ],
  [
    "a simple field without",
    `${r("of ")}<w:fldSimple w:instr="NUMPAGES">${r("9")}</w:fldSimple>`,
    ["of <1:field=9/>"],
  ],
  [
    "a link with nothing but a page number",
    `${r("Page ")}<w:hyperlink w:anchor="x">${field("PAGEREF x", r("9"))}</w:hyperlink>`,
    ["Page <1:field=9/>"],
  ],
  ["a note", `${r("Text")}<w:r><w:footnoteReference w:id="2"/></w:r>${r(".")}`, ["Text<1:note/>."]],
  [
    "tabs and breaks",
    "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",
    ["a<1:tab/>b<2:break/>c"],
  ],
  [
    "hyphens",
    "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>",
    ["a\u2011b\u00adc"],
  ],
  ["a formula", `${r("Let ")}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>`, ["Let <1:object=x/>"]],
  ["hidden text", r("Seen") + r("hidden", "<w:vanish/>"), ["Seen<1:object/>"]],
  [
    "deleted text",
    `${r("Kept ")}<w:del w:id="1" ${revision}><w:r><w:delText>gone</w:delText></w:r></w:del>`,
    ["Kept <1:mark/>"],
  ],
  ["inserted text", `${r("Kept ")}<w:ins w:id="1" ${revision}>${r("new")}</w:ins>`, ["Kept <1c>new</1>"]],
  ["an inserted space", `${r("a")}<w:ins w:id="1" ${revision}>${r(" ")}</w:ins>${r("b")}`, ["a<1:mark/> b"]],
  ["a smart tag", `<w:smartTag w:element="place">${r("Rome")}</w:smartTag>`, ["<1c>Rome</1>"]],
  [
    "code in a sentence",
    r("Run ") + r("npm", '<w:rStyle w:val="VerbatimChar"/>') + r(" now"),
    ["Run <1:object=npm/> now"],
  ],
  [
    "a style based on one of code",
    r("Run ") + r("if", '<w:rStyle w:val="Keyword"/>'),
    ["Run <1:object=if/>"],
  ],
  ["an inline control", r("To ") + sdt("", r("whom")), ["To <1c!>whom</1>"]],
  ["a placeholder of a date", sdt("<w:showingPlcHdr/><w:date/>", r("Pick a date")), ["<1c!>Pick a date</1>"]],
  ["a date that was picked", r("On ") + sdt("<w:date/>", r("1 May")), ["On <1:object=1 May/>"]],
  ["a choice from a list", r("Is ") + sdt("<w:dropDownList/>", r("open")), ["Is <1:object=open/>"]],
  [
    "a control bound to data",
    r("By ") + sdt('<w:dataBinding w:xpath="/a"/>', r("Ann")),
    ["By <1:object=Ann/>"],
  ],
  ["a page's end as last printed", "<w:r><w:lastRenderedPageBreak/><w:t>Text</w:t></w:r>", ["Text"]],
  ["a picture in words", "<w:r><w:t>a</w:t><w:drawing/></w:r>", ["a<1:picture/>"]],
  ["white space that Word drops", "<w:r><w:t>\n  Text\n  </w:t></w:r>", ["Text"]],
];

const codeStyles = [
  style("character", "VerbatimChar", "Verbatim Char"),
  style("character", "Keyword", "KeywordTok", '<w:basedOn w:val="VerbatimChar"/>'),
  style("paragraph", "SourceCode", "Source Code"),
  style("paragraph", "Mine", "My listing"),
  style("paragraph", "Heading1", "heading 1"),
].join("");

describe("the units of a paragraph", () => {
  it.each(paragraphs)("lists %s", (_, content, expected) => {
    expect(listed(unitFile(`<w:p>${content}</w:p>`, { styles: codeStyles }))).toEqual(expected);
  });

  it("pairs the halves of range marks", () => {
    const [unit] = listWordUnits(
      unitFile(p('<w:bookmarkStart w:id="3" w:name="x"/>', "Text", '<w:bookmarkEnd w:id="3"/>', "more")),
    );
    expect(unit!.atoms).toMatchObject([{ id: "1", closedBy: "2" }, { id: "2" }]);
  });

  it("pairs a range that starts inside of a field", () => {
    const inside = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:bookmarkStart w:id="3" w:name="x"/><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:bookmarkEnd w:id="3"/>`;
    const [unit] = listWordUnits(unitFile(p(r("Costs "), inside, r(" euros"))));
    expect(unit!.atoms).toMatchObject([{ id: "1", kind: "field", closedBy: "2" }, { id: "2" }]);
  });

  it("keeps a reference inside its link", () => {
    const link = `<w:hyperlink r:id="rId9">${r("here")}<w:r><w:footnoteReference w:id="2"/></w:r></w:hyperlink>`;
    expect(listWordUnits(unitFile(p(link)))[0]!.atoms).toMatchObject([{ within: "1" }]);
  });

  it("takes hidden text for text when asked", () => {
    expect(listed(unitFile(p(r("Seen ") + r("hidden", "<w:vanish/>"))), { hidden: true })).toEqual([
      "<1f>Seen </1>hidden",
    ]);
  });
});

describe("a table of contents", () => {
  const begin =
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o </w:instrText><w:fldChar w:fldCharType="separate"/></w:r>';
  const entry = (text: string): string =>
    `<w:hyperlink w:anchor="_T">${r(text)}<w:r><w:tab/></w:r>${field("PAGEREF _T", r("4"))}</w:hyperlink>`;
  const end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>';

  it("gives its entries, the page numbers and the field's ends as codes", () => {
    expect(listed(unitFile(p(begin, entry("One")) + p(entry("Two")) + p(end, "After")))).toEqual([
      "<1:field/><2l>One</2><3:tab/><4:field=4/>",
      "<1l>Two</1><2:tab/><3:field=4/>",
      "<1:field/>After",
    ]);
  });

  it("is left alone where it is another field over paragraphs", () => {
    const other = begin.replace("TOC \\o", "MERGEFIELD a");
    expect(listed(unitFile(p(other, "One") + p("Two") + p(end, "After")))).toEqual(["<1:field/>After"]);
  });
});

describe("the units of a file", () => {
  it("lists both copies of a text box, the second to be given the same target", () => {
    const units = listWordUnits(unitFile(`<w:p>${r("Outer")}<w:r>${box("Inner")}</w:r></w:p>`));
    expect(units.map(({ text, place }) => `${text}: ${place}`)).toEqual([
      "Outer: paragraph 1",
      "Inner: text box",
      "A box: picture",
      "Inner: text box",
    ]);
    expect(units[3]!.sameAs).toBe(units[1]!.id);
  });

  it("lists cells, nested tables and block controls with their places", () => {
    const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
    const table = (...cells: readonly string[]): string =>
      `<w:tbl><w:tblPr><w:tblCaption w:val="Costs"/></w:tblPr><w:tr>${cells.map(cell).join("")}</w:tr></w:tbl>`;
    const units = listWordUnits(unitFile(sdt("", table(p("a"), table(p("b")) + p("c")))));
    expect(units.map(({ text, place }) => `${text}: ${place}`)).toEqual([
      "Costs: title of a table",
      "a: table 1, row 1, column 1",
      "Costs: title of a table",
      "b: table 2, row 1, column 1",
      "c: table 1, row 1, column 2",
    ]);
  });

  it("tells headings from paragraphs and leaves styles of code out", () => {
    const styled = (id: string, text: string): string =>
      `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr>${r(text)}</w:p>`;
    const bytes = unitFile(
      styled("Heading1", "One") + styled("SourceCode", "if (a)") + styled("Mine", "let b"),
      {
        styles: codeStyles,
      },
    );
    expect(listWordUnits(bytes).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "heading One",
      "paragraph let b",
    ]);
    expect(listed(bytes, { untranslatedStyles: ["my listing"] })).toEqual(["One"]);
  });

  it("lists headers, notes, comments when asked, building blocks and properties", () => {
    const bytes = unitFile(
      p("Body"),
      {
        header: p("Head"),
        footnotes: `<w:footnote w:id="2">${p("Note")}</w:footnote>`,
        comments: `<w:comment w:id="0" w:author="Ann">${p("Really?")}</w:comment>`,
      },
      [
        { name: "/word/footer1.xml", word: "footer", xml: `<w:ftr ${namespaces}>${p("Foot")}</w:ftr>` },
        {
          name: "/word/endnotes.xml",
          word: "endnotes",
          xml: `<w:endnotes ${namespaces}><w:endnote w:id="2">${p("End")}</w:endnote></w:endnotes>`,
        },
        {
          name: "/word/glossary/document.xml",
          word: "glossaryDocument",
          xml: `<w:glossaryDocument ${namespaces}><w:docParts><w:docPart><w:docPartBody>${p("Block")}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>`,
        },
        {
          name: "/docProps/core.xml",
          word: "core-properties",
          from: "/",
          type: "application/vnd.openxmlformats-package.core-properties+xml",
          xml: '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan</dc:title><dc:creator>Ann</dc:creator><cp:category>Plans</cp:category></cp:coreProperties>',
        },
      ],
    );
    const places = (options: ListUnitsOptions): string[] =>
      listWordUnits(bytes, options).map(({ kind, place, text }) => `${kind}, ${place}: ${text}`);
    expect(places({ comments: true })).toEqual([
      "paragraph, paragraph 1: Body",
      "header, page header: Head",
      "footer, page footer: Foot",
      "note, footnote 2: Note",
      "note, endnote 2: End",
      "comment, comment by Ann: Really?",
      "paragraph, building block: Block",
      "property, document title: Plan",
      "property, document category: Plans",
    ]);
    expect(listed(bytes, { properties: false })).toEqual(["Body", "Head", "Foot", "Note", "End", "Block"]);
  });

  it("lists descriptions of pictures, but no names of files", () => {
    const drawing = (description: string): string =>
      `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="${description}"/><a:graphic><pic:cNvPr id="1" name="x" descr="${description}"/></a:graphic></wp:inline></w:drawing></w:r>`;
    const units = listWordUnits(unitFile(p(drawing("A cat"), drawing("cat.jpg"))));
    expect(units.map(({ text, kind }) => `${kind}: ${text}`)).toEqual([
      "alternative-text: A cat",
      "alternative-text: A cat",
    ]);
    expect(units[1]!.sameAs).toBe(units[0]!.id);
  });
});
