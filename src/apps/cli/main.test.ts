import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../errors.ts";
import { testWorld } from "./cli-io.fixture.ts";
import { docxOf, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe("tandem", () => {
  it("prints its version", async () => {
    const { io, out } = await testWorld();
    expect(await runCli(["--version"], io)).toBe(0);
    expect(out()).toBe(`${version}\n`);
  });

  it("prints help with examples first, on stdout when asked and on stderr when not", async () => {
    const asked = await testWorld();
    expect(await runCli(["--help"], asked.io)).toBe(0);
    expect(asked.out()).toMatch(/^Examples:\n {2}tandem edit/);
    const bare = await testWorld();
    expect(await runCli([], bare.io)).toBe(2);
    expect(bare.out()).toBe("");
    expect(bare.err()).toMatch(/^Examples:/);
  });

  it.each(["edit", "minutes", "review", "diff", "verify", "models", "doctor"])(
    "has examples first in the help of %s",
    async (command) => {
      const { io, out } = await testWorld();
      expect(await runCli([command, "--help"], io)).toBe(0);
      expect(out()).toMatch(new RegExp(`^Examples:\\n {2}tandem ${command}`));
    },
  );

  it("suggests what was meant, for commands and options", async () => {
    const command = await testWorld();
    expect(await runCli(["reveiw", "a.docx"], command.io)).toBe(2);
    expect(command.err()).toBe("tandem: unknown command 'reveiw'\nhint: Did you mean review?\n");
    const option = await testWorld();
    expect(await runCli(["review", "a.docx", "--acept", "1"], option.io)).toBe(2);
    expect(option.err()).toContain("hint: Did you mean --accept?");
  });

  it("reports errors as JSON on stdout with --json, and nothing on stderr", async () => {
    for (const [argv, code] of [
      [["review", "nope.docx", "--json"], "bad-request"],
      [["review", "--json", "--frobnicate"], "usage"],
    ] as const) {
      const { io, out, err } = await testWorld();
      expect(await runCli(argv, io)).toBe(2);
      const report = JSON.parse(out());
      expect(report).toMatchObject({ schemaVersion: 1, error: { code } });
      expect(report.error.message).toBeTruthy();
      expect(report.error.hint).toBeTruthy();
      expect(err()).toBe("");
    }
  });

  it("says what a file is when it is no Word file", async () => {
    const { io, put, err } = await testWorld();
    await put("a.docx", "%PDF-1.7");
    expect(await runCli(["review", "a.docx"], io)).toBe(1);
    expect(err()).toBe("tandem: this is a PDF, not an Office file\n");
  });

  it("ends with 130 and no file when interrupted", async () => {
    const reason = new TandemError("aborted", "interrupted; nothing was written");
    const { io, put, names, err } = await testWorld({ signal: AbortSignal.abort(reason) });
    await put("a.docx", docxOf('<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'));
    expect(await runCli(["review", "a.docx", "--accept", "all"], io)).toBe(130);
    expect(await names()).toEqual(["a.docx"]);
    expect(err()).toBe("tandem: interrupted; nothing was written\n");
  });

  it("fails with a sentence, leaving everything as it was, when a file cannot be written", async () => {
    const { io, put, names, err } = await testWorld();
    await put("a.docx", docxOf('<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'));
    expect(await runCli(["review", "a.docx", "--accept", "all", "-o", "a.docx/b.docx"], io)).toBe(1);
    expect(err()).toContain("a folder in this path is a file");
    expect(await runCli(["review", "a.docx", "--accept", "all", "-o", "missing/b.docx"], io)).toBe(1);
    expect(err()).toContain("there is no such file or folder");
    expect(await names()).toEqual(["a.docx"]);
  });

  it("shows no escape character that a file's name or an error holds", async () => {
    const { io, err } = await testWorld();
    expect(await runCli(["review", "\u001b[2Jx.docx"], io)).toBe(2);
    expect(err()).toContain("␛[2Jx.docx");
    expect(err()).not.toContain("\u001b");
    const other = await testWorld();
    await other.put("a.docx", docxOf(p("x")));
    expect(await runCli(["review", "a.docx", "--kind", "\u009b31m"], other.io)).toBe(3);
    expect(other.err()).not.toMatch(/[\u0080-\u009f]/);
  });
});
