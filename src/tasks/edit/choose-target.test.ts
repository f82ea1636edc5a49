import { describe, expect, test } from "vitest";
import { openFile, paragraphText, type WordDocument } from "../../files/index.ts";
import { sectionTarget, targetInInstruction, targetOf } from "./choose-target.ts";
import { wordFile } from "./document.fixture.ts";

const DOCUMENT = openFile(
  wordFile(
    "# Executive summary",
    "The offer in short.",
    "# Hosting and operations",
    "The platform is hosted in Leipzig.",
    "## Backups",
    "Backups are kept for 35 days.",
    "# Prices",
    "The price is EUR 100.",
  ),
);
const NUMBERED = openFile(
  wordFile(
    "# 1 Scope",
    "In scope.",
    "# 2 Terms",
    "Terms apply.",
    "## 2.1 Payment",
    "Pay in 30 days.",
    "# 3 End",
    "The end of 2.",
  ),
);

const texts = (document: WordDocument, instruction: string): readonly string[] | undefined =>
  targetInInstruction(document, instruction)
    ?.paragraphs.filter((each) => each.headingLevel === undefined)
    .map((each) => paragraphText(each));

describe("what an instruction is about", () => {
  test.each<[string, readonly string[]]>([
    ["shorten section 2", ["The platform is hosted in Leipzig.", "Backups are kept for 35 days."]],
    [
      "shorten section 2 to 100 words",
      ["The platform is hosted in Leipzig.", "Backups are kept for 35 days."],
    ],
    ["shorten sections 1 and 3", ["The offer in short.", "The price is EUR 100."]],
    [
      "shorten sections 2 to 3",
      ["The platform is hosted in Leipzig.", "Backups are kept for 35 days.", "The price is EUR 100."],
    ],
    ["kürze Abschnitt 3", ["The price is EUR 100."]],
    ['make "Backups" formal', ["Backups are kept for 35 days."]],
    ["make “hosted in Leipzig” friendlier", ["The platform is hosted in Leipzig."]],
    [
      "condense hosting and operations",
      ["The platform is hosted in Leipzig.", "Backups are kept for 35 days."],
    ],
    ["simplify the summary", ["The offer in short."]],
    ["simplify the hosting section", ["The platform is hosted in Leipzig.", "Backups are kept for 35 days."]],
    ["shorten the part about prices", ["The price is EUR 100."]],
  ])("%s", (instruction, expected) => {
    expect(texts(DOCUMENT, instruction)).toEqual(expected);
  });

  test.each([
    "shorten this",
    "cut it to 200 words",
    "make the whole document shorter",
    "fix the grammar in 2 steps",
  ])("%s names no place", (instruction) => {
    expect(targetInInstruction(DOCUMENT, instruction)).toBeUndefined();
  });

  test.each(["shorten section 9", "shorten the section on unicorns", "rewrite the conclusion"])(
    "%s is not found, and the headings are named",
    (instruction) => {
      expect(() => targetInInstruction(DOCUMENT, instruction)).toThrow(
        expect.objectContaining({ code: "not-found", hint: expect.stringContaining("Prices") }),
      );
    },
  );

  test("follows the numbers that the headings have", () => {
    expect(texts(NUMBERED, "shorten section 2.1")).toEqual(["Pay in 30 days."]);
    expect(texts(NUMBERED, "shorten section 2")).toEqual(["Terms apply.", "Pay in 30 days."]);
    expect(() => sectionTarget(NUMBERED, "4")).toThrow(/not found/);
  });
});

describe("targetOf", () => {
  test("takes a section by its title or number", () => {
    expect(targetOf(DOCUMENT, { section: "Prices" })?.label).toBe("Prices");
    expect(targetOf(DOCUMENT, { section: "3" })?.label).toBe("Prices");
  });

  test("takes the paragraph of a quote, within the section if there is one", () => {
    expect(targetOf(DOCUMENT, { quote: "EUR 100" })?.paragraphs.map((each) => paragraphText(each))).toEqual([
      "The price is EUR 100.",
    ]);
    expect(() => targetOf(DOCUMENT, { section: "2", quote: "EUR 100" })).toThrow(
      expect.objectContaining({ code: "not-found" }),
    );
  });

  test("is nothing when nothing is named", () => {
    expect(targetOf(DOCUMENT, {})).toBeUndefined();
  });
});
