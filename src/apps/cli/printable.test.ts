import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterOutput, printable, printableJson, printableLine } from "./printable.ts";

const BELL_TITLE = "\u001b]0;owned\u0007";
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe("printable", () => {
  it("shows escape sequences instead of sending them", () => {
    expect(printable(`a${BELL_TITLE}b`)).toBe("a␛]0;owned␇b");
    expect(printable("\u009b31mred")).toBe("\ufffd31mred");
    expect(printable("pay \u202e00.1$")).toBe("pay \ufffd00.1$");
    expect(printable("a\rb")).toBe("a␍b");
  });

  it("keeps line feeds and every letter", () => {
    expect(printable("é 漢字\nمرحبا 👍🏽")).toBe("é 漢字\nمرحبا 👍🏽");
  });

  it("puts one line on one line", () => {
    expect(printableLine("a\n\tb\u2028c  ")).toBe("a b c");
  });

  it("lets no control character through, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !CONTROL.test(printable(text))));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !CONTROL.test(filterOutput(text, false))));
  });
});

describe("filterOutput", () => {
  it("lets colours pass and nothing else", () => {
    expect(filterOutput("\u001b[31mred\u001b[39m\u001b[2J", true)).toBe("\u001b[31mred\u001b[39m␛[2J");
    expect(filterOutput("\u001b[31mred", false)).toBe("␛[31mred");
  });
});

describe("printableJson", () => {
  it("escapes what JSON itself would let through, and still reads back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = printableJson({ text });
        return !CONTROL.test(json.replaceAll("\n", "")) && JSON.parse(json).text === text;
      }),
    );
  });
});
