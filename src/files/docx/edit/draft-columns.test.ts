import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { WordDocument } from "../types.ts";
import {
  expectEdit,
  p,
  planQuoted,
  type QuotedTestChange,
  r,
  revision,
  texts,
  wordDocument,
  xmlOf,
} from "../word.fixture.ts";
import { table, tbl, tc, tr } from "./tables.fixture.ts";

const plain = (): WordDocument =>
  wordDocument(p("Before") + table(["H1", "H2"], ["a1", "b1"], ["a2", "b2"]) + p("After"));

function direct(before: WordDocument, changes: readonly QuotedTestChange[]): WordDocument {
  const plan = planQuoted(before, changes, { mode: "direct" });
  expect(plan.refused).toEqual([]);
  return openFile(plan.save().bytes);
}

function accepted(document: WordDocument): WordDocument {
  return openFile(settleChanges(document, { action: "accept" }));
}

function rejected(document: WordDocument): WordDocument {
  return openFile(settleChanges(document, { action: "reject" }));
}

function refusal(
  before: WordDocument,
  change: QuotedTestChange,
): { code: string; reason: string; fix: string } {
  const { refused } = planQuoted(before, [change]);
  expect(refused).toHaveLength(1);
  return refused[0]!;
}

/** The `w:w` of every element of that name. */
function widths(document: WordDocument, name: string): number[] {
  const tree = scanXml(xmlOf(document));
  return descendantsNamed(tree, 0, name).map((each) => Number(attribute(tree, each, "w:w")));
}

