import { describe, expect, it } from "vitest";
import { isEcho, plainUnit, targetsOf, wholeCharacters } from "./unit-site.ts";

const unit = (id: string, text: string, sameAs?: string) =>
  plainUnit({ id, kind: "cell", place: "", text, ...(sameAs === undefined ? {} : { sameAs }) });
const target = (id: string, text: string) => ({ unit: id, text, spans: [], atoms: [] });

describe("targets of units", () => {
  it("go to units that must be the same, which keep their own codes where the text is the same", () => {
    const units = [unit("a", "x"), unit("b", "x", "a"), unit("c", "x", "a")];
    const own = { ...target("b", "y"), spans: [{ id: "1", start: 0, end: 1 }] };
    const found = targetsOf(units, [target("a", "y"), own, target("c", "z")]);
    expect(found.get("b")).toBe(own);
    expect(found.get("c")?.text).toBe("y");
  });

  it("are echoes with the same text and codes only", () => {
    const coded = {
      text: "ab",
      spans: [{ id: "1", kind: "format", start: 0, end: 1, canCopy: true }],
      atoms: [],
    } as const;
    expect(isEcho(coded, { text: "ab", spans: [{ id: "1", start: 0, end: 1 }], atoms: [] })).toBe(true);
    expect(isEcho(coded, { text: "ab", spans: [{ id: "1", start: 1, end: 2 }], atoms: [] })).toBe(false);
  });

  it("are never cut inside a character", () => {
    const cut = { text: "a😀b", spans: [{ id: "1", start: 2, end: 4 }], atoms: [{ id: "2", offset: 2 }] };
    expect(wholeCharacters(cut)).toEqual({
      text: "a😀b",
      spans: [{ id: "1", start: 1, end: 4 }],
      atoms: [{ id: "2", offset: 3 }],
    });
  });
});
