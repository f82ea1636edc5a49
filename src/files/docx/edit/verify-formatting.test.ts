import { expect, it } from "vitest";
import { scanXml } from "../../xml/scan-xml.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { readInline } from "../read/read-inline.ts";
import { readRunStyles } from "../read/run-styles.ts";
import type { CharacterFormat } from "../types.ts";
import { p, r, wordDocument } from "../word.fixture.ts";
import type { RunFormat } from "./run-edit.ts";
import { hasWantedFormatting, type PlacedInline } from "./verify-formatting.ts";

function paragraph(xml: string): PlacedInline {
  const tree = scanXml(
    `<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${xml}</w:body>`,
    100,
  );
  return { tree, inline: readInline(tree, 1, createFieldStack(), () => undefined) };
}

const document = wordDocument(p(""), {
  styles: '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:i/></w:rPr></w:style>',
});

/** Whether the check lets `after` pass as `before` with the format given to its word `two`. */
function passes(before: string, after: string, set: CharacterFormat = {}): boolean {
  const [old, now] = [paragraph(before), paragraph(after)];
  const start = old.inline.finalText.indexOf("two");
  const format: RunFormat = {
    start,
    end: start + 3,
    set,
    styles: readRunStyles(document),
    revision: { author: "A" },
  };
  const kept = { inline: old.inline, start: 0, formats: Object.keys(set).length === 0 ? [] : [format] };
  return hasWantedFormatting(old.tree, [{ text: old.inline.finalText, kept }], now);
}

const before = p(r("one two three", '<w:u w:val="single"/><w:lang w:val="en"/>'));
const other = (two: string, rest = '<w:u w:val="single"/><w:lang w:val="en"/>'): string =>
  p(r("one ", rest), r("two", two), r(" three", rest));

it("lets pass what keeps its look however it is cut", () => {
  expect(passes(before, other('<w:u w:val="single"/><w:lang w:val="en"/>'))).toBe(true);
  expect(passes(p(r("two")), p(r("t"), r("wo")))).toBe(true);
});

it("finds a lost, changed or gained property of a kept character", () => {
  for (const two of ['<w:lang w:val="en"/>', '<w:u w:val="wave"/><w:lang w:val="en"/>', ""])
    expect(passes(before, other(two))).toBe(false);
  expect(passes(before, other('<w:b/><w:u w:val="single"/><w:lang w:val="en"/>'))).toBe(false);
});

it("finds a format that is not given, given beside its place, or given with more", () => {
  const bold = '<w:b/><w:u w:val="single"/><w:lang w:val="en"/>';
  expect(passes(before, other(bold), { bold: true })).toBe(true);
  expect(passes(before, before, { bold: true })).toBe(false);
  expect(passes(before, p(r("one two three", bold)), { bold: true })).toBe(false);
  expect(passes(before, other("<w:b/>"), { bold: true })).toBe(false);
  expect(
    passes(before, other('<w:b w:val="0"/><w:u w:val="single"/><w:lang w:val="en"/>'), { bold: true }),
  ).toBe(false);
});

it("finds a property that a style still gives", () => {
  expect(passes(p(r("two")), p(r("two")), { italic: false })).toBe(false);
  expect(passes(p(r("two")), p(r("two", '<w:i w:val="0"/>')), { italic: false })).toBe(true);
});

it("finds a lost font of another script", () => {
  const fonts = (names: string): string => p(r("two", `<w:rFonts ${names} w:hint="eastAsia"/>`));
  const set = { font: "Arial" };
  const arial = 'w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"';
  expect(passes(fonts('w:ascii="A" w:hAnsi="A"'), fonts(arial), set)).toBe(true);
  expect(passes(fonts('w:ascii="A" w:hAnsi="A"'), fonts('w:ascii="Arial"'), set)).toBe(false);
  expect(passes(fonts('w:ascii="A" w:eastAsia="SimSun"'), fonts(arial), set)).toBe(false);
  expect(passes(fonts('w:ascii="A" w:hAnsi="A"'), p(r("two", `<w:rFonts ${arial}/>`)), set)).toBe(false);
});
