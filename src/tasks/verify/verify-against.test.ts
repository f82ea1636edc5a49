import { describe, expect, it } from "vitest";
import { p, r, wordFile } from "../../files/docx/word.fixture.ts";
import { findQuote, openFile, planChanges, savePackage, wholeParagraph } from "../../files/index.ts";
import { defaultCodec } from "../../files/opc/codec.ts";
import { readPart } from "../../files/opc/opc-package.ts";
import { createZip } from "../../files/opc/write-zip.ts";
import type { Certificate } from "./certificate.ts";
import { type VerifyOptions, verifyAgainst } from "./verify-against.ts";

const options: VerifyOptions = { date: new Date("2026-01-02T03:04:05Z"), version: "1.2.3" };
const styles =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>';
const body = `<w:p><w:pPr><w:jc w:val="left"/></w:pPr>${r("Untouched here.")}</w:p>${p("We pay 80 euros.")}${p("The end.")}`;
const original = wordFile(body, { styles, header: p("Head") });

/** The original with tracked changes, a comment and an answer of the state. */
function issued(author = "Tandem"): Uint8Array {
  const document = openFile(original);
  return planChanges(
    document,
    [
      { kind: "replace", at: findQuote(document, "80"), text: "95", comment: "As agreed." },
      { kind: "insert-after", at: wholeParagraph(document.paragraphs[1]!), text: "And more." },
    ],
    { author, date: options.date },
  ).save().bytes;
}

/** A file with one part's text replaced. */
function tampered(bytes: Uint8Array, part: string, edit: (text: string) => string): Uint8Array {
  const { package: opc } = openFile(bytes);
  const text = edit(new TextDecoder().decode(readPart(opc, part)));
  return savePackage(opc, new Map([[part, new TextEncoder().encode(text)]]));
}

function direct(certificate: Certificate): string[] {
  return certificate.places
    .filter(({ kind }) => kind === "direct")
    .map(({ part, what }) => `${part}: ${what}`);
}

async function verify(edited: Uint8Array, more: Partial<VerifyOptions> = {}): Promise<Certificate> {
  return verifyAgainst(original, edited, { ...options, ...more });
}

