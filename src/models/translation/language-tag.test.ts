import { describe, expect, it } from "vitest";
import { isSameLanguage, modelLanguages, readTag, sourceLanguages } from "./language-tag.ts";

describe("names of a language's models", () => {
  it("goes from the closest to the plain language", () => {
    expect(modelLanguages("pt-BR")).toEqual(["pt-BR", "pt"]);
    expect(modelLanguages("sr-Latn-RS")).toEqual(["sr-Latn", "sr-RS", "sr"]);
    expect(modelLanguages("EN_us")).toEqual(["en-US", "en"]);
    expect(modelLanguages("nn")).toEqual(["nn", "nb", "no"]);
  });

  it("never writes one Chinese script for the other, but reads both", () => {
    expect(modelLanguages("zh-TW")).toEqual(["zh-Hant"]);
    expect(modelLanguages("zh-Hant-HK")).toEqual(["zh-Hant"]);
    expect(modelLanguages("zh-CN")).toEqual(["zh", "zh-Hans"]);
    expect(sourceLanguages("zh-Hant")).toEqual(["zh-Hant", "zh"]);
  });

  it("reads the South Slavic languages with one model", () => {
    expect(sourceLanguages("hr")).toEqual(["hr", "hbs"]);
    expect(modelLanguages("hr")).toEqual(["hr"]);
  });

  it("takes what is no tag as it is", () => {
    expect(readTag("../../etc")).toEqual({ language: "../../etc" });
    expect(readTag("")).toEqual({ language: "" });
  });

  it("tells languages apart by more than their first letters", () => {
    expect(isSameLanguage("en", "en-GB")).toBe(true);
    expect(isSameLanguage("zh", "zh-Hant")).toBe(false);
    expect(isSameLanguage("nb", "no")).toBe(true);
    expect(isSameLanguage("de", "nl")).toBe(false);
  });
});
