import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { openPackage, readPart } from "../opc/opc-package.ts";
import type { ListUnitsOptions, TextUnit, UnitTarget, WriteUnitsOptions } from "../units/types.ts";
import { openWorkbook } from "../xlsx/open-workbook.ts";
import { readSheet } from "../xlsx/read/read-sheet.ts";
import { at, t, workbookFile } from "../xlsx/workbook.fixture.ts";
import {
  type PresentationSource,
  paragraph,
  partOf,
  presentationFile,
  root,
  shape,
} from "./presentation.fixture.ts";
import { listPresentationUnits, writePresentationUnits } from "./presentation-units.ts";

type Row = readonly [
  what: string,
  source: PresentationSource,
  units: readonly (readonly [TextUnit["kind"], string, string])[],
  options?: ListUnitsOptions,
];

const notes = `<p:notes ${root}><p:cSld><p:spTree>${shape({ text: "Say hello", placeholder: 'type="body" idx="1"' })}</p:spTree></p:cSld></p:notes>`;
const core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>My deck</dc:title><dc:creator>Ann</dc:creator><cp:keywords>one, two</cp:keywords></cp:coreProperties>`;
const table = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="T"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></p:xfrm><a:graphic><a:graphicData uri=""><a:tbl><a:tblPr firstRow="1"/><a:tr><a:tc><a:txBody><a:bodyPr/>${paragraph("In a cell")}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
const frameWith = (content: string): string =>
  `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="G"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="">${content}</a:graphicData></a:graphic></p:graphicFrame>`;
const pt = (index: number, text: string): string => `<c:pt idx="${index}"><c:v>${text}</c:v></c:pt>`;
const strings = (formula: string, ...texts: string[]): string =>
  `<c:strRef><c:f>${formula}</c:f><c:strCache>${texts.map((text, index) => pt(index, text)).join("")}</c:strCache></c:strRef>`;
const chart = `<c:chartSpace ${root}><c:chart><c:title><c:tx><c:rich><a:bodyPr/>${paragraph("Sales by region")}</c:rich></c:tx></c:title><c:plotArea><c:ser><c:tx>${strings("Sheet1!$B$1", "Sales")}</c:tx><c:cat>${strings("Sheet1!$A$2:$A$3", "North", "South")}</c:cat><c:val><c:numRef><c:f>Sheet1!$B$2:$B$3</c:f><c:numCache><c:formatCode>General</c:formatCode>${pt(0, "1")}${pt(1, "2")}</c:numCache></c:numRef></c:val></c:ser></c:plotArea></c:chart><c:externalData r:id="rId1"/></c:chartSpace>`;
const data = `<dgm:dataModel ${root}><dgm:ptLst><dgm:pt modelId="{A}"><dgm:t><a:bodyPr/>${paragraph("Plan")}</dgm:t></dgm:pt><dgm:pt modelId="{B}" type="pres"/></dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="{C}" type="presOf" srcId="{A}" destId="{B}"/></dgm:cxnLst><dgm:extLst><a:ext uri="x"><dsp:dataModelExt relId="rIdDrawing"/></a:ext></dgm:extLst></dgm:dataModel>`;
const drawing = `<dsp:drawing ${root}><dsp:spTree><dsp:sp modelId="{B}"><dsp:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-US" sz="900"/><a:t>Plan</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>`;
const withChart = (workbook?: Uint8Array): PresentationSource => ({
  slides: [frameWith('<c:chart r:id="rIdC"/>')],
  relationships: { 1: [["rIdC", "chart", "../charts/chart1.xml"]] },
  parts: { "ppt/charts/chart1.xml": chart, ...(workbook && { "ppt/embeddings/data.xlsx": workbook }) },
  ...(workbook && {
    partRelationships: { "ppt/charts/chart1.xml": [["rId1", "package", "../embeddings/data.xlsx"]] },
  }),
});
const diagram: PresentationSource = {
  slides: [frameWith('<dgm:relIds r:dm="rIdData"/>')],
  relationships: {
    1: [
      ["rIdData", "diagramData", "../diagrams/data1.xml"],
      [
        "rIdDrawing",
        "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
        "../diagrams/drawing1.xml",
      ],
    ],
  },
  parts: { "ppt/diagrams/data1.xml": data, "ppt/diagrams/drawing1.xml": drawing },
};
const commented = (xml: string): PresentationSource => ({
  relationships: { 1: [["rIdX", "comments", "../comments/comment1.xml"]] },
  parts: { "ppt/comments/comment1.xml": xml },
});
const p188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main";

