import { expect, test } from "vitest";
import { asksForTranslation, rewriteKinds } from "./rewrite-kind.ts";

test.each([
  ["shorten section 2", ["shorten"]],
  ["please make the summary more concise", ["shorten"]],
  ["condense and simplify it", ["shorten", "simplify"]],
  ["put it in plain English", ["simplify"]],
  ["fix grammar and spelling", ["grammar"]],
  ["make it sound professional", ["formal"]],
  ["make it informal", ["friendly"]],
  ["make it friendlier", ["friendly"]],
  ["kürze Abschnitt 3", ["shorten"]],
  ["add late-payment interest", []],
  ['replace "shorten" by "cut"', []],
])("%j asks for %j", (instruction, kinds) => {
  expect(rewriteKinds(instruction)).toEqual(kinds);
});

test.each([
  ["translate section 2 into German", true],
  ["say it in French", true],
  ["put it into plain English", false],
  ["shorten section 2", false],
  ["shorten the translation clause", false],
])("%j asks for a translation: %j", (instruction, expected) => {
  expect(asksForTranslation(instruction)).toBe(expected);
});
