import { describe, expect, it } from "vitest";
import { p, r, texts, wordFile } from "../files/docx/word.fixture.ts";
import {
  type Change,
  comments,
  findQuote,
  openFile,
  planChanges,
  readPart,
  savePackage,
  settleChanges,
  trackedChanges,
} from "../files/index.ts";
import { author, type Issued, issued, retyped, settle } from "./issued.fixture.ts";
import { issueLedger } from "./ledger.ts";
import { undoChanges } from "./undo.ts";
import type { UndoEntry, UndoOptions, UndoResult } from "./undo-types.ts";

const first = "The supplier delivers the goods within 30 days after the order.";
const file = wordFile(
  p("Delivery") + p(first) + p("Interest is due at five percent.") + p("The end of the contract."),
);
const original = texts(openFile(file));
const undoer = "Ann Undoer";

const replaced = (comment?: string): Promise<Issued> =>
  issued(file, [
    { kind: "replace", quote: "30 days", text: "two weeks", ...(comment !== undefined && { comment }) },
  ]);

/** A file with one suggestion `s1` of any kind. */
async function suggested(source: Uint8Array, quote: string, change: object): Promise<Issued> {
  const document = openFile(source);
  const changes = [{ id: "s1", at: findQuote(document, quote), ...change } as Change];
  const plan = planChanges(document, changes, { author, date: new Date("2026-03-02T10:00:00Z") });
  expect(plan.refused).toEqual([]);
  const { bytes } = plan.save();
  const ledger = await issueLedger({ original: source, issued: bytes, applied: plan.applied });
  return { original: source, bytes, ledger };
}

function undo(bytes: Uint8Array, { ledger }: Issued, options: Partial<UndoOptions> = {}): UndoResult {
  return undoChanges(bytes, { ledger, author: undoer, date: new Date("2026-05-05T09:00:00Z"), ...options });
}

/** Texts with the undo's own changes accepted and all others pending. */
function textsAfter({ bytes }: UndoResult): string[] {
  const which = ({ revision }: { revision: { author: string } }): boolean => revision.author === undoer;
  return texts(openFile(settleChanges(openFile(bytes), { action: "accept", which })), "markup");
}

function changedXml(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  const document = openFile(bytes);
  const xml = change(document.stories[0]!.tree.source);
  return savePackage(document.package, new Map([["/word/document.xml", new TextEncoder().encode(xml)]]));
}

const accepted = (bytes: Uint8Array): Uint8Array => settleChanges(openFile(bytes), { action: "accept" });
const actions = ({ entries }: UndoResult): UndoEntry["action"][] => entries.map(({ action }) => action);

