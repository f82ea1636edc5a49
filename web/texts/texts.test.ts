import { describe, expect, it } from "vitest";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { pt } from "./pt.ts";
import { interfaceLanguage, sayIn, type TextKey } from "./texts.ts";

const valuesIn = (text: string): string[] => [...text.matchAll(/\{\w+\}/gu)].map(([whole]) => whole).sort();

describe("the texts of the page", () => {
  for (const [name, texts] of Object.entries({ pt, ar })) {
    it(`say in ${name} everything, with the values of the English text`, () => {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).not.toBe("");
        expect(valuesIn(text), key).toEqual(valuesIn(en[key as TextKey]));
      }
    });
  }

  it("come in the first of the person's languages that there is", () => {
    expect(interfaceLanguage(["de-AT", "pt-BR", "en"])).toBe("pt");
    expect(interfaceLanguage(["AR"])).toBe("ar");
    expect(interfaceLanguage(["ja"])).toBe("en");
    expect(interfaceLanguage([])).toBe("en");
    expect(interfaceLanguage(["constructor"])).toBe("en");
  });

  it("take their values as they are, also where these look like patterns", () => {
    expect(sayIn("en")("sendFailed", { reason: "$& {reason}" })).toBe("This could not be sent: $& {reason}");
  });
});
