import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
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

const mine = 'w:author="Tandem" w:date="2026-01-01T00:00:00Z"';
const ins = (content: string, who = mine, id = 50): string => `<w:ins w:id="${id}" ${who}>${content}</w:ins>`;
const insertedMark = (who = mine): string => `<w:pPr><w:rPr><w:ins w:id="60" ${who}/></w:rPr></w:pPr>`;

/** Edits, checks, and gives the tracked changes as `kind text`. */
function changesAfter(
  body: string,
  changes: readonly QuotedTestChange[],
  after: readonly string[],
): string[] {
  const edited = expectEdit(wordDocument(body), changes, after);
  expect(xmlOf(edited)).not.toMatch(
    /<w:ins [^>]*><\/w:ins>|<w:ins [^>]*><w:ins |<w:ins [^>]*>(<w:[^>]*>)*<w:del [^>]*Tandem/,
  );
  return trackedChanges(edited).map(({ kind, text }) => `${kind} ${text}`);
}

describe("the author's own pending insertion", () => {
  const body = p("Delivery within ", ins(r("thirty long days")), " of order.");

  it("is changed in place, without a deletion in it and without a second insertion", () => {
    expect(
      changesAfter(
        body,
        [{ kind: "replace", quote: "thirty long", text: "fourteen" }],
        ["Delivery within fourteen days of order."],
      ),
    ).toEqual(["insertion fourteen days"]);
    expect(
      changesAfter(body, [{ kind: "delete", quote: " long" }], ["Delivery within thirty days of order."]),
    ).toEqual(["insertion thirty days"]);
  });

  it("grows with what is put in or at its ends", () => {
    expect(
      changesAfter(
        body,
        [{ kind: "replace", quote: "thirty long days", text: "about thirty very long days net" }],
        ["Delivery within about thirty very long days net of order."],
      ),
    ).toEqual(["insertion about thirty very long days net"]);
  });

  it("goes away with its last word, with the link around it", () => {
    expect(
      changesAfter(body, [{ kind: "delete", quote: "thirty long days" }], ["Delivery within  of order."]),
    ).toEqual([]);
    const linked = p("a ", `<w:hyperlink w:anchor="b">${ins(r("one") + r(" two", "<w:b/>"))}</w:hyperlink>`);
    const edited = expectEdit(wordDocument(linked), [{ kind: "delete", quote: "one two" }], ["a "]);
    expect(xmlOf(edited)).not.toMatch(/hyperlink|w:ins/);
  });

  it("keeps new words beside the deletion of old ones, as one suggestion", () => {
    expect(
      changesAfter(
        body,
        [{ kind: "replace", quote: "within thirty long", text: "before the" }],
        ["Delivery before the days of order."],
      ),
    ).toEqual(["deletion within ", "insertion before the", "insertion  days"]);
  });

  it("stays a tracked change of its own when another author edits it", () => {
    const edited = expectEdit(
      wordDocument(p("Delivery within ", ins(r("thirty days"), revision), " of order.")),
      [{ kind: "delete", quote: "thirty " }],
      ["Delivery within days of order."],
    );
    expect(xmlOf(edited)).toMatch(/<w:ins [^>]*Ann[^>]*><w:del [^>]*Tandem/);
  });

  it("leaves what another author deleted in it, bookmarks and comments", () => {
    const comment = `<w:commentRangeStart w:id="7"/>${r("two ")}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>`;
    const content = `${r("one ")}<w:bookmarkStart w:id="8" w:name="b"/>${comment}<w:bookmarkEnd w:id="8"/><w:del w:id="9" ${revision}><w:r><w:delText>three</w:delText></w:r></w:del>`;
    const edited = expectEdit(
      wordDocument(p("a ", ins(content)), {
        comments: `<w:comment w:id="7" ${revision}>${p("Hm")}</w:comment>`,
      }),
      [{ kind: "delete", quote: "one two " }],
      ["a "],
    );
    for (const kept of ["w:bookmarkStart", "w:bookmarkEnd", "w:commentReference", "three"])
      expect(xmlOf(edited)).toContain(kept);
  });

  it("takes formatting as a change that can be refused alone", () => {
    expect(
      changesAfter(
        body,
        [{ kind: "format", quote: "thirty", set: { bold: true } }],
        ["Delivery within thirty long days of order."],
      ),
    ).toEqual(["insertion thirty long days", "run-formatting thirty"]);
  });

  it("is changed with a comment, and beside other changes of the paragraph", () => {
    const edited = expectEdit(
      wordDocument(body),
      [
        { kind: "replace", quote: "thirty", text: "ten", comment: "shorter" },
        { kind: "replace", quote: "order", text: "receipt" },
        { kind: "comment", quote: "days", text: "Working days?" },
      ],
      ["Delivery within ten long days of receipt."],
    );
    expect(xmlOf(edited).match(/<w:commentReference /g)).toHaveLength(2);
  });

  it("inside a control is changed in place too; another author's there is refused", () => {
    const control = (who: string): string =>
      p("a ", ins(`<w:sdt><w:sdtPr/><w:sdtContent>${r("in control")}</w:sdtContent></w:sdt>`, who));
    const change: QuotedTestChange = { kind: "replace", quote: "in control", text: "in full control" };
    expect(changesAfter(control(mine), [change], ["a in full control"])).toEqual([
      "insertion in full control",
    ]);
    expect(planQuoted(wordDocument(control(revision)), [change]).refused).toMatchObject([
      { code: "unsupported" },
    ]);
  });
});

