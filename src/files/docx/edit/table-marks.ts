import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childNamed, childrenOf, isSelfClosing, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import type { Revision } from "../types.ts";
import { type Markup, revisionAttributes } from "./markup.ts";
import type { EditContext } from "./run-edit.ts";

/** Splices that put a revision on a row: last in its properties, only old properties after it (17.13.5.12, .16). */
export function rowMark(tree: XmlTree, markup: Markup, row: number, revision: string): Splice[] {
  const exceptions = childNamed(tree, row, "w:tblPrEx");
  const place = exceptions >= 0 ? tree.end[exceptions]! : tree.openEnd[row]!;
  return propertyMark(tree, markup, row, "w:trPr", place, revision);
}

/** Splices that put `w:cellIns` or `w:cellDel` on a cell (17.13.5.1, .2). */
export function cellMark(tree: XmlTree, markup: Markup, cell: number, revision: string): Splice[] {
  return propertyMark(tree, markup, cell, "w:tcPr", tree.openEnd[cell]!, revision);
}

function propertyMark(
  tree: XmlTree,
  markup: Markup,
  owner: number,
  name: "w:trPr" | "w:tcPr",
  place: number,
  revision: string,
): Splice[] {
  const own = childNamed(tree, owner, name);
  if (own < 0) return [point(place, markup.element(name, {}, revision))];
  if (isSelfClosing(tree, own)) {
    const text = `${opening(tree, own)}${revision}</${qualified(tree, own)}>`;
    return [{ start: tree.start[own]!, end: tree.end[own]!, text }];
  }
  const change = childNamed(tree, own, `${name}Change`);
  return [point(change >= 0 ? tree.start[change]! : tree.closeStart[own]!, revision)];
}

/** A new form of one property element; undefined to keep it as it is. */
export type NewProperty = (name: string, element: number) => string | undefined;

/** True when a cell's properties can change: they are there, with no tracked change of them pending. */
export function canChangeCell(tree: XmlTree, cell: number): boolean {
  const own = childNamed(tree, cell, "w:tcPr");
  return own >= 0 && childNamed(tree, own, "w:tcPrChange") < 0;
}

/** Splices that change a cell's properties, tracked by the old ones (17.13.5.36). */
export function changeCell(
  context: EditContext,
  cell: number,
  revision: Omit<Revision, "id">,
  change: NewProperty,
): Splice[] {
  const { tree } = context;
  const own = childNamed(tree, cell, "w:tcPr");
  const children = childrenOf(tree, own);
  const now = children.map((child) => change(nameOf(tree, child), child) ?? outerXml(tree, child)).join("");
  const was = children
    .filter((child) => !isMark(nameOf(tree, child)))
    .map((child) => outerXml(tree, child))
    .join("");
  const attributes = revisionAttributes({ id: context.ids(), ...revision });
  return [changed(context, own, now, "w:tcPr", was, attributes)];
}

/** Splices that change the widths of a table's columns; the tracked change has no author (17.13.5.33). */
export function changeGrid(context: EditContext, table: number, columns: string): Splice[] {
  const { tree } = context;
  const own = childNamed(tree, table, "w:tblGrid");
  const was = childrenOf(tree, own)
    .map((child) => outerXml(tree, child))
    .join("");
  return [changed(context, own, columns, "w:tblGrid", was, { "w:id": context.ids() })];
}

function changed(
  { tree, markup, mode }: EditContext,
  own: number,
  now: string,
  name: "w:tcPr" | "w:tblGrid",
  was: string,
  attributes: Readonly<Record<string, string>>,
): Splice {
  const history =
    mode === "direct" ? "" : markup.element(`${name}Change`, attributes, markup.element(name, {}, was));
  const text = `${opening(tree, own)}${now}${history}</${qualified(tree, own)}>`;
  return { start: tree.start[own]!, end: tree.end[own]!, text };
}

/** True for a pending revision of a cell as such, which is no property of it. */
export function isMark(name: string): boolean {
  return /^w:cell(Ins|Del|Merge)$/.test(name);
}

function opening(tree: XmlTree, element: number): string {
  return openTag(tree, element).replace(/\s*\/>$/, ">");
}

function qualified(tree: XmlTree, element: number): string {
  return tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
}

function point(at: number, text: string): Splice {
  return { start: at, end: at, text };
}
