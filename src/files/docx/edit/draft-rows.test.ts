import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { WordDocument } from "../types.ts";
import {
  at,
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
import { planChanges } from "./plan-changes.ts";
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

/** Why the change is refused. */
function refusal(
  before: WordDocument,
  change: QuotedTestChange,
): { code: string; reason: string; fix: string } {
  const { refused } = planQuoted(before, [change]);
  expect(refused).toHaveLength(1);
  return refused[0]!;
}

const merged = (): WordDocument =>
  wordDocument(
    tbl(
      [
        tr(["head", "one"]),
        tr([tc("North", '<w:vMerge w:val="restart"/>'), "two"]),
        tr([tc("", "<w:vMerge/>"), "three"]),
        tr([tc("", "<w:vMerge/>"), "four"]),
        tr(["South", "five"]),
      ],
      2,
    ) + p("After"),
  );

const control = (content: string, properties = ""): string =>
  `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

describe("a new row", () => {
  it("stands after the anchor's row, a tracked insertion with its text", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "insert-row", quote: "a1", cells: ["x", "y"] }],
      ["Before", "H1", "H2", "a1", "b1", "x", "y", "a2", "b2", "After"],
    );
    expect(trackedChanges(edited)).toMatchObject([{ kind: "inserted-row", text: "x\ty" }]);
  });

  it("stands before the row when asked to, also before the first one", () => {
    expectEdit(
      plain(),
      [{ kind: "insert-row", quote: "H1", cells: ["x", "y"], side: "before" }],
      ["Before", "x", "y", "H1", "H2", "a1", "b1", "a2", "b2", "After"],
    );
  });

  it("tells what it did by its texts, parted by tabs", () => {
    const { applied } = planQuoted(plain(), [{ kind: "insert-row", quote: "b2", cells: ["x", "y"] }]);
    expect(applied).toMatchObject([
      { kind: "insert-row", paragraph: "document:6", before: "", after: "x\ty" },
    ]);
  });

  it("makes a paragraph of each line of a cell, and an empty one of no text", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "insert-row", quote: "a2", cells: ["one\ntwo\r\n three", ""] }],
      ["Before", "H1", "H2", "a1", "b1", "a2", "b2", "one", "two", " three", "", "After"],
    );
    expect(xmlOf(edited)).not.toContain("<w:br/>");
  });

  it("takes widths, shading, height, alignment and character formatting of the row it stands beside", () => {
    const cell = `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr><w:p><w:pPr><w:jc w:val="right"/></w:pPr>${r("7", "<w:i/>")}</w:p></w:tc>`;
    const edited = expectEdit(
      wordDocument(
        tbl([tr(["head"]), tr([cell], '<w:trHeight w:val="400"/><w:cantSplit/>')], 1) + p("After"),
      ),
      [{ kind: "insert-row", quote: "7", cells: ["8"] }],
      ["head", "7", "8", "After"],
    );
    const row = xmlOf(edited).split("<w:tr>").at(-1)!;
    expect(row).toMatch(/^<w:trPr><w:trHeight w:val="400"\/><w:cantSplit\/><w:ins [^>]*\/><\/w:trPr>/);
    expect(row).toContain('<w:tcW w:w="3000" w:type="dxa"/><w:shd w:val="clear" w:fill="EEEEEE"/>');
    expect(row).toMatch(/<w:jc w:val="right"\/><w:rPr><w:ins/);
    expect(row).toContain("<w:rPr><w:i/></w:rPr><w:t");
  });

  it("writes in the formatting of the paragraph mark where the cell beside it is empty", () => {
    const empty = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>";
    const edited = expectEdit(
      wordDocument(tbl([tr(["head", "x"]), tr([tc(empty), "anchor"])], 2) + p("After")),
      [{ kind: "insert-row", quote: "anchor", cells: ["new", ""] }],
      ["head", "x", "", "anchor", "new", "", "After"],
    );
    expect(xmlOf(edited)).toMatch(/<w:rPr><w:b\/><\/w:rPr><w:t xml:space="preserve">new/);
  });

  it("looks like the rows under the header when it stands after the header", () => {
    const head = `<w:tc><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>${p(r("head", "<w:b/>"))}</w:tc>`;
    const edited = expectEdit(
      wordDocument(tbl([tr([head], "<w:tblHeader/>"), tr(["body"])], 1) + p("After")),
      [{ kind: "insert-row", quote: "head", cells: ["new"] }],
      ["head", "new", "body", "After"],
    );
    const row = xmlOf(edited).split("<w:tr>")[2]!;
    expect(row).not.toContain("<w:tblHeader/>");
    expect(row).not.toContain("<w:b/>");
    expect(row).not.toContain("000000");
  });

  it("is a header row before one and between two, so that the header stays in one piece", () => {
    const twoHeads = (): WordDocument =>
      wordDocument(
        tbl([tr(["one"], "<w:tblHeader/>"), tr(["two"], "<w:tblHeader/>"), tr(["body"])], 1) + p("x"),
      );
    const heads = (side: "before" | "after", quote: string): number =>
      xmlOf(
        accepted(
          openFile(
            planQuoted(twoHeads(), [{ kind: "insert-row", quote, cells: ["new"], side }]).save().bytes,
          ),
        ),
      ).split("<w:tblHeader/>").length - 1;
    expect(heads("before", "one")).toBe(3);
    expect(heads("after", "one")).toBe(3);
    expect(heads("after", "two")).toBe(2);
  });

  it("goes on with a merge over rows when it stands inside it, and begins none at its ends", () => {
    const edited = expectEdit(
      merged(),
      [{ kind: "insert-row", quote: "two", cells: ["", "new"] }],
      ["head", "one", "North", "two", "", "new", "", "three", "", "four", "South", "five", "After"],
    );
    expect(xmlOf(edited).split("<w:vMerge/>")).toHaveLength(4);
    for (const quote of ["one", "four"]) {
      const outside = planQuoted(merged(), [{ kind: "insert-row", quote, cells: ["x", "y"] }]);
      expect(xmlOf(openFile(outside.save().bytes)).match(/<w:vMerge/g)).toHaveLength(3);
    }
  });

  it("refuses a text for a cell in the middle of a merge", () => {
    expect(refusal(merged(), { kind: "insert-row", quote: "two", cells: ["x", "y"] })).toMatchObject({
      code: "unsupported",
      fix: 'Give "" for cell 1.',
    });
  });

  it("covers the columns that its neighbour covers", () => {
    const edited = expectEdit(
      wordDocument(
        tbl([tr(["a", "b", "c"]), tr([tc("wide", '<w:gridSpan w:val="2"/>'), "d"])], 3) + p("After"),
      ),
      [{ kind: "insert-row", quote: "wide", cells: ["x", "y"] }],
      ["a", "b", "c", "wide", "d", "x", "y", "After"],
    );
    expect(xmlOf(edited).match(/<w:gridSpan w:val="2"\/>/g)).toHaveLength(2);
  });

  it("says how many cells the row has when the number of texts is another", () => {
    expect(refusal(plain(), { kind: "insert-row", quote: "a1", cells: ["x"] })).toEqual({
      id: "1",
      code: "unsupported",
      reason: "the row has 2 cells, and 1 text is given",
      fix: 'Give 2 texts, "" for an empty cell.',
    });
  });

  it("refuses a place outside tables", () => {
    expect(refusal(plain(), { kind: "insert-row", quote: "After", cells: ["x"] }).reason).toBe(
      "the place is not in a table",
    );
  });

  it("goes into the innermost table", () => {
    expectEdit(
      wordDocument(tbl([tr([tc(table(["in"]) + p("low")), "out"])], 2) + p("After")),
      [
        { kind: "insert-row", quote: "in", cells: ["x"] },
        { kind: "insert-row", quote: "out", cells: ["y", "z"] },
      ],
      ["in", "x", "low", "out", "y", "z", "After"],
    );
  });

  it("stands in the order of the request beside others at the same place", () => {
    const row = (quote: string, side: "before" | "after", text: string): QuotedTestChange => ({
      kind: "insert-row",
      quote,
      side,
      cells: [text, ""],
    });
    expectEdit(
      plain(),
      [
        row("a1", "after", "1"),
        row("a2", "before", "2"),
        row("a1", "after", "3"),
        { kind: "insert-after", quote: "b1", text: "more" },
        { kind: "replace", quote: "a2", text: "a3" },
      ],
      ["Before", "H1", "H2", "a1", "b1", "more", "1", "", "2", "", "3", "", "a3", "b2", "After"],
    );
  });

  it("takes the place of a row that the same request deletes", () => {
    expectEdit(
      plain(),
      [
        { kind: "delete-row", quote: "a1" },
        { kind: "insert-row", quote: "a1", cells: ["x", "y"] },
        { kind: "insert-row", quote: "b1", cells: ["v", "w"], side: "before" },
      ],
      ["Before", "H1", "H2", "v", "w", "x", "y", "a2", "b2", "After"],
    );
  });

  it("stands outside a content control around its neighbour and inside one around several rows", () => {
    const one = wordDocument(
      tbl([tr(["head"]), control(tr(["only"]), '<w:lock w:val="sdtContentLocked"/>')], 1) + p("z"),
    );
    expect(
      xmlOf(
        expectEdit(one, [{ kind: "insert-row", quote: "only", cells: ["x"] }], ["head", "only", "x", "z"]),
      ),
    ).toMatch(/<\/w:sdt><w:tr>/);
    const several = wordDocument(tbl([tr(["head"]), control(tr(["one"]) + tr(["two"]))], 1) + p("z"));
    expect(
      xmlOf(
        expectEdit(
          several,
          [{ kind: "insert-row", quote: "one", cells: ["x"] }],
          ["head", "one", "x", "two", "z"],
        ),
      ),
    ).not.toMatch(/<\/w:sdt><w:tr>/);
  });

  it("refuses the inside of a locked content control and of a repeating section", () => {
    const locked = control(tr(["one"]) + tr(["two"]), '<w:lock w:val="contentLocked"/>');
    expect(
      refusal(wordDocument(tbl([locked], 1)), { kind: "insert-row", quote: "one", cells: ["x"] }),
    ).toMatchObject({ code: "locked", reason: "the text is in a content control that is locked" });
    const w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"';
    const item = (text: string): string => control(tr([text]), `<w15:repeatingSectionItem ${w15}/>`);
    const section = control(item("one") + item("two"), `<w15:repeatingSection ${w15}/>`);
    const repeated = (): WordDocument => wordDocument(tbl([tr(["head"]), section], 1) + p("z"));
    expect(refusal(repeated(), { kind: "insert-row", quote: "one", cells: ["x"] }).reason).toBe(
      "the row is an entry of a repeating section",
    );
    expectEdit(
      repeated(),
      [{ kind: "insert-row", quote: "two", cells: ["x"] }],
      ["head", "one", "two", "x", "z"],
    );
  });

  it("refuses a row whose cells are still inserted or deleted", () => {
    const pending = tr(["one", tc("two", `<w:cellIns w:id="5" ${revision}/>`)]);
    expect(
      refusal(wordDocument(tbl([pending], 2)), { kind: "insert-row", quote: "one", cells: ["x", "y"] }).fix,
    ).toBe("Accept or reject that change first.");
  });

  it("stands beside others' inserted and deleted rows without their marks", () => {
    const rows = [
      tr(["one"], `<w:ins w:id="5" ${revision}/>`),
      tr(
        [tc(p(`<w:del w:id="6" ${revision}><w:r><w:delText>two</w:delText></w:r></w:del>`))],
        `<w:del w:id="7" ${revision}/>`,
      ),
    ];
    const before = wordDocument(tbl([...rows, tr(["three"])], 1) + p("After"));
    expectEdit(before, [{ kind: "insert-row", quote: "one", cells: ["x"] }], ["one", "x", "three", "After"]);
  });

  it("is plain text in direct mode", () => {
    const edited = direct(plain(), [{ kind: "insert-row", quote: "a1", cells: ["x", "y"] }]);
    expect(texts(edited)).toEqual(["Before", "H1", "H2", "a1", "b1", "x", "y", "a2", "b2", "After"]);
    expect(trackedChanges(edited)).toEqual([]);
  });

  it("gets a comment at the anchor's words", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "insert-row", quote: "a1", cells: ["x", "y"], comment: "From the annex" }],
      ["Before", "H1", "H2", "a1", "b1", "x", "y", "a2", "b2", "After"],
    );
    expect(xmlOf(edited)).toContain("w:commentReference");
  });

  it("is written in the document's own prefix, Strict ones too", () => {
    for (const uri of [
      "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
      "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ]) {
      const body = plain().stories[0]!.tree.source.match(/<w:body>(.*)<\/w:body>/)![1]!;
      const documentXml = `<document xmlns="${uri}" xmlns:k="${uri}"><body>${body.replaceAll("<w:", "<").replaceAll("</w:", "</").replaceAll(" w:", " k:")}</body></document>`;
      const edited = expectEdit(
        wordDocument("", { documentXml }),
        [
          { kind: "insert-row", quote: "a1", cells: ["x", "y"] },
          { kind: "delete-row", quote: "a2" },
        ],
        ["Before", "H1", "H2", "a1", "b1", "x", "y", "After"],
      );
      expect(xmlOf(edited)).not.toContain("w:tr");
    }
  });

  it("copies what needs a namespace that is declared on the row", () => {
    const row = `<w:tr xmlns:x="urn:x"><w:trPr><w:cantSplit x:y="1"/></w:trPr>${tc("one")}</w:tr>`;
    expectEdit(
      wordDocument(tbl([row], 1) + p("z")),
      [{ kind: "insert-row", quote: "one", cells: ["x"] }],
      ["one", "x", "z"],
    );
  });
});

const textBox = (content: string): string =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>${content}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${content}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;

describe("a table in a text box that is stored twice", () => {
  const boxed = (): WordDocument =>
    wordDocument(p("Box", textBox(table(["a1", "b1"], ["a2", "b2"]) + p("low"))) + p("z"));

  it("is changed in both copies", () => {
    const edited = expectEdit(
      boxed(),
      [
        { kind: "insert-row", quote: "a1", cells: ["x", "y"] },
        { kind: "delete-row", quote: "a2" },
      ],
      ["Box", "a1", "b1", "x", "y", "low", "z"],
    );
    expect(xmlOf(edited).match(/>x</g)).toHaveLength(2);
  });

  it("is not changed where the copies differ", () => {
    const source = boxed().stories[0]!.tree.source.replace("a2", "a3");
    const before = wordDocument("", { documentXml: source });
    expect(refusal(before, { kind: "delete-row", quote: "a3" }).code).toBe("locked");
  });

  it("is not changed together with the words that the box hangs on", () => {
    const changes: QuotedTestChange[] = [
      { kind: "insert-row", quote: "a1", cells: ["x", "y"] },
      { kind: "delete", quote: "Box" },
    ];
    for (const order of [changes, changes.toReversed()])
      expect(planQuoted(boxed(), order).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
  });
});

describe("a deleted row", () => {
  it("is a tracked deletion of the row and all its text", () => {
    const edited = expectEdit(
      plain(),
      [{ kind: "delete-row", quote: "b1" }],
      ["Before", "H1", "H2", "a2", "b2", "After"],
    );
    expect(trackedChanges(edited)).toMatchObject([{ kind: "deleted-row", text: "a1\tb1" }]);
    expect(xmlOf(edited).match(/<w:rPr><w:del [^>]*\/><\/w:rPr><\/w:pPr>/g)).toHaveLength(2);
  });

  it("tells what it took away, cells parted by tabs and their paragraphs by line breaks", () => {
    const before = wordDocument(tbl([tr(["one\ntwo", ""]), tr(["x", "y"])], 2) + p("After"));
    const { applied } = planQuoted(before, [{ kind: "delete-row", quote: "one" }]);
    expect(applied).toMatchObject([{ before: "one\ntwo\t", after: "" }]);
  });

  it("takes the table along when it was the only one, or the last of all that go", () => {
    const one = wordDocument(p("Before") + table(["a", "b"]) + p("After"));
    expect(
      xmlOf(accepted(expectEdit(one, [{ kind: "delete-row", quote: "a" }], ["Before", "After"]))),
    ).not.toContain("w:tbl");
    const all = ["H1", "a1", "a2"].map((quote): QuotedTestChange => ({ kind: "delete-row", quote }));
    expect(xmlOf(accepted(expectEdit(plain(), all, ["Before", "After"])))).not.toContain("w:tbl");
    for (const edited of [direct(one, [{ kind: "delete-row", quote: "a" }]), direct(plain(), all)]) {
      expect(texts(edited)).toEqual(["Before", "After"]);
      expect(xmlOf(edited)).not.toContain("w:tbl");
    }
  });

  it("nests in others' insertions and leaves their deletions alone", () => {
    const theirs = `<w:ins w:id="5" ${revision}>${r("new")}</w:ins><w:del w:id="6" ${revision}><w:r><w:delText>old</w:delText></w:r></w:del>`;
    const before = wordDocument(
      tbl([tr(["head"]), tr([tc(p("text ", theirs))], `<w:ins w:id="7" ${revision}/>`)], 1) + p("After"),
    );
    const edited = expectEdit(before, [{ kind: "delete-row", quote: "text" }], ["head", "After"]);
    expect(xmlOf(edited)).toMatch(/<w:trPr><w:ins [^>]*\/><w:del [^>]*\/><\/w:trPr>/);
    expect(xmlOf(edited)).toMatch(/<w:ins w:id="5" [^>]*><w:del [^>]*><w:r><w:delText/);
    expect(xmlOf(edited).match(/old/g)).toHaveLength(1);
  });

  it("is taken back without a trace where the same author inserted it, and nested where others wrote in it", () => {
    const own = 'w:author="Tandem" w:date="2025-06-06T06:06:06Z"';
    const rows = (more: string): string =>
      tbl(
        [
          tr(["one"]),
          tr([tc(p(`<w:ins w:id="6" ${own}>${r("new")}</w:ins>`, more))], `<w:ins w:id="5" ${own}/>`),
        ],
        1,
      );
    const edited = expectEdit(
      wordDocument(rows("") + p("z")),
      [{ kind: "delete-row", quote: "new" }],
      ["one", "z"],
    );
    expect(trackedChanges(edited)).toEqual([]);
    const theirs = `<w:ins w:id="7" ${revision}>${r("theirs")}</w:ins>`;
    const nested = expectEdit(
      wordDocument(rows(theirs) + p("z")),
      [{ kind: "delete-row", quote: "new" }],
      ["one", "z"],
    );
    expect(xmlOf(nested)).toContain("theirs</w:delText>");
  });

  it("is refused where it is deleted already", () => {
    const before = wordDocument(
      tbl([tr(["one"], `<w:del w:id="7" ${revision}/>`), tr(["two"])], 1) + p("After"),
    );
    expect(refusal(before, { kind: "delete-row", quote: "one" }).code).toBe("no-change");
  });

  it("stands before old properties that are still to be settled", () => {
    const change = `<w:trPrChange w:id="5" ${revision}><w:trPr/></w:trPrChange>`;
    const before = wordDocument(tbl([tr(["one"], `<w:cantSplit/>${change}`), tr(["two"])], 1) + p("After"));
    const edited = expectEdit(before, [{ kind: "delete-row", quote: "one" }], ["two", "After"]);
    expect(xmlOf(edited)).toMatch(/<w:cantSplit\/><w:del [^>]*\/><w:trPrChange/);
  });

  it("marks equations, whole fields, and the rows and texts of nested tables", () => {
    const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const math = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>";
    const simple = `<w:fldSimple w:instr="DATE">${r("today")}</w:fldSimple>`;
    const row = tr([tc(p("one ", field, simple)), tc(p(math)), tc(table(["in"]) + p("low"))]);
    const edited = expectEdit(
      wordDocument(tbl([tr(["A", "B", "C"]), row], 3) + p("After")),
      [{ kind: "delete-row", quote: "one" }],
      ["A", "B", "C", "After"],
    );
    expect(xmlOf(edited)).toMatch(/<w:del [^>]*><m:oMath>/);
    expect(xmlOf(edited)).toContain("<w:delInstrText>PAGE</w:delInstrText>");
    expect(xmlOf(edited).match(/<w:trPr><w:del /g)).toHaveLength(2);
  });

  it("is refused where a field reaches out of it, a move has a half in it or a control in it is locked", () => {
    const begin =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>';
    const end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>';
    const cases: readonly (readonly [first: string, second: string, reason: string])[] = [
      [p(begin, "one"), p("two", end), "it is part of a Word field that begins or ends elsewhere"],
      [
        p("one", `<w:moveTo w:id="5" ${revision}>${r("x")}</w:moveTo>`),
        p("two"),
        "it holds half of a move that is still to be accepted",
      ],
      [
        p("one", control(r("x"), '<w:lock w:val="sdtLocked"/>')),
        p("two"),
        "it holds a content control that is locked",
      ],
    ];
    for (const [first, second, reason] of cases) {
      const before = wordDocument(tbl([tr([tc(first)]), tr([tc(second)])], 1) + p("After"));
      expect(refusal(before, { kind: "delete-row", quote: "one" })).toMatchObject({ code: "locked", reason });
    }
  });

  it("goes with content controls that are not locked, whatever they hold", () => {
    const dropDown = control(r("choice"), "<w:dropDownList/>");
    const cell = control(tc("cell"), '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>');
    const before = wordDocument(tbl([tr(["A", "B"]), tr([tc(p("one ", dropDown)), cell])], 2) + p("After"));
    expectEdit(before, [{ kind: "delete-row", quote: "one" }], ["A", "B", "After"]);
  });

  it("is refused inside a locked content control, and where the control around it alone is locked", () => {
    const lock = '<w:lock w:val="contentLocked"/>';
    for (const rows of [control(tr(["one"]) + tr(["two"]), lock), control(tr(["one"]), lock) + tr(["two"])])
      expect(refusal(wordDocument(tbl([rows], 1) + p("z")), { kind: "delete-row", quote: "one" }).code).toBe(
        "locked",
      );
  });

  it("goes with the content control around it", () => {
    const wrapped = (): WordDocument =>
      wordDocument(tbl([tr(["A"]), control(tr(["one"]), "<w:showingPlcHdr/>")], 1) + p("After"));
    for (const edited of [
      accepted(expectEdit(wrapped(), [{ kind: "delete-row", quote: "one" }], ["A", "After"])),
      direct(wrapped(), [{ kind: "delete-row", quote: "one" }]),
    ])
      expect(xmlOf(edited)).not.toContain("w:sdt");
  });

  it("keeps its comment outside the deleted runs, in an empty row too", () => {
    const rows = [
      table(["one", "two"], ["x", "y"]),
      tbl([`<w:tr>${tc("<w:p/>")}${tc("<w:p/>")}</w:tr>`, tr(["x", "y"])], 2),
    ];
    for (const before of rows.map((each) => wordDocument(each + p("After")))) {
      const paragraph = before.paragraphs[0]!;
      const plan = planQuoted(before, []);
      expect(plan.refused).toEqual([]);
      const quote = texts(before)[0]!;
      const edited =
        quote === ""
          ? deleteFirstRow(before, paragraph.id)
          : expectEdit(before, [{ kind: "delete-row", quote, comment: "Out of date" }], ["x", "y", "After"]);
      expect(xmlOf(edited)).toMatch(
        /<w:commentRangeStart [^>]*\/>.*<w:commentRangeEnd [^>]*\/><w:r><w:commentReference [^>]*\/><\/w:r><\/w:p>/,
      );
      expect(xmlOf(edited)).not.toMatch(/<w:del [^>]*[^/]>(?:(?!<\/w:del>).)*commentReference/);
    }
  });

  it("leaves its comment at the nearest text in direct mode", () => {
    const edited = direct(plain(), [{ kind: "delete-row", quote: "a1", comment: "Out of date" }]);
    expect(xmlOf(edited)).toContain("w:commentReference");
    expect(texts(edited)).toEqual(["Before", "H1", "H2", "a2", "b2", "After"]);
  });

  it("keeps others' comments on the row in their places", () => {
    const comments = '<w:comment w:id="3" w:author="Ann"><w:p><w:r><w:t>Hm</w:t></w:r></w:p></w:comment>';
    const commented = p(
      '<w:commentRangeStart w:id="3"/>',
      "one",
      '<w:commentRangeEnd w:id="3"/>',
      '<w:r><w:commentReference w:id="3"/></w:r>',
    );
    const edited = expectEdit(
      wordDocument(tbl([tr([tc(commented)]), tr(["two"])], 1) + p("After"), { comments }),
      [{ kind: "delete-row", quote: "one" }],
      ["two", "After"],
    );
    expect(xmlOf(edited)).toContain(
      '</w:del><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>',
    );
  });

  it("can't be combined with other changes of what it holds", () => {
    const others: QuotedTestChange[] = [
      { kind: "replace", quote: "b1", text: "b3" },
      { kind: "insert-after", quote: "b1", text: "more" },
      { kind: "comment", quote: "b1", text: "Hm" },
      { kind: "format-paragraph", quote: "b1", set: { alignment: "center" } },
      { kind: "delete-row", quote: "b1" },
    ];
    for (const other of others) {
      const both: QuotedTestChange[] = [{ kind: "delete-row", quote: "a1" }, other];
      for (const order of [both, both.toReversed()])
        expect(planQuoted(plain(), order).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
    }
  });

  it("can't be combined with rows of a table in it", () => {
    const before = wordDocument(
      tbl([tr([tc(table(["in"]) + p("low")), "out"]), tr(["x", "y"])], 2) + p("After"),
    );
    const both: QuotedTestChange[] = [
      { kind: "insert-row", quote: "in", cells: ["new"] },
      { kind: "delete-row", quote: "out" },
    ];
    for (const order of [both, both.toReversed()])
      expect(planQuoted(before, order).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
  });

  it("leaves the other end of a bookmark where it was in direct mode", () => {
    const row = tr([tc(p('<w:bookmarkStart w:id="5" w:name="here"/>', "one"))]);
    const before = wordDocument(tbl([row, tr([tc(p("two", '<w:bookmarkEnd w:id="5"/>'))])], 1) + p("After"));
    expect(xmlOf(direct(before, [{ kind: "delete-row", quote: "one" }]))).toContain(
      '<w:bookmarkStart w:id="5" w:name="here"/><w:tr>',
    );
  });
});

function deleteFirstRow(before: WordDocument, paragraph: string): WordDocument {
  const anchor = { paragraph, start: 0, end: 0, quote: "" };
  const plan = planChanges(before, [{ kind: "delete-row", at: anchor, comment: "Out of date" }], at);
  expect(plan.refused).toEqual([]);
  return openFile(plan.save().bytes);
}

describe("a row in which a merge over rows begins", () => {
  it("hands text and merge on to the next row", () => {
    const edited = expectEdit(
      merged(),
      [{ kind: "delete-row", quote: "two" }],
      ["head", "one", "North", "three", "", "four", "South", "five", "After"],
    );
    expect(xmlOf(accepted(edited))).toMatch(/<w:vMerge w:val="restart"\/><\/w:tcPr><w:p>.*?North/);
    expect(xmlOf(accepted(edited)).match(/<w:vMerge/g)).toHaveLength(2);
  });

  it("hands on several paragraphs in their formatting", () => {
    const cell = `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:vMerge w:val="restart"/></w:tcPr>${p(r("North", "<w:b/>"))}${p("of it")}</w:tc>`;
    const before = wordDocument(
      tbl([tr([cell, "two"]), tr([tc("", "<w:vMerge/>"), "three"])], 2) + p("After"),
    );
    const edited = expectEdit(
      before,
      [{ kind: "delete-row", quote: "two" }],
      ["North", "of it", "three", "After"],
    );
    expect(xmlOf(accepted(edited))).toContain("<w:rPr><w:b/></w:rPr>");
  });

  it("hands on to the first row that stays, in whatever order rows go", () => {
    const after = ["head", "one", "North", "four", "South", "five", "After"];
    for (const quotes of [
      ["two", "three"],
      ["three", "two"],
    ])
      expectEdit(
        merged(),
        quotes.map((quote): QuotedTestChange => ({ kind: "delete-row", quote })),
        after,
      );
    for (const quotes of [
      ["two", "three", "four"],
      ["four", "two", "three"],
    ])
      expectEdit(
        merged(),
        quotes.map((quote): QuotedTestChange => ({ kind: "delete-row", quote })),
        ["head", "one", "South", "five", "After"],
      );
  });

  it("hands on in direct mode", () => {
    const edited = direct(merged(), [{ kind: "delete-row", quote: "two" }]);
    expect(texts(edited)).toEqual(["head", "one", "North", "three", "", "four", "South", "five", "After"]);
    expect(xmlOf(edited)).not.toContain("Change");
  });

  it("is refused when the merged cell holds more than text", () => {
    const source = xmlOf(merged()).replace("North</w:t></w:r>", "North</w:t></w:r><w:r><w:pict/></w:r>");
    expect(refusal(wordDocument("", { documentXml: source }), { kind: "delete-row", quote: "two" }).fix).toBe(
      "Split the merged cell in Word first.",
    );
  });

  it("can't be combined with a new row inside the merge", () => {
    const both: QuotedTestChange[] = [
      { kind: "insert-row", quote: "three", cells: ["", "new"] },
      { kind: "delete-row", quote: "two" },
    ];
    for (const order of [both, both.toReversed()])
      expect(planQuoted(merged(), order).refused).toMatchObject([{ id: "2", code: "overlaps" }]);
  });

  it("goes without more ado when it only goes on with the merge", () => {
    expectEdit(
      merged(),
      [{ kind: "delete-row", quote: "three" }],
      ["head", "one", "North", "two", "", "four", "South", "five", "After"],
    );
  });
});