const coverage: readonly Row[] = [
  ["a text box", { slides: [shape({ text: "Hello" })] }, [["paragraph", "slide 1", "Hello"]]],
  [
    "a title",
    { slides: [shape({ text: "Hello", placeholder: 'type="ctrTitle"' })] },
    [["heading", "slide 1", "Hello"]],
  ],
  [
    "a page footer",
    { slides: [shape({ text: "Draft", placeholder: 'type="ftr"' })] },
    [["footer", "slide 1", "Draft"]],
  ],
  [
    "a shape in a group",
    { slides: [`<p:grpSp><p:grpSpPr/>${shape({ text: "Inner" })}</p:grpSp>`] },
    [["paragraph", "slide 1", "Inner"]],
  ],
  ["a table's cell", { slides: [table] }, [["cell", "slide 1, table", "In a cell"]]],
  [
    "a layout's own text",
    { layout: shape({ text: "Acme" }) + shape({ text: "Click to edit", placeholder: 'type="body"' }) },
    [["paragraph", "layout", "Acme"]],
  ],
  ["a master's own text", { master: shape({ text: "Acme" }) }, [["paragraph", "master", "Acme"]]],
  [
    "notes",
    {
      relationships: { 1: [["rIdN", "notesSlide", "../notesSlides/notesSlide1.xml"]] },
      parts: { "ppt/notesSlides/notesSlide1.xml": notes },
    },
    [["note", "slide 1, notes", "Say hello"]],
  ],
  [
    "an older comment",
    commented(
      `<p:cmLst ${root}><p:cm authorId="0"><p:pos x="1" y="1"/><p:text>Why?</p:text></p:cm></p:cmLst>`,
    ),
    [["comment", "slide 1, comment", "Why?"]],
    { comments: true },
  ],
  [
    "a conversation",
    commented(
      `<q:cmLst xmlns:q="${p188}" ${root}><q:cm><q:replyLst><q:reply><q:txBody>${paragraph("Because")}</q:txBody></q:reply></q:replyLst><q:txBody>${paragraph("Why?")}</q:txBody></q:cm></q:cmLst>`,
    ),
    [
      ["comment", "slide 1, comment", "Because"],
      ["comment", "slide 1, comment", "Why?"],
    ],
    { comments: true },
  ],
  ["no comment unless asked", commented(`<p:cmLst ${root}><p:cm><p:text>Why?</p:text></p:cm></p:cmLst>`), []],
  [
    "a section's name",
    {
      presentation:
        '<p:extLst><p:ext uri="x"><p14:sectionLst><p14:section name="Intro" id="{1}"/></p14:sectionLst></p:ext></p:extLst>',
    },
    [["section-name", "section name", "Intro"]],
  ],
  [
    "alternative text, file names left out",
    { slides: [shape({ about: ' descr="A dog" title="Dog"' }) + shape({ about: ' descr="image1.png"' })] },
    [
      ["alternative-text", "slide 1", "Dog"],
      ["alternative-text", "slide 1", "A dog"],
    ],
  ],
  [
    "properties",
    { parts: { "docProps/core.xml": core } },
    [
      ["property", "document title", "My deck"],
      ["property", "document keywords", "one, two"],
    ],
  ],
  ["no properties where not wanted", { parts: { "docProps/core.xml": core } }, [], { properties: false }],
  ["no hidden slide", { slides: [shape({ text: "Secret" })], slideAttributes: [' show="0"'] }, []],
  [
    "a hidden slide when asked",
    { slides: [shape({ text: "Secret" })], slideAttributes: [' show="0"'] },
    [["paragraph", "slide 1", "Secret"]],
    { hidden: true },
  ],
  ["no hidden shape", { slides: [shape({ text: "Secret", about: ' hidden="1"' })] }, []],
  ["no number alone", { slides: [shape({ text: "42 %" })] }, []],
  [
    "a chart's texts",
    withChart(),
    [
      ["chart-text", "slide 1, chart", "Sales by region"],
      ["chart-text", "slide 1, chart", "Sales"],
      ["chart-text", "slide 1, chart", "North"],
      ["chart-text", "slide 1, chart", "South"],
    ],
  ],
  [
    "a diagram's texts, twice",
    diagram,
    [
      ["diagram-text", "slide 1, diagram", "Plan"],
      ["diagram-text", "slide 1, diagram", "Plan"],
    ],
  ],
];