describe("undoing what is pending", () => {
  it("rejects it and leaves others' edits, tracked or not", async () => {
    const given = await replaced();
    const edited = retyped(
      retyped(given.bytes, "five", "six"),
      "end of the contract",
      "last page",
      "tracked",
    );
    const undone = undo(edited, given);
    expect(undone).toMatchObject({ isChanged: true, entries: [{ action: "rejected", outcome: "pending" }] });
    expect(texts(openFile(undone.bytes), "markup")).toEqual([
      "Delivery",
      first,
      "Interest is due at six percent.",
      "The {--end of the contract--}{++last page++}.",
    ]);
  });

  it("takes an insertion of ours that somebody deletes with a tracked change", async () => {
    const given = await issued(file, [{ kind: "replace", quote: "goods", text: "many goods" }]);
    const undone = undo(retyped(given.bytes, "many ", "", "tracked"), given);
    expect(actions(undone)).toEqual(["rejected"]);
    expect(texts(openFile(undone.bytes), "markup")).toEqual(original);
  });

  it("leaves an insertion that somebody wrote into, although it is still marked as ours", async () => {
    const given = await replaced();
    const undone = undo(
      changedXml(given.bytes, (xml) => xml.replace("two weeks", "two long weeks")),
      given,
    );
    expect(actions(undone)).toEqual(["conflict"]);
    expect(texts(openFile(undone.bytes))[1]).toContain("two long weeks");
  });

  it("knows ours by the minute when a program drops the seconds, unless that takes in others of ours", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: "30 days", text: "two weeks" },
      { kind: "replace", quote: "five", text: "six" },
    ]);
    const coarse = changedXml(given.bytes, (xml) => xml.replace(/T10:00:\d\dZ/g, "T10:00:30Z"));
    const undone = undo(coarse, given);
    expect(actions(undone)).toEqual(["rejected", "rejected"]);
    expect(texts(openFile(undone.bytes), "markup")).toEqual(original);
    const half = undo(
      settleChanges(openFile(coarse), { action: "reject", which: ({ text }) => /five|six/.test(text) }),
      given,
    );
    expect(actions(half)).toEqual(["rejected", "nothing"]);
    expect(undo(coarse, given, { only: ["s1"] }).entries).toMatchObject([
      { action: "conflict", reason: expect.stringContaining("without seconds") },
    ]);
  });

  it("leaves what no longer says whose suggestion it is", async () => {
    const given = await replaced();
    const anonymous = changedXml(given.bytes, (xml) =>
      xml.replace(/w:author="Tandem" w:date="[^"]*"/g, 'w:author="Author"'),
    );
    const undone = undo(anonymous, given);
    expect(undone.entries).toMatchObject([{ action: "conflict", outcome: "pending" }]);
    expect(trackedChanges(openFile(undone.bytes))).toHaveLength(2);
  });

  it("removes the comment that was issued with it, unless somebody answered", async () => {
    const given = await replaced("As agreed in May");
    const undone = undo(given.bytes, given);
    expect(undone.entries).toMatchObject([{ action: "rejected", issuedComment: "removed" }]);
    expect(comments(openFile(undone.bytes))).toEqual([]);
    expect(texts(openFile(undone.bytes))).toEqual(original);
    const [comment] = comments(openFile(given.bytes));
    const reply: Change = { kind: "reply", to: comment!.id, text: "In June, was it not?" };
    const answered = planChanges(openFile(given.bytes), [reply], { author: "Bob", date: new Date() }).save();
    const kept = undo(answered.bytes, given);
    expect(kept.entries).toMatchObject([{ action: "rejected", issuedComment: "kept" }]);
    expect(comments(openFile(kept.bytes))).toHaveLength(2);
    const reversed = undo(settle(given.bytes, given, "s1", "accept"), given);
    expect(reversed.entries).toMatchObject([{ action: "reversed", issuedComment: "kept" }]);
    expect(comments(openFile(reversed.bytes))).toHaveLength(1);
  });

  it("rejects changes of formatting, which leave no words", async () => {
    const given = await suggested(file, "Delivery", {
      kind: "format-paragraph",
      set: { alignment: "center" },
    });
    const undone = undo(retyped(given.bytes, "five", "six"), given);
    expect(actions(undone)).toEqual(["rejected"]);
    expect(trackedChanges(openFile(undone.bytes))).toEqual([]);
  });
});

