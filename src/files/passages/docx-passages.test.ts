import { describe, expect, it } from "vitest";
import { p, r, revision, type WordParts, wordFile } from "../docx/word.fixture.ts";
import type { SourceText } from "./passage.ts";
import { readPassages } from "./read-passages.ts";

const read = (body: string, parts?: WordParts): Promise<SourceText> =>
  readPassages(wordFile(body, parts), { name: "folder/brief.docx" });

const shown = ({ passages }: SourceText): string[] =>
  passages.map(({ kind, level, text }) => `${kind}${level ?? ""}: ${text}`);

const style = (id: string, name: string, properties = ""): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr>${properties}</w:pPr></w:style>`;
const styles = [
  style("H1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>'),
  style("H2", "heading 2", '<w:outlineLvl w:val="1"/>'),
  style("Title", "Title"),
  style("Caption", "caption"),
  style("TOC1", "toc 1"),
].join("");
const numbering =
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>' +
  '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>' +
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>';
const styled = (id: string, ...content: string[]): string =>
  `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr>${content.map((each) => (each.startsWith("<") ? each : r(each))).join("")}</w:p>`;
const item = (text: string): string =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>${r(text)}</w:p>`;
const table = (...rows: string[]): string => `<w:tbl>${rows.join("")}</w:tbl>`;
const row = (properties: string, ...cells: string[]): string =>
  `<w:tr>${properties && `<w:trPr>${properties}</w:trPr>`}${cells.map((cell) => `<w:tc>${cell.startsWith("<") ? cell : p(cell)}</w:tc>`).join("")}</w:tr>`;
const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;

it("reads headings with their numbers, lists, captions and the title, each under its headings", async () => {
  const source = await read(
    styled("Title", "The brief") +
      styled("H1", "Scope") +
      p("in  scope\u00a0now") +
      styled("H2", "More") +
      item("first") +
      styled("Caption", "Figure 1: a line") +
      styled("H1", "Costs"),
    { styles, numbering },
  );
  expect(source).toMatchObject({ name: "brief.docx", format: "docx", title: "The brief", warnings: [] });
  expect(
    source.passages.map(({ number, kind, level, text, headings }) => [number, kind, level, text, headings]),
  ).toEqual([
    [1, "heading", 1, "The brief", []],
    [2, "heading", 1, "1 Scope", []],
    [3, "paragraph", undefined, "in scope now", ["1 Scope"]],
    [4, "heading", 2, "More", ["1 Scope"]],
    [5, "list-item", undefined, "first", ["1 Scope", "More"]],
    [6, "caption", undefined, "Figure 1: a line", ["1 Scope", "More"]],
    [7, "heading", 1, "2 Costs", []],
  ]);
});

it("takes short bold lines for headings when the document has no styles", async () => {
  const source = await read(
    `<w:p>${r("Costs", "<w:b/>")}</w:p>${p("We pay.")}<w:p>${r("Pay now!", "<w:b/>")}</w:p>`,
  );
  expect(shown(source)).toEqual(["heading1: Costs", "paragraph: We pay.", "paragraph: Pay now!"]);
});

it("reads the final view: insertions in, deletions, hidden text and deleted rows out, paragraphs joined", async () => {
  const source = await read(
    p(
      "We ",
      `<w:ins w:id="1" ${revision}>${r("now ")}</w:ins>`,
      `<w:del w:id="2" ${revision}><w:r><w:delText>never </w:delText></w:r></w:del>`,
      "pay 10",
      r("6", '<w:vertAlign w:val="superscript"/>'),
      ".",
    ) +
      `<w:p>${r("seen ")}${r("secret", "<w:vanish/>")}${r("again")}</w:p>` +
      `<w:p><w:pPr><w:rPr><w:del w:id="3" ${revision}/></w:rPr></w:pPr>${r("One ")}</w:p>${p("whole.")}` +
      table(row("", "a", "b"), row(`<w:del w:id="4" ${revision}/>`, "gone", "too")),
  );
  expect(shown(source)).toEqual([
    "paragraph: We now pay 10⁶.",
    "paragraph: seen again",
    "paragraph: One whole.",
    "row: a | b",
  ]);
});

