import { hasPart, isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import {
  addPart,
  append,
  benchRelationships,
  declareType,
  edit,
  freePartName,
  relate,
  relativeTarget,
} from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import { chartData } from "./chart-data.ts";
import { chartNamespace } from "./chart-markup.ts";
import { chartXml } from "./chart-xml.ts";
import { editAround, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { insertChild, worksheetOrder } from "./insert-child.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { elementXml, sheetMarkup } from "./sheet-markup.ts";
import { aroundTree } from "./sheet-xml.ts";

const drawingType = "application/vnd.openxmlformats-officedocument.drawing+xml";
const chartType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

/** In points. */
const defaultSize = { width: 480, height: 288 };
/** English Metric Units a point. */
const emu = 12_700;

/** Adds the chart's part and its place in the sheet's drawing, which is made when the sheet has none. */
export function writeChart(draft: WorkbookDraft, prepared: PreparedChart): void {
  const { workbook, bench } = draft;
  const { isStrict } = workbook;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const drawing = drawingOf(draft, prepared.sheet);
  const part = freePartName(bench, `${folder}/charts/chart#.xml`, drawing);
  const categories = prepared.categories && chartData(draft, prepared.categories);
  const series = prepared.series.map((each, index) => ({
    index,
    values: chartData(draft, each.values),
    kind: each.kind,
    isSecondary: each.isSecondary,
    ...(categories === undefined ? {} : { categories }),
    ...(each.name === undefined
      ? {}
      : { name: typeof each.name === "string" ? each.name : chartData(draft, each.name) }),
  }));
  const xml = chartXml({
    chart: prepared.chart,
    series,
    date1904: workbook.dateSystem === 1904,
    strict: isStrict,
    hasTheme: hasTheme(draft),
    ...(categories === undefined ? {} : { categories }),
  });
  addPart(bench, part, xml);
  declareType(bench, part, chartType);
  const id = relate(bench, drawing, {
    type: `${namespaceUri("r", isStrict)}/chart`,
    target: relativeTarget(drawing, part),
  });
  edit(bench, drawing, (tree) => append(tree, anchorXml(prepared, id, nextShape(tree), isStrict)));
}

function hasTheme({ workbook }: WorkbookDraft): boolean {
  return relationshipsOf(workbook.package, workbook.mainPart).some(
    (each) => isRelationshipType(each, "theme") && hasPart(workbook.package, each.target),
  );
}

/** Namespace of drawings on sheets, transitional or strict. */
function drawingNamespace(strict: boolean): string {
  return strict
    ? "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
    : "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
}

function drawingOf(draft: WorkbookDraft, sheet: SheetDraft): string {
  const existing = existingDrawing(draft, sheet);
  if (existing !== undefined) return existing;
  const { workbook, bench } = draft;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const part = freePartName(bench, `${folder}/drawings/drawing#.xml`, sheet.part);
  const strict = workbook.isStrict;
  addPart(
    bench,
    part,
    `<xdr:wsDr xmlns:xdr="${drawingNamespace(strict)}" xmlns:a="${namespaceUri("a", strict)}"></xdr:wsDr>`,
  );
  declareType(bench, part, drawingType);
  const id = relate(bench, sheet.part, {
    type: `${namespaceUri("r", strict)}/drawing`,
    target: relativeTarget(sheet.part, part),
  });
  editAround(draft, sheet, (tree) =>
    insertChild(tree, worksheetOrder, "drawing", sheetMarkup(tree).withRelationship("drawing", id)),
  );
  return part;
}

/** The part of the sheet's drawing, of the package or new. */
function existingDrawing({ bench }: WorkbookDraft, sheet: SheetDraft): string | undefined {
  const { tree } = aroundTree(sheet.around);
  const element = childNamed(tree, 0, "x:drawing");
  const id = element < 0 ? undefined : attribute(tree, element, "r:id");
  const found = benchRelationships(bench, sheet.part).find(
    (each) => each.id === id && isRelationshipType(each, "drawing"),
  )?.target;
  const isThere = found !== undefined && (hasPart(bench.package, found) || bench.added.has(found));
  return isThere ? found : undefined;
}

/** Shapes of a drawing have numbers of their own (20.1.2.2.8). */
function nextShape(tree: XmlTree): number {
  let highest = 1;
  for (let index = 0; index < tree.count; index++) {
    if (/[:}]cNvPr$/.test(nameOf(tree, index)))
      highest = Math.max(highest, Number(attribute(tree, index, "id")) || 0);
  }
  return highest + 1;
}

/** The chart's place: a cell and a size, so that other columns' widths don't change its shape (20.5.2.24). */
function anchorXml(
  { chart, anchor }: PreparedChart,
  relationship: string,
  number: number,
  strict: boolean,
): string {
  const size = chart.size ?? defaultSize;
  const leaf = (name: string, value: number): string => elementXml(`xdr:${name}`, {}, String(value));
  const from =
    leaf("col", anchor.column) + leaf("colOff", 0) + leaf("row", anchor.row - 1) + leaf("rowOff", 0);
  const altText = chart.altText ?? chart.title;
  const reference = elementXml("c:chart", {
    "xmlns:c": chartNamespace(strict),
    "xmlns:r": namespaceUri("r", strict),
    "r:id": relationship,
  });
  const graphic = elementXml("a:graphicData", { uri: chartNamespace(strict) }, reference);
  const frame = elementXml(
    "xdr:graphicFrame",
    { macro: "" },
    elementXml(
      "xdr:nvGraphicFramePr",
      {},
      `${elementXml("xdr:cNvPr", { id: number, name: `Chart ${number}`, descr: altText })}<xdr:cNvGraphicFramePr/>`,
    ) +
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
      elementXml("a:graphic", {}, graphic),
  );
  const extent = elementXml("xdr:ext", {
    cx: Math.round(size.width * emu),
    cy: Math.round(size.height * emu),
  });
  // Its prefixes are declared here: the drawing may use others.
  return elementXml(
    "xdr:oneCellAnchor",
    { "xmlns:xdr": drawingNamespace(strict), "xmlns:a": namespaceUri("a", strict) },
    `${elementXml("xdr:from", {}, from)}${extent}${frame}<xdr:clientData/>`,
  );
}
