import { describe, expect, test } from "vitest";
import { parseHouseStyle } from "./parse-house-style.ts";

const one = (text: string): unknown => {
  const { rules, problems } = parseHouseStyle(text);
  return problems[0]?.message ?? rules[0]?.check;
};

describe("terms", () => {
  test.each([
    ['- T1: "utilise" -> "use" (plain words)', ["utilise"], "use"],
    ["- utilise -> use", ["utilise"], "use"],
    ["- `utilise` → `use`", ["utilise"], "use"],
    ['- write "e-mail", not "email"', ["email"], "e-mail"],
    ['- use "start" instead of "kick off", "kick-off"', ["kick off", "kick-off"], "start"],
    ['- not "chairman" but "chair"', ["chairman"], "chair"],
    ['- avoid "chairman" (use "chair")', ["chairman"], "chair"],
    ['- "Mobiltelefon" statt "Handy"', ["Handy"], "Mobiltelefon"],
    ["- nicht „Handy“, sondern „Mobiltelefon“", ["Handy"], "Mobiltelefon"],
    ["- « courriel » au lieu de « e-mail »", ["e-mail"], "courriel"],
    ['- "correo" en lugar de "e-mail"', ["e-mail"], "correo"],
    ['- "ficheiro" em vez de "arquivo"', ["arquivo"], "ficheiro"],
    ['- instead of "utilise" "use"', ["utilise"], "use"],
    ["| Not | Write | Why |\n|---|---|---|\n| utilise | use | plain |", ["utilise"], "use"],
    ["| ID | Write | Not |\n|---|---|---|\n| T9 | use | utilise |", ["utilise"], "use"],
  ])("reads %s", (line, avoid, use) => {
    expect(one(`## Terms\n${line}`)).toEqual({ kind: "term", avoid, use });
  });

  test.each([
    ['- F2: never "synergy", "leverage" (jargon)', ["synergy", "leverage"]],
    ["- synergy, leverage", ["synergy", "leverage"]],
    ["- do not use „Synergie“", ["Synergie"]],
  ])("reads the forbidden words of %s", (line, words) => {
    expect(one(`## Forbidden words\n${line}`)).toEqual({ kind: "forbidden", words });
  });
});

describe("numbers, dates and signs", () => {
  test.each([
    ["thousands with a thin space", { kind: "thousands", sign: "\u202f", from: 1000, inTables: false }],
    ["thousands with a comma, also in tables", { kind: "thousands", sign: ",", from: 1000, inTables: true }],
    ["Tausender mit Punkt ab 10.000", { kind: "thousands", sign: ".", from: 10_000, inTables: false }],
    [
      "les milliers avec une espace fine insécable",
      { kind: "thousands", sign: "\u202f", from: 1000, inTables: false },
    ],
    ["thousands as in 1'234", { kind: "thousands", sign: "’", from: 1000, inTables: false }],
    ["decimal comma", { kind: "decimal", sign: ",", inTables: false }],
    ["percent sign after a no-break space", { kind: "percent-space", space: "\u00a0" }],
    ["Prozentzeichen ohne Leerzeichen", { kind: "percent-space", space: "" }],
    ["spell out one to nine", { kind: "spell-out", from: 1, to: 9 }],
    ["Zahlen von eins bis zwölf ausschreiben", { kind: "spell-out", from: 1, to: 12 }],
    ["write out numbers below 10", { kind: "spell-out", from: 1, to: 9 }],
    ["a no-break space between number and unit", { kind: "unit-space", space: "\u00a0" }],
    ["euro sign after the amount: 5 €", { kind: "currency", position: "after", space: "\u00a0" }],
  ])("reads %s", (line, check) => {
    expect(one(`## Numbers\n- N1: ${line}`)).toEqual(check);
  });

  test.each([
    ["dates as 17 November 2026", "dmy", "name", "", false],
    ["dates as November 17, 2026", "mdy", "name", "", false],
    ["Datum: 17. November 2026", "dmy", "name", "", false],
    ["fechas como 17 de noviembre de 2026", "dmy", "name", "", false],
    ["2026-11-17", "ymd", "number", "-", true],
    ["DD.MM.YYYY", "dmy", "number", ".", true],
    ["TT.MM.JJJJ", "dmy", "number", ".", true],
    ["JJ/MM/AAAA", "dmy", "number", "/", true],
  ])("reads the dates of %s", (line, order, month, sign, isPadded) => {
    expect(one(`## Dates\n- ${line}`)).toMatchObject({
      kind: "date",
      style: { order, month, sign, isPadded },
    });
  });

  test.each([
    ["at most 25 words a sentence", { kind: "sentence-length", words: 25 }],
    ["höchstens 20 Wörter pro Satz", { kind: "sentence-length", words: 20 }],
    ["phrases de 25 mots au plus", { kind: "sentence-length", words: 25 }],
    ["active voice", { kind: "model", about: "passive" }],
    ['address the reader as "you"', { kind: "model", about: "anything" }],
    ["use “curly” quotation marks", { kind: "quotation-marks", open: "“", close: "”" }],
    ["no serial comma", { kind: "serial-comma", isWanted: false }],
    ["headings in sentence case", { kind: "heading-case", letterCase: "sentence" }],
    ["spell out abbreviations at first use, except EU", { kind: "abbreviation", known: ["EU"] }],
  ])("reads %s", (line, check) => {
    expect(one(`## Voice\n- V1: ${line}`)).toEqual(check);
  });
});

