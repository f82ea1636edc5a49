import fc from "fast-check";
import { expect, test } from "vitest";
import { splitSentences } from "./split-sentences.ts";

const texts = (paragraph: string): readonly string[] =>
  splitSentences(paragraph).map((sentence) => sentence.text);

test("splits at ends of sentences", () => {
  expect(texts("One is here. Two is there! Is three? 4 is last.")).toEqual([
    "One is here.",
    "Two is there!",
    "Is three?",
    "4 is last.",
  ]);
});

test("does not split at abbreviations, initials and decimals", () => {
  expect(texts("See Fig. 3 by Dr. J. Smith. It costs 3.5 euros, e.g. Here.")).toEqual([
    "See Fig. 3 by Dr. J. Smith.",
    "It costs 3.5 euros, e.g. Here.",
  ]);
});

test("puts placeholders at the ends beside the sentence", () => {
  expect(splitSentences("[[1]]First one.[[2]] Second [[3]] one.")).toEqual([
    { before: "[[1]]", text: "First one.", after: "[[2]] " },
    { before: "", text: "Second [[3]] one.", after: "" },
  ]);
});

test("loses nothing, whatever the text", () => {
  const piece = fc.constantFrom("A b.", " ", "[[1]]", "e.g. ", "\n", "“X?” ", "3.5 ", "Mr. Y", "…");
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join("");
      expect(
        splitSentences(text)
          .map((each) => each.before + each.text + each.after)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("ends behind initials only before a word that begins a sentence", () => {
  const texts = (text: string): string[] => splitSentences(text).map((each) => each.text);
  expect(texts("It was based on a U.S. Treasury bond. The rest was not.")).toEqual([
    "It was based on a U.S. Treasury bond.",
    "The rest was not.",
  ]);
  expect(texts("We sell in the U.S. The rest is sold elsewhere.")).toEqual([
    "We sell in the U.S.",
    "The rest is sold elsewhere.",
  ]);
});
