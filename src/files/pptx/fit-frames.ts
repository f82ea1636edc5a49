import { type DrawingParagraph, readDrawingParagraph } from "../units/drawing-text.ts";
import { drawingChild, drawingElements, drawingName } from "../units/drawing-text-names.ts";
import { insertBefore } from "../units/drawing-text-write.ts";
import { type FitParagraph, type FitScale, fitScale, fitScales, textHeight } from "../units/fit-text.ts";
import type { CodedTarget } from "../units/types.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import type { Splice } from "../xml/splice.ts";
import { childrenOf } from "../xml/xml-tree.ts";
import type { SlideContext } from "./slide-context.ts";
import type { TextFrame } from "./text-frame.ts";
import { textStyle } from "./text-style.ts";

/** What fitting a frame came to. `overflow`: by how much the text is higher than its box, as a share of the box. */
export type FittedFrame = {
  readonly splices: readonly Splice[];
  readonly overflow?: number;
  /** The first unit of the frame that was translated. */
  readonly unit?: string;
};

/** Less than this beyond the box is no overflow: widths are estimates. */
const tolerance = 0.05;

/**
 * Makes the text of a frame smaller, as PowerPoint does when someone edits it, where the translation needs more room than
 * the box has and the source did not. PowerPoint does not do so by itself when it opens a file.
 */
export function fitFrame(
  context: SlideContext,
  frame: TextFrame,
  targets: ReadonlyMap<string, CodedTarget>,
): FittedFrame {
  const { tree, part } = context;
  if (frame.size === undefined || !frame.wraps) return { splices: [] };
  const paragraphs = drawingElements(tree, frame.body, "a:p").map((element) =>
    readDrawingParagraph(tree, element),
  );
  const unitOf = (paragraph: DrawingParagraph): string => `${part}#${paragraph.element}`;
  const unit = paragraphs.map(unitOf).find((id) => targets.has(id));
  if (unit === undefined) return { splices: [] };
  const laidOut = (pick: (paragraph: DrawingParagraph) => CodedTarget): FitParagraph[] =>
    paragraphs.map((paragraph) => {
      const { fontSize, indent, lineSpacing, space } = textStyle(context, frame.chain, frame.body, paragraph);
      return { text: shownText(paragraph, pick(paragraph)), fontSize, indent, lineSpacing, space };
    });
  const source = laidOut((paragraph) => paragraph);
  const target = laidOut((paragraph) => targets.get(unitOf(paragraph)) ?? paragraph);
  const box = {
    width: frame.size.width,
    height: Math.max(frame.size.height, textHeight(source, frame.size.width, frame.scale)) * (1 + tolerance),
  };
  if (textHeight(target, box.width, frame.scale) <= box.height) return { splices: [] };
  const mayShrink = frame.autofit === "normal" || frame.autofit === "none";
  const scale = mayShrink ? (fitScale(target, box, frame.scale) ?? smallest(frame.scale)) : frame.scale;
  const overflow = textHeight(target, box.width, scale) / box.height - 1;
  return {
    splices: mayShrink ? autofitSplices(tree, frame.body, scale) : [],
    unit,
    ...(overflow > 0 ? { overflow } : {}),
  };
}

function smallest(from: FitScale): FitScale {
  const last = fitScales.at(-1)!;
  return from.font < last.font ? from : last;
}

/** The text as it is shown, with fields' results and line ends. */
function shownText(source: DrawingParagraph, { text, atoms }: CodedTarget): string {
  const shows = new Map(source.atoms.map((atom) => [atom.id, atom.shows ?? ""]));
  let out = "";
  let at = 0;
  for (const { id, offset } of [...atoms].sort((a, b) => a.offset - b.offset)) {
    out += text.slice(at, offset) + (shows.get(id) ?? "");
    at = Math.max(at, offset);
  }
  return out + text.slice(at);
}

function autofitSplices(tree: XmlTree, body: number, scale: FitScale): Splice[] {
  const properties = drawingChild(tree, body, "a:bodyPr");
  if (properties < 0) return [];
  const own = tree.source.slice(tree.start[properties]! + 1, tree.nameEnd[properties]!);
  const name = own.includes(":") ? `${own.slice(0, own.indexOf(":"))}:normAutofit` : "normAutofit";
  const font = scale.font < 1 ? ` fontScale="${Math.round(scale.font * 100_000)}"` : "";
  const lines =
    scale.lineReduction > 0 ? ` lnSpcReduction="${Math.round(scale.lineReduction * 100_000)}"` : "";
  const text = `<${name}${font}${lines}/>`;
  const old = childrenOf(tree, properties).find((child) => drawingName(tree, child) === "a:normAutofit");
  if (old !== undefined) return [{ start: tree.start[old]!, end: tree.end[old]!, text }];
  return insertBefore(tree, properties, ["a:scene3d", "a:sp3d", "a:flatTx", "a:extLst"], text);
}
