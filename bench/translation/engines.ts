import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { openEngine } from "../../src/apps/cli/open-engine.ts";
import { escapeMarkup, visibleText } from "../../src/models/translation/markup-text.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import { chrf } from "./chrf.ts";

// node bench/translation/engines.ts bergamot en pt [lines]: speed, memory and chrF2 of an engine on news sentences.
const FILES: Readonly<Record<string, string>> = {
  de: "ref.deu",
  en: "src.eng",
  es: "ref.spa",
  fr: "ref.fra",
  it: "ref.ita",
  nl: "ref.nld",
  pt: "ref.por",
};
const [spec = "bergamot", source = "en", target = "pt", count = "200"] = process.argv.slice(2);
const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");

function linesOf(language: string): string[] {
  const path = join(folder, `newstest2019-${FILES[language] ?? "none"}.first500.txt`);
  if (!existsSync(path)) throw new Error(`no sentences in ${language}: ${path}`);
  return readFileSync(path, "utf8").trim().split(/\r?\n/).slice(0, Number(count));
}

async function translateAll(engine: TranslationEngine, lines: readonly string[]): Promise<string[]> {
  const items = lines.map((text, index) => ({ id: String(index), text: escapeMarkup(text) }));
  const response = await engine.translate({ source, target, items });
  const texts = new Map(response.items.map(({ id, text }) => [id, visibleText(text)]));
  return lines.map((_, index) => texts.get(String(index)) ?? "");
}

const io = {
  env: process.env,
  cwd: process.cwd(),
  openModel: async () => undefined,
  signal: new AbortController().signal,
};
await using engine = await openEngine(spec, { io, terminal: { say: console.error } });
const why = await engine.missing(source, target);
if (why !== undefined) throw new Error(why);
const [lines, references] = [linesOf(source), linesOf(target)];
const words = lines.join(" ").split(/\s+/).length;
const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1e6);

let started = performance.now();
await translateAll(engine, lines.slice(0, 1));
const firstMs = performance.now() - started;
started = performance.now();
const texts = await translateAll(engine, lines);
const seconds = (performance.now() - started) / 1_000;
started = performance.now();
for (const line of lines.slice(0, 20)) await translateAll(engine, [line]);
const singleMs = (performance.now() - started) / 20;
console.log(
  JSON.stringify({
    engine: engine.id,
    pair: `${source}-${target}`,
    lines: lines.length,
    wordsPerSecond: Math.round(words / seconds),
    firstMs: Math.round(firstMs),
    singleMs: Math.round(singleMs),
    memoryMB: megabytes(),
    chrf2: Number(chrf(texts, references).toFixed(1)),
    load: Number(loadavg()[0]!.toFixed(1)),
  }),
);
