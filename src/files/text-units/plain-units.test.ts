import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileUnsupportedError, TargetNotFoundError } from "../../errors.ts";
import { listTextUnits } from "./list-text-units.ts";
import { writeTextUnits } from "./write-text-units.ts";

const options = { format: "txt", language: "de" } as const;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const texts = (text: string): string[] => listTextUnits(utf8(text), options).map((unit) => unit.text);

function write(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const targets = listTextUnits(bytes, options).map(({ id, text }) => ({
    unit: id,
    text: change(text),
    spans: [],
    atoms: [],
  }));
  return writeTextUnits(bytes, targets, options).bytes;
}
const writeText = (text: string, change: (text: string) => string): string =>
  new TextDecoder().decode(write(utf8(text), change));

const letter = `Ann Lee
12 High Street

Dear Bob,

this is a paragraph that was wrapped by hand at some
sixty characters, as people did when they wrote mails
in plain text.

> quoted text that was wrapped by hand as well, at some
> sixty characters

- first thing
- second thing that is longer
1. third

====
Name     Price
Bread\t5
`;

describe("plain text units", () => {
  it("are wrapped paragraphs, single lines, points of lists and columns", () => {
    expect(texts(letter)).toEqual([
      "Ann Lee",
      "12 High Street",
      "Dear Bob,",
      "this is a paragraph that was wrapped by hand at some sixty characters, as people did when they wrote mails in plain text.",
      "quoted text that was wrapped by hand as well, at some sixty characters",
      "first thing",
      "second thing that is longer",
      "third",
      "Name",
      "Price",
      "Bread",
    ]);
  });

  it("are wrapped again at their own width", () => {
    const written = writeText(letter, (text) => `${text.toUpperCase()} AND MORE`);
    expect(written).toContain(`
THIS IS A PARAGRAPH THAT WAS WRAPPED BY HAND AT SOME
SIXTY CHARACTERS, AS PEOPLE DID WHEN THEY WROTE MAILS
IN PLAIN TEXT. AND MORE

> QUOTED TEXT THAT WAS WRAPPED BY HAND AS WELL, AT SOME
> SIXTY CHARACTERS AND MORE

- FIRST THING AND MORE
- SECOND`);
  });

  it("change no byte when the targets say what the source says, in any encoding", () => {
    const same = (text: string): string => text;
    for (const text of [letter, letter.replaceAll("\n", "\r\n"), letter.replaceAll("\n", "\r")])
      for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16(text), latin(`${text}é`)])
        expect(write(bytes, same)).toEqual(bytes);
  });

  it("keep the encoding, or become UTF-8 where it lacks a letter", () => {
    expect(write(utf16("Hello\r\n"), () => "Привет")).toEqual(utf16("Привет\r\n"));
    expect(write(latin("Caf\u00e9\n"), () => "Fü\u00dfe")).toEqual(latin("F\u00fc\u00dfe\n"));
    const units = listTextUnits(latin("Caf\u00e9\n"), options);
    const target = { unit: units[0]!.id, text: "Кофе", spans: [], atoms: [] };
    const written = writeTextUnits(latin("Caf\u00e9\n"), [target], options);
    expect(new TextDecoder().decode(written.bytes)).toBe("Кофе\n");
    expect(written.flagged).toHaveLength(1);
  });

  it("refuse an empty target, an unknown unit and a file that is no text", () => {
    const target = { unit: "#1", text: " ", spans: [], atoms: [] };
    expect(writeTextUnits(utf8("Hello\n"), [target], options).refused).toEqual([
      { unit: "#1", reason: "the target is empty" },
    ]);
    expect(() => writeTextUnits(utf8("Hello\n"), [{ ...target, unit: "#9" }], options)).toThrow(
      TargetNotFoundError,
    );
    expect(() =>
      listTextUnits(
        new Uint8Array(1000).map((_, index) => index % 7),
        options,
      ),
    ).toThrow(FileUnsupportedError);
  });

  it("answer any text with units and an echo of the same bytes", () => {
    const pieces = fc.constantFrom(
      "word ",
      "\n",
      "\r\n",
      "\n\n",
      "- ",
      "1. ",
      "> ",
      "\t",
      "    ",
      "long ".repeat(12),
      "中文",
      "x",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const text = parts.join("");
        expect(writeText(text, (each) => each)).toBe(text);
        const shouted = writeText(text, (each) => each.toUpperCase());
        expect(shouted.replace(/[\s>]+/g, "")).toBe(text.toUpperCase().replace(/[\s>]+/g, ""));
      }),
    );
  });
});
