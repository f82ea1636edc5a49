import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { drawingElements } from "../../units/drawing-text-names.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute } from "../../xml/xml-tree.ts";
import { parseRange } from "../address.ts";
import type { CellRange } from "../types.ts";
import type { TableText } from "./table-texts.ts";
import { cellKey, type WorkbookText } from "./workbook-text.ts";

/** Where the pivot tables of each sheet stand, by the sheet's name. */
export function pivotLocations({ workbook, sheets }: WorkbookText): (sheet: string) => readonly CellRange[] {
  const found = new Map<string, CellRange[]>();
  for (const { part, sheet } of sheets) {
    const ranges = relationshipsOf(workbook.package, part)
      .filter((each) => isRelationshipType(each, "pivotTable"))
      .flatMap(({ target }) => {
        const tree = xmlPart(workbook.package, target);
        const [location] = tree === undefined ? [] : drawingElements(tree, 0, "x:location");
        const range =
          tree === undefined || location === undefined
            ? undefined
            : parseRange(attribute(tree, location, "ref") ?? "");
        return range === undefined ? [] : [range];
      });
    found.set(sheet.name, ranges);
  }
  return (sheet) => found.get(sheet) ?? [];
}

/** Heading cells that pivot tables know their fields by: a new text there breaks them at the next refresh. */
export type PivotHeadings = {
  /** Keys of cells. */
  readonly cells: ReadonlySet<string>;
  /** Names of fields whose source can't be told, in lower case. */
  readonly names: ReadonlySet<string>;
};

export function pivotHeadings(text: WorkbookText, tables: readonly TableText[]): PivotHeadings {
  const cells = new Set<string>();
  const names = new Set<string>();
  for (const [part, type] of text.parts) {
    if (!/pivotCacheDefinition\+xml$/i.test(type)) continue;
    const tree = xmlPart(text.workbook.package, part);
    if (tree === undefined) continue;
    for (const source of drawingElements(tree, 0, "x:worksheetSource", "x:rangeSet")) {
      if (attribute(tree, source, "r:id") !== undefined) continue;
      const area = sourceArea(text, tables, tree, source);
      if (area === undefined) for (const name of fieldNames(tree)) names.add(name);
      else
        for (let column = area.range.firstColumn; column <= area.range.lastColumn; column++)
          cells.add(cellKey(area.sheet, { row: area.range.firstRow, column }));
    }
  }
  return { cells, names };
}

function sourceArea(
  { workbook }: WorkbookText,
  tables: readonly TableText[],
  tree: XmlTree,
  source: number,
): { sheet: string; range: CellRange } | undefined {
  const sheet = attribute(tree, source, "sheet");
  const range = parseRange(attribute(tree, source, "ref") ?? "");
  if (sheet !== undefined && range !== undefined) return { sheet, range };
  const name = attribute(tree, source, "name")?.toLowerCase();
  if (name === undefined) return undefined;
  const table = tables.find((each) => each.name.toLowerCase() === name);
  if (table !== undefined) return table;
  const [area, ...more] =
    workbook.definedNames.find((each) => each.name.toLowerCase() === name)?.ranges ?? [];
  return area?.sheet === undefined || more.length > 0 ? undefined : { sheet: area.sheet, range: area.range };
}

function fieldNames(tree: XmlTree): string[] {
  return drawingElements(tree, 0, "x:cacheField").map((field) =>
    (attribute(tree, field, "name") ?? "").toLowerCase(),
  );
}
