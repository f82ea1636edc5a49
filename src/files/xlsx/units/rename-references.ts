import { type OpcPackage, readPart, relationshipsOf, relationshipsPart } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { attributeSplices } from "../../units/attribute-units.ts";
import { drawingElements, drawingName, localName } from "../../units/drawing-text-names.ts";
import { xmlText } from "../../units/property-units.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, childNamed, childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import { type Renaming, rewriteFormula } from "./rewrite-formula.ts";
import { sheetRows } from "./sheet-rows.ts";
import { rowKey, type SheetText, type WorkbookText } from "./workbook-text.ts";

type Splices = (part: string, splices: readonly Splice[]) => void;

/**
 * Calls sheets and tables' columns by their new names wherever the package refers to them: formulas of cells, names,
 * conditional formats, validations, tables, charts and controls, links, sources of pivot tables, the list of parts in the
 * file's properties.
 */
export function renameReferences(text: WorkbookText, renaming: Renaming, add: Splices): void {
  if (renaming.sheets.size === 0 && renaming.columns.size === 0) return;
  const { package: opc, mainPart } = text.workbook;
  for (const sheet of text.sheets) {
    add(sheet.part, sheetReferences(sheet.tree, renaming));
    renameInRows(sheet, renaming, add);
  }
  const main = xmlPart(opc, mainPart)!;
  add(mainPart, formulaElements(main, ["x:definedName"], renaming));
  for (const [part, type] of text.parts) {
    const splices = otherReferences(opc, part, type, renaming);
    if (splices.length > 0) add(part, splices);
  }
  for (const { part } of text.sheets) renameLinks(opc, part, renaming, add);
}

/** Text of elements that hold a formula. */
function formulaElements(
  tree: XmlTree,
  names: readonly string[],
  renaming: Renaming,
  table?: string,
): Splice[] {
  return drawingElements(tree, 0, ...names).flatMap((element) => {
    const formula = textOf(tree, element);
    const renamed = rewriteFormula(formula, renaming, table);
    if (renamed === formula) return [];
    return [{ start: tree.openEnd[element]!, end: tree.closeStart[element]!, text: xmlText(renamed) }];
  });
}

function formulaAttribute(tree: XmlTree, element: number, name: string, renaming: Renaming): Splice[] {
  const formula = attribute(tree, element, name);
  if (formula === undefined) return [];
  return attributeSplices(tree, element, name, rewriteFormula(formula, renaming));
}

const sheetFormulas = ["x:formula", "x:formula1", "x:formula2", "xm:f"];

function sheetReferences(tree: XmlTree, renaming: Renaming): Splice[] {
  return [
    ...formulaElements(tree, sheetFormulas, renaming),
    ...drawingElements(tree, 0, "x:cfvo").flatMap((element) =>
      formulaAttribute(tree, element, "val", renaming),
    ),
    ...drawingElements(tree, 0, "x:hyperlink").flatMap((element) =>
      formulaAttribute(tree, element, "location", renaming),
    ),
    ...drawingElements(tree, 0, "x:controlPr").flatMap((element) =>
      ["linkedCell", "listFillRange"].flatMap((name) => formulaAttribute(tree, element, name, renaming)),
    ),
    ...drawingElements(tree, 0, "x:dataRef").flatMap((element) => sheetAttribute(tree, element, renaming)),
  ];
}

function sheetAttribute(tree: XmlTree, element: number, renaming: Renaming): Splice[] {
  // With a relationship it is a sheet of another file.
  if (attribute(tree, element, "r:id") !== undefined) return [];
  const name = renaming.sheets.get((attribute(tree, element, "sheet") ?? "").toLowerCase());
  return name === undefined ? [] : attributeSplices(tree, element, "sheet", name);
}

function renameInRows({ xml, tree: around, part }: SheetText, renaming: Renaming, add: Splices): void {
  if (xml === undefined) return;
  const mayRefer = (source: string): boolean => /<(?:\w+:)?f\b[^>]*>[^<]*(?:[![]|\]\]>)/.test(source);
  for (const { position, tree, cells, offset } of sheetRows(xml, around, mayRefer)) {
    const splices = [...cells.values()].flatMap((cell) => {
      const element = childNamed(tree, cell, "x:f");
      if (element < 0) return [];
      const formula = textOf(tree, element);
      const renamed = rewriteFormula(formula, renaming);
      if (renamed === formula) return [];
      const [start, end] = [tree.openEnd[element]! - offset, tree.closeStart[element]! - offset];
      return [{ start, end, text: xmlText(renamed) }];
    });
    if (splices.length > 0) add(rowKey(part, position), splices);
  }
}

