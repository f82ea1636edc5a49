import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { BadRequestError } from "../../../errors.ts";
import { openPackage } from "../../opc/opc-package.ts";
import { openWord } from "../open-word.ts";
import type { ContentBlock, DocumentProperties } from "./content.ts";
import { createDocument } from "./create-document.ts";
import type { Slots } from "./fill-slots.ts";
import { templateParts } from "./template-package.ts";
import { bodyOf, heading, line, paragraph, partText, template, w } from "./templates.fixture.ts";

const properties: DocumentProperties = {
  title: "Offer & order",
  author: "Ada Quill",
  language: "en-GB",
  created: new Date("2026-11-23T09:00:00Z"),
};
const fill = (bytes: Uint8Array, slots: Slots, blocks: readonly ContentBlock[] = []): Uint8Array =>
  createDocument(blocks, properties, { template: bytes, slots });
const body = (bytes: Uint8Array): string => partText(bytes, "/word/document.xml");
const texts = (bytes: Uint8Array): string[] =>
  openWord(openPackage(bytes))
    .paragraphs.filter(({ story }) => story.kind === "body")
    .map(({ spans }) => spans.map(({ text }) => text).join(""));

const w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
const control = (properties: string, content: string, inner = ""): string =>
  `<w:sdt><w:sdtPr>${properties}${inner}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
const placeholder = '<w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t>Click here</w:t></w:r>';
const inline = (properties: string, inner = ""): string =>
  `<w:p><w:r><w:t xml:space="preserve">To </w:t></w:r>${control(properties, placeholder, inner)}</w:p>`;
const body2 = (xml: string): Record<string, string> => {
  const [name, text] = Object.entries(bodyOf(xml))[0]!;
  return { [name]: text.replace("<w:document ", `<w:document ${w14} `) };
};

describe("slots", () => {
  it("fill controls by tag or title and keep body, lock and tag", async () => {
    const bytes = fill(
      template(
        body2(
          inline(
            '<w:alias w:val="Client"/><w:tag w:val="c1"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>',
            "<w:text/>",
          ) +
            control('<w:tag w:val="Aim"/>', line("Old aim")) +
            line("Kind regards"),
        ),
      ),
      { client: "Nord & Co", AIM: "Fewer pumps" },
    );
    expect(await validateOffice(bytes)).toEqual([]);
    expect(texts(bytes)).toEqual(["To Nord & Co", "Fewer pumps", "Kind regards"]);
    expect(body(bytes)).toContain('<w:lock w:val="sdtLocked"/>');
    expect(body(bytes)).not.toContain("showingPlcHdr");
    expect(body(bytes)).not.toContain("808080");
  });

  it("take blocks where paragraphs stand, and put further blocks behind the kept body", () => {
    const bytes = fill(
      template(body2(control('<w:tag w:val="Aim"/>', line("Old aim")) + line("Kind regards"))),
      { aim: [heading(1, "Aim"), paragraph("Fewer pumps")] },
      [paragraph("Behind")],
    );
    expect(texts(bytes)).toEqual(["Aim", "Fewer pumps", "Kind regards", "Behind"]);
  });

  it("refuse a name that the template lacks, and blocks inside a line", () => {
    const bytes = template(body2(inline('<w:tag w:val="c1"/>', "<w:text/>")));
    expect(() => fill(bytes, { other: "x" })).toThrow(/no content control "other"/);
    expect(() => fill(bytes, { c1: [heading(1, "x")] })).toThrow(BadRequestError);
  });

  it("leave unfilled controls as they are", () => {
    const bytes = template(
      body2(inline('<w:tag w:val="a"/><w:showingPlcHdr/>', "<w:text/>") + inline('<w:tag w:val="b"/>')),
    );
    expect(texts(fill(bytes, { b: "x" }))).toEqual(["To Click here", "To x"]);
    expect(body(fill(bytes, { b: "x" }))).toContain("showingPlcHdr");
  });

  it("let plain text have lines when it gets some", () => {
    const filled = fill(template(body2(inline('<w:tag w:val="a"/>', "<w:text/>"))), { a: "One\nTwo" });
    expect(texts(filled)).toEqual(["To One\nTwo"]);
    expect(body(filled)).toContain('<w:text w:multiLine="1"/>');
  });

  it("choose from lists, tick boxes and write dates in the control's manner", () => {
    const list =
      '<w:dropDownList><w:listItem w:displayText="Open" w:value="o"/><w:listItem w:displayText="Shut" w:value="s"/></w:dropDownList>';
    const box =
      '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>';
    const date = '<w:date><w:dateFormat w:val="d. MMMM yyyy"/><w:lid w:val="de-DE"/></w:date>';
    const bytes = template(
      body2(
        inline('<w:tag w:val="state"/>', list) +
          inline('<w:tag w:val="done"/>', box) +
          inline('<w:tag w:val="day"/>', date),
      ),
    );
    const filled = fill(bytes, { state: "s", done: "yes", day: "2026-12-03" });
    expect(texts(filled)).toEqual(["To Shut", "To ☒", "To 3. Dezember 2026"]);
    expect(body(filled)).toContain('<w14:checked w14:val="1"/>');
    expect(body(filled)).toContain('w:fullDate="2026-12-03T00:00:00Z"');
    expect(() => fill(bytes, { state: "Ajar" })).toThrow(/does not offer/);
    expect(() => fill(bytes, { done: "perhaps" })).toThrow(/neither yes nor no/);
    expect(() => fill(bytes, { day: "Friday" })).toThrow(/holds a date/);
    expect(() => fill(template(body2(inline('<w:tag w:val="p"/>', "<w:picture/>"))), { p: "x" })).toThrow(
      /picture/,
    );
  });
});

describe("bound controls", () => {
  const office = "http://schemas.openxmlformats.org/officeDocument/2006";
  const id = "{11111111-2222-3333-4444-555555555555}";
  const bound = `<w:dataBinding w:prefixMappings="xmlns:n='urn:x'" w:xpath="/n:letter[1]/n:client[1]" w:storeItemID="${id}"/>`;
  const withItem = (xml: string, item = "<letter xmlns='urn:x'><client>?</client></letter>"): Uint8Array =>
    template({
      ...body2(xml),
      "customXml/item1.xml": item,
      "customXml/itemProps1.xml": `<ds:datastoreItem ds:itemID="${id}" xmlns:ds="${office}/customXml"/>`,
      "customXml/_rels/item1.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>`,
      "word/_rels/document.xml.rels": templateParts
        .get("word/_rels/document.xml.rels")!
        .replace(
          "</Relationships>",
          `<Relationship Id="rIdC" Type="${office}/relationships/customXml" Target="../customXml/item1.xml"/></Relationships>`,
        ),
    });

  it("write their data too, and show it wherever it is bound", () => {
    const bytes = fill(
      withItem(inline(`<w:tag w:val="client"/>${bound}`, "<w:text/>") + inline(bound, "<w:text/>")),
      {
        client: "Nord & Co",
      },
    );
    expect(texts(bytes)).toEqual(["To Nord & Co", "To Nord & Co"]);
    expect(partText(bytes, "/customXml/item1.xml")).toBe(
      "<letter xmlns='urn:x'><client>Nord &amp; Co</client></letter>",
    );
    expect(body(bytes).match(/w:dataBinding/g)).toHaveLength(2);
  });

  it("keep 0 and 1 where the data has them", () => {
    const box = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>';
    const item = "<letter xmlns='urn:x'><client>0</client></letter>";
    const bytes = fill(withItem(inline(`<w:tag w:val="ok"/>${bound}`, box), item), { ok: "yes" });
    expect(partText(bytes, "/customXml/item1.xml")).toContain("<client>1</client>");
  });

  it("of the document's properties follow the properties, or set them", () => {
    const core = (name: string): string =>
      `<w:dataBinding w:prefixMappings="xmlns:ns0='http://purl.org/dc/elements/1.1/' xmlns:ns1='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'" w:xpath="/ns1:coreProperties[1]/ns0:${name}[1]" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>`;
    const bytes = template(
      body2(
        inline(core("title"), "<w:text/>") +
          inline(core("creator"), "<w:text/>") +
          inline(`<w:alias w:val="Topic"/>${core("subject")}`, "<w:text/>") +
          line("{{content}}"),
      ),
    );
    const filled = fill(bytes, { topic: "Pumps" }, [paragraph("Offer & order", "Title"), paragraph("Text")]);
    // The title that the template shows is not written twice.
    expect(texts(filled)).toEqual(["To Offer & order", "To Ada Quill", "To Pumps", "Text"]);
    expect(partText(filled, "/docProps/core.xml")).toContain(">Pumps</");
  });
});

