import { describe, expect, it } from "vitest";
import { defaultCodec } from "../opc/codec.ts";
import { type OpcPackage, openPackage } from "../opc/opc-package.ts";
import { createZip } from "../opc/write-zip.ts";
import { listChartUnits, readChartTexts } from "./chart-units.ts";
import { cellAt, formulaCells, multiLevelCells } from "./chart-units-cells.ts";
import { targetLanguage } from "./target-language.ts";
import { splicedParts } from "./unit-parts.ts";
import { writeSites } from "./unit-site.ts";

const root =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart" xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"';
const relationships =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes" Target="drawing.xml"/></Relationships>';

function chart(xml: string, drawing?: string): OpcPackage {
  const files: Record<string, string> = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "chart.xml": xml,
    ...(drawing === undefined ? {} : { "_rels/chart.xml.rels": relationships, "drawing.xml": drawing }),
  };
  const entries = Object.entries(files).map(
    ([name, text]) => [name, new TextEncoder().encode(text)] as const,
  );
  return openPackage(createZip(new Map(entries), defaultCodec));
}

const texts = (opc: OpcPackage): string[] =>
  listChartUnits(opc, "/chart.xml", "").map(({ unit }) => unit.text);
const p = (text: string): string => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;

describe("the texts of a chart", () => {
  it("are titles, labels and names of trend lines, not number formats or numbers", () => {
    const xml = `<c:chartSpace ${root}><c:title><c:tx><c:rich>${p("Title")}</c:rich></c:tx></c:title><c:ser><c:tx><c:v>Literal</c:v></c:tx><c:dLbl><c:tx><c:rich>${p("Label")}</c:rich></c:tx></c:dLbl><c:trendline><c:name>Trend</c:name></c:trendline><c:val><c:numRef><c:f>S!A1</c:f><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:catAx><c:title><c:tx><c:rich>${p("Axis")}</c:rich></c:tx></c:title></c:catAx></c:chartSpace>`;
    expect(texts(chart(xml)).sort()).toEqual(["Axis", "Label", "Literal", "Title", "Trend"]);
  });

  it("are those of newer kinds of charts, and of shapes on the chart", () => {
    const xml = `<cx:chartSpace ${root}><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:f>S!$A$2:$A$3</cx:f><cx:lvl ptCount="2"><cx:pt idx="0">North</cx:pt><cx:pt idx="1">South</cx:pt></cx:lvl></cx:strDim><cx:numDim><cx:lvl><cx:pt idx="0">5</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:series><cx:tx><cx:txData><cx:f>S!$B$1</cx:f><cx:v>Sales</cx:v></cx:txData></cx:tx></cx:series></cx:chartSpace>`;
    const drawing = `<c:userShapes ${root}><cdr:sp><cdr:nvSpPr><cdr:cNvPr id="1" name="x" descr="Arrow up"/></cdr:nvSpPr><cdr:txBody>${p("Best")}</cdr:txBody></cdr:sp></c:userShapes>`;
    const opc = chart(xml, drawing);
    expect(texts(opc).sort()).toEqual(["Arrow up", "Best", "North", "Sales", "South"]);
    const cells = readChartTexts(opc, "/chart.xml", "")!.caches.map(
      ({ cell }) => `${cell!.sheet} ${cell!.row} ${cell!.column}`,
    );
    expect(cells).toEqual(["S 2 0", "S 3 0", "S 1 1"]);
  });

  it("that say the same are to be given the same target", () => {
    const series =
      '<c:ser><c:cat><c:strRef><c:f>S!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser>';
    const units = listChartUnits(
      chart(`<c:chartSpace ${root}>${series}${series}</c:chartSpace>`),
      "/chart.xml",
      "",
    ).map(({ unit }) => unit);
    expect(units[1]!.sameAs).toBe(units[0]!.id);
  });

  it("of a filtered series name the cells of the extension", () => {
    const xml = `<c:chartSpace ${root}><c:tx><c:strRef><c:extLst><c:ext><c15:formulaRef><c15:sqref>S!$C$1</c15:sqref></c15:formulaRef></c:ext></c:extLst><c:strCache><c:pt idx="0"><c:v>Costs</c:v></c:pt></c:strCache></c:strRef></c:tx></c:chartSpace>`;
    expect(readChartTexts(chart(xml), "/chart.xml", "")!.caches[0]!.cell).toEqual({
      sheet: "S",
      row: 1,
      column: 2,
    });
  });

  it("are written where they stand", () => {
    const opc = chart(`<c:chartSpace ${root}><c:tx><c:v>Old &amp; dear</c:v></c:tx></c:chartSpace>`);
    const sites = listChartUnits(opc, "/chart.xml", "");
    const target = { text: "Neu < alt", spans: [], atoms: [] };
    const { splices } = writeSites(sites, new Map([[sites[0]!.unit.id, target]]), targetLanguage("de"));
    expect(new TextDecoder().decode(splicedParts(opc, splices).get("/chart.xml"))).toContain(
      "<c:v>Neu &lt; alt</c:v>",
    );
  });
});

describe("the cell of a chart's text", () => {
  it.each([
    ["S!$A$2:$A$9", 3, { sheet: "S", row: 5, column: 0 }],
    ["'My sheet'!$B$1:$E$1", 2, { sheet: "My sheet", row: 1, column: 3 }],
    ["(S!$A$2:$A$3,S!$A$7)", 2, { sheet: "S", row: 7, column: 0 }],
    ["S!$A$2", 1, undefined],
    ["S!$A$2:$B$9", 0, undefined],
    ["Name", 0, undefined],
    ["OFFSET(S!A1,1,1)", 0, undefined],
  ])("is found in %s", (formula, index, cell) => {
    expect(cellAt(formulaCells(formula), index)).toEqual(cell);
  });

  it("in several levels counts from the one next to the values", () => {
    expect(multiLevelCells("S!$A$2:$B$9", 2, 0, 1)).toEqual({ sheet: "S", row: 3, column: 1 });
    expect(multiLevelCells("S!$A$2:$B$9", 2, 1, 1)).toEqual({ sheet: "S", row: 3, column: 0 });
    expect(multiLevelCells("S!$B$1:$F$2", 2, 0, 2)).toEqual({ sheet: "S", row: 2, column: 3 });
    expect(multiLevelCells("S!$B$1:$F$3", 2, 0, 2)).toBeUndefined();
  });
});
