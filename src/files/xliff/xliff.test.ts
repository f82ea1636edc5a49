import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadRequestError, FileDamagedError, FileUnsupportedError, TandemError } from "../../errors.ts";
import type { CodedTarget, CodedText } from "../units/types.ts";
import { codedTexts, echoOf } from "./coded-text.fixture.ts";
import { readXliff } from "./read-xliff.ts";
import type { XliffDocument, XliffSegment } from "./types.ts";
import { writeXliff } from "./write-xliff.ts";

const plain = (text: string): CodedText => ({ text, spans: [], atoms: [] });
const documentOf = (segments: readonly XliffSegment[]): XliffDocument => ({
  original: 'a "report" & more.docx',
  sourceHash: "sha256-abc",
  source: "en",
  target: "de-AT",
  units: [{ unit: "/word/document.xml#17", notes: [{ category: "place", text: "page header" }], segments }],
});

const bold: CodedText = {
  text: "Read the terms & notes.",
  spans: [
    { id: "1", kind: "link", start: 5, end: 22, canCopy: true },
    { id: "2", kind: "format", start: 9, end: 14, canCopy: true },
  ],
  atoms: [{ id: "3", kind: "note", offset: 22, shows: "1", within: "1" }],
};

const fragments = [
  "word ",
  "a",
  "<&>",
  '"',
  "]]>",
  "\n",
  "\t",
  "\r",
  "\u0001",
  "\ud800",
  "é",
  "中",
  "😀",
  " ",
];
const anyTarget = (source: CodedText): fc.Arbitrary<CodedTarget> =>
  fc
    .record({
      text: fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join("")),
      cuts: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 5 }),
      offsets: fc.array(fc.nat(), { minLength: source.atoms.length, maxLength: source.atoms.length }),
    })
    .map(({ text, cuts, offsets }) => {
      const within = (value: number): number => value % (text.length + 1);
      const spans = cuts.flatMap(([a, b], index) => {
        const id = source.spans[index % Math.max(1, source.spans.length)]?.id;
        const [start, end] = [within(a), within(b)].sort((x, y) => x - y) as [number, number];
        return id === undefined || start === end ? [] : [{ id, start, end }];
      });
      const order = new Map(source.spans.map(({ id }, index) => [id, index]));
      spans.sort((a, b) => order.get(a.id)! - order.get(b.id)! || a.start - b.start || b.end - a.end);
      const places = offsets.map(within).sort((a, b) => a - b);
      return { text, spans, atoms: source.atoms.map(({ id }, index) => ({ id, offset: places[index]! })) };
    });

