import { describe, expect, it } from "vitest";
import { verbForms } from "./inflect.ts";

describe("forms of a verb", () => {
  it("are those that reports use", () => {
    expect(verbForms("climb", "en")).toEqual(["climb", "climbs", "climbed", "climbing"]);
    expect(verbForms("slump", "en")).toContain("slumped");
    expect(verbForms("dip", "en")).toContain("dipped");
    expect(verbForms("verringern", "de")).toEqual(expect.arrayContaining(["verringerte", "verringerten"]));
    expect(verbForms("augmenter", "fr")).toEqual(
      expect.arrayContaining(["augmente", "augmentent", "augmentees"]),
    );
    expect(verbForms("caer", "es")).toContain("caido");
    expect(verbForms("recuar", "pt")).toEqual(expect.arrayContaining(["recuou", "recuaram"]));
  });
});
