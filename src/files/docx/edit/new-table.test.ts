import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { WordDocument } from "../types.ts";
import { expectEdit, p, planQuoted, type WordParts, wordDocument, xmlOf } from "../word.fixture.ts";
import { table, tc } from "./tables.fixture.ts";

type Rows = readonly (readonly string[])[];
const figures: Rows = [
  ["Item", "Cost"],
  ["Rent", "1,200.50 €"],
  ["Heat", "(80)"],
];

const style = (id: string, name: string, content = ""): string =>
  `<w:style w:type="table" w:styleId="${id}"><w:name w:val="${name}"/>${content}</w:style>`;
const styles =
  '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>' +
  style("Grid", "Table Grid") +
  style("House", "House Table", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>');

/** The table after "Before", with its document. */
function inserted(
  rows: Rows,
  options: {
    body?: string;
    parts?: WordParts;
    headerRows?: number;
    style?: string;
    mode?: "tracked" | "direct";
  } = {},
): { edited: WordDocument; xml: string } {
  const { body = p("Before") + p("After"), parts, mode = "tracked", ...rest } = options;
  const plan = planQuoted(
    wordDocument(body, parts),
    [{ kind: "insert-table", quote: "Before", rows, ...rest }],
    { mode },
  );
  expect(plan.refused).toEqual([]);
  const edited = openFile(plan.save().bytes);
  const source = xmlOf(edited);
  return { edited, xml: source.slice(source.lastIndexOf("Before")) };
}

function refusal(
  rows: Rows,
  options: { headerRows?: number; style?: string; parts?: WordParts } = {},
): { reason: string; fix: string } {
  const { parts, ...rest } = options;
  const plan = planQuoted(wordDocument(p("Before") + p("After"), parts), [
    { kind: "insert-table", quote: "Before", rows, ...rest },
  ]);
  expect(plan.refused).toHaveLength(1);
  return plan.refused[0]!;
}

function widths(xml: string): number[] {
  const start = xml.indexOf("<w:tbl>");
  const tree = scanXml(
    xml.slice(start, xml.indexOf("</w:tbl>") + 8).replace("<w:tbl>", `<w:tbl xmlns:w="${w}">`),
  );
  return descendantsNamed(tree, 0, "w:gridCol").map((each) => Number(attribute(tree, each, "w:w")));
}
const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

describe("a new table", () => {
  it("is a tracked insertion of each row, with its texts", () => {
    const edited = expectEdit(
      wordDocument(p("Before") + p("After")),
      [{ kind: "insert-table", quote: "Before", rows: figures }],
      ["Before", "Item", "Cost", "Rent", "1,200.50 €", "Heat", "(80)", "After"],
    );
    expect(trackedChanges(edited).map(({ kind, text }) => [kind, text])).toEqual([
      ["inserted-row", "Item\tCost"],
      ["inserted-row", "Rent\t1,200.50 €"],
      ["inserted-row", "Heat\t(80)"],
    ]);
  });

  it("makes paragraphs of the lines of a cell", () => {
    expectEdit(
      wordDocument(p("Before") + p("After")),
      [{ kind: "insert-table", quote: "Before", rows: [["one\ntwo", ""]] }],
      ["Before", "one", "two", "", "After"],
    );
  });

  it("is plain in direct mode", () => {
    const { edited } = inserted(figures, { mode: "direct" });
    expect(trackedChanges(edited)).toEqual([]);
  });

  it("repeats as many header rows as are asked for, one by default", () => {
    const heads = (headerRows?: number): number =>
      inserted(figures, headerRows === undefined ? {} : { headerRows }).xml.split("<w:tblHeader/>").length -
      1;
    expect([heads(), heads(0), heads(2)]).toEqual([1, 0, 2]);
  });

  it("puts the digits of a column of numbers under each other", () => {
    const { xml } = inserted([
      ["Item", "Cost", "Share", "Code"],
      ["Rent", "1 200", "12.5 %", "4b"],
      ["Heat", "–", "", "7"],
    ]);
    expect(xml.match(/<w:jc w:val="right"\/>/g)).toHaveLength(6);
  });

  it("is as wide as the text, its columns as their texts ask for", () => {
    const section =
      '<w:p><w:pPr><w:sectPr><w:pgSz w:w="8000" w:h="9000"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr></w:pPr></w:p>';
    const all = widths(
      inserted([["a", "a long text in the second column"]], { body: p("Before") + section + p("x") }).xml,
    );
    expect(sum(all)).toBe(6000);
    expect(all[1]! / all[0]!).toBeGreaterThan(4);
  });

  it("is as wide as the cell or text box it is in", () => {
    const cell = tc(p("Before") + p("low")).replace('w:w="2000"', 'w:w="3216"');
    const inCell = inserted([["a", "b"]], { body: `<w:tbl><w:tr>${cell}</w:tr></w:tbl>${p("x")}` });
    expect(sum(widths(inCell.xml))).toBe(3000);
    const bySize = inserted([["a", "b"]], {
      body:
        table(["x", "y"])
          .replace('<w:p><w:r><w:t xml:space="preserve">y</w:t></w:r></w:p>', p("Before") + p("low"))
          .replaceAll(/<w:tcW [^>]*>/g, "") + p("z"),
    });
    expect(sum(widths(bySize.xml))).toBe(2000 - 216);
    const wp = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';
    const box = `<w:r><w:drawing><wp:inline ${wp}><wp:extent cx="1905000" cy="1"/><w:txbxContent>${p("Before")}${p("low")}</w:txbxContent></wp:inline></w:drawing></w:r>`;
    expect(sum(widths(inserted([["a"]], { body: p(box) + p("z") }).xml))).toBe(3000 - 288);
    const shape = `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="height:9pt;width:150pt"><v:textbox><w:txbxContent>${p("Before")}${p("low")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    expect(sum(widths(inserted([["a"]], { body: p(shape) + p("z") }).xml))).toBe(3000 - 288);
  });

  it("has the style that is asked for, by name or id", () => {
    for (const asked of ["house table", "House"])
      expect(inserted(figures, { parts: { styles }, style: asked }).xml).toContain(
        '<w:tblStyle w:val="House"/>',
      );
  });

  it("has the style of the document's first table that has one, else a calm one, else lines of its own", () => {
    const house = table(["x"]).replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="House"/>');
    const plainTable = table(["x"]).replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="TableNormal"/>');
    const body = (first: string): string => first + p("y") + p("Before") + p("After");
    expect(inserted(figures, { body: body(plainTable) + house + p("z"), parts: { styles } }).xml).toContain(
      '<w:tblStyle w:val="House"/><w:tblW',
    );
    expect(inserted(figures, { body: body(plainTable), parts: { styles } }).xml).toContain(
      '<w:tblStyle w:val="Grid"/>',
    );
    expect(inserted(figures).xml).toContain("<w:tblBorders><w:top ");
  });

  it("makes its header bold where the style does not", () => {
    const bold = (asked: string): boolean =>
      inserted(figures, { parts: { styles }, style: asked }).xml.includes("<w:b/>");
    expect([bold("House"), bold("Grid")]).toEqual([false, true]);
  });

  it("is written in the prefix of a Strict document, with its words for the sides", () => {
    const uri = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    const documentXml = `<v:document xmlns:v="${uri}"><v:body><v:p><v:r><v:t>Before</v:t></v:r></v:p><v:p/></v:body></v:document>`;
    const edited = expectEdit(
      wordDocument("", { documentXml }),
      [{ kind: "insert-table", quote: "Before", rows: figures }],
      ["Before", "Item", "Cost", "Rent", "1,200.50 €", "Heat", "(80)", ""],
    );
    expect(xmlOf(edited)).toContain('<v:jc v:val="end"/>');
    expect(xmlOf(edited)).toContain("<v:start ");
    expect(xmlOf(edited)).not.toMatch(/<v:tblLook v:val|<\/?w:/);
  });

  it("is refused without cells, with rows of unequal length and with more columns than Word opens", () => {
    expect(refusal([]).reason).toBe("the new table has no cells");
    expect(refusal([[]]).reason).toBe("the new table has no cells");
    expect(refusal([["a", "b"], ["c"]]).reason).toBe(
      "row 2 of the new table has 1 cell, the first one has 2",
    );
    expect(refusal([Array.from({ length: 64 }, () => "x")]).reason).toContain("64 columns");
    for (const headerRows of [-1, 1.5, 3])
      expect(refusal([["a"], ["b"]], { headerRows }).fix).toBe("Give a whole number from 0 to 2.");
  });

  it("names the document's table styles when it has not the one asked for", () => {
    expect(refusal(figures, { style: "Fancy", parts: { styles } })).toMatchObject({
      reason: 'the document has no table style "Fancy"',
      fix: "It has: Normal Table, Table Grid, House Table.",
    });
  });
});
