import { describe, expect, it } from "vitest";
import { type WriteOutput, writeTask } from "../../src/tasks/write/task.ts";
import { type CheckedFile, checkWritten } from "./write-check.ts";
import { honestModel, inventedMarks, inventingModel, type SayingModel } from "./write-models.ts";
import { plain, xmlParts } from "./write-own-reading.ts";
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
        .filter(([, kind]) => !harmless.has(kind))
        .map(([text]) => text.replace(/\[\[.*?\]\]/g, "")),
    ].filter((text) => ![...own].some((line) => line.includes(text)));
    const { violations, ...counts } = checkWritten(docx!, {
      ...pack,
      ...(outline !== undefined && { outline }),
      forbidden,
    });
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
    const text = [...(xmlParts(docx!)?.get("/word/document.xml") ?? "").matchAll(/<w:p[ >][\s\S]*?<\/w:p>/g)]
      .map(([xml]) => plain(xml))
      .join("\n")
      .replace(/\s+/g, " ");
    for (const [sentence, kind] of model.said) {
      const share = shares.get(kind) ?? { said: 0, kept: 0 };
      share.said++;
      if (text.includes(sentence.replace(/\s+/g, " "))) share.kept++;
      shares.set(kind, share);
    }
    expect(violations).toEqual([]);
  });

  it("prints what was checked", () => {
    print("no model", without);
    print("inventing model", invented);
    print("honest model", honest);
    console.log(`inventions: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
    console.table(Object.fromEntries(shares));
  });
});

/** Inventions whose text alone may also be true; what makes them wrong is checked by quotes and numbers. */
const harmless: ReadonlySet<string> = new Set<string>();

function plainSource(bytes: Uint8Array): string {
  const parts = xmlParts(bytes);
  return parts === undefined ? new TextDecoder().decode(bytes) : plain(parts.get("/word/document.xml") ?? "");
}
