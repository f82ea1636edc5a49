import { describe, expect, it } from "vitest";
import { openFile, paragraphText, trackedChanges } from "../../files/index.ts";
import { onTerminal, type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { del, docxOf, h1, ins, p, r } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const COMMENT =
  '<w:comment w:id="0" w:author="Bo" w:date="2024-05-05T08:00:00Z"><w:p><w:r><w:t>Why 14?</w:t></w:r></w:p></w:comment>';
const BODY = [
  h1("Payment"),
  `<w:p>${r("Pay in ")}${del(1, "Ann", "30")}${ins(2, "Ann", "14")}${r(" days")}${ins(3, "Bo", ", net")}${r(".")}</w:p>`,
  h1("Term"),
  `<w:p>${r("It lasts ")}${del(4, "Bo", "very ")}<w:commentRangeStart w:id="0"/>${r("long")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${r(".")}</w:p>`,
].join("");
const FILE = docxOf(BODY, COMMENT);

const world = async (options?: TestWorldOptions): Promise<TestWorld> => {
  const made = await testWorld(options);
  await made.put("a.docx", FILE);
  return made;
};
const textsOf = (bytes: Uint8Array, view: "final" | "markup" = "markup"): string[] =>
  openFile(bytes)
    .paragraphs.filter((each) => each.story.kind === "body")
    .map((each) => paragraphText(each, view));

describe("tandem review", () => {
  it("lists changes by number, kind, author, date and heading, and the comments", async () => {
    const { io, out } = await world();
    expect(await runCli(["review", "a.docx"], io)).toBe(0);
    expect(out()).toContain("a.docx: 4 tracked changes, 1 comment");
    expect(out()).toContain("   1  deletion by Ann, 2024-05-01 10:00, in Payment\n      - 30");
    expect(out()).toContain("   4  deletion by Bo, 2024-05-04 10:00, in Term\n      - very");
    expect(out()).toContain('comment 0 by Bo, 2024-05-05 08:00, in Term\n      "long"\n      Why 14?');
  });

  it("lists the same as JSON", async () => {
    const { io, out, err } = await world();
    expect(await runCli(["review", "a.docx", "--author", "bo", "--json"], io)).toBe(0);
    const report = JSON.parse(out());
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "review",
      file: "a.docx",
      changes: [
        {
          number: 3,
          kind: "insertion",
          author: "Bo",
          date: "2024-05-03T10:00:00Z",
          text: ", net",
          heading: "Payment",
        },
        { number: 4, kind: "deletion", text: "very ", heading: "Term" },
      ],
      comments: [{ id: "0", author: "Bo", text: "Why 14?", quote: "long", heading: "Term" }],
    });
    expect(err()).toBe("");
  });

  it("lists only comments with --comments, and only one kind with --kind", async () => {
    const one = await world();
    expect(await runCli(["review", "a.docx", "--comments"], one.io)).toBe(0);
    expect(one.out()).not.toContain("deletion");
    const two = await world();
    expect(await runCli(["review", "a.docx", "--kind", "insertion"], two.io)).toBe(0);
    expect(two.out()).toContain("a.docx: 2 tracked changes\n");
    expect(two.out()).not.toContain("comment");
  });

  it("accepts and rejects in one call, and leaves the rest and the input alone", async () => {
    const { io, get, names, err } = await world();
    expect(await runCli(["review", "a.docx", "--accept", "1,2", "--reject", "4"], io)).toBe(0);
    expect(await names()).toEqual(["a.docx", "a.tandem.docx"]);
    expect(textsOf(await get("a.tandem.docx"))).toEqual([
      "Payment",
      "Pay in 14 days{++, net++}.",
      "Term",
      "It lasts very long.",
    ]);
    expect(await get("a.docx")).toEqual(FILE);
    expect(err()).toContain("2 changes accepted, 1 rejected, 1 left");
  });

  it("rejects the rest when some are accepted", async () => {
    const { io, get } = await world();
    expect(await runCli(["review", "a.docx", "--accept", "3", "--reject", "all", "-o", "b.docx"], io)).toBe(
      0,
    );
    const bytes = await get("b.docx");
    expect(textsOf(bytes)).toEqual(["Payment", "Pay in 30 days, net.", "Term", "It lasts very long."]);
    expect(trackedChanges(openFile(bytes))).toEqual([]);
  });

  it("settles by author in place, keeping the original as a backup", async () => {
    const { io, get } = await world();
    expect(
      await runCli(["review", "a.docx", "--reject", "all", "--author", "Ann", "--in-place", "--json"], io),
    ).toBe(0);
    expect(textsOf(await get("a.docx"))[1]).toBe("Pay in 30 days{++, net++}.");
    expect(await get("a.bak.docx")).toEqual(FILE);
  });

  it("reads stdin and writes stdout", async () => {
    const { io, outBytes, err } = await world({ stdin: FILE });
    expect(await runCli(["review", "-", "--accept", "all", "--quiet"], io)).toBe(0);
    expect(textsOf(outBytes(), "final")[1]).toBe("Pay in 14 days, net.");
    expect(err()).toBe("");
  });

  it.each([
    [["review", "a.docx", "--accept", "9"], 3, "there is no change 9"],
    [["review", "a.docx", "--accept", "all", "--author", "Nobody"], 3, "no tracked change fits"],
    [["review", "a.docx", "--kind", "numbering"], 3, "the file has: deletion, insertion"],
    [["review", "a.docx", "--accept", "1-3", "--reject", "3"], 2, "change 3 is both"],
    [["review", "a.docx", "--accept", "x"], 2, "names no changes"],
    [["review", "a.docx", "-o", "b.docx"], 2, "nothing to write"],
    [["review", "a.docx", "--accept", "1", "-o", "a.docx"], 2, "not overwritten"],
    [["review", "missing.docx"], 2, "there is no file missing.docx"],
    [["review"], 2, "missing required argument 'file'"],
  ])("answers %j with exit code %i", async (argv, code, message) => {
    const { io, err, names } = await world();
    expect(await runCli(argv, io)).toBe(code);
    expect(err()).toContain(message);
    expect(await names()).toEqual(["a.docx"]);
  });

  it("says with 3 that a file has neither changes nor comments", async () => {
    const { io, put, out } = await world();
    await put("clean.docx", docxOf(p("Text.")));
    expect(await runCli(["review", "clean.docx"], io)).toBe(3);
    expect(out()).toContain("clean.docx: 0 tracked changes, 0 comments");
  });

  it("sends no escape character that the document holds", async () => {
    const { io, put, out, err } = await world({ isTty: onTerminal });
    const evil = "x\u009b2J\u202ey\u0085";
    await put("evil.docx", docxOf(`${h1(evil)}<w:p>${ins(1, evil, evil)}</w:p>`));
    expect(await runCli(["review", "evil.docx"], io)).toBe(0);
    const shown = (out() + err()).replace(/\u001b\[[0-9;]*m/g, "");
    expect(shown).toContain("x\ufffd2J");
    expect(shown).not.toMatch(/[\u0080-\u009f\u202e\u001b]/);
  });
});
