import type { XmlTree } from "../xml/scan-xml.ts";
import { nameOf } from "../xml/xml-tree.ts";

/** Namespaces of drawings, charts, diagrams and presentations by their usual prefix; strict ones share it. */
const prefixes: readonly (readonly [prefix: string, ...uris: string[]])[] = [
  [
    "p",
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://purl.oclc.org/ooxml/presentationml/main",
  ],
  [
    "c",
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
  ],
  [
    "cdr",
    "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
    "http://purl.oclc.org/ooxml/drawingml/chartDrawing",
  ],
  [
    "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "http://purl.oclc.org/ooxml/drawingml/diagram",
  ],
  [
    "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://purl.oclc.org/ooxml/drawingml/picture",
  ],
  [
    "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
  ],
  ["dsp", "http://schemas.microsoft.com/office/drawing/2008/diagram"],
  ["cx", "http://schemas.microsoft.com/office/drawing/2014/chartex"],
  ["c15", "http://schemas.microsoft.com/office/drawing/2012/chart"],
  ["a14", "http://schemas.microsoft.com/office/drawing/2010/main"],
  ["p14", "http://schemas.microsoft.com/office/powerpoint/2010/main"],
  ["p188", "http://schemas.microsoft.com/office/powerpoint/2018/8/main"],
  ["x14", "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"],
  ["xm", "http://schemas.microsoft.com/office/excel/2006/main"],
  ["dcterms", "http://purl.org/dc/terms/"],
];

const prefixByUri: ReadonlyMap<string, string> = new Map(
  prefixes.flatMap(([prefix, ...uris]) => uris.map((uri) => [uri, prefix] as const)),
);

const shortNames = new WeakMap<XmlTree, readonly string[]>();

/** The element's name with the usual prefix (`p:sp`), for the namespaces of drawings too. */
export function drawingName(tree: XmlTree, index: number): string {
  return namesOf(tree)[tree.name[index]!]!;
}

/** The name without its prefix. */
export function localName(tree: XmlTree, index: number): string {
  const name = nameOf(tree, index);
  return name.slice(Math.max(name.lastIndexOf(":"), name.lastIndexOf("}")) + 1);
}

function namesOf(tree: XmlTree): readonly string[] {
  let names = shortNames.get(tree);
  if (names === undefined) {
    names = tree.names.map((name) => {
      const brace = name.lastIndexOf("}");
      const prefix = brace < 0 ? undefined : prefixByUri.get(name.slice(1, brace));
      return prefix === undefined ? name : `${prefix}:${name.slice(brace + 1)}`;
    });
    shortNames.set(tree, names);
  }
  return names;
}

/** Every element in `[from, to)` with one of these names, in document order. */
export function drawingElements(tree: XmlTree, within: number, ...wanted: readonly string[]): number[] {
  const names = namesOf(tree);
  const ids = new Set(names.flatMap((name, id) => (wanted.includes(name) ? [id] : [])));
  const found: number[] = [];
  if (ids.size === 0) return found;
  const end = tree.next[within]!;
  for (let at = within; at < end; at++) if (ids.has(tree.name[at]!)) found.push(at);
  return found;
}

/** The first child of that name, or -1; -1 for the child of none. */
export function drawingChild(tree: XmlTree, index: number, name: string): number {
  if (index < 0) return -1;
  const end = tree.next[index]!;
  for (let child = index + 1; child < end; child = tree.next[child]!)
    if (drawingName(tree, child) === name) return child;
  return -1;
}

/** The element found by following names of children, or -1. */
export function drawingPath(tree: XmlTree, index: number, ...names: readonly string[]): number {
  return names.reduce((at, name) => drawingChild(tree, at, name), index);
}

/** The nearest element around `index` with one of these names, or -1. */
export function drawingAncestor(tree: XmlTree, index: number, ...names: readonly string[]): number {
  let at = tree.parent[index]!;
  while (at >= 0 && !names.includes(drawingName(tree, at))) at = tree.parent[at]!;
  return at;
}
