import fc from "fast-check";
import { expect, it } from "vitest";
import { diffWords } from "./word-diff.ts";

function apply(before: string, after: string): string {
  let out = "";
  let at = 0;
  for (const { start, end, text } of diffWords(before, after)) {
    out += before.slice(at, start) + text;
    at = end;
  }
  return out + before.slice(at);
}

it("gives hunks that turn one text into the other", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "cat", " ", ".", "12.5", "é", "日", "\n"))
    .map((list) => list.join(""));
  fc.assert(fc.property(text, text, (before, after) => apply(before, after) === after));
});

it("changes the fewest characters, not the fewest words", () => {
  expect(diffWords("by the committee of a town", "by the town of a committee")).toEqual([
    { start: 7, end: 7, text: "town of a " },
    { start: 16, end: 26, text: "" },
  ]);
});

it("takes the space after a word along, not the one before it", () => {
  expect(diffWords("pays the price", "pays the full price")).toEqual([{ start: 9, end: 9, text: "full " }]);
  expect(diffWords("the buyer pays the price", "the buyer price")).toEqual([
    { start: 10, end: 19, text: "" },
  ]);
  expect(diffWords("once a year by notice", "once a year, in May, by notice")).toEqual([
    { start: 11, end: 11, text: ", in May," },
  ]);
});

it("counts a word for as many characters as it stands for", () => {
  const weights = new Map([["€", 50]]);
  expect(diffWords("€ and more words", "and more words €", weights)).toEqual([
    { start: 0, end: 0, text: "and more words " },
    { start: 1, end: 16, text: "" },
  ]);
});

it("touches only the words that differ", () => {
  expect(diffWords("the price is 80 euros", "the price is 95 euros")).toEqual([
    { start: 13, end: 15, text: "95" },
  ]);
});

it("keeps numbers with their separators whole", () => {
  expect(diffWords("costs 1,200.50 now", "costs 1,300.50 now")).toEqual([
    { start: 6, end: 14, text: "1,300.50" },
  ]);
});

it("joins neighbouring rewritten words to a phrase", () => {
  expect(diffWords("a very long winding road", "a very short straight road")).toEqual([
    { start: 7, end: 19, text: "short straight" },
  ]);
});

it("compares scripts without spaces by character", () => {
  expect(diffWords("東京で会う", "京都で会う").length).toBeGreaterThan(0);
  expect(diffWords("合計は八十です", "合計は九十です")).toEqual([{ start: 3, end: 4, text: "九" }]);
});

it("shows a phrase that shrank to one word as one change", () => {
  const before = "and it is for this reason that we wait";
  const hunks = diffWords(before, "and therefore we wait");
  expect(hunks).toEqual([{ start: 4, end: 30, text: "therefore" }]);
  expect(before.slice(4, 30)).toBe("it is for this reason that");
});

it("takes a long text that is rewritten throughout as one change, in no time", () => {
  const words = (stem: string): string => Array.from({ length: 20_000 }, (_, at) => stem + at).join(" ");
  const hunks = diffWords(`same ${words("old")} same`, `same ${words("new")} same`);
  expect(hunks).toEqual([{ start: 5, end: 5 + words("old").length, text: words("new") }]);
});

it("takes a date in figures as one word", () => {
  expect(diffWords("due 2026-11-17 at noon", "due 17 November 2026 at noon")).toEqual([
    { start: 4, end: 14, text: "17 November 2026" },
  ]);
});