const rows = coverage.map(([what, source, expected, options]) => ({ what, source, expected, options }));

const upper = ({ id, text, spans, atoms }: TextUnit): UnitTarget => ({
  unit: id,
  text: text.toUpperCase(),
  spans,
  atoms,
});
const german: WriteUnitsOptions = { language: "de-DE", comments: true, hidden: true };

describe("units of a presentation", () => {
  it.each(rows)("are listed and written: $what", ({ source, expected, options }) => {
    const bytes = presentationFile(source);
    const units = listPresentationUnits(bytes, options);
    expect(units.map(({ kind, place, text }) => [kind, place, text])).toEqual(expected);
    const written = writePresentationUnits(bytes, units.map(upper), {
      ...german,
      ...options,
      hidden: options?.hidden ?? false,
    });
    expect(written.refused).toEqual([]);
    expect(listPresentationUnits(written.bytes, options).map(({ text }) => text)).toEqual(
      units.map(({ text }) => text.toUpperCase()),
    );
  });

  it("of a diagram's drawing name those of its data, and take their target", () => {
    const bytes = presentationFile(diagram);
    const [point, shown] = listPresentationUnits(bytes);
    expect(shown!.sameAs).toBe(point!.id);
    const written = writePresentationUnits(
      bytes,
      [{ unit: point!.id, text: "Entwurf", spans: [], atoms: [] }],
      german,
    );
    expect(partOf(written.bytes, "ppt/diagrams/drawing1.xml")).toContain(
      '<a:rPr lang="de-DE" sz="900"/><a:t>Entwurf</a:t>',
    );
  });

  it("without a target leave the file as it is", () => {
    const bytes = presentationFile({ slides: [shape({ text: "Hello" })] });
    expect(writePresentationUnits(bytes, [], german).bytes).toBe(bytes);
  });

  it("are those of slides in the order of the show", () => {
    const texts = listPresentationUnits(
      presentationFile({ slides: ["b", "a"].map((text) => shape({ text })) }),
    );
    expect(texts.map(({ place, text }) => `${place} ${text}`)).toEqual(["slide 1 b", "slide 2 a"]);
  });
});

