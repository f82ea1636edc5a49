import { describe, expect, it } from "vitest";
import { identifyLanguage } from "../../src/models/translation/identify-language.ts";
import { hasTranslations, referenceLanguages, translationLines } from "./translation-lines.ts";

const languages = ["en", ...Object.keys(referenceLanguages)] as ("en" | keyof typeof referenceLanguages)[];

function firstWords(line: string, language: string, count: number): string {
  if (!/^(ja|zh)$/.test(language)) return line.split(/\s+/).slice(0, count).join(" ");
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(line)];
  return words
    .filter(({ isWordLike }) => isWordLike)
    .slice(0, count)
    .map(({ segment }) => segment)
    .join("");
}

describe.skipIf(!hasTranslations)("identifying the language of news sentences", () => {
  it.each([
    [2, 0.85],
    [4, 0.95],
    [8, 0.98],
  ])("%i words suffice for a share of %f among 13 languages", async (count, share) => {
    const texts = languages.flatMap((language) =>
      translationLines(language).map((line) => ({ language, text: firstWords(line, language, count) })),
    );
    let right = 0;
    let open = 0;
    for (const { language, text } of texts) {
      if ((await identifyLanguage(text, { among: languages })).language === language) right += 1;
      if ((await identifyLanguage(text)).language === language) open += 1;
    }
    const percent = (part: number): string => ((100 * part) / texts.length).toFixed(1);
    console.log(`${count} words: ${percent(right)} % among 13 languages, ${percent(open)} % among all`);
    expect(texts.length).toBeGreaterThan(6_000);
    expect(right / texts.length).toBeGreaterThanOrEqual(share);
  });
});
