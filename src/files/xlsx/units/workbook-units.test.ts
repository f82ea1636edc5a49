import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileUnsupportedError } from "../../../errors.ts";
import { openPackage, readPart } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import type { ListUnitsOptions, TextUnit, UnitTarget, WriteUnitsOptions } from "../../units/types.ts";
import { openWorkbook } from "../open-workbook.ts";
import { readSheet } from "../read/read-sheet.ts";
import { at, formulaAt, t, type WorkbookSource, workbookFile } from "../workbook.fixture.ts";
import { listWorkbookUnits } from "./list-workbook-units.ts";
import { type WrittenWorkbook, writeWorkbookUnits } from "./write-workbook-units.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const declarations = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"`;
const drawingRoot = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="${office}"`;
const related = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${type.includes("/") ? type : `${office}/${type}`}" Target="${target}"/>`;
const rels = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
const shared = (address: string, index: number): string => `<c r="${address}" t="s"><v>${index}</v></c>`;
const number = (address: string, value: number): string => `<c r="${address}"><v>${value}</v></c>`;
const formula = (address: string, text: string, value = "1"): string =>
  `<c r="${address}"><f>${text}</f><v>${value}</v></c>`;
const types = (overrides: Readonly<Record<string, string>>): Record<string, string> => ({
  "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${Object.entries(
    overrides,
  )
    .map(([part, type]) => `<Override PartName="${part}" ContentType="application/${type}"/>`)
    .join("")}</Types>`,
});
const chartType = "vnd.openxmlformats-officedocument.drawingml.chart+xml";
const drawingType = "vnd.openxmlformats-officedocument.drawing+xml";
const tableType = "vnd.openxmlformats-officedocument.spreadsheetml.table+xml";
const pivotType = "vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml";

const withDrawing = (
  content: string,
  more: Record<string, string> = {},
  drawingRels = "",
): WorkbookSource => ({
  sheets: [
    {
      name: "1",
      rows: `<row r="1">${shared("A1", 0)}</row>`,
      after: '<drawing r:id="rId1"/>',
      relationships: related("rId1", "drawing", "../drawings/drawing1.xml"),
    },
  ],
  strings: [t("Sales")],
  parts: {
    ...types({ "/xl/drawings/drawing1.xml": drawingType, "/xl/charts/chart1.xml": chartType }),
    "xl/drawings/drawing1.xml": `<xdr:wsDr ${drawingRoot}>${content}</xdr:wsDr>`,
    "xl/drawings/_rels/drawing1.xml.rels": rels(drawingRels),
    ...more,
  },
});
const chartFrame =
  '<xdr:graphicFrame><a:graphic><a:graphicData uri=""><c:chart r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>';
const chartXml = `<c:chartSpace ${drawingRoot}><c:title><c:tx><c:rich><a:p><a:r><a:t>By month</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:f>'1'!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>Sales</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:chartSpace>`;
const withChart = withDrawing(
  chartFrame,
  { "xl/charts/chart1.xml": chartXml },
  related("rId1", "chart", "../charts/chart1.xml"),
);
const onSheet = (after: string): WorkbookSource => ({ sheets: [{ name: "1", after }] });
const commented = (type: string, xml: string): WorkbookSource => ({
  sheets: [{ name: "1", relationships: related("rId1", type, "../comments1.xml") }],
  parts: { "xl/comments1.xml": xml },
});
const core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title></cp:coreProperties>`;

type Row = readonly [
  what: string,
  source: WorkbookSource,
  units: readonly (readonly [TextUnit["kind"], string, string])[],
  options?: ListUnitsOptions,
];

