import { describe, expect, it } from "vitest";
import { defaultCodec } from "../../opc/codec.ts";
import { openPackage, readPart } from "../../opc/opc-package.ts";
import { createZip } from "../../opc/write-zip.ts";
import { openWord } from "../open-word.ts";
import type { TrackedChange, WordDocument } from "../types.ts";
import { settleChanges } from "./settle-document.ts";
import { trackedChanges } from "./tracked-changes.ts";

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationships = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;

function bytesOf(body: string, header = "<w:p/>", styles = ""): Uint8Array {
  const files = {
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/></Types>`,
    "_rels/.rels": relationships(
      `<Relationship Id="r1" Type="${relation}/officeDocument" Target="word/document.xml"/>`,
    ),
    "word/_rels/document.xml.rels": relationships(
      `<Relationship Id="r1" Type="${relation}/header" Target="header1.xml"/><Relationship Id="r2" Type="${relation}/styles" Target="styles.xml"/>`,
    ),
    "word/document.xml": `<w:document ${w}><w:body>${body}</w:body></w:document>`,
    "word/header1.xml": `<w:hdr ${w}>${header}</w:hdr>`,
    "word/styles.xml": `<w:styles ${w}>${styles}</w:styles>`,
  };
  const encode = new TextEncoder();
  return createZip(
    new Map(Object.entries(files).map(([name, text]) => [name, encode.encode(text)])),
    defaultCodec,
  );
}

const open = (bytes: Uint8Array): WordDocument => openWord(openPackage(bytes));
const list = (body: string): TrackedChange[] => trackedChanges(open(bytesOf(body)));
const brief = (body: string): string[] => list(body).map(({ kind, text }) => `${kind}: ${text}`);

let id = 0;
const tracked = (name: string, content: string, author = "Ann", date = "2026-01-02T03:04:05Z"): string =>
  `<w:${name} w:id="${id++}" w:author="${author}" w:date="${date}">${content}</w:${name}>`;
const run = (text: string, properties = ""): string => `<w:r>${properties}<w:t>${text}</w:t></w:r>`;
const struck = (text: string): string => `<w:r><w:delText>${text}</w:delText></w:r>`;
const paragraph = (content: string, properties = ""): string => `<w:p>${properties}${content}</w:p>`;
const mark = (name: string): string => `<w:pPr><w:rPr>${tracked(name, "")}</w:rPr></w:pPr>`;

describe("trackedChanges", () => {
  it("lists a replacement as a deletion and an insertion, with who, when and where", () => {
    const changes = list(
      paragraph(run("x")) + paragraph(tracked("del", struck("80")) + tracked("ins", run("95"))),
    );
    expect(changes.map(({ number, kind, text, paragraph: at }) => [number, kind, text, at])).toEqual([
      [1, "deletion", "80", "document:1"],
      [2, "insertion", "95", "document:1"],
    ]);
    expect(changes[0]).toMatchObject({
      part: "/word/document.xml",
      revision: { author: "Ann", date: "2026-01-02T03:04:05Z" },
    });
  });

  it("joins neighbouring pieces of one author and time, across markers only", () => {
    const bookmark = '<w:bookmarkStart w:id="900" w:name="b"/><w:bookmarkEnd w:id="900"/>';
    expect(brief(paragraph(tracked("ins", run("a")) + bookmark + tracked("ins", run("b"))))).toEqual([
      "insertion: ab",
    ]);
    expect(brief(paragraph(tracked("ins", run("a")) + run("-") + tracked("ins", run("b"))))).toEqual([
      "insertion: a",
      "insertion: b",
    ]);
    expect(brief(paragraph(tracked("ins", run("a")) + tracked("ins", run("b"), "Bob")))).toHaveLength(2);
  });

  it("shows an inserted paragraph as its text and a pilcrow, and a mark alone as a mark", () => {
    expect(brief(paragraph(tracked("ins", run("new")), mark("ins")) + paragraph(run("x")))).toEqual([
      "insertion: new¶",
    ]);
    expect(brief(paragraph(run("old"), mark("del")) + paragraph(run("x")))).toEqual(["deleted-mark: ¶"]);
  });

  it("counts every paragraph of the part, those in text boxes too", () => {
    const box = `<w:r><w:pict><w:txbxContent>${paragraph(run("in"))}</w:txbxContent></w:pict></w:r>`;
    expect(list(paragraph(box) + paragraph(tracked("ins", run("a"))))[0]?.paragraph).toBe("document:2");
  });

  it("takes the text of a new row into the row", () => {
    const cell = (text: string): string =>
      `<w:tc>${paragraph(tracked("ins", run(text)), mark("ins"))}</w:tc>`;
    const row = `<w:tr><w:trPr>${tracked("ins", "")}</w:trPr>${cell("a")}${cell("b")}</w:tr>`;
    expect(brief(`<w:tbl><w:tblPr/><w:tblGrid/>${row}</w:tbl>`)).toEqual(["inserted-row: a\tb"]);
  });

  it("joins formatting changes of neighbouring runs", () => {
    const bold = (text: string): string =>
      run(text, `<w:rPr><w:b/>${tracked("rPrChange", "<w:rPr/>")}</w:rPr>`);
    expect(brief(paragraph(bold("a") + bold("b")))).toEqual(["run-formatting: ab"]);
  });

  it("leaves text out of an insertion that was deleted again", () => {
    expect(brief(paragraph(tracked("ins", run("a") + tracked("del", struck("b"), "Bob"))))).toEqual([
      "insertion: a",
      "deletion: b",
    ]);
  });

  it("lists headers after the body, and changed styles last", () => {
    const change = (name: string): string => tracked(`${name}Change`, `<w:${name}/>`);
    const styles = `<w:style><w:pPr>${change("pPr")}</w:pPr></w:style>`;
    const bytes = bytesOf(
      paragraph(tracked("ins", run("a"))),
      paragraph(tracked("del", struck("h"))),
      styles,
    );
    const changes = trackedChanges(open(bytes));
    expect(changes.map(({ part }) => part)).toEqual([
      "/word/document.xml",
      "/word/header1.xml",
      "/word/styles.xml",
    ]);
    expect(trackedChanges(open(settleChanges(open(bytes), { action: "accept" })))).toEqual([]);
  });
});

describe("settleChanges", () => {
  const text = (bytes: Uint8Array, part = "/word/document.xml"): string =>
    new TextDecoder().decode(readPart(openPackage(bytes), part));

  it("returns the same bytes when there is nothing to settle", () => {
    const bytes = bytesOf(paragraph(tracked("ins", run("a"))));
    expect(settleChanges(open(bytes), { action: "accept", which: () => false })).toEqual(bytes);
    const clean = bytesOf(paragraph(run("a")));
    expect(settleChanges(open(clean), { action: "reject" })).toEqual(clean);
  });

  it("settles by number and leaves the others pending", () => {
    const bytes = bytesOf(paragraph(tracked("del", struck("a")) + tracked("ins", run("b"))));
    const settled = settleChanges(open(bytes), { action: "accept", which: ({ number }) => number === 1 });
    expect(trackedChanges(open(settled)).map(({ kind }) => kind)).toEqual(["insertion"]);
    expect(text(settled)).not.toContain("delText");
  });

  it("settles by author", () => {
    const bytes = bytesOf(paragraph(tracked("ins", run("a")) + run("-") + tracked("ins", run("b"), "Bob")));
    const settled = settleChanges(open(bytes), {
      action: "reject",
      which: ({ revision }) => revision.author === "Bob",
    });
    expect(trackedChanges(open(settled)).map((change) => change.text)).toEqual(["a"]);
  });

  it("settles both halves of a move together", () => {
    const half = (name: string): string => {
      const range = `w:id="${id++}"`;
      return `<w:${name}RangeStart ${range} w:author="A" w:name="m"/>${tracked(name, run("x"))}<w:${name}RangeEnd ${range}/>`;
    };
    const bytes = bytesOf(paragraph(run("a") + half("moveFrom")) + paragraph(run("b") + half("moveTo")));
    const settled = settleChanges(open(bytes), {
      action: "accept",
      which: ({ kind }) => kind === "moved-to",
    });
    expect(text(settled)).toContain(paragraph(run("a")) + paragraph(run("b") + run("x")));
  });

  it("settles the widths of a table's columns with the cells of the same author", () => {
    const cell = (author: string, name: string): string =>
      `<w:tc><w:tcPr><w:${name} w:id="${id++}" w:author="${author}"/></w:tcPr>${paragraph(run(author))}</w:tc>`;
    const grid = (width: number, change = ""): string =>
      `<w:tblGrid><w:gridCol w:w="${width}"/>${change}</w:tblGrid>`;
    const table = (author: string, change: string): string =>
      `<w:tbl>${grid(100, change)}<w:tr><w:tc>${paragraph("")}</w:tc>${cell(author, "cellIns")}</w:tr></w:tbl>`;
    const change = `<w:tblGridChange w:id="99">${grid(200)}</w:tblGridChange>`;
    const bytes = bytesOf(table("A", change) + table("B", change) + paragraph(""));
    const settled = settleChanges(open(bytes), {
      action: "reject",
      which: ({ revision }) => revision.author === "A",
    });
    const [first, second] = text(settled).split("</w:tbl>");
    expect(first).toContain(grid(200));
    expect(first).not.toContain("Change");
    expect(second).toContain(grid(100, change));
    expect(trackedChanges(open(bytes)).map(({ kind, revision }) => `${kind} ${revision.author}`)).toEqual([
      "table-formatting A",
      "inserted-cell A",
      "table-formatting B",
      "inserted-cell B",
    ]);
  });

  it("takes a change of columns for theirs whose change of the table was written with it", () => {
    const row = (id: number, author: string): string =>
      `<w:tr><w:trPr><w:ins w:id="${id}" w:author="${author}"/></w:trPr><w:tc>${paragraph("")}</w:tc></w:tr>`;
    const change = (id: number): string =>
      `<w:tblGrid><w:tblGridChange w:id="${id}"><w:tblGrid/></w:tblGridChange></w:tblGrid>`;
    const authors = (grid: number): string[] =>
      list(`<w:tbl>${change(grid)}${row(5, "A")}${row(50, "B")}</w:tbl>${paragraph("")}`)
        .filter(({ kind }) => kind === "table-formatting")
        .map(({ revision }) => revision.author);
    expect(authors(4)).toEqual(["A"]);
    expect(authors(49)).toEqual(["B"]);
  });
});
