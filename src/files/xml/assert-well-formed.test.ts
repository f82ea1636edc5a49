import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RoundTripError } from "../../errors.ts";
import { assertWellFormed } from "./assert-well-formed.ts";
import { type NamespaceScope, namespaceUri } from "./namespaces.ts";
import { escapeAttribute, escapeText, isXmlText } from "./xml-text.ts";

const scope: NamespaceScope = new Map([
  ["w", namespaceUri("w")],
  ["v", namespaceUri("w")],
  ["xml", "http://www.w3.org/XML/1998/namespace"],
]);

describe("assertWellFormed", () => {
  it.each([
    "",
    "text &amp; more",
    "<w:p w:a=\"1\" b='2'><w:r/></w:p><w:p/>",
    '<w:t xml:space="preserve"> a > b </w:t>',
    '<x:a xmlns:x="urn:x" x:b="&quot;"/>',
    '<w:a w:b="a>b"/>',
    "<a><!-- & < --><![CDATA[ & < ]]></a>",
  ])("accepts %s", (fragment) => {
    expect(() => assertWellFormed(fragment, scope)).not.toThrow();
  });

  it.each([
    ["an open element", "<w:p>"],
    ["an element closed twice", "<w:p/></w:p>"],
    ["the end of the fragment", "</fragment><fragment>"],
    ["an undeclared prefix", "<x:p/>"],
    ["an undeclared prefix of an attribute", '<w:p x:a="1"/>'],
    ["an attribute twice", '<w:p w:a="1" w:a="2"/>'],
    ["an attribute twice under two prefixes", '<w:p w:a="1" v:a="2"/>'],
    ["an attribute without quotes", "<w:p a=1/>"],
    ["an attribute without value", "<w:p a/>"],
    ["attributes without space between", '<w:p a="1"b="2"/>'],
    ["an angle bracket in an attribute", '<w:p a="<"/>'],
    ["a bare ampersand", "a & b"],
    ["a bare ampersand in an attribute", '<w:p a="&"/>'],
    ["an undefined entity", "&nbsp;"],
    ["a bad character reference", "&#0;"],
    ["a control character", "a\u0001"],
    ["half a surrogate pair", "a\ud800"],
    ["the end of character data", "a]]>b"],
    ["a name that starts with a digit", "<w:1/>"],
    ["a name with two colons", "<w:a:b/>"],
    ["a document type", "<!DOCTYPE a>"],
  ])("refuses %s", (_, fragment) => {
    expect(() => assertWellFormed(fragment, scope)).toThrow(RoundTripError);
  });

  it("accepts any escaped text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }).filter(isXmlText), (text) => {
        assertWellFormed(`<w:t w:a="${escapeAttribute(text)}">${escapeText(text)}</w:t>`, scope);
      }),
    );
  });
});
