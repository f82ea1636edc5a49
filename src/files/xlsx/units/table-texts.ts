import { isRelationshipType, type OpcPackage, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { attributeSplices } from "../../units/attribute-units.ts";
import { drawingElements } from "../../units/drawing-text-names.ts";
import type { TextUnit } from "../../units/types.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import { hasLetters, plainUnit, type UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { parseRange } from "../address.ts";
import { decodeEscapes, encodeEscapes } from "../read/escapes.ts";
import type { CellRange } from "../types.ts";
import { cellKey, type WorkbookText } from "./workbook-text.ts";

/** A table (ListObject) whose column names are the texts of its header cells (ECMA-376-1, 18.5.1.3). */
export type TableText = {
  readonly part: string;
  readonly tree: XmlTree;
  readonly name: string;
  readonly sheet: string;
  readonly range: CellRange;
  readonly columns: readonly TableColumn[];
  /** Why its headings can't be changed, if they can't. */
  readonly fixed?: string;
};

export type TableColumn = {
  readonly element: number;
  readonly name: string;
  /** Key of the header cell; absent in a table without a header row. */
  readonly cell?: string;
  /** Key of the cell with the label of the totals row. */
  readonly totalsCell?: string;
  /** Why its heading can't be changed. */
  readonly fixed?: string;
};

export function readTableTexts(text: WorkbookText): TableText[] {
  const { package: opc } = text.workbook;
  const slicers = slicedColumns(text);
  const hasQueries = holdsQueries(opc, text);
  return text.sheets.flatMap(({ part: sheetPart, sheet }) =>
    relationshipsOf(opc, sheetPart)
      .filter((each) => isRelationshipType(each, "table"))
      .flatMap(({ target }) => {
        const tree = xmlPart(opc, target);
        if (tree === undefined || nameOf(tree, 0) !== "x:table") return [];
        return readTable(tree, target, sheet.name, slicers, hasQueries);
      }),
  );
}

function readTable(
  tree: XmlTree,
  part: string,
  sheet: string,
  slicers: ReadonlySet<string>,
  hasQueries: boolean,
): TableText[] {
  const range = parseRange(attribute(tree, 0, "ref") ?? "");
  const list = childNamed(tree, 0, "x:tableColumns");
  if (range === undefined || list < 0) return [];
  const type = attribute(tree, 0, "tableType") ?? "worksheet";
  const columns = childrenOf(tree, list).filter((child) => nameOf(tree, child) === "x:tableColumn");
  const fixed =
    type !== "worksheet"
      ? "the table's headings come from outside the workbook"
      : hasQueries
        ? "queries of the workbook may refer to the heading"
        : undefined;
  return [
    {
      part,
      tree,
      name: attribute(tree, 0, "displayName") ?? attribute(tree, 0, "name") ?? "",
      sheet,
      range,
      columns: columns.map((element, index) => readColumn(tree, element, index, { sheet, range, slicers })),
      ...(fixed === undefined ? {} : { fixed }),
    },
  ];
}

function readColumn(
  tree: XmlTree,
  element: number,
  index: number,
  table: { readonly sheet: string; readonly range: CellRange; readonly slicers: ReadonlySet<string> },
): TableColumn {
  const { sheet, range, slicers } = table;
  const hasHeader = (attribute(tree, 0, "headerRowCount") ?? "1") !== "0";
  const hasTotals = Number(attribute(tree, 0, "totalsRowCount") ?? 0) > 0;
  const isSliced = slicers.has(`${attribute(tree, 0, "id")} ${attribute(tree, element, "id")}`);
  const cell = (row: number): string => cellKey(sheet, { row, column: range.firstColumn + index });
  return {
    element,
    name: decodeEscapes(attribute(tree, element, "name") ?? ""),
    ...(hasHeader ? { cell: cell(range.firstRow) } : {}),
    ...(hasTotals ? { totalsCell: cell(range.lastRow) } : {}),
    ...(isSliced ? { fixed: "a slicer refers to the heading" } : {}),
  };
}

/** Tables' columns that a slicer filters, as `table column` of their ids. */
function slicedColumns({ workbook, parts }: WorkbookText): Set<string> {
  const found = new Set<string>();
  for (const [part, type] of parts) {
    if (!/slicerCache\+xml$/i.test(type)) continue;
    const tree = xmlPart(workbook.package, part);
    if (tree === undefined) continue;
    for (let index = 0; index < tree.count; index++) {
      if (/tableSlicerCache$/.test(nameOf(tree, index)))
        found.add(`${attribute(tree, index, "tableId")} ${attribute(tree, index, "column")}`);
    }
  }
  return found;
}

/** True when the workbook holds queries (MS-QDEFF), whose code names headings. */
function holdsQueries(opc: OpcPackage, { parts }: WorkbookText): boolean {
  for (const part of parts.keys()) {
    if (!/^\/customXml\/item\d+\.xml$/i.test(part)) continue;
    const head = readPart(opc, part).subarray(0, 1024);
    if (new TextDecoder("latin1").decode(head).replaceAll("\0", "").includes("DataMashup")) return true;
  }
  return false;
}

/** Column names as units that must equal the header cells'. */
export function columnNameSites(table: TableText, units: ReadonlyMap<string, TextUnit>): UnitSite[] {
  const { tree, part } = table;
  return table.columns.flatMap(({ element, name, cell }) => {
    const header = cell === undefined ? undefined : units.get(cell);
    if (header === undefined || !hasLetters(name) || !isSameHeading(header.text, name)) return [];
    const unit = plainUnit({
      id: `${part}#${element}`,
      kind: "column-name",
      place: `table ${table.name}`,
      text: name,
      sameAs: header.id,
      maxLength: maxHeading,
    });
    return [
      {
        unit,
        part,
        write: (target) => ({
          kind: "written",
          splices:
            target.text === name ? [] : attributeSplices(tree, element, "name", headingName(target.text)),
        }),
      },
    ];
  });
}

/** Longest heading of a table. */
export const maxHeading = 255;

export function isSameHeading(cell: string, name: string): boolean {
  return cell.replace(/\r\n?/g, "\n") === name.replace(/\r\n?/g, "\n");
}

/** A line end in a heading is an escape in the table's own name for it. */
function headingName(text: string): string {
  return encodeEscapes(text).replaceAll("\n", "_x000a_");
}

/** The formulas in a table's part. */
export function tableFormulas(tree: XmlTree): number[] {
  return drawingElements(tree, 0, "x:calculatedColumnFormula", "x:totalsRowFormula");
}
