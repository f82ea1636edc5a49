import { describe, expect, it } from "vitest";
import { canonicalPart } from "./canonical-part.ts";
import { ins, r } from "./docx.fixture.ts";

const part = (inner: string): string =>
  canonicalPart(`<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${inner}</w:p>`);

describe("canonicalPart", () => {
  it("takes a run that was cut in three as the run it was", () => {
    expect(part(r("one ") + r("two") + r(" three"))).toBe(part(r("one two three")));
    expect(part(r("one ", "<w:b/>") + r("two", "<w:b/>"))).toBe(part(r("one two", "<w:b/>")));
    expect(part('<w:r w:rsidR="1"><w:t>a</w:t></w:r><w:r><w:t/></w:r>')).toBe(
      part("<w:r><w:t>a</w:t></w:r>"),
    );
  });

  it("takes an insertion that was cut in two as one, whatever the ids", () => {
    expect(part(ins(1, "A", "one ") + ins(1, "A", "two"))).toBe(part(ins(1, "A", "one two")));
    expect(part(`${ins(1, "A", "one")}<w:ins w:id="9" w:author="B"/>`)).toBe(part(ins(1, "A", "one")));
  });

  it.each([
    ["formatting", r("one", "<w:b/>") + r("two"), r("onetwo")],
    ["text", r("one"), r("two")],
    ["white space", r("one "), r("one")],
    ["an author", ins(1, "A", "x"), ins(1, "B", "x")],
    [
      "a bookmark's place",
      `${r("a")}<w:bookmarkStart w:id="1"/>${r("b")}`,
      `${r("ab")}<w:bookmarkStart w:id="1"/>`,
    ],
    ["a break", "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "<w:r><w:t>ab</w:t><w:br/></w:r>"],
    [
      "a tracked paragraph mark",
      '<w:pPr><w:rPr><w:ins w:id="1" w:author="A"/></w:rPr></w:pPr>',
      "<w:pPr><w:rPr></w:rPr></w:pPr>",
    ],
  ])("tells apart a difference in %s", (_, one, two) => {
    expect(part(one)).not.toBe(part(two));
  });
});
