import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { pseudoEngine } from "../../src/models/translation/pseudo.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import { type CorpusFile, corpusFiles } from "../corpus/corpus-files.ts";
import { translateFile, unitsOf } from "../corpus/translate-run.ts";

const hasOffice = spawnSync("soffice", ["--version"], { timeout: 60_000 }).status === 0;
if (!hasOffice) console.log("skipped: LibreOffice (soffice) is not on this machine");
const models = join(process.env.TANDEM_CACHE ?? join(homedir(), ".cache", "tandem"), "translation");
const hasBergamot = existsSync(join(models, "en-pt"));

const kinds = ["docx", "xlsx", "pptx"] as const;
/** Four files of each kind with a good deal of text, the same ones every time. */
const sample = kinds.flatMap((kind) =>
  corpusFiles([kind], new RegExp(`\\.${kind}$`))
    // Small workbooks only: some print a thousand pages.
    .filter((file) => file.bytes.length < (kind === "xlsx" ? 20_000 : 400_000))
    .filter((file) => (unitsOf(file)?.length ?? 0) > 15)
    .filter((_, index) => index % 2 === 1)
    .slice(0, 4),
);

/** Pages of each file as LibreOffice prints it, in one run; 0 where it gives none. */
function pagesOf(folder: string, files: readonly CorpusFile[]): number[] {
  const paths = files.map(({ name, bytes }, index) => {
    const path = join(folder, `${index}.${name.split(".").at(-1)}`);
    writeFileSync(path, bytes);
    return path;
  });
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const command = ["--headless", profile, "--convert-to", "pdf", "--outdir", folder, ...paths];
  execFileSync("soffice", command, { stdio: "ignore", timeout: 600_000 });
  return paths.map((path) => {
    const pdf = path.replace(/\.\w+$/, ".pdf");
    if (!existsSync(pdf)) return 0;
    return readFileSync(pdf, "latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  });
}

async function translated(engine: TranslationEngine): Promise<CorpusFile[]> {
  const files: CorpusFile[] = [];
  for (const file of sample) {
    const run = await translateFile(file, { engine, to: "pt", most: 200 });
    files.push({ name: file.name, bytes: run!.written.bytes });
  }
  return files;
}

describe.skipIf(!hasOffice || sample.length === 0)("translated files in LibreOffice", () => {
  const engines = [pseudoEngine, ...(hasBergamot ? [() => bergamotEngine({ folders: [models] })] : [])];
  it.each(engines)("open and take about as many pages (%#)", async (open) => {
    await using engine = open();
    const folder = mkdtempSync(join(process.env.TANDEM_KEEP ?? tmpdir(), "tandem-pages-"));
    try {
      const all = [...sample, ...(await translated(engine))];
      const pages = pagesOf(folder, all);
      const rows = sample.map(({ name }, index) => ({
        name,
        before: pages[index]!,
        after: pages[index + sample.length]!,
      }));
      console.table(rows);
      for (const { name, before, after } of rows) {
        if (name.endsWith(".pptx")) expect(after, name).toBe(before);
        expect(after === 0, name).toBe(before === 0);
        expect(after, name).toBeLessThanOrEqual(Math.ceil(before * 1.5) + 1);
        expect(after, name).toBeGreaterThanOrEqual(Math.floor(before * 0.7));
      }
    } finally {
      if (process.env.TANDEM_KEEP === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });
});
