import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanXml } from "./scan-xml.ts";
import { attribute, attributesOf } from "./xml-tree.ts";

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

describe("attributes of an element", () => {
  it("are found one by one as in the list of all", () => {
    const name = fc.constantFrom("w:val", "val", "w:eval", "x:val", "w:id", "w:rsid", "xmlns:val");
    const value = fc.constantFrom("", "a", 'b w:val="c"', "w:id='1'", "&amp;", "=", ">");
    const written = fc.record({ name, value, space: fc.constantFrom("", " ", "\n") }).map((each) => {
      const quote = each.value.includes('"') ? "'" : '"';
      return ` ${each.name}${each.space}=${each.space}${quote}${each.value.replaceAll(quote, "")}${quote}`;
    });
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), (attributes) => {
        const tree = scanXml(`<w:a ${w} xmlns:x="urn:x"><w:b${attributes.join("")}/></w:a>`);
        for (const wanted of ["w:val", "val", "{urn:x}val", "w:id", "xmlns:val", "w:none"]) {
          const found = attribute(tree, 1, wanted);
          const all = attributesOf(tree, 1);
          expect(found).toBe(all.find((each) => each.name === wanted)?.value);
        }
      }),
    );
  });

  it("are all listed after one of them was asked for", () => {
    const tree = scanXml(`<w:a ${w} w:one="1" w:two="2"/>`);
    expect(attribute(tree, 0, "w:one")).toBe("1");
    expect(attributesOf(tree, 0).map((each) => each.name)).toEqual(["xmlns:w", "w:one", "w:two"]);
  });
});
