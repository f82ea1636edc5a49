import { describe, expect, test } from "vitest";
import { openFile, type Paragraph } from "../../files/index.ts";
import { wordFile } from "./document.fixture.ts";
import { definedTermsIn, isRewritable, namesIn } from "./rewritable.ts";

const LONG = "word ".repeat(30);

function paragraph(text: string, more: Partial<Paragraph> = {}): Paragraph {
  return {
    id: "document:0",
    part: "/word/document.xml",
    ordinal: 0,
    story: { kind: "body" },
    isInTextBox: false,
    spans: [{ text, marks: {} }],
    ...more,
  };
}

describe("a rewrite that shortens", () => {
  test("may touch running text, lists and cells of text", () => {
    expect(isRewritable(paragraph(LONG), "shorten")).toBe(true);
    expect(isRewritable(paragraph(LONG, { numbering: "1.", styleName: "List Number" }), "shorten")).toBe(
      true,
    );
    expect(isRewritable(paragraph(LONG, { cell: { table: 0, row: 1, column: 1 } }), "shorten")).toBe(true);
  });

  test.each<[string, string, Partial<Paragraph>]>([
    ["a heading", LONG, { headingLevel: 2 }],
    ["a caption", LONG, { styleName: "Caption" }],
    ["an entry of the table of contents", LONG, { styleName: "toc 1" }],
    ["code", LONG, { styleName: "Source Code" }],
    ["a quotation", LONG, { styleName: "Intense Quote" }],
    ["a header", LONG, { story: { kind: "header" } }],
    ["a footnote", LONG, { story: { kind: "footnote", id: "2" } }],
    ["a text box", LONG, { isInTextBox: true }],
    ["a deleted paragraph", LONG, { markDeleted: { id: "1", author: "A" } }],
    ["a short paragraph", "Too short to be shortened.", {}],
    ["figures", "12,400 8,100 3,050 EUR 45,000 99.5 % ".repeat(6), {}],
    ["text that is deleted", LONG, { spans: [{ text: LONG, marks: {}, deleted: { id: "1", author: "A" } }] }],
  ])("leaves %s", (_, text, more) => {
    expect(isRewritable(paragraph(text, more), "shorten")).toBe(false);
  });
});

test("correcting grammar may touch a heading and a short paragraph", () => {
  expect(isRewritable(paragraph("Their is an eror here.", { headingLevel: 1 }), "grammar")).toBe(true);
});

const DOCUMENT = openFile(
  wordFile(
    "# Delivery Terms",
    'Larkfield (the “Vendor”) delivers the "Licensed Works" to the buyer. Hosting is done by the Vendor. The Buyer pays.',
    "The works of Larkfield are hosted. Hosting of other works is by Larkfield too.",
  ),
);

test("names are words with a capital in mid-sentence that never go without", () => {
  const names = namesIn(DOCUMENT);
  for (const name of ["larkfield", "vendor"]) expect(names).toContain(name);
  for (const word of ["hosting", "buyer", "delivery", "the"]) expect(names).not.toContain(word);
});

test("defined terms are the quoted ones with capitals", () => {
  expect(definedTermsIn(DOCUMENT)).toEqual(["Vendor", "Licensed Works"]);
});
