import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertWellFormed } from "../xml/assert-well-formed.ts";
import { rootScope } from "../xml/namespaces.ts";
import { scanXml } from "../xml/scan-xml.ts";
import { applySplices } from "../xml/splice.ts";
import { readDrawingParagraph } from "./drawing-text.ts";
import { writeDrawingParagraph } from "./drawing-text-write.ts";
import { targetLanguage } from "./target-language.ts";
import type { CodedTarget } from "./types.ts";

const root =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

function paragraph(inner: string): { xml: string; read: () => ReturnType<typeof readDrawingParagraph> } {
  const xml = `<a:p ${root}>${inner}</a:p>`;
  return { xml, read: () => readDrawingParagraph(scanXml(xml), 0) };
}

function written(inner: string, target: CodedTarget, language = "de-DE", alignment?: string): string {
  const { xml, read } = paragraph(inner);
  const result = writeDrawingParagraph(scanXml(xml), read(), target, targetLanguage(language), alignment);
  if (result.kind === "refused") throw new Error(result.reason);
  const out = applySplices(xml, result.splices);
  assertWellFormed(out, rootScope);
  return out.slice(`<a:p ${root}>`.length, -"</a:p>".length);
}

const run = (text: string, properties = ""): string =>
  `<a:r><a:rPr lang="en-US"${properties}/><a:t>${text}</a:t></a:r>`;
const plain = (text: string): CodedTarget => ({ text, spans: [], atoms: [] });

describe("a paragraph of a drawing", () => {
  it("is one text where runs differ in language and spelling marks only", () => {
    const { text, spans } = paragraph(run("Hel") + run("lo", ' dirty="0" err="1"')).read();
    expect({ text, spans }).toEqual({ text: "Hello", spans: [] });
  });

  it("has a span for another look than that of most characters, and one for a link", () => {
    const link = '<a:r><a:rPr lang="en-US"><a:hlinkClick r:id="rId2"/></a:rPr><a:t>here</a:t></a:r>';
    const { spans } = paragraph(run("Click ") + link + run("!", ' b="1"')).read();
    expect(spans).toEqual([
      { id: "1", kind: "link", start: 6, end: 10, canCopy: true },
      { id: "2", kind: "format", start: 10, end: 11, canCopy: true },
    ]);
  });

  it("keeps one span over a line break inside bold text", () => {
    const { spans, atoms } = paragraph(
      `${run("plain text ")}${run("a", ' b="1"')}<a:br/>${run("b", ' b="1"')}`,
    ).read();
    expect(spans).toEqual([{ id: "1", kind: "format", start: 11, end: 13, canCopy: true }]);
    expect(atoms).toEqual([{ id: "2", kind: "break", offset: 12, shows: "\n" }]);
  });

  it("has atoms for breaks, fields and formulas, and tabs in its text", () => {
    const field = '<a:fld id="{1}" type="slidenum"><a:rPr lang="en-US"/><a:t>7</a:t></a:fld>';
    const maths =
      '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>';
    const { text, atoms } = paragraph(run("a\tb") + field + maths).read();
    expect(text).toBe("a\tb");
    expect(atoms).toEqual([
      { id: "1", kind: "field", offset: 3, shows: "7" },
      { id: "2", kind: "object", offset: 3 },
    ]);
  });
});

