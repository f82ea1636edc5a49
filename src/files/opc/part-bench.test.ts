import { describe, expect, it } from "vitest";
import { defaultCodec } from "./codec.ts";
import { hasPart, openPackage, readPart } from "./opc-package.ts";
import {
  addPart,
  benchRelationships,
  declareType,
  encodeParts,
  freePartName,
  type PartBench,
  read,
  relate,
  relativeTarget,
} from "./part-bench.ts";
import { savePackage } from "./save-package.ts";
import { verifyPackage } from "./verify-package.ts";
import { createZip } from "./write-zip.ts";

const ct = "http://schemas.openxmlformats.org/package/2006/content-types";
const rels =
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>';

function bench(types: string, files: Readonly<Record<string, string>> = {}): PartBench {
  const all = { "[Content_Types].xml": `<Types xmlns="${ct}">${types}</Types>`, "a/b.xml": "<b/>", ...files };
  const bytes = new Map(Object.entries(all).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  const opc = openPackage(createZip(bytes, defaultCodec));
  return { package: opc, replaced: new Map(), added: new Map() };
}

describe("parts under work", () => {
  it("get relationships with ids that are free", () => {
    const own = bench(rels);
    expect(relate(own, "/a/b.xml", { type: "t/x", target: "c.xml" })).toBe("rId1");
    expect(relate(own, "/a/b.xml", { type: "t/y", target: "http://d", isExternal: true })).toBe("rId2");
    expect(benchRelationships(own, "/a/b.xml").map(({ target }) => target)).toEqual(["/a/c.xml", "http://d"]);
    expect(own.replaced.size).toBe(0);
  });

  it("get a type for new relationships where the package declares none for the ending", () => {
    const own = bench("");
    relate(own, "/a/b.xml", { type: "t/x", target: "c.xml" });
    expect(read(own, "/[Content_Types].xml").text).toContain('PartName="/a/_rels/b.xml.rels"');
  });

  it("get names that neither parts, nor types, nor relationships have", () => {
    const own = bench(`${rels}<Override PartName="/a/Chart2.xml" ContentType="x"/>`, {
      "a/CHART1.xml": "<x/>",
    });
    relate(own, "/a/b.xml", { type: "t/x", target: "chart3.xml" });
    addPart(own, "/a/chart4.xml", "<x/>");
    expect(freePartName(own, "/a/chart#.xml", "/a/b.xml")).toBe("/a/chart5.xml");
  });

  it("are related by the shortest way", () => {
    expect(relativeTarget("/xl/workbook.xml", "/xl/styles.xml")).toBe("styles.xml");
    expect(relativeTarget("/xl/worksheets/sheet1.xml", "/xl/tables/table1.xml")).toBe("../tables/table1.xml");
    expect(relativeTarget("/a.xml", "/b/c.xml")).toBe("b/c.xml");
  });

  it("are saved, and a part can be left out, with every other one as it was", () => {
    const own = bench(rels, { "a/c.xml": "<c/>" });
    addPart(own, "/a/d.xml", "<d/>");
    declareType(own, "/a/d.xml", "x/d");
    const [replaced, added] = [encodeParts(own.replaced), encodeParts(own.added)];
    const removed = new Set(["/a/C.xml"]);
    const bytes = savePackage(own.package, replaced, added, removed);
    verifyPackage(own.package, bytes, replaced, added, removed);
    const saved = openPackage(bytes);
    expect(hasPart(saved, "/a/c.xml")).toBe(false);
    expect(new TextDecoder().decode(readPart(saved, "/a/b.xml"))).toBe("<b/>");
    expect(new TextDecoder().decode(readPart(saved, "/a/d.xml"))).toContain("<d/>");
    expect(() => verifyPackage(own.package, bytes, replaced, added)).toThrow("would not be written");
  });
});
