import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { wholeParagraph } from "../read/find-quote.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import {
  anchored,
  at,
  expectEdit,
  p,
  planQuoted,
  r,
  revision,
  wordDocument,
  xmlOf,
} from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

const table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";

describe("places where an edit is easily made wrong", () => {
  it("puts a comment's range after properties that the paragraph did not have before", () => {
    const before = wordDocument(p("One two"));
    const edited = expectEdit(
      before,
      [
        { kind: "comment", quote: "One", text: "Why?" },
        { kind: "insert-after", quote: "two", text: "Three" },
      ],
      ["One two", "Three"],
    );
    expect(xmlOf(edited)).toMatch(/<w:p><w:pPr>.*?<\/w:pPr><w:commentRangeStart/);
  });

  it("keeps the mark of a deleted paragraph that carries a comment before a table", () => {
    const edited = expectEdit(
      wordDocument(p("Gone") + table + p("Last")),
      [{ kind: "delete", quote: "Gone", comment: "Not needed" }],
      ["", "", "Last"],
    );
    expect(xmlOf(edited)).toContain("w:commentReference");
  });

  it("deletes a paragraph with a comment when a bookmark ends between it and the next one", () => {
    expectEdit(
      wordDocument(
        `<w:p><w:bookmarkStart w:id="7" w:name="a"/>${r("Gone")}</w:p><w:bookmarkEnd w:id="7"/>${p("Next")}`,
      ),
      [{ kind: "delete", quote: "Gone", comment: "Not needed" }],
      ["Next"],
    );
  });

  it("takes back a new paragraph with its comment, whatever follows it", () => {
    for (const next of [table, `<w:bookmarkEnd w:id="7"/>${p("Next")}`]) {
      const edited = expectEdit(
        wordDocument(`<w:p><w:bookmarkStart w:id="7" w:name="a"/>${r("One")}</w:p>${next}${p("Last")}`),
        [{ kind: "insert-after", quote: "One", text: "New", comment: "Because" }],
        ["One", "New", next === table ? "" : "Next", "Last"],
      );
      const rejected = openFile(settleChanges(edited, { action: "reject" }));
      expect(xmlOf(rejected)).not.toContain("comment");
    }
  });

  it("edits a run that has two property elements", () => {
    expectEdit(
      wordDocument(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:rPr><w:i/></w:rPr><w:t>one two</w:t></w:r></w:p>`),
      [{ kind: "replace", quote: "two", text: "three" }],
      ["one three"],
    );
  });

  it("refuses a quote that cuts a character in two", () => {
    const before = wordDocument(p("a 😀 b"));
    const plan = planQuoted(before, [{ kind: "delete", quote: "\ude00 b" }]);
    expect(plan.refused).toMatchObject([{ code: "invalid-text" }]);
  });

  it("refuses to change a run and the text box in it at once", () => {
    const box = `<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${p("inside")}</w:txbxContent></v:textbox></v:shape></w:pict>`;
    const before = wordDocument(`<w:p><w:r><w:t>outside</w:t>${box}</w:r></w:p>`);
    const inner = { kind: "replace", quote: "inside", text: "within" } as const;
    const outer = { kind: "delete", quote: "outside" } as const;
    for (const changes of [
      [inner, outer],
      [outer, inner],
    ]) {
      const plan = planQuoted(before, changes);
      expect(plan.refused).toMatchObject([{ id: "2", code: "overlaps" }]);
      expect(() => plan.save()).not.toThrow();
    }
  });

  it("leaves a link's field whole when a deletion begins or ends in its text", () => {
    const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const code =
      '<w:r><w:instrText xml:space="preserve"> HYPERLINK "http://example.org" </w:instrText></w:r>';
    const body = `<w:p>${r("see ")}${mark("begin")}${code}${mark("separate")}${r("the page")}${mark("end")}${r(" for more")}</w:p>`;
    for (const [quote, left] of [
      ["page for", "see the  more"],
      ["see the", " page for more"],
      ["e the page f", "seor more"],
    ] as const) {
      const edited = expectEdit(wordDocument(body), [{ kind: "delete", quote }], [left]);
      expect(xmlOf(edited).match(/<w:fldChar /g)).toHaveLength(3);
    }
  });

  it("puts a comment on a footnote at the note's number in the text", () => {
    const before = wordDocument(`<w:p>${r("Text")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, {
      footnotes: `<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${r("A note")}</w:p></w:footnote>`,
    });
    const edited = expectEdit(
      before,
      [{ kind: "replace", quote: "note", text: "remark", comment: "Clearer" }],
      ["Text", "A remark"],
    );
    expect(xmlOf(edited)).toMatch(
      /commentRangeStart[^>]*><w:r><w:footnoteReference[^>]*><\/w:r><w:commentRangeEnd/,
    );
    expect(edited.stories.find(({ kind }) => kind === "footnotes")?.tree.source).not.toContain(
      "commentReference",
    );
    expectEdit(before, [{ kind: "comment", quote: "A note", text: "Source?" }], ["Text", "A note"]);
  });

  it("keeps the number of a note whose text is deleted", () => {
    const before = wordDocument(`<w:p>${r("Text")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, {
      footnotes: `<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${r("A note")}</w:p></w:footnote>`,
    });
    const edited = expectEdit(before, [{ kind: "delete", quote: "A note" }], ["Text", ""]);
    const notes = edited.stories.find(({ kind }) => kind === "footnotes")?.tree.source;
    expect(notes).not.toMatch(/<w:del [^>]*><w:r><w:footnoteRef/);
  });

  it("joins no paragraph to one that declares namespaces, when something has to stay", () => {
    const note = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="00000001"';
    const before = wordDocument("<w:p/>", {
      comments: `<w:comment w:id="1" w:author="A"><w:p><w:r><w:annotationRef/></w:r>${r("one")}</w:p><w:p ${note}>${r("two")}</w:p></w:comment>`,
    });
    expect(() => planQuoted(before, [{ kind: "delete", quote: "one" }]).save()).not.toThrow();
    const after = { kind: "insert-after", quote: "two", text: "three" } as const;
    expect(() => planQuoted(before, [after]).save()).not.toThrow();
  });

  it("gives a second request of the same minute dates of its own", () => {
    const first = wordDocument(p("One two three"));
    const once = openFile(planQuoted(first, [{ kind: "replace", quote: "One", text: "1" }]).save().bytes);
    const changes = [
      { kind: "replace", quote: "two", text: "2" },
      { kind: "replace", quote: "three", text: "3" },
    ] as const;
    const twice = openFile(planQuoted(once, changes).save().bytes);
    expect(new Set(trackedChanges(twice).map((change) => change.revision.date)).size).toBe(3);
  });

  it("leaves no empty insertion beside text that it adds to somebody's insertion", () => {
    const before = wordDocument(`<w:p><w:ins w:id="5" ${revision}>${r("theirs")}</w:ins></w:p>`);
    for (const text of ["ours theirs", "theirs ours"]) {
      const plan = planChanges(
        before,
        anchored(before, [
          { kind: "replace", quote: "theirs", text },
          { kind: "comment", quote: "heir", text: "Whose?" },
        ]),
        at,
      );
      expect(xmlOf(openFile(plan.save().bytes))).not.toMatch(/<w:ins [^>]*><\/w:ins>|<w:ins [^>]*\/>/);
    }
  });

  it("takes an insertion away with its last text in direct mode", () => {
    const before = wordDocument(`<w:p>${r("a ")}<w:ins w:id="5" ${revision}>${r("theirs")}</w:ins></w:p>`);
    const plan = planQuoted(before, [{ kind: "replace", quote: "theirs", text: "" }], { mode: "direct" });
    expect(xmlOf(openFile(plan.save().bytes))).not.toContain("w:ins");
  });

  it("counts a change in both copies of a text box once, and settles both", () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const before = wordDocument(
      `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${box("in the box")}</mc:Choice><mc:Fallback><w:pict>${box("in the box")}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    );
    const edited = expectEdit(
      before,
      [{ kind: "replace", quote: "box", text: "frame" }],
      ["", "in the frame"],
    );
    const changes = trackedChanges(edited);
    expect(changes.map(({ kind, text, paragraph }) => [kind, text, paragraph])).toEqual([
      ["deletion", "box", "document:1"],
      ["insertion", "frame", "document:1"],
    ]);
    const settled = settleChanges(edited, { action: "accept", which: ({ number }) => number === 2 });
    expect(trackedChanges(openFile(settled)).map(({ kind }) => kind)).toEqual(["deletion"]);
    expect(xmlOf(openFile(settled)).match(/<w:ins /g)).toBeNull();
  });

  it("deletes whole paragraphs one after the other to the end", () => {
    const before = wordDocument(p("One") + p("Two") + p("Three"));
    const changes = before.paragraphs.map((each) => ({ kind: "delete" as const, at: wholeParagraph(each) }));
    const edited = openFile(planChanges(before, changes, at).save().bytes);
    const accepted = openFile(settleChanges(edited, { action: "accept" }));
    expect(accepted.paragraphs.map((each) => each.spans.length)).toEqual([0]);
  });

  it("says what kind of content control keeps its text", () => {
    const control = (properties: string): string =>
      `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${r("held")}</w:sdtContent></w:sdt>`;
    for (const [properties, reason] of [
      ['<w:lock w:val="contentLocked"/>', /locked/],
      ["<w:dataBinding/>", /bound to data/],
      ["<w:dropDownList/>", /list of choices/],
      ["<w:showingPlcHdr/>", /placeholder/],
      ['<w:lock w:val="sdtLocked"/><w:dataBinding/>', /bound to data/],
    ] as const) {
      const before = wordDocument(`<w:p>${control(properties)}</w:p>`);
      for (const text of ["other", "held more"]) {
        const plan = planQuoted(before, [{ kind: "replace", quote: "held", text }]);
        expect(plan.refused).toMatchObject([{ code: "locked", reason: expect.stringMatching(reason) }]);
      }
    }
    const free = wordDocument(`<w:p>${control('<w:lock w:val="sdtLocked"/>')}</w:p>`);
    expectEdit(free, [{ kind: "replace", quote: "held", text: "other" }], ["other"]);
  });

  it("edits what a person wrote into a form field or the text of a simple link field", () => {
    const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const form = `${mark("begin")}<w:r><w:instrText> FORMTEXT </w:instrText></w:r>${mark("separate")}${r("Ann")}${mark("end")}`;
    const link = `<w:fldSimple w:instr=" HYPERLINK &quot;http://example.org&quot; ">${r("the page")}</w:fldSimple>`;
    const before = wordDocument(`<w:p>${form}</w:p><w:p>${link}</w:p>`);
    const changes = [
      { kind: "replace", quote: "Ann", text: "Bo" },
      { kind: "replace", quote: "page", text: "site" },
    ] as const;
    expectEdit(before, changes, ["Bo", "the site"]);
  });
});