describe("writing a paragraph of a drawing", () => {
  it("keeps the properties of runs and sets their language", () => {
    const source = run("one ", ' sz="1800"') + run("two", ' sz="1800" b="1"');
    const target = { text: "zwei eins", spans: [{ id: "1", start: 0, end: 4 }], atoms: [] };
    expect(written(source, target)).toBe(
      '<a:r><a:rPr lang="de-DE" sz="1800" b="1"/><a:t>zwei</a:t></a:r><a:r><a:rPr lang="de-DE" sz="1800"/><a:t> eins</a:t></a:r>',
    );
  });

  it("changes nothing but languages where the target says what the source says", () => {
    const source = `<a:pPr lvl="1"/>${run("Hel")}${run("lo", ' dirty="0"')}<a:endParaRPr lang="en-US" sz="900"/>`;
    expect(written(source, plain("Hello"))).toBe(source.replaceAll("en-US", "de-DE"));
  });

  it("copies a link's element to the text that it covers, with the look of that text", () => {
    const source = `${run("see ")}<a:r><a:rPr lang="en-US"><a:latin typeface="X"/><a:hlinkClick r:id="rId2"/></a:rPr><a:t>this</a:t></a:r>`;
    const link = { id: "1", start: 0, end: 3 };
    expect(written(source, { text: "das da", spans: [link, { id: "2", start: 3, end: 6 }], atoms: [] })).toBe(
      '<a:r><a:rPr lang="de-DE"><a:hlinkClick r:id="rId2"/></a:rPr><a:t>das</a:t></a:r><a:r><a:rPr lang="de-DE"><a:latin typeface="X"/></a:rPr><a:t> da</a:t></a:r>',
    );
  });

  it("sets the direction, and turns the side, for a language written from right to left", () => {
    expect(written(run("Hello"), plain("שלום"), "he-IL", "l")).toMatch(/^<a:pPr algn="r" rtl="1"\/>/);
    expect(written(`<a:pPr algn="ctr"/>${run("Hello")}`, plain("שלום"), "he-IL")).toMatch(
      /^<a:pPr rtl="1" algn="ctr"\/>/,
    );
    expect(written(`<a:pPr algn="r" rtl="1"/>${run("שלום")}`, plain("سلام"), "ar")).toMatch(
      /^<a:pPr algn="r" rtl="1"\/>/,
    );
  });

  it("names a font for East Asian text where the run names one for Latin text only", () => {
    const latin = '<a:r><a:rPr lang="en-US"><a:latin typeface="Arial"/></a:rPr><a:t>Hi</a:t></a:r>';
    expect(written(latin, plain("你好"), "zh-CN")).toContain(
      '<a:rPr altLang="en-US" lang="zh-CN"><a:latin typeface="Arial"/><a:ea typeface="Microsoft YaHei"/></a:rPr>'.replace(
        'altLang="en-US" lang="zh-CN"',
        'altLang="en-US" lang="zh-CN"',
      ),
    );
    expect(written(latin, plain("OK"), "zh-CN")).not.toContain("a:ea");
  });

  it("writes in the prefix that the file uses", () => {
    const xml =
      '<d:p xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/main"><d:r><d:t>Hi</d:t></d:r></d:p>';
    const tree = scanXml(xml);
    const result = writeDrawingParagraph(
      tree,
      readDrawingParagraph(tree, 0),
      plain("Na"),
      targetLanguage("de"),
    );
    expect(result.kind === "written" && applySplices(xml, result.splices)).toContain(
      '<d:r><d:rPr lang="de"/><d:t>Na</d:t></d:r>',
    );
  });

  it("refuses characters that XML does not have", () => {
    const { xml, read } = paragraph(run("Hi"));
    const result = writeDrawingParagraph(scanXml(xml), read(), plain("a\u0001"), targetLanguage("de"));
    expect(result.kind).toBe("refused");
  });

  it("keeps every atom once and every link, whatever target comes", () => {
    const inner = fc.array(
      fc.oneof(
        fc
          .tuple(
            fc.string({ minLength: 1, maxLength: 6, unit: "grapheme-ascii" }),
            fc.constantFrom("", ' b="1"', ' i="1"'),
          )
          .map(([text, look]) => run(text.replace(/[<&>]/g, "x"), look)),
        fc.constantFrom("<a:br/>", '<a:fld id="{1}" type="slidenum"><a:t>1</a:t></a:fld>'),
        fc
          .constantFrom("1", "2")
          .map(
            (id) => `<a:r><a:rPr lang="en-US"><a:hlinkClick r:id="rId${id}"/></a:rPr><a:t>link</a:t></a:r>`,
          ),
      ),
      { minLength: 1, maxLength: 8 },
    );
    const id = fc.constantFrom("1", "2", "3", "4", "9", "");
    const place = fc.integer({ min: -2, max: 30 });
    const target = fc.record({
      text: fc.string({ minLength: 1, maxLength: 20 }),
      spans: fc.array(fc.record({ id, start: place, end: place }), { maxLength: 5 }),
      atoms: fc.array(fc.record({ id, offset: place }), { maxLength: 5 }),
    });
    const count = (xml: string, what: RegExp): number => (xml.match(what) ?? []).length;
    fc.assert(
      fc.property(inner, target, (parts, damaged) => {
        const source = parts.join("");
        fc.pre(paragraph(source).read().text !== "");
        const out = written(source, damaged);
        expect(paragraph(out).read().text).toBe(damaged.text);
        for (const atom of [/<a:br\/>/g, /<a:fld /g]) expect(count(out, atom)).toBe(count(source, atom));
        for (const link of [/rId1"/g, /rId2"/g]) expect(count(out, link) > 0).toBe(count(source, link) > 0);
      }),
      { numRuns: 400 },
    );
  });
});
