import { describe, expect, test } from "vitest";
import { checkTexts } from "./check-style.ts";
import { knownWords } from "./known-words.ts";
import { openIn, rulesOf, styled } from "./style.fixture.ts";
import { plainText } from "./style-text.ts";

const P = "## Punctuation";

describe("quotation marks", () => {
  test.each([
    ["“curly” quotation marks", 'He said "yes" and „no“ is not it.', "He said “yes” and “no” is not it."],
    ["straight quotation marks", "He said “yes” to this.", 'He said "yes" to this.'],
    [
      "Anführungszeichen „so“",
      'Das ist der Satz "ja" und die Liste.',
      "Das ist der Satz „ja“ und die Liste.",
    ],
    [
      "guillemets « ainsi »",
      'Il est dit "oui" dans la liste des mots.',
      "Il est dit «\u00a0oui\u00a0» dans la liste des mots.",
    ],
  ])("follow %s", (rule, before, after) => {
    expect(styled(before, P, rule)).toBe(after);
  });

  test.each([
    'A 5" pipe is 3" long.',
    'He said "yes and left.',
    '<w:p w:rsid="00A1"> and id="x" in the code.',
    "Das ist der Satz mit „ja“ und die Liste ist da.",
  ])("stay in %s", (text) => {
    expect(styled(text, P, "“curly” quotation marks")).toBe(text);
  });
});

test.each([
  ["typographic apostrophe", "It's the clients' view: '90s.", "It’s the clients' view: '90s."],
  ["one space after a full stop", "One.  Two.   Three.", "One. Two. Three."],
  ["one space after a full stop", "Name:      Ann  Lee", "Name:      Ann  Lee"],
  ["the ellipsis as one sign", "Well... or....", "Well… or...."],
  ["an en dash with spaces", "Ann - who left—is back, 5 - 3, A-Z.", "Ann – who left – is back, 5 - 3, A-Z."],
  ["an em dash without spaces", "Ann - who left – is back.", "Ann—who left—is back."],
  [
    "serial comma",
    "The red, white, green and blue flag; red and blue.",
    "The red, white, green, and blue flag; red and blue.",
  ],
  ["no serial comma", "It is red, white, and blue.", "It is red, white and blue."],
  ["no serial comma", "It is red, however, and blue.", "It is red, however, and blue."],
  [
    "espace fine avant : ; ! ?",
    "Il est dans la salle ! Oui: à 10:30 ; non?",
    "Il est dans la salle\u202f! Oui\u00a0: à 10:30\u202f; non\u202f?",
  ],
])("%s: %s", (rule, before, after) => {
  expect(styled(before, P, rule)).toBe(after);
});

test("a long sentence is found, a list of words without spaces is not", () => {
  const rule = "V1: at most 6 words a sentence";
  const long = "This one has more than six words.";
  expect(openIn(`Short one. ${long} 这是一个很长的句子。`, rule)).toEqual([]);
  expect(openIn(`Short one. ${long}`, rule)).toEqual([`V1: ${long}`]);
});

describe("headings", () => {
  const heading = (text: string, rule: string, body: string): readonly unknown[] =>
    checkTexts(
      [{ ...plainText(text), kind: "heading", known: knownWords([body]) }],
      rulesOf("## Headings", rule),
    ).map((each) => [each.quote, each.replacement]);

  test("get sentence case where the text tells which words are no names", () => {
    const body = "The project goals are set by our Berlin office.";
    expect(heading("Project Goals in Berlin", "sentence case", body)).toEqual([["Goals", "goals"]]);
    expect(heading("Project Goals by Contoso", "sentence case", body)).toEqual([
      ["Project Goals by Contoso", undefined],
    ]);
    expect(heading("Project goals", "sentence case", body)).toEqual([]);
  });

  test("get title case", () => {
    expect(heading("The goals of a project", "title case", "")).toEqual([
      ["goals", "Goals"],
      ["project", "Project"],
    ]);
  });
});

test("an abbreviation needs its full form at its first use only", () => {
  expect(
    openIn(
      "The GDPR and the General Act (GA) and the EU. The GDPR again, the GA too, Part II.",
      "A1: spell out abbreviations at first use, except EU",
    ),
  ).toEqual(["A1: GDPR"]);
});