describe("undoing what was accepted", () => {
  it("changes the words back as tracked changes that can be refused", async () => {
    const given = await replaced();
    const file = settle(given.bytes, given, "s1", "accept");
    const undone = undo(file, given);
    expect(undone.entries).toMatchObject([{ id: "s1", outcome: "accepted", action: "reversed" }]);
    expect(textsAfter(undone)).toEqual(original);
    const authors = trackedChanges(openFile(undone.bytes)).map(({ revision }) => revision.author);
    expect(authors).toEqual([undoer, undoer]);
    expect(texts(openFile(undone.bytes), "original")).toEqual(texts(openFile(file)));
  });

  it("writes the old words without markup when asked to", async () => {
    const given = await replaced();
    const undone = undo(accepted(given.bytes), given, { mode: "direct" });
    expect(trackedChanges(openFile(undone.bytes))).toEqual([]);
    expect(texts(openFile(undone.bytes))).toEqual(original);
  });

  it("takes out whole paragraphs that came, and puts back those that went", async () => {
    const given = await issued(file, [
      { kind: "insert-after", quote: "Delivery", text: "A new first rule.\nAnd a second one." },
      { kind: "delete", quote: "Interest is due at five percent." },
    ]);
    const undone = undo(retyped(accepted(given.bytes), "supplier", "vendor"), given);
    expect(actions(undone)).toEqual(["reversed", "reversed"]);
    expect(textsAfter(undone)).toEqual(original.map((text) => text.replace("supplier", "vendor")));
  });

  it("takes out paragraphs at the very end, where the last mark has to stay", async () => {
    const given = await issued(file, [
      { kind: "insert-after", quote: "The end of the contract.", text: "One more.\nAnd one more." },
    ]);
    const undone = undo(accepted(given.bytes), given);
    expect(actions(undone)).toEqual(["reversed"]);
    expect(textsAfter(undone)).toEqual(original);
  });

  it("puts a paragraph back before the next one where none precedes it, or another cell does", async () => {
    const cell = `<w:tbl><w:tr><w:tc>${p("A cell of the table.")}</w:tc></w:tr></w:tbl>`;
    const source = wordFile(p("The title") + p("The text.") + cell + p("After the table.") + p("The end."));
    for (const quote of ["The title", "After the table."]) {
      const given = await issued(source, [{ kind: "delete", quote }]);
      const undone = undo(accepted(given.bytes), given);
      expect(actions(undone)).toEqual(["reversed"]);
      expect(textsAfter(undone)).toEqual(texts(openFile(source)));
      const again = openFile(settleChanges(openFile(undone.bytes), { action: "accept" }));
      expect(again.paragraphs.map(({ cell }) => cell === undefined)).toEqual([true, true, false, true, true]);
    }
  });

  it("parts paragraphs that were joined, and joins those that were parted", async () => {
    const joined = await suggested(file, first, { kind: "merge" });
    const parted = await suggested(file, "within 30 days", { kind: "split" });
    for (const given of [joined, parted]) {
      expect(texts(openFile(accepted(given.bytes)))).not.toEqual(original);
      const undone = undo(accepted(given.bytes), given);
      expect(actions(undone)).toEqual(["reversed"]);
      expect(textsAfter(undone)).toEqual(original);
    }
  });

  it("puts words back in order where two suggestions took neighbours out", async () => {
    const given = await issued(file, [
      { kind: "delete", quote: "the goods " },
      { kind: "delete", quote: "within 30 days " },
    ]);
    expect(textsAfter(undo(accepted(given.bytes), given))).toEqual(original);
  });

  it("does not put words between words that others wrote on both sides", async () => {
    const given = await issued(wordFile(p("One two three.")), [{ kind: "delete", quote: "two " }]);
    const rewritten = changedXml(accepted(given.bytes), (xml) =>
      xml.replace("One ", "Uno ").replace("three", "tres"),
    );
    expect(undo(rewritten, given).entries[0]!.action).not.toBe("reversed");
  });
});

const cell = (text: string): string =>
  `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>${p(text)}</w:tc>`;
const row = (...cells: readonly string[]): string => `<w:tr>${cells.map(cell).join("")}</w:tr>`;
const tableFile = wordFile(
  `${p("Before the table")}<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>${row("Item", "Price")}${row("Desk", "120 EUR")}${row("Chair", "80 EUR")}</w:tbl>${p("After the table")}`,
);
/** The smallest PNG. */
const image = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0),
);

