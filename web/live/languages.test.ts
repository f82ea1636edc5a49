import { describe, expect, it } from "vitest";
import { directionOf, languageChoices, languageName, preferredLanguage } from "./languages.ts";

describe("languages", () => {
  it("are preselected by the browser, whole or by their first part", () => {
    expect(preferredLanguage(["pt-BR", "en"])).toBe("pt-BR");
    expect(preferredLanguage(["xx", "fr-CA"])).toBe("fr");
    expect(preferredLanguage(["xx"])).toBe("en");
  });

  it("are named in the language of the page, with the person's own among them", () => {
    expect(languageChoices("pt", "")).toContainEqual({ tag: "de", name: "alemão" });
    expect(languageChoices("en", "gd").map(({ tag }) => tag)).toContain("gd");
    expect(languageName("not a tag", "en")).toBe("not a tag");
  });

  it("run in their own direction, and in the text's own where they are not known", () => {
    expect([directionOf("ar-EG"), directionOf("pt"), directionOf(""), directionOf(undefined)]).toEqual([
      "rtl",
      "ltr",
      "auto",
      "auto",
    ]);
  });
});
