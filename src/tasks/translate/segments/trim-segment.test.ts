import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodedText } from "../../../files/units/types.ts";
import { codedTexts, echoOf } from "../../../files/xliff/coded-text.fixture.ts";
import { trimSegment, untrimTarget } from "./trim-segment.ts";

describe("trimSegment", () => {
  it("is undone by untrimTarget", () => {
    fc.assert(
      fc.property(codedTexts(["word", " ", "a", "\n", "。"]), (source) => {
        const { core, outer } = trimSegment(source);
        expect(untrimTarget(outer, echoOf(core))).toEqual(echoOf(source));
        expect(core.text).toBe(source.text.trim());
      }),
      { numRuns: 3000 },
    );
  });

  it("takes off a span over the whole, atoms at the ends and white space", () => {
    const source: CodedText = {
      text: " Read more ",
      spans: [
        { id: "1", kind: "link", start: 0, end: 11, canCopy: true },
        { id: "2", kind: "format", start: 1, end: 5, canCopy: true },
      ],
      atoms: [
        { id: "3", kind: "picture", offset: 0 },
        { id: "4", kind: "note", offset: 10 },
      ],
    };
    const { core, outer } = trimSegment(source);
    expect(core).toEqual({
      text: "Read more",
      spans: [{ id: "2", kind: "format", start: 0, end: 4, canCopy: true }],
      atoms: [],
    });
    expect(
      untrimTarget(outer, { text: "Mehr lesen", spans: [{ id: "2", start: 5, end: 10 }], atoms: [] }),
    ).toEqual({
      text: " Mehr lesen ",
      spans: [
        { id: "1", start: 0, end: 12 },
        { id: "2", start: 6, end: 11 },
      ],
      atoms: [
        { id: "3", offset: 0 },
        { id: "4", offset: 11 },
      ],
    });
  });

  it("takes off a list mark that somebody typed, with its own formatting", () => {
    const mark = { id: "1", kind: "format", start: 0, end: 1, canCopy: true } as const;
    const { core, outer } = trimSegment({ text: "·  Is it new?", spans: [mark], atoms: [] });
    expect(core).toEqual({ text: "Is it new?", spans: [], atoms: [] });
    expect(untrimTarget(outer, { text: "É novo?", spans: [], atoms: [] })).toEqual({
      text: "·  É novo?",
      spans: [{ id: "1", start: 0, end: 1 }],
      atoms: [],
    });
    expect(trimSegment({ text: "-5 degrees", spans: [], atoms: [] }).core.text).toBe("-5 degrees");
  });
});
