import { attributeSplices } from "../units/attribute-units.ts";
import { drawingChild, drawingElements, drawingName, drawingPath } from "../units/drawing-text-names.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import type { Splice } from "../xml/splice.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";

/** Shapes that point somewhere, by their preset geometry (ECMA-376-1, 20.1.10.56). */
const pointing = /arrow|chevron|homeplate|callout|connector/i;

/**
 * Splices that mirror a slide, layout or master for a language written from right to left: every shape moves to the other
 * side, connectors and arrows are flipped, tables run the other way. Pictures and text are not turned.
 */
export function mirrorSlide(tree: XmlTree, slideWidth: number): Splice[] {
  const [root] = drawingElements(tree, 0, "p:spTree");
  if (root === undefined) return [];
  const splices = mirrorShapes(tree, root, { left: 0, width: slideWidth });
  for (const table of drawingElements(tree, root, "a:tbl")) splices.push(...mirrorTable(tree, table));
  return splices;
}

type Space = { readonly left: number; readonly width: number };

function mirrorShapes(tree: XmlTree, parent: number, space: Space): Splice[] {
  return childrenOf(tree, parent).flatMap((shape) => {
    const name = drawingName(tree, shape);
    // Both readings of a newer shape, and what a choice holds.
    if (/^mc:(?:AlternateContent|Choice|Fallback)$/.test(name)) return mirrorShapes(tree, shape, space);
    const frame = frameOf(tree, shape, name);
    if (frame < 0) return name === "p:grpSp" ? mirrorShapes(tree, shape, space) : [];
    const splices = mirrorFrame(tree, frame, space);
    if (isPointing(tree, shape, name)) splices.push(...flip(tree, frame));
    if (name === "p:grpSp") {
      const inner = innerSpace(tree, frame);
      if (inner !== undefined) splices.push(...mirrorShapes(tree, shape, inner));
    }
    return splices;
  });
}

function frameOf(tree: XmlTree, shape: number, name: string): number {
  switch (name) {
    case "p:sp":
    case "p:pic":
    case "p:cxnSp":
      return drawingPath(tree, shape, "p:spPr", "a:xfrm");
    case "p:grpSp":
      return drawingPath(tree, shape, "p:grpSpPr", "a:xfrm");
    case "p:graphicFrame":
      return drawingChild(tree, shape, "p:xfrm");
    default:
      return -1;
  }
}

function mirrorFrame(tree: XmlTree, frame: number, space: Space): Splice[] {
  const offset = drawingChild(tree, frame, "a:off");
  const extent = drawingChild(tree, frame, "a:ext");
  if (offset < 0 || extent < 0) return [];
  const x = Number(attribute(tree, offset, "x"));
  const width = Number(attribute(tree, extent, "cx"));
  if (!Number.isFinite(x) || !Number.isFinite(width)) return [];
  const mirrored = Math.round(2 * space.left + space.width - x - width);
  return attributeSplices(tree, offset, "x", String(mirrored));
}

function innerSpace(tree: XmlTree, frame: number): Space | undefined {
  const offset = drawingChild(tree, frame, "a:chOff");
  const extent = drawingChild(tree, frame, "a:chExt");
  if (offset < 0 || extent < 0) return undefined;
  const [left, width] = [Number(attribute(tree, offset, "x")), Number(attribute(tree, extent, "cx"))];
  return Number.isFinite(left) && Number.isFinite(width) ? { left, width } : undefined;
}

function isPointing(tree: XmlTree, shape: number, name: string): boolean {
  if (name === "p:cxnSp") return true;
  const geometry = name === "p:sp" ? drawingPath(tree, shape, "p:spPr", "a:prstGeom") : -1;
  if (geometry < 0) return false;
  const preset = attribute(tree, geometry, "prst") ?? "";
  return pointing.test(preset) || /^(?:line|straightConnector1)$/.test(preset);
}

/** A mirrored shape is flipped, and turned the other way round. */
function flip(tree: XmlTree, frame: number): Splice[] {
  const isFlipped = /^(?:1|true)$/.test(attribute(tree, frame, "flipH") ?? "");
  const turn = Number(attribute(tree, frame, "rot") ?? 0);
  const turned =
    turn === 0 || !Number.isFinite(turn)
      ? []
      : attributeSplices(tree, frame, "rot", String((21_600_000 - turn) % 21_600_000));
  return [...attributeSplices(tree, frame, "flipH", isFlipped ? "0" : "1"), ...turned];
}

function mirrorTable(tree: XmlTree, table: number): Splice[] {
  const properties = drawingChild(tree, table, "a:tblPr");
  if (properties >= 0) return attributeSplices(tree, properties, "rtl", "1");
  const own = tree.source.slice(tree.start[table]! + 1, tree.nameEnd[table]!);
  const prefix = own.includes(":") ? own.slice(0, own.indexOf(":") + 1) : "";
  const at = tree.openEnd[table]!;
  return [{ start: at, end: at, text: `<${prefix}tblPr rtl="1"/>` }];
}
