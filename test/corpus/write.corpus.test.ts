import { describe, expect, it } from "vitest";
import { openFile, savePackage } from "../../src/files/index.ts";
import { type WriteOutput, writeTask } from "../../src/tasks/write/task.ts";
import { type CheckedFile, checkWritten } from "./write-check.ts";
import { honestModel, inventedMarks, inventingModel, type SayingModel } from "./write-models.ts";
import { plain, readWritten, xmlParts } from "./write-own-reading.ts";
import { hostileMarks, type SourcePack, sourcePacks } from "./write-packs.ts";

const packs = sourcePacks();
const context = { now: new Date("2026-11-20T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {} };

type Row = { readonly pack: string } & Omit<CheckedFile, "violations"> & { readonly violations: number };

/** The outline that rules plan, with a table and a number of the pack's workbook in the last section. */
async function outlineWithNumbers(pack: SourcePack): Promise<string> {
  const { outline } = await writeTask.run({ ...inputOf(pack), outlineOnly: true }, context);
  return `${outline.trimEnd()}\n${pack.workbookLines.join("\n")}\n`;
}

function inputOf({ prompt, sources }: SourcePack): {
  prompt: string;
  sources: SourcePack["sources"];
  author: string;
} {
  return { prompt, sources, author: "A. Writer" };
}

async function write(pack: SourcePack, outline?: string, saying?: SayingModel): Promise<WriteOutput> {
  return writeTask.run(
    { ...inputOf(pack), ...(outline !== undefined && { outline }) },
    { ...context, ...(saying !== undefined && { model: saying.model }) },
  );
}

function sum(rows: readonly Row[], key: keyof Omit<Row, "pack">): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function print(title: string, rows: readonly Row[]): void {
  const keys = ["quotes", "numbers", "figures", "tableCells", "unnoted", "gaps", "violations"] as const;
  console.log(
    `${title}, ${rows.length} documents: ${keys.map((key) => `${sum(rows, key)} ${key}`).join(", ")}`,
  );
}

describe.skipIf(packs.length === 0)("thirty documents from real sources", () => {
  const without: Row[] = [];
  const invented: Row[] = [];
  const honest: Row[] = [];
  const kinds = new Map<string, number>();
  const joined = { said: 0, kept: 0 };
  const shares = new Map<string, { said: number; kept: number }>();

  it.each(packs)("$name without a model: quotes and numbers stand in the sources", async (pack) => {
    const outline = await outlineWithNumbers(pack);
    const { docx, engine } = await write(pack, outline);
    expect(engine).toBe("the sources' own sentences");
    const { violations, ...counts } = checkWritten(docx!, { ...pack, outline, forbidden: hostileMarks });
    without.push({ pack: pack.name, ...counts, violations: violations.length });
    expect(violations).toEqual([]);
  });

  it.each(packs)("$name with a model that invents: nothing of it is in the file", async (pack) => {
    const inventor = inventingModel();
    const outline = packs.indexOf(pack) % 2 === 0 ? await outlineWithNumbers(pack) : undefined;
    const { docx } = await write(pack, outline, inventor);
    for (const kind of inventor.said.values()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const own = new Set(
      [pack.prompt, ...pack.sources.map(({ bytes }) => plainSource(bytes))].join("\n").split(/\n/),
    );
    const forbidden = [
      ...hostileMarks,
      ...inventedMarks.filter((mark) => ![...own].some((line) => line.includes(mark))),
      ...[...inventor.said]
        .filter(([, kind]) => !stitched.has(kind))
        .map(([text]) => text.replace(/\[\[.*?\]\]/g, "")),
    ].filter((text) => ![...own].some((line) => line.includes(text)));
    const { violations, ...counts } = checkWritten(docx!, {
      ...pack,
      ...(outline !== undefined && { outline }),
      forbidden,
    });
    const text = bodyText(docx!);
    for (const [sentence, kind] of inventor.said) {
      if (!stitched.has(kind)) continue;
      joined.said++;
      if (text.includes(sentence.replace(/\s+/g, " "))) joined.kept++;
    }
    invented.push({ pack: pack.name, ...counts, violations: violations.length });
    expect(violations).toEqual([]);
  });

  it.each(packs)("$name with an honest model: its sentences get through", async (pack) => {
    const model = honestModel();
    const outline = packs.indexOf(pack) % 2 === 0 ? await outlineWithNumbers(pack) : undefined;
    const { docx } = await write(pack, outline, model);
    const { violations, ...counts } = checkWritten(docx!, {
      ...pack,
      ...(outline !== undefined && { outline }),
      forbidden: hostileMarks,
    });
    honest.push({ pack: pack.name, ...counts, violations: violations.length });
    const text = bodyText(docx!);
    for (const [sentence, kind] of model.said) {
      const share = shares.get(kind) ?? { said: 0, kept: 0 };
      share.said++;
      if (text.includes(sentence.replace(/\s+/g, " "))) share.kept++;
      shares.set(kind, share);
    }
    expect(violations).toEqual([]);
  });

  it("the checker sees an altered number, quote, figure and cell, and planted words", async () => {
    const pack = packs[0]!;
    const outline = await outlineWithNumbers(pack);
    const { docx } = await write(pack, outline);
    const check = (altered: Uint8Array, forbidden: readonly string[] = []): readonly string[] =>
      checkWritten(altered, { ...pack, outline, forbidden }).violations;
    expect(check(docx!)).toEqual([]);
    const body = "/word/document.xml";
    const add = (xml: string, text: string): string =>
      xml.replace("<w:sectPr", `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`);
    const alterations: readonly (readonly [string, (xml: string) => string, RegExp])[] = [
      [body, (xml) => add(xml, "It cost 98761."), /number 98761/],
      ["/word/footnotes.xml", (xml) => xml.replace(/(“\p{L}+ )\p{L}+/u, "$1changed"), /quote does not stand/],
      [body, (xml) => xml.replace(/(w:name="tandem_f1"[\s\S]*?<w:t[^>]*>)/u, "$19"), /figure tandem_f1/],
      [
        body,
        (xml) => xml.replace(/(<w:tc>[\s\S]*?<w:t[^>]*>[^<]*)(\d)(<)/u, "$1$27$3"),
        /table is not in the record|in no cell/,
      ],
      ["/docprops/core.xml", (xml) => xml.replace(/(<dc:title[^>]*>)/u, "$1Quellmark "), /planted/],
    ];
    for (const [part, alter, expected] of alterations) {
      const xml = xmlParts(docx!)!.get(part)!;
      const altered = alter(xml);
      expect(altered === xml, String(expected)).toBe(false);
      const bytes = savePackage(
        openFile(docx!).package,
        new Map([[part, new TextEncoder().encode(altered)]]),
      );
      expect(check(bytes, ["Quellmark"]).join("\n")).toMatch(expected);
    }
  });

  it("prints what was checked", () => {
    print("no model", without);
    print("inventing model", invented);
    print("honest model", honest);
    console.log(`inventions: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
    console.log(`stitched from two true sentences: ${joined.kept} of ${joined.said} got through`);
    console.table(Object.fromEntries(shares));
    expect(joined.kept).toBeLessThanOrEqual(joined.said * 0.1);
    for (const { said, kept } of shares.values()) expect(kept).toBeGreaterThanOrEqual(said * 0.9);
  });
});

/**
 * Two halves of true sentences: where one quote happens to hold all their words, nothing in them is new, and what makes
 * them wrong is grammar. Their quotes and numbers are checked like all others; how many get through is printed.
 */
const stitched: ReadonlySet<string> = new Set(["two sentences joined", "two passages joined"]);

function bodyText(docx: Uint8Array): string {
  const { paragraphs } = readWritten(docx);
  return paragraphs
    .map(({ text }) => text)
    .join("\n")
    .replace(/\s+/g, " ");
}

function plainSource(bytes: Uint8Array): string {
  const parts = xmlParts(bytes);
  return parts === undefined ? new TextDecoder().decode(bytes) : plain(parts.get("/word/document.xml") ?? "");
}