describe("a paragraph that the same author inserted", () => {
  const paragraph = (content: string, who = mine): string => `<w:p>${insertedMark(who)}${content}</w:p>`;

  it("goes without a trace", () => {
    const table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    for (const next of [p("Last"), table + p("Last"), paragraph(ins(r("More")), mine) + p("Last")]) {
      const before = wordDocument(p("First") + paragraph(ins(r("New ") + r("text"))) + next);
      const rest = texts(before).filter((text) => text !== "New text");
      const edited = expectEdit(before, [{ kind: "delete", quote: "New text" }], rest);
      expect(xmlOf(edited)).not.toContain("New ");
    }
  });

  it("stays as a deletion where it is another author's or holds another's words", () => {
    for (const body of [
      paragraph(ins(r("New text"), revision), revision),
      paragraph(ins(r("New")) + ins(r(" text"), revision, 51)),
      paragraph(`${ins(r("New"))}${r(" text")}`),
    ]) {
      const edited = expectEdit(
        wordDocument(p("First") + body + p("Last")),
        [{ kind: "delete", quote: "New text" }],
        ["First", "Last"],
      );
      expect(xmlOf(edited)).toContain("w:delText");
    }
  });

  it("keeps its comment and its bookmarks when its words go", () => {
    const content = `<w:bookmarkStart w:id="8" w:name="b"/>${ins(r("New text"))}<w:bookmarkEnd w:id="8"/>`;
    const edited = expectEdit(
      wordDocument(p("First") + paragraph(content) + p("Last")),
      [{ kind: "delete", quote: "New text" }],
      ["First", "Last"],
    );
    expect(xmlOf(edited)).toContain("w:bookmarkStart");
    expect(xmlOf(edited)).not.toContain("New text");
  });

  it("is edited by a second request, and all of it refused at once", () => {
    const original = wordDocument(p("First") + p("Last"));
    const steps: readonly (readonly QuotedTestChange[])[] = [
      [{ kind: "insert-after", quote: "First", text: "One line\nAnother line" }],
      [{ kind: "replace", quote: "One line", text: "One short line" }],
      [{ kind: "delete", quote: "Another line" }],
      [{ kind: "insert-after", quote: "One short line", text: "A third" }],
    ];
    let document: WordDocument = original;
    for (const changes of steps) {
      const plan = planQuoted(document, changes);
      expect(plan.refused).toEqual([]);
      document = openFile(plan.save().bytes);
    }
    expect(texts(document)).toEqual(["First", "One short line", "A third", "Last"]);
    expect(trackedChanges(document).every(({ kind }) => kind === "insertion")).toBe(true);
    expect(xmlOf(openFile(settleChanges(document, { action: "reject" })))).toBe(xmlOf(original));
  });

  it("has no place for a comment on its deletion", () => {
    const before = wordDocument(p("First") + paragraph(ins(r("New"))) + p("Last"));
    const plan = planQuoted(before, [{ kind: "delete", quote: "New", comment: "not needed" }]);
    expect(plan.refused).toMatchObject([{ code: "unsupported" }]);
  });
});