/** A table of one row that fills the page, its columns in twips. */
const wide = (properties: string, ...columns: readonly number[]): string => {
  const cells = columns.map(
    (width, index) =>
      `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${p(`c${index + 1}`)}</w:tc>`,
  );
  const grid = columns.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${grid}</w:tblGrid><w:tr>${cells.join("")}</w:tr></w:tbl>`;
};

const auto = '<w:tblW w:w="0" w:type="auto"/>';

describe("a new column", () => {
  it("stands after the anchor's cell in every row, each cell a tracked insertion", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "insert-column", quote: "a1", cells: ["new", "x", ""] }],
      ["Before", "H1", "new", "H2", "a1", "x", "b1", "a2", "", "b2", "After"],
    );
    const kinds = trackedChanges(edited).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "inserted-cell")).toHaveLength(3);
  });

  it("stands before it when asked to, and at both ends of the table", () => {
    expectEdit(
      plain(),
      [{ kind: "insert-column", quote: "a1", cells: ["1", "2", "3"], side: "before" }],
      ["Before", "1", "H1", "H2", "2", "a1", "b1", "3", "a2", "b2", "After"],
    );
    expectEdit(
      plain(),
      [{ kind: "insert-column", quote: "b2", cells: ["1", "2\nlines", "3"] }],
      ["Before", "H1", "H2", "1", "a1", "b1", "2", "lines", "a2", "b2", "3", "After"],
    );
  });

  it("tells its texts, rows parted by line breaks", () => {
    const { applied } = planQuoted(plain(), [{ kind: "insert-column", quote: "a1", cells: ["1", "2", "3"] }]);
    expect(applied).toMatchObject([{ before: "", after: "1\n2\n3" }]);
  });

  it("looks in each row like the cell beside it", () => {
    const head = `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr>${p(r("head", "<w:b/>"))}</w:tc>`;
    const edited = expectEdit(
      wordDocument(tbl([tr([head]), tr(["body"])], 1) + p("After")),
      [{ kind: "insert-column", quote: "body", cells: ["x", "y"] }],
      ["head", "x", "body", "y", "After"],
    );
    expect(xmlOf(edited)).toMatch(
      /EEEEEE"\/><w:cellIns [^>]*\/><\/w:tcPr><w:p>.*?<w:rPr><w:b\/><\/w:rPr><w:t xml:space="preserve">x/,
    );
    expect(xmlOf(edited)).toMatch(/<w:ins [^>]*><w:r><w:t xml:space="preserve">y/);
  });

  it("widens a table that has room beside it", () => {
    const before = wordDocument(wide(auto, 2000, 3000) + p("After"));
    const edited = expectEdit(
      before,
      [{ kind: "insert-column", quote: "c2", cells: ["x"] }],
      ["c1", "c2", "x", "After"],
    );
    expect(widths(accepted(edited), "w:gridCol")).toEqual([2000, 3000, 3000]);
    expect(widths(accepted(edited), "w:tcW")).toEqual([2000, 3000, 3000]);
    expect(xmlOf(edited)).not.toContain("w:tcPrChange");
  });

  it("makes the other columns narrower where the page or the table's width ends, and wide again when refused", () => {
    for (const [properties, columns] of [
      [auto, [3000, 3000, 3000]],
      ['<w:tblW w:w="6000" w:type="dxa"/>', [1000, 3000, 2000]],
    ] as const) {
      const before = wordDocument(wide(properties, ...columns) + p("After"));
      const edited = expectEdit(
        before,
        [{ kind: "insert-column", quote: "c1", cells: ["x"] }],
        ["c1", "x", "c2", "c3", "After"],
      );
      const sum = (all: readonly number[]): number => all.reduce((total, width) => total + width, 0);
      expect(sum(widths(accepted(edited), "w:gridCol"))).toBe(sum(columns));
      expect(Math.abs(sum(widths(accepted(edited), "w:tcW")) - sum(columns))).toBeLessThan(4);
      expect(widths(rejected(edited), "w:gridCol")).toEqual(columns);
      expect(widths(rejected(edited), "w:tcW")).toEqual(columns);
    }
  });

  it("makes parts of a hundred smaller too", () => {
    const cell = (text: string): string =>
      tc(text).replace('w:w="2000" w:type="dxa"', 'w:w="2500" w:type="pct"');
    const before = wordDocument(
      tbl([tr([cell("one"), cell("two")])], 2, '<w:tblW w:w="5000" w:type="pct"/>') + p("z"),
    );
    const edited = expectEdit(
      before,
      [{ kind: "insert-column", quote: "one", cells: ["x"] }],
      ["one", "x", "two", "z"],
    );
    expect(widths(accepted(edited), "w:tcW")).toEqual([1667, 1667, 1667]);
  });

  it("keeps all widths where a change of them is pending", () => {
    const change = `<w:tcPrChange w:id="5" ${revision}><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr></w:tcPrChange>`;
    const before = wordDocument(
      tbl([tr([tc("one", change), "two"])], 2, '<w:tblW w:w="4000" w:type="dxa"/>') + p("z"),
    );
    const edited = expectEdit(
      before,
      [{ kind: "insert-column", quote: "two", cells: ["x"] }],
      ["one", "two", "x", "z"],
    );
    expect(widths(accepted(edited), "w:tcW")).toEqual([2000, 2000, 2000]);
    expect(xmlOf(edited).match(/w:tcPrChange /g)).toHaveLength(1);
  });

  it("leaves the grid of a table alone that has none worth the name", () => {
    const source = table(["one", "two"]).replace(/<w:tblGrid>.*<\/w:tblGrid>/, "<w:tblGrid/>");
    expectEdit(
      wordDocument(source + p("z")),
      [{ kind: "insert-column", quote: "one", cells: ["x"] }],
      ["one", "x", "two", "z"],
    );
  });

  it("ends with a merged cell where that ends, and gets its own width beside it", () => {
    const before = wordDocument(
      tbl([tr([tc("title", '<w:gridSpan w:val="2"/>'), "end"]), tr(["a", "b", "c"])], 3) + p("z"),
    );
    const edited = expectEdit(
      before,
      [{ kind: "insert-column", quote: "b", cells: ["x", "y"] }],
      ["title", "x", "end", "a", "b", "y", "c", "z"],
    );
    expect(xmlOf(edited).match(/gridSpan/g)).toHaveLength(1);
  });

  const titled = (): WordDocument =>
    wordDocument(
      tbl(
        [
          tr([tc("title", '<w:gridSpan w:val="2"/>'), "c"]),
          tr([tc("all", '<w:gridSpan w:val="3"/>')]),
          tr(["1", "2", "3"]),
        ],
        3,
      ) + p("z"),
    );

  it("widens a cell that is merged over its place, and one over the whole table", () => {
    const spans = (edited: WordDocument): string[] => xmlOf(edited).match(/(?<=<w:gridSpan w:val=")\d/g)!;
    const inside = expectEdit(
      titled(),
      [{ kind: "insert-column", quote: "1", cells: ["", "", "x"] }],
      ["title", "c", "all", "1", "x", "2", "3", "z"],
    );
    expect(spans(accepted(inside))).toEqual(["3", "4"]);
    expect(spans(rejected(inside))).toEqual(["2", "3"]);
    const atEnd = expectEdit(
      titled(),
      [{ kind: "insert-column", quote: "3", cells: ["d", "", "4"] }],
      ["title", "c", "d", "all", "1", "2", "3", "4", "z"],
    );
    expect(spans(accepted(atEnd))).toEqual(["2", "4"]);
    expect(spans(direct(titled(), [{ kind: "insert-column", quote: "1", cells: ["", "", "x"] }]))).toEqual([
      "3",
      "4",
    ]);
  });

  it("has no text of its own inside a merged cell", () => {
    expect(refusal(titled(), { kind: "insert-column", quote: "1", cells: ["x", "", ""] })).toMatchObject({
      code: "unsupported",
      fix: 'Give "" for row 1.',
    });
  });

  it("refuses to widen a merged cell whose formatting is still to be settled, and merges of the old kind", () => {
    const change = `<w:gridSpan w:val="2"/><w:tcPrChange w:id="5" ${revision}><w:tcPr/></w:tcPrChange>`;
    const before = wordDocument(tbl([tr([tc("title", change)]), tr(["1", "2"])], 2) + p("z"));
    expect(refusal(before, { kind: "insert-column", quote: "1", cells: ["", "x"] }).reason).toBe(
      "a cell of row 1 is merged over this column and others",
    );
    expect(refusal(before, { kind: "delete-column", quote: "1" }).reason).toContain("row 1 is merged");
    const old = tbl([tr([tc("1", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")])], 2);
    expect(
      refusal(wordDocument(old + p("z")), { kind: "insert-column", quote: "1", cells: ["x"] }).code,
    ).toBe("unsupported");
  });

  it("refuses where a row leaves out the place", () => {
    const short = wordDocument(
      tbl([tr(["a", "b"]), tr(["c"], '<w:gridBefore w:val="1"/>'), tr(["d"])], 2) + p("z"),
    );
    expect(refusal(short, { kind: "insert-column", quote: "b", cells: ["x", "y", "v"] }).reason).toBe(
      "row 3 does not reach to this column",
    );
    expect(refusal(short, { kind: "delete-column", quote: "a" }).reason).toBe(
      "row 2 does not reach to this column",
    );
    expect(
      refusal(short, { kind: "insert-column", quote: "a", side: "before", cells: ["x", "y", "v"] }).reason,
    ).toBe("row 2 does not reach to this column");
  });

  it("says how many rows there are when the number of texts is another", () => {
    expect(refusal(plain(), { kind: "insert-column", quote: "a1", cells: [] })).toMatchObject({
      reason: "the table has 3 rows, and 0 texts are given",
      fix: 'Give 3 texts from the top, "" for an empty cell.',
    });
  });

  it("refuses more columns than Word opens", () => {
    const full = wordDocument(
      table(Array.from({ length: 63 }, (_, index) => `cell ${index + 100}`)) + p("z"),
    );
    expect(refusal(full, { kind: "insert-column", quote: "cell 100", cells: ["x"] }).reason).toContain(
      "63 columns",
    );
  });

  it("is merged over the rows that its neighbour is merged over, unless each has a text", () => {
    const before = (): WordDocument =>
      wordDocument(
        tbl([tr(["h"]), tr([tc("North", '<w:vMerge w:val="restart"/>')]), tr([tc("", "<w:vMerge/>")])], 1) +
          p("z"),
      );
    const merges = (cells: readonly string[], after: readonly string[]): number =>
      xmlOf(expectEdit(before(), [{ kind: "insert-column", quote: "North", cells }], after)).match(
        /<w:vMerge/g,
      )!.length;
    expect(merges(["a", "b", ""], ["h", "a", "North", "b", "", "", "z"])).toBe(4);
    expect(merges(["a", "b", "c"], ["h", "a", "North", "b", "", "c", "z"])).toBe(2);
  });

  it("goes into a table in a cell, and beside a content control around a cell", () => {
    expectEdit(
      wordDocument(tbl([tr([tc(table(["in"]) + p("low")), "out"])], 2) + p("z")),
      [{ kind: "insert-column", quote: "in", cells: ["x"] }],
      ["in", "x", "low", "out", "z"],
    );
    const control = `<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>${tc("a")}</w:sdtContent></w:sdt>`;
    expectEdit(
      wordDocument(tbl([tr([control, "b"])], 2) + p("z")),
      [{ kind: "insert-column", quote: "a", cells: ["x"] }],
      ["a", "x", "b", "z"],
    );
  });

  it("is refused in a table in a locked content control", () => {
    const locked = `<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>${table(["a"])}</w:sdtContent></w:sdt>`;
    expect(
      refusal(wordDocument(locked + p("z")), { kind: "insert-column", quote: "a", cells: ["x"] }).code,
    ).toBe("locked");
  });

  it("can't be combined with another column or a row of the same table", () => {
    const column: QuotedTestChange = { kind: "insert-column", quote: "a1", cells: ["1", "2", "3"] };
    for (const other of [
      column,
      { kind: "delete-column", quote: "b1" },
      { kind: "insert-row", quote: "a1", cells: ["x", "y"] },
      { kind: "delete-row", quote: "a1" },
    ] satisfies QuotedTestChange[]) {
      expect(planQuoted(plain(), [column, other]).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
      expect(planQuoted(plain(), [other, column]).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
    }
  });

  it("can be combined with changes of texts, and with changes of another table", () => {
    const before = wordDocument(table(["a1", "b1"]) + p("Between") + table(["c1"]) + p("After"));
    expectEdit(
      before,
      [
        { kind: "insert-column", quote: "a1", cells: ["x"] },
        { kind: "replace", quote: "b1", text: "b2" },
        { kind: "insert-after", quote: "a1", text: "more" },
        { kind: "insert-column", quote: "c1", cells: ["y"] },
      ],
      ["a1", "more", "x", "b2", "Between", "c1", "y", "After"],
    );
  });

  it("is written in the prefix of a Strict document", () => {
    const uri = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    const body = xmlOf(plain()).match(/<w:body>(.*)<\/w:body>/)![1]!;
    const documentXml = `<v:document xmlns:v="${uri}"><v:body>${body.replace(/(<\/?| )w:/g, "$1v:")}</v:body></v:document>`;
    const edited = expectEdit(
      wordDocument("", { documentXml }),
      [{ kind: "insert-column", quote: "a1", cells: ["1", "2", "3"] }],
      ["Before", "H1", "1", "H2", "a1", "2", "b1", "a2", "3", "b2", "After"],
    );
    expect(xmlOf(edited)).not.toMatch(/<\/?w:/);
  });

  it("is plain cells in direct mode", () => {
    const before = wordDocument(wide('<w:tblW w:w="6000" w:type="dxa"/>', 3000, 3000) + p("z"));
    const edited = direct(before, [{ kind: "insert-column", quote: "c1", cells: ["x"] }]);
    expect(texts(edited)).toEqual(["c1", "x", "c2", "z"]);
    expect(widths(edited, "w:tcW")).toEqual([2000, 2000, 2000]);
    expect(trackedChanges(edited)).toEqual([]);
  });
});

describe("a deleted column", () => {
  it("is a tracked deletion of a cell in every row", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "delete-column", quote: "a1" }],
      ["Before", "H2", "b1", "b2", "After"],
    );
    const kinds = trackedChanges(edited).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "deleted-cell")).toHaveLength(3);
  });

  it("tells what it took away, rows parted by line breaks", () => {
    const { applied } = planQuoted(plain(), [{ kind: "delete-column", quote: "H2" }]);
    expect(applied).toMatchObject([{ before: "H2\nb1\nb2", after: "" }]);
  });

  it("takes all columns that the anchor's cell covers, with cells merged over rows", () => {
    const before = wordDocument(
      tbl(
        [
          tr([tc("wide", '<w:gridSpan w:val="2"/>'), tc("tall", '<w:vMerge w:val="restart"/>')]),
          tr(["a", "b", tc("", "<w:vMerge/>")]),
        ],
        3,
      ) + p("z"),
    );
    expectEdit(before, [{ kind: "delete-column", quote: "wide" }], ["tall", "", "z"]);
    expectEdit(before, [{ kind: "delete-column", quote: "tall" }], ["wide", "a", "b", "z"]);
  });

  it("takes its part of a cell that is merged over it and others", () => {
    const rows = [
      tr([tc("title", '<w:gridSpan w:val="2"/>'), "c"]),
      tr([tc("all", '<w:gridSpan w:val="3"/>')]),
      tr(["1", "2", "3"]),
    ];
    const spanned = (): WordDocument => wordDocument(tbl(rows, 3) + p("z"));
    const after = ["title", "c", "all", "1", "3", "z"];
    const edited = expectEdit(spanned(), [{ kind: "delete-column", quote: "2" }], after);
    expect(xmlOf(accepted(edited)).match(/<w:gridSpan[^>]*>/g)).toEqual(['<w:gridSpan w:val="2"/>']);
    expect(xmlOf(rejected(edited)).match(/<w:gridSpan/g)).toHaveLength(2);
    const cut = direct(spanned(), [{ kind: "delete-column", quote: "2" }]);
    expect(texts(cut)).toEqual(after);
    expect(widths(cut, "w:gridCol")).toEqual([2000, 2000]);
    expectEdit(spanned(), [{ kind: "delete-column", quote: "title" }], ["c", "all", "3", "z"]);
    expect(refusal(spanned(), { kind: "delete-column", quote: "all" }).fix).toBe(
      "Quote a cell of the column that should go.",
    );
  });

  it("takes the table along when it was the only one", () => {
    const single = (): WordDocument => wordDocument(p("Before") + table(["a"], ["b"]) + p("After"));
    const edited = expectEdit(single(), [{ kind: "delete-column", quote: "a" }], ["Before", "After"]);
    for (const each of [accepted(edited), direct(single(), [{ kind: "delete-column", quote: "a" }])]) {
      expect(texts(each)).toEqual(["Before", "After"]);
      expect(xmlOf(each)).not.toContain("w:tbl");
    }
  });

  it("nests in others' insertions, and is refused where cells are still inserted or deleted", () => {
    const theirs = `<w:ins w:id="5" ${revision}>${r("new")}</w:ins>`;
    const edited = expectEdit(
      wordDocument(tbl([tr([tc(p("a ", theirs)), "b"])], 2) + p("z")),
      [{ kind: "delete-column", quote: "a" }],
      ["b", "z"],
    );
    expect(xmlOf(edited)).toMatch(/<w:ins w:id="5" [^>]*><w:del /);
    const pending = wordDocument(tbl([tr(["a", tc("b", `<w:cellDel w:id="5" ${revision}/>`)])], 2) + p("z"));
    expect(refusal(pending, { kind: "delete-column", quote: "a" }).fix).toBe(
      "Accept or reject that change first.",
    );
  });

  it("keeps its comment at the anchor's cell", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "delete-column", quote: "a1", comment: "Nobody asks for it" }],
      ["Before", "H2", "b1", "b2", "After"],
    );
    expect(xmlOf(edited)).toMatch(
      /<w:commentRangeStart [^>]*\/><w:del [^>]*><w:r><w:delText [^>]*>a1<\/w:delText><\/w:r><\/w:del><w:commentRangeEnd/,
    );
  });

  it("can't be combined with other changes of its cells", () => {
    const both: QuotedTestChange[] = [
      { kind: "delete-column", quote: "a1" },
      { kind: "replace", quote: "a2", text: "a3" },
    ];
    for (const order of [both, both.toReversed()])
      expect(planQuoted(plain(), order).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
  });

  it("is cut out in direct mode, with its column of the grid", () => {
    const edited = direct(plain(), [{ kind: "delete-column", quote: "b1" }]);
    expect(texts(edited)).toEqual(["Before", "H1", "a1", "a2", "After"]);
    expect(widths(edited, "w:gridCol")).toEqual([2000]);
  });
});