describe("tables", () => {
  it("are rows of cells that know their header", async () => {
    const source = await read(
      table(row("", "Item", "Cost"), row("", "Hosting", "12"), row("", "", "15")) +
        p("between") +
        table(row("", "7", "8"), row("<w:tblHeader/>", "Year", "Cost"), row("", "2025", p("1") + p("2"))),
    );
    expect(source.passages.map(({ text, header }) => [text, header])).toEqual([
      ["Item | Cost", 1],
      ["Hosting | 12", 1],
      ["| 15", 1],
      ["between", undefined],
      ["7 | 8", undefined],
      ["Year | Cost", 6],
      ["2025 | 1 2", 6],
    ]);
  });

  it("that lay out a page give their paragraphs", async () => {
    const source = await read(
      table(row("", styled("H2", "Costs") + p("We pay."), "beside"), row("", p("alone") + item("an item"))),
      { styles, numbering },
    );
    expect(shown(source)).toEqual([
      "heading2: Costs",
      "paragraph: We pay.",
      "paragraph: beside",
      "paragraph: alone",
      "list-item: an item",
    ]);
  });

  it("inside tables are rows of their own", async () => {
    const inner = table(row("", "x", "y"), row("", "1", "2"));
    const source = await read(table(row("", "left", p("before") + inner + p("after"))));
    expect(shown(source)).toEqual(["row: left | before after", "row: x | y", "row: 1 | 2"]);
  });
});

it("puts a footnote behind the paragraph that refers to it, once", async () => {
  const reference = '<w:r><w:footnoteReference w:id="2"/></w:r>';
  const source = await read(p("A claim", reference, ".") + p("Again", reference) + p("end"), {
    footnotes:
      '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' +
      `<w:footnote w:id="2">${p("Its proof.")}</w:footnote><w:footnote w:id="3">${p("Nobody refers to this.")}</w:footnote>`,
  });
  // The fixture relates the part; a note without a reference is not printed by Word either.
  expect(shown(source)).toEqual([
    "paragraph: A claim.",
    "note: Its proof.",
    "paragraph: Again",
    "paragraph: end",
  ]);
});

it("leaves out headers, comments and tables of contents", async () => {
  const source = await read(
    p("A brief") +
      styled("H2", "By us") +
      styled("H2", "Contents") +
      `<w:p>${field("begin")}<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>${field("separate")}${r("1 Scope 2")}</w:p>` +
      p("2 Costs 3") +
      `<w:p>${field("end")}</w:p>` +
      styled("TOC1", "3 Risks 4") +
      `<w:p>${r("Page ")}${field("begin")}<w:r><w:instrText>PAGE</w:instrText></w:r>${field("separate")}${r("7")}${field("end")}</w:p>`,
    {
      styles,
      header: p("running header"),
      comments: `<w:comment w:id="1" w:author="A">${p("a remark")}</w:comment>`,
    },
  );
  expect(shown(source)).toEqual(["paragraph: A brief", "heading2: By us", "paragraph: Page 7"]);
});

it("reads a text box once, though Word stores it twice", async () => {
  const box = (content: string): string => `<w:txbxContent>${content}</w:txbxContent>`;
  const source = await read(
    p(
      "anchor",
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box(p("in the box"))}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box(p("in the box"))}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    ) + p("after"),
  );
  expect(shown(source)).toEqual(["paragraph: anchor", "paragraph: in the box", "paragraph: after"]);
});

it("reads a call's transcript in a Word file as one, and a form with labels as text", async () => {
  const call = await read(
    [
      "Ann Lee   0:03",
      "Good morning to all.",
      "Bo Ek   0:09",
      "Morning, shall we start?",
      "Ann Lee   0:15",
      "Yes.",
    ]
      .map((text) => p(text))
      .join(""),
  );
  expect(call.format).toBe("transcript");
  expect(call.passages.map(({ place, text }) => [place.time, place.speaker, text])).toEqual([
    [3, "Ann Lee", "Good morning to all."],
    [9, "Bo Ek", "Morning, shall we start?"],
    [15, "Ann Lee", "Yes."],
  ]);
  const form = await read(
    ["To: somebody", "Fax: 12", "Company: ours", "Fax: 14"].map((text) => p(text)).join(""),
  );
  expect(form.format).toBe("docx");
});

it("says when there is nothing to read, and throws for a damaged file", async () => {
  expect((await read(p(""))).warnings).toEqual(["no text was found in it"]);
  const bytes = wordFile(p("words"));
  await expect(readPassages(bytes.slice(0, bytes.length / 2), { name: "a.docx" })).rejects.toMatchObject({
    code: "file-damaged",
  });
});
