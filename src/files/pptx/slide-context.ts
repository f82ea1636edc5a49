import { drawingChild, drawingElements, drawingName, drawingPath } from "../units/drawing-text-names.ts";
import { xmlPart } from "../units/unit-parts.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";
import { masterOf, type Presentation } from "./open-presentation.ts";

/** A slide's XML with that of what it inherits from. */
export type SlideContext = {
  readonly part: string;
  readonly tree: XmlTree;
  /** Layout and master, as far as they are there; for a layout its master. */
  readonly parents: readonly XmlTree[];
  readonly presentation: XmlTree;
};

/** The context of a slide, of a layout (its layout is itself) or of a master. */
export function slideContext(
  presentation: Presentation,
  part: string,
  layout?: string,
): SlideContext | undefined {
  const { package: opc } = presentation;
  const tree = xmlPart(opc, part);
  if (tree === undefined) return undefined;
  const isLayout = layout === part;
  const parents = [isLayout ? undefined : layout, masterOf(presentation, layout)].flatMap(
    (each) => xmlPart(opc, each) ?? [],
  );
  return { part, tree, parents, presentation: presentation.tree };
}

/** A shape in one of the trees that a slide's shape inherits from. */
export type ShapeInTree = { readonly tree: XmlTree; readonly shape: number };

export type Placeholder = { readonly type: string; readonly index: string | undefined };

/** What a shape holds the place of (ECMA-376-1, 19.3.1.36); undefined for a shape of its own. */
export function placeholderOf(tree: XmlTree, shape: number): Placeholder | undefined {
  const own = childrenOf(tree, shape).find((child) => /^p:nv\w*Pr$/.test(drawingName(tree, child)));
  const placeholder = own === undefined ? -1 : drawingPath(tree, own, "p:nvPr", "p:ph");
  if (placeholder < 0) return undefined;
  return {
    type: attribute(tree, placeholder, "type") ?? "obj",
    index: attribute(tree, placeholder, "idx"),
  };
}

/** The shape, then those of the layout and the master that it inherits from. */
export function inheritance(context: SlideContext, shape: number): ShapeInTree[] {
  const chain: ShapeInTree[] = [{ tree: context.tree, shape }];
  const placeholder = placeholderOf(context.tree, shape);
  if (placeholder === undefined) return chain;
  for (const tree of context.parents) {
    const parent = matching(tree, placeholder);
    if (parent !== undefined) chain.push({ tree, shape: parent });
  }
  return chain;
}

/** A layout's placeholder has the same index; a master's the same kind, and everything that is no title is a body. */
function matching(tree: XmlTree, wanted: Placeholder): number | undefined {
  const shapes = drawingElements(tree, 0, "p:sp", "p:pic", "p:graphicFrame");
  const known = shapes.flatMap((shape) => {
    const placeholder = placeholderOf(tree, shape);
    return placeholder === undefined ? [] : [{ shape, placeholder }];
  });
  const isMaster = drawingName(tree, 0) === "p:sldMaster" || drawingName(tree, 0) === "p:notesMaster";
  const byIndex = isMaster
    ? undefined
    : known.find(({ placeholder }) => wanted.index !== undefined && placeholder.index === wanted.index);
  return (
    byIndex ??
    known.find(({ placeholder }) => placeholder.type === wanted.type) ??
    known.find(({ placeholder }) => family(placeholder.type) === family(wanted.type))
  )?.shape;
}

/** The kind of placeholder that a master has for it. */
export function family(type: string): string {
  if (/^(?:title|ctrTitle)$/.test(type)) return "title";
  return /^(?:dt|ftr|sldNum|hdr)$/.test(type) ? type : "body";
}

/** The first value that a shape of the chain has. */
export function firstOf<T>(
  chain: readonly ShapeInTree[],
  read: (tree: XmlTree, shape: number) => T | undefined,
): T | undefined {
  for (const { tree, shape } of chain) {
    const found = read(tree, shape);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The style of a level in a list of styles: `a:lvl1pPr` for 0. */
export function levelStyle(tree: XmlTree, list: number, level: number): number {
  return drawingChild(tree, list, `a:lvl${Math.min(Math.max(level, 0), 8) + 1}pPr`);
}
