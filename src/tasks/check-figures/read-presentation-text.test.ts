import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readPresentationText } from "./read-presentation-text.ts";

const xml = (text: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const names = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${office}"`;
const line = (text: string): string => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (text: string, type = ""): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr>${type}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${line(text)}</p:txBody></p:sp>`;
const cell = (text: string): string => `<a:tc><a:txBody><a:bodyPr/>${line(text)}</a:txBody></a:tc>`;

function presentation(slide: string, notes: string): Uint8Array {
  const relationships = (inner: string): Uint8Array =>
    xml(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
    );
  const type = (part: string, kind: string): string =>
    `<Override PartName="/ppt/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.${kind}+xml"/>`;
  return zipSync({
    "[Content_Types].xml": xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type("presentation", "presentation.main")}${type("slides/slide1", "slide")}${type("notesSlides/notesSlide1", "notesSlide")}</Types>`,
    ),
    "_rels/.rels": relationships(
      `<Relationship Id="r1" Type="${office}/officeDocument" Target="ppt/presentation.xml"/>`,
    ),
    "ppt/presentation.xml": xml(
      `<p:presentation ${names}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>`,
    ),
    "ppt/_rels/presentation.xml.rels": relationships(
      `<Relationship Id="r1" Type="${office}/slide" Target="slides/slide1.xml"/>`,
    ),
    "ppt/slides/slide1.xml": xml(`<p:sld ${names}><p:cSld><p:spTree>${slide}</p:spTree></p:cSld></p:sld>`),
    "ppt/slides/_rels/slide1.xml.rels": relationships(
      `<Relationship Id="r1" Type="${office}/notesSlide" Target="../notesSlides/notesSlide1.xml"/>`,
    ),
    "ppt/notesSlides/notesSlide1.xml": xml(
      `<p:notes ${names}><p:cSld><p:spTree>${notes}</p:spTree></p:cSld></p:notes>`,
    ),
  });
}

describe("the texts of slides", () => {
  it("are lines under the title, cells of tables with their headers, and notes", () => {
    const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell("Region")}${cell("Revenue 2025")}</a:tr><a:tr>${cell("North")}${cell("1,200")}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
    const bytes = presentation(
      `${shape("Results", '<p:ph type="title"/>')}${shape("Revenue was 5 €.")}${table}`,
      shape("Say that revenue was 6 €."),
    );
    expect(readPresentationText(bytes)).toEqual([
      { id: "slide 1:1", text: "Results", headings: [] },
      { id: "slide 1:2", text: "Revenue was 5 €.", headings: ["Results"] },
      {
        id: "slide 1:table 1, row 2, column 2",
        text: "1,200",
        headings: ["Results"],
        cell: { before: "Revenue 2025, North = ", after: "", offset: 0 },
      },
      { id: "notes 1:1", text: "Say that revenue was 6 €.", headings: [] },
    ]);
  });

  it("refuses what is no presentation", () => {
    expect(() => readPresentationText(new Uint8Array([0x50, 0x4b, 3, 4]))).toThrow();
  });
});
