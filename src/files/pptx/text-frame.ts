import { drawingChild, drawingName, drawingPath } from "../units/drawing-text-names.ts";
import type { FitScale } from "../units/fit-text.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";
import { firstOf, inheritance, type ShapeInTree, type SlideContext } from "./slide-context.ts";

/** The text of a shape and the room that it has. */
export type TextFrame = {
  /** The `p:txBody` element. */
  readonly body: number;
  readonly chain: readonly ShapeInTree[];
  /** In points, insets taken off; undefined where the file does not say how large the shape is. */
  readonly size?: { readonly width: number; readonly height: number };
  /** `shape`: the shape grows with its text; `off`: nothing is fitted; `none`: nobody said. */
  readonly autofit: "normal" | "shape" | "off" | "none";
  readonly scale: FitScale;
  /** False where lines go on beyond the shape. */
  readonly wraps: boolean;
};

const emuPerPoint = 12_700;

/** Reads the frame of a `p:sp`'s text, inherited values included. */
export function textFrame(context: SlideContext, shape: number, body: number): TextFrame {
  const chain = inheritance(context, shape);
  const bodies = chain.flatMap(({ tree, shape: each }, index): ShapeInTree[] => {
    const text = index === 0 ? body : drawingChild(tree, each, "p:txBody");
    const properties = drawingChild(tree, text, "a:bodyPr");
    return properties < 0 ? [] : [{ tree, shape: properties }];
  });
  const value = (name: string): string | undefined =>
    firstOf(bodies, (tree, properties) => attribute(tree, properties, name));
  const autofit = firstOf(bodies, readAutofit) ?? {
    autofit: "none",
    scale: { font: 1, lineReduction: 0 },
  };
  const size = frameSize(context, chain, value);
  return {
    body,
    chain,
    ...autofit,
    ...(size === undefined ? {} : { size }),
    wraps: value("wrap") !== "none",
  };
}

function readAutofit(tree: XmlTree, properties: number): Pick<TextFrame, "autofit" | "scale"> | undefined {
  const plain = { font: 1, lineReduction: 0 };
  for (const child of childrenOf(tree, properties)) {
    const name = drawingName(tree, child);
    if (name === "a:noAutofit") return { autofit: "off", scale: plain };
    if (name === "a:spAutoFit") return { autofit: "shape", scale: plain };
    if (name !== "a:normAutofit") continue;
    const scale = {
      font: share(attribute(tree, child, "fontScale"), 1),
      lineReduction: share(attribute(tree, child, "lnSpcReduction"), 0),
    };
    return { autofit: "normal", scale };
  }
  return undefined;
}

/** A share as transitional (`92500`) or strict files (`92.5%`) write it. */
function share(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = text.endsWith("%") ? Number.parseFloat(text) / 100 : Number(text) / 100_000;
  return Number.isFinite(value) ? value : otherwise;
}

function frameSize(
  context: SlideContext,
  chain: readonly ShapeInTree[],
  value: (name: string) => string | undefined,
): TextFrame["size"] {
  const extent = firstOf(chain, (tree, shape) => {
    const size = drawingPath(tree, shape, "p:spPr", "a:xfrm", "a:ext");
    if (size < 0) return undefined;
    const [width, height] = [Number(attribute(tree, size, "cx")), Number(attribute(tree, size, "cy"))];
    return width > 0 && height > 0 ? { width, height } : undefined;
  });
  if (extent === undefined) return undefined;
  const own = chain[0]!;
  const hasOwn = drawingPath(own.tree, own.shape, "p:spPr", "a:xfrm", "a:ext") >= 0;
  const scale = hasOwn ? groupScale(context.tree, own.shape) : { x: 1, y: 1 };
  const inset = (name: string, otherwise: number): number => Number(value(name) ?? otherwise) || 0;
  const across = extent.width * scale.x;
  const down = extent.height * scale.y;
  const isTurned = /^(?:vert|vert270|eaVert|mongolianVert)$/.test(value("vert") ?? "");
  const [lineLength, lines] = isTurned ? [down, across] : [across, down];
  const sides = isTurned
    ? [inset("tIns", 45_720) + inset("bIns", 45_720), inset("lIns", 91_440) + inset("rIns", 91_440)]
    : [inset("lIns", 91_440) + inset("rIns", 91_440), inset("tIns", 45_720) + inset("bIns", 45_720)];
  const columns = Math.max(1, Number(value("numCol") ?? 1) || 1);
  return {
    width: Math.max(1, (lineLength - sides[0]!) / emuPerPoint / columns),
    height: Math.max(1, ((lines - sides[1]!) / emuPerPoint) * columns),
  };
}

/** How much larger than written a shape is drawn by the groups around it (ECMA-376-1, 20.1.7.5). */
function groupScale(tree: XmlTree, shape: number): { x: number; y: number } {
  let [x, y] = [1, 1];
  for (let at = tree.parent[shape]!; at >= 0; at = tree.parent[at]!) {
    if (drawingName(tree, at) !== "p:grpSp") continue;
    const frame = drawingPath(tree, at, "p:grpSpPr", "a:xfrm");
    const outer = drawingChild(tree, frame, "a:ext");
    const inner = drawingChild(tree, frame, "a:chExt");
    if (outer < 0 || inner < 0) continue;
    const ratio = (name: string): number => {
      const value = Number(attribute(tree, outer, name)) / Number(attribute(tree, inner, name));
      return Number.isFinite(value) && value > 0 ? value : 1;
    };
    x *= ratio("cx");
    y *= ratio("cy");
  }
  return { x, y };
}
