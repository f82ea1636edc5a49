import { describe, expect, it } from "vitest";
import { splitWords } from "./split-words.ts";

const wholes = (text: string): string[] => splitWords(text).map(({ whole }) => whole);

describe("splitWords", () => {
  it("cuts at spaces and takes every mark as a word", () => {
    expect(wholes("Click “Save as…”, then OK.")).toEqual([
      "click",
      "“",
      "save",
      "as",
      "...",
      "”",
      ",",
      "then",
      "ok",
      ".",
    ]);
  });

  it("cuts scripts without spaces by a dictionary", () => {
    expect(wholes("設定を開く")).toEqual(["設定", "を", "開く"]);
  });

  it("takes Korean particles off their word", () => {
    expect(wholes("설정을 여세요")).toEqual(["설정", "을", "여세요"]);
  });

  it("cuts stems after six letters and drops accents on Latin letters only", () => {
    expect(splitWords("activités йога").map(({ stem }) => stem)).toEqual(["activi", "йога"]);
  });

  it("names places in the text, also where it is cut", () => {
    const text = "one😀two three";
    for (const { start, end, whole } of splitWords(text, [7]))
      expect(text.slice(start, end).toLowerCase()).toBe(whole);
    expect(splitWords(text, [7]).map(({ whole }) => whole)).toEqual(["one", "😀", "tw", "o", "three"]);
  });
});
