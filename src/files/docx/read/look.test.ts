import { describe, expect, it } from "vitest";
import { p, r, wordDocument } from "../word.fixture.ts";
import { lookDifference, looksLike, pickLook } from "./look.ts";
import { paragraphLook } from "./paragraph-look.ts";
import { picturesOf } from "./pictures.ts";
import { rowRevision } from "./row-revision.ts";
import { textLooks } from "./text-looks.ts";

const styles =
  '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>' +
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
  '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="Loud"><w:name w:val="Loud Words"/><w:rPr><w:color w:val="c00000"/></w:rPr></w:style>';
const by = 'w:id="5" w:author="Ann" w:date="2025-05-05T05:05:05Z"';

function looksIn(body: string): ReturnType<typeof textLooks> {
  const document = wordDocument(body, { styles });
  return textLooks(document, document.paragraphs[0]!);
}

describe("textLooks", () => {
  it("gives what people see, whether the run or a style says it", () => {
    const [heading] = looksIn(`<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>${r("Scope")}</w:p>`);
    expect(heading!.look).toMatchObject({ bold: "true", size: "11", underline: "none", style: "" });
    const [direct] = looksIn(p(r("Scope", '<w:b w:val="true"/><w:sz w:val="22"/>')));
    expect(looksLike(direct!.look, { bold: "true", size: "11" })).toBe(true);
    expect(direct!.base).toMatchObject({ bold: "false", size: "11" });
    const [loud] = looksIn(p(r("Scope", '<w:rStyle w:val="Loud"/>')));
    expect(loud!.look).toMatchObject({ style: "loud words", color: "C00000" });
  });

  it("has the offsets of all text, deleted text too, and what a pending change replaces", () => {
    const changed = `<w:rPr><w:i/><w:rPrChange ${by}><w:rPr><w:caps/></w:rPr></w:rPrChange></w:rPr>`;
    const [, , last] = looksIn(
      `<w:p>${r("One ")}<w:del ${by}><w:r><w:delText>two </w:delText></w:r></w:del><w:r>${changed}<w:t>three</w:t></w:r></w:p>`,
    );
    expect(last).toMatchObject({ start: 8, end: 13, pending: { revision: { author: "Ann" } } });
    expect(lookDifference(last!.pending!.look, last!.look)).toEqual({
      before: { italic: "false", caps: "on" },
      after: { italic: "true", caps: "" },
    });
  });

  it("takes shading of the text for the highlighter that it imitates", () => {
    const [shaded] = looksIn(p(r("Scope", '<w:shd w:val="clear" w:fill="FFFF00"/>')));
    const [marked] = looksIn(p(r("Scope", '<w:highlight w:val="yellow"/>')));
    expect(shaded!.look.highlight).toBe(marked!.look.highlight);
  });

  it("survives a run without properties, a damaged change and styles in a circle", () => {
    const circle = styles.replace('w:styleId="H1"><w:name', 'w:styleId="H1"><w:basedOn w:val="H1"/><w:name');
    const document = wordDocument(
      `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:rPr><w:rPrChange w:id="1"/></w:rPr><w:t>x</w:t></w:r></w:p>`,
      { styles: circle },
    );
    expect(textLooks(document, document.paragraphs[0]!)[0]).toMatchObject({
      pending: { revision: { author: "" } },
    });
  });
});

describe("paragraphLook", () => {
  it("joins the paragraph's own properties with those of its styles", () => {
    const document = wordDocument(
      `<w:p><w:pPr><w:pStyle w:val="H1"/><w:spacing w:after="60"/><w:ind w:start="720"/><w:jc w:val="both"/><w:pPrChange ${by}><w:pPr><w:jc w:val="start"/></w:pPr></w:pPrChange></w:pPr>${r("Scope")}</w:p>`,
      { styles },
    );
    const { look, base, pending } = paragraphLook(document, document.paragraphs[0]!);
    expect(look).toMatchObject({
      style: "heading 1",
      alignment: "justify",
      "spacing before": "240",
      "spacing after": "60",
      "indent left": "720",
      "keep with next": "on",
    });
    expect(base).toMatchObject({ "spacing before": "240", "spacing after": "0", alignment: "left" });
    expect(pending).toMatchObject({
      revision: { author: "Ann" },
      look: { style: "normal", alignment: "left" },
    });
  });
});

describe("looksLike", () => {
  it("forgives what programs lose in converting lengths, and nothing else", () => {
    expect(looksLike({ "spacing after": "239" }, { "spacing after": "240" })).toBe(true);
    expect(looksLike({ "spacing after": "200" }, { "spacing after": "240" })).toBe(false);
    expect(looksLike({ size: "10" }, { size: "11" })).toBe(false);
    expect(looksLike({ font: "ARIAL" }, { font: "Arial" })).toBe(true);
    expect(looksLike({}, { caps: "" })).toBe(true);
    expect(pickLook({ bold: "true" }, ["bold", "caps"])).toEqual({ bold: "true", caps: "" });
  });
});

describe("rowRevision", () => {
  it("tells whose row or cell a paragraph is in, but not across a text box", () => {
    const cell = (properties: string): string => `<w:tc>${properties}${p("x")}</w:tc>`;
    const document = wordDocument(
      `<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:ins ${by}/></w:trPr>${cell("")}</w:tr>` +
        `<w:tr>${cell(`<w:tcPr><w:cellDel ${by}/></w:tcPr>`)}${cell("")}</w:tr></w:tbl>${p("after")}`,
    );
    expect(document.paragraphs.map((each) => Object.keys(rowRevision(each)))).toEqual([
      ["inserted"],
      ["deleted"],
      [],
      [],
    ]);
  });
});

describe("picturesOf", () => {
  it("finds a picture with its text for those who don't see it, also where its bytes are missing", () => {
    const drawing =
      '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="Picture 1" descr="A dot"/>' +
      '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId99"/></wp:inline></w:drawing>';
    const document = wordDocument(`<w:p>${r("See ")}<w:ins ${by}><w:r>${drawing}</w:r></w:ins></w:p>`);
    expect(picturesOf(document, document.paragraphs[0]!)).toEqual([
      {
        offset: 4,
        altText: "A dot",
        part: "",
        inserted: { id: "5", author: "Ann", date: "2025-05-05T05:05:05Z" },
      },
    ]);
  });
});
