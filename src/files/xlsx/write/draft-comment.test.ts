import { describe, expect, it } from "vitest";
import { readComments } from "../read/comments.ts";
import type { WorkbookChange } from "./types.ts";
import { refusalOf, someone, write } from "./write.fixture.ts";

const comment = (cell: string, text: string, as?: "note"): WorkbookChange => ({
  kind: "comment",
  sheet: "Sheet1",
  cell,
  text,
  ...(as === undefined ? {} : { as }),
});

describe("commenting on a cell", () => {
  it("begins a conversation, with a note for older versions", () => {
    const written = write("", [comment("B4", "Why 7?\nAnd <8>?")]);
    const [first] = readComments(written.after, written.after.sheets[0]!);
    expect(first).toMatchObject({
      row: 4,
      column: 1,
      author: "Ann",
      text: "Why 7?\nAnd <8>?",
      isThreaded: true,
      date: "2026-01-31T09:00:00.00",
    });
    const note = written.part("xl/comments1.xml");
    const id = /<threadedComment [^>]*id="(\{[0-9A-F-]{36}\})"/.exec(
      written.part("xl/threadedComments/threadedComment1.xml"),
    )?.[1];
    expect(note).toContain(`<author>tc=${id}</author>`);
    expect(note).toContain("[Threaded comment]");
    expect(written.part("xl/drawings/vmlDrawing1.vml")).toContain("<x:Row>3</x:Row><x:Column>1</x:Column>");
    expect(written.part("xl/worksheets/sheet1.xml")).toContain("<legacyDrawing r:id=");
  });

  it("writes a plain note when asked", () => {
    const written = write("", [comment("A1", "see <page> 3", "note")]);
    expect(readComments(written.after, written.after.sheets[0]!)).toMatchObject([
      { author: "Ann", text: "see <page> 3", isThreaded: false },
    ]);
    expect(written.touched.some((name) => name.includes("threaded"))).toBe(false);
  });

  it("extends the parts that are there, and answers where a conversation is", () => {
    const first = write("", [comment("A1", "one"), comment("B2", "note", "note")]);
    const second = write(first.bytes, [comment("A1", "answer"), comment("C3", "three")], {
      ...someone,
      author: "Bo",
    });
    expect(
      readComments(second.after, second.after.sheets[0]!).map(({ author, text, isReply }) => [
        author,
        text,
        isReply,
      ]),
    ).toEqual([
      ["Ann", "one", false],
      ["Bo", "answer", true],
      ["Ann", "note", false],
      ["Bo", "three", false],
    ]);
    expect(second.part("xl/comments1.xml")).toContain("    one\nReply:\n    answer</t>");
    expect(second.part("xl/persons/person1.xml")).toMatch(/displayName="Ann".*displayName="Bo"/);
    const shapes = [...second.part("xl/drawings/vmlDrawing1.vml").matchAll(/id="_x0000_s(\d+)"/g)];
    expect(shapes.map(([, id]) => id)).toEqual(["1025", "1026", "1027"]);
    expect(second.touched).not.toContain("xl/worksheets/sheet1.xml");
  });

  it("refuses a second note, an empty text and the inside of a merged cell", () => {
    const plan = (cell: string, text: string): ReturnType<typeof refusalOf> =>
      refusalOf(
        { sheets: [{ after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>' }] },
        comment(cell, text),
      );
    expect(plan("B2", "x")).toBe("merged");
    expect(plan("C1", " ")).toBe("invalid-text");
    expect(plan("C1", "\ud800")).toBe("invalid-text");
    expect(refusalOf("", [comment("A1", "a", "note"), comment("A1", "b", "note")])).toBe("overlaps");
    expect(refusalOf("", [comment("A1", "a"), comment("A1", "b", "note")])).toBe("overlaps");
  });

  it("refuses a drawing of notes that is no XML, and leaves nothing behind", () => {
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const source = {
      sheets: [
        {
          after: '<legacyDrawing r:id="rId1"/>',
          relationships: `<Relationship Id="rId1" Type="${office}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>`,
        },
      ],
      parts: { "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>" },
    };
    expect(refusalOf(source, comment("A1", "x"))).toBe("unsupported");
  });
});
