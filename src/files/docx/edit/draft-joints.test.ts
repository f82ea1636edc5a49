import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { at, expectEdit, p, planQuoted, r, revision, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

const twoRuns = p(r("One sentence. ", "<w:b/>"), r("Another one. And a third."));

describe("split", () => {
  it("begins a new paragraph between two runs, in the middle of a run, and twice in one paragraph", () => {
    const before = wordDocument(twoRuns + p("Last."));
    expectEdit(
      before,
      [{ kind: "split", quote: "Another one" }],
      ["One sentence. ", "Another one. And a third.", "Last."],
    );
    expectEdit(
      before,
      [{ kind: "split", quote: "And a third" }],
      ["One sentence. Another one. ", "And a third.", "Last."],
    );
    const edited = expectEdit(
      before,
      [
        { kind: "split", quote: "And a third" },
        { kind: "split", quote: "Another one" },
      ],
      ["One sentence. ", "Another one. ", "And a third.", "Last."],
    );
    expect(xmlOf(edited)).toContain("<w:b/>");
  });

  it("splits the last paragraph of a body and of a cell, keeping the properties on both sides", () => {
    const styled = `<w:p><w:pPr><w:pStyle w:val="Quote"/><w:jc w:val="center"/></w:pPr>${r("One. Two.")}</w:p>`;
    const table = `<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>${styled}</w:tc></w:tr></w:tbl>`;
    const edited = expectEdit(wordDocument(styled), [{ kind: "split", quote: "Two" }], ["One. ", "Two."]);
    expect(xmlOf(edited).match(/<w:jc w:val="center"\/>/g)).toHaveLength(2);
    expectEdit(wordDocument(table + p("End")), [{ kind: "split", quote: "Two" }], ["One. ", "Two.", "End"]);
  });

  it("splits inside another author's insertion and beside other edits of the same paragraph", () => {
    const theirs = `<w:ins w:id="7" ${revision}>${r("added words here")}</w:ins>`;
    expectEdit(
      wordDocument(p("Text, ", theirs, " and more.")),
      [{ kind: "split", quote: "words here" }],
      ["Text, added ", "words here and more."],
    );
    expectEdit(
      wordDocument(p("First old. Second old.")),
      [
        { kind: "replace", quote: "First old", text: "First new" },
        { kind: "split", quote: "Second" },
      ],
      ["First new. ", "Second old."],
    );
  });

  it("refuses the start of a paragraph, the inside of a link, and a place that another change needs", () => {
    const link = p("See ", `<w:hyperlink w:anchor="x">${r("the long text")}</w:hyperlink>`, " there");
    const codes = (body: string, ...changes: Parameters<typeof planQuoted>[1]): string[] =>
      planQuoted(wordDocument(body), changes).refused.map(({ code }) => code);
    expect(codes(link, { kind: "split", quote: "See" })).toEqual(["no-change"]);
    expect(codes(link, { kind: "split", quote: "long text" })).toEqual(["locked"]);
    expect(codes(link, { kind: "split", quote: "the long" })).toEqual([]);
    expect(
      codes(p("One two."), { kind: "replace", quote: "two", text: "2" }, { kind: "split", quote: "two" }),
    ).toEqual(["overlaps"]);
  });

  it("keeps a field whole when the cut is right beside it", () => {
    const field =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>' +
      `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const body = `<w:p>${r("Page ")}${field}${r(" of ten")}</w:p>`;
    expectEdit(wordDocument(body), [{ kind: "split", quote: "3 of" }], ["Page ", "3 of ten"]);
    expectEdit(wordDocument(body), [{ kind: "split", quote: "of ten" }], ["Page 3 ", "of ten"]);
  });
});

describe("merge", () => {
  it("joins a paragraph with the next one, with a space where there is none", () => {
    const before = wordDocument(p("One.") + p("Two.") + p("Three."));
    expectEdit(before, [{ kind: "merge", quote: "One." }], ["One. Two.", "Three."]);
    expectEdit(
      before,
      [
        { kind: "merge", quote: "One.", text: "; " },
        { kind: "merge", quote: "Two." },
      ],
      ["One.; Two. Three."],
    );
  });

  it("joins with edits on both sides and a comment", () => {
    const before = wordDocument(p("One old.") + p("Two old.") + p("Three."));
    expectEdit(
      before,
      [
        { kind: "replace", quote: "One old", text: "One new" },
        { kind: "merge", quote: "One old.", comment: "They belong together." },
        { kind: "replace", quote: "Two old", text: "Two new" },
      ],
      ["One new. Two new.", "Three."],
    );
  });

  it("refuses the last paragraph, one before a table and a section's end", () => {
    const table = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    const section = `<w:p><w:pPr><w:sectPr/></w:pPr>${r("Before")}</w:p>`;
    const body = section + p("Middle") + table + p("End");
    for (const quote of ["Before", "Middle", "End"]) {
      const [refusal] = planQuoted(wordDocument(body), [{ kind: "merge", quote }]).refused;
      expect(refusal?.code, quote).toBe("unsupported");
    }
  });

  it("leaves the first paragraph's deletion to others when the same request deletes the second", () => {
    const plan = planQuoted(wordDocument(p("One.") + p("Two.") + p("Three.")), [
      { kind: "merge", quote: "One." },
      { kind: "delete", quote: "Two." },
    ]);
    expect(plan.refused.map(({ code }) => code)).toEqual(["overlaps"]);
  });
});

it("splits and joins at once in direct mode", () => {
  const direct = (body: string, change: Parameters<typeof planQuoted>[1][number]): string[] => {
    const plan = planQuoted(wordDocument(body), [change], { mode: "direct" });
    expect(plan.refused).toEqual([]);
    return texts(openFile(plan.save().bytes));
  };
  expect(direct(twoRuns, { kind: "split", quote: "And" })).toEqual([
    "One sentence. Another one. ",
    "And a third.",
  ]);
  expect(direct(p("One.") + p("Two."), { kind: "merge", quote: "One." })).toEqual(["One. Two."]);
  expect(direct(`${p("One.")}<w:p/>${p("Two.")}`, { kind: "merge", quote: "One." })).toEqual([
    "One.",
    "Two.",
  ]);
});

it("takes a split back without a trace", () => {
  const before = wordDocument(twoRuns);
  const plan = planQuoted(before, [{ kind: "split", quote: "And" }]);
  const back = openFile(settleChanges(openFile(plan.save().bytes), { action: "reject" }));
  expect(texts(back)).toEqual(texts(before));
  expect(planChanges(back, [], at).refused).toEqual([]);
});

it("splits and joins a paragraph that holds a text box, on either side of the cut", () => {
  const box = `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${p("Inside.")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
  const split = { kind: "split", quote: "Two" } as const;
  const merge = { kind: "merge", quote: "One" } as const;
  expectEdit(wordDocument(p(box, "One. Two.")), [split], ["One. ", "Inside.", "Two."]);
  expectEdit(wordDocument(p("One. Two.", box)), [split], ["One. ", "Two.", "Inside."]);
  for (const first of [p(box, "One."), p("One.", box)])
    expectEdit(wordDocument(first + p("Two.")), [merge], ["One. Two.", "Inside."]);
});
