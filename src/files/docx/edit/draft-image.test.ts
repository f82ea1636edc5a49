import { expect, it } from "vitest";
import { readPart } from "../../opc/opc-package.ts";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { expectEdit, p, planQuoted, texts, wordDocument, xmlOf } from "../word.fixture.ts";

const png = (width: number, height: number): Uint8Array => {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
};

const image = png(400, 200);

it("puts a picture into a paragraph of its own, with its part, relationship and type", () => {
  const before = wordDocument(p("First") + p("Last"));
  const edited = expectEdit(
    before,
    [{ kind: "insert-image", quote: "First", image, altText: "Sales <2025> & 2026" }],
    ["First", "", "Last"],
  );
  const xml = xmlOf(edited);
  const [, id] = /r:embed="([^"]+)"/.exec(xml)!;
  const text = (name: string): string => new TextDecoder().decode(readPart(edited.package, name));
  expect(text("/word/_rels/document.xml.rels")).toContain(`Id="${id}"`);
  expect(text("/[Content_Types].xml")).toContain('PartName="/word/media/image1.png" ContentType="image/png"');
  expect(readPart(edited.package, "/word/media/image1.png")).toEqual(image);
  expect(xml).toContain('descr="Sales &lt;2025&gt; &amp; 2026"');
  // 400 pixels are 300 points.
  expect(xml).toContain(`cx="${300 * 12_700}" cy="${150 * 12_700}"`);
  const refused = openFile(settleChanges(edited, { action: "reject" }));
  expect(xmlOf(refused)).not.toContain("drawing");
});

it("never makes a picture wider than the text, unless a width is given", () => {
  const width = (options: { readonly width?: number }): number => {
    const plan = planQuoted(wordDocument(p("Text") + p("End")), [
      { kind: "insert-image", quote: "Text", image: png(4000, 1000), altText: "Wide", ...options },
    ]);
    return Number(/wp:extent cx="(\d+)"/.exec(xmlOf(openFile(plan.save().bytes)))![1]) / 12_700;
  };
  expect(width({})).toBeCloseTo((11_906 - 2880) / 20, 0);
  expect(width({ width: 72 })).toBe(72);
});

it("inserts two pictures after the last paragraph, each with a name and number of its own", () => {
  const before = wordDocument(p("Only"));
  const change = { kind: "insert-image", quote: "Only", image, altText: "A" } as const;
  const edited = expectEdit(before, [change, { ...change, altText: "B" }], ["Only", "", ""]);
  expect(xmlOf(edited).match(/<wp:docPr id="\d+"/g)).toEqual(['<wp:docPr id="1"', '<wp:docPr id="2"']);
  expect(readPart(edited.package, "/word/media/image2.png")).toEqual(image);
});

it("writes the picture at once in direct mode, and puts it into a header", () => {
  const document = wordDocument(p("Body"), { header: p("Head") });
  const plan = planQuoted(document, [{ kind: "insert-image", quote: "Head", image, altText: "Logo" }], {
    mode: "direct",
  });
  const edited = openFile(plan.save().bytes);
  expect(texts(edited)).toEqual(["Body", "Head", ""]);
  expect(new TextDecoder().decode(readPart(edited.package, "/word/_rels/header1.xml.rels"))).toContain(
    'Target="media/image1.png"',
  );
});

it("refuses what is no picture and a picture without words for it", () => {
  const codes = [new Uint8Array([1, 2, 3]), image].map((bytes) => {
    const change = {
      kind: "insert-image",
      quote: "Text",
      image: bytes,
      altText: bytes === image ? " " : "A",
    } as const;
    return planQuoted(wordDocument(p("Text")), [change]).refused[0]?.code;
  });
  expect(codes).toEqual(["unsupported", "invalid-text"]);
});
