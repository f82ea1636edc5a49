import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { testWorld } from "../../src/apps/cli/cli-io.fixture.ts";
import { officeLayOut } from "../../src/apps/cli/lay-out-document.ts";
import { runCli } from "../../src/apps/cli/main.ts";
import { createDocument } from "../../src/files/docx/create/create-document.ts";
import { bodyOf, heading, line, paragraph, template } from "../../src/files/docx/create/templates.fixture.ts";
import { openFile, paragraphText } from "../../src/files/index.ts";

const hasOffice = spawnSync("soffice", ["--version"], { timeout: 60_000 }).status === 0;
if (!hasOffice) console.log("skipped: LibreOffice (soffice) is not on this machine");

const office = (signal: AbortSignal = new AbortController().signal): ReturnType<typeof officeLayOut> =>
  officeLayOut({ env: { PATH: process.env.PATH }, signal });

/** Three headings, with so much text behind the first two that each next one is on another page. */
function longDocument(sections = ""): { readonly docx: Uint8Array; readonly bookmarks: readonly string[] } {
  const bookmarks = ["tandem_s1", "tandem_s2", "_named3"];
  const blocks = bookmarks.flatMap((bookmark) => [
    { ...heading(1, `Part ${bookmark}`), bookmark },
    ...Array.from({ length: 24 }, () => paragraph("It is said at length. ".repeat(18))),
  ]);
  const options = sections === "" ? {} : { template: template(bodyOf(`${line("{{content}}")}${sections}`)) };
  return { docx: createDocument(blocks, { created: new Date() }, options), bookmarks };
}

describe.runIf(hasOffice)("the pages of a document that LibreOffice lays out", () => {
  it("are found by bookmark, from the number that the first page has", async () => {
    const { docx, bookmarks } = longDocument();
    const found = await office()(docx, bookmarks);
    if (found.kind !== "pages") throw new Error(found.reason);
    expect(found.pages[0]).toBe(1);
    expect(found.pages[1]).toBeGreaterThan(1);
    expect(found.pages[2]).toBeGreaterThan(found.pages[1]!);
    const later = longDocument('<w:sectPr><w:pgNumType w:start="11"/></w:sectPr>');
    const shifted = await office()(later.docx, later.bookmarks);
    expect(shifted.kind === "pages" && shifted.pages[0]).toBe(11);
  });

  it("are not guessed when a bookmark is missing or numbers are Roman", async () => {
    const { docx, bookmarks } = longDocument();
    expect(await office()(docx, [...bookmarks, "nowhere"])).toMatchObject({ kind: "unknown" });
    const roman = longDocument('<w:sectPr><w:pgNumType w:fmt="lowerRoman"/></w:sectPr>');
    expect(await office()(roman.docx, roman.bookmarks)).toMatchObject({ kind: "unknown" });
  });

  it("are not waited for after an abort", async () => {
    const controller = new AbortController();
    const { docx, bookmarks } = longDocument();
    const waiting = office(controller.signal)(docx, bookmarks);
    setTimeout(() => controller.abort(), 300);
    await expect(waiting).rejects.toThrow();
  });

  it("stand in the table of contents that tandem write makes", async () => {
    const { io, put, get, err } = await testWorld({ env: { PATH: process.env.PATH } });
    const field = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
    const contents = `<w:p>${field("begin")}<w:r><w:instrText> TOC \\o "1-3" \\h \\u </w:instrText></w:r>${field("separate")}${field("end")}</w:p>`;
    const nextPage = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    await put("house.docx", template(bodyOf(contents + nextPage + line("{{content}}"))));
    await put(
      "notes.md",
      "# Notes\n\n## Scope\n\nA form for 40 carriers.\n\n## Price\n\nThe pilot costs EUR 18,500.\n",
    );
    const argv = ["write", "A brief with sections on scope and price", "--with", "notes.md"];
    expect(await runCli([...argv, "--template", "house.docx", "-o", "b.docx"], io), err()).toBe(0);
    const lines = openFile(await get("b.docx")).paragraphs.map((each) => paragraphText(each));
    expect(lines.slice(0, 3)).toEqual(["Scope\t2", "Price\t2", "Sources\t2"]);
    expect(err()).toContain("the page numbers of the contents are LibreOffice's");
  });
});
