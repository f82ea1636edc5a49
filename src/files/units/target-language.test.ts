import { describe, expect, it } from "vitest";
import { targetLanguage } from "./target-language.ts";

describe("the language of targets", () => {
  it.each([
    ["ar-EG", true],
    ["he", true],
    ["fa-AF", true],
    ["az-Arab-IR", true],
    ["uz-Latn", false],
    ["ur-Latn", false],
    ["de-DE", false],
  ])("%s is written from right to left: %s", (tag, expected) => {
    expect(targetLanguage(tag).isRightToLeft).toBe(expected);
  });

  it.each([
    ["zh-CN", "Microsoft YaHei"],
    ["zh-Hant", "Microsoft JhengHei"],
    ["zh-TW", "Microsoft JhengHei"],
    ["zh-Hans-HK", "Microsoft YaHei"],
    ["ja", "Yu Gothic"],
    ["ko-KR", "Malgun Gothic"],
    ["fr", undefined],
  ])("%s has the font %s", (tag, font) => {
    expect(targetLanguage(tag).eastAsianFont).toBe(font);
  });
});
