import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError } from "../../errors.ts";
import { scanXml } from "./scan-xml.ts";
import { decodeText, escapeAttribute, escapeText, isXmlText } from "./xml-text.ts";
import { attribute, textOf } from "./xml-tree.ts";

describe("decodeText", () => {
  it("resolves references, character data, comments and line ends", () => {
    expect(decodeText("a&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;")).toBe("a<>&\"'A😀");
    expect(decodeText("a<![CDATA[<&amp;>]]>b<!-- c --><?d e?>")).toBe("a<&amp;>b");
    expect(decodeText("a\r\nb\rc\nd&#13;")).toBe("a\nb\nc\nd\r");
  });

  it.each(["&", "a & b", "&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&#xG;", "&#;", "&lol9;"])(
    "refuses %s",
    (source) => {
      expect(() => decodeText(source)).toThrow(FileDamagedError);
    },
  );

  it("gives back every text that was escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }).filter(isXmlText), (text) => {
        const normal = text.replace(/\r\n?/g, "\n");
        const tree = scanXml(`<a b="${escapeAttribute(text)}">${escapeText(text)}</a>`);
        expect(textOf(tree, 0)).toBe(normal);
        expect(attribute(tree, 0, "b")).toBe(text);
      }),
    );
  });
});

describe("isXmlText", () => {
  it("knows which characters XML allows", () => {
    expect(isXmlText("a\t\n\r\u{10ffff}\ufffd")).toBe(true);
    for (const text of ["\0", "\u0008", "\ud800", "\udc00a", "\ufffe"]) expect(isXmlText(text)).toBe(false);
  });
});
