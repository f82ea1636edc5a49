import { relationshipsOf } from "../opc/opc-package.ts";
import { alternativeTextSites, isOn } from "../units/attribute-units.ts";
import { type DiagramParts, diagramParts } from "../units/diagram-units.ts";
import { drawingAncestor, drawingChild, drawingElements, drawingName } from "../units/drawing-text-names.ts";
import { drawingTextSites } from "../units/drawing-text-sites.ts";
import type { ListUnitsOptions, UnitKind } from "../units/types.ts";
import type { UnitSite } from "../units/unit-site.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";
import type { Presentation } from "./open-presentation.ts";
import { family, inheritance, placeholderOf, type SlideContext } from "./slide-context.ts";
import { type TextFrame, textFrame } from "./text-frame.ts";
import { textStyle } from "./text-style.ts";

/** What a slide says, and where the rest of it is. */
export type SlideTexts = {
  readonly sites: readonly UnitSite[];
  /** Parts of charts on the slide. */
  readonly charts: readonly string[];
  readonly diagrams: readonly DiagramParts[];
  /** Frames by their box. */
  readonly frames: ReadonlyMap<string, TextFrame>;
};

export type SlideTextOptions = Pick<ListUnitsOptions, "hidden"> & {
  readonly place: string;
  /** True for layouts and masters, whose placeholders only prompt. */
  readonly skipPlaceholders?: boolean;
  /** The kind of all paragraphs; by default what the shape says. */
  readonly kind?: UnitKind;
};

/** Paragraphs and descriptions of a slide, a layout, a master or a notes page, and what is embedded there. */
export function slideTexts(
  presentation: Presentation,
  context: SlideContext,
  options: SlideTextOptions,
): SlideTexts {
  const { tree, part } = context;
  const { package: opc } = presentation;
  const frames = new Map<string, TextFrame>();
  const sites = drawingTextSites(tree, part, (element, paragraph) => {
    const body = drawingAncestor(tree, element, "p:txBody", "a:txBody");
    const shape = drawingAncestor(tree, element, "p:sp", "p:cxnSp", "p:graphicFrame");
    if (body < 0 || shape < 0 || (!options.hidden && isShapeHidden(tree, shape))) return undefined;
    const placeholder = placeholderOf(tree, shape);
    if (options.skipPlaceholders && placeholder !== undefined) return undefined;
    const about = { kind: options.kind ?? kindOf(tree, body, placeholder?.type), place: options.place };
    if (drawingName(tree, body) === "a:txBody") {
      const style = textStyle(context, [], body, paragraph);
      return { ...about, place: `${about.place}, table`, alignment: style.alignment };
    }
    const box = `${part}#${body}`;
    const frame = frames.get(box) ?? textFrame(context, shape, body);
    frames.set(box, frame);
    const style = textStyle(context, inheritance(context, shape), body, paragraph);
    if (frame.size === undefined || !frame.wraps) return { ...about, alignment: style.alignment };
    const room = { ...frame.size, fontSize: style.fontSize * frame.scale.font, box };
    return { ...about, alignment: style.alignment, room };
  });
  const relationships = relationshipsOf(opc, part);
  return {
    sites: [...sites, ...describedShapes(tree, part, options)],
    charts: drawingElements(tree, 0, "c:chart", "cx:chart").flatMap((chart) => {
      const id = attribute(tree, chart, "r:id");
      return relationships.find((each) => each.id === id && !each.isExternal)?.target ?? [];
    }),
    diagrams: drawingElements(tree, 0, "dgm:relIds").flatMap(
      (element) => diagramParts(opc, part, tree, element) ?? [],
    ),
    frames,
  };
}

function describedShapes(tree: XmlTree, part: string, options: SlideTextOptions): UnitSite[] {
  const { place, hidden = false } = options;
  return alternativeTextSites(tree, part, place, { hidden }).filter(({ unit }) => {
    const named = Number(/#(\d+)@/.exec(unit.id)?.[1]);
    const element = unit.id.endsWith("@tooltip") ? tree.parent[named]! : named;
    const shape = tree.parent[tree.parent[element]!]!;
    if (options.skipPlaceholders && placeholderOf(tree, shape) !== undefined) return false;
    return hidden || !isShapeHidden(tree, shape);
  });
}

function kindOf(tree: XmlTree, body: number, placeholder: string | undefined): UnitKind {
  if (drawingName(tree, body) === "a:txBody") return "cell";
  if (placeholder === undefined) return "paragraph";
  if (family(placeholder) === "title") return "heading";
  return placeholder === "ftr" ? "footer" : placeholder === "hdr" ? "header" : "paragraph";
}

/** True when the shape, or a group around it, is not shown. */
function isShapeHidden(tree: XmlTree, shape: number): boolean {
  for (let at = shape; at >= 0; at = tree.parent[at]!) {
    const about = childrenOf(tree, at).find((child) => /^p:nv\w*Pr$/.test(drawingName(tree, child)));
    const own = about === undefined ? -1 : drawingChild(tree, about, "p:cNvPr");
    if (own >= 0 && isOn(attribute(tree, own, "hidden"))) return true;
    if (drawingName(tree, at) === "p:spTree") return false;
  }
  return false;
}
