import { describe, expect, it } from "vitest";
import { scanXml } from "../../xml/scan-xml.ts";
import type { NewChart, WorkbookChange } from "./types.ts";
import { refusalOf, write } from "./write.fixture.ts";

const row = (number: number, ...cells: readonly (number | string)[]): string =>
  `<row r="${number}">${cells
    .map((value, column) => {
      const address = `${String.fromCharCode(65 + column)}${number}`;
      return typeof value === "number"
        ? `<c r="${address}" s="${column === 2 ? 1 : 0}"><v>${value}</v></c>`
        : `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
    })
    .join("")}</row>`;
const source = {
  formats: ["0.0%", "yyyy-mm-dd"],
  sheets: [
    {
      name: "Sheet1",
      rows:
        row(1, "Region", "Sales", "Share") + row(2, "North &amp; East", 10, 0.25) + row(3, "South", 30, 0.75),
    },
  ],
};
const chart = (more: Partial<NewChart> = {}): WorkbookChange => ({
  kind: "add-chart",
  sheet: "Sheet1",
  chart: "column",
  title: "Sales <1>",
  categories: "A2:A3",
  series: [{ name: { cell: "B1" }, values: "B2:B3" }],
  anchor: "E2",
  ...more,
});
const xmlOf = (change: WorkbookChange, workbook: Parameters<typeof write>[0] = source): string =>
  write(workbook, [change]).part("xl/charts/chart1.xml");

describe("adding a chart", () => {
  it("adds a drawing and a chart that remembers what its cells hold", () => {
    const written = write(source, [chart()]);
    const xml = written.part("xl/charts/chart1.xml");
    expect(xml).toContain("<c:f>Sheet1!$B$2:$B$3</c:f>");
    expect(xml).toContain('<c:pt idx="1"><c:v>30</c:v></c:pt>');
    expect(xml).toContain('<c:pt idx="0"><c:v>North &amp; East</c:v></c:pt>');
    expect(xml).toContain("<a:t>Sales &lt;1&gt;</a:t>");
    expect(written.part("xl/worksheets/sheet1.xml")).toMatch(
      /<\/sheetData><drawing r:id="rId1"\/><\/worksheet>/,
    );
    expect(written.part("xl/drawings/drawing1.xml")).toContain('descr="Sales &lt;1&gt;"');
    expect(written.part("[Content_Types].xml")).toContain("/xl/charts/chart1.xml");
  });

  it.each(["column", "bar", "line", "pie", "scatter", "combo"] as const)(
    "writes a %s chart that is well formed",
    (kind) => {
      const categories = kind === "scatter" ? "C2:C3" : "A2:A3";
      const tree = scanXml(xmlOf(chart({ chart: kind, categories })));
      const element = {
        column: "bar",
        bar: "bar",
        line: "line",
        pie: "pie",
        scatter: "scatter",
        combo: "bar",
      }[kind];
      expect(tree.names.some((name) => name.endsWith(`}${element}Chart`))).toBe(true);
    },
  );

  it("follows the number format of the values, and shows days on a scale of days", () => {
    expect(xmlOf(chart({ series: [{ values: "C2:C3" }] }))).toContain("<c:formatCode>0.0%</c:formatCode>");
    const days = {
      formats: ["0", "yyyy-mm-dd"],
      sheets: [
        {
          rows: '<row r="1"><c r="A1" s="2"><v>45323</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2" s="2"><v>45352</v></c><c r="B2"><v>2</v></c></row>',
        },
      ],
    };
    const xml = xmlOf(chart({ categories: "A1:A2", series: [{ values: "B1:B2" }] }), days);
    expect(xml).toContain("<c:dateAx>");
    expect(xml).toContain('<c:baseTimeUnit val="months"/>');
  });

  it("gives a combined chart a second scale", () => {
    const xml = xmlOf(
      chart({
        chart: "combo",
        series: [{ values: "B2:B3" }, { values: "C2:C3", axis: "secondary" }],
        axisTitles: { secondary: "Share" },
      }),
    );
    expect([...xml.matchAll(/<c:valAx>/g)].length).toBe(2);
    expect(xml).toContain("<a:t>Share</a:t>");
  });

  const scale = (values: readonly number[], more: Partial<NewChart> = {}): string => {
    const rows = values.map((value, index) => row(index + 1, `R${index}`, value)).join("");
    const range = (column: string): string => `${column}1:${column}${values.length}`;
    const added = chart({ categories: range("A"), series: [{ values: range("B") }], ...more });
    return /<c:valAx>.*?<\/c:valAx>/s.exec(xmlOf(added, { sheets: [{ rows }] }))![0];
  };

  it("begins the scale of columns and bars at 0, where none is below", () => {
    const zero = '<c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>';
    expect(scale([5100, 5200])).toContain(zero);
    expect(scale([5100, 5200], { chart: "bar" })).toContain(zero);
    expect(scale([5100, -5])).not.toContain("<c:min ");
    expect(scale([5100, 5200], { chart: "line" })).not.toContain("<c:min ");
  });

  it("marks whole numbers only between a few things that were counted", () => {
    expect(scale([1, 2, 1])).toContain('<c:majorUnit val="1"/>');
    expect(scale([1, 2.5, 1])).not.toContain("majorUnit");
    expect(scale([1, 20, 1])).not.toContain("majorUnit");
  });

  it("extends the drawing that the sheet has, in its place and with a number of its own", () => {
    const xdr = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    const drawing = `<d:wsDr xmlns:d="${xdr}"><d:twoCellAnchor><d:sp><d:nvSpPr><d:cNvPr id="41" name="x"/></d:nvSpPr></d:sp></d:twoCellAnchor></d:wsDr>`;
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const extended = {
      ...source,
      sheets: [
        {
          ...source.sheets[0]!,
          after: '<drawing r:id="rId9"/><tableParts count="0"/>',
          relationships: `<Relationship Id="rId9" Type="${office}/drawing" Target="../drawings/drawing7.xml"/>`,
        },
      ],
      parts: { "xl/drawings/drawing7.xml": drawing },
    };
    const written = write(extended, [chart(), chart({ anchor: "E30" })]);
    expect(written.touched).not.toContain("xl/worksheets/sheet1.xml");
    const text = written.part("xl/drawings/drawing7.xml");
    expect(text.startsWith(drawing.replace("</d:wsDr>", ""))).toBe(true);
    expect(text).toContain('id="42" name="Chart 42"');
    expect(text).toContain('id="43" name="Chart 43"');
  });

  it("stands before what the schema wants behind it", () => {
    const sheets = [
      {
        ...source.sheets[0]!,
        after:
          '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><tableParts count="0"/><extLst/>',
      },
    ];
    const part = write({ ...source, sheets }, [chart()]).part("xl/worksheets/sheet1.xml");
    expect(part).toMatch(/<pageMargins[^>]*\/><drawing r:id="rId1"\/><tableParts/);
  });

  it("shows what other changes of the plan put in its cells", () => {
    const written = write(source, [chart(), { kind: "set-cell", sheet: "Sheet1", cell: "B3", value: 99 }]);
    expect(written.part("xl/charts/chart1.xml")).toContain('<c:pt idx="1"><c:v>99</c:v></c:pt>');
  });

  it("quotes the names of sheets, and ends whole columns where the sheet ends", () => {
    const sheets = [{ ...source.sheets[0]!, name: "It's 1" }];
    const change = { ...chart({ series: [{ values: "B:B" }] }), sheet: "It's 1" } as WorkbookChange;
    expect(xmlOf(change, { ...source, sheets })).toContain("<c:f>'It''s 1'!$B$1:$B$3</c:f>");
  });

  it("uses the theme's colours where there is a theme, and none of it where there is not", () => {
    expect(xmlOf(chart())).not.toContain("schemeClr");
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const themed = {
      ...source,
      relationships: `<Relationship Id="rIdTheme" Type="${office}/theme" Target="theme/theme1.xml"/>`,
      parts: { "xl/theme/theme1.xml": "<theme/>" },
    };
    expect(xmlOf(chart(), themed)).toContain('<a:schemeClr val="accent1"/>');
  });

  it.each([
    [{ series: [] }, "invalid"],
    [{ series: [{ values: "B2:C3" }] }, "invalid"],
    [{ series: [{ values: "Nope!B2:B3" }] }, "not-found"],
    [{ series: [{ values: "SUM(B2)" }] }, "invalid"],
    [{ anchor: "1" }, "not-found"],
    [{ chart: "pie", series: [{ values: "B2:B3" }, { values: "C2:C3" }] }, "invalid"],
    [{ chart: "combo", series: [{ values: "B2:B3", axis: "secondary" }] }, "invalid"],
    [{ size: { width: 1, height: 1 } }, "invalid"],
    [{ title: "\u0000" }, "invalid-text"],
  ] as const)("refuses what can't be drawn: %j", (more, code) => {
    expect(refusalOf(source, chart(more))).toBe(code);
  });

  it("refuses a sheet that is protected against objects", () => {
    const sheets = [{ ...source.sheets[0]!, after: '<sheetProtection sheet="1" objects="1"/>' }];
    expect(refusalOf({ ...source, sheets }, chart())).toBe("protected");
  });
});
