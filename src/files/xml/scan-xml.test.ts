import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, TandemError } from "../../errors.ts";
import { scanXml, type XmlTree } from "./scan-xml.ts";
import { applySplices } from "./splice.ts";
import { attribute, childrenOf, innerXml, isSelfClosing, nameOf, outerXml, textOf } from "./xml-tree.ts";

const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

describe("scanXml", () => {
  it("indexes elements in document order with their offsets", () => {
    const tree = scanXml('<?xml version="1.0"?>\n<a><b x="1"/>text<c>t</c></a>\n');
    expect([0, 1, 2].map((index) => outerXml(tree, index))).toEqual([
      '<a><b x="1"/>text<c>t</c></a>',
      '<b x="1"/>',
      "<c>t</c>",
    ]);
    expect(childrenOf(tree, 0)).toEqual([1, 2]);
    expect([isSelfClosing(tree, 1), isSelfClosing(tree, 2)]).toEqual([true, false]);
    expect([textOf(tree, 0), innerXml(tree, 2)]).toEqual(["text", "t"]);
  });

  it("names elements by their namespace, whatever the prefix", () => {
    const names = (source: string): readonly string[] => scanXml(source).names;
    expect(names(`<x:p xmlns:x="${w}"/>`)).toEqual(["w:p"]);
    expect(names(`<p xmlns="${w}"><q xmlns=""/></p>`)).toEqual(["w:p", "q"]);
    expect(names('<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')).toEqual(["w:p"]);
    expect(names('<x:p xmlns:x="urn:other"/>')).toEqual(["{urn:other}p"]);
    expect(names(`<a xmlns:x='${w}'><x:p xmlns:x="urn:other"/><x:p/></a>`)).toEqual([
      "a",
      "{urn:other}p",
      "w:p",
    ]);
  });

  it("reads attributes with either quote, with angle brackets and with references", () => {
    const tree = scanXml(`<w:a xmlns:w="${w}" w:x='a"b>' y="&lt;&#65;" />`);
    expect([attribute(tree, 0, "w:x"), attribute(tree, 0, "y"), attribute(tree, 0, "z")]).toEqual([
      'a"b>',
      "<A",
      undefined,
    ]);
  });

  it("passes over comments, instructions and character data that look like tags", () => {
    const tree = scanXml("<a><!-- <b> --><?p <c> ?><![CDATA[</d>]]></a><!-- end -->");
    expect(tree.count).toBe(1);
    expect(textOf(tree, 0)).toBe("</d>");
  });

  it("scans a fragment with the namespaces around it", () => {
    expect(scanXml("<w:p/>", 256, new Map([["w", w]])).names).toEqual(["w:p"]);
  });

  it.each([
    ["nothing", ""],
    ["only white space", " \n"],
    ["text", "hello"],
    ["an element that is not closed", "<a><b></b>"],
    ["a tag that is cut off", '<a x="1'],
    ["a name that is cut off", "<a"],
    ["a comment that is cut off", "<a><!-- </a>"],
    ["character data that is cut off", "<a><![CDATA[ </a>"],
    ["an instruction that is cut off", "<a><?x </a>"],
    ["tags that do not match", "<a><b></a></b>"],
    ["a longer end tag", "<a></ab>"],
    ["an end tag first", "</a>"],
    ["two roots", "<a/><b/>"],
    ["text after the root", "<a/>x"],
    ["a tag without a name", "<a>< b/></a>"],
    ["a stray quotation mark", '<a x"1"/>'],
    ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["a document type in the middle", "<a><!DOCTYPE b></a>"],
    ["an entity declaration", "<a><!ENTITY b 'c'></a>"],
  ])("refuses %s", (_, source) => {
    expect(() => scanXml(source)).toThrow(FileDamagedError);
  });

  it("refuses nesting deeper than asked, and goes that deep", () => {
    const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect(scanXml(nested(256)).count).toBe(256);
    expect(() => scanXml(nested(257))).toThrow(/deeper than 256/);
    expect(() => scanXml("<a>".repeat(20_000))).toThrow(/deeper than 256/);
  });

  it("stands a tag with very many attributes, and refuses very many different namespaces", () => {
    expect(scanXml(`<a${' b= "1"'.repeat(100_000)}/>`).count).toBe(1);
    const declare = (count: number, name: string): string =>
      Array.from({ length: count }, (_, place) => ` xmlns:${name}${place}="urn:x"`).join("");
    const children = Array.from({ length: 2000 }, (_, place) => `<b xmlns:c="urn:${place}"/>`).join("");
    expect(() => scanXml(`<a${declare(1000, "p")}>${children}</a>`)).toThrow(/namespace declarations/);
    expect(scanXml(`<a>${'<b xmlns:c="urn:x"/>'.repeat(5000)}</a>`).scopes).toHaveLength(2);
  });

  it("answers every beginning of a document with a typed error", () => {
    const source = `<?xml version="1.0"?><w:a xmlns:w='${w}' x="1"><!-- c --><b><![CDATA[d]]></b>&lt;</w:a>`;
    for (let length = 0; length < source.length; length++)
      expect(() => scanXml(source.slice(0, length))).toThrow(FileDamagedError);
  });

  it("answers any text with a tree or a typed error", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b/>",
      "<",
      ">",
      "/",
      "'",
      '"',
      "=",
      " ",
      "x",
      "&",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "xmlns",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          scanXml(pieces.join(""));
        } catch (error) {
          if (!(error instanceof TandemError)) throw error;
        }
      }),
    );
  });

  type Element = { name: string; text: string; children: readonly Element[] };
  const { element } = fc.letrec<{ element: Element }>((tie) => ({
    element: fc.record({
      name: fc.constantFrom("a", "b", "c"),
      text: fc.constantFrom("", "x", "&amp;", "<!-- <z> -->"),
      children: fc.oneof(
        { maxDepth: 4 },
        fc.constant<readonly Element[]>([]),
        fc.array(tie("element"), { maxLength: 3 }),
      ),
    }),
  }));
  const write = ({ name, text, children }: Element): string =>
    `<${name}>${text}${children.map(write).join(text)}</${name}>`;

  it("finds each element where it was written", () => {
    const flatten = (each: Element): Element[] => [each, ...each.children.flatMap(flatten)];
    fc.assert(
      fc.property(element, (root) => {
        const tree = scanXml(write(root));
        const all = flatten(root);
        expect(tree.count).toBe(all.length);
        for (let index = 0; index < tree.count; index++)
          expect(outerXml(tree, index)).toBe(write(all[index]!));
      }),
    );
  });

  it("replaces elements by splices and keeps the rest", () => {
    const renamed = (each: Element): Element => ({
      ...each,
      name: each.name === "b" ? "B" : each.name,
      children: each.children.map(renamed),
    });
    const tags = (tree: XmlTree, index: number): { start: number; end: number; text: string }[] => [
      { start: tree.start[index]! + 1, end: tree.nameEnd[index]!, text: "B" },
      { start: tree.closeStart[index]! + 2, end: tree.end[index]! - 1, text: "B" },
    ];
    fc.assert(
      fc.property(element, (root) => {
        const tree = scanXml(write(root));
        const found = Array.from({ length: tree.count }, (_, index) => index).filter(
          (index) => nameOf(tree, index) === "b",
        );
        expect(
          applySplices(
            tree.source,
            found.flatMap((index) => tags(tree, index)),
          ),
        ).toBe(write(renamed(root)));
      }),
    );
  });
});