describe("a rule file", () => {
  test("gives ids by section where there are none, and keeps those there are", () => {
    const { rules } = parseHouseStyle(
      '## Begriffe\n- "a1" -> "b1"\n- T1: "c1" -> "d1"\n## Daten\n- 17. November 2026\n## Ton\n- freundlich und klar',
    );
    expect(rules.map((rule) => rule.id)).toEqual(["T2", "T1", "D1", "V1"]);
  });

  test("reads reasons from brackets, from because and from an indented line", () => {
    const { rules } = parseHouseStyle(
      '## Terms\n- "aa" -> "bb" (short (really))\n- "cc" -> "dd" because it is ours\n- "ee" -> "ff"\n  - Reason: the board said so.',
    );
    expect(rules.map((rule) => rule.reason)).toEqual(["short (really)", "it is ours", "the board said so"]);
  });

  test("tells each line that it can't read, by its number", () => {
    const { rules, problems } = parseHouseStyle(
      "# Style\n\nFor everyone.\n\n## Terms\n- foo\n\n## Numbers\n- numbers should be nice\n\n<!-- a\nnote -->\n```\n- code\n```\n",
    );
    expect(rules).toEqual([]);
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([
      ["note", 3],
      ["error", 6],
      ["error", 9],
    ]);
  });

  test("renames a second rule of the same id, and says so", () => {
    const { rules, problems } = parseHouseStyle('## Terms\n- T1: "aa" -> "bb"\n- T1: "cc" -> "dd"');
    expect(rules.map((rule) => rule.id)).toEqual(["T1", "T1-2"]);
    expect(problems).toMatchObject([{ kind: "note", line: 3 }]);
  });

  test("leaves out a rule that contradicts an earlier one", () => {
    const { rules, problems } = parseHouseStyle(
      '## Terms\n- "aa" -> "bb"\n- "bb" -> "aa"\n## Numbers\n- thousands with a comma\n- thousands with a point\n- decimal comma',
    );
    expect(rules.map((rule) => rule.id)).toEqual(["T1", "N1"]);
    expect(problems.map((problem) => problem.line)).toEqual([3, 6, 7]);
  });

  test.each(["", "\ufeff", "---\ntitle: x\n---\n"])("says that %j has no rule", (text) => {
    expect(parseHouseStyle(text).problems).toMatchObject([{ message: "there is no rule in this file" }]);
  });
});
