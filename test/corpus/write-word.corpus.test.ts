import { describe, expect, it } from "vitest";
import { openFile, outline, settleChanges } from "../../src/files/index.ts";
import { writeTask } from "../../src/tasks/write/task.ts";
import { corpusFiles } from "./corpus-files.ts";
import { forEachParallel, kindOf, newProblems } from "./new-problems.ts";
import { ownDocxParagraphs, unescapeXml, xmlParts } from "./write-own-reading.ts";
import { sourcePacks } from "./write-packs.ts";

const packs = sourcePacks();
const templates = corpusFiles(["docx"], /\.dotx$|Business Plan.*\.docx$/);
const context = { now: new Date("2026-11-20T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {} };
const author = "A. Writer";

/** A pack with a call, notes and a workbook, as a document long enough for contents. */
async function writeIn(template: Uint8Array): Promise<Uint8Array> {
  const { prompt, sources, workbookLines } = packs[0]!;
  const input = { prompt, sources, author, length: 1_500 };
  const { outline: planned } = await writeTask.run({ ...input, outlineOnly: true }, context);
  const text = `${planned.trimEnd()}\n${workbookLines.join("\n")}\n`;
  const { docx } = await writeTask.run({ ...input, outline: text, template }, context);
  return docx!;
}

const all = (xml: string, pattern: RegExp): Set<string> =>
  new Set([...xml.matchAll(pattern)].map(([, value]) => unescapeXml(value!)));

describe.skipIf(packs.length === 0)("documents in real templates", () => {
  it.each(templates)("$name: its styles, fonts and lists alone", async ({ name, bytes }) => {
    const made = await writeIn(bytes);
    const [before, after] = [xmlParts(bytes)!, xmlParts(made)!];
    const stylesOf = (parts: ReadonlyMap<string, string>): Set<string> =>
      all(parts.get("/word/styles.xml") ?? "", /<w:style\b[^>]*w:styleId="([^"]*)"/g);
    const everything = (parts: ReadonlyMap<string, string>): string => [...parts.values()].join("\n");
    const [own, now] = [stylesOf(before), stylesOf(after)];
    const body = [...after]
      .filter(([part]) => /^\/word\/(?:document|footnotes|comments)/.test(part))
      .map(([, xml]) => xml)
      .join("\n");
    const used = all(body, /<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"/g);
    expect(
      [...used].filter((style) => !now.has(style)),
      "styles that are not there",
    ).toEqual([]);
    const added = [...now].filter((style) => !own.has(style));
    const fonts = (xml: string): Set<string> => all(xml, /w:(?:ascii|hAnsi|cs|eastAsia)="([^"]*)"/g);
    const templateFonts = fonts(everything(before));
    expect(
      [...fonts(body)].filter((font) => !templateFonts.has(font)),
      "fonts",
    ).toEqual([]);
    const numbers = all(body, /<w:numId w:val="(\d+)"/g);
    const known = all(after.get("/word/numbering.xml") ?? "", /<w:num w:numId="(\d+)"/g);
    expect(
      [...numbers].filter((number) => number !== "0" && !known.has(number)),
      "lists",
    ).toEqual([]);
    expect(await newProblems(bytes, made, kindOf(name))).toEqual([]);
    console.log(
      `${name}: ${used.size} styles used, ${added.length} that the template lacks: ${added.join(", ")}`,
    );
  });
});

describe.skipIf(packs.length === 0)("sections put into real documents", () => {
  const documents = corpusFiles(["docx"], /\.docx$/)
    .filter(({ bytes }) => (ownDocxParagraphs(bytes)?.join(" ").length ?? 0) > 400)
    .slice(0, 20);
  const heading = "Background of the results";

  it("can be refused, and stand where they were asked for", async () => {
    const outcomes: string[] = [];
    await forEachParallel(documents, async ({ name, bytes }) => {
      const { sources } = packs[3]!;
      const [place] = outline(openFile(bytes));
      const plan = `# Report\nlanguage: en\n\n## ${heading}\npurpose: Say what the notes hold\nlength: 120 words\nuses: notes.md 2-8\n${packs[3]!.workbookLines.join("\n")}\n`;
      const input = { prompt: "A section on the figures", sources, author, outline: plan };
      const into = { document: bytes, ...(place !== undefined && { after: place.text }) };
      let made: Uint8Array;
      try {
        made = (await writeTask.run({ ...input, into }, context)).docx!;
      } catch (error) {
        outcomes.push(`${name}: refused: ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
      const ours = (action: "accept" | "reject"): Uint8Array =>
        settleChanges(openFile(made), { action, which: (change) => change.revision.author === author });
      expect(ownDocxParagraphs(ours("reject")), name).toEqual(ownDocxParagraphs(bytes));
      const accepted = ownDocxParagraphs(ours("accept"))!.map((text) => text.trim());
      expect(
        accepted.filter((text) => text.endsWith(heading)),
        name,
      ).toHaveLength(1);
      const at = accepted.findIndex((text) => text.endsWith(heading));
      if (place !== undefined)
        expect(at, name).toBeGreaterThan(accepted.findIndex((text) => text.includes(place.text.trim())));
      const problems = await newProblems(bytes, made, "docx");
      expect(problems, name).toEqual([]);
      outcomes.push(`${name}: inserted${place === undefined ? " at the end" : ` after "${place.text}"`}`);
    });
    console.log(outcomes.join("\n"));
    expect(outcomes.filter((line) => line.includes(": inserted")).length).toBeGreaterThan(
      documents.length * 0.8,
    );
  });
});