const coverage: readonly Row[] = [
  [
    "a shared string, once for all its cells",
    {
      sheets: [{ name: "1", rows: `<row r="1">${shared("A1", 0)}${shared("B1", 0)}</row>` }],
      strings: [t("Hello")],
    },
    [["cell", "'1'!A1", "Hello"]],
  ],
  [
    "an inline string",
    { sheets: [{ name: "1", rows: `<row r="2"><c r="B2" t="inlineStr"><is>${t("Hello")}</is></c></row>` }] },
    [["cell", "'1'!B2", "Hello"]],
  ],
  [
    "rich text",
    {
      sheets: [{ name: "1", rows: `<row r="1">${shared("A1", 0)}</row>` }],
      strings: ["<r><t>plain and </t></r><r><rPr><b/></rPr><t>bold</t></r>"],
    },
    [["cell", "'1'!A1", "plain and bold"]],
  ],
  [
    "no number, no text of a formula",
    {
      sheets: [
        {
          name: "1",
          rows: `<row r="1">${number("A1", 3)}<c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>`,
        },
      ],
      strings: [t("unused")],
    },
    [],
  ],
  [
    "no hidden row, column or sheet",
    {
      sheets: [
        {
          name: "1",
          before: '<cols><col min="2" max="2" hidden="1"/></cols>',
          rows: `<row r="1" hidden="1">${shared("A1", 0)}</row><row r="2">${shared("B2", 1)}</row>`,
        },
        { name: "Off", state: "hidden", rows: `<row r="1">${shared("A1", 2)}</row>` },
      ],
      strings: [t("one"), t("two"), t("three")],
    },
    [],
  ],
  [
    "hidden ones when asked",
    { sheets: [{ name: "1", rows: `<row r="1" hidden="1">${shared("A1", 0)}</row>` }], strings: [t("one")] },
    [["cell", "'1'!A1", "one"]],
    { hidden: true },
  ],
  ["a sheet's name", { sheets: [{ name: "Costs" }] }, [["sheet-name", "sheet 1", "Costs"]]],
  [
    "page headers by their parts, codes as atoms",
    onSheet(
      '<headerFooter><oddHeader>&amp;LLeft &amp;P&amp;C&amp;"Arial,Bold"Middle&amp;R&amp;D</oddHeader><oddFooter>Foot &amp;&amp; more</oddFooter></headerFooter>',
    ),
    [
      ["header", "'1', page header", "Left "],
      ["header", "'1', page header", "Middle"],
      ["footer", "'1', page footer", "Foot & more"],
    ],
  ],
  [
    "messages of a validation",
    onSheet(
      '<dataValidations><dataValidation promptTitle="Hint" prompt="Choose one" errorTitle="Oops" error="Not that"/></dataValidations>',
    ),
    [
      ["validation", "'1', data validation", "Hint"],
      ["validation", "'1', data validation", "Choose one"],
      ["validation", "'1', data validation", "Oops"],
      ["validation", "'1', data validation", "Not that"],
    ],
  ],
  [
    "choices of a validation",
    onSheet(
      '<dataValidations><dataValidation type="list"><formula1>"Yes, No,3"</formula1></dataValidation></dataValidations>',
    ),
    [
      ["validation", "'1', data validation", "Yes"],
      ["validation", "'1', data validation", "No"],
    ],
  ],
  [
    "a note",
    commented(
      "comments",
      `<comments ${declarations}><authors><author>Ann</author></authors><commentList><comment ref="B2" authorId="0"><text>${t("Check")}</text></comment></commentList></comments>`,
    ),
    [["comment", "'1'!B2, comment", "Check"]],
    { comments: true },
  ],
  [
    "a conversation",
    commented(
      "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
      '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="B2" personId="1" id="1"><text>Check</text></threadedComment></ThreadedComments>',
    ),
    [["comment", "'1'!B2, comment", "Check"]],
    { comments: true },
  ],
  [
    "no comment unless asked",
    commented(
      "comments",
      `<comments ${declarations}><commentList><comment ref="B2"><text>${t("Check")}</text></comment></commentList></comments>`,
    ),
    [],
  ],
  [
    "a shape, its description and the tip of its link",
    withDrawing(
      '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x" descr="A box"><a:hlinkClick tooltip="To the box"/></xdr:cNvPr></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>In a box</a:t></a:r></a:p></xdr:txBody></xdr:sp>',
    ),
    [
      ["cell", "'1'!A1", "Sales"],
      ["paragraph", "'1', drawing", "In a box"],
      ["alternative-text", "'1', drawing", "A box"],
      ["alternative-text", "'1', drawing, tip of a link", "To the box"],
    ],
  ],
  [
    "a chart's own texts",
    withChart,
    [
      ["cell", "'1'!A1", "Sales"],
      ["chart-text", "'1', chart", "By month"],
    ],
  ],
  [
    "properties",
    {
      sheets: [{ name: "1" }],
      parts: {
        "_rels/.rels": rels(
          related("rId1", "officeDocument", "xl/workbook.xml") +
            related(
              "rId2",
              "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
              "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": core,
      },
    },
    [["property", "document title", "Book"]],
  ],
];

const rows = coverage.map(([what, source, expected, options]) => ({ what, source, expected, options }));

const upper = ({ id, text, spans, atoms }: TextUnit): UnitTarget => ({
  unit: id,
  text: text.toUpperCase(),
  spans,
  atoms,
});
const german: WriteUnitsOptions = { language: "de-DE" };

function translated(
  source: WorkbookSource,
  words: Readonly<Record<string, string>>,
  options: Partial<WriteUnitsOptions> = {},
): WrittenWorkbook & { readonly units: readonly TextUnit[] } {
  const bytes = workbookFile(source);
  const units = listWorkbookUnits(bytes, options);
  const targets = units.flatMap((unit): UnitTarget[] => {
    const text = words[unit.text];
    return text === undefined ? [] : [{ unit: unit.id, text, spans: [], atoms: [] }];
  });
  return { ...writeWorkbookUnits(bytes, targets, { ...german, ...options }), units };
}

const part = (bytes: Uint8Array, name: string): string =>
  decodePart(readPart(openPackage(bytes), `/${name}`), name).text;

describe("units of a workbook", () => {
  it.each(rows)("are listed and written: $what", ({ what, source, expected, options }) => {
    const bytes = workbookFile(source);
    const units = listWorkbookUnits(bytes, options);
    expect(units.map(({ kind, place, text }) => [kind, place, text])).toEqual(expected);
    const written = writeWorkbookUnits(bytes, units.map(upper), { ...german, ...options });
    expect(written.refused).toEqual([]);
    expect(listWorkbookUnits(written.bytes, options).map(({ text }) => text)).toEqual(
      units.map(({ text }) => text.toUpperCase()),
    );
    const echo = writeWorkbookUnits(
      bytes,
      units.map(({ id, text, spans, atoms }) => ({ unit: id, text, spans, atoms })),
      { ...german, ...options },
    );
    if (!what.includes("shape")) expect(echo.bytes).toBe(bytes);
  });

  it("keep the looks of rich text, and lose the reading aid of a text that changed", () => {
    const source = {
      sheets: [{ rows: `<row r="1">${shared("A1", 0)}</row>` }],
      strings: ['<r><t>plain and </t></r><r><rPr><b/></rPr><t>bold</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'],
    };
    const bytes = workbookFile(source);
    const [unit] = listWorkbookUnits(bytes);
    const target = { unit: unit!.id, text: "fett und so", spans: [{ id: "1", start: 0, end: 4 }], atoms: [] };
    expect(part(writeWorkbookUnits(bytes, [target], german).bytes, "xl/sharedStrings.xml")).toContain(
      '<si><r><rPr><b/></rPr><t>fett</t></r><r><t xml:space="preserve"> und so</t></r></si>',
    );
  });

  it("ask for a calculation where there are formulas, and leave results alone", () => {
    const source = {
      sheets: [{ rows: `<row r="1">${shared("A1", 0)}<c r="B1" t="str"><f>A1</f><v>Hello</v></c></row>` }],
      strings: [t("Hello")],
    };
    const { bytes } = translated(source, { Hello: "Hallo" });
    expect(part(bytes, "xl/workbook.xml")).toContain('<calcPr fullCalcOnLoad="1"/>');
    expect(part(bytes, "xl/worksheets/sheet1.xml")).toContain("<v>Hello</v>");
  });

  it("in charts follow the cells that they repeat", () => {
    const { bytes } = translated(withChart, { Sales: "Umsatz" });
    expect(part(bytes, "xl/charts/chart1.xml")).toContain("<c:v>Umsatz</c:v>");
  });

  it("of a validation's choice name the cell that says the same", () => {
    const source = {
      sheets: [
        {
          rows: `<row r="1">${shared("A1", 0)}</row>`,
          after:
            '<dataValidations><dataValidation type="list"><formula1>"Yes,No"</formula1></dataValidation></dataValidations>',
        },
      ],
      strings: [t("Yes")],
    };
    const { units, bytes } = translated(source, { Yes: "Ja", No: "Nein" });
    expect(units.find(({ kind }) => kind === "validation")?.sameAs).toBe(units[0]!.id);
    expect(part(bytes, "xl/worksheets/sheet1.xml")).toContain('<formula1>"Ja,Nein"</formula1>');
  });

  it("refuse a choice with a comma and a header that is too long", () => {
    const choices = onSheet(
      '<dataValidations><dataValidation type="list"><formula1>"Yes,No"</formula1></dataValidation></dataValidations>',
    );
    expect(translated(choices, { Yes: "Ja, gern" }).refused).toHaveLength(1);
    const header = onSheet("<headerFooter><oddHeader>Short</oddHeader></headerFooter>");
    expect(translated(header, { Short: "x".repeat(256) }).refused).toHaveLength(1);
  });

  it("turn sheets round for a language written from right to left when asked", () => {
    const source = {
      sheets: [
        {
          before: '<sheetViews><sheetView workbookViewId="0"/></sheetViews>',
          rows: `<row r="1">${shared("A1", 0)}</row>`,
        },
      ],
      strings: [t("Hello")],
    };
    const { bytes } = translated(source, { Hello: "שלום" }, { language: "he", mirror: true });
    expect(part(bytes, "xl/worksheets/sheet1.xml")).toContain('rightToLeft="1"');
  });

  it("give the room of a cell whose neighbour is filled, and say where the translation is cut", () => {
    const rows = `<row r="1">${shared("A1", 0)}${number("B1", 1)}</row><row r="2">${shared("A2", 1)}</row>`;
    const source = {
      sheets: [{ name: "1", before: '<cols><col min="1" max="1" width="10"/></cols>', rows }],
      strings: [t("Cut"), t("Free")],
    };
    const long = "long ".repeat(8);
    const { units, overflowing } = translated(source, { Cut: long, Free: long });
    expect(units.map(({ room }) => room?.width)).toEqual([48.75, undefined]);
    expect(overflowing.map(({ unit }) => unit)).toEqual([units[0]!.id]);
  });

  it("in filters follow the cells that they name", () => {
    const source = {
      sheets: [
        {
          rows: `<row r="1">${shared("A1", 0)}</row><row r="2">${shared("A2", 1)}</row>`,
          after:
            '<autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="North"/></filters></filterColumn></autoFilter>',
        },
      ],
      strings: [t("Region"), t("North")],
    };
    expect(part(translated(source, { North: "Nord" }).bytes, "xl/worksheets/sheet1.xml")).toContain(
      '<filter val="Nord"/>',
    );
  });

  it("are not those of other files", () => {
    expect(() => listWorkbookUnits(new TextEncoder().encode("PK\u0003\u0004no"))).toThrow();
    expect(() =>
      listWorkbookUnits(
        workbookFile({
          contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        }),
      ),
    ).toThrow(FileUnsupportedError);
  });
});

describe("a sheet with a new name", () => {
  const names = (cells: string, more: Partial<WorkbookSource> = {}): WorkbookSource => ({
    sheets: [
      { name: "Costs", rows: `<row r="1">${number("A1", 1)}</row>` },
      { name: "Year 1", rows: `<row r="1">${cells}</row>` },
    ],
    ...more,
  });

  it.each([
    ["Costs!A1+'Year 1'!B2", "'Kosten 1'!A1+Jahr!B2"],
    ["SUM('Costs:Year 1'!A1)", "SUM('Kosten 1:Jahr'!A1)"],
    ['"Costs"&amp;Costs!$A$1:$B$2', "\"Costs\"&'Kosten 1'!$A$1:$B$2"],
    ["[1]Costs!A1", "[1]Costs!A1"],
    ["Costs!Total", "'Kosten 1'!Total"],
    ["MyCosts!A1", "MyCosts!A1"],
  ])("is called by it in %s", async (before, after) => {
    const { bytes, refused } = translated(names(formula("A1", before)), {
      Costs: "Kosten 1",
      "Year 1": "Jahr",
    });
    expect(refused).toEqual([]);
    const workbook = openWorkbook(bytes);
    expect(workbook.sheets.map(({ name }) => name)).toEqual(["Kosten 1", "Jahr"]);
    expect(formulaAt(await readSheet(workbook, workbook.sheets[1]!), "A1")).toBe(after);
  });

  it("is called by it in names, links, formats, validations and the list of parts", () => {
    const source: WorkbookSource = {
      sheets: [
        {
          name: "Costs",
          after:
            '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>Costs!A1&gt;0</formula></cfRule></conditionalFormatting><dataValidations><dataValidation type="list"><formula1>Costs!$A$1:$A$3</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" location="Costs!B2"/></hyperlinks>',
        },
      ],
      after:
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Costs!$A$1:$B$9</definedName></definedNames>',
      parts: {
        ...types({
          "/docProps/app.xml": "vnd.openxmlformats-officedocument.extended-properties+xml",
          "/xl/pivotCache/p1.xml": pivotType,
        }),
        "docProps/app.xml":
          '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="x"><TitlesOfParts><vt:vector><vt:lpstr>Costs</vt:lpstr><vt:lpstr>Costs!Print_Area</vt:lpstr></vt:vector></TitlesOfParts></Properties>',
        "xl/pivotCache/p1.xml": `<pivotCacheDefinition ${declarations}><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Costs"/></cacheSource></pivotCacheDefinition>`,
      },
    };
    const { bytes } = translated(source, { Costs: "Kosten" });
    const sheet = part(bytes, "xl/worksheets/sheet1.xml");
    expect(sheet).toContain("<formula>Kosten!A1&gt;0</formula>");
    expect(sheet).toContain("<formula1>Kosten!$A$1:$A$3</formula1>");
    expect(sheet).toContain('location="Kosten!B2"');
    expect(part(bytes, "xl/workbook.xml")).toContain(">Kosten!$A$1:$B$9<");
    expect(part(bytes, "docProps/app.xml")).toContain(
      "<vt:lpstr>Kosten</vt:lpstr><vt:lpstr>Kosten!Print_Area</vt:lpstr>",
    );
    expect(part(bytes, "xl/pivotCache/p1.xml")).toContain('sheet="Kosten"');
  });

  it("is called by it in charts, in texts that shapes show and in links of shapes", () => {
    const shape =
      '<xdr:sp textlink="Data!$A$1"><xdr:nvSpPr><xdr:cNvPr id="2" name="x"/></xdr:nvSpPr></xdr:sp>';
    const source = withDrawing(
      shape + chartFrame,
      { "xl/charts/chart1.xml": chartXml.replace("'1'!", "Data!") },
      related("rId1", "chart", "../charts/chart1.xml") + related("rId2", "hyperlink", "#Data!A1"),
    );
    const { bytes } = translated(
      { ...source, sheets: [{ ...source.sheets![0]!, name: "Data" }] },
      { Data: "Daten", Sales: "Umsatz" },
    );
    expect(part(bytes, "xl/charts/chart1.xml")).toContain(
      '<c:f>Daten!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>Umsatz</c:v>',
    );
    expect(part(bytes, "xl/drawings/drawing1.xml")).toContain('textlink="Daten!$A$1"');
    expect(part(bytes, "xl/drawings/_rels/drawing1.xml.rels")).toContain('Target="#Daten!A1"');
  });

  it.each([
    ["is empty", "", "it is empty"],
    ["is too long", "x".repeat(32), "longer than 31"],
    ["holds a slash", "a/b", "holds one of"],
    ["is kept for Excel", "History", "for itself"],
    ["is another sheet's", "year 1", "another sheet is named"],
  ])("keeps the old one where the new one %s", (_, name, reason) => {
    const { bytes, refused } = translated(names(""), { Costs: name });
    expect(refused.map((each) => each.reason).join()).toContain(reason);
    expect(openWorkbook(bytes).sheets[0]!.name).toBe("Costs");
  });

  it("may take the name that another sheet gives up", () => {
    const { bytes, refused } = translated(names(formula("A1", "Costs!A1+'Year 1'!A1")), {
      Costs: "Year 1",
      "Year 1": "Costs",
    });
    expect(refused).toEqual([]);
    expect(part(bytes, "xl/worksheets/sheet2.xml")).toContain("'Year 1'!A1+Costs!A1");
  });

  it.each(['INDIRECT("Costs!A1")', "HYPERLINK(\"#'Costs'!A1\")"])(
    "keeps the old one where a text in a formula names it: %s",
    (text) => {
      expect(translated(names(formula("A1", text)), { Costs: "Kosten" }).refused).toHaveLength(1);
    },
  );

  it("keeps the old one, and the cell, where a formula takes it from the cell", () => {
    const source = names(shared("A1", 0) + formula("B1", 'INDIRECT(A1&amp;"!A1")'), {
      strings: [t("Costs")],
    });
    const { bytes, refused } = translated(source, { Costs: "Kosten" });
    expect(refused).toHaveLength(2);
    expect(part(bytes, "xl/sharedStrings.xml")).toContain("Costs");
  });

  it("keeps the old one in a workbook with macros", () => {
    const { refused } = translated(
      names("", { relationships: related("rIdV", "vbaProject", "vbaProject.bin") }),
      { Costs: "Kosten" },
    );
    expect(refused[0]?.reason).toContain("macros");
  });
});

describe("a heading of a table", () => {
  const table = (cells = "", column = "Net amount", more: Partial<WorkbookSource> = {}): WorkbookSource => ({
    sheets: [
      {
        name: "1",
        rows: `<row r="1">${shared("A1", 0)}${shared("B1", 1)}</row><row r="2">${shared("A2", 2)}${number("B2", 1)}${cells}</row>`,
        after: '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        relationships: related("rId1", "table", "../tables/table1.xml"),
      },
    ],
    strings: [t("Region"), t(column), t("North")],
    parts: {
      ...types({ "/xl/tables/table1.xml": tableType, "/xl/pivotCache/p1.xml": pivotType }),
      "xl/tables/table1.xml": `<table ${declarations} id="1" name="T" displayName="T" ref="A1:B2"><tableColumns count="2"><tableColumn id="1" name="Region"/><tableColumn id="2" name="${column}"><calculatedColumnFormula>T[[#This Row],[${column}]]</calculatedColumnFormula></tableColumn></tableColumns></table>`,
      ...more.parts,
    },
  });

  it("is a unit of its own that names the cell's", () => {
    const units = listWorkbookUnits(workbookFile(table()));
    const cell = units.find(({ text, kind }) => text === "Region" && kind === "cell")!;
    expect(units.find(({ kind }) => kind === "column-name")).toMatchObject({
      text: "Region",
      sameAs: cell.id,
      place: "table T",
    });
  });

  it.each([
    ["SUM(T[Net amount])", "SUM(T[Betrag '[netto']])"],
    ["T[[#This Row],[Net amount]]*2", "T[[#This Row],[Betrag '[netto']]]*2"],
    ["SUM(T[[#All],[Region]:[Net amount]])", "SUM(T[[#All],[Gebiet]:[Betrag '[netto']]])"],
    ['"T[Region]"&amp;T[#Headers]', '"T[Region]"&T[#Headers]'],
    ["Other[Region]", "Other[Region]"],
  ])("is called by its new name in %s", async (before, after) => {
    const { bytes, refused } = translated(table(formula("C2", before)), {
      Region: "Gebiet",
      "Net amount": "Betrag [netto]",
    });
    expect(refused).toEqual([]);
    const workbook = openWorkbook(bytes);
    const cells = await readSheet(workbook, workbook.sheets[0]!);
    expect([at(cells, "A1"), at(cells, "B1")]).toEqual(["Gebiet", "Betrag [netto]"]);
    expect(workbook.tables[0]!.columns).toEqual(["Gebiet", "Betrag [netto]"]);
    expect(formulaAt(cells, "C2")).toBe(after);
    expect(part(bytes, "xl/tables/table1.xml")).toContain("T[[#This Row],[Betrag '[netto']]]");
  });

  it("stays where two columns would be called the same", () => {
    const { bytes, refused } = translated(table(), { Region: "Wert", "Net amount": "wert" });
    expect(refused).toHaveLength(2);
    expect(openWorkbook(bytes).tables[0]!.columns).toEqual(["Wert", "Net amount"]);
  });

  it("stays where a pivot table knows its field by it", () => {
    const pivot = `<pivotCacheDefinition ${declarations}><cacheSource type="worksheet"><worksheetSource name="T"/></cacheSource></pivotCacheDefinition>`;
    const { refused, bytes } = translated(
      table("", "Net amount", { parts: { "xl/pivotCache/p1.xml": pivot } }),
      { Region: "Gebiet", North: "Nord" },
    );
    expect(refused.map(({ reason }) => reason)).toEqual(
      Array(2).fill("a pivot table knows its field by this heading"),
    );
    expect(part(bytes, "xl/sharedStrings.xml")).toContain("Nord");
  });
});

describe("a text that formulas compare with", () => {
  const cells = (text: string): WorkbookSource => ({
    sheets: [
      { name: "1", rows: `<row r="1">${shared("A1", 0)}${shared("B1", 1)}${formula("C1", text)}</row>` },
    ],
    strings: [t("Yes"), t("Other")],
  });

  it.each([
    'IF(A1="yes",1,0)',
    'COUNTIF(A:A,"Ye*")',
    'VLOOKUP("Yes",A:B,2,0)',
    'SEARCH("yes",A1)',
    'SUMIFS(B:B,A:A,"&lt;&gt;Yes")',
  ])("stays: %s", (text) => {
    const { refused, bytes } = translated(cells(text), { Yes: "Ja", Other: "Anderes" });
    expect(refused.map(({ reason }) => reason)).toEqual(["a formula compares cells with this text"]);
    expect(part(bytes, "xl/sharedStrings.xml")).toContain("Anderes");
  });

  it.each(['IF(A1=1,"Yes","No")', 'A1&amp;"Yes"'])(
    "is translated where formulas only write it: %s",
    (text) => {
      expect(translated(cells(text), { Yes: "Ja" }).refused).toEqual([]);
    },
  );
});

describe("whatever targets come", () => {
  it("the workbook can be read again, each text is its target or refused", () => {
    const source: WorkbookSource = {
      sheets: [
        {
          name: "Costs",
          rows: `<row r="1">${shared("A1", 0)}<c r="B1" t="inlineStr"><is>${t("Inline")}</is></c>${formula("C1", "Costs!A1")}</row>`,
          after: "<headerFooter><oddHeader>&amp;LPage &amp;P</oddHeader></headerFooter>",
        },
      ],
      strings: ["<r><t>plain and </t></r><r><rPr><b/></rPr><t>bold</t></r>"],
    };
    const bytes = workbookFile(source);
    const units = listWorkbookUnits(bytes);
    const place = fc.integer({ min: -3, max: 40 });
    const id = fc.constantFrom("1", "2", "x");
    const target = fc.record({
      text: fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
      spans: fc.array(fc.record({ id, start: place, end: place }), { maxLength: 3 }),
      atoms: fc.array(fc.record({ id, offset: place }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.tuple(...units.map(() => target)), (drawn) => {
        const targets = units.map((unit, index) => ({ unit: unit.id, ...drawn[index]! }));
        const written = writeWorkbookUnits(bytes, targets, german);
        const refused = new Set(written.refused.map(({ unit }) => unit));
        const after = new Map(listWorkbookUnits(written.bytes).map(({ id: each, text }) => [each, text]));
        for (const [index, unit] of units.entries()) {
          const wanted = drawn[index]!.text;
          // A text without letters is no unit any more.
          if (!/\p{L}/u.test(wanted)) continue;
          const expected = refused.has(unit.id)
            ? unit.text
            : unit.kind === "sheet-name"
              ? wanted.trim()
              : wanted;
          if (unit.kind === "header") continue;
          expect(after.get(unit.id)).toBe(expected);
        }
        const header = part(written.bytes, "xl/worksheets/sheet1.xml");
        expect(header).toMatch(/&amp;P/);
      }),
      { numRuns: 150 },
    );
  });
});