describe("writeXliff and readXliff", () => {
  it("are inverse", () => {
    const note = fc.record({
      category: fc.constantFrom("check", "place"),
      text: fc.constantFrom("a < b", "é\n2"),
    });
    const segment = codedTexts(fragments).chain((source) =>
      fc
        .record({
          target: fc.option(anyTarget(source), { nil: undefined }),
          state: fc.constantFrom(
            "initial" as const,
            "translated" as const,
            "reviewed" as const,
            "final" as const,
          ),
          notes: fc.array(note, { maxLength: 2 }),
          after: fc.option(fc.constantFrom(" ", "\n", "  "), { nil: undefined }),
        })
        .map(
          ({ target, after, ...rest }): XliffSegment => ({
            source,
            ...rest,
            ...(target === undefined ? {} : { target }),
            ...(after === undefined ? {} : { after }),
          }),
        ),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 3 }), (segments) => {
        const document = documentOf(segments);
        expect(readXliff(writeXliff(document), { sourceHash: "sha256-abc" })).toEqual(document);
      }),
      { numRuns: 1000 },
    );
  });

  it("write spans as pc, crossing ones as sc and ec, atoms as ph, with original data and notes", () => {
    const target: CodedTarget = {
      text: "Die Bedingungen",
      spans: [
        { id: "1", start: 0, end: 8 },
        { id: "2", start: 4, end: 15 },
      ],
      atoms: [{ id: "3", offset: 15 }],
    };
    const xml = writeXliff(
      documentOf([
        { source: bold, target, state: "translated", notes: [{ category: "check", text: "& missing" }] },
      ]),
    );
    expect(xml).toContain(
      '<source>Read <pc id="1" type="link" canCopy="yes" canDelete="no" dataRefStart="d1">the <pc id="2" type="fmt" canCopy="yes" canDelete="yes" dataRefStart="d2">terms</pc> &amp; notes<ph id="3" type="other" canCopy="no" canDelete="no" disp="1" dataRef="d3"/></pc>.</source>',
    );
    expect(xml).toContain(
      '<target><pc id="1" type="link" canCopy="yes" canDelete="no" dataRefStart="d1">Die <sc id="2" type="fmt" canCopy="yes" canDelete="yes" dataRef="d2"/>Bedi</pc>ngungen<ec startRef="2"/><ph',
    );
    expect(xml).toContain('<note category="check" td:segment="s1">&amp; missing</note>');
    expect(xml).toContain('<data id="d3">{"kind":"note","shows":"1","within":"1"}</data>');
  });

  it("read what a translation tool has made of a file", () => {
    const xml = `<?xml version="1.0"?>
<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" xmlns:m="urn:oasis:names:tc:xliff:matches:2.0" version="2.0" srcLang="en" trgLang="de">
 <x:file id="f1" original="a.docx"><x:notes><x:note category="source-hash">h1</x:note></x:notes>
  <x:group id="g1">
  <x:unit id="u2" name="#2"><m:matches><m:match><x:source>no</x:source></m:match></m:matches>
   <x:segment state="final"><x:target>Zwei <x:mrk id="m1" type="term">x</x:mrk> <x:pc id="1_2">fett</x:pc><x:ec isolated="yes" id="9"/></x:target><x:source>Two <x:pc id="1" type="fmt">bold</x:pc></x:source></x:segment>
   <x:ignorable><x:source> </x:source></x:ignorable>
   <x:segment><x:source>Three</x:source></x:segment>
  </x:unit></x:group>
 </x:file>
</x:xliff>`;
    expect(readXliff(xml, { sourceHash: "h1" }).units).toEqual([
      {
        unit: "#2",
        segments: [
          {
            source: {
              text: "Two bold",
              spans: [{ id: "1", kind: "format", start: 4, end: 8, canCopy: true }],
              atoms: [],
            },
            target: {
              text: "Zwei x fett",
              spans: [
                { id: "1", start: 7, end: 11 },
                { id: "9", start: 0, end: 11 },
              ],
              atoms: [],
            },
            state: "final",
            notes: [],
            after: " ",
          },
          { source: plain("Three"), state: "initial", notes: [] },
        ],
      },
    ]);
  });

  it("refuse a file of another source, of no known source, and of another kind", () => {
    const xml = writeXliff(documentOf([]));
    expect(() => readXliff(xml, { sourceHash: "sha256-other" })).toThrow(BadRequestError);
    expect(() =>
      readXliff(xml.replace(/ td:sourceHash="[^"]*"/, ""), { sourceHash: "sha256-abc" }),
    ).not.toThrow();
    expect(() =>
      readXliff(xml.replace(/ td:sourceHash="[^"]*"/, "").replace(/<notes>.*<\/notes>/, ""), {
        sourceHash: "h",
      }),
    ).toThrow(/doesn't say which version/);
    expect(() => readXliff('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>')).toThrow(
      FileUnsupportedError,
    );
    expect(() => readXliff("<html/>")).toThrow(FileDamagedError);
  });

  it.each([
    ["a document type", '<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>', /line 1/],
    ["a text that is cut off", writeXliff(documentOf([])).slice(0, -12), /line \d/],
    [
      "a bare ampersand",
      writeXliff(documentOf([{ source: plain("a + b"), state: "initial", notes: [] }])).replace(
        "a + b",
        "a & b",
      ),
      /line 10/,
    ],
    [
      "a segment without source",
      writeXliff(documentOf([{ source: plain("abc"), state: "initial", notes: [] }])).replace(
        "<source>abc</source>",
        "",
      ),
      /line 9/,
    ],
  ])("name the line of %s", (_, xml, line) => {
    expect(() => readXliff(xml)).toThrow(line);
  });

  it("answer any damage with a typed error or a document", () => {
    const xml = writeXliff(documentOf([{ source: bold, target: echoOf(bold), state: "initial", notes: [] }]));
    fc.assert(
      fc.property(
        fc.nat(xml.length),
        fc.nat(40),
        fc.constantFrom("", "<", "&", "</pc>", "<ec/>", '"'),
        (at, length, put) => {
          try {
            readXliff(xml.slice(0, at) + put + xml.slice(at + length));
          } catch (error) {
            if (!(error instanceof TandemError)) throw error;
          }
        },
      ),
    );
  });
});