/** What parts other than sheets and the workbook say, by their content type. */
function otherReferences(opc: OpcPackage, part: string, type: string, renaming: Renaming): Splice[] {
  if (/spreadsheetml\.table\+xml$/i.test(type)) {
    const tree = xmlPart(opc, part)!;
    const table = attribute(tree, 0, "displayName") ?? attribute(tree, 0, "name");
    return formulaElements(tree, ["x:calculatedColumnFormula", "x:totalsRowFormula"], renaming, table);
  }
  if (/drawingml\.chart\+xml$|chartex\+xml$/i.test(type)) {
    const tree = xmlPart(opc, part)!;
    return [
      ...formulaElements(tree, ["c:f", "c15:f", "c15:sqref", "cx:f"], renaming),
      ...drawingElements(tree, 0, "c:name").flatMap((name) => pivotSource(tree, name, renaming)),
    ];
  }
  if (/drawing\+xml$/i.test(type)) {
    const tree = xmlPart(opc, part)!;
    return drawingElements(tree, 0, "xdr:sp", "xdr:cxnSp").flatMap((shape) =>
      formulaAttribute(tree, shape, "textlink", renaming),
    );
  }
  if (/pivotCacheDefinition\+xml$/i.test(type)) {
    const tree = xmlPart(opc, part)!;
    return drawingElements(tree, 0, "x:worksheetSource", "x:rangeSet").flatMap((source) =>
      sheetAttribute(tree, source, renaming),
    );
  }
  if (/controlproperties\+xml$/i.test(type)) {
    const tree = xmlPart(opc, part)!;
    return ["fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"].flatMap((name) =>
      formulaAttribute(tree, 0, name, renaming),
    );
  }
  return /extended-properties\+xml$/i.test(type) ? titlesOfParts(xmlPart(opc, part)!, renaming) : [];
}

/** `[Book.xlsx]Sheet1!PivotTable1`: the file's own name stands in brackets. */
function pivotSource(tree: XmlTree, element: number, renaming: Renaming): Splice[] {
  if (drawingName(tree, tree.parent[element]!) !== "c:pivotSource") return [];
  const match = /^(\[[^\]]*\])(.+)!([^!]*)$/s.exec(textOf(tree, element));
  const name = match === null ? undefined : renaming.sheets.get(match[2]!.toLowerCase());
  if (match === null || name === undefined) return [];
  const text = xmlText(`${match[1]}${name}!${match[3]}`);
  return [{ start: tree.openEnd[element]!, end: tree.closeStart[element]!, text }];
}

/** The file's properties list sheets, then names as `Sheet1!Print_Area` (ECMA-376-1, 22.2.2.28). */
function titlesOfParts(tree: XmlTree, renaming: Renaming): Splice[] {
  const list = childrenOf(tree, 0).find((child) => localName(tree, child) === "TitlesOfParts");
  if (list === undefined) return [];
  const done = new Set<string>();
  const splices: Splice[] = [];
  for (let element = list + 1; element < tree.next[list]!; element++) {
    if (localName(tree, element) !== "lpstr") continue;
    const text = textOf(tree, element);
    const key = text.toLowerCase();
    const name = done.has(key) ? undefined : renaming.sheets.get(key);
    done.add(key);
    const renamed = name ?? (text.includes("!") ? rewriteFormula(text, renaming) : text);
    if (renamed === text) continue;
    splices.push({ start: tree.openEnd[element]!, end: tree.closeStart[element]!, text: xmlText(renamed) });
  }
  return splices;
}

/** Links to places in the workbook that stand as relationships: those of shapes and pictures, and of some cells. */
function renameLinks(opc: OpcPackage, sheet: string, renaming: Renaming, add: Splices): void {
  const drawings = relationshipsOf(opc, sheet)
    .filter(({ type, isExternal }) => !isExternal && /\/drawing$/.test(type))
    .map(({ target }) => target);
  for (const part of [sheet, ...drawings]) {
    const name = relationshipsPart(part);
    if (!opc.entries.has(name.toLowerCase())) continue;
    const tree = scanXml(decodePart(readPart(opc, name), name).text);
    const splices = childrenOf(tree, 0).flatMap((element) => {
      const target = attribute(tree, element, "Target") ?? "";
      if (nameOf(tree, element) !== "pr:Relationship" || !target.startsWith("#")) return [];
      const renamed = `#${rewriteFormula(decoded(target.slice(1)), renaming)}`;
      if (renamed === `#${decoded(target.slice(1))}`) return [];
      return attributeSplices(tree, element, "Target", `#${encodeURI(renamed.slice(1))}`);
    });
    if (splices.length > 0) add(name, splices);
  }
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
