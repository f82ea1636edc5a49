import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { at, p, r, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { type DiffResult, diffDocuments } from "./diff-documents.ts";

type Compared = DiffResult & { readonly markup: string[]; readonly xml: string };

/** Compares both ways: what is split one way is joined the other. */
function bothWays(before: string, after: string): { readonly there: Compared; readonly back: Compared } {
  return { there: bodies(before, after), back: bodies(after, before) };
}

function bodies(before: string, after: string): Compared {
  const [old, fresh] = [wordDocument(before), wordDocument(after)];
  const result = diffDocuments(old, fresh, at);
  const document = openFile(result.bytes);
  const settled = (action: "accept" | "reject"): string[] =>
    texts(openFile(settleChanges(document, { action })));
  expect(settled("reject")).toEqual(texts(old));
  expect(result.refused).toEqual([]);
  expect(settled("accept")).toEqual(texts(fresh));
  const markup = document.paragraphs.map((paragraph, index) => {
    const mark = paragraph.markInserted ? "{++¶++}" : paragraph.markDeleted ? "{--¶--}" : "";
    return texts(document, "markup")[index]! + mark;
  });
  return { ...result, markup, xml: xmlOf(document) };
}

const first = "The seller delivers the goods within thirty days.";
const second = "The buyer pays the price on delivery.";
const styled = (style: string, ...content: string[]): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${content.map((each) => (each.startsWith("<") ? each : r(each))).join("")}</w:p>`;

describe("comparing paragraphs that were split or joined", () => {
  it("shows nothing but the mark and the space", () => {
    const { there, back } = bothWays(
      p(`${first} ${second}`) + p("The end."),
      p(first) + p(second) + p("The end."),
    );
    expect(there.markup).toEqual([`${first}{-- --}{++¶++}`, second, "The end."]);
    expect(back.markup).toEqual([`${first}{++ ++}{--¶--}`, second, "The end."]);
  });

  it("allows small edits in the pieces", () => {
    const { there } = bothWays(
      p(`${first} ${second}`) + p("The end."),
      p(first.replace("thirty", "ten")) + p(second.replace("price", "full price")) + p("The end."),
    );
    expect(there.markup).toEqual([
      "The seller delivers the goods within {--thirty--}{++ten++} days.{-- --}{++¶++}",
      "The buyer pays the {++full ++}price on delivery.",
      "The end.",
    ]);
  });

  it("cuts one paragraph into three, with a blank line", () => {
    const third = "Notice is given in writing.";
    const { there } = bothWays(
      p(`${first} ${second} ${third}`) + p("The end."),
      p(first) + p(second) + p("") + p(third) + p("The end."),
    );
    expect(there.markup).toEqual([
      `${first}{-- --}{++¶++}`,
      `${second}{-- --}{++¶++}`,
      "{++¶++}",
      third,
      "The end.",
    ]);
  });

  it("gives each piece its own properties and takes them back", () => {
    const { there } = bothWays(
      styled("A", `${first} ${second}`) + p("The end."),
      styled("B", first) + styled("C", second) + p("The end."),
    );
    expect(there.xml.match(/<w:pPrChange /g)).toHaveLength(1);
  });

  it("splits and joins the last paragraph of a body and of a cell", () => {
    bothWays(p("Start here.") + p(`${first} ${second}`), p("Start here.") + p(first) + p(second));
    bothWays(p(`${first} ${second}`), p(first) + p(second));
    const cell = (...content: string[]): string =>
      `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>${content.join("")}</w:tc></w:tr></w:tbl>${p("End.")}`;
    const { there } = bothWays(cell(p(`${first} ${second}`)), cell(p(first), p(second)));
    expect(there.counts).toMatchObject({ insertedCharacters: 0, deletedCharacters: 1 });
  });

  it("splits where other paragraphs come and go at the end", () => {
    const other = "Each party keeps a copy of this agreement.";
    bothWays(p(`${first} ${second}`), p(first) + p(second) + p(other));
    bothWays(p(`${first} ${second}`) + p(other), p(first) + p(second));
    bothWays(p(`${first} ${second}`) + p("Other words entirely."), p(first) + p(second) + p(other));
  });

  it("keeps formatting, links and comment ranges across the new mark", () => {
    const start = '<w:bookmarkStart w:id="7" w:name="b"/>';
    const end = '<w:bookmarkEnd w:id="7"/>';
    bothWays(
      p(r("The seller delivers "), r("the goods", "<w:b/>"), r(". "), start, r(second), end) + p("The end."),
      p(r("The seller delivers "), r("the goods", "<w:b/>"), r(".")) +
        p(start, r(second, "<w:i/>"), end) +
        p("The end."),
    );
    const link = `<w:hyperlink w:anchor="x">${r("the list of all goods")}</w:hyperlink>`;
    bothWays(
      p(r("The seller delivers "), link, r(` today. ${second}`)) + p("The end."),
      p(r("The seller delivers "), link, r(" today.")) + p(second) + p("The end."),
    );
  });

  it("takes a paragraph with a few of the words for an inserted one", () => {
    const { there } = bothWays(
      p(first) + p("The end."),
      p(first) + p("The seller is a company.") + p("The end."),
    );
    expect(there.markup).toEqual([first, "{++The seller is a company.++}{++¶++}", "The end."]);
  });
});
