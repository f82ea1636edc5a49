import { describe, expect, it } from "vitest";
import { buildZip, utf8 } from "../../../test/build-zip.ts";
import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import {
  contentTypeOf,
  hasPart,
  isRelationshipType,
  type OpcPackage,
  openPackage,
  readPart,
  relationshipsOf,
  relationshipsPart,
  resolveTarget,
} from "./opc-package.ts";
import { savePackage } from "./save-package.ts";

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="XML" ContentType="application/xml"/>' +
  '<Override PartName="/Word/Document.xml" ContentType="main"/></Types>';
const relationships =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  '<Relationship Id="r1" Type="http://x/header" Target="header1.xml"/>' +
  '<Relationship Id="r2" Type="http://x/hyperlink" Target="http://example.com/../a" TargetMode="External"/></Relationships>';

const zip = (files: Record<string, string>): Uint8Array =>
  buildZip(Object.entries(files).map(([name, text]) => ({ name, data: utf8(text) })));
const bytes = zip({
  "[Content_Types].xml": types,
  "word/document.xml": "<a/>",
  "word/_rels/document.xml.rels": relationships,
});
const open = (): OpcPackage => openPackage(bytes);
const text = (part: Uint8Array): string => new TextDecoder().decode(part);

describe("openPackage", () => {
  it("finds parts and their types without regard to case", () => {
    const opc = open();
    expect(hasPart(opc, "/WORD/document.XML")).toBe(true);
    expect(text(readPart(opc, "/word/document.xml"))).toBe("<a/>");
    expect(contentTypeOf(opc, "/word/document.xml")).toBe("main");
    expect(contentTypeOf(opc, "/other.xml")).toBe("application/xml");
    expect(contentTypeOf(opc, "/other.png")).toBeUndefined();
    expect(() => readPart(opc, "/word/none.xml")).toThrow(FileDamagedError);
  });

  it("reads relationships of a part", () => {
    const found = relationshipsOf(open(), "/word/document.xml");
    expect(found.map(({ target, isExternal }) => [target, isExternal])).toEqual([
      ["/word/header1.xml", false],
      ["http://example.com/../a", true],
    ]);
    expect(isRelationshipType(found[0]!, "header")).toBe(true);
    expect(isRelationshipType(found[0]!, "eader")).toBe(false);
    expect(relationshipsOf(open(), "/word/none.xml")).toEqual([]);
    expect(relationshipsPart("/")).toBe("/_rels/.rels");
  });

  it.each([
    ["nothing", new Uint8Array(), FileDamagedError],
    [
      "a password-protected or old binary file",
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1),
      FileUnsupportedError,
    ],
    ["a PDF", utf8("%PDF-1.7"), FileUnsupportedError],
    ["an RTF", utf8("{\\rtf1}"), FileUnsupportedError],
    ["some other text", utf8("hello"), FileDamagedError],
    ["a zip without content types", zip({ a: "b" }), FileUnsupportedError],
    ["content types that are no XML", zip({ "[Content_Types].xml": "{}" }), FileDamagedError],
    [
      "content types with entities",
      zip({ "[Content_Types].xml": `<!DOCTYPE a [<!ENTITY b "c">]>${types}` }),
      FileDamagedError,
    ],
  ])("refuses %s", (_, given, error) => {
    expect(() => openPackage(given)).toThrow(error);
  });
});

describe("resolveTarget", () => {
  it.each([
    ["/word/document.xml", "media/a.png", "/word/media/a.png"],
    ["/word/document.xml", "../docProps/core.xml", "/docProps/core.xml"],
    ["/word/document.xml", "../../../etc/passwd", "/etc/passwd"],
    ["/word/document.xml", "/word/a%20b.xml", "/word/a b.xml"],
    ["/word/document.xml", "a%zz.xml", "/word/a%zz.xml"],
    ["/word/document.xml", ".\\media\\a.png#x", "/word/media/a.png"],
    ["/", "word/document.xml", "/word/document.xml"],
  ])("from %s, %s is %s", (source, target, expected) => {
    expect(resolveTarget(source, target)).toBe(expected);
  });
});

describe("savePackage", () => {
  it("replaces and adds parts, and does not touch the input", () => {
    const input = bytes.slice();
    const saved = savePackage(
      openPackage(input),
      new Map([["/Word/document.xml", utf8("<b/>")]]),
      new Map([["/new.xml", utf8("<n/>")]]),
    );
    const opc = openPackage(saved);
    expect([text(readPart(opc, "/word/document.xml")), text(readPart(opc, "/new.xml"))]).toEqual([
      "<b/>",
      "<n/>",
    ]);
    expect(input).toEqual(bytes);
  });

  it("refuses to replace a part that is not there", () => {
    expect(() => savePackage(open(), new Map([["/none.xml", utf8("")]]))).toThrow(FileDamagedError);
  });
});
