import { describe, expect, it } from "vitest";
import type { ContentBlock, ContentRun } from "../../../files/docx/create/content.ts";
import { SMALL, sectionOf } from "../sources.fixture.ts";
import type { Draft, DraftBlock, DraftSentence, Figure, FilledTable } from "../types.ts";
import { type ComposeOptions, composeDocument } from "./compose-document.ts";

const figure: Figure = {
  id: "f1",
  name: "Total",
  text: "1,204",
  value: 1204,
  workbook: "b.xlsx",
  sha256: "ab".repeat(32),
  cells: ["S!A1"],
  query: "",
};
const table: FilledTable = {
  id: "t1",
  caption: "Bookings",
  workbook: "b.xlsx",
  sha256: "ab".repeat(32),
  range: "S!A1:B3",
  header: ["Month", "Bookings"],
  rows: [["May", "600"], ["June"]],
  align: ["left", "right"],
};

const quoted = (passage: number, quote: string, text = quote): DraftSentence => ({
  text,
  basis: "source",
  citations: [{ source: "proposal.docx", passage, quote }],
  isVerbatim: text === quote,
});
const plain = (text: string, basis: DraftSentence["basis"] = "source"): DraftSentence => ({
  text,
  basis,
  citations: [],
  isVerbatim: false,
});
const paragraph = (...sentences: DraftSentence[]): DraftBlock => ({ kind: "paragraph", sentences });

function compose(blocks: readonly DraftBlock[], options: Partial<ComposeOptions> = {}, sections = 1) {
  const draft: Draft = {
    outline: { title: "Harbour pilot", language: "en-GB", sections: [] },
    sections: Array.from({ length: sections }, (_, index) => ({
      section: sectionOf(`Part ${index + 1}`, { id: String(index + 1) }),
      blocks: index === 0 ? blocks : [],
      figures: index === 0 ? [figure] : [],
      tables: index === 0 ? [table] : [],
      refused: [],
    })),
    engine: "",
  };
  const workbooks = [{ name: "b.xlsx", sha256: "ab".repeat(32), bytes: new Uint8Array(), tables: [] }];
  return composeDocument(draft, {
    sources: { ...SMALL, workbooks },
    created: new Date("2027-02-01T00:00:00Z"),
    ...options,
  });
}

function runsOf(block: ContentBlock | undefined): readonly ContentRun[] {
  return block !== undefined && "runs" in block ? block.runs : [];
}

const notes = (blocks: readonly ContentBlock[]): string[] =>
  blocks.flatMap((block) =>
    runsOf(block).flatMap(({ note }) => (note === undefined ? [] : note.map(({ text }) => text).join(""))),
  );

