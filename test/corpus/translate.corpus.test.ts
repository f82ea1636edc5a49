import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { runApertium } from "../../src/apps/cli/open-engine-apertium.ts";
import { adversarialEngine } from "../../src/models/translation/adversarial.fixture.ts";
import { apertiumEngine } from "../../src/models/translation/apertium/apertium-engine.ts";
import { apertiumCommand } from "../../src/models/translation/apertium/apertium-ports.ts";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { pseudoEngine } from "../../src/models/translation/pseudo.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import { newProblems } from "./new-problems.ts";
import { type TargetScript, translationProblems } from "./translate-check.ts";
import { rereadProblems, type TranslateRunOptions, translateFile } from "./translate-run.ts";
import { newComplaints } from "./units-pseudo.ts";

const kinds = ["docx", "xlsx", "pptx"] as const;
const files = kinds.flatMap((kind) =>
  corpusFiles([kind], new RegExp(process.env.TANDEM_ONLY ?? "\\.(doc|dot|xls|xlt|ppt|pot)[xm]$")),
);
/** Every how many files go to the validator, which takes a second and more each. */
const validateEvery = Number(process.env.TANDEM_VALIDATE_EVERY ?? 6);

const models = join(process.env.TANDEM_CACHE ?? join(homedir(), ".cache", "tandem"), "translation");
const hasBergamot = existsSync(join(models, "en-pt"));
const hasApertium = spawnSync("apertium", ["-l"], { encoding: "utf8" }).stdout?.includes("eng-spa") ?? false;
if (!hasBergamot) console.log(`skipped: no translation model in ${models}/en-pt`);
if (!hasApertium) console.log("skipped: the program apertium with the pair eng-spa is not on this machine");

type Tally = {
  files: number;
  units: number;
  segments: number;
  red: number;
  flagged: number;
  refused: number;
};

/** All that is wrong with the translations of some files; each in its own line. */
async function problemsOf(
  some: readonly CorpusFile[],
  options: TranslateRunOptions,
  validates = true,
): Promise<string[]> {
  const problems: string[] = [];
  const tally: Tally = { files: 0, units: 0, segments: 0, red: 0, flagged: 0, refused: 0 };
  for (const [index, file] of some.entries()) {
    try {
      const run = await translateFile(file, options);
      if (run === undefined) continue;
      const { units, translated, written } = run;
      tally.files++;
      tally.units += units.length;
      tally.segments += translated.segments.length;
      tally.red += translated.segments.filter(({ rating }) => rating === "red").length;
      tally.flagged += written.flagged.length;
      tally.refused += written.refused.length;
      const found = [
        ...translationProblems(file.bytes, written.bytes, scriptOf(options.to)),
        ...rereadProblems(file, run),
        ...written.flagged.map(({ unit, reason }) => `${unit} flagged: ${reason}`),
        ...(validates && index % validateEvery === 0 ? await complaints(file, written.bytes) : []),
      ];
      problems.push(...found.map((each) => `${file.name}: ${each}`));
    } catch (error) {
      problems.push(`${file.name} crashed: ${(error as Error).stack?.split("\n").slice(0, 4).join(" ")}`);
    }
  }
  console.log(`${options.engine.id} ${options.from ?? "en"} to ${options.to}`, tally);
  return problems;
}

const scriptOf = (language: string): TargetScript =>
  language === "ar" ? "right-to-left" : language === "ja" ? "east-asian" : "latin";

function complaints({ name, bytes }: CorpusFile, after: Uint8Array): Promise<string[]> {
  if (/\.(doc|dot)[xm]$/.test(name))
    return newProblems(bytes, after, name.endsWith(".dotx") ? "dotx" : "docx");
  return newComplaints(bytes, after, /\.(xls|xlt)[xm]$/.test(name) ? "xlsx" : "pptx");
}

/** Real engines take some files of each kind, the same ones every time, and some units of each; TANDEM_ALL all of them. */
const isWhole = process.env.TANDEM_ALL !== undefined;
const sample = isWhole ? files : files.filter((_, index) => index % 8 === 3);
const most = isWhole ? 100_000 : 60;

describe.skipIf(files.length === 0)("a translation of real files", () => {
  it.each(["pt", "ar", "ja"])("by the pseudo engine to %s loses nothing and adds nothing", async (to) => {
    expect(await problemsOf(files, { engine: pseudoEngine(), to }, to === "pt")).toEqual([]);
  });

  it("by an engine that drops, doubles and reorders tags loses nothing and adds nothing", async () => {
    expect(await problemsOf(files, { engine: adversarialEngine({ failing: 0.05 }), to: "de" })).toEqual([]);
  });

  it("is not taken for whole when a field, a link or a bookmark is gone", () => {
    const xml = (content: string): Uint8Array =>
      zipSync({
        "word/document.xml": strToU8(
          `<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${content}</w:p>`,
        ),
      });
    const run = (content: string): string => `<w:r><w:rPr><w:b/></w:rPr>${content}</w:r>`;
    const field = ["begin", "end"].map((type) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`).join("");
    const link = `<w:hyperlink w:anchor="x">${run("<w:t>here</w:t>")}</w:hyperlink>`;
    const [start, end] = ["Start", "End"].map((half) => `<w:bookmark${half} w:id="1"/>`) as [string, string];
    const whole = xml(field + link + start + end);
    expect(translationProblems(whole, xml(link + field + start + end))).toEqual([]);
    for (const damaged of [
      link + start + end,
      field + start + end,
      field + link + end + start,
      field + link + start,
      field + link.replace("<w:b/>", "") + start + end,
      field + field + link + start + end,
    ])
      expect(translationProblems(whole, xml(damaged)), damaged).not.toEqual([]);
  });

  it.skipIf(!hasBergamot)("by Bergamot from English to Portuguese", async () => {
    await using engine = bergamotEngine({ folders: [models] });
    expect(await problemsOf(sample, { engine, to: "pt", most }, false)).toEqual([]);
  });

  it.skipIf(!hasApertium)("by Apertium from English to Spanish", async () => {
    await using engine = apertiumEngine(apertiumCommand(runApertium));
    expect(await problemsOf(sample, { engine, to: "es", most }, false)).toEqual([]);
  });
});
