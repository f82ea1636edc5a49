import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { WordDocument } from "../types.ts";
import { at, p, r, texts, type WordParts, wordDocument, xmlOf } from "../word.fixture.ts";
import { type DiffResult, diffDocuments } from "./diff-documents.ts";

/** Compares, and checks the texts of both ways out beside the check that every comparison makes. */
function compare(
  before: WordDocument,
  after: WordDocument,
): DiffResult & { readonly markup: string[]; readonly xml: string } {
  const result = diffDocuments(before, after, at);
  const document = openFile(result.bytes);
  const settled = (action: "accept" | "reject"): string[] =>
    texts(openFile(settleChanges(document, { action })));
  expect(settled("reject")).toEqual(texts(before));
  if (result.refused.length === 0) expect(settled("accept")).toEqual(texts(after));
  return { ...result, markup: texts(document, "markup"), xml: xmlOf(document) };
}

function bodies(before: string, after: string, parts: WordParts = {}): ReturnType<typeof compare> {
  return compare(wordDocument(before, parts), wordDocument(after, parts));
}

const cell = (...content: string[]): string =>
  `<w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/></w:tcPr>${content.map((each) => (each.startsWith("<") ? each : p(each))).join("")}</w:tc>`;
const row = (...cells: string[]): string => `<w:tr>${cells.map((each) => cell(each)).join("")}</w:tr>`;
const table = (...rows: string[]): string =>
  `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="100"/></w:tblGrid>${rows.join("")}</w:tbl>`;