describe("fields and titles of the template", () => {
  const field = (code: string, result: string): string =>
    `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${result}</w:t></w:r><w:r><w:t> more</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;

  it("show the new document's properties and date, in body and header", () => {
    const header = `<w:hdr ${w}><w:p><w:fldSimple w:instr=" DOCPROPERTY &quot;Title&quot; \\* Upper "><w:r><w:t>Old</w:t></w:r></w:fldSimple></w:p></w:hdr>`;
    const bytes = fill(
      template({
        ...bodyOf(
          field('DATE \\@ "dddd, d MMMM yyyy"', "1 May") +
            field("AUTHOR", "Bob") +
            field("FILENAME", "x") +
            line("{{content}}"),
        ),
        "word/header1.xml": header,
      }),
      {},
    );
    expect(texts(bytes).slice(0, 3)).toEqual(["Monday, 23 November 2026", "Ada Quill", "x more"]);
    expect(partText(bytes, "/word/header1.xml")).toContain(">OFFER &amp; ORDER<");
  });

  it("fill a title that only stands for one, and leave a real one", () => {
    const titled = (text: string): Uint8Array =>
      template(
        bodyOf(
          `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>${line("{{content}}")}`,
        ),
      );
    const blocks = [paragraph("Offer & order", "Title"), paragraph("Text")];
    expect(texts(fill(titled("[Document title]"), {}, blocks))).toEqual(["Offer & order", "Text"]);
    expect(texts(fill(titled("Quarterly report"), {}, blocks))).toEqual([
      "Quarterly report",
      "Offer & order",
      "Text",
    ]);
  });

  it("have Word make a kept table of contents anew, with its entries there already", async () => {
    const kept = field('TOC \\o "1-2" \\h', "Old entry");
    const bytes = fill(template(bodyOf(kept + line("{{content}}"))), {}, [
      heading(1, "New"),
      heading(3, "Deep"),
    ]);
    expect(await validateOffice(bytes)).toEqual([]);
    expect(body(bytes)).toContain('w:dirty="true"');
    expect(texts(bytes)).toEqual(["New\t", "", "New", "Deep"]);
    const figures = fill(template(bodyOf(field('TOC \\c "Figure"', "Old") + line("{{content}}"))), {}, [
      heading(1, "New"),
    ]);
    expect(texts(figures)).toEqual(["Old more", "New"]);
  });
});
