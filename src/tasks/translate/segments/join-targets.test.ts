import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodedText } from "../../../files/units/types.ts";
import { codedTexts, echoOf } from "../../../files/xliff/coded-text.fixture.ts";
import { joinTargets } from "./join-targets.ts";
import { segmentUnit } from "./segment-unit.ts";

const plain = (text: string): CodedText => ({ text, spans: [], atoms: [] });
const texts = (text: string, language: string): string[] =>
  segmentUnit(plain(text), language).map(({ source }) => source.text);
const fragments = [
  "Good. ",
  "Is it? ",
  "word ",
  "word",
  " ",
  "  ",
  "\n",
  ".",
  "是的。",
  "没有！",
  "”",
  "Dr. No ",
  "x",
];

describe("segmentUnit and joinTargets", () => {
  it("are inverse for echo targets", () => {
    fc.assert(
      fc.property(codedTexts(fragments), fc.constantFrom("en", "zh", "de"), (unit, language) => {
        const segments = segmentUnit(unit, language);
        const targets = segments.map(({ source }) => echoOf(source));
        expect(joinTargets(unit, segments, targets, language)).toEqual(echoOf(unit));
      }),
      { numRuns: 3000 },
    );
  });

  it("put every atom into one target once, whatever the targets say", () => {
    fc.assert(
      fc.property(codedTexts(fragments), (unit) => {
        const segments = segmentUnit(unit, "en");
        const targets = segments.map(({ source }) => ({
          text: "Ja.",
          spans: source.spans.map(({ id }) => ({ id, start: 0, end: 2 })),
          atoms: source.atoms.map(({ id }) => ({ id, offset: 1 })),
        }));
        const joined = joinTargets(unit, segments, targets, "de");
        expect(joined.atoms.map(({ id }) => id)).toEqual(unit.atoms.map(({ id }) => id));
        for (const { start, end } of joined.spans)
          expect(start < end && end <= joined.text.length).toBe(true);
        for (const { id } of unit.spans) expect(joined.spans.some((each) => each.id === id)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("cuts a bold span at a sentence's end and makes it whole again", () => {
    const unit: CodedText = {
      text: "One is bold. Two is not.",
      spans: [{ id: "1", kind: "format", start: 7, end: 16, canCopy: true }],
      atoms: [{ id: "2", kind: "note", offset: 12 }],
    };
    const segments = segmentUnit(unit, "en");
    expect(segments.map(({ source }) => source)).toEqual([
      {
        text: "One is bold.",
        spans: [{ id: "1", kind: "format", start: 7, end: 12, canCopy: true }],
        atoms: [{ id: "2", kind: "note", offset: 12 }],
      },
      {
        text: "Two is not.",
        spans: [{ id: "1", kind: "format", start: 0, end: 3, canCopy: true }],
        atoms: [],
      },
    ]);
    const targets = [
      { text: "Fett eins.", spans: [{ id: "1", start: 0, end: 4 }], atoms: [{ id: "2", offset: 10 }] },
      { text: "Zwei nicht.", spans: [{ id: "1", start: 0, end: 4 }], atoms: [] },
    ];
    expect(joinTargets(unit, segments, targets, "de")).toEqual({
      text: "Fett eins. Zwei nicht.",
      spans: [
        { id: "1", start: 0, end: 4 },
        { id: "1", start: 11, end: 15 },
      ],
      atoms: [{ id: "2", offset: 10 }],
    });
  });

  it("writes no blank between Chinese sentences, and one between English ones made of them", () => {
    const join = (source: string, from: string, targets: string[], to: string): string =>
      joinTargets(plain(source), segmentUnit(plain(source), from), targets.map(plain), to).text;
    expect(join("Yes. No.", "en", ["是。", "不。"], "zh")).toBe("是。不。");
    expect(join("是。不。", "zh", ["Yes.", "No."], "en")).toBe("Yes. No.");
    expect(join("Yes.\nNo.", "en", ["是。", "不。"], "zh")).toBe("是。\n不。");
  });

  it("parts lines at a line break, but not in the middle of a sentence", () => {
    const lines = (text: string, offset: number): string[] =>
      segmentUnit({ ...plain(text), atoms: [{ id: "1", kind: "break", offset }] }, "en").map(
        ({ source }) => source.text,
      );
    expect(lines("Annual ReportYear 2024", 13)).toEqual(["Annual Report", "Year 2024"]);
    expect(lines("a quick brown fox", 8)).toEqual(["a quick brown fox"]);
  });

  it("keeps one stretch of what can't be repeated", () => {
    const unit: CodedText = {
      text: "One. Two.",
      spans: [{ id: "1", kind: "container", start: 0, end: 9, canCopy: false }],
      atoms: [],
    };
    const targets = [
      { text: "Eins.", spans: [{ id: "1", start: 0, end: 4 }], atoms: [] },
      { text: "Zwei.", spans: [{ id: "1", start: 0, end: 5 }], atoms: [] },
    ];
    expect(joinTargets(unit, segmentUnit(unit, "en"), targets, "de").spans).toEqual([
      { id: "1", start: 0, end: 11 },
    ]);
  });

  it("refuses another number of targets", () => {
    expect(() => joinTargets(plain("One. Two."), segmentUnit(plain("One. Two."), "en"), [], "de")).toThrow(
      /0 targets were given for 2 segments/,
    );
    expect(texts("", "en")).toEqual([]);
  });
});
