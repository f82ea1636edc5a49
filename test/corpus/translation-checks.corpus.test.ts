import { describe, expect, it } from "vitest";
import { checkEngine } from "../../src/tasks/translate/checks/check-engine.ts";
import { checkNumbers } from "../../src/tasks/translate/checks/check-numbers.ts";
import { hasTranslations, referenceLanguages, translationLines } from "./translation-lines.ts";

const languages = Object.keys(referenceLanguages) as (keyof typeof referenceLanguages)[];

describe.skipIf(!hasTranslations)("checks on human translations", () => {
  it("sees at least 99 % of the digits changed in them", () => {
    let seeded = 0;
    let seen = 0;
    for (const to of languages)
      for (const { source, target } of pairs(to)) {
        if (checkNumbers({ source, target, from: "en", to }).length > 0) continue;
        for (const { 0: digit, index } of target.matchAll(/\d/g)) {
          const wrong = (Number(digit) + 1 + (index % 8)) % 10;
          const changed = `${target.slice(0, index)}${wrong}${target.slice(index + 1)}`;
          seeded++;
          if (checkNumbers({ source, target: changed, from: "en", to }).length > 0) seen++;
        }
      }
    expect(seeded).toBeGreaterThan(4000);
    expect(seen / seeded).toBeGreaterThanOrEqual(0.99);
  });

  // People convert miles, degrees and pounds, and leave out what is said elsewhere; that is right to be looked at.
  it("finds fault with the numbers of few of them", () => {
    for (const to of languages) {
      const flagged = pairs(to).filter(
        ({ source, target }) => checkNumbers({ source, target, from: "en", to }).length > 0,
      );
      expect(flagged.length, to).toBeLessThan(50);
    }
  });

  it("sees no loop, refusal or untranslated text in them, and sees all that are left as they were", () => {
    for (const to of languages) {
      const found = pairs(to).flatMap(({ source, target }) =>
        checkEngine({ source, target, from: "en", to }),
      );
      expect(found, to).toEqual([]);
    }
    const kept = translationLines("en").map((line) =>
      checkEngine({ source: line, target: line, from: "en", to: "de" }),
    );
    expect(kept.filter((found) => found.length === 0).length).toBeLessThan(10);
  });
});

function pairs(to: keyof typeof referenceLanguages): { source: string; target: string }[] {
  const targets = translationLines(to);
  return translationLines("en").map((source, index) => ({ source, target: targets[index]! }));
}
