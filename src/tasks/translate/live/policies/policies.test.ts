import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveWords } from "./live-words.ts";
import { agreeOnSource, PAUSE, type SourceAgreement, settleSource, sourceTexts } from "./source-agreement.ts";
import { agreeOnTarget, type TargetAgreement, targetTexts } from "./target-agreement.ts";

/** `stable|unstable` after each hypothesis, a tenth of a second apart. */
function heard(...texts: readonly string[]): string[] {
  let agreement: SourceAgreement | undefined;
  return texts.map((text, index) => {
    agreement = agreeOnSource(agreement, liveWords(text, "en"), index * 100);
    const { stable, unstable } = sourceTexts(agreement);
    return `${stable}|${unstable}`;
  });
}

function shown(...hypotheses: readonly (readonly [string, number?])[]): string[] {
  let agreement: TargetAgreement | undefined;
  return hypotheses.map(([text, settled = 0]) => {
    agreement = agreeOnTarget(agreement, { words: liveWords(text, "pt"), settled });
    const { stable, unstable } = targetTexts(agreement);
    return `${stable}|${unstable}`;
  });
}

describe("liveWords", () => {
  it.each([
    ["en", " We have  two rooms. ", [" We", " have", "  two", " rooms. "]],
    ["zh-Hans", "我们有房间，谢谢。", ["我们", "有", "房间，", "谢谢。"]],
    ["ja", "部屋はあります。", ["部屋", "は", "あり", "ます。"]],
    ["th", "สวัสดีครับ", ["สวัสดี", "ครับ"]],
    ["en", "   ", []],
  ])("cuts %s into words", (language, text, words) => {
    expect(liveWords(text, language)).toEqual(words);
  });

  it("loses no character of any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("en", "zh", "ja", "th"),
        (text, language) => {
          expect(liveWords(text, language).join("")).toBe(text.trim() === "" ? "" : text);
        },
      ),
    );
  });
});

describe("agreeOnSource", () => {
  it("keeps a word that two hypotheses in a row have", () => {
    expect(heard("we", "we half", "we have to", "we have two rooms")).toEqual([
      "|we",
      "we| half",
      "we| have to",
      "we have| two rooms",
    ]);
  });

  it("takes a word in another case or with a comma for the same", () => {
    expect(heard("we have", "We have, then").at(-1)).toBe("We have,| then");
  });

  it("keeps what it has shown where a recogniser takes it back", () => {
    expect(heard("we have two", "we have two rooms", "he has two rooms and").at(-1)).toBe(
      "we have two| rooms and",
    );
  });

  it("keeps a clause that is over without a second hypothesis", () => {
    expect(heard("Yes, we have two rooms").at(-1)).toBe("Yes,| we have two rooms");
  });

  it("keeps the older ones of more than twelve words", () => {
    expect(heard("a b c d e f g h i j k l m n").at(-1)).toBe("a b c d e f g h i j k l m| n");
  });

  it("keeps what stood before a pause", () => {
    const one = agreeOnSource(undefined, liveWords("We have two.", "en"), 0);
    const two = agreeOnSource(one, liveWords("He half two. Then", "en"), PAUSE);
    expect(sourceTexts(two)).toEqual({ stable: "We have two.", unstable: " Then" });
    expect(sourceTexts(settleSource(agreeOnSource(undefined, liveWords("We have tw", "en"), 0)))).toEqual({
      stable: "We have",
      unstable: " tw",
    });
  });

  it("never takes a word back", () => {
    const hypotheses = fc.array(fc.array(fc.constantFrom(" a", " b", " c,", " d."), { maxLength: 20 }));
    fc.assert(
      fc.property(hypotheses, fc.array(fc.nat(900)), (all, waits) => {
        let [agreement, at]: [SourceAgreement | undefined, number] = [undefined, 0];
        for (const [index, words] of all.entries()) {
          const before: readonly string[] = agreement?.stable ?? [];
          at += waits[index] ?? 100;
          agreement = agreeOnSource(agreement, words, at);
          expect(agreement.stable.slice(0, before.length)).toEqual(before);
        }
      }),
    );
  });
});

describe("agreeOnTarget", () => {
  it("shows what two hypotheses begin with, but for the last two words", () => {
    expect(
      shown(["Temos dois quartos"], ["Temos dois quartos livres"], ["Temos dois quartos livres hoje"]),
    ).toEqual(["|Temos dois quartos", "Temos| dois quartos livres", "Temos dois| quartos livres hoje"]);
  });

  it("waits where a hypothesis would have it otherwise, and goes on once one agrees again", () => {
    expect(
      shown(["a b c d"], ["a b c d e"], ["x b c d e f g"], ["a b c d e f g"], ["a b c d e f g h"]).map(
        (text) => text.split("|")[0],
      ),
    ).toEqual(["", "a b", "a b", "a b", "a b c d e"]);
  });

  it("shows sentences that are over, also where it would have said them otherwise", () => {
    expect(
      shown(["Ela veio hoje."], ["Ela veio hoje. Depois", 3], ["Ela veio hoje. Depois foi", 3]).at(-1),
    ).toBe("Ela veio hoje.| Depois foi");
    expect(shown(["a b c d"], ["a b c d e"], ["x y z z. e f", 4]).at(-1)).toBe("a b z z.| e f");
  });

  it("doesn't fall far behind", () => {
    const long = Array.from({ length: 36 }, (_, index) => `w${index}`).join(" ");
    expect(shown(["a b c d"], ["a b c d"], [long]).at(-1)).toMatch(/^a b w2 .* w33\| w34 w35$/);
  });

  it("never takes a word back", () => {
    const word = fc.constantFrom(" a", " b");
    const hypothesis = fc.record({ words: fc.array(word, { maxLength: 40 }), share: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(hypothesis), (all) => {
        let agreement: TargetAgreement | undefined;
        for (const { words, share } of all) {
          const before: readonly string[] = agreement?.stable ?? [];
          agreement = agreeOnTarget(agreement, { words, settled: Math.floor((words.length * share) / 4) });
          expect(agreement.stable.slice(0, before.length)).toEqual(before);
        }
      }),
    );
  });
});
