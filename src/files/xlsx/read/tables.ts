import { isRelationshipType, type OpcPackage, relationshipsOf } from "../../opc/opc-package.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { parseRange } from "../address.ts";
import type { Sheet, SheetTable } from "../types.ts";
import { decodeEscapes } from "./escapes.ts";
import { partTree } from "./workbook-part.ts";

/** The tables of all sheets (ECMA-376-1, 18.5.1.2). A table without a usable range is left out. */
export function readTables(opc: OpcPackage, sheets: readonly Sheet[]): SheetTable[] {
  return sheets.flatMap((sheet) =>
    sheet.part === undefined
      ? []
      : relationshipsOf(opc, sheet.part)
          .filter((each) => isRelationshipType(each, "table"))
          .flatMap((each) => readTable(opc, sheet.name, each.target)),
  );
}

function readTable(opc: OpcPackage, sheet: string, part: string): SheetTable[] {
  const tree = partTree(opc, part);
  if (tree === undefined || nameOf(tree, 0) !== "x:table") return [];
  const range = parseRange(attribute(tree, 0, "ref") ?? "");
  if (range === undefined) return [];
  const list = childNamed(tree, 0, "x:tableColumns");
  const columns = list < 0 ? [] : childrenOf(tree, list);
  const count = (name: string, otherwise: number): number =>
    Number(attribute(tree, 0, name) ?? otherwise) || 0;
  return [
    {
      name: attribute(tree, 0, "displayName") ?? attribute(tree, 0, "name") ?? "",
      sheet,
      range,
      headerRows: count("headerRowCount", 1),
      totalsRows: count("totalsRowCount", 0),
      columns: columns.map((column) => decodeEscapes(attribute(tree, column, "name") ?? "")),
    },
  ];
}
