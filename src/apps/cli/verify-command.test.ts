import { describe, expect, it } from "vitest";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

/** A file, a tracked edit of it, and a copy that was changed without a trace. */
const world = async (): Promise<TestWorld> => {
  const made = await testWorld();
  await made.put("in.docx", docxOf(h1("Payment") + p("Pay in 30 days.")));
  await made.put("direct.docx", docxOf(h1("Payment") + p("Pay in 14 days.")));
  expect(await runCli(["diff", "in.docx", "direct.docx", "-o", "out.docx", "-q"], made.io)).toBe(0);
  return made;
};

describe("tandem verify", () => {
  it("says that a tracked edit can be refused, exit code 0", async () => {
    const { io, out } = await world();
    expect(await runCli(["verify", "out.docx", "--against", "in.docx"], io)).toBe(0);
    expect(out()).toContain("out.docx: refusable: nothing but tracked changes and comments");
    expect(out()).toContain("rejecting all gives back the text: yes, the XML: yes");
  });

  it("names what was changed directly, exit code 1", async () => {
    const { io, out } = await world();
    expect(await runCli(["verify", "direct.docx", "--against", "in.docx"], io)).toBe(1);
    expect(out()).toContain('! /word/document.xml: text of paragraph 2 changed: "Pay in 14 days."');
  });

  it("takes one author's changes only", async () => {
    const { io } = await world();
    expect(await runCli(["verify", "out.docx", "--against", "in.docx", "--author", "Tandem"], io)).toBe(0);
    expect(await runCli(["verify", "out.docx", "--against", "in.docx", "--author", "Ann"], io)).toBe(1);
  });

  it("writes the certificate as JSON, and prints it", async () => {
    const { io, out, get } = await world();
    expect(await runCli(["verify", "out.docx", "--against", "in.docx", "-o", "c.json", "--json"], io)).toBe(
      0,
    );
    const written = JSON.parse(new TextDecoder().decode(await get("c.json")));
    expect(written).toMatchObject({
      schemaVersion: 1,
      tool: { name: "tandem" },
      date: "2025-03-01T09:00:00.000Z",
      isRefusable: true,
    });
    expect(JSON.parse(out())).toMatchObject({ command: "verify", file: "out.docx", ...written });
  });

  it("needs the original", async () => {
    const { io, err } = await world();
    expect(await runCli(["verify", "out.docx"], io)).toBe(2);
    expect(err()).toContain("--against");
  });
});
