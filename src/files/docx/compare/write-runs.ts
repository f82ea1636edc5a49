import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { nameOf, openTag, outerXml, textOf } from "../../xml/xml-tree.ts";
import { createMarkup, revisionAttributes } from "../edit/markup.ts";
import type { Comparison } from "./comparison.ts";
import { runProperties } from "./content-key.ts";
import { markSubtree } from "./mark-subtree.ts";
import type { Item } from "./read-items.ts";

type Side = "before" | "after";
/** A stretch of one item, by offsets in its text. `xml` is written instead of the item's own source. */
export type Slice = {
  readonly item: Item;
  readonly from: number;
  readonly to: number;
  readonly xml?: string;
};
/** What becomes of some items: they stay, or are written inside `w:ins` or `w:del`. */
type Mode = "keep" | "w:ins" | "w:del";
/** Some XML of a paragraph; `isWrapped` when it goes inside `w:ins` or `w:del`. */
export type Node = { readonly xml: string; readonly isWrapped: boolean };

/** All of an item. */
export function whole(item: Item): Slice {
  return { item, from: 0, to: item.text.length };
}

/** The items as runs and other XML, in order; `format` is `w:rPr` source to write instead of the runs' own. */
export function nodesOf(
  comparison: Comparison,
  side: Side,
  slices: readonly Slice[],
  mode: Mode,
  format?: string,
): Node[] {
  const flat = slices
    .flatMap((slice) =>
      slice.item.kind === "field" && slice.xml === undefined ? flatten(slice.item).map(whole) : [slice],
    )
    .filter(({ item }) => side === "before" || item.text !== "");
  const nodes: Node[] = [];
  for (let at = 0; at < flat.length; ) {
    const { item, xml } = flat[at]!;
    if (xml !== undefined && item.kind !== "child") {
      nodes.push({ xml, isWrapped: false });
      at++;
      continue;
    }
    if (item.run < 0 || isReference(comparison, side, item)) {
      nodes.push(...looseNode(comparison, side, item, mode));
      at++;
      continue;
    }
    let end = at + 1;
    while (
      end < flat.length &&
      flat[end]!.item.run === item.run &&
      flat[end]!.item.kind !== "field" &&
      !isReference(comparison, side, flat[end]!.item)
    )
      end++;
    nodes.push({ xml: runXml(comparison, side, flat.slice(at, end), mode, format), isWrapped: true });
    at = end;
  }
  return nodes;
}

function flatten(item: Item): readonly Item[] {
  return item.kind === "field" ? item.parts.flatMap(flatten) : [item];
}

/** The run that refers to a comment is one end of its range: like the other markers it stays in any case. */
function isReference(comparison: Comparison, side: Side, item: Item): boolean {
  return item.kind === "marker" && nameOf(comparison[side].tree, item.element) === "w:commentReference";
}

function looseNode(comparison: Comparison, side: Side, item: Item, mode: Mode): Node[] {
  const source = comparison[side];
  if (item.kind === "marker") {
    if (side === "after") return [];
    if (item.run < 0) return [{ xml: outerXml(source.tree, item.element), isWrapped: false }];
    return [{ xml: runXml(comparison, side, [whole(item)], "keep"), isWrapped: false }];
  }
  const xml =
    side === "before"
      ? outerXml(source.tree, item.element)
      : comparison.importer.xml(source, item.element, comparison.target);
  if (mode === "keep") return [{ xml, isWrapped: false }];
  const tree = scanXml(xml, 256, comparison.target.scope);
  const marked = markSubtree(tree, 0, {
    markup: createMarkup(tree),
    kind: mode,
    revision: comparison.revision,
    marksParagraphs: false,
  });
  return [{ xml: applySplices(xml, marked), isWrapped: false }];
}

function runXml(
  comparison: Comparison,
  side: Side,
  slices: readonly Slice[],
  mode: Mode,
  format?: string,
): string {
  const source = comparison[side];
  const { markup, importer, target } = comparison;
  const { tree } = source;
  const run = slices[0]!.item.run;
  const xml = (element: number): string =>
    side === "before" ? outerXml(tree, element) : importer.xml(source, element, target);
  const head = format ?? runProperties(tree, run).map(xml).join("");
  const content = slices.map(({ item, from, to, xml: own }) => {
    if (own !== undefined) return own;
    const name = nameOf(tree, item.element);
    if (item.kind === "text") {
      const text = from === 0 && to === item.text.length && mode !== "w:del" && side === "before";
      if (text) return outerXml(tree, item.element);
      return markup.text(
        mode === "w:del" ? "w:delText" : "w:t",
        sourceText(comparison, side, item).slice(from, to),
      );
    }
    if (side === "after" && (item.kind === "marker" || isRefused(comparison, name, item.element))) return "";
    if (mode !== "w:del" || name !== "w:instrText") return xml(item.element);
    return xml(item.element).replace(/instrText(?=[\s/>])/g, "delInstrText");
  });
  const inner = head + content.join("");
  if (side === "after") return markup.element("w:r", {}, inner);
  return `${openTag(tree, run)}${inner}</${tree.source.slice(tree.start[run]! + 1, tree.nameEnd[run]!)}>`;
}

/** A note that can't be carried over is told when it is asked for, and its reference left out. */
function isRefused(comparison: Comparison, name: string, element: number): boolean {
  if (!/^w:(foot|end)noteReference$/.test(name)) return false;
  return comparison.importer.isRefusedNote(comparison.after, element);
}

/** The item's text without stand-ins. */
function sourceText(comparison: Comparison, side: Side, item: Item): string {
  return textOf(comparison[side].tree, item.element);
}

/** The XML of the nodes: neighbouring runs share one `w:ins` or `w:del`. */
export function joinNodes(comparison: Comparison, nodes: readonly Node[], mode: Mode): string {
  let xml = "";
  let group = "";
  const flush = (): void => {
    if (group === "") return;
    xml +=
      mode === "keep"
        ? group
        : comparison.markup.element(mode, revisionAttributes(comparison.revision()), group);
    group = "";
  };
  for (const node of nodes) {
    if (node.isWrapped) group += node.xml;
    else {
      flush();
      xml += node.xml;
    }
  }
  flush();
  return xml;
}
