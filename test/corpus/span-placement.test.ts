import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type GoldPair, scorePlacement } from "../../bench/translation/placed-spans.ts";
import { paint } from "../../src/files/units/paint.ts";
import { trainAligner } from "../../src/tasks/translate/alignment/train-aligner.ts";
import { carryCodes } from "../../src/tasks/translate/codes/carry-codes.ts";
import { drawAnswer, drawSegment, randomFrom } from "../../src/tasks/translate/codes/draw-answers.fixture.ts";
import { cutsOf } from "../../src/tasks/translate/codes/text-edges.ts";

const news = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");
/** Gold sets that people tagged, `LANGUAGE.json` each; never part of the project. */
const gold = process.env.TANDEM_SPAN_GOLD ?? "";

const linesOf = (language: string): string[] => {
  const name = readdirSync(news).find((each) => each.includes(`.${language}`) && !each.endsWith(".md"));
  return readFileSync(join(news, name!), "utf8").split(/\r?\n/).filter(Boolean);
};

/** Names and numbers that stand once in both texts and nowhere inside a longer word. */
function identicalSpans(source: string, target: string): GoldPair["spans"] {
  const found = source.matchAll(/(?<![\p{L}\p{N}-])(?:\p{Lu}\p{L}{2,}|\d[\d.,]*\d)(?![\p{L}\p{N}-])/gu);
  const count = (text: string, word: string): number => text.split(word).length - 1;
  return [...found].flatMap(({ 0: word, index }) => {
    const at = target.search(
      new RegExp(`(?<![\\p{L}\\p{N}-])${word.replaceAll(".", "\\.")}(?![\\p{L}\\p{N}-])`, "u"),
    );
    if (at < 0 || count(source, word) !== 1 || count(target, word) !== 1) return [];
    return [[index, index + word.length, at, at + word.length] as const];
  });
}

describe.skipIf(!existsSync(news))("placing spans in news", () => {
  const source = existsSync(news) ? linesOf("eng") : [];

  it.each(["deu", "fra", "nld", "spa", "fin"])(
    "finds names and numbers by the words' links: %s",
    (language) => {
      const target = linesOf(language);
      const pairs = source.map((s, index) => ({
        s,
        t: target[index]!,
        spans: identicalSpans(s, target[index]!),
      }));
      const score = scorePlacement(pairs);
      console.log(language, score.spans, "spans", (100 * score.exact).toFixed(1), "% exact");
      expect(score.spans).toBeGreaterThan(200);
      expect(score.exact).toBeGreaterThan(0.95);
    },
  );

  it.each(["deu", "jpn", "rus"])("carries them through an answer without tags: %s", (language) => {
    const target = linesOf(language);
    const aligner = trainAligner(source.map((s, index) => ({ source: s, target: target[index]! })));
    for (const [index, text] of source.entries()) {
      const spans = identicalSpans(text, target[index]!);
      const codes = spans.map(([start, end], at) => ({
        id: String(at + 1),
        kind: "format" as const,
        start,
        end,
        canCopy: true,
      }));
      const segment = { text, spans: codes, atoms: [] };
      const carried = carryCodes(segment, target[index]!, "none", { aligner });
      expect(paint(segment, carried.target).flagged).toBeUndefined();
      for (const [at, [, , start, end]] of spans.entries()) {
        const found = carried.target.spans.find(({ id }) => id === String(at + 1));
        expect(found, text).toMatchObject({ start, end });
      }
    }
  });
});

describe.skipIf(!existsSync(gold))("placing spans that people tagged", () => {
  const sets = existsSync(gold) ? readdirSync(gold).filter((name) => name.endsWith(".json")) : [];
  it.each(sets)("%s", (name) => {
    const pairs = (JSON.parse(readFileSync(join(gold, name), "utf8")) as GoldPair[]).slice(0, 2000);
    const score = scorePlacement(pairs);
    console.log(name, score.spans, (100 * score.exact).toFixed(1), score.characterF1.toFixed(3));
    expect(score.exact).toBeGreaterThan(/^(?:ru|zh|ja|ko)/.test(name) ? 0.65 : 0.8);
  });
});

describe("carrying codes through answers of engines at their worst", () => {
  it("makes 100,000 targets that can be painted", () => {
    const hows = new Map<string, number>();
    let took = 0;
    for (let seed = 0; seed < 100_000; seed++) {
      const random = randomFrom(seed + 1_000_000);
      const segment = drawSegment(random);
      const tags = (["xml", "html", "none"] as const)[seed % 3]!;
      const answer = drawAnswer(random, tags, segment);
      const started = performance.now();
      const { target, how } = carryCodes(segment, answer, tags);
      took += performance.now() - started;
      hows.set(how, (hows.get(how) ?? 0) + 1);
      const { flagged } = paint(segment, target);
      if (cutsOf(target.text).length - 1 > 2 * segment.spans.length)
        expect(flagged, `${seed}: ${answer}`).toBeUndefined();
    }
    console.log(Object.fromEntries(hows), `${(took / 100).toFixed(0)} µs a segment`);
  });
});
