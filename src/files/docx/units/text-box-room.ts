import { localName } from "../../units/drawing-text-names.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { pointsOf } from "./points-of.ts";

/** A text box of fixed size: its `w:txbxContent`, and the room for text in points. */
export type TextBoxRoom = { readonly content: number; readonly width: number; readonly height: number };

const emuPerPoint = 12_700;

/**
 * The text boxes of a part's DrawingML shapes whose size is known and stays as it is. Left out are shapes that grow with
 * their text, don't wrap it or let it run on into another box, and copies for programs that read older drawings.
 */
export function textBoxRooms(tree: XmlTree): TextBoxRoom[] {
  const continued = new Set(
    descendantsNamed(tree, 0, "wps:linkedTxbx").map((box) => attribute(tree, box, "id")),
  );
  return descendantsNamed(tree, 0, "wps:wsp").flatMap((shape) => {
    const box = childNamed(tree, shape, "wps:txbx");
    const content = box < 0 ? -1 : childNamed(tree, box, "w:txbxContent");
    if (content < 0 || isFallback(tree, shape)) return [];
    const chain = attribute(tree, box, "id");
    if (chain !== undefined && continued.has(chain)) return [];
    const room = roomIn(tree, shape);
    return room === undefined ? [] : [{ content, ...room }];
  });
}

function isFallback(tree: XmlTree, shape: number): boolean {
  for (let at = tree.parent[shape]!; at >= 0; at = tree.parent[at]!)
    if (nameOf(tree, at) === "mc:Fallback") return true;
  return false;
}

/** What the insets leave of the shape (ECMA-376-1, 21.1.2.1.1), along the lines and across them. */
function roomIn(tree: XmlTree, shape: number): Omit<TextBoxRoom, "content"> | undefined {
  const properties = childNamed(tree, shape, "wps:bodyPr");
  const value = (name: string): string | undefined =>
    properties < 0 ? undefined : attribute(tree, properties, name);
  const grows = properties >= 0 && childNamed(tree, properties, "a:spAutoFit") >= 0;
  const size = sizeOf(tree, shape);
  if (size === undefined || grows || value("wrap") === "none") return undefined;
  const inset = (name: string, usual: number): number =>
    pointsOf(value(name) ?? String(usual), emuPerPoint) ?? Number.NaN;
  const across = size.width - inset("lIns", 91_440) - inset("rIns", 91_440);
  const down = size.height - inset("tIns", 45_720) - inset("bIns", 45_720);
  const isTurned = /^(?:vert|vert270|eaVert|mongolianVert)$/.test(value("vert") ?? "");
  const [width, height] = isTurned ? [down, across] : [across, down];
  const columns = Math.max(1, Number(value("numCol") ?? 1) || 1);
  return width > 0 && height > 0 ? { width: width / columns, height: height * columns } : undefined;
}

type Size = { readonly width: number; readonly height: number };

/** A shape of its own is as large as its drawing (20.4.2.7), one in a group or canvas says so itself. */
function sizeOf(tree: XmlTree, shape: number): Size | undefined {
  const drawing = drawingOf(tree, shape);
  const own = descend(tree, shape, "wps:spPr", "a:xfrm", "a:ext");
  if (drawing < 0) return scaled(tree, shape, extentOf(tree, own));
  return extentOf(tree, childNamed(tree, drawing, "wp:extent")) ?? extentOf(tree, own);
}

/** The `wp:inline` or `wp:anchor` that the shape fills; -1 for one that shares it with others. */
function drawingOf(tree: XmlTree, shape: number): number {
  const data = tree.parent[shape]!;
  if (data < 0 || nameOf(tree, data) !== "a:graphicData") return -1;
  const drawing = tree.parent[tree.parent[data]!] ?? -1;
  return drawing >= 0 && /^wp:(?:inline|anchor)$/.test(nameOf(tree, drawing)) ? drawing : -1;
}

function extentOf(tree: XmlTree, element: number): Size | undefined {
  if (element < 0) return undefined;
  const width = pointsOf(attribute(tree, element, "cx"), emuPerPoint) ?? 0;
  const height = pointsOf(attribute(tree, element, "cy"), emuPerPoint) ?? 0;
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** The size a shape is drawn in by the groups around it (20.1.7.5). */
function scaled(tree: XmlTree, shape: number, size: Size | undefined): Size | undefined {
  if (size === undefined) return undefined;
  let { width, height } = size;
  for (let at = tree.parent[shape]!; at >= 0 && nameOf(tree, at) !== "a:graphicData"; at = tree.parent[at]!) {
    const properties = childrenOf(tree, at).find((child) => localName(tree, child) === "grpSpPr");
    const frame = properties === undefined ? -1 : childNamed(tree, properties, "a:xfrm");
    if (frame < 0) continue;
    const outer = extentOf(tree, childNamed(tree, frame, "a:ext"));
    const inner = extentOf(tree, childNamed(tree, frame, "a:chExt"));
    if (outer === undefined || inner === undefined) return undefined;
    width *= outer.width / inner.width;
    height *= outer.height / inner.height;
  }
  return { width, height };
}