describe("diffDocuments", () => {
  it("gives the first document's bytes when both show the same", () => {
    const before = wordDocument(p(r("Hel"), r("lo")));
    const result = diffDocuments(before, wordDocument(p("Hello")), at);
    expect(result.isSame).toBe(true);
    expect(result.bytes).toEqual(before.package.archive.bytes);
  });

  it("marks only the words that differ", () => {
    expect(bodies(p("We pay 80 euros."), p("We pay 95 euros.")).markup).toEqual([
      "We pay {--80--}{++95++} euros.",
    ]);
  });

  it("edits an edited paragraph and deletes a deleted one", () => {
    const { markup } = bodies(
      p("The first clause is long.") + p("The second one goes.") + p("The third clause stays."),
      p("The first clause is very long.") + p("The third clause stays."),
    );
    expect(markup).toEqual([
      "The first clause is {++very ++}long.",
      "{--The second one goes.--}",
      "The third clause stays.",
    ]);
  });

  it("inserts paragraphs before, between and after", () => {
    const { markup } = bodies(
      p("One here.") + p("Two here."),
      p("Zero.") + p("One here.") + p("Middle.") + p("Two here.") + p("Three.") + p("Four."),
    );
    expect(markup).toEqual([
      "{++Zero.++}",
      "One here.",
      "{++Middle.++}",
      "Two here.",
      "{++Three.++}",
      "{++Four.++}",
    ]);
  });

  it("gives the last paragraph's properties back when a new last one is refused", () => {
    const style = (id: string, text: string): string =>
      `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr>${r(text)}</w:p>`;
    bodies(style("A", "One here."), style("A", "One here.") + style("B", "Two here."));
    bodies(style("A", "One here.") + style("B", "Two here."), style("A", "One here."));
    bodies(style("A", "One here.") + style("B", "Two here.") + style("C", "Three."), style("D", "One here."));
  });

  it("tracks formatting of runs and paragraphs", () => {
    const { xml, counts } = bodies(
      p("It is bold."),
      `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${r("It is ")}${r("bold", "<w:b/>")}${r(".")}</w:p>`,
    );
    expect(xml).toContain("<w:rPr><w:b/><w:rPrChange");
    expect(xml).toContain('<w:jc w:val="center"/><w:pPrChange');
    expect(counts).toMatchObject({ formattingChanges: 2, insertedCharacters: 0, deletedCharacters: 0 });
  });

  it("aligns the rows of a table and edits in its cells", () => {
    const { markup, xml } = bodies(
      table(row("Item", "Price"), row("Paper", "80"), row("Ink", "12")) + p("End."),
      table(row("Item", "Price"), row("Glue", "3"), row("Paper", "95"), row("Ink", "12")) + p("End."),
    );
    expect(markup).toEqual([
      "Item",
      "Price",
      "{++Glue++}",
      "{++3++}",
      "Paper",
      "{--80--}{++95++}",
      "Ink",
      "12",
      "End.",
    ]);
    expect(xml).toContain("<w:trPr><w:ins ");
  });

  it("deletes a row and a whole table", () => {
    bodies(
      table(row("Item", "Price"), row("Paper", "80"), row("Ink", "12")) + p("End."),
      table(row("Item", "Price"), row("Ink", "12")) + p("End."),
    );
    bodies(p("Begin.") + table(row("Item", "Price")) + p("End."), p("Begin.") + p("End."));
    bodies(p("Begin.") + p("End."), p("Begin.") + table(row("Item", "Price")) + p("End."));
    bodies(p("Begin."), p("Begin.") + table(row("Item", "Price")) + p("End of all."));
    bodies(p("Begin.") + table(row("Item", "Price")) + p("End of all."), p("Begin."));
  });

  it("keeps, deletes and inserts hyperlinks whole", () => {
    const link = (id: string, text: string): string => `<w:hyperlink r:id="${id}">${r(text)}</w:hyperlink>`;
    const before = wordDocument(p("See ", link("rId9", "the page"), " now."), {
      links: { rId9: "http://a.example/" },
    });
    const same = wordDocument(p("See ", link("rId7", "the page"), " today."), {
      links: { rId7: "http://a.example/" },
    });
    const other = wordDocument(p("See ", link("rId7", "the page"), " now."), {
      links: { rId7: "http://b.example/" },
    });
    expect(compare(before, same).markup).toEqual(["See the page {--now--}{++today++}."]);
    const { xml, bytes } = compare(before, other);
    expect(xml.match(/<w:hyperlink/g)).toHaveLength(2);
    expect(
      openFile(bytes)
        .paragraphs[0]!.spans.map((span) => span.link)
        .filter((link) => link !== undefined),
    ).toEqual(["http://a.example/", "http://b.example/"]);
    compare(before, wordDocument(p("See now.")));
    compare(wordDocument(p("See now.")), before);
  });

  it("deletes and inserts fields whole", () => {
    const field = (code: string, result: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const { xml } = bodies(
      p("On ", field("PAGE", "3"), " there."),
      p("On ", field("DATE", "May"), " there."),
    );
    expect(xml).toContain("<w:delInstrText> PAGE </w:delInstrText>");
    bodies(p("On ", field("PAGE", "3"), " there."), p("On there."));
    bodies(p("On there."), p("On ", field("PAGE", "3"), " there."));
    const toc = (a: string, b: string): string =>
      p(
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`,
        a,
      ) +
      p(b) +
      p(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`);
    bodies(toc("One 1", "Two 2") + p("One"), toc("One 1", "Two 3") + p("One"));
    bodies(p("One"), toc("One 1", "Two 3") + p("One"));
    bodies(toc("One 1", "Two 2") + p("One"), p("One"));
  });

  it("compares a table of contents entry by entry, whatever its places are called", () => {
    const field = (code: string, result: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const contents = (first: number, ...entries: string[]): string => {
      const [head, tail] = field("TOC \\h", "|").split("|");
      const lines = entries.map((entry, index) => {
        const [title, page] = entry.split("|");
        const place = `_Toc${first + index}`;
        const inner = `${r(title!)}<w:r><w:tab/></w:r>${field(`PAGEREF ${place}`, r(page!))}`;
        return `<w:p>${index === 0 ? head : ""}<w:hyperlink w:anchor="${place}">${inner}</w:hyperlink></w:p>`;
      });
      return `${lines.join("")}${p(tail!)}${p("Text.")}`;
    };
    const { markup } = bodies(
      contents(100, "Scope|1", "Payment|2", "Liability|3"),
      contents(700, "Scope|1", "Delivery|2", "Payment|3", "Liability|3"),
    );
    expect(markup).toEqual([
      "Scope\t1",
      "{++Delivery\t2++}",
      "Payment\t{--2--}{++3++}",
      "Liability\t3",
      "",
      "Text.",
    ]);
    bodies(contents(1, "Scope|1", "Payment|2"), contents(1, "Term|1"));
    bodies(contents(1, "Scope|1", "Payment|2"), p("Scope") + p("Text."));
  });

  it("knows a row by its first cell, and takes one of other words for another row", () => {
    const { markup } = bodies(
      table(row("Item", "Price"), row("Paper", "80"), row("Total", "92")) + p("End."),
      table(row("Item", "Price"), row("Glue", "3"), row("Ink", "14"), row("Total", "17")) + p("End."),
    );
    expect(markup).toEqual([
      "Item",
      "Price",
      "{--Paper--}",
      "{--80--}",
      "{++Glue++}",
      "{++3++}",
      "{++Ink++}",
      "{++14++}",
      "Total",
      "{--92--}{++17++}",
      "End.",
    ]);
  });

  it("marks content controls among runs and around paragraphs", () => {
    const inline = `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${r("controlled")}</w:sdtContent></w:sdt>`;
    bodies(p("It is ", inline, " text."), p("It is text."));
    bodies(p("It is text."), p("It is ", inline, " text."));
    const block = (...content: string[]): string =>
      `<w:sdt><w:sdtPr><w:alias w:val="y"/></w:sdtPr><w:sdtContent>${content.join("")}</w:sdtContent></w:sdt>`;
    bodies(
      p("A.") + block(p("One here."), p("Two here.")) + p("B."),
      p("A.") + block(p("One here."), p("Two there."), p("Three.")) + p("B."),
    );
    bodies(p("A.") + block(p("One here."), p("Two here.")) + p("B."), p("A.") + p("B."));
    bodies(p("A.") + p("B."), p("A.") + block(p("One here."), p("Two here.")) + p("B."));
  });

  it("keeps bookmarks and comment ranges of the first document", () => {
    const marked = p(
      '<w:bookmarkStart w:id="1" w:name="b"/>',
      "Old words here",
      '<w:bookmarkEnd w:id="1"/>',
      ".",
    );
    const { xml } = bodies(marked, p("New words here."));
    expect(xml).toContain('w:name="b"');
    expect(
      bodies(p("Old."), p('<w:bookmarkStart w:id="1" w:name="b"/>', "Old.", '<w:bookmarkEnd w:id="1"/>'))
        .refused,
    ).toMatchObject([{ code: "bookmark" }]);
  });

  it("takes the final view of pending changes in either document", () => {
    const pending = wordDocument(
      p("We ", `<w:ins w:id="1" w:author="A" w:date="2025-05-05T05:05:05Z">${r("gladly ")}</w:ins>`, "pay."),
    );
    const result = diffDocuments(pending, wordDocument(p("We gladly paid.")), at);
    expect(texts(openFile(result.bytes), "markup")).toEqual(["We gladly {--pay--}{++paid++}."]);
  });

  it("brings styles and lists that the first document lacks", () => {
    const style =
      '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>';
    const base =
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>';
    const before = wordDocument(p("Text here."), { styles: base });
    const after = wordDocument(
      `<w:p><w:pPr><w:pStyle w:val="Quote"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>${r("Text here.")}</w:p>`,
      {
        styles: base + style,
        numbering:
          '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
      },
    );
    const { bytes } = compare(before, after);
    const accepted = openFile(settleChanges(openFile(bytes), { action: "accept" }));
    expect(accepted.paragraphs[0]).toMatchObject({ styleName: "Quote", numbering: "-" });
  });

  it("compares headers and notes, and brings new notes", () => {
    const reference = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
    const note = (id: number, text: string): string => `<w:footnote w:id="${id}">${p(text)}</w:footnote>`;
    const before = wordDocument(p("Text", reference(2), " here."), { footnotes: note(2, "Old note.") });
    const after = wordDocument(p("New", reference(1), " Text", reference(2), " here."), {
      footnotes: note(1, "Fresh.") + note(2, "New note."),
    });
    const result = diffDocuments(before, after, at);
    expect(result.refused).toEqual([]);
    expect(texts(openFile(result.bytes), "markup")).toEqual([
      "{++New++}{++ ++}Text here.",
      "{--Old--}{++New++} note.",
      "{++Fresh.++}",
    ]);
  });

  it("refuses two documents of different conformance", () => {
    const strict = { ...wordDocument(p("A")), isStrict: true } as WordDocument;
    expect(() => diffDocuments(strict, wordDocument(p("A")), at)).toThrow(/Strict/);
  });
});