describe("verifyAgainst", () => {
  it("certifies an untouched copy", async () => {
    const certificate = await verify(original.slice());
    expect(certificate).toMatchObject({
      isRefusable: true,
      places: [],
      rejected: { isSameText: true, isSameXml: true },
    });
    expect(certificate.original.sha256).toBe(certificate.edited.sha256);
    expect(certificate.parts.every(({ state }) => state === "same")).toBe(true);
  });

  it("certifies tracked changes and comments, and says where they are", async () => {
    const certificate = await verify(issued());
    expect(direct(certificate)).toEqual([]);
    expect(certificate).toMatchObject({
      schemaVersion: 1,
      tool: { name: "tandem", version: "1.2.3" },
      date: "2026-01-02T03:04:05.000Z",
      isRefusable: true,
      rejected: { isSameText: true, isSameXml: true },
    });
    expect(certificate.places).toContainEqual({
      part: "/word/document.xml",
      kind: "tracked",
      what: "deletion",
      paragraph: "document:1",
      author: "Tandem",
      text: "80",
    });
    expect(certificate.places).toContainEqual(
      expect.objectContaining({ kind: "comment", what: "comment added", text: "As agreed." }),
    );
    expect(certificate.parts.find(({ name }) => name === "/word/header1.xml")?.state).toBe("same");
  });

  it("takes only one author's changes when asked", async () => {
    expect((await verify(issued("Ann"), { author: "Ann" })).isRefusable).toBe(true);
    const certificate = await verify(issued("Bo"), { author: "Ann" });
    expect(certificate.isRefusable).toBe(false);
    expect(direct(certificate)).toContain("/word/document.xml: deletion by another author");
    expect(direct(certificate).some((each) => each.endsWith("comment by another author"))).toBe(true);
  });

  it("fails for one changed byte of another part", async () => {
    const certificate = await verify(
      tampered(issued(), "/word/styles.xml", (text) => text.replace("Normal", "Mormal")),
    );
    expect(certificate.isRefusable).toBe(false);
    expect(direct(certificate)).toEqual(["/word/styles.xml: w:style Normal changed or removed"]);
  });

  it("fails for a changed value in an untouched paragraph", async () => {
    const certificate = await verify(
      tampered(issued(), "/word/document.xml", (text) => text.replace('w:val="left"', 'w:val="right"')),
    );
    expect(certificate).toMatchObject({
      isRefusable: false,
      rejected: { isSameText: true, isSameXml: false },
    });
    expect(direct(certificate)).toEqual(["/word/document.xml: formatting or content of paragraph 1 changed"]);
  });

  it("fails for text that was changed without a trace, and says where", async () => {
    const certificate = await verify(
      tampered(issued(), "/word/document.xml", (text) => text.replace("The end.", "No end.")),
    );
    expect(certificate).toMatchObject({
      isRefusable: false,
      rejected: { isSameText: false, isSameXml: false },
    });
    expect(direct(certificate)).toEqual(["/word/document.xml: text of paragraph 3 changed"]);
  });

  it("fails for paragraphs added, removed or moved without a trace", async () => {
    const added = await verify(
      tampered(original, "/word/document.xml", (text) =>
        text.replace("<w:sectPr/>", `${p("New.")}<w:sectPr/>`),
      ),
    );
    expect(direct(added)).toEqual(["/word/document.xml: paragraph 4 added"]);
    const removed = await verify(
      tampered(original, "/word/document.xml", (text) => text.replace(p("The end."), "")),
    );
    expect(direct(removed)).toEqual(["/word/document.xml: paragraph 3 removed"]);
    const section = await verify(
      tampered(original, "/word/document.xml", (text) =>
        text.replace("<w:sectPr/>", '<w:sectPr><w:pgSz w:w="1"/></w:sectPr>'),
      ),
    );
    expect(direct(section)).toEqual([
      "/word/document.xml: a table, section or other property between paragraphs changed",
    ]);
  });

  it("fails for an author's change that poses as an old one", async () => {
    const before = wordFile(
      p(`<w:ins w:id="1" w:author="Ann" w:date="2025-05-05T05:05:05Z">${r("Old")}</w:ins>`, " text."),
    );
    const after = tampered(before, "/word/document.xml", (text) => text.replace(">Old<", ">Sly<"));
    expect((await verifyAgainst(before, before, options)).isRefusable).toBe(true);
    expect((await verifyAgainst(before, after, options)).isRefusable).toBe(false);
  });

  it("fails for removed and for strange new parts, and for parts in another order", async () => {
    const { package: opc } = openFile(issued());
    const files = (names: readonly string[]): Uint8Array =>
      createZip(new Map(names.map((name) => [name, readPart(opc, `/${name}`)])), defaultCodec);
    const names = opc.archive.entries.map(({ name }) => name);
    expect((await verify(files(names))).isRefusable).toBe(true);
    expect(direct(await verify(files(names.filter((name) => name !== "word/styles.xml"))))).toContain(
      "/word/styles.xml: part removed",
    );
    expect(
      direct(await verify(files([...names].reverse()))).some((each) =>
        each.endsWith("another order in the file"),
      ),
    ).toBe(true);
    const more = savePackage(opc, new Map(), new Map([["/word/vbaProject.bin", new Uint8Array([1])]]));
    expect(direct(await verify(more))).toEqual(["/word/vbaProject.bin: part added"]);
  });

  it("fails for a relationship that would run or load something", async () => {
    const certificate = await verify(
      tampered(issued(), "/word/_rels/document.xml.rels", (text) =>
        text.replace(
          "</Relationships>",
          '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://a.example/t.dotm" TargetMode="External"/></Relationships>',
        ),
      ),
    );
    expect(direct(certificate)).toEqual([
      "/word/_rels/document.xml.rels: pr:Relationship http://a.example/t.dotm added",
    ]);
  });

  it("fails for a changed or removed comment of the original", async () => {
    const commented = issued();
    const edited = tampered(commented, "/word/comments.xml", (text) => text.replace("As agreed.", "As if."));
    const certificate = await verifyAgainst(commented, edited, options);
    expect(certificate.isRefusable).toBe(false);
    expect(direct(certificate).some((each) => each.endsWith("comment changed"))).toBe(true);
  });
});
