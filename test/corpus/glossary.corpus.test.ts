import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Glossary } from "../../src/files/glossary/types.ts";
import type { LanguageModel } from "../../src/models/language-model.ts";
import { scriptedModel } from "../../src/models/scripted.ts";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { languageModelEngine } from "../../src/models/translation/language-model-engine.ts";
import { visibleText } from "../../src/models/translation/markup-text.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import type { TranslatedSegment } from "../../src/tasks/translate/result-types.ts";
import { translateUnits } from "../../src/tasks/translate/translate-units.ts";
import { newsTerms } from "./glossary-terms.ts";
import { hasTranslations, translationLines } from "./translation-lines.ts";

const models = join(process.env.TANDEM_CACHE ?? join(homedir(), ".cache", "tandem"), "translation");
const glossary: Glossary = {
  terms: newsTerms.map(({ source, target }) => ({ source, targets: [target], kind: "approved" })),
  skipped: [],
};

/** Longer terms first, so that what they cover is no occurrence of a shorter one. */
const byLength = newsTerms.toSorted((a, b) => b.source.length - a.source.length);

function termsOf(text: string): (typeof newsTerms)[number][] {
  let rest = text;
  return byLength.filter(({ forms }) => {
    const left = rest.replace(forms, "\u0001");
    const isThere = left !== rest;
    rest = left;
    return isThere;
  });
}

type Score = { occurrences: number; hits: number; flagged: number; wronglyFlagged: number; missed: string[] };

function scoreOf(segments: readonly TranslatedSegment[]): Score {
  const score: Score = { occurrences: 0, hits: 0, flagged: 0, wronglyFlagged: 0, missed: [] };
  for (const { source, target, findings } of segments) {
    const flagged = findings.filter(({ kind }) => kind === "terms").length;
    let missing = 0;
    for (const term of termsOf(source.text)) {
      score.occurrences++;
      if (target.text.search(term.targets) >= 0) score.hits++;
      else {
        missing++;
        score.missed.push(`${term.source}: ${source.text} => ${target.text}`);
      }
    }
    score.flagged += Math.min(flagged, missing);
    score.wronglyFlagged += Math.max(0, flagged - missing);
  }
  return score;
}

async function translated(engine: TranslationEngine, given?: Glossary): Promise<Score> {
  const units = translationLines("en").map((text, index) => ({
    id: String(index),
    kind: "paragraph" as const,
    place: `line ${index}`,
    text,
    spans: [],
    atoms: [],
  }));
  const { segments } = await translateUnits(units, {
    from: "en",
    to: "pt",
    engine,
    ...(given && { glossary: given }),
    now: new Date(0),
    emit: () => {},
  });
  const score = scoreOf(segments);
  const { missed, ...numbers } = score;
  console.log(
    engine.id,
    given ? "with the glossary" : "without",
    numbers,
    `${((100 * score.hits) / score.occurrences).toFixed(1)} %`,
  );
  if (process.env.TANDEM_MISSES) console.log(missed.join("\n"));
  return score;
}

/** A model that knows no term of its own: it writes those that it is told, for the words that they stand for. */
function obedientModel(): LanguageModel {
  const [sources, references] = [translationLines("en"), translationLines("pt")];
  const known = new Map(sources.map((text, index) => [text, references[index]!]));
  return scriptedModel((request) => {
    const [rules, data] = [request.messages[0]!.content as string, request.messages[1]!.content as string];
    const told = new Set(
      [...rules.matchAll(/"([^"]+)" is "([^"]+)"/g)].map(([, source, target]) => `${source}\0${target}`),
    );
    const answers: Record<string, { source: string; target: string }> = {};
    for (const [, id, text = ""] of data.matchAll(/<text id="(\d+)"[^>]*>\n([\s\S]*?)\n<\/text/g)) {
      const used = termsOf(visibleText(text)).filter(({ source, target }) =>
        told.has(`${source}\0${target}`),
      );
      answers[id!] = {
        source: text,
        target: [known.get(visibleText(text)) ?? text, ...used.map(({ target }) => target)].join(" "),
      };
    }
    return { json: answers };
  });
}

describe.skipIf(!hasTranslations)("a glossary", () => {
  it("is followed in 98 % of the places by a model that obeys, and no other place is called wrong", async () => {
    await using engine = languageModelEngine(obedientModel());
    const score = await translated(engine, glossary);
    expect(score.occurrences).toBeGreaterThan(250);
    expect(score.hits / score.occurrences).toBeGreaterThanOrEqual(0.98);
    expect(score.wronglyFlagged / score.occurrences).toBeLessThan(0.02);
  });

  it.skipIf(!existsSync(join(models, "en-pt")))(
    "is brought into what Bergamot writes, which takes none",
    async () => {
      await using engine = bergamotEngine({ folders: [models] });
      const before = await translated(engine);
      const after = await translated(engine, glossary);
      expect(after.hits / after.occurrences).toBeGreaterThan(before.hits / before.occurrences + 0.2);
      expect(after.wronglyFlagged / after.occurrences).toBeLessThan(0.05);
    },
  );
});