describe("undoing what was accepted beside words", () => {
  it.each([
    ["a row put in", "Desk", { kind: "insert-row", cells: ["Lamp", "30 EUR"] }],
    ["a row taken out", "Desk", { kind: "delete-row" }],
    ["the first row taken out", "Item", { kind: "delete-row" }],
    ["the last row taken out", "Chair", { kind: "delete-row" }],
    ["a column put in", "Price", { kind: "insert-column", cells: ["Colour", "red", "green"] }],
    ["a column taken out", "Price", { kind: "delete-column" }],
    ["the first column taken out", "Item", { kind: "delete-column" }],
    [
      "a table put in",
      "Before the table",
      {
        kind: "insert-table",
        rows: [
          ["A", "B"],
          ["one", "two"],
        ],
      },
    ],
    ["a picture put in", "Before the table", { kind: "insert-image", image, altText: "A dot" }],
  ])("takes back %s", async (_, quote, change) => {
    const given = await suggested(tableFile, quote, change);
    const edited = retyped(accepted(given.bytes), "After", "Behind", "tracked");
    const undone = undo(edited, given);
    expect(undone.entries).toMatchObject([{ outcome: "accepted", action: "reversed" }]);
    const shown = texts(openFile(tableFile)).map((text) => text.replace("After", "{--After--}{++Behind++}"));
    expect(textsAfter(undone)).toEqual(shown);
    expect(undo(undone.bytes, given).isChanged).toBe(false);
  });

  it.each([
    ["words", "30 days", { kind: "format", set: { bold: true, highlight: "yellow", size: 14 } }],
    ["a paragraph", "Delivery", { kind: "format-paragraph", set: { alignment: "center", spaceAfter: 6 } }],
  ])("gives %s back the look they had", async (_, quote, change) => {
    const given = await suggested(file, quote, change);
    const undone = undo(retyped(accepted(given.bytes), "five", "six"), given);
    expect(undone.entries).toMatchObject([{ outcome: "accepted", action: "reversed" }]);
    expect(undo(undone.bytes, given).isChanged).toBe(false);
    const bytes = accepted(undone.bytes);
    expect(undo(bytes, given).entries).toMatchObject([{ outcome: "rejected", action: "nothing" }]);
    expect(texts(openFile(bytes))).toEqual(original.map((text) => text.replace("five", "six")));
  });

  it("gives words and paragraphs that come back the look they had, where the issued file is at hand", async () => {
    const heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Term</w:t></w:r></w:p>';
    const styles =
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>';
    const words = p(r("Pay "), r("at once", "<w:b/>"), r(" or "), r("never", "<w:i/>"), r(" again."));
    const source = wordFile(p("First.") + heading + words, { styles });
    const given = await issued(source, [
      { kind: "delete", quote: "at once or never " },
      { kind: "delete", quote: "Term" },
    ]);
    const looks = (bytes: Uint8Array): unknown =>
      openFile(bytes).paragraphs.map(({ styleId, spans }) => [
        styleId,
        spans.map(({ text, marks }) => [text, marks.bold, marks.italic]),
      ]);
    const undone = undo(accepted(given.bytes), given, { issued: given.bytes });
    expect(actions(undone)).toEqual(["reversed", "reversed"]);
    expect(looks(accepted(undone.bytes))).toEqual(looks(source));
    const refused = settleChanges(openFile(undone.bytes), { action: "reject" });
    expect(looks(refused)).toEqual(looks(accepted(given.bytes)));
  });

  it("leaves a row in which somebody wrote more, and says so", async () => {
    const given = await suggested(tableFile, "Desk", { kind: "insert-row", cells: ["Lamp", "30 EUR"] });
    const undone = undo(retyped(accepted(given.bytes), "Lamp", "Lamp with a shade"), given);
    expect(actions(undone)).toEqual(["conflict"]);
    expect(comments(openFile(undone.bytes))).toHaveLength(1);
  });
});

describe("undoing what is settled otherwise", () => {
  it("has nothing to do where it was refused, and gives back the same bytes", async () => {
    const given = await replaced();
    const rejected = settle(given.bytes, given, "s1", "reject");
    const undone = undo(rejected, given);
    expect(undone).toMatchObject({ isChanged: false, entries: [{ action: "nothing", outcome: "rejected" }] });
    expect(undone.bytes).toBe(rejected);
  });

  it("leaves a reworded suggestion, and says so in a comment at its words", async () => {
    const given = await replaced();
    const reworded = retyped(accepted(given.bytes), "two weeks", "14 working days");
    const undone = undo(reworded, given);
    expect(undone.entries).toMatchObject([{ action: "conflict", outcome: "modified" }]);
    expect(texts(openFile(undone.bytes))).toEqual(texts(openFile(reworded)));
    expect(comments(openFile(undone.bytes))).toMatchObject([
      {
        author: undoer,
        quote: "14 working days",
        text: "Not undone (s1): somebody put it in other words.\nBefore: 30 days\nSuggested: two weeks\nNow: 14 working days",
      },
    ]);
  });

  it("leaves a suggestion of which one half was taken", async () => {
    const given = await replaced();
    const half = settle(given.bytes, given, "s1", "accept", "insertion");
    const undone = undo(half, given);
    expect(undone.entries).toMatchObject([{ action: "conflict", outcome: "partial" }]);
    expect(texts(openFile(undone.bytes), "markup")).toEqual(texts(openFile(half), "markup"));
  });

  it("only lists a conflict where Word has no place for a comment", async () => {
    const source = wordFile(p("Body."), { header: p("Valid from May to June.") });
    const given = await issued(source, [{ kind: "replace", quote: "May to June", text: "June to July" }]);
    const undone = undo(retyped(accepted(given.bytes), "June to July", "the whole year"), given);
    expect(undone.entries).toMatchObject([{ action: "conflict" }]);
    expect(undone.entries[0]!.comment).toBeUndefined();
    expect(undone.isChanged).toBe(false);
  });
});

