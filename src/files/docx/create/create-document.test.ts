import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { BadRequestError, FileUnsupportedError } from "../../../errors.ts";
import { defaultCodec } from "../../opc/codec.ts";
import { contentTypeOf, hasPart, openPackage, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { createZip } from "../../opc/write-zip.ts";
import { isXmlText } from "../../xml/xml-text.ts";
import { openWord } from "../open-word.ts";
import type { Paragraph } from "../types.ts";
import type { ContentBlock, DocumentProperties } from "./content.ts";
import { createDocument } from "./create-document.ts";
import { templatePackage, templateParts } from "./template-package.ts";
import {
  bodyOf,
  heading,
  item,
  line,
  paragraph,
  partText,
  run,
  style,
  stylesOf,
  table,
  template,
  w,
} from "./templates.fixture.ts";

const properties: DocumentProperties = {
  title: "Minutes & more",
  created: new Date("2026-11-17T15:04:05.678Z"),
};

const everyKind: readonly ContentBlock[] = [
  paragraph("Title of the minutes", "Title"),
  paragraph("A subtitle", "Subtitle"),
  heading(1, "Decisions"),
  heading(2, "Small ones"),
  heading(3, "Smaller"),
  heading(4, "Smallest"),
  item(true, "One"),
  item(true, "One a", 1),
  item(false, "Bullet"),
  item(false, "Deeper bullet", 1),
  item(false, "Very deep bullet", 7),
  paragraph("Said so", "Quote"),
  paragraph("Of an unknown style", "No Such Style"),
  {
    kind: "paragraph",
    runs: [
      { text: "a link", link: "https://a.example/x?y=1&z=2" },
      { text: " bold", bold: true },
    ],
  },
  table(["Action", "Owner"], ["Send the keys", "Daniel"]),
  table(["Only"], ["one column"]),
];

const create = (blocks: readonly ContentBlock[], bytes?: Uint8Array): Uint8Array =>
  createDocument(blocks, properties, bytes === undefined ? {} : { template: bytes });

const mainXml = (bytes: Uint8Array): string => partText(bytes, "/word/document.xml");
const paragraphs = (bytes: Uint8Array): readonly Paragraph[] => openWord(openPackage(bytes)).paragraphs;
const textOf = ({ spans }: Paragraph): string => spans.map((span) => span.text).join("");
const bodyTexts = (bytes: Uint8Array): string[] =>
  paragraphs(bytes)
    .filter(({ story }) => story.kind === "body")
    .map(textOf);

/** Style ids that the main part names and the styles part lacks. */
function danglingStyles(bytes: Uint8Array): string[] {
  const opc = openPackage(bytes);
  const styles = hasPart(opc, "/word/styles.xml") ? partText(bytes, "/word/styles.xml") : "";
  const named = [...mainXml(bytes).matchAll(/<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"/g)].map(
    ([, id]) => id!,
  );
  return named.filter((id) => !styles.includes(`w:styleId="${id}"`));
}

describe("blocks in the default template", () => {
  it("come out valid, in order, with their styles", async () => {
    const bytes = create(everyKind);
    expect(await validateOffice(bytes)).toEqual([]);
    expect(danglingStyles(bytes)).toEqual([]);
    expect(bodyTexts(bytes).slice(0, 7)).toEqual([
      "Title of the minutes",
      "A subtitle",
      "Decisions",
      "Small ones",
      "Smaller",
      "Smallest",
      "One",
    ]);
    const headings = paragraphs(bytes).filter(({ headingLevel }) => headingLevel !== undefined);
    expect(headings.map(({ headingLevel }) => headingLevel)).toEqual([1, 2, 3, 4]);
  });

  it("are the same bytes each time, and the template is not changed", () => {
    const bytes = templatePackage();
    const before = bytes.slice();
    expect(create(everyKind, bytes)).toEqual(create(everyKind, bytes));
    expect(bytes).toEqual(before);
  });

  it("leave every part they need not touch as it is in the zip", () => {
    const source = templatePackage();
    const before = openPackage(source).archive;
    const after = openPackage(create(everyKind, source)).archive;
    const raw = (archive: typeof before, name: string): Uint8Array => {
      const entry = archive.entries.find((each) => each.name === name)!;
      return archive.bytes.slice(entry.localOffset, entry.dataOffset + entry.compressedSize);
    };
    const changed = before.entries
      .map(({ name }) => name)
      .filter((name) => !Buffer.from(raw(before, name)).equals(raw(after, name)));
    expect(changed.sort()).toEqual([
      "[Content_Types].xml",
      "docProps/core.xml",
      "word/_rels/document.xml.rels",
      "word/document.xml",
      "word/footer1.xml",
      "word/footer2.xml",
      "word/header1.xml",
      "word/numbering.xml",
    ]);
  });

  it("make a valid document of no blocks at all", async () => {
    expect(await validateOffice(create([]))).toEqual([]);
  });
});

describe("lists", () => {
  const labels = (blocks: readonly ContentBlock[], bytes?: Uint8Array): (string | undefined)[] =>
    paragraphs(create(blocks, bytes))
      .filter(({ story }) => story.kind === "body")
      .map(({ numbering }) => numbering);

  it("count on through a list and begin again in the next one", () => {
    expect(
      labels([item(true, "x"), item(true, "y"), paragraph("between"), item(true, "x"), item(true, "y")]),
    ).toEqual(["1.", "2.", undefined, "1.", "2."]);
  });

  it("count inner levels anew below each outer item", () => {
    const blocks = [
      item(true, "x"),
      item(true, "a", 1),
      item(true, "b", 1),
      item(true, "y"),
      item(true, "a", 1),
    ];
    expect(labels(blocks)).toEqual(["1.", "a.", "b.", "2.", "a."]);
  });

  it("end an ordered list where bullets of the same level come in between", () => {
    expect(labels([item(true, "x"), item(false, "•"), item(true, "y")])).toEqual(["1.", "•", "1."]);
  });

  it("keep an ordered list open around bullets below it", () => {
    expect(labels([item(true, "x"), item(false, "–", 1), item(true, "y")])).toEqual(["1.", "–", "2."]);
  });

  it("bring their own definitions when the template has no list styles and no numbering part", async () => {
    const bytes = template({ "word/numbering.xml": null, ...stylesOf(style("Standard", "Normal")) });
    const blocks = [item(true, "x"), item(true, "a", 1), item(false, "•"), item(true, "again")];
    expect(labels(blocks, bytes)).toEqual(["1.", "a.", "•", "1."]);
    expect(await validateOffice(create(blocks, bytes))).toEqual([]);
  });

  it("take the house's own list styles, known by their numbering, and never those of headings", () => {
    const level = (format: string, text: string): string =>
      `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const definition = (id: number, inner: string): string =>
      `<w:abstractNum w:abstractNumId="${id}">${inner}</w:abstractNum>`;
    const numbers = [1, 2, 3].map((id) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`);
    const numbered = (id: number): string => `<w:pPr><w:numPr><w:numId w:val="${id}"/></w:numPr></w:pPr>`;
    const bytes = template({
      "word/numbering.xml": `<w:numbering ${w}>${definition(1, level("decimal", "%1"))}${definition(2, level("bullet", "*"))}${definition(3, level("decimal", "%1)"))}${numbers.join("")}</w:numbering>`,
      ...stylesOf(
        style("h", "heading 1", numbered(1)) +
          style("p", "Punkte", numbered(2)) +
          style("z", "Ziffern", numbered(3)),
      ),
    });
    const blocks = [item(false, "x"), item(true, "y"), item(true, "z")];
    expect(labels(blocks, bytes)).toEqual(["*", "1)", "2)"]);
    expect(mainXml(create(blocks, bytes)).match(/w:pStyle w:val="\w+"/g)).toEqual([
      'w:pStyle w:val="p"',
      'w:pStyle w:val="z"',
      'w:pStyle w:val="z"',
    ]);
  });

  it("bring no font with them when the template has no definition", () => {
    const bytes = create(
      [item(false, "x"), item(false, "y", 1)],
      template({ ...stylesOf(""), "word/numbering.xml": null }),
    );
    expect(partText(bytes, "/word/numbering.xml")).not.toContain("rFonts");
  });

  it("use the template's single-level list styles, one definition a level", () => {
    const lvl =
      '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%1)"/></w:lvl>';
    const numbering = `<w:numbering ${w}><w:abstractNum w:abstractNumId="7">${lvl}</w:abstractNum><w:abstractNum w:abstractNumId="8">${lvl}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num></w:numbering>`;
    const numbered = (id: number): string => `<w:pPr><w:numPr><w:numId w:val="${id}"/></w:numPr></w:pPr>`;
    const bytes = template({
      "word/numbering.xml": numbering,
      ...stylesOf(style("L1", "List Number", numbered(3)) + style("L2", "List Number 2", numbered(4))),
    });
    const blocks = [
      item(true, "x"),
      item(true, "a", 1),
      item(true, "b", 1),
      item(true, "y"),
      item(true, "a", 1),
    ];
    expect(labels(blocks, bytes)).toEqual(["(I)", "(I)", "(II)", "(II)", "(I)"]);
    expect(partText(create(blocks, bytes), "/word/numbering.xml")).toMatch(
      /<w:num w:numId="5">.*<w:num w:numId="6">.*<w:num w:numId="7">/,
    );
  });

  it("use deeper levels of the template's own definition where only the first has a style", () => {
    const levels = [0, 1].map(
      (level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="${level === 0 ? "*" : "+"}"/></w:lvl>`,
    );
    const bytes = template({
      "word/numbering.xml": `<w:numbering ${w}><w:abstractNum w:abstractNumId="0">${levels.join("")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
      ...stylesOf(style("L1", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')),
    });
    const blocks = [item(false, "x"), item(false, "y", 1), item(false, "z", 2)];
    expect(labels(blocks, bytes)).toEqual(["*", "+", "+"]);
    // Numbers would count together, bullets of one level only stand further in.
    expect(mainXml(create(blocks, bytes)).match(/<w:ind w:left="\d+"\/>/g)).toEqual([
      '<w:ind w:left="720"/>',
    ]);
  });

  it("do not take the number of an instance that only a style names", () => {
    const bytes = template({ "word/numbering.xml": null });
    expect(labels([item(true, "x"), item(false, "•"), item(true, "y")], bytes)).toEqual(["1.", "•", "1."]);
  });

  it("refuse a level that Word does not have", () => {
    for (const level of [-1, 9, 0.5, Number.NaN])
      expect(() => create([item(true, "x", level)])).toThrow(BadRequestError);
  });
});

describe("styles", () => {
  const styleIds = (blocks: readonly ContentBlock[], styles: string): (string | undefined)[] =>
    paragraphs(create(blocks, template(stylesOf(styles))))
      .filter(({ story }) => story.kind === "body")
      .map(({ styleId }) => styleId);

  it("are found by built-in name where the ids are in another language", () => {
    const styles = style("berschrift1", "heading 1") + style("Titel", "Title") + style("Zitat", "quote");
    expect(styleIds([paragraph("t", "Title"), heading(1, "h"), paragraph("q", "Quote")], styles)).toEqual([
      "Titel",
      "berschrift1",
      "Zitat",
    ]);
  });

  it("are found by alias", () => {
    expect(styleIds([heading(1, "h")], style("Big", "heading 1,h1"))).toEqual(["Big"]);
    expect(
      styleIds(
        [paragraph("q", "Evidence")],
        style("E", "House Evidence", '<w:aliases w:val="Proof,Evidence"/>'),
      ),
    ).toEqual(["E"]);
  });

  it("are found by outline level when no name fits", () => {
    const styles = style("Kop", "Kop van de afdeling", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>');
    expect(styleIds([heading(2, "h")], styles)).toEqual(["Kop"]);
  });

  it("of a missing heading come from the level above, with the right outline level", () => {
    const bytes = create([heading(3, "deep")], template(stylesOf(style("H1", "heading 1"))));
    expect(mainXml(bytes)).toContain('<w:pStyle w:val="H1"/>');
    expect(mainXml(bytes)).toContain('<w:outlineLvl w:val="2"/>');
  });

  it("are never named when the template has none", async () => {
    const bytes = create(
      everyKind,
      template({
        "word/styles.xml": null,
        "word/numbering.xml": null,
        "word/header1.xml": null,
        "word/header2.xml": null,
        "word/footer1.xml": null,
        "word/footer2.xml": null,
        ...bodyOf(""),
      }),
    );
    expect(danglingStyles(bytes)).toEqual([]);
    expect(mainXml(bytes)).not.toMatch(/<w:(pStyle|rStyle|tblStyle)/);
    expect(await validateOffice(bytes)).toEqual([]);
    const levels = paragraphs(bytes).map(({ headingLevel }) => headingLevel);
    expect(levels.filter((level) => level !== undefined)).toEqual([1, 2, 3, 4]);
  });

  it("never dangle, whichever subset of them a template has", () => {
    const all = [...templateParts.get("word/styles.xml")!.matchAll(/<w:style .*?<\/w:style>/gs)].map(
      ([xml]) => xml,
    );
    fc.assert(
      fc.property(
        fc.subarray(all),
        (kept) => danglingStyles(create(everyKind, template(stylesOf(kept.join(""))))).length === 0,
      ),
      { numRuns: 30 },
    );
  });
});

describe("links", () => {
  const linked = (link: string): Uint8Array =>
    create([{ kind: "paragraph", runs: [{ text: "here", link }] }]);
  const targets = (bytes: Uint8Array): string[] =>
    relationshipsOf(openPackage(bytes), "/word/document.xml")
      .filter(({ isExternal }) => isExternal)
      .map(({ target }) => target);

  it("are relationships, one for each address", () => {
    const runs = ["https://a.example/", "mailto:b@c.example", "https://a.example/"].map((link) => ({
      text: "x",
      link,
    }));
    expect(targets(create([{ kind: "paragraph", runs }]))).toEqual([
      "https://a.example/",
      "mailto:b@c.example",
    ]);
  });

  it("of other kinds become plain text", () => {
    for (const link of [
      "javascript:alert(1)",
      "file:///etc/passwd",
      "\\\\host\\share",
      "ms-word:ofe|u|x",
      "#place",
      "",
      "http://",
    ]) {
      const bytes = linked(link);
      expect(targets(bytes)).toEqual([]);
      expect(mainXml(bytes)).not.toContain("w:hyperlink");
      expect(bodyTexts(bytes)).toEqual(["here"]);
    }
  });

  it("cannot break out of their relationship", async () => {
    const bytes = linked("https://a.example/\"><x y='&amp;\u00e9");
    expect(targets(bytes)).toEqual(["https://a.example/%22%3E%3Cx%20y='&amp;%C3%A9"]);
    expect(await validateOffice(bytes)).toEqual([]);
  });
});

describe("tables", () => {
  it("are as wide as the text, with a header that repeats and rows that stay whole", () => {
    const xml = mainXml(
      create([{ ...table(["a", "b", "c"], ["1", "2", "3"]), widths: [1, 1, 1.5] } as ContentBlock]),
    );
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9356);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(2);
  });

  it("do not touch each other nor end the body", () => {
    const xml = mainXml(create([table(["a"]), table(["b"])]));
    expect(xml).not.toContain("</w:tbl><w:tbl>");
    expect(xml).not.toContain("</w:tbl><w:sectPr");
  });

  it("fall back to borders of their own in a template without table styles", () => {
    const xml = mainXml(create([table(["a"], ["b"])], template(stylesOf(""))));
    expect(xml).toContain("<w:tblBorders>");
    expect(xml).not.toContain("<w:tblStyle");
  });

  it("of a shape that Word does not open are refused", () => {
    const base = table(["a", "b"], ["c", "d"]) as Extract<ContentBlock, { kind: "table" }>;
    expect(() => create([{ ...base, rows: [[run("alone")]] }])).toThrow(/2 columns has a row of 1/);
    expect(() => create([{ ...base, widths: [1, 0] }])).toThrow(BadRequestError);
    expect(() => create([{ ...base, widths: [], header: [], rows: [] }])).toThrow(BadRequestError);
    expect(() => create([table(Array.from({ length: 64 }, () => "x"))])).toThrow(/64 columns/);
  });

  it("take the width of the page, its columns or the cell they stand in", () => {
    const width = (body: string): string | undefined =>
      /<w:tblW w:w="(\d+)" w:type="dxa"\/><w:tblLayout/.exec(
        mainXml(create([table(["a"])], template(bodyOf(body)))),
      )?.[1];
    const page = '<w:pgSz w:w="12000" w:h="15840"/><w:pgMar w:left="1000" w:right="1000"/>';
    expect(width(`<w:sectPr>${page}</w:sectPr>`)).toBe("10000");
    expect(width(`<w:sectPr>${page}<w:cols w:num="2" w:space="500"/></w:sectPr>`)).toBe("4750");
    expect(
      width('<w:sectPr><w:pgSz w:w="21cm" w:h="29.7cm"/><w:pgMar w:left="2cm" w:right="2cm"/></w:sectPr>'),
    ).toBe("9638");
    const cell = `<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="5000" w:type="dxa"/></w:tcPr>${line("{{content}}")}</w:tc></w:tr></w:tbl>`;
    expect(width(`${cell}<w:sectPr>${page}</w:sectPr>`)).toBe("4784");
  });
});

describe("text", () => {
  it("that looks like markup stays text", async () => {
    const hostile = "]]></w:t></w:r></w:p><w:p/>&lt;&amp; <!-- <?x?> <![CDATA[ {{title}}";
    const bytes = create([paragraph(hostile), table([hostile], [hostile])]);
    expect(bodyTexts(bytes).filter((text) => text !== "")).toEqual([hostile, hostile, hostile]);
    expect(await validateOffice(bytes)).toEqual([]);
  });

  it("that XML cannot hold is refused", () => {
    for (const bad of ["a\u0000b", "\u0008", "\u001b[31m", "\ud800", "\udc00x", "\uffff"]) {
      expect(() => create([paragraph(bad)])).toThrow(BadRequestError);
      expect(() => createDocument([], { ...properties, title: bad })).toThrow(BadRequestError);
      expect(() => createDocument([], { ...properties, author: bad })).toThrow(BadRequestError);
    }
    expect(() => create([paragraph("fine\u0007not")])).toThrow(/U\+0007/);
  });

  it("comes back as it went in", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 40 })
      .filter((each) => isXmlText(each) && !each.includes("\r"));
    fc.assert(
      fc.property(text, (each) => {
        expect(bodyTexts(create([paragraph(each)]))).toEqual([each]);
      }),
      { numRuns: 50 },
    );
  });

  it("names its language only when the template is in another", () => {
    const xml = (language: string): string =>
      mainXml(createDocument([paragraph("x")], { ...properties, language }));
    expect(xml("en-GB")).not.toContain("<w:lang");
    expect(xml("de-DE")).toContain('<w:lang w:val="de-DE"/>');
    expect(xml("ja-JP")).toContain('<w:lang w:eastAsia="ja-JP"/>');
    expect(() => xml("not a language")).toThrow(BadRequestError);
  });
});

describe("places in a template", () => {
  const place = (body: string): string[] => bodyTexts(create([paragraph("NEW")], template(bodyOf(body))));

  it("are the whole body when nothing else is marked", () => {
    expect(place(`${line("old")}<w:tbl><w:tr><w:tc>${line("old")}</w:tc></w:tr></w:tbl><w:sectPr/>`)).toEqual(
      ["NEW"],
    );
    expect(
      bodyTexts(
        create(
          [paragraph("NEW")],
          template({ "word/document.xml": `<w:document ${w}><w:body/></w:document>` }),
        ),
      ),
    ).toEqual(["NEW"]);
  });

  it("are a paragraph {{content}}, also cut into runs", () => {
    expect(
      place(
        `${line("before")}<w:p><w:r><w:t>{{con</w:t></w:r><w:r><w:t xml:space="preserve">tent}} </w:t></w:r></w:p>${line("after")}`,
      ),
    ).toEqual(["before", "NEW", "after"]);
  });

  it("are a content control with the tag, freed of placeholder state and data binding", () => {
    const control = `<w:sdt><w:sdtPr><w:tag w:val="tandem-content"/><w:showingPlcHdr/><w:dataBinding w:xpath="/x" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent>${line("click here")}</w:sdtContent></w:sdt>`;
    expect(place(line("before") + control + line("after"))).toEqual(["before", "NEW", "after"]);
    const xml = mainXml(create([paragraph("NEW")], template(bodyOf(control))));
    expect(xml).toContain('<w:tag w:val="tandem-content"/>');
    expect(xml).not.toMatch(/showingPlcHdr|dataBinding/);
  });

  it("are a bookmark, which stays around the new content", () => {
    const bookmarked = (text: string): string =>
      `<w:p><w:bookmarkStart w:id="4" w:name="tandem_content"/><w:r><w:t>${text}</w:t></w:r><w:bookmarkEnd w:id="4"/></w:p>`;
    expect(place(line("before") + bookmarked("here") + line("after"))).toEqual(["before", "NEW", "after"]);
    const bytes = create([paragraph("NEW")], template(bodyOf(bookmarked("here"))));
    expect(mainXml(bytes)).toMatch(/<w:bookmarkStart [^>]*\/><w:p>.*<\/w:p><w:bookmarkEnd w:id="4"\/>/);
    expect(bodyTexts(create([paragraph("AGAIN")], bytes))).toEqual(["AGAIN"]);
  });

  it("are behind the paragraph when a bookmark stands inside other text", () => {
    const inside =
      '<w:p><w:r><w:t>keep me</w:t></w:r><w:bookmarkStart w:id="4" w:name="tandem_content"/><w:bookmarkEnd w:id="4"/></w:p>';
    expect(place(inside + line("after"))).toEqual(["keep me", "NEW", "after"]);
  });

  it("end before a paragraph in which a bookmark only ends", () => {
    const start = '<w:p><w:bookmarkStart w:id="4" w:name="tandem_content"/><w:r><w:t>old</w:t></w:r></w:p>';
    const end = '<w:p><w:bookmarkEnd w:id="4"/><w:r><w:t>keep me</w:t></w:r></w:p>';
    expect(place(start + line("old") + end)).toEqual(["NEW", "keep me"]);
  });

  it("keep a section that ends in them, and half of a bookmark that goes further", () => {
    const section =
      '<w:p><w:pPr><w:sectPr><w:pgSz w:w="15840" w:h="12240"/></w:sectPr></w:pPr><w:bookmarkStart w:id="9" w:name="far"/><w:r><w:t>{{content}}</w:t></w:r></w:p>';
    const xml = mainXml(
      create(
        [paragraph("NEW")],
        template(bodyOf(`${section}<w:p><w:bookmarkEnd w:id="9"/></w:p><w:sectPr/>`)),
      ),
    );
    expect(xml).toContain('<w:p><w:pPr><w:sectPr><w:pgSz w:w="15840" w:h="12240"/></w:sectPr></w:pPr></w:p>');
    expect(xml.match(/w:id="9"/g)).toHaveLength(2);
  });

  it("take the parts with them that only the replaced body used", () => {
    const header = `<w:hdr ${w}>${line("Old header")}</w:hdr>`;
    const section = (id: string): string =>
      `<w:sectPr><w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="default" r:id="${id}"/></w:sectPr>`;
    const bytes = create(
      [paragraph("new")],
      template({
        ...bodyOf(`<w:p><w:pPr>${section("rId7")}</w:pPr></w:p>${line("old")}${section("rId8")}`),
        "word/header1.xml": header,
      }),
    );
    expect(hasPart(openPackage(bytes), "/word/header1.xml")).toBe(false);
    expect(hasPart(openPackage(bytes), "/word/header2.xml")).toBe(true);
    expect(partText(bytes, "/[Content_Types].xml")).not.toContain("header1");
    expect(partText(bytes, "/word/_rels/document.xml.rels")).not.toContain("header1");
  });

  it("give the last section the headers that it had from one before it", () => {
    const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
    const body = `<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:footerReference w:type="default" r:id="rId9"/></w:sectPr></w:pPr></w:p>${line("old")}<w:sectPr><w:footerReference w:type="default" r:id="rId10"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`;
    const xml = mainXml(
      create(
        [paragraph("NEW")],
        template({ "word/document.xml": `<w:document ${w} ${r}><w:body>${body}</w:body></w:document>` }),
      ),
    );
    expect(xml).toContain(
      '<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:footerReference w:type="default" r:id="rId10"/>',
    );
    expect(xml).not.toContain("rId9");
  });
});

describe("placeholders", () => {
  it("are filled in headers and footers", () => {
    const bytes = create([]);
    expect(partText(bytes, "/word/header1.xml")).toContain(">Minutes &amp; more</w:t>");
    expect(partText(bytes, "/word/footer1.xml")).toContain(">17 November 2026</w:t>");
  });

  it("are filled in the kept body, cut into runs and in other letters", () => {
    const body = `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>On {</w:t></w:r><w:r><w:t>{ da</w:t></w:r><w:r><w:t>te }</w:t></w:r><w:r><w:t>}: {{TITLE}}!</w:t></w:r></w:p>${line("{{content}}")}`;
    expect(bodyTexts(create([paragraph("NEW")], template(bodyOf(body))))).toEqual([
      "On 17 November 2026: Minutes & more!",
      "NEW",
    ]);
  });

  it("become nothing without a title, and stay when they mean something else", () => {
    const bytes = template(bodyOf(line("[{{title}}] {{author}}") + line("{{content}}")));
    const { title: _, ...untitled } = properties;
    expect(bodyTexts(createDocument([paragraph("NEW")], untitled, { template: bytes }))).toEqual([
      "[] {{author}}",
      "NEW",
    ]);
  });
});

describe("the package", () => {
  it("is a document, no template, and says who wrote it and when", () => {
    const bytes = createDocument([], { ...properties, author: "Ann <a@b>", subject: "S", language: "en-GB" });
    const opc = openPackage(bytes);
    expect(contentTypeOf(opc, "/word/document.xml")).toMatch(/document\.main\+xml$/);
    const core = partText(bytes, "/docProps/core.xml");
    expect(core).toContain(">Minutes &amp; more</dc:title>");
    expect(core).toContain(">Ann &lt;a@b&gt;</dc:creator>");
    expect(core.match(/>2026-11-17T15:04:05Z</g)).toHaveLength(2);
    expect(core).not.toContain("{{title}}");
  });

  it("gets core properties when the template has none, and loses stale ones", async () => {
    expect(await validateOffice(create([], template({ "docProps/core.xml": null })))).toEqual([]);
    const stale = templateParts
      .get("docProps/core.xml")!
      .replace(
        "</cp:coreProperties>",
        "<cp:revision>7</cp:revision><cp:category>Kept</cp:category></cp:coreProperties>",
      );
    const core = partText(create([], template({ "docProps/core.xml": stale })), "/docProps/core.xml");
    expect(core).toContain("<cp:category>Kept</cp:category>");
    expect(core).not.toContain("cp:revision");
  });

  it("does not go by what was counted in the template", () => {
    const app =
      '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>a.dotx</Template><Pages>9</Pages><TitlesOfParts><x/></TitlesOfParts><Company>Nord</Company></Properties>';
    const bytes = create([paragraph("x")], template({ "docProps/app.xml": app }));
    expect(partText(bytes, "/docProps/app.xml")).toBe(
      app.replace("<Pages>9</Pages><TitlesOfParts><x/></TitlesOfParts>", ""),
    );
  });

  it("opens when the template declares types of parts that it lacks", async () => {
    const stale = templateParts
      .get("[Content_Types].xml")!
      .replace("/word/webSettings.xml", "/word/footnotes.xml")
      .replace(/<Override PartName="\/word\/theme[^>]*>/, "");
    const bytes = template({
      "[Content_Types].xml": stale,
      "_rels/.rels": templateParts.get("_rels/.rels")!.replace(/<Relationship Id="rId2"[^>]*>/, ""),
      "docProps/core.xml": null,
      "word/webSettings.xml": null,
      "word/theme/theme1.xml": null,
    });
    const noted: ContentBlock = { kind: "paragraph", runs: [{ text: "x", note: run("y") }] };
    expect(await validateOffice(create([noted], bytes))).toEqual([]);
  });

  it("stays Strict when the template is", async () => {
    const strict = Object.fromEntries(
      [...templateParts].map(([name, xml]) => [
        name,
        xml
          .replaceAll(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
          )
          .replaceAll(
            /http:\/\/schemas\.openxmlformats\.org\/officeDocument\/2006\/(relationships|math|extended-properties)(?=["/])/g,
            "http://purl.oclc.org/ooxml/officeDocument/$1",
          )
          .replaceAll(
            "http://schemas.openxmlformats.org/drawingml/2006/main",
            "http://purl.oclc.org/ooxml/drawingml/main",
          ),
      ]),
    );
    const bytes = create(everyKind, template({ ...strict, "word/numbering.xml": null }));
    expect(openWord(openPackage(bytes)).isStrict).toBe(true);
    expect(mainXml(bytes)).not.toMatch(/w:tblLook w:val|<w:ind w:left/);
    expect(partText(bytes, "/word/numbering.xml")).toContain('w:start="357"');
    expect(partText(bytes, "/word/_rels/document.xml.rels")).not.toContain("2006/relationships/hyperlink");
  });

  it("works with a template of other prefixes", () => {
    const uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const xml = `<document xmlns="${uri}"><body><p><r><t>{{content}}</t></r></p><p><r><t>kept</t></r></p></body></document>`;
    const numbering = `<n:numbering xmlns:n="${uri}"/>`;
    const bytes = create(
      everyKind,
      template({ "word/document.xml": xml, "word/numbering.xml": numbering, ...stylesOf("") }),
    );
    expect(bodyTexts(bytes)[0]).toBe("Title of the minutes");
    expect(bodyTexts(bytes).at(-1)).toBe("kept");
    expect(paragraphs(bytes).find((each) => textOf(each) === "One")?.numbering).toBe("1.");
  });

  it("keeps a UTF-16 template's encoding", () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?><w:document ${w}><w:body><w:p/></w:body></w:document>`;
    const utf16 = new Uint8Array(Buffer.from(text, "utf16le"));
    const encoder = new TextEncoder();
    const files = new Map([...templateParts].map(([name, xml]) => [name, encoder.encode(xml)]));
    const bytes = create([paragraph("é")], createZip(files.set("word/document.xml", utf16), defaultCodec));
    expect([...readPart(openPackage(bytes), "/word/document.xml").slice(0, 2)]).toEqual([0xff, 0xfe]);
    expect(bodyTexts(bytes)).toEqual(["é"]);
  });

  it("is refused for templates with macros and for other files", () => {
    const types = templateParts.get("[Content_Types].xml")!;
    const macros = types.replace(
      /application\/[\w.-]*template\.main\+xml/,
      "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    );
    expect(() => create([], template({ "[Content_Types].xml": macros }))).toThrow(FileUnsupportedError);
    expect(() => create([], new TextEncoder().encode("%PDF-1.7"))).toThrow(FileUnsupportedError);
  });

  it("is refused without a real date", () => {
    expect(() => createDocument([], { created: new Date(Number.NaN) })).toThrow(BadRequestError);
  });
});
