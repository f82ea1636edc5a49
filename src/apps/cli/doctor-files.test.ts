import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";
import { nodeFiles } from "./node-files.ts";

const WORKBOOK = zipSync({
  "[Content_Types].xml": strToU8(
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  ),
});

async function folderOfFiles(): Promise<TestWorld> {
  const world = await testWorld();
  await mkdir(path.join(world.folder, "deep"));
  await world.put("a.docx", docxOf(p("One two three.")));
  await world.put("deep/b.dotx", docxOf(p("Four five six.")));
  await world.put("deep/c.xlsx", WORKBOOK);
  await world.put("deep/~$a.docx", "lock file");
  await world.put("notes.txt", "not an Office file");
  return world;
}

const report = (
  world: TestWorld,
): { files: { file: string; passed: boolean }[]; totals: Record<string, number> } => JSON.parse(world.out());

describe("tandem doctor FILE|FOLDER", () => {
  it("checks every Office file below a folder and writes none", async () => {
    const world = await folderOfFiles();
    const before = await readdir(world.folder, { recursive: true });
    const bytes = await readFile(path.join(world.folder, "a.docx"));
    expect(await runCli(["doctor", "."], world.io)).toBe(0);
    expect(world.out()).toMatch(/opened\s+same bytes\s+edit\s+others same\s+reject\s+accept\s+file/);
    expect(world.out()).toMatch(/yes\s+yes\s+made\s+yes\s+yes\s+yes\s+a\.docx/);
    expect(world.out()).toMatch(/yes\s+yes\s+not yet\s+-\s+-\s+-\s+deep.c\.xlsx/);
    expect(world.out()).toMatch(/rejecting gives the original\s+2 of 2/);
    expect(world.out()).toMatch(/edits in Excel and PowerPoint\s+not checked yet/);
    expect(await readdir(world.folder, { recursive: true })).toEqual(before);
    expect(await readFile(path.join(world.folder, "a.docx"))).toEqual(bytes);
  });

  it("prints the same as JSON", async () => {
    const world = await folderOfFiles();
    expect(await runCli(["doctor", "a.docx", "deep", "--json", "--seed", "5"], world.io)).toBe(0);
    expect(report(world)).toMatchObject({
      schemaVersion: 1,
      command: "doctor",
      seed: 5,
      files: [{ file: "a.docx", passed: true }, { passed: true }, { passed: true }],
      totals: {
        files: 3,
        word: 2,
        opened: 3,
        byteIdentical: 3,
        edited: 2,
        rejectRestores: 2,
        acceptGives: 2,
        failed: 0,
      },
    });
  });

  it("takes a refusal with a reason as fine", async () => {
    const world = await testWorld();
    await world.put("cut.docx", docxOf(p("One.")).subarray(0, 200));
    expect(await runCli(["doctor", "cut.docx"], world.io)).toBe(0);
    expect(world.out()).toContain("cut.docx: refused (file-damaged):");
    expect(world.out()).toMatch(/opened\s+0 of 1\s+1 refused/);
  });

  it("reports a crash for its file, goes on, and fails", async () => {
    const world = await folderOfFiles();
    const files = nodeFiles(world.folder);
    const io = {
      ...world.io,
      files: {
        ...files,
        read: async (name: string) =>
          name === "a.docx" ? Promise.reject(new Error("disk trouble")) : files.read(name),
      },
    };
    expect(await runCli(["doctor", ".", "--json"], io)).toBe(1);
    expect(report(world).files.map(({ passed }) => passed)).toEqual([false, true, true]);
    expect(world.out()).toContain("disk trouble");
  });

  it.each([
    [["doctor", "nowhere"], 2, "there is no file or folder nowhere"],
    [["doctor", ".", "--seed", "x"], 2, "whole number"],
  ])("answers %j with exit code %i", async (argv, code, message) => {
    const { io, err } = await testWorld();
    expect(await runCli(argv, io)).toBe(code);
    expect(err()).toContain(message);
  });

  it("says with 3 that a folder has no Office file", async () => {
    const { io, out } = await testWorld();
    expect(await runCli(["doctor", "."], io)).toBe(3);
    expect(out()).toContain("no Word, Excel or PowerPoint file");
  });

  it("stops between files at Ctrl+C", async () => {
    const world = await folderOfFiles();
    expect(await runCli(["doctor", "."], { ...world.io, signal: AbortSignal.abort() })).toBe(130);
  });
});