describe("an undo", () => {
  const four = (): Promise<Issued> =>
    issued(file, [
      { kind: "replace", quote: "30 days", text: "two weeks" },
      { kind: "delete", quote: "five " },
      { kind: "insert-after", quote: "Delivery", text: "A new first rule." },
      { kind: "replace", quote: "end", text: "last page" },
    ]);

  async function mixed(): Promise<{ given: Issued; bytes: Uint8Array }> {
    const given = await four();
    const settled = settle(settle(given.bytes, given, "s1", "accept"), given, "s3", "accept");
    return { given, bytes: retyped(settle(settled, given, "s4", "accept"), "last page", "appendix") };
  }

  it("finds nothing to do the second time", async () => {
    const { given, bytes } = await mixed();
    const undone = undo(bytes, given);
    expect(actions(undone)).toEqual(["reversed", "rejected", "reversed", "conflict"]);
    const again = undo(undone.bytes, given);
    expect(again.isChanged).toBe(false);
    expect(actions(again)).toEqual(["nothing", "nothing", "nothing", "conflict"]);
    expect(comments(openFile(again.bytes))).toHaveLength(1);
  });

  it("is not taken for the job, though signed with the same name in the same minute", async () => {
    const { given, bytes } = await mixed();
    const options = { author, date: new Date("2026-03-02T10:00:00Z") };
    const undone = undo(bytes, given, options);
    expect(undo(undone.bytes, given, options).isChanged).toBe(false);
  });

  it("takes out only what is asked for", async () => {
    const given = await four();
    const undone = undo(given.bytes, given, { only: ["s2"] });
    expect(undone.entries.map(({ id }) => id)).toEqual(["s2"]);
    expect(trackedChanges(openFile(undone.bytes))).toHaveLength(5);
    expect(() => undo(given.bytes, given, { only: ["s9"] })).toThrow("there is no suggestion s9");
  });

  it("leaves other parts as they are to the byte", async () => {
    const source = wordFile(p("Some words here."), { header: p("Head"), styles: "", footnotes: "" });
    const given = await issued(source, [{ kind: "replace", quote: "words", text: "text" }]);
    const undone = openFile(undo(accepted(given.bytes), given).bytes);
    for (const name of undone.package.entries.keys())
      if (name !== "/word/document.xml")
        expect(readPart(undone.package, name)).toEqual(readPart(openFile(source).package, name));
  });

  it("has another name where its author has pending changes, and does not write into those", async () => {
    const given = await issued(file, [
      { kind: "delete", quote: "the goods " },
      { kind: "replace", quote: "within", text: "promptly within" },
    ]);
    const undone = undo(settle(given.bytes, given, "s1", "accept"), given, { author });
    expect(actions(undone)).toEqual(["reversed", "rejected"]);
    const changes = trackedChanges(openFile(undone.bytes));
    expect(changes.map(({ revision, text }) => [revision.author, text])).toEqual([
      [`${author} (undo)`, "the goods "],
    ]);
    expect(texts(openFile(undone.bytes))).toEqual(original);
  });

  it("keeps bold where a bold word is put back beside plain ones", async () => {
    const source = wordFile(p(r("Pay "), r("within thirty", "<w:b/>"), r(" days.")));
    const given = await issued(source, [{ kind: "replace", quote: "thirty", text: "sixty" }]);
    const undone = openFile(accepted(undo(accepted(given.bytes), given).bytes));
    expect(undone.paragraphs[0]!.spans.map(({ text, marks }) => [text, marks.bold ?? false])).toEqual([
      ["Pay ", false],
      ["within thirty", true],
      [" days.", false],
    ]);
  });
});
