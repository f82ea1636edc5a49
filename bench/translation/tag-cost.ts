import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { CodedText } from "../../src/files/units/types.ts";
import { defaultCacheFolder } from "../../src/models/llama/index.ts";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { carryCodes } from "../../src/tasks/translate/codes/carry-codes.ts";
import { encodeFor } from "../../src/tasks/translate/codes/encode-for.ts";
import { chrf } from "./chrf.ts";

// node bench/translation/tag-cost.ts: what inline codes cost in quality. News sentences with one or two formatted stretches
// each, translated with and without them; chrF2 of both, and how many sentences come out the same.
const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");
const lines = (name: string): string[] =>
  readFileSync(join(folder, `newstest2019-${name}.first500.txt`), "utf8")
    .trim()
    .split(/\r?\n/);

/** One or two stretches of up to three words, at places that a fixed sequence of numbers gives. */
function formatted(text: string, random: () => number): CodedText {
  const words = [...text.matchAll(/\S+/g)];
  const count = 1 + Math.floor(random() * 2);
  const room = Math.max(1, Math.floor(words.length / (count + 1)));
  const spans = Array.from({ length: count }, (_, index) => {
    const first = Math.min(words.length - 1, index * room + Math.floor(random() * room));
    const last = Math.max(
      first,
      Math.min(words.length - 1, (index + 1) * room - 1, first + Math.floor(random() * 3)),
    );
    const end = words[last]!.index + words[last]![0].length;
    return { id: `s${index}`, kind: "format" as const, start: words[first]!.index, end, canCopy: true };
  });
  return { text, spans, atoms: [] };
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const sources = lines("src.eng");
const references = lines("ref.por");
const cache = defaultCacheFolder(process.env, process.platform, homedir());
await using engine = bergamotEngine({ folders: [join(cache, "translation")] });

async function translated(units: readonly CodedText[]): Promise<string[]> {
  const items = units.map((unit, index) => ({ id: String(index), text: encodeFor("html", unit).text }));
  const response = await engine.translate({ source: "en", target: "pt", items });
  const answers = new Map(response.items.map(({ id, text }) => [id, text]));
  return units.map(
    (unit, index) => carryCodes(unit, answers.get(String(index)) ?? "", "html", {}).target.text,
  );
}

const random = numbers(7);
const plain = await translated(sources.map((text) => ({ text, spans: [], atoms: [] })));
const tagged = await translated(sources.map((text) => formatted(text, random)));
const same = plain.filter((text, index) => text === tagged[index]).length;
console.log(
  JSON.stringify({
    sentences: sources.length,
    plain: Number(chrf(plain, references).toFixed(2)),
    tagged: Number(chrf(tagged, references).toFixed(2)),
    same,
  }),
);
