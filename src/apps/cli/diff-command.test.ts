import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../files/index.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const world = async (): Promise<TestWorld> => {
  const made = await testWorld();
  await made.put("v1.docx", docxOf(h1("Payment") + p("Pay in 30 days.") + p("The end.")));
  await made.put("v2.docx", docxOf(h1("Payment") + p("Pay in 14 days.") + p("Really.") + p("The end.")));
  return made;
};

describe("tandem diff", () => {
  it("prints a redline and counts", async () => {
    const { io, out, err } = await world();
    expect(await runCli(["diff", "v1.docx", "v2.docx"], io)).toBe(0);
    expect(out()).toContain("Payment\n  Pay in {--30--}{++14++} days.");
    expect(out()).toContain("{++Really.++}");
    expect(err()).toBe("1 paragraph edited, 1 paragraph inserted\n");
  });

  it("writes the first file with tracked changes", async () => {
    const { io, get } = await world();
    expect(await runCli(["diff", "v1.docx", "v2.docx", "-o", "red.docx", "--author", "Ann", "-q"], io)).toBe(
      0,
    );
    const document = openFile(await get("red.docx"));
    expect(document.paragraphs.map((each) => paragraphText(each, "markup"))).toEqual([
      "Payment",
      "Pay in {--30--}{++14++} days.",
      "{++Really.++}",
      "The end.",
    ]);
    expect(document.paragraphs[1]!.spans.find((span) => span.inserted)?.inserted?.author).toBe("Ann");
  });

  it("exits with 1 for different files only when asked, and with 0 for the same", async () => {
    const { io, err } = await world();
    expect(await runCli(["diff", "v1.docx", "v2.docx", "--exit-code"], io)).toBe(1);
    expect(await runCli(["diff", "v1.docx", "v1.docx", "--exit-code"], io)).toBe(0);
    expect(err()).toContain("no difference");
  });

  it("prints the same as JSON", async () => {
    const { io, out } = await world();
    expect(await runCli(["diff", "v1.docx", "v2.docx", "--json"], io)).toBe(0);
    expect(JSON.parse(out())).toMatchObject({
      schemaVersion: 1,
      command: "diff",
      same: false,
      output: null,
      counts: { editedParagraphs: 1, insertedParagraphs: 1 },
      refused: [],
      changes: expect.arrayContaining([
        expect.objectContaining({ kind: "deletion", text: "30" }),
        expect.objectContaining({ kind: "insertion", text: "14" }),
      ]),
    });
  });

  it("refuses stdin twice, its own input as output, and what is no date", async () => {
    const { io } = await world();
    expect(await runCli(["diff", "-", "-"], io)).toBe(2);
    expect(await runCli(["diff", "v1.docx", "v2.docx", "-o", "v1.docx"], io)).toBe(2);
    expect(await runCli(["diff", "v1.docx", "v2.docx", "--date", "soon"], io)).toBe(2);
  });
});
