import type { DrawingParagraph } from "../units/drawing-text.ts";
import { drawingChild, drawingElements, drawingPath } from "../units/drawing-text-names.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute } from "../xml/xml-tree.ts";
import { family, levelStyle, placeholderOf, type ShapeInTree, type SlideContext } from "./slide-context.ts";

/** How a paragraph is set, from its own properties and all it inherits. Sizes are in points. */
export type TextStyle = {
  readonly fontSize: number;
  /** As files write it: `l`, `ctr`, `r`, `just`, … */
  readonly alignment: string;
  readonly indent: number;
  /** A multiple of the usual distance of lines. */
  readonly lineSpacing: number;
  /** Before and behind the paragraph. */
  readonly space: number;
};

type Style = { readonly tree: XmlTree; readonly element: number };

/** Resolves the style of a paragraph in a shape's text (ECMA-376-1, 19.3.1.51, 21.1.2.4). */
export function textStyle(
  context: SlideContext,
  chain: readonly ShapeInTree[],
  body: number,
  paragraph: DrawingParagraph,
): TextStyle {
  const { tree } = context;
  const own = drawingChild(tree, paragraph.element, "a:pPr");
  const level = own < 0 ? 0 : Number(attribute(tree, own, "lvl") ?? 0) || 0;
  const styles = [
    ...(own < 0 ? [] : [{ tree, element: own }]),
    ...inheritedStyles(context, chain, body, level),
  ];
  const first = (name: string): string | undefined =>
    firstValue(styles, (each) => attribute(each.tree, each.element, name));
  const size =
    ownSize(tree, paragraph) ??
    firstValue(styles, (each) => {
      const run = drawingChild(each.tree, each.element, "a:defRPr");
      return run < 0 ? undefined : attribute(each.tree, run, "sz");
    });
  const fontSize = (Number(size) || 1800) / 100;
  return {
    fontSize,
    alignment: first("algn") ?? "l",
    indent: (Number(first("marL")) || 0) / 12_700,
    lineSpacing: lineSpacing(styles, fontSize),
    space: spaceAround(styles, "a:spcBef", fontSize) + spaceAround(styles, "a:spcAft", fontSize),
  };
}

function inheritedStyles(
  context: SlideContext,
  chain: readonly ShapeInTree[],
  body: number,
  level: number,
): Style[] {
  const { tree, parents, presentation } = context;
  const shape = chain[0]?.shape ?? -1;
  const placeholder = shape < 0 ? undefined : placeholderOf(tree, shape);
  const lists: Style[] = chain.map((each, index) => ({
    tree: each.tree,
    element: drawingChild(
      each.tree,
      index === 0 ? body : drawingChild(each.tree, each.shape, "p:txBody"),
      "a:lstStyle",
    ),
  }));
  const kinds = { title: "p:titleStyle", body: "p:bodyStyle" } as const;
  const kind = placeholder === undefined ? undefined : family(placeholder.type);
  const masterStyle = kind === "title" || kind === "body" ? kinds[kind] : "p:otherStyle";
  const master = [tree, ...parents].at(-1)!;
  const ofMaster = { tree: master, element: drawingPath(master, 0, "p:txStyles", masterStyle) };
  const general = { tree: presentation, element: drawingPath(presentation, 0, "p:defaultTextStyle") };
  // Shapes that hold no place follow the presentation before the master.
  lists.push(...(placeholder === undefined ? [general, ofMaster] : [ofMaster, general]));
  return lists.flatMap((each) => {
    if (each.element < 0) return [];
    const element = levelStyle(each.tree, each.element, level);
    return element < 0 ? [] : [{ tree: each.tree, element }];
  });
}

function firstValue(
  styles: readonly Style[],
  read: (style: Style) => string | undefined,
): string | undefined {
  for (const style of styles) {
    const value = read(style);
    if (value !== undefined) return value;
  }
  return undefined;
}

function ownSize(tree: XmlTree, paragraph: DrawingParagraph): string | undefined {
  const run = paragraph.runs.find(({ look }) => look === paragraph.baseLook);
  return run === undefined || run.properties < 0 ? undefined : attribute(tree, run.properties, "sz");
}

function lineSpacing(styles: readonly Style[], fontSize: number): number {
  const found = spacing(styles, "a:lnSpc");
  if (found === undefined) return 1;
  return found.percent === undefined ? found.points! / (fontSize * 1.2) : found.percent;
}

function spaceAround(styles: readonly Style[], name: string, fontSize: number): number {
  const found = spacing(styles, name);
  if (found === undefined) return 0;
  return found.percent === undefined ? found.points! : found.percent * fontSize * 1.2;
}

function spacing(
  styles: readonly Style[],
  name: string,
): { readonly percent?: number; readonly points?: number } | undefined {
  for (const { tree, element } of styles) {
    const parent = drawingChild(tree, element, name);
    if (parent < 0) continue;
    const [percent] = drawingElements(tree, parent, "a:spcPct");
    const [points] = drawingElements(tree, parent, "a:spcPts");
    // Strict files write `90%` for 90000.
    if (percent !== undefined) {
      const value = attribute(tree, percent, "val") ?? "";
      return { percent: value.endsWith("%") ? Number.parseFloat(value) / 100 : Number(value) / 100_000 };
    }
    if (points !== undefined) return { points: Number(attribute(tree, points, "val")) / 100 };
  }
  return undefined;
}
