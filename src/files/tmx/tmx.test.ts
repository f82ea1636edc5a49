import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, FileUnsupportedError, TandemError } from "../../errors.ts";
import { codedTexts } from "../xliff/coded-text.fixture.ts";
import { readTmx } from "./read-tmx.ts";
import type { TmxMemory, TmxText, TmxUnit } from "./types.ts";
import { writeTmx } from "./write-tmx.ts";

const plain = (text: string): TmxText => ({ text, spans: [], atoms: [] });
const memoryOf = (...units: TmxUnit[]): TmxMemory => ({ source: "en", units });
const date = "2026-01-31T12:00:00Z";

describe("writeTmx and readTmx", () => {
  it("are inverse", () => {
    const content = codedTexts(["word ", "<&>", "]]>", "\n", "\r", "é", "中", " "]).map(
      ({ text, spans, atoms }): TmxText => ({
        text,
        spans: spans.map(({ id, kind, start, end }) => ({ id, kind, start, end })),
        atoms: atoms.map(({ id, kind, offset }) => ({ id, kind, offset })),
      }),
    );
    const history = fc.record(
      {
        created: fc.constant(date),
        createdBy: fc.constantFrom("Ann", 'A "B" <c>'),
        changed: fc.constant(date),
        changedBy: fc.constant("Bob"),
      },
      { requiredKeys: [] },
    );
    const variant = fc
      .tuple(history, fc.constantFrom("en", "de-AT", "zh-Hant"), content)
      .map(([made, language, text]) => ({ ...made, language, content: text }));
    const unit = fc
      .tuple(
        history,
        fc.array(variant, { minLength: 1, maxLength: 3 }),
        fc.option(fc.constantFrom("7", "a&b"), { nil: undefined }),
      )
      .map(
        ([made, variants, id]): TmxUnit => ({
          ...made,
          variants,
          ...(id === undefined
            ? {}
            : { id, notes: ["a < b"], properties: [{ type: "x-context", text: "é" }] }),
        }),
      );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 3 }), (units) => {
        expect(readTmx(writeTmx(memoryOf(...units)))).toEqual(memoryOf(...units));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the codes of other tools, crossing pairs and halves of pairs", () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="EN-US" segtype="sentence"/><body>
<tu creationdate="20200102T030405Z" changedate="yesterday">
 <tuv xml:lang="EN-US"><seg>The <bpt i="1" type="bold">&lt;b><sub>no</sub></bpt>big <bpt i="2" x="5" type="link"/>black<ept i="1">&lt;/b></ept> cat<ept i="2"/><ph type="fnote">*</ph></seg></tuv>
 <tuv lang="fr"><seg>Le <hi type="x-term">grand</hi> <it pos="begin" x="5"/>chat</seg></tuv>
 <tuv><seg>no language</seg></tuv><tuv xml:lang="de"/>
</tu><tu/></body></tmx>`;
    const memory = readTmx(xml);
    expect(memory.source).toBe("EN-US");
    expect(memory.units).toEqual([
      {
        created: "2020-01-02T03:04:05Z",
        variants: [
          {
            language: "EN-US",
            content: {
              text: "The big black cat",
              spans: [
                { id: "1", kind: "format", start: 4, end: 13 },
                { id: "5", kind: "link", start: 8, end: 17 },
              ],
              atoms: [{ id: "2", kind: "note", offset: 17 }],
            },
          },
          {
            language: "fr",
            content: {
              text: "Le grand chat",
              spans: [
                { id: "1", kind: "container", start: 3, end: 8 },
                { id: "5", kind: "format", start: 9, end: 13 },
              ],
              atoms: [],
            },
          },
        ],
      },
    ]);
  });

  it("reads UTF-16 with and without byte order mark", () => {
    const text = writeTmx(memoryOf({ variants: [{ language: "ru", content: plain("Да") }] })).replace(
      "UTF-8",
      "UTF-16",
    );
    for (const marked of [text, `\ufeff${text}`])
      expect(
        readTmx(new Uint8Array(Buffer.from(marked, "utf16le"))).units[0]!.variants[0]!.content.text,
      ).toBe("Да");
  });

  it("numbers codes whose ids are no numbers", () => {
    const content: TmxText = { text: "a", spans: [{ id: "b1", kind: "link", start: 0, end: 1 }], atoms: [] };
    const read = readTmx(writeTmx(memoryOf({ variants: [{ language: "en", content }] })));
    expect(read.units[0]!.variants[0]!.content.spans[0]!.id).toBe("1");
  });

  it.each([
    [
      "an entity declaration",
      '<?xml version="1.0"?>\n<!DOCTYPE tmx [<!ENTITY a "b">]>\n<tmx version="1.4"/>',
      /line 2/,
    ],
    [
      "a bare ampersand",
      '<tmx version="1.4"><header/><body>\n<tu><tuv xml:lang="en">\n<seg>a & b</seg></tuv></tu></body></tmx>',
      /line 3/,
    ],
    ["a wrong end tag", '<tmx version="1.4"><header/><body>\n<tu>\n</body></tmx>', /line 3/],
    ["a file that is cut off", '<tmx version="1.4"><header/>\n<body>', /line 2/],
    ["no body", '<tmx version="1.4"/>', /line 1/],
  ])("names the line of %s", (_, xml, line) => {
    expect(() => readTmx(xml)).toThrow(line);
  });

  it("refuses another version and another file", () => {
    expect(() => readTmx('<tmx version="2.0"><body/></tmx>')).toThrow(FileUnsupportedError);
    expect(() => readTmx("<html/>")).toThrow(FileDamagedError);
    expect(() => readTmx(new Uint8Array([0xff, 0x00, 0x80]))).toThrow(TandemError);
  });

  it("reads a large memory", () => {
    const units = Array.from(
      { length: 20_000 },
      (_, index): TmxUnit => ({
        id: String(index),
        changed: date,
        variants: [
          { language: "en", content: plain(`Sentence number ${index} of a memory & more.`) },
          { language: "de", content: plain(`Satz Nummer ${index} eines Speichers.`) },
        ],
      }),
    );
    const xml = writeTmx(memoryOf(...units));
    const read = readTmx(xml).units;
    expect(read).toHaveLength(20_000);
    expect(read.at(-1)).toEqual(units.at(-1));
  });
});
