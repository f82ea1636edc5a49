import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ContentBlock, createDocument } from "../src/files/index.ts";
import { defaultCacheFolder } from "../src/models/llama/index.ts";
import { measureProcess, type ProcessCost } from "./measure-process.ts";

const budget = { seconds: 15, megabytes: 900 };
const root = resolve(import.meta.dirname, "..");

type Measured = ProcessCost & { readonly name: string; readonly seconds: number };

/**
 * A Word document of about 10,000 words from command to file, beside engines that only translate text: the PyPI build of
 * fxtranslate with the same model (FXTRANSLATE_PYTHON names a Python that has it) and Apertium's own reader of Word files.
 */
export async function benchTranslations(): Promise<string[]> {
  const lines = newsLines();
  const model = join(defaultCacheFolder(process.env, process.platform, homedir()), "translation", "en-pt");
  if (lines === undefined)
    return ["Not measured: it takes the news sentences of a corpus folder (TANDEM_CORPUS)."];
  if (!existsSync(model)) return ["Not measured: it takes a model, `tandem models pull translation:en-pt`."];
  const folder = mkdtempSync(join(tmpdir(), "tandem-bench-"));
  try {
    const [docx, text] = [join(folder, "news.docx"), join(folder, "news.txt")];
    writeFileSync(docx, documentOf(lines));
    writeFileSync(text, lines.join("\n"));
    const words = lines.join(" ").split(/\s+/).length;
    const own = await measure("Tandem: .docx to .docx, en to pt, checked", [
      join(root, "node_modules/.bin/node"),
      ...[join(root, "bin/tandem.js"), "translate", docx, "--from", "en", "--to", "pt", "--no-tm"],
      ...["-o", join(folder, "ours.docx")],
    ]);
    const peers = await peersOf({ folder, docx, text, model });
    return report(words, own, peers);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function peersOf(given: {
  readonly folder: string;
  readonly docx: string;
  readonly text: string;
  readonly model: string;
}): Promise<Measured[]> {
  const { folder, docx, text, model } = given;
  const measured: Measured[] = [];
  const python = process.env.FXTRANSLATE_PYTHON ?? "python3";
  if (runs(python, ["-c", "import fxtranslate"]))
    measured.push(
      await measure("fxtranslate (PyPI): the same sentences as plain text", [
        python,
        ...[join(root, "bench/peers/translate_lines.py"), model, text, join(folder, "fx.txt")],
      ]),
    );
  if (runs("apertium", ["-l"]))
    measured.push(
      await measure("Apertium: .docx to .docx, en to es", [
        "apertium",
        ...["-u", "-f", "docx", "eng-spa", docx, join(folder, "apertium.docx")],
      ]),
    );
  return measured;
}

async function measure(name: string, command: readonly string[]): Promise<Measured> {
  const started = performance.now();
  const cost = await measureProcess(command, { cwd: root });
  return { ...cost, name, seconds: (performance.now() - started) / 1000 };
}

function runs(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function report(words: number, own: Measured, peers: readonly Measured[]): string[] {
  const rows = [own, ...peers].map(({ name, seconds, cpu, peakBytes }) => {
    const ratios = [seconds / own.seconds, cpu / own.cpu, peakBytes / own.peakBytes];
    return `| ${name} | ${ratios.map((ratio) => `${ratio.toFixed(2)}x`).join(" | ")} |`;
  });
  const megabytes = own.peakBytes / 1e6;
  const kept = own.seconds <= budget.seconds && megabytes <= budget.megabytes ? "kept" : "BROKEN";
  const summary = `On the machine of this run: ${words} words from command to file on ${cpus().length} processors: ${own.seconds.toFixed(1)} s, ${own.cpu.toFixed(1)} CPU s, ${Math.round(megabytes)} MB; the budget of ${budget.seconds} s and ${budget.megabytes} MB is ${kept}.`;
  console.log([...rows, summary].join("\n"));
  return [
    "The document holds news sentences with bold, italic and linked words, three a paragraph.",
    "",
    `| ${words} words | time | CPU | peak memory |`,
    "| --- | ---: | ---: | ---: |",
    ...rows,
    "",
    summary,
  ];
}

/** English news sentences of the corpus, about 10,000 words. */
function newsLines(): string[] | undefined {
  const corpus = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");
  const path = join(corpus, "newstest2019-src.eng.first500.txt");
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").trim().split(/\r?\n/);
  let words = 0;
  return lines.filter((line) => {
    words += line.split(/\s+/).length;
    return words <= 10_000;
  });
}

/** Three sentences a paragraph; of each the third word is bold or italic, and of some a later one is a link. */
function documentOf(lines: readonly string[]): Uint8Array {
  const blocks: ContentBlock[] = [{ kind: "heading", level: 1, runs: [{ text: "The news of the day" }] }];
  for (let at = 0; at < lines.length; at += 3) {
    const runs = lines.slice(at, at + 3).flatMap((line, index) => {
      const [first = "", second = "", third = "", fourth = "", ...rest] = line.split(" ");
      const marked = { text: third, ...(index === 1 ? { italic: true } : { bold: true }) };
      const last = { text: fourth, ...(index === 0 && { link: "https://news.example/item" }) };
      return [{ text: `${first} ${second} ` }, marked, { text: " " }, last, { text: ` ${rest.join(" ")} ` }];
    });
    blocks.push({ kind: "paragraph", runs: runs.filter(({ text }) => text !== "") });
  }
  return createDocument(blocks, { language: "en-GB", created: new Date("2026-01-01T00:00:00Z") });
}