describe("composeDocument", () => {
  it("begins with the title and ends with the sources it cites", () => {
    const { blocks, properties } = compose([
      paragraph(quoted(3, "Bookings reach the Harbour Desk by telephone.")),
    ]);
    expect(blocks.map(({ kind }) => kind)).toEqual([
      "paragraph",
      "heading",
      "paragraph",
      "heading",
      "list-item",
      "list-item",
    ]);
    expect(blocks[1]).toMatchObject({
      kind: "heading",
      level: 1,
      bookmark: "tandem_s1",
      runs: [{ text: "Part 1" }],
    });
    expect(runsOf(blocks[4])[0]!.text).toBe("proposal.docx (1 of 16 passages cited)");
    expect(runsOf(blocks[5])[0]!.text).toBe("b.xlsx (SHA-256 begins with abababababab)");
    expect(properties).toMatchObject({ title: "Harbour pilot", language: "en-GB" });
  });

  it("puts one note behind sentences that rest on the same passage", () => {
    const { blocks } = compose([
      paragraph(
        quoted(3, "Bookings reach the Harbour Desk by telephone."),
        quoted(3, "This costs the desk about 30 hours a week."),
        quoted(11, "The pilot costs EUR 18,500 without VAT.", "It costs EUR 18,500."),
      ),
    ]);
    expect(notes(blocks)).toEqual([
      'proposal.docx, "Background": “Bookings reach the Harbour Desk by telephone.” … “This costs the desk about 30 hours a week.”',
      'proposal.docx, "Price": “The pilot costs EUR 18,500 without VAT.”',
    ]);
    expect(
      runsOf(blocks[2])
        .map(({ text }) => text)
        .join(""),
    ).toBe(
      "Bookings reach the Harbour Desk by telephone. This costs the desk about 30 hours a week. It costs EUR 18,500.",
    );
  });

  it("shows sources as comments, or not at all", () => {
    const block = paragraph(quoted(11, "The pilot costs EUR 18,500 without VAT.", "It costs EUR 18,500."));
    const comments = compose([block], { citations: "comments" })
      .blocks.flatMap(runsOf)
      .flatMap(({ comment }) => comment ?? []);
    expect(comments).toEqual(['proposal.docx, "Price": “The pilot costs EUR 18,500 without VAT.”']);
    const none = compose([block], { citations: "none" }).blocks.flatMap(runsOf);
    expect(none.some(({ comment, note }) => comment !== undefined || note !== undefined)).toBe(false);
  });

  it("marks a figure once and refers to it later", () => {
    const { blocks } = compose([paragraph(plain("There were [[f1]]."), plain("Again [[f1]]."))]);
    expect(runsOf(blocks[2])).toEqual([
      { text: "There were " },
      { text: "1,204", bookmark: "tandem_f1" },
      { text: "." },
      { text: " " },
      { text: "Again " },
      { text: "1,204", reference: "tandem_f1" },
      { text: "." },
    ]);
  });

  it("gives a table its caption and points at it from the text", () => {
    const { blocks } = compose([paragraph(plain("Bookings rose.")), { kind: "table", table: "t1" }]);
    expect(runsOf(blocks[2])).toEqual([
      { text: "Bookings rose." },
      { text: " See " },
      { text: "", reference: "tandem_t1" },
      { text: "." },
    ]);
    expect(blocks[3]).toMatchObject({ kind: "caption", label: "table", bookmark: "tandem_t1" });
    expect(blocks[4]).toMatchObject({ kind: "table", align: ["left", "right"] });
    const [, , , , made] = blocks;
    expect(made?.kind === "table" && made.rows[1]).toEqual([[{ text: "June" }], [{ text: "" }]]);
  });

  it("does not point twice at a table that a sentence names", () => {
    const { blocks } = compose([paragraph(plain("[[t1]] shows bookings.")), { kind: "table", table: "t1" }]);
    expect(runsOf(blocks[2])).toEqual([{ text: "", reference: "tandem_t1" }, { text: " shows bookings." }]);
  });

  it("ends a source's heading that leads into points in a colon", () => {
    const item: DraftBlock = { kind: "list-item", ordered: false, sentences: [quoted(9, "The desk.")] };
    const { blocks } = compose([paragraph(quoted(8, "What is not included")), item]);
    const leading = blocks.find((block) => block.kind === "paragraph" && block.style === undefined);
    expect(leading).toMatchObject({ runs: [{ text: "What is not included:", note: [{}] }] });
    const alone = compose([paragraph(quoted(8, "What is not included"))]);
    expect(JSON.stringify(alone.blocks)).not.toContain("included:");
  });

  it("sets rows of a source as a table of its cells, with one note", () => {
    const row = (passage: number, quote: string): DraftSentence => ({
      ...quoted(passage, quote),
      citations: [
        { source: "proposal.docx", passage, quote },
        { source: "proposal.docx", passage: 12, quote: "Position | Days | EUR" },
      ],
    });
    const rows = [row(13, "Booking form | 12 | 11,500"), row(14, "Total without VAT | | 18,500")];
    const { blocks } = compose([{ kind: "rows", sentences: rows }]);
    expect(blocks.find(({ kind }) => kind === "table")).toMatchObject({
      header: [[{ text: "Position" }], [{ text: "Days" }], [{ text: "EUR" }]],
      rows: [
        [[{ text: "Booking form" }], [{ text: "12" }], [{ text: "11,500" }]],
        [[{ text: "Total without VAT" }], [{ text: "" }], [{ text: "18,500", note: [{}] }]],
      ],
      align: ["left", "right", "right"],
    });
  });

  it("lists one level of headings where two take more than a page", () => {
    const long = Array.from({ length: 110 }, () =>
      paragraph(plain("Ten words are in this line to make it long.")),
    );
    expect(compose(long, {}, 40).blocks[1]).toMatchObject({ kind: "contents", levels: 1 });
  });

  it("shows gaps in bold and lists them", () => {
    const { blocks, missing } = compose([paragraph(plain("[to be supplied: the price]", "missing"))]);
    expect(runsOf(blocks[2])).toEqual([{ text: "[to be supplied: the price]", bold: true }]);
    expect(missing).toEqual([{ section: "1", heading: "Part 1", text: "the price" }]);
  });

  it("has a table of contents where the document is long", () => {
    const long = Array.from({ length: 110 }, () =>
      paragraph(plain("Ten words are in this line to make it long.")),
    );
    expect(compose(long, {}, 5).blocks[1]).toEqual({ kind: "contents", title: "Contents", levels: 2 });
    expect(compose(long, {}, 2).blocks[1]!.kind).toBe("heading");
    expect(compose([], { contents: true }).blocks[1]!.kind).toBe("contents");
  });
});