describe("a chart with its data in an embedded workbook", () => {
  const table = (formula = ""): Uint8Array =>
    workbookFile({
      sheets: [
        {
          rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1</v></c></row><row r="3">${formula === "" ? '<c r="A3" t="s"><v>3</v></c>' : `<c r="A3" t="str"><f>${formula}</f><v>South</v></c>`}<c r="B3"><v>2</v></c></row>`,
          after: '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
          relationships:
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/>',
        },
      ],
      strings: ["Region", "Sales", "North", "South"].map(t),
      parts: {
        "xl/tables/table1.xml":
          '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:B3"><tableColumns count="2"><tableColumn id="1" name="Region"/><tableColumn id="2" name="Sales"/></tableColumns></table>',
      },
    });

  it("gets the same texts in both", async () => {
    const bytes = presentationFile(withChart(table()));
    const units = listPresentationUnits(bytes);
    const written = writePresentationUnits(bytes, units.map(upper), german);
    expect(written.refused).toEqual([]);
    const embedded = readPart(openPackage(written.bytes), "/ppt/embeddings/data.xlsx");
    const workbook = openWorkbook(embedded);
    const cells = await readSheet(workbook, workbook.sheets[0]!);
    expect(["A1", "B1", "A2", "A3"].map((address) => at(cells, address))).toEqual([
      "Region",
      "SALES",
      "NORTH",
      "SOUTH",
    ]);
    expect(workbook.tables[0]!.columns).toEqual(["Region", "SALES"]);
    expect(partOf(written.bytes, "ppt/charts/chart1.xml")).toContain("<c:v>NORTH</c:v>");
  });

  it("keeps a text that a formula gives, and says so", () => {
    const bytes = presentationFile(withChart(table('"So"&amp;"uth"')));
    const written = writePresentationUnits(bytes, listPresentationUnits(bytes).map(upper), german);
    expect(written.refused.map(({ reason }) => reason)).toEqual([
      "the chart's data can't be changed with it: its cell holds no text of its own",
    ]);
    const xml = partOf(written.bytes, "ppt/charts/chart1.xml");
    expect([xml.includes("<c:v>South</c:v>"), xml.includes("<c:v>NORTH</c:v>")]).toEqual([true, true]);
  });

  it("keeps its texts where the workbook can't be read", () => {
    const bytes = presentationFile(withChart(new TextEncoder().encode("no workbook")));
    const written = writePresentationUnits(bytes, listPresentationUnits(bytes).map(upper), german);
    expect(written.refused.length).toBe(3);
    expect(partOf(written.bytes, "ppt/charts/chart1.xml")).toContain("SALES BY REGION");
  });
});

describe("the room of a text", () => {
  const body = (source: Partial<Parameters<typeof shape>[0]>): TextUnit =>
    listPresentationUnits(
      presentationFile({
        slides: [shape({ text: "Hello", placeholder: 'type="body" idx="1"', ...source })],
        layout: shape({ placeholder: 'type="body" idx="1"', frame: [0, 0, 1_270_000, 635_000] }),
        master: shape({
          placeholder: 'type="body"',
          body: '<a:bodyPr lIns="0" rIns="0" tIns="12700" bIns="0"/>',
        }),
        textStyles:
          '<p:txStyles><p:bodyStyle><a:lvl1pPr><a:defRPr sz="2400"/></a:lvl1pPr></p:bodyStyle></p:txStyles>',
      }),
    )[0]!;

  it("comes from the layout, the insets from the master, the size of type from its styles", () => {
    expect(body({}).room).toMatchObject({ width: 100, height: 49, fontSize: 24 });
  });

  it("is the shape's own where it has one, scaled by groups, and shares a box with its neighbours", () => {
    const inner = shape({
      paragraphs: paragraph("One") + paragraph("Two"),
      frame: [0, 0, 1_270_000, 1_270_000],
      body: '<a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0"/>',
    });
    const group = `<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="200" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="100" cy="100"/></a:xfrm></p:grpSpPr>${inner}</p:grpSp>`;
    const units = listPresentationUnits(presentationFile({ slides: [group] }));
    expect(units.map(({ room }) => room)).toEqual([
      { width: 200, height: 100, fontSize: 18, box: units[0]!.room!.box },
      { width: 200, height: 100, fontSize: 18, box: units[0]!.room!.box },
    ]);
  });
});

describe("a translation longer than its box", () => {
  const write = (bodyXml: string, words: number): ReturnType<typeof writePresentationUnits> => {
    const bytes = presentationFile({
      slides: [shape({ text: "Short", frame: [0, 0, 2_540_000, 1_270_000], body: bodyXml })],
    });
    const [unit] = listPresentationUnits(bytes);
    return writePresentationUnits(
      bytes,
      [{ unit: unit!.id, text: "Wort ".repeat(words), spans: [], atoms: [] }],
      german,
    );
  };
  const slide = "ppt/slides/slide1.xml";

  it("is set smaller where nobody said anything about fitting, or that it be fitted", () => {
    for (const xml of ["<a:bodyPr/>", "<a:bodyPr><a:normAutofit/></a:bodyPr>"]) {
      const written = write(xml, 20);
      expect(written.overflowing).toEqual([]);
      expect(partOf(written.bytes, slide)).toMatch(
        /<a:bodyPr><a:normAutofit (?:fontScale="\d+" )?lnSpcReduction="\d0000"\/><\/a:bodyPr>/,
      );
    }
  });

  it("is not set below 60 %, and said to overflow", () => {
    const written = write("<a:bodyPr/>", 200);
    expect(partOf(written.bytes, slide)).toContain('fontScale="62500" lnSpcReduction="20000"');
    expect(written.overflowing).toHaveLength(1);
  });

  it("is only said to overflow where fitting is off", () => {
    const written = write("<a:bodyPr><a:noAutofit/></a:bodyPr>", 40);
    expect(partOf(written.bytes, slide)).toContain("<a:bodyPr><a:noAutofit/></a:bodyPr>");
    expect(written.overflowing).toHaveLength(1);
  });

  it("changes nothing where it fits", () => {
    expect(partOf(write("<a:bodyPr/>", 3).bytes, slide)).not.toContain("normAutofit");
  });
});

describe("a language written from right to left", () => {
  it("mirrors shapes, arrows and tables", () => {
    const bytes = presentationFile({
      slides: [
        shape({ text: "Hello", frame: [1000, 0, 2000, 10] }) +
          shape({ frame: [0, 0, 100, 10], geometry: "rightArrow" }) +
          table,
      ],
    });
    const targets = listPresentationUnits(bytes).map(({ id }) => ({
      unit: id,
      text: "שלום",
      spans: [],
      atoms: [],
    }));
    const xml = partOf(
      writePresentationUnits(bytes, targets, { language: "he", mirror: true }).bytes,
      "ppt/slides/slide1.xml",
    );
    expect(xml).toContain('<a:off x="9141000" y="0"/><a:ext cx="2000"');
    expect(xml).toContain('<a:xfrm flipH="1"><a:off x="9143900" y="0"/>');
    expect(xml).toContain('<a:tblPr rtl="1" firstRow="1"/>');
    expect(xml).toContain('<a:pPr algn="r" rtl="1"/>');
  });

  it("mirrors nothing unless asked", () => {
    const bytes = presentationFile({ slides: [shape({ text: "Hello", frame: [1000, 0, 2000, 10] })] });
    const [unit] = listPresentationUnits(bytes);
    const written = writePresentationUnits(bytes, [{ unit: unit!.id, text: "שלום", spans: [], atoms: [] }], {
      language: "he",
    });
    expect(partOf(written.bytes, "ppt/slides/slide1.xml")).toContain('<a:off x="1000" y="0"/>');
  });

  it("mirrored twice is as before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000 }),
        fc.integer({ min: 0, max: 9_000_000 }),
        (x, width) => {
          const bytes = presentationFile({ slides: [shape({ frame: [x, 0, width, 10], geometry: "line" })] });
          const mirror = (each: Uint8Array): Uint8Array =>
            writePresentationUnits(each, [], { language: "ar", mirror: true }).bytes;
          const bare = (each: Uint8Array): string =>
            partOf(each, "ppt/slides/slide1.xml").replace(' flipH="0"', "");
          expect(bare(mirror(mirror(bytes)))).toBe(bare(bytes));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("a file that is no presentation", () => {
  it("is refused", () => {
    expect(() => listPresentationUnits(workbookFile({}))).toThrow(FileUnsupportedError);
    const cut = presentationFile({});
    expect(() => listPresentationUnits(cut.subarray(0, 200))).toThrow(FileDamagedError);
    const broken = presentationFile({ parts: { "ppt/slides/slide1.xml": "<p:sld" } });
    expect(() => listPresentationUnits(broken)).toThrow(FileDamagedError);
  });
});
